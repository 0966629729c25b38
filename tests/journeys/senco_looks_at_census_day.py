"""A SENCO asks what the register was on a past day, and what was known of it then."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.world import OLD, SENCO, World


def test_a_senco_looks_at_census_day(visit: Visit, world: World) -> None:
    _, child = world.somebody("")
    today = world.building.today
    census, decided = today - timedelta(days=30), today - timedelta(days=45)
    asked = census.isoformat()
    priya = visit(SENCO)

    # The register on census day, before anything is typed now.
    priya.goes_by_the_bar("Register")
    now = priya.figure("SEN support")
    priya.filters(as_at=asked)
    priya.reads("as we know it now, late entries included", "Back to today")
    as_at = priya.figure("SEN support")
    priya.filters(known_at=asked)
    priya.reads("as it was known at the end of", "what was typed later is left out")
    as_known = priya.figure("SEN support")

    # A decision of six weeks ago is typed today.
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.follows("Place on the register")
    priya.picks("SEN support")
    priya.dates("From which day?", decided)
    priya.chooses("Primary need", "Speech, language and communication needs (SLCN)")
    priya.dates("When were the parents told?", decided)
    priya.fills("Why?", "Agreed in the meeting; the note was found only now.")
    priya.presses("Check this")
    priya.presses("Record this")
    priya.reads("6 weeks later")

    # It changes what the register was then, and not what was known then.
    priya.goes_by_the_bar("Register")
    assert priya.figure("SEN support") == now + 1
    priya.filters(as_at=asked)
    assert priya.figure("SEN support") == as_at + 1
    priya.filters(q=child.upn)
    priya.reads("1 to 1 of 1", child.name)
    priya.filters(known_at=asked)
    priya.reads("Nobody on the register fits these filters.")
    assert priya.figure("SEN support") == as_known

    # It was a mistake after all: the entry is withdrawn, with the reason.
    priya.looks_up(child.upn)
    priya.follows(child.name)
    notch = priya.page.locator(".ts-notch").filter(has_text="Placed on the register")
    notch.get_by_role("link").first.click()
    priya.looks_around()
    priya.follows("Withdraw this entry")
    priya.is_at("Withdraw an entry")
    with priya.expecting(422):
        priya.presses("Withdraw it")
    priya.reads("Enter why it was wrong.")
    priya.fills("Why was it wrong?", "The note was about a child of the same surname.")
    priya.presses("Withdraw it")

    # Views leave it out; both histories can be read.
    priya.reads("Withdrawn. History shows both.", "Never on the register here")
    expect(notch.locator("del")).to_contain_text("Placed on the register")
    expect(notch).to_contain_text("a child of the same surname")
    expect(notch).to_contain_text("the note was found only now")
    priya.goes_to(f"/{OLD}/register?as_at={asked}")
    assert priya.figure("SEN support") == as_at
    priya.goes_to(f"/{OLD}/audit")
    priya.reads("withdrawn", "a child of the same surname")
