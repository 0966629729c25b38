"""What may be asked of an applicant, and from which state on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from core.law import Finding, cites

from ..codes import EXITS, FROM_OFFER, FROM_SHORTLIST, ApplicationState
from .alike import words

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")

Purpose = Literal["fitness", "adjustments", "intrinsic_function"]


@cites(
    "Equality Act 2010, s.60",
    "legislation.gov.uk/ukpga/2010/15/section/60",
    as_at=_READ_ON,
    rule="recruitment R30",
)
def health_findings(state: ApplicationState, purpose: Purpose = "fitness") -> tuple[Finding, ...]:
    """Why nothing about health may be asked, recorded or shown; nothing once an offer is made, even a conditional one.

    Before it, only what adjustments the selection itself needs, and whether somebody can do what lies at the heart of
    the work. When the application has ended there is nothing left to ask.

    Args:
        purpose: What it is asked for.
    """
    if state in EXITS:
        return (_has_ended("state"),)
    if state in FROM_OFFER or purpose != "fitness":
        return ()
    says = "Health may be asked about once a conditional offer is made. Until then ask only about adjustments."
    return (_error("before_offer", says, "state"),)


@cites(
    "DBS filtering guidance; asked after shortlisting by Keeping Children Safe in Education 2023, paras 216 to 219",
    "gov.uk/government/publications/dbs-filtering-guidance",
    as_at=_READ_ON,
    verified=False,
    edition="2023-10-28",
    rule="recruitment R31",
)
def conviction_findings(state: ApplicationState, notice: str) -> tuple[Finding, ...]:
    """Why convictions, or being barred, may not be asked about: not yet shortlisted, or the form does not say enough.

    The form must say that protected cautions and convictions need not be told.

    Args:
        notice: The words on the form.
    """
    found = []
    if state in EXITS:
        found.append(_has_ended("state"))
    elif state not in FROM_SHORTLIST:
        says = "Ask for a self-declaration once the applicant is shortlisted, not before."
        found.append(_error("before_shortlist", says, "state"))
    said = set(words(notice))
    if "protected" not in said or not said & {"caution", "cautions"} or not said & {"conviction", "convictions"}:
        says = "Say on the form that protected cautions and convictions need not be told."
        found.append(_error("no_protected_notice", says, "notice"))
    return tuple(found)


def _has_ended(field: str) -> Finding:
    return _error("has_ended", "This application has ended. Ask nothing more.", field)
