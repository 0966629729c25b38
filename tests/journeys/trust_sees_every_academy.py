"""The trust's SEND director sees all academies side by side, and switches the register off and on at one."""

from tests.journeys.conftest import Visit
from tests.journeys.world import DIRECTOR, OLD, SENCO, World


def test_the_trust_sees_every_academy(visit: Visit, world: World) -> None:
    grace, priya = visit(DIRECTOR), visit(SENCO)
    name = next(one.name for one in world.building.academies().values() if one.urn == OLD)

    # Nine academies beside England, small numbers hidden, the source of the national figures one link away.
    grace.is_at("Nine academies, side by side")
    assert grace.page.get_by_role("table").first.locator("tbody tr").count() == 9
    grace.reads("England", "Numbers under 5 are hidden", "SEN support and EHC plans, per cent of roll", name)
    assert "%" in grace.row(name).inner_text()
    assert grace.fetches("CSV").suggested_filename == "academies.csv"
    grace.follows("SEN support", grace.page.get_by_role("columnheader"))
    assert grace.page.get_by_role("columnheader", name="SEN support").get_attribute("aria-sort") == "ascending"

    # She switches the register off at one academy, and must say why.
    grace.goes_by_the_bar("Plugins")
    grace.is_at("Plugins of each academy")
    grace.follows(f"Switch off SEN register at {name}")
    grace.is_at("Switch off SEN register")
    grace.reads("No longer watched", "Annual reviews of EHC plans", "Its records stay sealed")
    with grace.expecting(422):
        grace.presses("Switch off")
    grace.reads("There is a problem", "Enter the reason.")
    grace.fills("Why?", "The academy keeps its register elsewhere this term.")
    grace.presses("Switch off")
    grace.is_at("Plugins of each academy")
    grace.reads("Recorded, with your reason.", "The academy keeps its register elsewhere this term.")

    # There the register is gone, to the SENCO too; its records are not.
    priya.goes_to(f"/{OLD}")
    priya.does_not_read("Annual review of")
    assert priya.page.get_by_role("link", name="Register", exact=True).count() == 0
    with priya.expecting(404):
        priya.goes_to(f"/{OLD}/register")
    priya.is_at("Page not found")
    grace.goes_by_the_bar("Academies")
    assert "not on" in grace.row(name).inner_text()

    # On again, everything stands as it stood.
    grace.goes_by_the_bar("Plugins")
    grace.follows(f"Switch on SEN register at {name}")
    grace.reads("What it will keep", "31 years")
    grace.fills("Why?", "The register comes back to us.")
    grace.presses("Switch on")
    grace.reads("The register comes back to us.")
    priya.goes_to(f"/{OLD}/register")
    priya.is_at("SEN register")
    assert priya.figure("SEN support") > 0
