"""A data protection officer proposes that a leaver's record be destroyed, the head agrees; the certificate is read."""

from pathlib import Path
from uuid import UUID

from core.roll.views import Pupil
from core.roll.views import pupil as roll
from plugins.register.views import support
from tests.journeys.conftest import Visit
from tests.journeys.world import DPO, HEAD, OLD, World

RECORD = "SEN register · Register line: provision and needs"


def a_leaver(world: World) -> tuple[UUID, Pupil]:
    """Somebody who has left, who was on the register, and whose name nobody else has."""
    desk = world.desk(OLD)
    pupils, known = desk.see_all(roll), desk.see_all(support)
    names = [one.full_name for one in pupils.values()]
    left = ((key, one) for key, one in pupils.items() if one.left_on and key in known)
    return next((key, one) for key, one in left if names.count(one.full_name) == 1)


def test_two_people_destroy_a_record_and_another_stands(visit: Visit, world: World) -> None:
    key, child = a_leaver(world)

    # The data protection officer finds whoever has left, and what is kept of them.
    ivan = visit(DPO)
    ivan.goes_to(f"/{OLD}")
    ivan.goes_by_the_bar("Disposal")
    ivan.is_at("Disposal")
    ivan.filters(q=child.upn)
    ivan.follows(child.full_name)
    ivan.is_at(child.full_name)
    ivan.reads("How long", "kept", "You looked at what is kept, and that is recorded.")

    # A proposal without a reason is shown again; then it stands, agreed to by one.
    ivan.follows(f"Propose to destroy {RECORD}")
    ivan.picks("Its retention period has ended")
    with ivan.expecting(422):
        ivan.presses("Propose it")
    ivan.reads("Enter the reason.")
    ivan.fills("Why?", "They left, and the period in our schedule is over.")
    ivan.presses("Propose it")
    ivan.reads("Proposed. Nothing is destroyed yet.", "1 of 2 agreed")

    # The head, on a phone without scripts, is told what can never be undone, and agrees.
    miriam = visit(HEAD, width=375, script=False)
    miriam.goes_by_the_bar("Disposal")
    miriam.follows(child.full_name)
    miriam.follows(f"Agree {RECORD}")
    miriam.is_at("Destroy this record for ever")
    miriam.reads("This cannot be undone.", "A backup of the keys may hold it until 29 December 2026")
    miriam.presses("Destroy it for ever")
    miriam.is_at("Certificate of destruction")
    miriam.reads(RECORD, "Ivan Hollis", "Miriam Hale", "Cannot be read")
    miriam.does_not_read(child.surname)
    paper = miriam.fetches("PDF")
    assert paper.suggested_filename == "certificate.pdf"
    assert Path(paper.path()).read_bytes().startswith(b"%PDF-")

    # The record is gone, and another stands.
    miriam.goes_to(f"/{OLD}/pupils/{key}")
    miriam.is_at(child.full_name)
    miriam.reads("Came on roll", "Left the roll")
    miriam.does_not_read("Placed on the register", "Moved on the register", "Taken off the register")
    miriam.follows("What is kept, and how long")
    miriam.does_not_read("Propose to destroy " + RECORD)
    miriam.reads("Roll · Who they are", "Agreed that it be destroyed")
    ivan.goes_by_the_bar("Disposal")
    ivan.reads("Nothing waits.", "Its retention period has ended")
