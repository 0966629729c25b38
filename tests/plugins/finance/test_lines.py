"""Pages of a budget line: where it stands, what is planned on it, what is moved to and from it."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from uuid import UUID, uuid4

import pytest

from events import New
from plugins.finance.commands import AskVirement
from plugins.finance.facts import (
    SpendPlanned,
    VarianceExplained,
    VirementApproved,
)
from plugins.finance.views import positions
from plugins.recruitment.facts import PostPlanned
from tests.core.house import NORTH, House, HouseMaker, errors
from tests.plugins.finance.budgeted import (
    FINANCE,
    FOUND,
    TODAY,
    YEAR,
    budget,
    desk_of,
    known_of,
    lived_in,
    school,
    text_of,
)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


# A line


def test_a_line_shows_its_orders_postings_plans_and_its_profile_to_date(autumn: tuple[House, dict[str, UUID]]) -> None:
    house, lines = autumn
    manager = house.as_role("business_manager")
    told = text_of(manager.get(f"{FINANCE}/lines/{lines['Speech therapy']}").text)
    assert "Budget £12,000.00 Spent £3,000.00 £4,000.00 expected by now" in told
    assert told.count("Sessions of the autumn Clear Speech Ltd") == 3
    assert "Nothing here is counted twice." in told
    assert "November 2026 £4,000.00 £3,000.00 December 2026 £4,000.00 January 2027 £8,000.00" in told
    told = text_of(manager.get(f"{FINANCE}/lines/{lines['Teaching assistants']}").text)
    assert "28 October 2026 Payroll M2 £21,300.00" in told
    assert "Pay to come January 2027 £32,970.00 Change" in told
    assert "Teaching assistants will end £6,270.00 over its budget." in told


def test_a_line_of_no_budget_that_stands_is_not_there(autumn: tuple[House, dict[str, UUID]]) -> None:
    manager = autumn[0].as_role("business_manager")
    for path in ("", "/plan", "/explain"):
        assert manager.get(f"{FINANCE}/lines/{uuid4()}{path}").status_code == 404


def test_a_reason_is_said_and_then_no_longer_wanted(house: House) -> None:
    lines = lived_in(house)
    here = f"{FINANCE}/lines/{lines['Teaching assistants']}"
    manager = house.as_role("business_manager")
    answer = manager.post(f"{here}/explain", reason="", action="Fewer hours from January")
    assert answer.status_code == 422
    assert errors(answer.text) == ["Enter why."]
    assert "Fewer hours from January" in answer.text
    told = {"reason": "Two came back early", "action": "Fewer hours from January", "owner": "Head"}
    assert manager.post(f"{here}/explain", **told).status_code == 303
    assert len(house.recorded(VarianceExplained)) == 1
    page = text_of(manager.get(here).text)
    assert "Why: Two came back early. Fewer hours from January. Head. Said on 16 November 2026." in page
    assert "will end" not in page


def test_something_is_planned_changed_and_planned_no_more(house: House) -> None:
    (staff, *_) = budget(house)
    here, manager = f"{FINANCE}/lines/{staff}", house.as_role("business_manager")
    answer = manager.post(f"{here}/plan", words="Cover", pence="lots", month="2027-01-01", order="")
    assert errors(answer.text) == ["Enter an amount in pounds, such as 180 or 1,234.50."]
    assert (
        manager.post(f"{here}/plan", words="Cover", pence="£1,200.50", month="2027-01-01", order="").status_code == 303
    )
    (plan,) = house.recorded(SpendPlanned)
    again = f"{here}/plan/{plan.plan}"
    assert 'value="£1,200.50"' in manager.get(again).text
    assert manager.post(again, words="Cover", pence="0", month="2027-01-01", order="").status_code == 303
    assert "Nothing more is planned on this line." in text_of(manager.get(here).text)
    assert manager.get(f"{here}/plan/{uuid4()}").status_code == 404


# Posts


def test_a_post_is_put_into_the_plan_of_a_line_with_one_press(make_house: HouseMaker) -> None:
    found = [*FOUND, EntryPoint("recruitment", "plugins.recruitment", "tallystick.plugins")]
    house = school(make_house, "recruitment.posts", found=found)
    house.switch(NORTH, on=True, plugin="recruitment")
    house.grant("business_manager")
    staff, therapy, *_ = budget(house)
    post = uuid4()
    told = PostPlanned(post, "SENCO", "senco", 80, 50_000_00, 3_000_00, date(2027, 1, 1), None, TODAY)
    desk = desk_of(house, "business_manager")
    desk.record([New(house.academy_id(), told)], command_id=uuid4())
    manager, here = house.as_role("business_manager"), f"{FINANCE}/lines/{staff}"
    page = text_of(manager.get(here).text)
    assert "Pay of SENCO, 1 January 2027 to 31 August 2027 Pay alone: cost the post to add what is paid on top." in page
    assert "Pay of SENCO" not in manager.get(f"{FINANCE}/lines/{therapy}").text  # no line of pay
    assert manager.post(f"{here}/posts/{post}", page=here).status_code == 303
    (one,) = [one for one in positions(known_of(house), YEAR, TODAY) if one.line.line == staff]
    assert one.row.outturn_pence == 42_400_00 * 243 // 365 + 1  # 243 days of 365, half a penny up
    assert "planned here" in manager.get(here).text


def test_without_recruitment_nothing_is_said_of_posts(autumn: tuple[House, dict[str, UUID]]) -> None:
    house, lines = autumn
    page = house.as_role("business_manager").get(f"{FINANCE}/lines/{lines['Teaching assistants']}").text
    assert 'id="posts"' not in page


# Moves


def test_money_is_moved_approved_and_put_back(house: House) -> None:
    staff, therapy, top_ups, *_ = budget(house)
    manager, here = house.as_role("business_manager"), f"{FINANCE}/virements"
    new = f"{here}/new"
    typed = {"source": str(staff), "target": str(therapy), "pence": "1,500", "reason": "More sessions"}
    answer = manager.post(new, **{**typed, "target": str(top_ups)})
    assert errors(answer.text) == [
        "Core funding is spent on what it is for, not through Top-up funding. Stay in one fund."
    ]
    assert manager.post(new, **typed).status_code == 303
    assert "waits" in text_of(manager.get(here).text)
    (waiting,) = known_of(house).budgets.virements
    head = house.as_role("head")
    assert "1 move waits for approval." in text_of(head.get(f"{FINANCE}/").text)
    assert head.post(f"{here}/{waiting}/approve").status_code == 303
    assert len(house.recorded(VirementApproved)) == 1
    page = head.get(f"{here}/new?reverse={waiting}").text
    assert f'<option value="{therapy}" selected' in page
    assert "Puts back the move of 16 November 2026." in page
    assert "Teaching assistants to Speech therapy £1,500.00" in text_of(head.get(f"{FINANCE}/lines/{staff}").text)
    assert head.get(f"{here}/{uuid4()}/approve").status_code == 404


# What needs doing


def test_what_waits_for_somebody_stands_on_their_list_and_on_nobody_elses(house: House) -> None:
    lines = lived_in(house)
    move = AskVirement(lines["Speech therapy"], lines["Teaching assistants"], 3_000_00, "Hours for the spring")
    desk_of(house, "business_manager").do(move)
    head = text_of(house.as_role("head").get(f"/{NORTH}").text)
    assert "Approve a move £3,000.00 between two lines." in head
    assert "Give reasons for forecasts 3 budget lines are heading away from the budget without one." in head
    manager = text_of(house.as_role("business_manager").get(f"/{NORTH}").text)
    assert "Mon 30 Nov 2026" in manager
    assert "Approve a move" not in manager
    assert "forecasts" not in text_of(house.as_role("governor").get(f"/{NORTH}").text)
