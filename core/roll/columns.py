"""What the columns of a school's export are called, and which column of a file is which of ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from msgspec import Struct


class Column(Struct, frozen=True):
    """One thing the product reads from a file.

    Attributes:
        aliases: Headings that mean it besides its label, the best first: of two in one file the better is read.
        required: No list can be imported without it.
        many: A file may hold several, numbered or not, such as SENneed1 and SENneed2.
        owner: Who asked for it: "roll", or the plugin's name.
        identifies: It says who a row is about; a heading line has at least one such column.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    owner: str = "roll"
    identifies: bool = False


PUPIL_COLUMNS = (
    Column(
        "upn",
        "UPN",
        ("UPN", "Unique Pupil Number", "Current UPN", "Permanent UPN", "Pupil UPN", "Student UPN", "UPN Number",
         "UPN No", "UPN (Unique Pupil Number)", "Unique Pupil Number (UPN)"),
        required=True,
        identifies=True,
    ),
    Column(
        "surname",
        "Surname",
        ("Legal Surname", "Legal Last Name", "Legal Family Name", "Surname", "Last Name", "Family Name",
         "Pupil Surname", "Student Surname", "Pupil Last Name", "Student Last Name", "Preferred Surname",
         "Preferred Last Name"),
        required=True,
        identifies=True,
    ),
    Column(
        "forename",
        "Forename",
        ("Legal Forename", "Legal First Name", "Legal Given Name", "Forename", "First Name", "Given Name",
         "Legal Forenames", "Forenames", "First Names", "Given Names", "Pupil Forename", "Student Forename",
         "Pupil First Name", "Student First Name", "Preferred Forename", "Preferred First Name", "Preferred Name",
         "Chosen Name", "Known As"),
        required=True,
        identifies=True,
    ),
    Column(
        "born_on",
        "Date of birth",
        ("Date of Birth", "DoB", "Birth Date", "Person Birth Date", "Pupil DoB", "Student DoB", "Pupil Date of Birth",
         "Student Date of Birth", "Date of Birth (DoB)", "Born", "Born On", "Birthday"),
        required=True,
    ),
    Column(
        "year",
        "Year group",
        ("NC Year Actual", "Actual NC Year", "NC Year", "National Curriculum Year", "NC Year Group",
         "Curriculum Year", "Year Group", "Current Year Group", "Year", "Current Year", "School Year",
         "Year Group Name", "Year Group Code", "Year Taught In", "Yr", "Yr Grp", "Year Grp", "Year (NC)"),
    ),
    Column(
        "form",
        "Form",
        ("Reg Group", "Registration Group", "Registration Form", "Registration Form Name", "Reg Form", "Form",
         "Form Group", "Current Form", "Tutor Group", "Tutor Grp", "Tutor Group Name", "Class", "Class Name",
         "Current Class", "Reg", "Registration", "Reg Class", "Registration Class", "Form Class"),
    ),
    Column(
        "entered_on",
        "Date of entry",
        ("Entry Date", "Date of Entry", "Admission Date", "Date of Admission", "Enrolment Date",
         "Enrolment Start Date", "Date Enrolled", "Date of Enrolment", "Joining Date", "Date Joined",
         "Date of Joining", "Join Date", "On Roll Date", "Date On Roll", "Admitted", "Admitted On", "DoA",
         "School Start Date"),
    ),
    Column(
        "status",
        "Enrolment status",
        ("Enrol Status", "Enrolment Status", "Enrollment Status", "Enrolment", "Pupil Enrolment Status",
         "Enrolment Type", "On Roll Status", "Roll Status", "On Roll", "Pupil Status", "Student Status", "Status"),
    ),
    Column(
        "left_on",
        "Leaving date",
        ("Leaving Date", "Date of Leaving", "Date Left", "Left On", "Left Date", "Leave Date", "Date Of Leave", "DoL",
         "Leavers Date", "Enrolment End Date", "End of Enrolment", "Off Roll Date", "Date Off Roll",
         "School End Date"),
    ),
)  # fmt: skip
"""The roll's columns. Gender and the like are no column of ours on purpose: what nothing needs is not imported."""


def plain(heading: str) -> str:
    """A heading without case, spaces, punctuation and accents: "Legal Fore-name " is "legalforename"."""
    return "".join(filter(str.isalnum, normalize("NFKD", heading).casefold()))


def match(header: Sequence[str], columns: Sequence[Column]) -> tuple[str | None, ...]:
    """The name of our column for each heading; None for one we do not know, which is then not imported.

    A column is found once, at its best alias, then furthest left; a `many` column as often as it stands there.
    """
    known, numbered = _aliases(tuple(columns))
    found: list[str | None] = [None] * len(header)
    best: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(header):
        key = plain(heading)
        hit = known.get(key) or numbered.get("".join(c for c in key if not c.isdigit()))
        if hit is None:
            continue
        rank, column = hit
        if column.many:
            found[place] = column.name
        elif column.name not in best or rank < best[column.name][0]:
            best[column.name] = rank, place
    for name, (_, place) in best.items():
        found[place] = name
    return tuple(found)


def missing(mapping: Sequence[str | None], columns: Sequence[Column]) -> tuple[Column, ...]:
    """The required columns that no heading stands for."""
    return tuple(column for column in columns if column.required and column.name not in mapping)


@lru_cache(maxsize=32)
def _aliases(columns: tuple[Column, ...]) -> tuple[dict[str, tuple[int, Column]], dict[str, tuple[int, Column]]]:
    """Every alias with its rank and column; and those of `many` columns once more, without their numbers."""
    known: dict[str, tuple[int, Column]] = {}
    numbered: dict[str, tuple[int, Column]] = {}
    for column in columns:
        for rank, alias in enumerate((*column.aliases, column.label, column.name)):
            known.setdefault(plain(alias), (rank, column))
            if column.many:
                numbered.setdefault("".join(c for c in plain(alias) if not c.isdigit()), (rank, column))
    return known, numbered
