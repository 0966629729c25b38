"""Reading a job description: every line lies in one place, whatever the layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from plugins.recruitment.lines import job_description
from plugins.recruitment.reading import GROUPS, Description, read_description
from tests.plugins.recruitment.descriptions import (
    ASHDOWN,
    MILLBROOK,
    MILLBROOK_DUTIES,
    PLAIN,
    PLAIN_CRITERIA,
    PLAIN_DUTIES,
    groups,
    laid_out,
    words,
    words_of,
)

BULLETS = ["●", "•", "·", "-", "*", "\N{EN DASH}", "✔", "o", "1.", "▪"]


# What is found


def test_duties_stand_in_their_groups_though_their_lines_are_broken() -> None:
    read = read_description(MILLBROOK)
    assert groups(read.duties) == MILLBROOK_DUTIES
    assert [duty.text for duty in read.duties if duty.group == "pupils"] == [
        "Spot needs early, from whatever was handed over at induction",
        "Hold reviews that the family can follow",
        "Pass everything on, in full and in good time, when a child moves to another school",
    ]
    assert (
        read.duties[4].text == "Tell the governors each term what has changed, and what it cost"
    )  # a blank line within


def test_criteria_stand_under_the_headings_of_a_table_that_became_text() -> None:
    read = read_description(MILLBROOK)
    assert groups(read.criteria) == {
        "Qualifications and training": 2, "Experience": 2, "Skills and knowledge": 3, "Personal qualities": 1
    }  # fmt: skip
    assert read.criteria[1].text == "NASENCO, which is a requirement under the SEND Code of Practice"
    assert read.criteria[2].text == "Minimum of 6 years teaching in two or more schools"
    assert {one.essential for one in read.criteria} == {None}


def test_the_post_its_pay_its_checks_and_values_are_told_apart() -> None:
    read = read_description(MILLBROOK)
    assert read.title == "SENCO and Lead Teacher for Inclusion"
    assert read.location == "Millbrook Junior School"
    assert (read.grade, read.pay) == ("", "Main Pay Range M3-M6 / Upper Pay Range")
    assert read.allowances == "SEN-1 allowance & TLR2a"
    assert (read.contract, read.hours) == ("Permanent", "")
    assert (read.reports_to, read.responsible_for) == ("Deputy Head", "Six support assistants")
    assert read.checks == ("Identity", "References", "Enhanced DBS Check", "Right to work in the UK")
    assert read.values == (
        "'We steer by the same stars'",
        "Candour: We say what we see, and say it kindly",
        "Patience: We give things time",
    )
    assert len(read.statements) == 1
    assert len(read.purpose) == 2
    assert read.purpose[1].endswith("Millbrook and the Harbour Trust ask of each of them.")
    assert read.unplaced == ()


def test_numbers_mark_items_and_cells_stand_beside_their_label() -> None:
    read = read_description(ASHDOWN)
    assert groups(read.duties) == {"main": 3, "Working with other people": 2, "general": 1}
    assert read.duties[1].text == "Plan what each of them is given, with their class teacher."
    assert (read.title, read.location) == ("Teacher in charge of additional needs", "Ashdown Infant School")
    assert read.pay == "Main Pay Range, £30,100 - £41,300"
    assert read.allowances == "plus TLR"
    assert (read.hours, read.contract) == ("Three days a week, term time", "Fixed term for two years")
    assert read.purpose == ("To make Ashdown a school where every child under seven is understood.",)
    assert [(one.group, one.essential) for one in read.criteria] == [
        ("Qualifications", True),
        ("Qualifications", False),
        ("Experience", True),
        ("Experience", True),
    ]
    assert read.statements == ("This job description may be changed after talking it over.",)
    assert read.unplaced == ()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Job title\nClass teacher\nHours\n32.5", "title", "Class teacher"),
        ("Job title\nClass teacher\nHours\n32.5", "hours", "32.5"),
        ("Job title: Cook\nJob title: Baker", "title", "Cook; Baker"),
        ("JOB DESCRIPTION: Site manager", "title", "Site manager"),
        ("Oakley Academy\nTeaching assistant\nJob description", "title", "Teaching assistant"),
        ("Oakley Academy\nTeaching assistant\nJob description", "location", "Oakley Academy"),
        ("Grade: Band 4", "grade", "Band 4"),
        ("Grade: L4-L8", "pay", "L4-L8"),
        ("Salary: MPS + SEN allowance", "pay", "MPS"),
        ("Salary: MPS + SEN allowance", "allowances", "SEN allowance"),
        ("Scale: TLR1", "allowances", "TLR1"),
        ("Grade: + TLR1\nGrade: Band 4", "grade", "Band 4"),
    ],
)
def test_a_line_says_something_of_the_post(text: str, field: str, value: str) -> None:
    assert getattr(read_description(text), field) == value


def test_what_nobody_can_place_is_kept_as_it_stands() -> None:
    read = read_description("Job description\nStart: as soon as may be\nHOW TO APPLY\nRing the bell.\n• Twice")
    assert read.unplaced == ("Start: as soon as may be", "HOW TO APPLY", "Ring the bell.", "Twice")


def test_an_unknown_heading_after_the_checks_ends_them() -> None:
    read = read_description("Pre-employment checks\n• Identity\nSOMETHING ELSE\nWords.")
    assert read.checks == ("Identity",)
    assert read.unplaced == ("SOMETHING ELSE", "Words.")


def test_a_page_s_head_foot_and_number_do_not_cut_an_item_in_two() -> None:
    text = "Harbour Trust\nDuties\n• Write the plan for the\nv2 - 1\n\fHarbour Trust\nwhole year\n• Read it\nv2 - 2\n"
    read = read_description(text)
    assert [duty.text for duty in read.duties] == ["Write the plan for the whole year", "Read it"]
    assert read.furniture.count("Harbour Trust") == 2


def test_a_mark_alone_on_its_line_belongs_to_the_line_below() -> None:
    read = read_description("Duties\n•\nWrite the plan\n•\nRead it")
    assert [duty.text for duty in read.duties] == ["Write the plan", "Read it"]


def test_a_number_that_counts_nothing_is_a_word() -> None:
    read = read_description("Duties\n1. Work with all of Year\n6. and beyond\n2. Rest")
    assert [duty.text for duty in read.duties] == ["Work with all of Year", "6. and beyond", "Rest"]


def test_in_a_list_without_groups_what_is_not_listed_is_a_group_of_its_own() -> None:
    read = read_description("Key responsibilities\n• Teach\n• Any other reasonable duties at this level")
    assert groups(read.duties) == {"main": 1, "general": 1}


def test_an_empty_text_is_an_empty_description() -> None:
    assert read_description(" \n\f\n") == Description()


# In any layout


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("width", [0, 50, 70, 90])
@pytest.mark.parametrize("spaced", [False, True])
def test_one_content_is_read_alike_in_every_layout(bullet: str, width: int, spaced: bool) -> None:
    read = read_description(laid_out(PLAIN, bullet, width=width, spaced=spaced))
    assert [duty.text for duty in read.duties] == [duty.text for duty in read_description(laid_out(PLAIN, "•")).duties]
    assert groups(read.duties) == PLAIN_DUTIES
    assert groups(read.criteria) == PLAIN_CRITERIA
    assert (read.checks, read.values, read.unplaced) == (("Identity", "Overseas"), ("Kindness first",), ())


@pytest.mark.parametrize(("width", "spaced"), [(0, False), (0, True), (70, True)])
def test_items_that_lost_their_bullets_are_still_items(width: int, spaced: bool) -> None:
    read = read_description(laid_out(PLAIN, "", width=width, spaced=spaced))
    assert groups(read.duties) == PLAIN_DUTIES
    assert groups(read.criteria) == PLAIN_CRITERIA


# Nothing is lost

WORD = st.text("abcdefgmnrtüé'AEQ", min_size=2, max_size=9).filter(lambda word: any(map(str.isalnum, word)))
SAYING = st.lists(
    st.one_of(WORD, st.sampled_from(["and", "the", "(once", "£2,000", "5%", "well-", "/", "&", "SEN"])), max_size=14
)
ENDING = st.sampled_from(["", "", ".", ":", ",", ";", " ●", ")"])
HEADINGS = """JOB DESCRIPTION|Main purpose|Main purpose: To teach|Duties and responsibilities|Strategic direction
Leadership and management|Person specification|Criteria\tEssential\tDesirable|Essential|Qualifications|Skills and
knowledge|SAFEGUARDING|Hours|Experience ● Long|Pre-employment checks|Our values|HOW TO APPLY|Job title:
Location\tOakley|Contract Type Permanent|Grade: MPS + TLR2|Signed: ____|Date:|Page 2 of 3|7|------|\f||
The holder will be required to safeguard all.|Other duties may follow."""
HEADING = st.sampled_from(HEADINGS.replace("\n", "|").split("|"))
MARK = st.sampled_from(
    ["", "", "", "● ", "• ", "- ", "\N{EN DASH}\t", "✔", "1. ", "2) ", "3.1 ", "(a) ", "b. ", "iv. ", "# ", "*", "§ "]
)


@st.composite
def soups(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text of any lines in any order; the same without its marks; and the marks."""
    text, said, marks = [], [], []
    for _ in range(draw(st.integers(0, 25))):
        if draw(st.booleans()):
            line, mark = draw(HEADING), ""
        else:
            mark = draw(MARK)
            line = " ".join(draw(SAYING)) + draw(ENDING)
        text.append(mark + line)
        said.append(line)
        marks.append(mark)
    end = draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    return end.join(text), "\n".join(said), "\n".join(marks)


@given(soups())
def test_no_word_is_lost_and_none_is_invented(soup: tuple[str, str, str]) -> None:
    text, said, marks = soup
    told = words_of(read_description(text))
    assert words(said) - told == {}  # lost
    assert told - words(said) - words(marks) == {}  # invented; a number that counts nothing stays a word


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    read_description(text)


@pytest.mark.parametrize("text", [MILLBROOK, ASHDOWN, laid_out(PLAIN, "•", width=60)])
def test_a_whole_description_comes_back_word_for_word(text: str) -> None:
    told, wanted = words_of(read_description(text)), words(text)
    assert told - wanted == {}
    assert set(wanted - told) <= set("123456")  # the numbers of its items


# Wordings left behind


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("A National Award for SEN\nCo-ordination", "national_award", "recruitment R16"),
        ("Holds NASENCO", "national_award", "recruitment R16"),
        ("with SEN 2 allowance", "sen_points", "recruitment D4"),
        ("TLR2b is paid", "tlr_step", "recruitment D5"),
        ("Please send your CV to the office", "cv", "recruitment R32"),
        ("a CV with covering letter", "cv", "recruitment R32"),
        ("Salary: £30,100 - £41,300", "pay_figures", "recruitment 1.4"),
        ("a requirement under the\nSEND Code of Practice", "code_as_origin", "recruitment R15"),
        ("at least five years' teaching", "year_count", "recruitment 1.3 E1"),
        ("10+ years of relevant school experience", "year_count", "recruitment 1.3 E1"),
    ],
)
def test_a_wording_left_behind_is_flagged_with_its_rule(text: str, code: str, rule: str) -> None:
    (flag,) = read_description(f"Job description\n\n{text}").flags
    assert (flag.code, flag.rule, flag.line) == (code, rule, 3)
    assert flag.says.endswith(".")
    assert flag.source


@pytest.mark.parametrize(
    "text",
    [
        "NPQ for SENCOs, or willing to gain it within 3 years of appointment",
        "A TLR2 of a stated sum",
        "SEN support and SEN 12",
        "CVs are not accepted",
        "Manage a budget of £20,000 for books",
        "Knows the SEND Code of Practice well",
        "Teaches Year 5 and Year 6",
    ],
)
def test_a_wording_of_today_is_left_alone(text: str) -> None:
    assert read_description(text).flags == ()


def test_the_flags_of_a_description_come_by_line() -> None:
    flags = [(flag.line, flag.code) for flag in read_description(MILLBROOK).flags]
    assert [code for _, code in flags] == ["sen_points", "tlr_step", "code_as_origin", "national_award", "year_count"]
    assert flags == sorted(flags)
    assert MILLBROOK.splitlines()[flags[-1][0] - 1].startswith("Experience")


# On the command line


def run(*typed: str) -> Result:
    return CliRunner().invoke(job_description, list(typed))


def test_the_command_counts_what_it_found_and_records_nothing(tmp_path: Path) -> None:
    file = tmp_path / "senco.txt"
    file.write_text(MILLBROOK, "utf-8")
    told = json.loads(run(str(file), "--json").stdout)
    assert (told["duties"], told["criteria"], told["checks"]) == (14, 8, 4)
    assert told["groups"] == MILLBROOK_DUTIES
    assert list(told["groups"]) == list(GROUPS)
    assert told["unplaced"] == []
    assert told["flags"][0]["code"] == "sen_points"
    assert told["fields"]["contract"] == "Permanent"
    lines = run(str(file)).stdout.splitlines()
    assert lines[0].startswith("14 duties (main 2, strategy 3")
    assert lines[-1] == "Nothing was recorded."


def test_a_group_nobody_fills_is_told_as_nought(tmp_path: Path) -> None:
    file = tmp_path / "senco.txt"
    file.write_text(ASHDOWN, "cp1252")
    told = json.loads(run(str(file), "--json").stdout)
    assert told["groups"] == dict.fromkeys(GROUPS, 0) | {"main": 3, "Working with other people": 2, "general": 1}


def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n")
    refused = run(str(file)).exception
    assert isinstance(refused, Refused)
    assert (refused.code, str(refused)[:18]) == ("unreadable", "This is a picture.")
