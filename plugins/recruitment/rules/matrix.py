"""Which checks a role needs, and when a volunteer's help is regulated activity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct

from core.law import Finding, cites, plain

from ..codes import (
    CELLS,
    CHECKS,
    CONDITIONS,
    FLAGS,
    ROLES,
    SENCO_FACTS,
    VOLUNTEER_RULES,
    Cell,
    CheckKind,
    Role,
    answer,
    check_kind,
    standing,
)

_READ_ON = date(2026, 11, 22)
_NORFOLK = "Volunteers and regulated activity, Norfolk, 26 June 2026"
_SCHOOLS = "schools.norfolk.gov.uk"


class Need(Struct, frozen=True):
    """Whether one of the twelve checks is needed for a piece of work, once what the work involves is known."""

    check: str
    cell: Cell  # C only while nobody has said whether it is needed
    says: str
    rule: str = "R1"  # its number in the domain notes
    edition: str = ""  # of the table of role and check
    accepts: tuple[str, ...] = ()  # outcomes that will do
    by_confirmation: bool = False  # whether a third party's written word will do


@cites(
    "Independent School Standards 2014, Schedule, Part 4; KCSIE as far as read; the table is ours",
    "legislation.gov.uk/uksi/2014/3283/schedule/part/4",
    as_at=_READ_ON,
    verified=False,
    edition="2026-09",
    rule="recruitment R1",
)
def required(role: str, flags: frozenset[str], day: date) -> tuple[Need, ...]:
    """Whether each of the twelve checks is needed for a role, in their order, by the table of the day.

    What depends on the work is needed where a flag says so, and not where it was answered with no; where both are
    said it is needed. As long as nobody has said, it stays open: "scope not answered".

    Args:
        role: A key of the table, such as senco_leadership.
        flags: What the work involves, such as teaching_work; answers, such as overseas_not_needed.
        day: The day the work starts, or from which it is other work.

    Raises:
        ValueError: There is no such role or flag.
    """
    edition = standing(ROLES, day)
    row = edition.value.get(_row_key(role, flags))
    if row is None:
        raise ValueError(f"there is no role {role!r}; there are {', '.join(edition.value)}")
    if strange := sorted(flags - FLAGS):
        raise ValueError(f"there is no flag {', '.join(strange)}")
    return tuple(_need(row, kind, flags, edition.name) for kind in CHECKS.value.values())


def _row_key(role: str, flags: frozenset[str]) -> str:
    """The row that counts: facts about the work may lift somebody out of the row they were entered under."""
    if role == "senco" and "leadership" in flags:
        return "senco_leadership"
    if role == "volunteer_occasional" and "regulated_activity" in flags:
        return "volunteer_regular"
    return role


def _need(row: Role, kind: CheckKind, flags: frozenset[str], edition: str) -> Need:
    cell, why, rule = _cell(row, kind.key, flags)
    says = f"{kind.title}: {why or CELLS[cell]}."
    if cell == "C":
        accepts = [outcome.key for outcome in kind.outcomes if outcome.effect == "satisfied" or outcome.by_decision]
    elif kind.key == "qualifications":
        accepts = list(row.qualified)
    else:
        good = (one for one in kind.outcomes if one.effect == "satisfied" or one.by_decision)
        accepts = [outcome.key for outcome in good if not outcome.answers_no]
    by_confirmation = row.confirmed and row.cells[kind.key] in {"C", "W"}
    return Need(kind.key, cell, says, rule, edition, tuple(accepts), by_confirmation)


def _cell(row: Role, check: str, flags: frozenset[str]) -> tuple[Cell, str, str]:
    """The cell after its conditions, why it is so where the cell alone does not say, and the rule."""
    cell = row.cells[check]
    if check == "section_128" and row.key == "senco":
        return _senco_cell(flags)
    if check == "dbs" and cell == "M" and "dbs_carried" in flags:
        why = "may be carried from the work before; check the barred list on its own"
        return "-", why, "R13"
    if cell == "S" and answer(check, needed=True) in flags:  # answered while the work was another
        return "M", "must be made, as it was answered that it is needed", "R1"
    if cell not in {"C", "-"}:
        return cell, "", "R1"
    holding = [one.title for one in CONDITIONS.values() if one.check == check and one.key in flags]
    if holding:
        return "M", f"must be made, as the person {' and '.join(holding)}", "R1"
    if answer(check, needed=True) in flags:
        return "M", "must be made, as it was answered that it is needed", "R1"
    if cell == "-":
        return "-", "", "R1"
    if answer(check, needed=False) in flags:
        return ("X", "must not be made outside regulated activity", "R5") if check == "barred_list" else ("-", "", "R1")
    return "C", "scope not answered. Say whether it is needed", "R1"


def _senco_cell(flags: frozenset[str]) -> tuple[Cell, str, str]:
    """Section 128 of a SENCO who is not on the leadership team."""
    facts = [title for key, title in SENCO_FACTS.items() if key in flags]
    facts += [one.title for one in CONDITIONS.values() if one.check == "section_128" and one.key in flags]
    if {"management_title", "title_reason_saved"} <= flags:
        facts.append("has a title that means management, for the reason on file")
    if answer("section_128", needed=True) in flags:
        facts.append("takes part in management by answer")
    if facts:
        return "M", f"must be made, as the SENCO {' and '.join(facts)}", "R2"
    if "section_128_by_facts" not in flags:
        return "M", "must be made, as the trust checks every SENCO", "R2"
    if answer("section_128", needed=False) in flags:
        return "-", "", "R2"
    if "management_title" in flags:
        return "C", "scope not answered. A title alone does not make it management: write down why it does", "R2"
    return "C", "scope not answered. Say whether the SENCO takes part in management", "R2"


@cites("Tallystick: a title that names an assistant head", "", as_at=_READ_ON, verified=False, rule="recruitment R2")
def names_management(title: str) -> bool:
    """Whether a job title names an assistant head, in whatever letters. By itself that decides nothing."""
    return "assistant head" in " ".join(title.replace("-", " ").casefold().split())


@cites(
    f"{_NORFOLK}; once a week: The Key, June 2023", _SCHOOLS, as_at=_READ_ON, edition="2026-09", rule="recruitment R3"
)
def volunteer_regulated(
    days: tuple[date, ...], on_day: date, weekly: bool = False, overnight: bool = False, supervised: bool = False
) -> bool:
    """Whether unpaid teaching, training, caring or supervising is regulated activity.

    It is when it happens overnight, once a week or more, or on four days of any thirty in a row. Days in several of the
    trust's academies count together; whether supervised help counts is R4.

    Args:
        days: The days of help, told or planned, in any order; a day twice is one day.
        on_day: The day asked about; it decides by which rule a weekly or overnight pattern is judged.
        overnight: Between two and six in the morning.
    """
    if (weekly or overnight) and help_counts(on_day, supervised):
        return True
    rule = standing(VOLUNTEER_RULES, on_day).value
    counted = sorted({day for day in days if help_counts(day, supervised)})
    spans = zip(counted, islice(counted, rule.days - 1, None), strict=False)
    return any(last - first < timedelta(days=rule.within) for first, last in spans)


@cites(_NORFOLK, _SCHOOLS, as_at=_READ_ON, edition="2026-09", rule="recruitment R4")
def help_counts(on_day: date, supervised: bool) -> bool:
    """Whether a volunteer's help of a day counts towards regulated activity: supervised help since 1 September 2026."""
    return not supervised or standing(VOLUNTEER_RULES, on_day).value.supervised


@cites(
    "Safeguarding Vulnerable Groups Act 2006, s.3(2); Independent School Standards 2014, para. 18(2)(a)",
    "legislation.gov.uk/uksi/2014/3283/schedule/part/4",
    as_at=_READ_ON,
    rule="recruitment R5",
)
def request_findings(needs: tuple[Need, ...], check: str) -> tuple[Finding, ...]:
    """Why a check may not be asked for; nothing when it may.

    A barred list may not be looked at outside regulated activity, nor before somebody has said that it is that.

    Raises:
        ValueError: There is no such check.
    """
    title, cell = check_kind(check).title, cell_of(needs, check)
    if cell == "-":
        return (Finding("warning", "not_needed", f"{title}: this role does not need it. Leave it out.", "check"),)
    if cell == "X":
        return (Finding("error", "must_not", f"{title}: it must not be asked for in this role.", "check"),)
    if cell == "C" and check == "barred_list":
        says = f"{title}: first say whether the work is regulated activity."
        return (Finding("error", "scope_not_answered", says, "check"),)
    return ()


@cites(_NORFOLK, _SCHOOLS, as_at=_READ_ON, edition="2026-09", rule="recruitment R6")
def volunteer_findings(regulated: bool, barred_list_on: date | None, on_day: date) -> tuple[Finding, ...]:
    """What to do now about a volunteer in regulated activity whose barred list was never looked at.

    Since when they have been coming makes no difference: it is no old gap that may be left as it is.

    Args:
        regulated: Whether their help is regulated activity on that day.
        barred_list_on: The day their barred list was checked; None when it never was.
    """
    if not regulated or (barred_list_on is not None and barred_list_on <= on_day):
        return ()
    says = (
        f"In regulated activity on {plain(on_day)} without a barred list check. Act now: no such help until it is made."
    )
    return (Finding("error", "act_now", says, "barred_list"),)


def cell_of(needs: Iterable[Need], check: str) -> Cell:
    """The cell of a check among the needs of a role; not needed where it is not among them."""
    return next((need.cell for need in needs if need.check == check), "-")
