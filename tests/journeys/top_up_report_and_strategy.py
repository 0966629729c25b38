"""What help costs becomes a report for top-up; what inclusion costs becomes a strategy the public can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pypdf import PdfReader

from core.money import pence_in
from core.roll.views import Pupil
from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import HEAD, MANAGER, OLD, SENCO, TUESDAY, World

FINANCE = f"/{OLD}/finance"
HELP, MORE = "Word workshop, Year 11", "An hour a day of an adult in small groups."
PUBLIC = "https://cawdor.example/inclusion"


def test_a_report_for_top_up_goes_to_the_authority(visit: Visit, world: World, tmp_path: Path) -> None:
    priya, dana = visit(SENCO), visit(MANAGER)
    (key, child), (_, other) = world.alike()
    line = prices_the_help(priya)
    shares_it(priya, line, child, other)

    # The pupil's page has their part, what the school meets of it, and what came of the help.
    priya.follows(child.name)
    priya.is_at("Cost of help")
    priya.reads(child.full_name, HELP, "nothing noted yet", "No request is written.")
    notes_what_came_of_it(priya)
    writes_the_request(priya)
    takes_the_report_away(priya, child, tmp_path)

    # Finance sees the sums under a name that is not the pupil's; a number of help lines, and nobody's needs.
    dana.goes_by_the_bar("Costs without names")
    dana.does_not_read(child.surname, MORE)
    with dana.expecting(403):
        dana.goes_to(f"{FINANCE}/pupils/{key}")
    dana.goes_by_the_bar("SEN budget")


def test_an_inclusion_strategy_is_published(visit: Visit, tmp_path: Path) -> None:
    priya, miriam = visit(SENCO), visit(HEAD)
    priya.goes_by_the_bar("Inclusion strategy")
    priya.reads("Due by 31 December 2026")

    # With a cost that is not the budget's it is kept, and what is missing is told; nothing goes to the school's site.
    right = writes_a_version(priya, "99,999")
    priya.reads("What is missing before it can be published", "£99,999.00 here", "not alike")
    priya.does_not_read("For the school\N{RIGHT SINGLE QUOTATION MARK}s site")
    assert priya.page.get_by_role("link", name="Record that it is published").count() == 0
    writes_a_version(priya, right)
    priya.does_not_read("What is missing before it can be published", "not alike")
    takes_it_away(priya, tmp_path)

    # The head records where it stands. That it is out is told to whoever reads it.
    miriam.goes_by_the_bar("Inclusion strategy")
    miriam.follows("Record that it is published")
    with miriam.expecting(422):
        miriam.presses("Record")
    miriam.reads("There is a problem")
    miriam.fills("Where does it stand on the school's site?", PUBLIC)
    miriam.presses("Record")
    miriam.reads("Recorded as published.", "Published on 24 November 2026")
    priya.goes_by_the_bar("Inclusion strategy")
    priya.reads("Published on 24 November 2026", f"24 November 2026 by {HEAD.name}")


def prices_the_help(priya: Visitor) -> str:
    """By its sessions and the post that gives it; a slip is told at its field."""
    priya.goes_to(f"{FINANCE}/provision")
    priya.follows("Price provision")
    priya.fills("What is the help called?", HELP)
    priya.chooses("Which area of need is it for?", "Communication and interaction")
    priya.chooses("Who gives it?", "Teaching assistant")
    for label, number in (
        ("How many pupils together?", "2"),
        ("Sessions a week", "three"),
        ("Minutes of one session", "35"),
        ("Minutes to prepare one session", "10"),
        ("Weeks", "33"),
    ):
        priya.fills(label, number)
    priya.fills("What is bought for it, in pounds", "49.99")
    priya.dates("First day", date(2026, 9, 7))
    priya.dates("Last day", date(2027, 6, 11))
    with priya.expecting(422):
        priya.presses("Price it")
    priya.reads("There is a problem")
    priya.fills("Sessions a week", "3")
    priya.presses("Price it")
    priya.is_at(HELP)
    priya.reads("Priced. Say who is in it.", "3 sessions a week of 35 minutes")
    return priya.path


def shares_it(priya: Visitor, line: str, *children: Pupil) -> None:
    """Between two: to the penny, none lost."""
    priya.follows("Say who is in it")
    priya.follows("Year 11")
    for child in children:
        priya.picks(child.name)
    priya.presses("Share it")
    priya.reads("shared among 2 pupils")
    assert priya.path == line
    whole = pence_in(priya.page.locator(".ts-figs dd").first.inner_text().split("\n")[0])
    parts = [pence_in(cell.inner_text()) for cell in priya.page.locator("td[data-l='Part']").all()]
    assert whole == sum(part or 0 for part in parts) > 0


def notes_what_came_of_it(priya: Visitor) -> None:
    priya.follows(f"Note what came of it {HELP}")
    priya.fills("How many sessions were planned so far?", "30")
    priya.fills("How many did the pupil attend?", "27")
    priya.picks("Yes")
    priya.fills("How was that measured?", "Retells a story in ten sentences.")
    priya.presses("Record")
    priya.reads("27 of 30 sessions, target met")


def writes_the_request(priya: Visitor) -> None:
    priya.follows("Write a request")
    priya.fills("To which authority?", "Eastshire")
    priya.fills("What are the pupil's needs?", "Understands short sentences.")
    priya.fills("Which outcomes are worked towards?", "Follows a lesson with one prompt.")
    priya.dates("Day of the first review", date(2026, 10, 2))
    priya.dates("Day of the second review", date(2026, 11, 13))
    priya.fills("What more is needed, and why?", MORE)
    priya.presses("Record")
    priya.reads("To Eastshire, written on 24 November 2026.", "It is never a reason to hold a request back")


def takes_the_report_away(priya: Visitor, child: Pupil, folder: Path) -> None:
    """The same on the page and on paper."""
    priya.follows("Evidence for the request")
    told = ("Evidence for a request to Eastshire", HELP, "27 of 30", "13 November 2026", MORE)
    priya.reads(*told, child.full_name)
    priya.fetches("PDF for the authority").save_as(folder / "evidence.pdf")
    paper = text_of(folder / "evidence.pdf")
    assert [words for words in (*told, child.full_name) if words not in paper] == []


def writes_a_version(priya: Visitor, cost: str) -> str:
    """The last version again, with another cost of its first activity; answers the cost that stood there."""
    priya.follows("Write the next version")
    field = priya.page.get_by_role("group", name="Activity 1", exact=True).get_by_label("Cost in pounds", exact=True)
    stood = field.input_value()
    field.fill(cost)
    priya.presses("Keep this version")
    priya.reads("Kept as a new version.")
    return stood


def takes_it_away(priya: Visitor, folder: Path) -> None:
    """One page that needs nothing else, and a PDF: the same words, nobody's name."""
    for name in ("One HTML page", "PDF"):
        priya.fetches(f"{name} of the inclusion strategy").save_as(folder / name)
    page, paper = (folder / "One HTML page").read_text("utf-8"), text_of(folder / "PDF")
    for public in (page, paper):
        assert "Inclusion strategy 2026-27" in public
        assert "A quiet room and clubs open to all" in public
        assert SENCO.name not in public
    assert not {"<script", "<link", "<img", "src="} & set(page.split())
    assert f"{TUESDAY:%-d %B %Y}" in paper


def text_of(path: Path) -> str:
    """A PDF's words, its lines joined."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
