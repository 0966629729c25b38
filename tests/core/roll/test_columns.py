"""Headings of known exports find their columns; what nothing needs is not imported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.roll.columns import PUPIL_COLUMNS, Column, match, missing, plain
from plugins.register.reading import COLUMNS as REGISTER_COLUMNS

ALL = PUPIL_COLUMNS + REGISTER_COLUMNS
CENSUS = (
    "UPN,Surname,Forename,DoB,NCyearActual,EntryDate,EnrolStatus,Estab,SENprovision,SENneed1,SENneed2,SENunitIndicator,"
    "ResourcedProvisionIndicator"
)
SIMS = "UPN,Legal Surname,Legal Forename,DOB,Gender,Year,Reg Group,SEN Status,SEN Need Type,Need Ranking,SEN Start Date"
ARBOR = (
    "Arbor Student ID,UPN,Legal First Name,Legal Last Name,Date of Birth,Year Group,Registration Form,Enrolment Status,"
    "SEN Status,SEN Needs,SEN Start Date,Looked After,Notes"
)
BROMCOM = "UPN,Last Name,First Name,DOB,Year Group,Tutor Group,Date of Admission,SEN Code,Primary Need,Secondary Need"
SCHOLARPACK = "Forename,Surname,Class,Year,D.O.B.,UPN,Admission Date,Leaving Date,SEN Stage,Need 1,Need 2,Need 3"


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (CENSUS, "upn surname forename born_on year entered_on status - provision need need - -"),
        (SIMS, "upn surname forename born_on - year form provision need rank started_on"),
        (ARBOR, "- upn forename surname born_on year form status provision need started_on - -"),
        (BROMCOM, "upn surname forename born_on year form entered_on provision need need"),
        (SCHOLARPACK, "forename surname form year born_on upn entered_on left_on provision need need need"),
    ],
)
def test_the_headings_of_each_system_find_their_columns(headings: str, names: str) -> None:
    assert [name or "-" for name in match(headings.split(","), ALL)] == names.split()


@pytest.mark.parametrize(
    "heading", ["Legal Surname", "LEGAL SURNAME", " legal_surname ", "Legal-Surname:", "LegalSurname"]
)
def test_case_spaces_and_punctuation_of_a_heading_do_not_matter(heading: str) -> None:
    assert match([heading], ALL) == ("surname",)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["Surname", "Legal Surname"], (None, "surname")),
        (["Legal Surname", "Surname"], ("surname", None)),
        (["Preferred Forename", "Forename", "Legal Forename"], (None, None, "forename")),
        (["DoB", "DOB", "dob"], ("born_on", None, None)),
        (["", "  ", "!?"], (None, None, None)),
    ],
)
def test_a_column_is_found_once_at_its_best_heading(header: list[str], names: tuple[str | None, ...]) -> None:
    assert match(header, ALL) == names


def test_a_column_of_many_is_found_as_often_as_it_stands_there() -> None:
    header = ["SENneed1", "SENneed2", "SEN Need 3", "SEN Need 4 Type", "Secondary Need", "2", "Need 12"]
    assert match(header, ALL) == ("need", "need", "need", "need", "need", None, "need")


@pytest.mark.parametrize(
    "heading",
    ["Gender", "Sex", "Ethnicity", "Religion", "Looked After", "Former UPN", "Address", "Parent Surname", "Notes"],
)
def test_what_nothing_needs_has_no_column(heading: str) -> None:
    assert match([heading], ALL) == (None,)


def test_no_heading_means_two_columns() -> None:
    seen: dict[str, str] = {}
    for column in ALL:
        for alias in {plain(alias) for alias in (*column.aliases, column.label, column.name)}:
            assert seen.setdefault(alias, column.name) == column.name, alias


def test_required_columns_without_a_heading_are_named() -> None:
    mapping = match(["UPN", "Forename", "Class"], ALL)
    assert [column.name for column in missing(mapping, ALL)] == ["surname", "born_on"]
    assert missing(match(CENSUS.split(","), ALL), ALL) == ()


def test_any_columns_can_be_matched() -> None:
    posts = (Column("post", "Post"), Column("grade", "Grade", ("Pay grade",)))
    assert match(["Pay Grade", "Post", "UPN"], posts) == ("grade", "post", None)


@given(st.lists(st.text(max_size=20), max_size=20))
def test_any_header_gets_an_answer_for_each_heading(header: list[str]) -> None:
    names = match(header, ALL)
    assert len(names) == len(header)
    once = [name for name in names if name and name not in {"need", "rank"}]
    assert len(once) == len(set(once))
