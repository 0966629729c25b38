"""Someone new, with a small old telephone and no scripts, does what the work is mostly made of."""

from datetime import timedelta

from tests.journeys.conftest import Visit
from tests.journeys.world import NEWCOMER, OLD, World


def test_a_newcomer_without_javascript_at_320px(visit: Visit, world: World) -> None:
    _, child = world.somebody("")
    today = world.building.today
    mei = visit(NEWCOMER, width=320, script=False)
    mei.is_at("What needs doing")

    # What needs doing, the roll, one child.
    mei.goes_by_the_bar("Pupils")
    mei.filters(year="Year 7")
    mei.reads("Year: Year 7")
    mei.looks_up(child.full_name)
    mei.follows(child.name)
    mei.is_at(child.full_name)

    # A change of status, with the check page between.
    mei.follows("Place on the register")
    with mei.expecting(422):
        mei.presses("Check this")
    mei.reads("There is a problem")
    mei.picks("SEN support")
    mei.dates("From which day?", today - timedelta(days=1))
    mei.dates("When were the parents told?", today - timedelta(days=1))
    mei.chooses("Primary need", "Hearing impairment (HI)")
    mei.fills("Why?", "Audiology report of this week.")
    mei.presses("Check this")
    mei.is_at("Check before it is recorded")
    mei.presses("Record this")
    mei.reads("Recorded on the register.", "Hearing impairment")

    # The register: filters unfold, a past day, the numbers behind a chart, the next page.
    mei.goes_by_the_bar("Register")
    mei.filters(provision="EHC plan", as_at=(today - timedelta(days=60)).isoformat())
    mei.reads("Back to today")
    mei.follows("Back to today")
    mei.page.get_by_text("The numbers of this chart").first.click()
    mei.fits_the_window()

    # Everything else she may open fits the window too.
    for path in ("import", "staff", "audit", "register/list.csv"):
        if path.endswith("csv"):
            assert mei.fetches("CSV") if mei.page.get_by_role("link", name="CSV").count() else True
        else:
            mei.goes_to(f"/{OLD}/{path}")
    mei.goes_to("/rules")
    mei.goes_to("/rules/register.review_due_by")
    mei.dates("Made on", today - timedelta(days=100))
    mei.presses("Work it out")
    mei.reads("By Children and Families Act 2014")
    mei.goes_to("/accessibility")
    with mei.expecting(404):
        mei.goes_to("/999999")
    mei.goes_to(f"/{OLD}")
    mei.signs_out()
