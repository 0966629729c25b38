"""From a teacher's note to an approval that lapses between two exams: teacher, SENCO and exams officer in turn."""

from datetime import date
from pathlib import Path

from core.roll.views import Pupil
from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import OFFICER, OLD, PASSWORD, SENCO, TEACHER, World

NAMED, PART_1, TESTED, PART_2, PART_3 = (date(2025, 3, day) for day in (3, 10, 17, 24, 31))
APPLIED, APPROVED = date(2025, 4, 7), date(2025, 4, 14)
"""Twenty-six months after the approval is 14 June 2027: between the two papers."""
HEAD = "UPN,Candidate number,Series,Board,Qualification,Subject,Paper code,Title,Date,Start,Minutes"
ROW = "{upn},0911,June 2027,OCR,GCSE,Drama,J316/0{number},Drama paper {number},{day},09:00,120"
DIAGNOSIS = ("Form 8", "Working memory", "slowly")


def test_a_teacher_to_a_lapsed_approval(visit: Visit, world: World, tmp_path: Path) -> None:
    key, child = world.alike()[0]
    candidate = f"/{OLD}/exams/pupils/{key}"
    jo, priya, sam = visit(), visit(SENCO), visit(OFFICER)
    notes_use_by_keyboard(jo, child)
    fills_the_file(priya, child)
    checks_eligibility(priya)
    records_the_approval(priya, child)
    imports_the_timetable(sam, child, tmp_path)

    # The candidate's page says which paper the approval does not reach; the one before it is covered.
    priya.goes_to(candidate)
    priya.reads("14 June 2027", "lapses before Drama paper 2 on 16 June 2027", "Apply again")
    priya.does_not_read("lapses before Drama paper 1")

    # So do the deadlines, with the day to act by, and what needs doing.
    priya.goes_by_the_bar("Exams")
    priya.follows("Deadlines")
    priya.is_at("Exam deadlines")
    lapse = priya.row(child.name).inner_text()
    assert "Drama paper 2 (J316/02)" in lapse, lapse
    assert "Thu 15 Apr 2027" in lapse, lapse
    priya.goes_to(f"/{OLD}?until=365")
    priya.reads("It lapses on 14 June 2027, before Drama paper 2 on 16 June 2027.")

    # The exams officer sees codes and times on the paper and on the lists to print; of the need, nothing.
    sam.goes_by_the_bar("Exam papers")
    sam.follows("Drama paper 1")
    sam.is_at("Drama paper 1")
    sits = sam.row(child.name).inner_text()
    assert "ET25" in sits, sits
    assert "11:30" in sits, sits
    sam.does_not_read(*DIAGNOSIS)
    sam.goes_by_the_bar("Exam papers")
    sam.follows("Drama paper 2")
    late = sam.row(child.name).inner_text()
    assert "11:00" in late, late
    sam.goes_by_the_bar("Exam papers")
    sam.follows("Lists to print")
    sam.reads("Drama paper 1", "ET25", "11:30")
    sam.does_not_read(*DIAGNOSIS)


def notes_use_by_keyboard(jo: Visitor, child: Pupil) -> None:
    """Between two lessons, without a mouse: what was used, in which subject, where, and what came of it."""
    jo.goes_to("/sign-in")
    jo.tabs_to("textbox", "Email address")
    jo.types(TEACHER.email)
    jo.hits("Tab")
    jo.types(PASSWORD)
    jo.hits("Enter", leads_on=True)
    jo.tabs_to("searchbox", "Find a pupil by name or UPN")
    jo.types(child.full_name)
    jo.hits("Enter", leads_on=True)
    jo.tabs_to("link", child.name)
    jo.hits("Enter", leads_on=True)
    jo.is_at(child.full_name)
    jo.tabs_to("link", "Note what was used")
    jo.hits("Enter", leads_on=True)
    jo.is_at("Note what was used")
    jo.tabs_to("radio", "Extra time")
    jo.hits("Space")
    jo.tabs_to("combobox", "Subject")
    jo.types("English")
    jo.tabs_to("radio", "In a lesson")
    jo.hits("Space")
    jo.tabs_to("radio", "It helped")
    jo.hits("Space")
    jo.hits("Enter", leads_on=True)
    jo.is_at(child.full_name)
    jo.reads("Recorded.", "Extra time (ET25)", "English", "Once on 24 November 2026", "It helped")

    # The next test was marked: the form remembers the subject, and takes the marks and a comment.
    jo.follows("Note what was used")
    assert jo.page.get_by_label("Subject", exact=True).input_value() == "English"
    jo.picks("Extra time")
    jo.picks("In a timed test")
    jo.picks("It helped")
    jo.page.get_by_text("Marks, and a comment").click()
    jo.fills("With it", "38")
    jo.fills("Without", "29")
    with jo.expecting(422):
        jo.presses("Record")
    jo.reads("There is a problem", "Say out of how many marks.")
    jo.fills("Out of", "60")
    jo.fills("Comment", "Finished the last question for the first time.")
    jo.presses("Record")
    jo.reads("2 times, last on 24 November 2026", "38 with, 29 without, of 60")


def fills_the_file(priya: Visitor, child: Pupil) -> None:
    """The SENCO reads what the file lacks, and puts it there: need, Form 8 in its order, two scores."""
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.follows("Exam arrangements")
    priya.is_at(child.full_name)
    priya.reads("Not named yet.", "Nothing is on file yet.", "Finished the last question for the first time.")
    priya.follows("Name Need for exams")
    priya.picks("A learning difficulty")
    priya.dates("When was this decided?", NAMED)
    with priya.expecting(422):
        priya.presses("Record")
    priya.reads("There is a problem")
    priya.fills("How does it show in class?", "Reads and writes slowly in every subject.")
    priya.presses("Record")
    priya.reads("Recorded.", "Form 8 Part 1", "missing")
    signs_a_part(priya, 1, PART_1)
    for area, score in (("Reading speed", "78"), ("Working memory", "82")):
        priya.follows("Add a score")
        priya.chooses("What was measured?", area)
        priya.fills("Standardised score", score)
        priya.fills("Test and edition", "Timed test battery, 3rd edition")
        priya.dates("When was it assessed?", TESTED)
        priya.presses("Record")
    signs_a_part(priya, 2, PART_2)
    signs_a_part(priya, 3, PART_3)
    priya.reads("Reading speed", "Working memory", "17 March 2025")


def signs_a_part(priya: Visitor, part: int, signed_on: date) -> None:
    priya.follows("Add a form")
    priya.picks("Form 8: learning difficulty")
    priya.fills("Which part of Form 8?", str(part))
    priya.dates("When was it signed?", signed_on)
    priya.presses("Record")
    priya.reads(f"Form 8: learning difficulty, Part {part}")


def checks_eligibility(priya: Visitor) -> None:
    """The rules advise. They say what would be with other scores, and never that anything is approved."""
    priya.follows("Try other scores for 25% extra time, learning difficulty")
    priya.is_at("Check eligibility")
    priya.reads("nothing stands against it", "The rules advise; the SENCO decides.", "Record an application")
    priya.does_not_read("pproved")
    priya.page.locator("#score_1").fill("96")
    priya.presses("Check")
    priya.reads("scores you tried, not those on file", "To go on with these scores, record them first.")
    priya.does_not_read("pproved", "Record an application")
    priya.page.locator("#score_1").fill("many")
    with priya.expecting(422):
        priya.presses("Check")
    priya.reads("There is a problem", "Enter the score, a whole number.")
    priya.follows("Back to the candidate")


def records_the_approval(priya: Visitor, child: Pupil) -> None:
    """It was applied for, and approved, in Year 9: before the regulations this program knows of."""
    priya.follows("Record an application")
    priya.is_at("Record an application")
    priya.chooses("What was applied for?", "25% extra time, learning difficulty (ET25)")
    priya.chooses("For which qualification?", "GCSE")
    priya.dates("When was it applied for?", APPLIED)
    priya.fills("Why?", "Applied for in Year 9; the file was complete then.")
    priya.presses("Record")
    priya.is_at(child.full_name)
    priya.reads("Applied for on 7 April 2025", "The check said: a person had to look")
    priya.follows("Record approval : 25% extra time, learning difficulty")
    priya.dates("What day is on the approval?", APPROVED)
    priya.presses("Record")
    priya.reads("approved on 14 April 2025", "14 June 2027")
    priya.does_not_read("lapses before")


def imports_the_timetable(sam: Visitor, child: Pupil, folder: Path) -> None:
    """First with a day that does not exist: the line is named, and nothing is recorded. Then mended."""
    first, second = (ROW.format(upn=child.upn, number=number, day="{day}") for number in (1, 2))
    good = [HEAD, first.format(day="10/06/2027"), second.format(day="16/06/2027")]
    wrong = [HEAD, first.format(day="10/06/2027"), second.format(day="31/06/2027")]
    for name, lines in (("wrong.csv", wrong), ("good.csv", good)):
        (folder / name).write_text("\n".join(lines), "utf-8")
    sam.goes_by_the_bar("Exam papers")
    papers = sam.page.locator("tbody tr").count()
    sam.follows("Import a timetable")
    sam.page.get_by_label("The file", exact=True).set_input_files(folder / "wrong.csv")
    sam.presses("Upload and look")
    sam.is_at("Look before you record")
    assert sam.figure("Refused rows") == 1
    sam.reads("Nothing can be recorded yet.", "is not a day such as 10/05/2027")
    assert [cell.inner_text() for cell in sam.page.locator("#rejected tbody td:first-child").all()] == ["3"]
    sam.goes_by_the_bar("Exam papers")
    sam.does_not_read("Drama paper")
    assert sam.page.locator("tbody tr").count() == papers
    sam.follows("Import a timetable")
    sam.page.get_by_label("The file", exact=True).set_input_files(folder / "good.csv")
    sam.presses("Upload and look")
    assert {name: sam.figure(name) for name in ("New papers", "New entries", "Refused rows")} == {
        "New papers": 2,
        "New entries": 2,
        "Refused rows": 0,
    }
    sam.page.get_by_role("button", name="Record ").click()
    sam.looks_around()
    sam.follows("Look at the papers")
    sam.reads("Drama paper 1", "Drama paper 2")
