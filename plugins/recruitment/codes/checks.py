"""The twelve checks of a person in their order, and what each outcome means for a start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

Effect = Literal["satisfied", "waiting", "blocks", "hard"]
"""waiting: something is still to come; blocks: it stands in the way until the outcome is another; hard: nobody may
override it, and only the head and HR are told."""


class CheckOutcome(Struct, frozen=True):
    """What a check came to, and what that means for a start."""

    key: str
    title: str
    effect: Effect
    to_do: str = ""  # where it does not satisfy
    by_decision: bool = False  # satisfies once two named people have decided with reasons, and not before
    answers_no: bool = False  # says that the check is not needed; no answer where it must be made
    verified: bool = True


class CheckKind(Struct, frozen=True):
    """One of the twelve checks."""

    number: int
    key: str
    title: str
    basis: str
    statutory: bool  # whether it is a statutory column of the single central record
    renewal: str
    outcomes: tuple[CheckOutcome, ...]

    def outcome(self, key: str) -> CheckOutcome | None:
        """One of its outcomes; None when it has none of that key."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


ROUTES: Mapping[str, str] = {
    "seen": "The original was seen",
    "update_service": "DBS Update Service, the original seen",
    "within_dbs": "Within the DBS certificate",
    "separate": "A check of its own",
    "carried": "Carried from work before, a break of three months at most",
    "confirmed": "Written confirmation of agency, provider or employer",
}
"""How a check was made."""

_SATISFIED: Effect = "satisfied"
_HARD_NOW = "Do not let them start or go on. Tell the head and HR, and nobody else."
_DECIDE = "Two named people decide on it and write down their reasons."

_KINDS = (
    CheckKind(
        1,
        "identity",
        "Identity",
        "Independent School Standards 2014, para. 18(2)(c)(i); KCSIE 2021, para. 253",
        True,
        "Once; again on a change of name.",
        (
            CheckOutcome("verified", "Verified", _SATISFIED),
            CheckOutcome("mismatch", "Does not match", "hard", _HARD_NOW),
        ),
    ),
    CheckKind(
        2,
        "medical",
        "Medical fitness",
        "Independent School Standards 2014, para. 18(2)(c)(ii)",
        False,
        "When health or post changes.",
        (
            CheckOutcome("awaiting", "Awaited", "waiting", "Ask occupational health."),
            CheckOutcome("fit", "Fit", _SATISFIED),
            CheckOutcome("fit_with_adjustments", "Fit with adjustments", _SATISFIED),
            CheckOutcome("not_fit", "Not fit", "blocks", "Talk about adjustments, then ask for further advice."),
        ),
    ),
    CheckKind(
        3,
        "references",
        "References",
        "KCSIE, part three (should)",
        False,
        "Once.",
        (
            CheckOutcome("satisfactory", "Satisfactory", _SATISFIED),
            CheckOutcome("concern_resolved", "Concern resolved", _SATISFIED),
            CheckOutcome("concern_open", "Concern open", "blocks", "Close the concern before you appoint."),
            CheckOutcome("declined", "Declined", "waiting", "Ask for another referee."),
        ),
    ),
    CheckKind(
        4,
        "qualifications",
        "Qualifications",
        "Independent School Standards 2014, para. 18(2)(c)(iv); KCSIE 2021, para. 253",
        True,
        "Once; of a SENCO, by the third anniversary.",
        (
            CheckOutcome("held", "Held", _SATISFIED),
            CheckOutcome(
                "in_progress",
                "SENCO qualification in progress, all else held",
                "waiting",
                "Wait for the outcome: this post needs it held.",
            ),
            CheckOutcome("not_held", "Not held", "blocks", "They cannot start in this post without it."),
            CheckOutcome("not_required", "Not required", _SATISFIED, answers_no=True),
        ),
    ),
    CheckKind(
        5,
        "prohibition",
        "Prohibition from teaching",
        "Education Act 2002, s.141B; Independent School Standards 2014, para. 18(2)(b); KCSIE 2024, para. 260",
        True,
        "On a move into teaching work.",
        (
            CheckOutcome("clear", "Clear", _SATISFIED),
            CheckOutcome("prohibited", "Prohibited", "hard", _HARD_NOW),
            CheckOutcome("interim", "Interim prohibition", "hard", _HARD_NOW, verified=False),
            CheckOutcome("sanction_restriction", "Sanction or restriction", "blocks", _DECIDE, by_decision=True),
            CheckOutcome(
                "no_record",
                "No record found",
                "waiting",
                "Look again by every name and the date of birth, then record what was found.",
            ),
        ),
    ),
    CheckKind(
        6,
        "self_disclosure",
        "Self-disclosure",
        "KCSIE 2023, paras 216 to 219 (should); Rehabilitation of Offenders Act exceptions",
        False,
        "Once; changes are told by duty of the code of conduct.",
        (
            CheckOutcome("received", "Received", _SATISFIED),
            CheckOutcome("discussed", "Received and discussed", _SATISFIED),
            CheckOutcome("declined", "Declined", "waiting", "Ask again, and ask why."),
        ),
    ),
    CheckKind(
        7,
        "dbs",
        "Enhanced DBS certificate",
        "Independent School Standards 2014, para. 18(2)(d); Police Act 1997, s.113B",
        True,
        "Never by itself; on a concern, a move into regulated activity, or a break of more than three months.",
        (
            CheckOutcome("clear", "Clear", _SATISFIED),
            CheckOutcome("disclosed", "Discloses something", "blocks", _DECIDE, by_decision=True),
            CheckOutcome("disclosure_reviewed", "Discloses something, accepted", _SATISFIED, _DECIDE, by_decision=True),
            CheckOutcome(
                "disclosure_rejected", "Discloses something, not accepted", "blocks", "The offer cannot stand."
            ),
            CheckOutcome("awaiting", "Awaited", "waiting", "See the original when it comes."),
        ),
    ),
    CheckKind(
        8,
        "barred_list",
        "Children's barred list",
        "Safeguarding Vulnerable Groups Act 2006, s.3(2); Independent School Standards 2014, para. 18(2)(a)",
        True,
        "As the DBS certificate.",
        (
            CheckOutcome("no_match", "No match", _SATISFIED),
            CheckOutcome("possible_match", "Possible match", "blocks", "Ring the DBS."),
            CheckOutcome("barred", "Barred", "hard", _HARD_NOW),
        ),
    ),
    CheckKind(
        9,
        "right_to_work",
        "Right to work",
        "Immigration, Asylum and Nationality Act 2006, s.15; Independent School Standards 2014, para. 18(2)(c)(iii)",
        True,
        "Before it expires, where it is limited.",
        (
            CheckOutcome("continuous", "Without limit", _SATISFIED),
            CheckOutcome("time_limited", "Limited in time", _SATISFIED),
            CheckOutcome("ecs_positive", "Positive notice of the Employer Checking Service", _SATISFIED),
            CheckOutcome("refused", "Refused", "hard", _HARD_NOW),
        ),
    ),
    CheckKind(
        10,
        "overseas",
        "Lived outside the UK",
        "Independent School Standards 2014, para. 18(2)(e); KCSIE 2021, paras 262 to 267",
        True,
        "Once for each country.",
        (
            CheckOutcome("obtained_clear", "Obtained, clear", _SATISFIED),
            CheckOutcome("obtained_info", "Obtained, with information", "blocks", _DECIDE, by_decision=True),
            CheckOutcome("unobtainable_ra", "Cannot be had; risk assessed", _SATISFIED),
            CheckOutcome("not_required", "Not required", _SATISFIED, answers_no=True),
        ),
    ),
    CheckKind(
        11,
        "childcare",
        "Childcare disqualification",
        "Childcare Act 2006, s.75; the 2018 Regulations",
        False,
        "Asked again every year, by policy.",
        (
            CheckOutcome("not_disqualified", "Not disqualified", _SATISFIED),
            CheckOutcome("disqualified", "Disqualified", "hard", _HARD_NOW),
            CheckOutcome("waiver_applied", "Disqualified, waiver applied for", "hard", _HARD_NOW),
            CheckOutcome("waiver_granted", "Waiver granted", _SATISFIED),
            CheckOutcome("out_of_scope", "Out of scope", _SATISFIED, answers_no=True),
        ),
    ),
    CheckKind(
        12,
        "section_128",
        "Section 128",
        "Education and Skills Act 2008, s.128; Independent School Standards 2014, para. 18(2)(b)",
        True,
        "On promotion into management.",
        (
            CheckOutcome("clear", "Clear", _SATISFIED),
            CheckOutcome("direction_in_force", "Direction in force", "hard", _HARD_NOW),
            CheckOutcome("restricted", "Restricted", "blocks", _DECIDE, by_decision=True),
        ),
    ),
)

CHECKS: Edition[Mapping[str, CheckKind]] = Edition(
    "2026", date.min, None, "Domain notes, recruitment section 3.1", True, {kind.key: kind for kind in _KINDS}
)
"""By key, in the order in which they are always listed. The outcomes and what they mean are our own words."""


def check_kind(key: str) -> CheckKind:
    """The check of that key.

    Raises:
        ValueError: There is none.
    """
    if key not in CHECKS.value:
        raise ValueError(f"there is no check {key!r}; there are {', '.join(CHECKS.value)}")
    return CHECKS.value[key]


PROOFS: Mapping[str, str] = {
    "panel": "Appoint a panel with somebody trained in safer recruitment",
    "two_scorers": "Have two people score the application",
    "verification_calls": "Make sure of each reference by a call",
}
"""What the process itself must show before somebody is cleared."""
