"""A SENCO places a child on the register with the keyboard alone, after a mistake and a second look."""

from datetime import timedelta

from core.wording import day
from tests.journeys.conftest import Visit
from tests.journeys.world import SENCO, World


def test_a_senco_changes_a_status(visit: Visit, world: World) -> None:
    _, child = world.somebody("")
    today = world.building.today
    decided, told = today - timedelta(days=9), today - timedelta(days=8)

    # She signs in and finds the child without a mouse.
    priya = visit()
    priya.goes_to("/sign-in")
    priya.tabs_to("textbox", "Email address")
    priya.types(SENCO.email)
    priya.hits("Tab")
    priya.types("three words will do")
    priya.hits("Enter", leads_on=True)
    priya.is_at("What needs doing")
    priya.tabs_to("searchbox", "Find a pupil by name or UPN")
    priya.types(child.full_name)
    priya.hits("Enter", leads_on=True)
    priya.tabs_to("link", child.name)
    priya.hits("Enter", leads_on=True)
    priya.is_at(child.full_name)
    priya.reads("Never on the register here", "You opened this record, and that is recorded.")

    # The form, with the parents' day forgotten and a day that does not exist.
    priya.tabs_to("link", "Place on the register")
    priya.hits("Enter", leads_on=True)
    priya.is_at("Place on the SEN register")
    priya.tabs_to("radio", "SEN support")
    priya.hits("Space")
    for part, number in (("Day", 31), ("Month", 2), ("Year", decided.year)):
        priya.tabs_to("textbox", part)
        priya.types(str(number))
        priya.hits("Tab") if part != "Year" else None
    priya.tabs_to("combobox", "Primary need")
    priya.types("Speech")
    priya.tabs_to("textbox", "Why?")
    priya.types("Screening in October; class teacher and parents agree.")
    priya.tabs_to("button", "Check this")
    with priya.expecting(422):
        priya.hits("Enter", leads_on=True)

    # The page says what is wrong, leads to the field, and has kept everything that was typed.
    assert priya.page.title().startswith("Error: ")
    priya.reads("There is a problem", "must be a real date")
    assert priya.page.get_by_label("SEN support", exact=True).is_checked()
    assert priya.page.get_by_label("Primary need").input_value() == "SLCN"
    assert priya.page.get_by_label("Why?").input_value().startswith("Screening in October")
    assert priya.page.locator("#on-day").input_value() == "31"
    priya.tabs_to("link", "The day it holds from must be a real date, such as 27 3 2026.")
    priya.hits("Enter")
    for number in (decided.day, decided.month, decided.year):
        priya.hits("Control+a")
        priya.types(str(number))
        priya.hits("Tab")
    told_day = priya.page.locator("#told-day")
    while not told_day.evaluate("element => element === document.activeElement"):
        priya.hits("Tab")
    for number in (told.day, told.month, told.year):
        priya.types(str(number))
        priya.hits("Tab")
    priya.tabs_to("button", "Check this")
    priya.hits("Enter", leads_on=True)

    # Nothing is recorded before she has looked at her answers; one of them she changes.
    priya.is_at("Check before it is recorded")
    priya.reads(
        "Nothing is recorded yet.", "SEN support", "9 days after the day it holds from", day(decided), day(told)
    )
    priya.tabs_to("button", "Change Needs, in rank")
    priya.hits("Enter", leads_on=True)
    priya.is_at("Place on the SEN register")
    assert priya.page.locator("#told-year").input_value() == str(told.year)
    priya.tabs_to("combobox", "Secondary need, if any")
    priya.types("Hearing")
    priya.tabs_to("button", "Check this")
    priya.hits("Enter", leads_on=True)
    priya.reads("2 Hearing impairment")
    priya.tabs_to("button", "Record this")
    priya.hits("Enter", leads_on=True)

    # The child's page has both days and who.
    priya.is_at(child.full_name)
    priya.reads("Recorded on the register.")
    notch = priya.page.locator(".ts-notch").first
    said = notch.inner_text()
    assert f"happened {decided:%a} {decided.day} {decided:%b %Y}" in said
    assert f"typed {today.day} {today:%b %Y}" in said
    assert "by Priya Nair, SENCO" in said
    assert "9 days later" in said
    assert "class teacher and parents agree" in said

    # The register has the child too.
    priya.goes_to(f"/{SENCO.urns[0]}/register")
    priya.filters(q=child.full_name)
    priya.reads("1 to 1 of 1", "SLCN", "HI")
