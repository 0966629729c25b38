"""Who a row of an export says a pupil is, and whether the pupil is still here."""

from __future__ import annotations

from datetime import date

from core.roll import rules
from core.roll.facts import PupilEnrolled
from core.roll.views import Pupil

COMPARED = {"surname": "Surname", "forename": "Forename", "born_on": "Date of birth", "year": "Year", "form": "Form"}
_LEFT = {"left", "leaver", "l", "former", "off", "past", "inactive"}


def has_left(values: dict[str, str]) -> bool:
    """Whether the enrolment status says that the pupil is here no more."""
    words = _words(values.get("status", ""))
    return bool(words) and words[0] in _LEFT


def left_day(values: dict[str, str]) -> date | None:
    """The day a row says the pupil left, in its own column or behind the status; None when it says none."""
    return _read_day(values.get("left_on", "")) or _day_within(values.get("status", ""))


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _day_within(text: str) -> date | None:
    """The day a status such as "Left 17/07/2026" ends with."""
    return next((day for word in _words(text) if (day := rules.uk_date(word))), None)


def about(one: Pupil | PupilEnrolled) -> str:
    return " · ".join(
        part for part in (f"year {one.year}" if one.year else "", one.form, f"born {one.born_on:%d/%m/%Y}") if part
    )


def _read_day(text: str) -> date | None:
    return rules.uk_date(text) if text.strip() else None


def identity(values: dict[str, str], today: date) -> PupilEnrolled | str:
    """The pupil a row says, or why it says none."""
    upn = rules.upn_from(values.get("upn", ""))
    faults = [one.says for one in rules.upn_findings(upn) if one.level == "error"]
    surname, forename = values.get("surname", ""), values.get("forename", "")
    if not upn:
        return "No UPN."
    if faults:
        return faults[0]
    if not surname:
        return "No surname."
    if not forename:
        return "No forename."
    if max(len(surname), len(forename), len(values.get("form", ""))) > 100:
        return "A name or form of more than 100 characters."
    born_on = rules.uk_date(values.get("born_on", ""))
    if born_on is None:
        return "Date of birth is not a day such as 31/12/2014 (day, month, year)."
    entered = _read_day(values.get("entered_on", ""))
    if values.get("entered_on", "").strip() and entered is None:
        return "Entry date is not a day such as 31/12/2024 (day, month, year)."
    faults = [one.says for one in rules.date_findings(born_on, entered) if one.level == "error"]
    if born_on > today:
        faults.append("Date of birth is in the future.")
    if faults:
        return faults[0]
    year = rules.nc_year(values.get("year", "")) or rules.nominal_year(born_on, today) or ""
    return PupilEnrolled(upn, surname, forename, born_on, year, values.get("form", ""), entered or today)
