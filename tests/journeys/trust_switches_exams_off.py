"""The trust switches exam arrangements off at one academy: silence there, and on again without leave to ask."""

from tests.journeys.conftest import Visit
from tests.journeys.world import DIRECTOR, OFFICER, OLD, SENCO, World

SERIES = "Apply for access arrangements, June 2027"


def test_the_trust_switches_exams_off(visit: Visit, world: World) -> None:
    grace, priya, sam = visit(DIRECTOR), visit(SENCO), visit(OFFICER)
    key, child = world.somebody("K")
    candidate = f"/{OLD}/exams/pupils/{key}"
    name = next(one.name for one in world.building.academies().values() if one.urn == OLD)

    # While it is on: what is due, a candidate with the register's own word, and the academy among the trust's numbers.
    priya.goes_to(f"/{OLD}?until=365")
    priya.reads(SERIES)
    priya.goes_to(candidate)
    priya.reads("SEN support")
    grace.goes_to("/trust/exams")
    grace.reads("Exam arrangements", name)

    # The director switches it off, told of what nobody will watch.
    grace.goes_by_the_bar("Plugins")
    grace.follows(f"Switch off Exam arrangements at {name}")
    grace.reads("No longer watched", "Last days to apply for access arrangements", "Its records stay sealed")
    grace.fills("Why?", "The exams office keeps its own list this term.")
    grace.presses("Switch off")
    grace.reads("The exams office keeps its own list this term.")

    # It is silent there: no page, no day, no panel, no number.
    priya.goes_to(f"/{OLD}?until=365")
    priya.does_not_read(SERIES, "Exams")
    for visitor, path in ((priya, candidate), (priya, f"/{OLD}/exams"), (sam, f"/{OLD}/exams/papers")):
        with visitor.expecting(404):
            visitor.goes_to(path)
        visitor.is_at("Page not found")
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.does_not_read("Exam arrangements")
    grace.goes_to("/trust/exams")
    grace.does_not_read(name)

    # On again, without leave to ask the register: all stands, and the candidate's page says what it was not told.
    grace.goes_by_the_bar("Plugins")
    grace.follows(f"Switch on Exam arrangements at {name}")
    grace.reads("What it asks of other plugins", "register.needs")
    grace.fills("Why?", "The list comes back to us.")
    grace.presses("Switch on")
    grace.reads("The list comes back to us.")
    priya.goes_to(candidate)
    priya.is_at(child.full_name)
    priya.reads("The register did not say")
    priya.goes_to(f"/{OLD}?until=365")
    priya.reads(SERIES)
    sam.goes_to(f"/{OLD}/exams/papers")
    sam.is_at("Exam papers")
