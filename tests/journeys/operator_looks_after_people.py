"""The operator adds someone, grants a role until a day, and takes it back."""

from datetime import timedelta

from tests.journeys.conftest import Visit
from tests.journeys.world import OLD, OPERATOR, World


def test_the_operator_looks_after_people(visit: Visit, world: World) -> None:
    name = next(one.name for one in world.building.academies().values() if one.urn == OLD)
    until = world.building.today + timedelta(days=90)
    olu = visit(OPERATOR)
    olu.goes_by_the_bar("People")
    olu.is_at("People and roles")

    # Someone is added; what is wrong is said at each field, all at once.
    olu.follows("Add someone")
    with olu.expecting(422):
        olu.presses("Add")
    olu.reads("There is a problem", "Enter a name.", "Enter an email address.")
    olu.fills("Name", "Ada Quist")
    olu.fills("Email address", "ada.quist")
    with olu.expecting(422):
        olu.presses("Add")
    olu.reads("An email address is not in the right form.")
    assert olu.page.get_by_label("Name", exact=True).input_value() == "Ada Quist"
    olu.fills("Email address", "ada.quist@journeys.example")
    olu.presses("Add")
    olu.is_at("Ada Quist")
    olu.reads("They see nothing until you grant them a role.", "None: this person can sign in and sees nothing.")

    # A role at one academy, until a day.
    with olu.expecting(422):
        olu.presses("Give this grant")
    olu.reads("There is a problem", "Enter a role.", "Enter what it is for.")
    olu.chooses("Role", "SEND administrator")
    olu.chooses("Where", name)
    olu.fills("What for", "Covers for the office until the new year")
    olu.dates("Last day, if it should end by itself", until)
    olu.presses("Give this grant")
    olu.reads("Recorded.", f"SEND administrator · {name}", "Covers for the office", "Register line")

    # It stands in the list, and can be found there.
    olu.goes_by_the_bar("People")
    olu.filters(q="ada.quist")
    olu.reads("1 to 1 of 1", "SEND administrator", f"until {until.day} {until:%B %Y}")
    olu.follows("Ada Quist")

    # It is taken back, with the reason.
    olu.follows("End this grant SEND administrator")
    olu.is_at("End a grant")
    olu.fills("Why?", "The office is staffed again.")
    olu.presses("End it")
    olu.reads("Ended, and recorded.", "None: this person can sign in and sees nothing.", "Ended")

    # All of it stands in the trail.
    olu.goes_by_the_bar("Audit")
    olu.reads("Ada Quist", "The office is staffed again.")
