"""The rules of the roll: pupil numbers, year groups, days and school numbers."""

from __future__ import annotations

import re
from datetime import date

from core.law import Finding, cites, plain
from core.periods import academic_year, academic_year_dates, age_on

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN, worth 0 to 22 by their place; I, O and S are left out."""

_READ_ON = date(2026, 11, 22)
_UPN = re.compile(f"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")
_NC_YEAR = re.compile(r"(?:(?:nc )?year(?: group)?|yr|y)? ?(n1|n2|r|x|0?[1-9]|1[0-4])")
_NC_WORDS = {"reception": "R", "nursery 1": "N1", "nursery 2": "N2"}
_MONTHS = ["january", "february", "march", "april", "may", "june"]
_MONTHS += ["july", "august", "september", "october", "november", "december"]
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})([/. -])([0-9]{{1,2}}|[A-Za-z]{{3,9}})\2((?:19|20)[0-9]{{2}}){_MIDNIGHT}")
_YEAR_FIRST = re.compile(rf"((?:19|20)[0-9]{{2}})-([0-9]{{2}}|[A-Za-z]{{3}})-([0-9]{{2}}){_MIDNIGHT}")

_cites_upn = cites(
    "CIN validation rules 1510 to 1550, after Unique Pupil Number 2.0 (2004)",
    "github.com/data-to-insight/csc-validator-be-cin",
    as_at=_READ_ON,
    edition="2026-05-01",
    rule="register 9",
)
_cites_year = cites(
    "SEN2 data preparation, nominal NC year; year codes from general knowledge",
    "github.com/MastodonC/witan.sen2",
    as_at=_READ_ON,
    verified=False,
    edition="2026-06-18",
    rule="register 12",
)
_cites_year_codes = cites("NC year codes, general knowledge", "", as_at=_READ_ON, verified=False, rule="register 38")
_cites_identifiers = cites(
    "National Pupil Database wiki, identifiers",
    "nationalpupildatabase.wikispaces.com/IDs",
    as_at=_READ_ON,
    rule="register 1.6",
)


@_cites_upn
def upn_from(text: str) -> str:
    """A UPN as typed, in the form the rules read: capitals, no spaces. What is wrong with it stays wrong."""
    return "".join(text.split()).upper()


@_cites_upn
def upn_check_letter(rest: str) -> str | None:
    """The first letter of a UPN, as its other twelve characters have it.

    Each character counts its value (a digit its own, a letter its place among the 23) times its place in the UPN, which
    runs from 2 to 13; the sum modulo 23 gives the letter. The last letter of a temporary UPN takes part in the sum.

    Returns:
        None when these are not the last twelve characters of any UPN.
    """
    if not _UPN.fullmatch(f"A{rest}"):
        return None
    values = (int(sign) if sign.isdigit() else UPN_LETTERS.index(sign) for sign in rest)
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


@_cites_upn
def is_temporary_upn(upn: str) -> bool:
    """Whether a UPN is a temporary one: it ends in a letter. Says nothing about its check letter."""
    return bool(_UPN.fullmatch(upn)) and upn[-1].isalpha()


@_cites_upn
def upn_findings(upn: str) -> tuple[Finding, ...]:
    """What is wrong with a UPN by itself: its shape, its check letter, or that it is only temporary.

    Small letters are wrong here: upn_from comes first.
    """
    if not _UPN.fullmatch(upn):
        says = "A UPN is a letter, eleven digits, and a digit or letter; never I, O or S. Copy it from the MIS again."
        return (Finding("error", "upn_shape", says, "upn"),)
    if upn[0] != upn_check_letter(upn[1:]):
        says = "The UPN check letter does not fit the rest: a character is wrong. Copy it from the MIS again."
        return (Finding("error", "upn_check_letter", says, "upn"),)
    if is_temporary_upn(upn):
        says = "This is a temporary UPN. Ask the last school for the permanent one."
        return (Finding("warning", "temporary_upn", says, "upn"),)
    return ()


@cites(
    "CIN validation rules 1510 to 1550 for uniqueness; Education (Pupil Information) (England) Regulations 2005, reg 9",
    "legislation.gov.uk/uksi/2005/1437/regulation/9",
    as_at=_READ_ON,
    verified=False,
    rule="register 10",
)
def upn_clash_findings(born_on: date, others_born_on: tuple[date, ...], dual: bool = False) -> tuple[Finding, ...]:
    """What is wrong when other pupils of the trust carry the same UPN: it belongs to one child.

    Another birth date is another child, whatever the registration. The same birth date is the same child twice, which
    is right only for a child registered at two schools.

    Args:
        others_born_on: The birth date of each other pupil with this UPN, left out who is the same child already.
        dual: The child is registered at both schools.
    """
    if any(other != born_on for other in others_born_on):
        says = "This UPN is already held by a child with another date of birth. Find out in the MIS whose it is."
        return (Finding("error", "upn_other_birth_date", says, "upn"),)
    if others_born_on and not dual:
        says = "This UPN is on the roll twice. Record one pupil, or mark the child as dually registered."
        return (Finding("error", "upn_twice", says, "upn"),)
    return ()


@_cites_year
def nominal_year(born_on: date, on_day: date) -> str | None:
    """The NC year that a child of that age is in: N1, N2, R, or 1 to 14.

    The age on 31 August, the eve of the academic year, less four; reception is 0.

    Returns:
        None for who is too young or too old for any year.
    """
    starts_on, _ = academic_year_dates(academic_year(on_day))
    year = age_on(born_on, starts_on.replace(month=8, day=31)) - 4
    if 1 <= year <= 14:
        return str(year)
    return {-2: "N1", -1: "N2", 0: "R"}.get(year)


@_cites_year
def year_group_findings(recorded: str, born_on: date, on_day: date) -> tuple[Finding, ...]:
    """Whether a child is taught out of their year group: worth knowing, not wrong.

    A recorded year that is no NC year, or X for not followed, cannot be compared.
    """
    year, nominal = nc_year(recorded), nominal_year(born_on, on_day)
    if year in {None, "X", nominal}:
        return ()
    usual = f"the usual one would be {nominal}" if nominal else "no year is usual at that age"
    says = f"Out of year group: recorded in year {year}, and by date of birth {usual}."
    return (Finding("note", "out_of_year_group", says, "nc_year"),)


@_cites_year_codes
def nc_year(text: str) -> str | None:
    """The NC year a text means: N1, N2, R, 1 to 14, or X for not followed.

    Reads Year 7, Y7, 07 and 7, Reception and Nursery 2. "Nursery" alone could be either year, so it is neither.
    """
    words = " ".join(text.lower().split())
    match = _NC_YEAR.fullmatch(words)
    return match[1].upper().lstrip("0") if match else _NC_WORDS.get(words)


@_cites_year_codes
def nc_year_findings(recorded: str) -> tuple[Finding, ...]:
    """Whether what is recorded as the year is an NC year at all."""
    if nc_year(recorded):
        return ()
    says = (
        f"{recorded or 'Nothing'} is not an NC year. Use N1, N2, R, 1 to 14, or X where the curriculum is not followed."
    )
    return (Finding("warning", "nc_year_unknown", says, "nc_year"),)


@cites("Tallystick: days in their order", "", as_at=_READ_ON, verified=False, rule="register 38")
def date_findings(born_on: date, entered_on: date | None = None, left_on: date | None = None) -> tuple[Finding, ...]:
    """What is wrong with the days of an enrolment: a child is born before they enter, and enters before they leave.

    To leave on the day of entry is possible.
    """
    found = []
    if entered_on and born_on > entered_on:
        says = f"The date of birth is after the day of entry, {plain(entered_on)}. Correct one of them."
        found.append(Finding("error", "born_after_start", says, "born_on"))
    if entered_on and left_on and left_on < entered_on:
        says = f"The leaving day is before the day of entry, {plain(entered_on)}. Correct one of them."
        found.append(Finding("error", "end_before_start", says, "left_on"))
    return tuple(found)


@cites(
    "SEN2 download dates; MIS date styles from general knowledge",
    "github.com/MastodonC/witan.sen2",
    as_at=_READ_ON,
    verified=False,
    edition="2026-06-18",
    rule="register 37",
)
def uk_date(text: str) -> date | None:
    """The day a text means when it is written the British way or the international way.

    Reads 31/12/2026, 31.12.2026, 1 Jul 2021, 01-July-2021, 2026-12-31 and 2022-Sep-28, each also with a midnight behind
    it. The day is never guessed: no month before the day, no two-digit year, no other time of day.
    """
    if match := _DAY_FIRST.fullmatch(text.strip()):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = match.groups()
    else:
        return None
    named = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(month.lower())]
    try:
        return date(int(year), named[0] if named else int(month), int(day))
    except ValueError:  # no such month, or no such day in it
        return None


@_cites_identifiers
def urn_findings(urn: str) -> tuple[Finding, ...]:
    """Whether a text has the shape of a school's URN: six digits."""
    if re.fullmatch(r"[0-9]{6}", urn):
        return ()
    return (Finding("error", "urn_shape", "A URN is six digits. Look the school up in GIAS.", "urn"),)


@_cites_identifiers
def laestab_findings(laestab: str) -> tuple[Finding, ...]:
    """Whether a text has the shape of a LAESTAB: three digits of the authority, four of the school, as 885/2041."""
    if re.fullmatch(r"[0-9]{3}/?[0-9]{4}", laestab):
        return ()
    says = "A LAESTAB is seven digits, such as 885/2041. Look the school up in GIAS."
    return (Finding("error", "laestab_shape", says, "laestab"),)
