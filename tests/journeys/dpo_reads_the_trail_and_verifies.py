"""The data protection officer reads who recorded what and who looked, and has every entry read again."""

from pathlib import Path

from tests.journeys.conftest import Visit
from tests.journeys.world import DPO, OLD, SENCO, World


def test_the_dpo_reads_the_trail_and_verifies(visit: Visit, world: World) -> None:
    _, child = world.somebody("E")
    name = next(one.name for one in world.building.academies().values() if one.urn == OLD)

    # A SENCO opens a child's record.
    priya = visit(SENCO)
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.reads("You opened this record, and that is recorded.")
    priya.goes_by_the_bar("Audit")
    priya.is_at("The trail")
    priya.filters(pupil=child.full_name)
    priya.reads(child.name, "Pupil: " + child.full_name)
    priya.follows("Who looked")
    priya.reads("Opened", "Priya Nair")

    # The trail of the trust, filtered by who typed it, and one entry of it with its leaf.
    ivan = visit(DPO)
    ivan.is_at("Nine academies, side by side")
    ivan.goes_by_the_bar("Audit")
    ivan.is_at("The trail")
    ivan.filters(plugin="Accounts")
    ivan.reads("Priya Nair")
    ivan.page.locator("tbody tr").first.get_by_role("link").last.click()
    ivan.looks_around()
    ivan.reads("The same, as the log holds it", "Leaf hash", "Commitment", '"kind"')
    ivan.follows("‹ Entry before")  # noqa: RUF001 - as it stands on the page
    ivan.goes_by_the_bar("Audit")
    ivan.follows("Who looked")
    ivan.reads("Signed in")

    # What was recorded about children he has no grant for is told without its words.
    ivan.goes_by_the_bar("Audit")
    ivan.filters(academy=name, plugin="SEN register")
    ivan.reads(name, "Something was recorded in register.")
    ivan.does_not_read(child.full_name)

    # Everything is read again, from the first entry to the last.
    ivan.goes_to("/audit")
    ivan.presses("Verify now")
    ivan.page.get_by_role("heading", name="Every notch stands").wait_for(timeout=60_000)
    ivan.looks_around()
    ivan.reads("are as they were written", "trust-reads", f"{OLD}-reads")
    assert ivan.page.get_by_text("holds", exact=True).count() == 20

    # The half of the stick to keep elsewhere.
    fetched = ivan.fetches("Checkpoints")
    assert fetched.suggested_filename == "checkpoints.txt"
    notes = Path(fetched.path()).read_text()
    assert notes.count("— ") >= 20
    assert OLD in notes
