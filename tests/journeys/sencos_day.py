"""A SENCO's day: what is due, a child before a meeting, a status that was typed wrong, a list for the governors."""

from datetime import timedelta
from zipfile import ZipFile

from core.roll.views import Pupil
from core.roll.views import pupil as roll
from plugins.register.views import plan, support
from tests.journeys.conftest import Visit
from tests.journeys.world import FORM, OLD, PASSWORD, SENCO, World


def test_a_sencos_day(visit: Visit, world: World) -> None:
    today, child = world.building.today, settled(world)

    # Morning: what needs doing, what is late first.
    priya = visit(SENCO)
    priya.is_at("What needs doing")
    assert priya.page.get_by_role("row").count() > 1

    # Ten minutes before a meeting: one child on one page, with the law behind it.
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.is_at(child.full_name)
    priya.reads("SEN support", "You opened this record, and that is recorded.")
    child_page = priya.path

    # In the meeting it is decided that the needs have changed; she types it, with the wrong day.
    wrong, right = today - timedelta(days=2), today - timedelta(days=1)
    priya.follows("Change status or needs")
    priya.dates("From which day?", wrong)
    priya.dates("When were the parents told?", right)
    priya.fills("Why?", "Decided at the meeting with the family.")
    priya.page.get_by_label("Primary need", exact=True).select_option("HI")
    priya.presses("Check this")
    priya.presses("Record this")
    priya.reads("Recorded on the register.")

    # She sees it at once, and answers it by the right one: views show one, history both.
    notch = priya.page.locator(".ts-notch").first
    notch.get_by_role("link").first.click()
    priya.looks_around()
    priya.follows("Record the right one")
    priya.fills("Why was it wrong?", "It was decided a day later.")
    priya.presses("Go on")
    priya.dates("From which day?", right)
    priya.dates("When were the parents told?", right)
    priya.page.get_by_label("Primary need", exact=True).select_option("HI")
    priya.fills("Why?", "Decided at the meeting with the family.")
    priya.presses("Check this")
    priya.presses("Record this")
    priya.goes_to(child_page)
    priya.reads("It was decided a day later.")

    # Called away: the page is hidden; what was there is where she left it.
    priya.presses("Hide this page until you type your password")
    priya.does_not_read(child.full_name)
    priya.fills("Password", PASSWORD)
    priya.presses("Go on")
    priya.is_at(child.full_name)

    # A list for the governors' meeting says who took it and what for.
    priya.goes_by_the_bar("Take away")
    fetched = priya.fetches("XLSX of SEN register")
    with ZipFile(fetched.path()) as workbook:
        written = " ".join(workbook.read(name).decode() for name in workbook.namelist() if name.endswith(".xml"))
    assert child.surname in written
    assert "by Priya Nair, SENCO" in written

    # Evening: she signs out, and the way back shows nothing.
    priya.signs_out()
    priya.goes_to(f"/{OLD}")
    priya.is_at("Sign in")


def settled(world: World) -> Pupil:
    """A pupil with SEN support of whom nothing was changed for a month, and who hears well."""
    desk, before = world.desk(OLD), world.building.today - timedelta(days=30)
    supports, plans = desk.see_all(support), desk.see_all(plan)
    for key, one in desk.see_all(roll).items():
        now = supports.get(key)
        if now is None or now.provision != "K" or "HI" in now.needs or key in plans or one.form == FORM:
            continue
        if now.stretches[-1].since < before and one.is_on_roll(desk.today):
            return one
    raise LookupError("nobody in the made-up trust has had support for a month")
