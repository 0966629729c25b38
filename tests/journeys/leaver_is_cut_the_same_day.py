"""A SENCO leaves and is cut off at once; rights over accounts are agreed by two; a colleague stood in meanwhile."""

from datetime import timedelta

from core.signing_in.letters import link
from tests.journeys.conftest import Visit
from tests.journeys.world import ADMIN, CHIEF, DIRECTOR, LEAVER, OLD, TEACHER, World

NEW = "lantern gravel Tuesday"


def test_a_leaver_is_cut_the_same_day(visit: Visit, world: World) -> None:
    # They forgot their password, and set one by a link.
    kit = visit()
    known = world.building.person_by_email(LEAVER.email)
    assert known
    kit.goes_to(link(world.building, known[0], 1).removeprefix(world.origin))
    kit.is_at("Set your password")
    kit.fills("New password", NEW)
    kit.presses("Set this password")
    kit.reads("Your password is set. Sign in with it.")
    kit.fills("Email address", LEAVER.email)
    kit.fills("Password", NEW)
    kit.presses("Sign in")

    # While they are here, a colleague stands in for them.
    kit.goes_to(f"/{OLD}/staff")
    kit.follows("Stand-ins")
    kit.is_at("Stand-ins")
    kit.fills("Their email address", TEACHER.email)
    kit.picks("EHC plan and its reviews")
    kit.dates("Last day", world.building.today + timedelta(days=10))
    kit.fills("What for", "While I hand over")
    kit.presses("Lend it")
    kit.reads("You stay answerable for it.", TEACHER.name, "everyone you have it for")
    jo = visit(TEACHER)
    key, _ = world.somebody("E")
    plan = f"/api/v1/{OLD}/register/views/plan/{key}"
    assert jo.page.request.get(f"{world.origin}{plan}").status == 200

    # They leave: what they had open is shut with the next thing they do, and what they lent is over.
    noor = visit(ADMIN)
    noor.goes_by_the_bar("People")
    noor.filters(q=LEAVER.email)
    noor.follows(LEAVER.name)
    noor.follows("They have left")
    noor.fills("Why, if it should be known later", "Moved to another school")
    noor.presses("Cut them off")
    noor.reads("They are cut off, and it is recorded.")
    kit.goes_by_the_bar("Register")
    kit.is_at("Sign in")
    kit.fills("Email address", LEAVER.email)
    kit.fills("Password", NEW)
    with kit.expecting(422):
        kit.presses("Sign in")
    kit.goes_to("/sign-in")
    assert jo.page.request.get(f"{world.origin}{plan}").status == 403

    # Someone new shall look after data protection: it takes a second person.
    noor.goes_by_the_bar("People")
    noor.filters(q=DIRECTOR.email)
    noor.follows(DIRECTOR.name)
    noor.chooses("Role", "Data protection officer")
    noor.fills("What for", "Deputy until the new year")
    noor.presses("Give this grant")
    noor.reads("Waiting for a second person", "Deputy until the new year")
    hugh = visit(CHIEF)
    hugh.goes_by_the_bar("People")
    hugh.reads("A second person is needed for")
    hugh.follows(DIRECTOR.name)
    hugh.follows("Look, and decide on the grant of Data protection officer")
    hugh.is_at("Agree to a grant")
    hugh.picks("Yes, it shall count")
    hugh.presses("Record it")
    hugh.reads("Recorded.", "Data protection officer · all academies")

    # What the accounts look like now.
    noor.goes_to("/people/report")
    noor.is_at("Comings and goings")
    noor.goes_to("/people/roles?of=register")
    noor.is_at("What each role may do")
    noor.follows("SEND governor")
    noor.is_at("SEND governor")
