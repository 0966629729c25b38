"""A SENCO moves a child to an EHC plan, records its day, and ends the first review: the next one's day moves."""

from datetime import date, timedelta

from core.periods import last_day
from core.wording import day
from tests.journeys.conftest import Visit
from tests.journeys.world import OLD, SENCO, World


def test_a_senco_records_a_plan_and_ends_a_review(visit: Visit, world: World) -> None:
    key, child = world.somebody("K")
    today = world.building.today
    made, reviewed = today - timedelta(days=400), today - timedelta(days=20)
    priya = visit(SENCO)
    priya.looks_up(child.upn)
    priya.follows(child.name)
    priya.is_at(child.full_name)

    # The child moves from SEN support to a plan; what follows from it is said before it is recorded.
    priya.follows("Change status or needs")
    priya.reads("As it stands", "SEN support since")
    priya.picks("EHC plan")
    priya.dates("From which day?", today - timedelta(days=1))
    priya.dates("When were the parents told?", today - timedelta(days=1))
    priya.fills("Why?", "The authority made the plan; the family has it.")
    priya.presses("Check this")
    priya.reads("was SEN support", "its annual review is counted from it")
    priya.presses("Record this")
    priya.reads("Recorded on the register.", "day not recorded")

    # A plan cannot be made in the future.
    priya.follows("Record plan or review")
    priya.is_at("Record the EHC plan")
    priya.dates("Which day is on the plan?", today + timedelta(days=3))
    with priya.expecting(422):
        priya.presses("Record the plan")
    priya.reads("A plan cannot have been made in the future.")
    priya.dates("Which day is on the plan?", made)
    priya.presses("Record the plan")

    # The review was due before the anniversary, so it is late; the rule says how it was counted.
    first_due = last_day(months=12, starting_with=made)
    priya.reads("Recorded.", day(first_due), f"{(today - first_due).days} days over")
    priya.goes_by_the_bar("What needs doing")
    late = priya.row(child.full_name)
    assert f"{(today - first_due).days} days over" in late.inner_text()
    priya.follows(f"Annual review of {child.full_name}")
    priya.is_at("End the annual review")
    priya.follows("How this day is counted")
    priya.reads("Children and Families Act 2014")

    # The review's end moves the day by which the next one is due.
    priya.goes_to(f"/{OLD}/register/plans/{key}")
    priya.dates("Which day is on the authority's decision?", reviewed)
    priya.presses("Record the end of the review")
    priya.is_at(child.full_name)
    due = last_day(months=12, starting_with=reviewed)
    priya.reads("Recorded.", day(due))
    priya.does_not_read("days over")
    assert due > today > first_due > date(2000, 1, 1)
