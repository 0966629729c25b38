"""A SENCO of a new academy takes over the school's own list, as the school's system exports it."""

from pathlib import Path

from tests.journeys.conftest import Visit
from tests.journeys.world import NEW_SENCO

FILE = Path(__file__).parents[1] / "data" / "roll-sims-style.csv"


def test_a_senco_imports_the_roll(visit: Visit) -> None:
    tom = visit(NEW_SENCO)
    tom.is_at("What needs doing")
    tom.reads("Northgate High School", "Nothing is due")

    # An empty academy says what to do first.
    tom.goes_by_the_bar("Register")
    tom.is_at("SEN register")
    tom.reads("Nobody is on the register here.")
    tom.goes_by_the_bar("Import")
    tom.is_at("Import from your MIS")

    # Without a file there is nothing to upload.
    with tom.expecting(422):
        tom.presses("Upload and look")
    tom.reads("There is a problem", "Choose a file.")

    # The export is recognised, column by column.
    tom.page.get_by_label("The file", exact=True).set_input_files(FILE)
    tom.presses("Upload and look")
    tom.is_at("What each column is")
    tom.reads("headings on line 4", "11 columns")
    assert tom.page.get_by_label("What Legal Surname is").input_value() == "surname"

    # A column that must be there is missed, and can be put right.
    tom.page.get_by_label("What Legal Surname is").select_option(label="not imported")
    with tom.expecting(422):
        tom.presses("Compare with the roll")
    tom.reads("There is a problem")
    tom.page.get_by_label("What Legal Surname is").select_option(value="surname")
    tom.presses("Compare with the roll")

    # What would be recorded, and what is refused with its line and why. Nothing is recorded yet.
    tom.is_at("Look before you record")
    assert {name: tom.figure(name) for name in ("New", "Changed", "Left", "Refused", "With a doubt")} == {
        "New": 595,
        "Changed": 0,
        "Left": 0,
        "Refused": 5,
        "With a doubt": 2,
    }
    tom.reads("Nothing is recorded yet.")
    refused = tom.page.locator("#rejected tbody tr")
    assert [row.locator("td").first.inner_text() for row in refused.all()] == ["24", "48", "76", "105", "230"]
    tom.reads("SPLD", "check letter")
    tom.goes_by_the_bar("Pupils")
    tom.reads("0 pupils on roll")
    tom.page.go_back()

    # Confirmed, it is recorded all together.
    tom.page.get_by_role("button", name="Record ").click()
    tom.looks_around()
    tom.is_at("Imported and recorded")
    tom.reads("by Tom Ellis", "all together", "in one command")
    tom.follows("Look at the pupils")
    tom.reads("595 pupils on roll")

    # The register stands.
    tom.goes_by_the_bar("Register")
    tom.reads("121 pupils: 95 SEN support, 26 EHC plans.")
    tom.filters(provision="EHC plan")
    tom.reads("1 to 26 of 26")

    # The same file again changes nothing.
    tom.goes_by_the_bar("Import")
    tom.page.get_by_label("The file", exact=True).set_input_files(FILE)
    tom.presses("Upload and look")
    tom.presses("Compare with the roll")
    tom.reads("There is nothing to record.")
    assert tom.figure("Unchanged") == 595
