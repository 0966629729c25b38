"""The single central record: who is on it, what is missing, what is taken away, and a record that is taken over."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.accounts.facts import Exported, Opened
from plugins.recruitment import commands as c
from plugins.recruitment.facts import CheckRecorded, EngagementBegan, PersonNamed
from plugins.recruitment.reading.record_cells import names_in, role_in, said_in
from plugins.recruitment.views import record_rows
from tests.core.house import NORTH, SOUTH, Browser, House, HouseMaker, errors, hidden
from tests.plugins.recruitment.staff import (
    RECORD,
    TODAY,
    check,
    checked,
    desk_of,
    do,
    engagement,
    somebody,
    trust,
)

IMPORT = f"{RECORD}/import"
CENTRE = "/centre/recruitment/record"
HEADER = "Surname,Forename,DOB,Job Title,Start Date,ID Check,Barred List,DBS Date,Prohibition,QTS,Right to Work"
FULL = "Reyes,Ana,14/03/1984,Class teacher,02/09/2024,01/07/2024 AB,within DBS,02/07/2024,01/07/2024,1 Jul 2024,yes"


@pytest.fixture(scope="module")
def world(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """People at two academies, one of them at both; what only reads uses it."""
    house = trust(lambda **more: House(tmp_path_factory.mktemp("record") / "trust", house_template, **more))
    whole = somebody(house, "Whole", born_on=date(1980, 1, 1))
    checked(house, whole)
    somebody(house, "Whole", urn=SOUTH, subject=whole, born_on=date(1980, 1, 1), title="Trust teacher")
    undated = somebody(house, "Undated")
    checked(house, undated, "identity")
    do(house, undated, check("identity", checked_on=date(2024, 10, 1)))
    somebody(house, "Empty", "other_staff", title="Caretaker")
    somebody(house, "Parent", "parent", title="Fair helper")
    left = somebody(house, "Leaver")
    do(house, left, c.EndEngagement(engagement(house, left), TODAY - timedelta(days=1)))
    last = somebody(house, "Lastday")
    do(house, last, c.EndEngagement(engagement(house, last), TODAY))
    yield house
    house.close()


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def names(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', text)


def test_the_record_shows_who_is_here_and_nobody_from_the_day_after_they_leave(world: House) -> None:
    page = world.as_role("hr_admin").get(RECORD).text
    assert names(page) == ["Empty, Ana", "Lastday, Ana", "Undated, Ana", "Whole, Ana"]
    assert names(world.as_role("hr_admin").get(f"{RECORD}?show=out").text) == ["Parent, Ana"]
    on_record = [row.name for row in record_rows(desk_of(world))]
    assert on_record == ["Empty, Ana", "Lastday, Ana", "Undated, Ana", "Whole, Ana"]


def test_gaps_are_graded_and_lead_to_their_rule(world: House) -> None:
    hr = world.as_role("hr_admin")
    assert names(hr.get(f"{RECORD}?gap=major").text) == ["Empty, Ana", "Lastday, Ana"]
    assert names(hr.get(f"{RECORD}?gap=late").text) == ["Undated, Ana"]
    page = hr.get(f"{RECORD}?sort=gaps").text
    assert names(page)[-1] == "Whole, Ana"
    assert "/rules/recruitment.record_gaps" in page
    assert "major Identity, Enhanced DBS certificate, Children's barred list, Right to work" in text_of(page)


def test_the_list_is_filtered_by_name_and_work_without_a_word_in_its_address(world: House) -> None:
    hr = world.as_role("hr_admin")
    answer = hr.post(RECORD, q="ana empty", role="other_staff")
    assert answer.status_code == 303
    assert "empty" not in answer.headers["location"]
    assert names(hr.get(answer.headers["location"]).text) == ["Empty, Ana"]


def test_who_looked_is_recorded_for_each_row_that_was_shown(make_house: HouseMaker) -> None:
    house = trust(make_house)
    subject = somebody(house)
    house.as_role("dsl").get(RECORD)
    looked = [event for event in house.facts(Opened, f"{NORTH}-reads") if event.subject == subject]
    assert [event.record for event in looked] == ["recruitment.checks"]


@pytest.mark.parametrize("role", ["governor", "class_teacher", "senco", "business_manager"])
def test_nobody_else_sees_the_record(world: House, role: str) -> None:
    browser = world.as_role(role)
    for path in (RECORD, f"{RECORD}/list.csv", f"{RECORD}/list.pdf", IMPORT):
        assert browser.get(path).status_code == 403
    assert browser.get(CENTRE).status_code == 404


@pytest.mark.parametrize("role", ["dsl"])
def test_whoever_reads_without_an_export_takes_nothing_away(world: House, role: str) -> None:
    assert world.as_role(role).get(f"{RECORD}/list.csv").status_code == 403
    assert "list.csv" not in world.as_role(role).get(RECORD).text


def test_what_is_taken_away_has_the_statutory_columns_ahead_and_nothing_of_health(world: House) -> None:
    hr = world.as_role("hr_admin")
    table = list(csv.reader(io.StringIO(hr.get(f"{RECORD}/list.csv").content.decode("utf-8-sig"))))
    assert table[0][:6] == [
        "Name",
        "Role",
        "Academy",
        "Start date",
        "Identity checked",
        "Children's barred list checked",
    ]
    assert not {"Medical check made", "Online search made"} & set(table[0])
    assert [row[0] for row in table[1:]] == ["Empty, Ana", "Lastday, Ana", "Undated, Ana", "Whole, Ana"]
    assert {row[2] for row in table[1:]} == {"North Primary"}
    assert hr.get(f"{RECORD}/list.xlsx").content.startswith(b"PK")
    made = hr.get(f"{RECORD}/list.pdf?gap=major")
    assert made.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in made.content
    taken = [event.fact for event in world.facts(Exported, f"{NORTH}-reads")]
    assert [(fact.what, fact.rows) for fact in taken[-3:] if isinstance(fact, Exported)] == [
        ("Single central record", 4),
        ("Single central record", 4),
        ("Single central record", 2),
    ]


# Across the academies


def test_across_the_trust_one_person_stands_with_every_engagement(world: House) -> None:
    director = world.as_role("hr_director")
    page = text_of(director.get(CENTRE).text)
    assert "4 people at 2 academies" in page
    several = text_of(director.get(f"{CENTRE}?several=yes").text)
    assert "Whole, Ana Class teacher North Primary" in several
    assert "Whole, Ana Trust teacher South Primary" in several
    assert "Empty" not in several.partition("How gaps are graded")[2]
    assert "Trust teacher" not in text_of(director.get(f"{CENTRE}?academy={NORTH}").text)
    rows = list(csv.reader(io.StringIO(director.get(f"{CENTRE}/list.csv").content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:] if row[0] == "Whole, Ana"] == ["North Primary", "South Primary"]
    assert [fact.rows for fact in world.recorded(Exported, f"{SOUTH}-reads")] == [1]


@pytest.mark.parametrize("role", ["send_director", "chief_executive"])
def test_the_record_of_the_trust_is_for_hr(world: House, role: str) -> None:
    assert world.as_role(role).get(CENTRE).status_code == 403


def test_the_trust_page_of_recruitment_leads_to_both(world: House) -> None:
    page = world.as_role("hr_director").get("/trust/recruitment").text
    assert CENTRE in page
    assert "/centre/recruitment/sencos" in page


# Taking a record over


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return trust(make_house)


def upload(hr: Browser, *rows: str, header: str = HEADER) -> str:
    """Sends a file; the address of its preview."""
    content = "\n".join((header, *rows)).encode()
    answer = hr.post(IMPORT, files={"file": ("record.csv", content)})
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.headers["location"])


def confirm(hr: Browser, preview: str) -> str:
    action = preview.partition("/preview")[0] + "/confirm"
    answer = hr.raw_post(action, data=hidden(hr.get(preview).text, action))
    assert answer.status_code == 303
    return text_of(hr.get(answer.headers["location"]).text)


def test_nothing_is_recorded_until_it_is_confirmed_and_then_all_of_it(house: House) -> None:
    hr = house.as_role("hr_admin")
    before = house.log_size()
    preview = upload(hr, FULL, "Stone,Bo,02/05/1991,Caretaker,02/09/2024,yes,,,,,")
    page = text_of(hr.get(preview).text)
    assert "Nothing is recorded yet." in page
    assert "New people 2 New engagements 2 Checks 7 Checks without a day 2" in page
    assert house.log_size() == before
    assert "Imported and recorded" in confirm(hr, preview)
    assert [fact.title for fact in house.recorded(EngagementBegan)] == ["Class teacher", "Caretaker"]
    dbs, barred = (
        next(fact for fact in house.recorded(CheckRecorded) if fact.check == key) for key in ("dbs", "barred_list")
    )
    assert (dbs.certificate_on, barred.route, barred.checked_on) == (date(2024, 7, 2), "within_dbs", date(2024, 7, 2))
    identity = [fact for fact in house.recorded(CheckRecorded) if fact.check == "identity"]
    assert [(fact.checked_on, fact.checked_by) for fact in identity] == [(date(2024, 7, 1), "AB"), (None, "")]
    rows = record_rows(desk_of(house))
    assert [(row.name, row.worst) for row in rows] == [("Reyes, Ana", "minor"), ("Stone, Bo", "major")]
    assert "There is nothing to record." in text_of(hr.get(upload(hr, FULL)).text)


def test_a_row_that_cannot_be_read_is_told_and_nothing_of_the_file_is_recorded(house: House) -> None:
    hr = house.as_role("hr_admin")
    preview = upload(
        hr,
        FULL,
        "Dove,,,Class teacher,02/09/2024,,,,,,",
        "Fox,Jo,01/01/1990,Class teacher,soon,,,,,,",
        "Hart,Jo,01/01/1990,Class teacher,02/09/2024,Tuesday,,,,,",
        "Kite,Jo,01/01/1990,Class teacher,02/09/2024,01/01/2030,,,,,",
        "Lark,Jo,,Class teacher,02/09/2024,,,,,,",
        "Lark,Jo,,Caretaker,02/09/2024,,,,,,",
    )
    page = text_of(hr.get(preview).text)
    for says in (
        "There is no surname or no forename.",
        "Start date is not a day such as 01/09/2023.",
        "Identity checked: “Tuesday” is neither a day",
        "Identity checked lies in the future.",
        "Line 7 has this name too, and neither has a date of birth.",
    ):
        assert says in page
    assert "Nothing can be recorded yet." in page
    assert not house.recorded(PersonNamed)
    refused = hr.get(preview.replace("/preview", "/refused.csv")).content.decode("utf-8-sig")
    assert "Fox" in refused


def test_a_leaver_is_left_out_and_an_agencys_word_stands_as_that(house: House) -> None:
    hr = house.as_role("hr_admin")
    header = f"{HEADER},Leaving date,Agency,Agency Confirmation,Agency DBS Date,Agency DBS Seen"
    gone = f"Gone,Jo,01/01/1990,Caretaker,02/09/2024,,,,,,,{TODAY - timedelta(days=9):%d/%m/%Y},,,,"
    agency = "Agen,Cy,01/02/1990,Supply teacher,10/11/2026,10/11/2026,,,,,,,Acme Supply,09/11/2026,01/05/2026,yes"
    preview = upload(hr, gone, agency, header=header)
    assert "leavers do not stand on the record" in text_of(hr.get(preview).text)
    confirm(hr, preview)
    (dbs,) = (fact for fact in house.recorded(CheckRecorded) if fact.check == "dbs")
    assert (dbs.route, dbs.confirmed_by, dbs.certificate_on) == ("confirmed", "Acme Supply", date(2026, 5, 1))
    table = list(csv.reader(io.StringIO(hr.get(f"{RECORD}/list.csv").content.decode("utf-8-sig"))))
    told = dict(zip(*table, strict=True))
    assert told["Supply: confirmation received"] == "2026-11-09"
    assert (told["Supply: certificate seen"], told["Supply: date of certificate"]) == ("yes", "2026-05-01")


def test_what_is_taken_away_can_be_taken_over_again(house: House) -> None:
    hr = house.as_role("hr_admin")
    subject = somebody(house, born_on=None)
    checked(house, subject)
    content = hr.get(f"{RECORD}/list.csv").content
    answer = house.as_role("hr_admin", SOUTH).post(
        IMPORT.replace(NORTH, SOUTH), files={"file": ("record.csv", content)}
    )
    page = text_of(house.as_role("hr_admin", SOUTH).get(answer.headers["location"]).text)
    assert "Refused rows 0" in page
    assert "New people 1 New engagements 1" in page


def test_a_file_that_is_no_record_is_refused_with_what_to_do(world: House) -> None:
    hr = world.as_role("hr_admin")
    for content, says in (
        (b"", "Choose a file."),
        (b"one,two\n1,2\n", "No line looks like headings."),
        (b"Surname,Forename,DBS\nA,B,C\n", "No heading was recognised as: Role, Start date."),
    ):
        answer = hr.post(IMPORT, files={"file": ("a.csv", content)})
        assert answer.status_code == 422
        assert errors(answer.text)[0].startswith(says)


@pytest.mark.parametrize(
    ("cell", "kind", "day", "who"),
    [
        ("", "no", None, ""),
        ("-", "no", None, ""),
        ("✓", "yes", None, ""),
        ("Yes", "yes", None, ""),
        ("N/A", "not_needed", None, ""),
        ("Within the DBS certificate", "within", None, ""),
        ("14/09/2023", "day", date(2023, 9, 14), ""),
        ("2023-09-14", "day", date(2023, 9, 14), ""),
        ("14/09/2023 AB", "day", date(2023, 9, 14), "AB"),
        ("14 Sep 2023 (J. Smith)", "day", date(2023, 9, 14), "J. Smith"),
    ],
)
def test_what_a_cell_says(cell: str, kind: str, day: date | None, who: str) -> None:
    said = said_in(cell)
    assert said is not None
    assert (said.kind, said.day, said.who) == (kind, day, who)


@pytest.mark.parametrize("cell", ["14/09/23", "32/01/2024", "ask Jo", "09-2023"])
def test_a_cell_that_is_doubtful_is_never_guessed(cell: str) -> None:
    assert said_in(cell) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("SENCO", "senco"),
        ("Assistant Headteacher and SENDCo", "senco_leadership"),
        ("Deputy Head", "leader"),
        ("Head of English", "teacher"),
        ("HLTA", "teaching_assistant_teaching"),
        ("LSA (1:1)", "teaching_assistant"),
        ("Supply teacher", "agency_teacher"),
        ("Parent governor", "trustee"),
        ("Caretaker", "other_staff"),
        ("Salaried trainee teacher", "trainee_salaried"),
        ("Wizard", None),
    ],
)
def test_which_kind_of_work_a_title_tells_of(title: str, role: str | None) -> None:
    assert role_in(title) == role


def test_a_name_in_one_cell_is_told_apart() -> None:
    assert names_in("Reyes, Ana Maria") == ("Reyes", "Ana Maria")
    assert names_in("Ana Maria Reyes") == ("Reyes", "Ana Maria")
