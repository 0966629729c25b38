"""A SENCO is found: from the text of a job description to the first day, and onto the single central record."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.journeys.applying import (
    APPLICANTS,
    CHOSEN,
    SECOND,
    THIRD,
    enters_an_application,
    moves,
    shortlists_two,
    sift_them_blind,
)
from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import HEAD, HR, OLD, PANEL, TEACHER, TUESDAY, World
from tests.plugins.recruitment.descriptions import MILLBROOK

TITLE = "SENCO and Lead Teacher for Inclusion"
CLOSES, MEETS, STARTS, REVIEWED = date(2026, 12, 4), date(2026, 12, 11), date(2027, 1, 4), date(2027, 1, 15)
MADE = (
    ("identity", "Verified", "Passport, council tax bill"),
    ("qualifications", "Held", "Degree and NPQ for SENCOs"),
    ("prohibition", "Clear", "Check a teacher's record"),
    ("self_disclosure", "Received and discussed", "The form, talked over at the interview"),
    ("dbs", "Awaited", "Asked for online"),
    ("barred_list", "No match", "List checked on its own"),
    ("right_to_work", "Without limit", "British passport"),
    ("section_128", "Clear", "Section 128 list"),
)


@pytest.fixture(scope="module")
def world(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A trust of this journey's own: its clock goes on to the first day of the post."""
    home = shutil.copytree(made_up, tmp_path_factory.mktemp("post") / "home")
    world = World(home, TUESDAY)
    yield world
    world.close()


def test_a_post_is_filled_from_its_description_to_the_first_day(visit: Visit, world: World, tmp_path: Path) -> None:
    lewis, miriam, ada = visit(HR), visit(HEAD), visit(PANEL)
    imports_the_description(lewis, tmp_path)
    vacancy = drafts_the_vacancy(lewis)
    names_the_panel(lewis, vacancy)
    approves_it(miriam, vacancy)
    advertises_it(lewis, vacancy)
    for one in APPLICANTS:
        enters_an_application(lewis, vacancy, one)
    sift_them_blind(miriam, ada, vacancy)
    shortlists_two(miriam, vacancy)
    interviews_them(lewis, miriam, vacancy)
    offers_the_post(lewis, vacancy)

    # Accepted is not cleared: the page says everything that is missing, in the order of the checks.
    person = finds_the_checks(lewis)
    start = reads_what_is_missing(lewis)
    makes_the_checks(lewis, person)
    starts_without_the_certificate(lewis, miriam, start)

    # On the first day they start; the record of the academy has them, on paper too.
    world.clock.put_forward(STARTS)
    lewis.signs_in(HR)
    starts_work(lewis, vacancy)
    stands_on_the_record(lewis, tmp_path)
    jo = visit(TEACHER)
    with jo.expecting(403):
        jo.goes_to(f"/{OLD}/recruitment/record")
    jo.goes_to(f"/{OLD}")
    jo.does_not_read("Vacancies", CHOSEN.surname)


def imports_the_description(lewis: Visitor, folder: Path) -> None:
    """As a file, looked at first: what was read, what is out of date, and nothing lost."""
    text = folder / "senco.txt"
    text.write_text(MILLBROOK, "utf-8")
    lewis.goes_by_the_bar("Vacancies")
    lewis.follows("Job descriptions")
    lewis.follows("Import one")
    lewis.page.get_by_label("The file", exact=True).set_input_files(text)
    lewis.presses("Read it")
    lewis.is_at("How it was read")
    read = {name: lewis.figure(name) for name in ("Duties", "Criteria", "Checks", "Not placed")}
    assert read == {"Duties": 14, "Criteria": 8, "Checks": 4, "Not placed": 0}
    lewis.reads("Nothing is recorded yet.", "SEN 1 and SEN 2 ended on 1 September 2010")
    lewis.presses("Record this description")
    lewis.reads("The description is recorded.")

    # Two wordings are put right: another version.
    lewis.follows("Change it")
    lewis.fills("Words of criterion 2", "NPQ for SENCOs, held or to be begun")
    lewis.fills("Words of criterion 3", "Has taught in more than one school, and says what came of it")
    lewis.chooses("Whether it is needed, of criterion 1", "Essential, a gate")
    lewis.fills("Allowances", "None")
    lewis.presses("Record this version")
    lewis.reads("Another version is recorded.")
    lewis.does_not_read("SEN 1 and SEN 2 ended", "A bare count of years")


def drafts_the_vacancy(lewis: Visitor) -> str:
    """With a slip first: what is wrong is said where it is, and what was typed stays."""
    lewis.goes_by_the_bar("Vacancies")
    lewis.follows("Draft a vacancy")
    lewis.fills("Title", TITLE)
    lewis.chooses("Kind of post", "SENCO, on the leadership team")
    lewis.picks("Is on the leadership team")
    lewis.picks("Plans, teaches, assesses or reports")
    lewis.chooses("Job description", f"{TITLE} (version 2)")
    lewis.fills("Pay scale", "Main and upper range")
    lewis.fills("Lowest pay, in pounds", "thirty")
    lewis.fills("Highest pay, in pounds", "52,835")
    lewis.dates("Last day for applications", CLOSES)
    lewis.dates("Interviews", MEETS)
    lewis.dates("First day in the post", STARTS)
    with lewis.expecting(422):
        lewis.presses("Record the draft")
    lewis.reads("There is a problem", "Enter an amount in pounds")
    lewis.fills("Lowest pay, in pounds", "40,941")
    lewis.presses("Record the draft")
    lewis.is_at(TITLE)
    lewis.reads("The draft is recorded.", "It is a draft", "Name two people or more to the panel.")
    return lewis.path


def names_the_panel(lewis: Visitor, vacancy: str) -> None:
    """Two, of whom one is trained in safer recruitment."""
    for who, chairs in ((HEAD, "Yes"), (PANEL, "No")):
        lewis.goes_to(f"{vacancy}/panel/new")
        lewis.chooses("Who is it?", who.name)
        lewis.picks(chairs)
        if who == HEAD:
            lewis.dates("When were they trained in safer recruitment?", date(2025, 10, 14))
        lewis.presses("Record")
    lewis.does_not_read("Name somebody to the panel who is trained")


def approves_it(miriam: Visitor, vacancy: str) -> None:
    """By somebody who did not draft it."""
    miriam.goes_by_the_bar("Vacancies")
    miriam.follows(TITLE)
    miriam.follows("Approve it")
    miriam.fills("Where is the money?", "SENCO, governors' minute 14")
    miriam.presses("Approve it")
    miriam.reads("The vacancy is approved.")


def advertises_it(lewis: Visitor, vacancy: str) -> None:
    lewis.goes_to(vacancy)
    lewis.reads("Approved on 24 November 2026", "Nothing is missing.")
    lewis.follows("Advertise it")
    lewis.presses("Look at it as it will stand")
    lewis.is_at("Look before it is published")
    lewis.reads("4 December 2026", "We do not accept a CV in its place.")
    lewis.presses("Publish it")
    lewis.reads("The vacancy is advertised.")


def interviews_them(lewis: Visitor, miriam: Visitor, vacancy: str) -> None:
    """HR asks both in, the head says what the panel found; one is told that it was another."""
    moves(lewis, vacancy, THIRD, "Not shortlisted", "Two essential criteria were not shown.")
    for one in (CHOSEN, SECOND):
        moves(lewis, vacancy, one, "Interview")
        miriam.goes_to(f"{vacancy}/applicants")
        miriam.follows(one.name)
        miriam.follows("Record the interview")
        miriam.answers("Could they be appointed?", "Yes")
        miriam.presses("Record")
    moves(lewis, vacancy, SECOND, "Not appointed", "Another candidate was stronger.")


def offers_the_post(lewis: Visitor, vacancy: str) -> None:
    """Not before every stretch of the history is accounted for, and only in writing."""
    for explained in (False, True):
        lewis.goes_to(f"{vacancy}/applicants")
        lewis.follows(CHOSEN.name)
        lewis.follows("Conditional offer")
        lewis.fills("Pay a year, as this person will work, in pounds", "46,940")
        lewis.answers("Does the letter say that the offer hangs on the checks?", "Yes")
        if explained:
            lewis.presses("Make the offer")
            break
        with lewis.expecting(422):
            lewis.presses("Make the offer")
        lewis.reads("There is a problem")
        lewis.follows("Leave it as it is")
        lewis.follows("Explain a gap")
        lewis.fills("What did they do?", "Travelled in Portugal.")
        lewis.presses("Record")
        lewis.reads("explained", "Travelled in Portugal.")
    lewis.reads("Recorded.", "£46,940.00")
    moves(lewis, vacancy, CHOSEN, "Accepted, checks under way")


def finds_the_checks(lewis: Visitor) -> str:
    lewis.follows("Look at their checks")
    lewis.is_at(CHOSEN.name)
    lewis.reads("blocked", "to come")
    return lewis.path


def reads_what_is_missing(lewis: Visitor) -> str:
    lewis.follows(f"Whether they may start as {TITLE}")
    lewis.is_at("Whether they may start")
    lewis.reads("They may not start yet", f"{CHOSEN.name}: {TITLE}, from 4 January 2027")
    missing = [item.inner_text() for item in lewis.page.locator(".ts-dues strong").all()]
    assert missing == [str(number) for number in range(1, 13)]
    return lewis.path


def makes_the_checks(lewis: Visitor, person: str) -> None:
    """All but the certificate, which is only asked for."""
    for check, outcome, evidence in MADE:
        lewis.goes_to(f"{person}/checks/{check}")
        lewis.picks(outcome)
        lewis.picks("A check of its own" if check == "barred_list" else "The original was seen")
        lewis.fills("What was seen?", evidence)
        if check == "dbs":
            lewis.dates("When was the certificate asked for?", TUESDAY)
        lewis.presses("Record")
        lewis.reads("Recorded.")
    for check in ("overseas", "childcare"):
        lewis.goes_to(f"{person}/checks/scope/{check}")
        lewis.answers("Is it needed?", "No")
        lewis.fills("Why?", "Asked at the interview.")
        lewis.presses("Record")
    for referee, last in (("P. Winterbourne", "Yes"), ("R. Saltmarsh", "No")):
        lewis.goes_to(f"{person}/checks/reference")
        lewis.fills("Who wrote it?", referee)
        lewis.fills("Where do they work?", "Thistledown Academy")
        lewis.fills("From which address did it come?", f"{referee[3:].casefold()}@thistledown.example")
        lewis.answers("Is it the last employer's?", last)
        lewis.answers("Did they work with children there?", "Yes")
        lewis.picks("No concern")
        lewis.dates("When was it verified?", TUESDAY)
        lewis.fills("Who verified it?", HR.name)
        lewis.fills("How?", "Rang the school")
        lewis.presses("Record")
    lewis.goes_to(f"{person}/fitness")
    lewis.picks("Fit")
    lewis.presses("Record")
    lewis.reads("Recorded.", "2 references, 2 verified")


def starts_without_the_certificate(lewis: Visitor, miriam: Visitor, start: str) -> None:
    """Only the certificate is awaited: under a risk assessment that the head signs, and decides on."""
    lewis.goes_to(start)
    lewis.reads("They may not start yet", "Enhanced DBS certificate: awaited", "Have the risk assessment signed")
    assert [item.inner_text() for item in lewis.page.locator(".ts-dues strong").all()] == ["7"]
    assert lewis.page.get_by_role("button", name="They may start").count() == 0
    miriam.goes_to(start)
    miriam.follows("Assess the risk of a start without the certificate")
    miriam.fills("Who supervises them?", "The deputy head")
    miriam.dates("By which day is it reviewed?", REVIEWED)
    miriam.fills("What is done meanwhile?", "Never alone with pupils.")
    miriam.presses("Record")
    miriam.reads("They may start under a risk assessment", "The deputy head")
    miriam.presses("They may start")
    miriam.reads("Decision", f"{HEAD.name}, 24 November 2026: under a risk assessment", "Enhanced DBS certificate")


def starts_work(lewis: Visitor, vacancy: str) -> None:
    for step in ("Cleared", "Started"):
        moves(lewis, vacancy, CHOSEN, step)
    lewis.goes_to(f"{vacancy}/close")
    lewis.picks("Somebody was appointed")
    lewis.presses("Close it")
    lewis.reads("The campaign is closed.")


def stands_on_the_record(lewis: Visitor, folder: Path) -> None:
    lewis.goes_by_the_bar("Central record")
    lewis.filters(q=CHOSEN.surname)
    row = lewis.row(CHOSEN.surname).inner_text()
    assert TITLE in row, row
    assert "4 Jan 2027" in row, row
    lewis.goes_by_the_bar("Central record")
    for ending in ("XLSX", "PDF"):
        lewis.fetches(f"{ending} of this record").save_as(folder / ending)
    rows = CalamineWorkbook.from_path(folder / "XLSX").get_sheet_by_index(0).to_python()
    pages = PdfReader(folder / "PDF").pages
    assert any(CHOSEN.surname in str(cell) for row in rows for cell in row)
    assert CHOSEN.surname in "".join(page.extract_text() for page in pages)
