"""What an advertisement and an application form must have."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites

from .panel import Panel, panel_findings

_READ_ON = date(2026, 11, 22)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_CV = re.compile(
    r"\b(?:C\.?V\.?s?\b|curriculum\s+vitae|r[ée]sum[é]s?\b|(?:your|a|an|full|current)\s+resume\b)", re.IGNORECASE
)
_REFUSED = re.compile(r"\b(?:not?|never|cannot|can't|won't|without|unable|neither|nor)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:!?,\n]+(?=\s|$)|\bbut\b", re.IGNORECASE)
_error = partial(Finding, "error")


class Advert(Struct, frozen=True):
    """What there is of a vacancy when it is to be advertised; empty text for what is missing."""

    safeguarding: str  # the statement of commitment to safeguarding, and that checks will be made
    exempt_notice: str  # that the post is exempt from the Rehabilitation of Offenders Act
    description_version: str
    specification_version: str
    closes_on: date | None
    closes_at: str  # clock time in London, such as 12:00
    panel: Panel


@cites(
    "Keeping Children Safe in Education 2025, as SSS Learning tells it; its exact list was not read",
    "ssslearning.co.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2025",
    rule="recruitment R33",
)
def advert_findings(advert: Advert, on_day: date) -> tuple[Finding, ...]:
    """Everything that a vacancy lacks before it is advertised, all of it at once.

    Args:
        on_day: The day it is to be advertised; it closes on that day or later.
    """
    needed = (
        (
            advert.safeguarding,
            "no_safeguarding_statement",
            "Say that the academy is committed to safeguarding and that checks will be made.",
            "safeguarding",
        ),
        (
            advert.exempt_notice,
            "no_exempt_notice",
            "Say that the post is exempt from the Rehabilitation of Offenders Act 1974, and what that means.",
            "exempt_notice",
        ),
        (advert.description_version, "no_description", "Choose a version of the job description.", "version"),
        (advert.specification_version, "no_specification", "Choose a version of the person specification.", "version"),
    )
    found = [_error(code, says, field) for text, code, says, field in needed if not text.strip()]
    if advert.closes_on is None:
        found.append(_error("no_closing_day", "Give the day on which it closes.", "closes_on"))
    elif advert.closes_on < on_day:
        found.append(_error("closes_before", "It closes before it is advertised. Choose a later day.", "closes_on"))
    if _CLOCK.fullmatch(advert.closes_at.strip()) is None:
        found.append(_error("no_closing_time", "Give the time at which it closes, such as 12:00.", "closes_at"))
    return (*found, *panel_findings(advert.panel))


@cites(
    "Keeping Children Safe in Education 2025, as SSS Learning tells it: a form, never a CV alone",
    "ssslearning.co.uk",
    as_at=_READ_ON,
    edition="2025",
    rule="recruitment R32",
)
def form_findings(has_form: bool, advert_text: str = "") -> tuple[Finding, ...]:
    """What is wrong with how people apply: an application without the full form, an advertisement that asks for a CV.

    Args:
        has_form: Whether the application came on the full form.
        advert_text: The advertisement, whose every mention of a CV is looked at; one that refuses CVs is in order.
    """
    found = []
    if not has_form:
        says = "A CV is not enough. Ask for the application form, filled in whole."
        found.append(_error("no_form", says, "own_form"))
    asking = [clause.strip() for clause in _CLAUSE.split(advert_text) if _CV.search(clause)]
    if wanted := [clause for clause in asking if not _REFUSED.search(clause)]:
        says = f"The advertisement speaks of a CV: '{wanted[0]}'. Ask for the application form instead."
        found.append(Finding("warning", "asks_for_cv", says, "advert"))
    return tuple(found)
