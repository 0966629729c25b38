"""The school is told of a child in care on the last Friday before Christmas; a class teacher learns nothing of it."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.roll.views import Pupil
from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import DESIGNATED, OLD, TEACHER, World

MONDAY, FRIDAY = date(2026, 12, 14), date(2026, 12, 18)
"""The child came into care on the first and the school was told on the second, the last day of the term."""
SENT, RETURNED, AGREED = date(2027, 1, 12), date(2027, 1, 20), date(2027, 1, 26)
_READ = ("pupils", "exams/pupils", "exams/working")
_REFUSED = ("lac/money", "lac/suspensions", "lac/peps", "lac/children")
_SEALED = re.compile(r'(name="token" value="|\bq=)[^"&]*')


@pytest.fixture(scope="module")
def world(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A trust of this journey's own: its clock goes on into the new year."""
    home = shutil.copytree(made_up, tmp_path_factory.mktemp("christmas") / "home")
    world = World(home, FRIDAY)
    yield world
    world.close()


def test_a_child_told_about_before_christmas(visit: Visit, world: World) -> None:
    _, child = world.alike()[0]
    esther, jo = visit(DESIGNATED), visit(TEACHER)
    before = reads_of_both(jo, world)
    sets_the_clocks_of_an_authority(esther)
    records_the_episode(esther, child)

    # The child stands in the list; both days run on through the holidays, and it is said when the school can still act.
    esther.goes_by_the_bar("Looked-after children")
    esther.filters(show="Due in 30 days")
    assert "Riverford" in esther.row(child.name).inner_text()
    esther.follows(child.name)
    esther.reads("Start the first PEP by Wed 30 Dec 2026", "Act by Fri 18 Dec 2026, the last school day.")
    esther.reads("Complete the first PEP by Thu 14 Jan 2027", "The school was told late.")
    esther.does_not_read("Ask for an interim PEP")
    starts_the_plan(esther)

    # The class teacher reads what she read before, to the byte, and the same of both.
    assert reads_of_both(jo, world) == before

    # In the new year it is filled in and sent, in time.
    world.clock.put_forward(SENT)
    esther.signs_in(DESIGNATED)
    opens_the_plan(esther, child)
    fills_the_plan(esther)
    makes_ready_and_sends(esther, SENT)
    esther.reads("With the virtual school since 12 January 2027.", "2 days left")

    # It comes back after its last day: the lateness is the authority's, and none of it the school's.
    world.clock.put_forward(RETURNED)
    esther.signs_in(DESIGNATED)
    opens_the_plan(esther, child)
    esther.reads("6 days late, with the authority")
    comes_back_and_goes_again(esther)
    esther.goes_by_the_bar("Looked-after children")
    esther.filters(show="Late with the authority")
    esther.reads(child.name)
    jo.signs_in(TEACHER)
    reads_of_both(jo, world)

    # It is agreed; whose lateness it was stays told.
    world.clock.put_forward(AGREED)
    esther.signs_in(DESIGNATED)
    opens_the_plan(esther, child)
    esther.follows("Record that it was agreed")
    esther.dates("When was it agreed?", AGREED)
    esther.chooses("Grade of the whole plan, by Lancashire", "Green")
    esther.presses("Record")
    esther.reads("Agreed on 26 January 2027. It stays as it is.", "12 days late, with the authority")
    esther.does_not_read("with the school")


def sets_the_clocks_of_an_authority(esther: Visitor) -> None:
    esther.goes_by_the_bar("Authorities")
    esther.is_at("Authorities")
    esther.follows("Set up an authority")
    esther.fills("Code of the authority", "885")
    esther.fills("Name of the authority", "Riverford")
    esther.fills("Working days until a first PEP is started", "10")
    esther.fills("Working days until a first PEP is complete", "20")
    with esther.expecting(422):
        esther.presses("Record")
    esther.reads("There is a problem")
    esther.picks("Lancashire")
    esther.presses("Record")
    esther.is_at("Riverford")
    esther.reads("within 10 working days", "within 20 working days")


def records_the_episode(esther: Visitor, child: Pupil) -> None:
    esther.looks_up(child.full_name)
    esther.follows(child.name)
    esther.follows("Record care")
    esther.is_at(child.full_name)
    esther.follows("Record an episode")
    esther.picks("Looked after")
    esther.chooses("Legal status", "Interim care order, section 38 (C1)")
    esther.dates("From which day?", MONDAY)
    esther.dates("When was the school told?", date(2026, 12, 19))
    esther.picks("Letter or call from the social worker")
    esther.chooses("Which authority looks after the child?", "Riverford (885)")
    with esther.expecting(422):
        esther.presses("Record")
    esther.reads("There is a problem")
    esther.dates("When was the school told?", FRIDAY)
    esther.presses("Record")
    esther.is_at(child.full_name)
    esther.reads("Recorded.", "18 December 2026, 4 days after it began")


def starts_the_plan(esther: Visitor) -> None:
    """On that Friday still, though the authority has until the 30th."""
    esther.follows("Start a PEP")
    esther.picks("First PEP")
    esther.dates("When was it started?", FRIDAY)
    esther.presses("Start it")
    esther.is_at("First PEP")
    esther.reads("Started.", "The school has it in hand since 18 December 2026.", "Thu 14 Jan 2027")


def opens_the_plan(esther: Visitor, child: Pupil) -> None:
    esther.goes_by_the_bar("Looked-after children")
    esther.follows(child.name)
    esther.follows("Open the PEP")


def fills_the_plan(esther: Visitor) -> None:
    """Refused as not ready, with what is missing; then each of it by its own form."""
    with esther.expecting(422):
        esther.presses("Make it ready")
    esther.reads("There is a problem", "Not ready yet.", "Add the child's voice, or why there is none.")
    esther.reads("Set one target or more that is SMART.", "Add the attendance figure.", "Say who was at the meeting.")
    esther.follows("Record the child's voice")
    esther.picks("In their own words")
    esther.dates("When?", SENT)
    esther.fills("What does the child say?", "I like the library in the morning. Maths is too loud.")
    esther.presses("Record")
    esther.follows("Record attendance")
    esther.dates("From which day?", date(2026, 9, 7))
    esther.dates("Up to which day?", FRIDAY)
    esther.fills("Sessions the child could attend", "128")
    esther.fills("Sessions the child missed", "6")
    esther.presses("Record")
    esther.follows("Record the meeting")
    esther.dates("When was it held?", SENT)
    for part in ("Child", "Social worker", "Designated teacher"):
        esther.picks(part)
    esther.dates("When is the next meeting?", date(2027, 5, 4))
    esther.presses("Record")
    esther.follows("Set a target")
    esther.fills("Which need does it answer?", "Reading")
    esther.fills(
        "What will the child do, and how is it measured?", "Retells a chapter to an adult, four weeks running."
    )
    esther.fills("Where does the child start from?", "Retells one page.")
    esther.fills("Who sees to it?", "Form tutor")
    esther.fills("How often and how long?", "Weekly, 20 minutes")
    esther.dates("By which day should it be met?", date(2027, 4, 30))
    esther.fills("Cost, in pounds", "0")
    esther.presses("Record")
    esther.reads("SMART", "6 of 128 sessions missed")
    esther.does_not_read("Still missing before it is ready")


def makes_ready_and_sends(esther: Visitor, day: date) -> None:
    esther.presses("Make it ready")
    esther.reads("ready to send")
    esther.follows("Record that it was sent")
    esther.dates("When did it go to the virtual school?", day)
    esther.presses("Record")


def comes_back_and_goes_again(esther: Visitor) -> None:
    esther.follows("Record that it came back")
    esther.dates("When did it come back?", RETURNED)
    esther.fills("What is to be changed?", "Too short")
    with esther.expecting(422):
        esther.presses("Record")
    esther.reads("There is a problem")
    esther.fills("What is to be changed?", "Please say what the school does about the noise in mathematics.")
    esther.presses("Record")
    esther.reads("The virtual school returned it on 20 January 2027: Please say what the school does")
    esther.follows("Write Wellbeing")
    esther.chooses("Whose words are they?", "Designated teacher")
    esther.fills("What does it say?", "Sits at the quiet table in mathematics; a card lets her leave the room.")
    esther.presses("Record")
    makes_ready_and_sends(esther, RETURNED)
    esther.reads("With the virtual school since 20 January 2027.")


def reads_of_both(jo: Visitor, world: World) -> list[bytes]:
    """All that a class teacher can open of either pupil, once it is sure that it is the same of both."""
    of_each = []
    for key, one in world.alike():
        jo.looks_up(one.full_name)
        search = jo.page.url.partition(f"/{OLD}/")[2]
        jo.follows(one.name)
        jo.is_at(one.full_name)
        jo.does_not_read("Looked-after", "Looked after", "Care")
        pages = [sent(jo, path, 200) for path in (search, *(f"{part}/{key}" for part in _READ))]
        pages += [sent(jo, f"{part}/{key}", 403) for part in _REFUSED]
        of_each.append([nameless(page, key, one) for page in pages])
    assert of_each[0] == of_each[1]
    nobody = uuid4()
    assert nameless(sent(jo, f"lac/children/{nobody}", 403), nobody, one) == of_each[0][-1]
    return [*of_each[0], sent(jo, "", 200), sent(jo, "pupils", 200)]


def sent(jo: Visitor, path: str, status: int) -> bytes:
    """A page as it is sent, but for what is sealed anew each time."""
    answer = jo.page.request.get(f"/{OLD}/{path}")
    assert answer.status == status, path
    return _SEALED.sub(r"\1", answer.text()).encode()


def nameless(page: bytes, key: UUID, one: Pupil) -> bytes:
    """The page without what tells one pupil from another."""
    text = page.decode()
    for own in (str(key), one.upn, one.forename):
        text = text.replace(own, "")
    return text.encode()
