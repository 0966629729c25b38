"""When a DBS certificate from elsewhere will do: carried from the work before, or by the Update Service."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites
from core.periods import months_after

from ..codes import CARRY_MONTHS

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")

Status = Literal["nothing_current", "information_current", "not_current", "details_differ", "unknown"]
"""What the service answers: nothing revealed and current, information revealed before and current, no longer current,
details that do not match (not verified); unknown where nobody asked."""


class UpdateService(Struct, frozen=True):
    """A certificate of somebody who subscribes to the Update Service, and what the service answered."""

    consent: bool = False  # of the person, to the look-up
    original_seen: bool = False
    identity_checked: bool = False
    workforce: Literal["child", "adult", "other"] = "other"
    level: Literal["enhanced_with_list", "enhanced", "standard", "basic"] = "basic"
    status: Status = "unknown"


@cites(
    "Check a teacher's record, gov.uk; Independent School Standards 2014, para. 18(4), not read",
    "gov.uk/guidance/teacher-status-checks-information-for-employers",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R13",
)
def may_carry_dbs(last_day: date, starts_on: date) -> bool:
    """Whether a DBS certificate may be carried from work with children in a school: three months' break at most.

    Three months after 30 November is the end of February. The barred list is checked all the same, on its own.

    Args:
        last_day: Of that work.
    """
    return starts_on <= months_after(last_day, CARRY_MONTHS.value)


@cites(
    "DBS Update Service employer guide; acorndirect.org on the answers",
    "gov.uk/government/publications/dbs-update-service-employer-guide",
    as_at=_READ_ON,
    edition="2018",
    rule="recruitment R14",
)
def update_service_findings(certificate: UpdateService, list_needed: bool) -> tuple[Finding, ...]:
    """Why a certificate will not do by the Update Service, so that a new one is asked for; no error when it will.

    It takes consent, the original seen, identity checked, the same workforce and level, and an answer that it is
    current. Information that it revealed before is current too, and is decided on like any other disclosure.

    Args:
        list_needed: Whether the work needs the barred list.
    """
    levels = {"enhanced_with_list"} if list_needed else {"enhanced_with_list", "enhanced"}
    current = certificate.status in {"nothing_current", "information_current"}
    wanted = (
        (certificate.consent, "no_consent", "Ask for consent to the look-up.", "consent"),
        (certificate.original_seen, "original_not_seen", "See the original certificate.", "original_seen"),
        (certificate.identity_checked, "identity_not_checked", "Check identity first.", "identity_checked"),
        (
            certificate.workforce == "child",
            "other_workforce",
            "Not for work with children: ask for a new one.",
            "workforce",
        ),
        (certificate.level in levels, "lower_level", "Not of the level needed: ask for a new one.", "level"),
        (current, "not_current", "The service does not say that it is current: ask for a new one.", "status"),
    )
    found = [_error(code, says, field) for there, code, says, field in wanted if not there]
    if certificate.status == "information_current":
        says = "It reveals information. Read the original; two named people decide on it."
        found.append(Finding("warning", "information", says, "status"))
    return tuple(found)
