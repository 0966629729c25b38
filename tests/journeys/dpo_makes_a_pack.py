"""The data protection officer makes a pack of one child for a father, withholds one part, and checks it as he will."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Visit
from tests.journeys.world import OLD, OPERATOR, RECORDS, World

REASON = "It would make another person known, who has not agreed."


def test_the_dpo_makes_a_pack_and_it_verifies(visit: Visit, world: World, tmp_path: Path) -> None:
    _, child = world.somebody("E")
    name = next(one.name for one in world.building.academies().values() if one.urn == OLD)

    # For the time of the request, she is granted what a SENCO of that academy may read.
    olu = visit(OPERATOR)
    olu.goes_by_the_bar("People")
    olu.filters(q=RECORDS.email)
    olu.follows(RECORDS.name)
    olu.chooses("Role", "SENCO")
    olu.chooses("Where", name)
    olu.fills("What for", "A father asked for his child's record")
    olu.dates("Last day, if it should end by itself", world.building.today + timedelta(days=14))
    olu.presses("Give this grant")

    # She chooses the child; a pack without a purpose is not made.
    ruth = visit(RECORDS)
    ruth.goes_to(f"/{OLD}/audit")
    ruth.follows("Make a pack")
    ruth.is_at("Make a pack")
    ruth.fills("Which pupil?", child.upn)
    with ruth.expecting(422):
        ruth.presses("Look at what it would hold")
    ruth.reads("There is a problem", "Enter who the pack is for, and why.")
    ruth.fills("Who is it for, and why?", "Her father, who asked for it on 12 November")
    ruth.presses("Look at what it would hold")

    # She withholds what somebody said, with the reason, and sees how it will read.
    ruth.is_at("What is withheld")
    ruth.reads(f"What is recorded of {child.full_name}.", "Placed on the register")
    ruth.page.get_by_label(re.compile("^Reason of Placed on the register")).first.select_option(label=REASON)
    ruth.presses("See how it will read")
    ruth.is_at("Check before you make it")
    ruth.reads("Placed on the register", "[withheld]", f"withheld Reason. {REASON}", "1 part")

    # She makes it, and takes it away; that it left is in the record of who looked.
    ruth.presses("Make the pack")
    ruth.is_at("The pack is made")
    key = ruth.page.locator(".ts-rule code").inner_text()
    fetched = ruth.fetches("Fetch the pack")
    fetched.save_as(tmp_path / fetched.suggested_filename)
    ruth.goes_to(f"/{OLD}/audit?log=reads")
    ruth.reads("Made a pack for someone outside", "Her father, who asked for it on 12 November")

    # He unpacks it, and lets its own program check it: with the key he was told, and without.
    with ZipFile(tmp_path / fetched.suggested_filename) as archive:
        archive.extractall(tmp_path)
    program = [sys.executable, "-I", "verify.py", fetched.suggested_filename]
    proved = subprocess.run([*program, "--key", key], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "PROVED. Each entry stands in the log as it is shown" in proved.stdout
    assert f"    withheld, part 3: {REASON}" in proved.stdout
    unsure = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert unsure.returncode == 3
    assert "CONSISTENT WITH ITSELF ONLY" in unsure.stdout

    # He reads it in a browser, without a network and without a script.
    page = ruth.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "record.html").as_uri())
    assert page.get_by_role("heading", level=1).inner_text() == f"Record of {child.full_name}"
    assert REASON in page.locator("main").inner_text()
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-1.7")
