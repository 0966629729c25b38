"""A mother asks what is kept of her child; two people gather it, hold back a friend's name, and give her the pack."""

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from tests.journeys.conftest import Visit
from tests.journeys.world import CAREFUL, HEAD, OLD, OPERATOR, RECORDS, World

REASON = "It would make another person known, who has not agreed."


def test_the_dpo_answers_what_is_kept(visit: Visit, world: World, tmp_path: Path) -> None:
    _, child = world.somebody("E")
    academy = next(one.name for one in world.building.academies().values() if one.urn == OLD)

    # Both may read all that is kept of this one child, for as long as it takes.
    olu = visit(OPERATOR)
    for guest in (RECORDS, HEAD):
        olu.goes_by_the_bar("People")
        olu.filters(q=guest.email)
        olu.follows(guest.name)
        olu.chooses("Role", "Records officer")
        olu.chooses("Where", academy)
        olu.fills("What for", "A mother asked what is kept of her child")
        olu.dates("Last day, if it should end by itself", world.building.today + timedelta(days=30))
        olu.fills("For someone from outside, or a records officer: whom it is about", child.upn)
        olu.presses("Give this grant")

    # The request is recorded on the day it came; its last day does not wait for the holidays.
    ruth = visit(RECORDS)
    ruth.goes_to(f"/{OLD}/requests")
    ruth.follows("Record a request")
    ruth.answers("What is it?", "Request for what is kept")
    ruth.dates("On which day did it come?", world.building.today)
    ruth.fills("Who asks?", "Her mother, by letter")
    ruth.fills("What do they ask?", "Everything that you have about my daughter")
    ruth.fills("About which pupil?", child.upn)
    ruth.answers("Is it still to be shown who asks, or that they may?", "No")
    ruth.presses("Record it")
    ruth.is_at("Request for what is kept")
    request = ruth.path

    # What is kept is gathered from every room and plugin; one part names somebody else and is held back.
    ruth.follows("Gather what is kept, and decide what is given")
    ruth.is_at("What is kept")
    ruth.reads(child.full_name, "Register line: provision and needs", "Who they are")
    ruth.follows("SEN register · Register line: provision and needs")
    ruth.page.get_by_label("Reason of Placed on the register").first.select_option(label=REASON)
    ruth.presses("Record what is decided on this page")
    ruth.reads("Recorded.")

    # The head reads just what will go out; she does not make the pack.
    miriam = visit(HEAD)
    miriam.goes_to(request)
    miriam.follows("Read what is to be given, as the second person")
    miriam.is_at("What is given")
    miriam.reads("Placed on the register", "[withheld]", REASON)
    miriam.fills("Remarks", "Nothing more")
    miriam.presses("I have read all of it")
    miriam.goes_to(f"{request}/whole")
    miriam.reads("Somebody else makes the pack now.")

    # Ruth makes it, takes it away, and records the answer.
    ruth.goes_to(request)
    ruth.follows("Make the pack they are given")
    ruth.presses("Make the pack")
    ruth.is_at("The pack is made")
    fetched = ruth.fetches("Fetch the pack")
    fetched.save_as(tmp_path / "pack.zip")
    with ZipFile(tmp_path / "pack.zip") as archive:
        told = archive.read("record.html").decode()
    assert "Who looked" in told
    assert REASON in told
    ruth.goes_to(request)
    ruth.follows("Record the answer")
    ruth.dates("On which day were they answered?", world.building.today)
    ruth.answers("What came of it?", "Part of it was held back")
    ruth.fills("What was given, what was held back, and why?", "All but who spoke of her; told of the Commissioner")
    ruth.presses("Record it")
    ruth.reads("answered", "part of it was given")

    # Somebody else who keeps the law here finds all of it in the trail.
    wren = visit(CAREFUL)
    wren.goes_to(f"/{OLD}/audit?log=reads")
    wren.reads("Made a pack for someone outside")


def test_somebody_who_works_here_is_found_by_name(visit: Visit, world: World) -> None:
    ruth = visit(RECORDS, width=375)
    ruth.goes_to(f"/{OLD}/requests/new")
    ruth.answers("What is it?", "Request for what is kept")
    ruth.dates("On which day did it come?", world.building.today)
    ruth.fills("Who asks?", "Jo Marsden, in the corridor")
    ruth.fills("What do they ask?", "What you have about me")
    ruth.answers("Is it still to be shown who asks, or that they may?", "No")
    ruth.presses("Record it")

    # No pupil is meant: she looks for the name, which stands in no address.
    ruth.follows("Find what is kept of them")
    ruth.fills("Name", "marsden")
    ruth.presses("Look for this name")
    assert "marsden" not in ruth.page.url
    ruth.reads("Jo Marsden", "Staff · Teacher")
    ruth.page.get_by_label("Jo Marsden").check()
    ruth.presses("Record")
    ruth.reads("Jo Marsden, Staff · Teacher")

    # One kind of record is there, and she may read it.
    ruth.follows("Gather what is kept, and decide what is given")
    ruth.is_at("What is kept")
    ruth.follows("Roll · Who they are")
    ruth.reads("Joined the staff")
