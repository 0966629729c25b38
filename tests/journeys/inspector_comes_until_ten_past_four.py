"""An inspector is let in by a link and a code, reads what an inspector reads, and is shut out at their minute."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import ADMIN, DPO, OLD, TUESDAY, World


@pytest.fixture(scope="module")
def world(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A trust of this journey's own: its clock goes on to the end of the visit."""
    home = shutil.copytree(made_up, tmp_path_factory.mktemp("inspector") / "home")
    world = World(home, TUESDAY)
    world.clock.put_forward(TUESDAY, 16)
    yield world
    world.close()


def test_an_inspector_comes_until_ten_past_four(visit: Visit, world: World) -> None:
    key, sampled = world.somebody("E")
    other, _ = world.somebody("K")
    noor = visit(ADMIN)
    link, code = lets_in(noor, world, sampled.upn)

    # The link alone opens nothing; with the code that was told, the school's own pages.
    petra = visit()
    petra.goes_to(link)
    petra.is_at("Your visit")
    petra.reads("until 24 Nov 2026, 16:10")
    petra.fills("Code", "aaaa-bbbb-cccc")
    with petra.expecting(422):
        petra.presses("Go in")
    petra.reads("That code does not go with this link.")
    petra.fills("Code", code)
    petra.presses("Go in")
    petra.reads("Ofsted inspector")

    # The register, the sample, and nothing of anyone else's plan.
    petra.goes_by_the_bar("Register")
    petra.is_at("SEN register")
    petra.goes_to(f"/{OLD}/pupils/{key}")
    petra.reads("EHC plan")
    petra.goes_to(f"/{OLD}/pupils/{other}")
    for plan, answered in ((f"register/views/plan/{key}", 200), (f"lac/views/care/{key}", 404)):
        assert petra.page.request.get(f"{world.origin}/api/v1/{OLD}/{plan}").status == answered
    petra.goes_by_the_bar("Audit")
    petra.reads("newest first")

    # At ten past four every page is shut, and the link is over.
    world.clock.forward(minutes=10)
    petra.goes_by_the_bar("Register")
    petra.is_at("Sign in")
    with petra.expecting(404):
        petra.goes_to(link)
    petra.is_at("This visit is over")
    petra.goes_to("/sign-in")

    # Who looked, and why, is told.
    ivan = visit(DPO)
    ivan.goes_to(f"/{OLD}/looks/{key}")
    ivan.reads("Petra Voss", "Ofsted inspector", "Inspection of 24 November")


def lets_in(noor: Visitor, world: World, upn: str) -> tuple[str, str]:
    """Somebody who looks after people adds an inspector, grants the visit, and makes link and code."""
    academy = next(one.name for one in world.building.academies().values() if one.urn == OLD)
    noor.goes_by_the_bar("People")
    noor.follows("Add someone")
    noor.fills("Name", "Petra Voss")
    noor.fills("Email address", "petra@inspectors.example")
    noor.presses("Add")
    noor.is_at("Petra Voss")
    noor.chooses("Role", "Ofsted inspector")
    noor.chooses("Where", academy)
    noor.fills("What for", "Inspection of 24 November")
    with noor.expecting(422):
        noor.presses("Give this grant")
    noor.reads("Say until when: 5 days at most.")
    noor.dates("Last day, if it should end by itself", TUESDAY)
    noor.fills("Hour on that day, if it should end before midnight", "16:10")
    noor.fills("For someone from outside, or a records officer: whom it is about", upn)
    noor.presses("Give this grant")
    noor.reads("until 24 Nov 2026, 16:10", "1 named only")
    noor.follows("Make a link for their visit")
    noor.presses("Make the link")
    noor.is_at("Tell them this code")
    link = noor.page.locator(".ts-address").inner_text()
    code = noor.page.locator(".ts-codes code").inner_text()
    assert re.fullmatch(r"[a-z0-9-]{14}", code)
    noor.follows("I have told them")
    return link.removeprefix(world.origin), code
