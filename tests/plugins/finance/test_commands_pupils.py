"""What is decided about posts, provision, parts of its cost, top-ups, and the inclusion strategy."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.command import Command
from core.errors import NotAllowed, NotFound, Refused
from core.roll.facts import PupilLeft
from core.roll.views import Pupil
from plugins.finance.commands import (
    AgreeTopUp,
    NoteImpact,
    PriceProvision,
    PublishStrategy,
    ReceiveTopUp,
    ShareCost,
    WriteRequest,
    WriteStrategy,
)
from plugins.finance.facts import Activity, StrategyPublished, TopUpAgreed, TopUpReceived
from plugins.finance.views import Budgets, Costs, pay, post_cost, provision, pupil_cost, setting_of, top_up_years
from plugins.finance.views import strategy as strategy_view
from tests.core.house import NORTH, House, HouseMaker
from tests.plugins.finance.budgeted import TODAY, YEAR, desk_of, school
from tests.plugins.finance.helped import (
    ASSISTANT,
    BEGAN,
    BOUGHT,
    ENDS,
    TALK,
    complete,
    costs_of,
    helping,
    post,
    priced,
    set_authority,
    share,
    tagged_budget,
)


@pytest.fixture(scope="module")
def house(house_template: object, tmp_path_factory: pytest.TempPathFactory) -> House:
    """One school for what is refused, and for what many parts come to."""
    return school(lambda **more: House(tmp_path_factory.mktemp("helped"), house_template, **more))  # type: ignore[arg-type]


@pytest.fixture
def own(make_house: HouseMaker) -> House:
    """A school of the test's own."""
    return school(make_house)


def refused(house: House, role: str, command: Command, subject: UUID | None = None) -> Refused:
    with pytest.raises(Refused) as refusal:
        desk_of(house, role).do(command, subject)
    return refusal.value


# Posts and provision


def test_a_post_costs_what_the_domain_notes_say_and_provision_keeps_its_fraction(own: House) -> None:
    assistant = post(own)
    told = post_cost((desk_of(own, "business_manager").see(pay, own.academy_id()) or {})[assistant])
    assert (told.cost.pay_pence, told.cost.insurance_pence, told.cost.pension_pence) == (1892180, 208827, 416280)
    assert (told.cost.total_pence, told.hour_pence, told.is_insured) == (2517287, 2038, True)
    set_authority(own)
    line = priced(own, replace(TALK, post=assistant, authority="Eastshire"))
    known = desk_of(own, "senco").see(provision, line)
    assert known is not None
    assert (known.total_pence, known.authority_pence) == (48919, 98250)  # 24 hours; 655 pounds for 90 minutes a week


def test_a_pay_award_changes_a_line_only_when_it_is_priced_again(own: House) -> None:
    assistant, senco = post(own), desk_of(own, "senco")
    line = priced(own, replace(TALK, post=assistant))
    dearer = replace(ASSISTANT, full_time_pence=26_000_00, post=assistant)
    desk_of(own, "business_manager").do(dearer)
    before = senco.see(provision, line)
    assert before is not None
    assert before.total_pence == 48919
    priced(own, replace(TALK, post=assistant), line)
    after = desk_of(own, "senco").see(provision, line)
    assert after is not None
    assert after.total_pence > 48919


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (replace(TALK, until_by=date(2026, 8, 1), bought_pence=1), "turned_round", "until_by"),
        (TALK, "no_cost", "post"),
        (replace(TALK, post=uuid4()), "not_in_list", "post"),
    ],
)
def test_provision_is_refused(house: House, command: PriceProvision, code: str, field: str) -> None:
    refusal = refused(house, "senco", command, uuid4())
    assert (refusal.code, refusal.field) == (code, field)


def test_a_post_of_more_than_a_full_week_is_refused(house: House) -> None:
    refusal = refused(house, "business_manager", replace(ASSISTANT, weekly_minutes=2221))
    assert (refusal.code, refusal.field) == ("too_many", "weekly_minutes")
    with pytest.raises(NotAllowed):
        desk_of(house, "senco").do(ASSISTANT)


# Parts of a cost


def test_a_cost_is_shared_to_the_penny_and_whoever_leaves_the_group_has_no_part(own: House) -> None:
    four = [own.pupil() for _ in range(4)]
    line = priced(own, replace(TALK, post=post(own)))
    share(own, line, *four)
    assert sorted(costs_of(own, one).shares[line].pence for one in four) == [12229, 12230, 12230, 12230]
    share(own, line, *four[:3])
    assert costs_of(own, four[3]).shares[line].pence == 0
    assert sum(costs_of(own, one).shares[line].pence for one in four) == 48919
    share(own, line)
    assert [costs_of(own, one).shares[line].pence for one in four] == [0, 0, 0, 0]
    assert refused(own, "senco", ShareCost(), line).code == "nobody"


@given(st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_often_it_is_shared_every_penny_stands_once_and_nobody_keeps_a_stale_part(
    house: House, data: st.DataObject
) -> None:
    pupils = [house.pupil() for _ in range(4)]
    pence = data.draw(st.integers(1, 1_000_000_00))
    line = priced(house, replace(BOUGHT, bought_pence=pence, group=4))
    for _ in range(data.draw(st.integers(1, 3))):
        if data.draw(st.booleans()):
            pence = data.draw(st.integers(1, 1_000_000_00))
            priced(house, replace(BOUGHT, bought_pence=pence, group=4), line)
        chosen = data.draw(st.lists(st.sampled_from(pupils), min_size=1, max_size=4, unique=True))
        share(house, line, *chosen)
        parts = {one: costs_of(house, one).shares.get(line) for one in pupils}
        assert sum(part.pence for part in parts.values() if part) == pence
        assert {one for one, part in parts.items() if part and part.pence} <= set(chosen)
        whole = [part.pence for one in chosen if (part := parts[one])]
        assert max(whole) - min(whole) <= 1


def test_a_part_is_refused_for_too_many_for_a_stranger_and_for_no_line(house: House) -> None:
    line = priced(house, replace(BOUGHT, group=1))
    one, other = house.pupil(), house.pupil()
    assert refused(house, "senco", ShareCost((one, other)), line).code == "too_many"
    assert refused(house, "senco", ShareCost((uuid4(),)), line).code == "not_in_list"
    assert refused(house, "senco", ShareCost((one,)), uuid4()).code == "no_line"
    with pytest.raises(NotFound):  # the business manager prices, and knows nobody by name
        desk_of(house, "business_manager").do(ShareCost((one,)), line)


# Top-ups, impact, requests


def test_what_cannot_be_recorded_of_a_top_up_is_refused(house: House) -> None:
    pupil = house.pupil()
    agree = AgreeTopUp("Eastshire", 4_200_00, BEGAN, date(2026, 9, 14))
    cases: list[tuple[Command, str, str | None]] = [
        (replace(agree, agreed_on=date(2026, 11, 17)), "in_future", "agreed_on"),
        (replace(agree, until_by=date(2026, 8, 31)), "turned_round", "until_by"),
        (replace(agree, top_up=uuid4()), "no_top_up", None),
        (ReceiveTopUp(uuid4(), 100, TODAY), "no_top_up", None),
        (NoteImpact(uuid4(), 3, 2, True, "A list"), "no_line", "line"),
        (WriteRequest("Eastshire", "a", "b", "c", (TODAY, date(2026, 12, 1))), "in_future", "reviewed-2"),
    ]
    for command, code, field in cases:
        refusal = refused(house, "senco", command, pupil)
        assert (refusal.code, refusal.field) == (code, field)
    top_up = uuid4()
    desk_of(house, "senco").do(agree, pupil, command_id=top_up)
    assert refused(house, "senco", ReceiveTopUp(top_up, 0, TODAY), pupil).code == "no_amount"
    assert refused(house, "senco", ReceiveTopUp(top_up, 1, date(2026, 12, 1)), pupil).code == "in_future"
    with pytest.raises(NotAllowed):
        desk_of(house, "head").do(agree, pupil)


def test_more_sessions_attended_than_planned_are_refused_and_no_cost_holds_a_request_back(own: House) -> None:
    told = helping(own)
    refusal = refused(own, "senco", NoteImpact(told.talk, 3, 4, True, "A list"), told.first)
    assert (refusal.code, refusal.field) == ("too_many", "attended")
    desk_of(own, "senco").do(WriteRequest("Eastshire", "a", "b", "c"), told.second)  # far below the threshold
    assert costs_of(own, told.second).authority == "Eastshire"


def who(entered_on: date = date(2025, 9, 1), left_on: date | None = None) -> Pupil:
    return Pupil("", "Byron", "Ada", date(2017, 3, 4), "4", "", entered_on, left_on)


@pytest.mark.parametrize(
    ("entered_on", "pence", "threshold_pence", "above_pence"),
    [
        (date(2025, 9, 1), 8_412_50, 6_000_00, 2_412_50),
        (date(2025, 9, 1), 5_999_99, 6_000_00, 0),
        (date(2027, 2, 1), 6_120_00, 3_500_00, 2_620_00),
        (date(2027, 2, 1), 3_500_01, 3_500_00, 1),
    ],
)
def test_a_pupils_cost_stands_beside_the_threshold_of_their_months_on_roll(
    house: House, entered_on: date, pence: int, threshold_pence: int, above_pence: int
) -> None:
    line, pupil = priced(house, replace(BOUGHT, bought_pence=pence)), house.pupil()
    share(house, line, pupil)
    known, every = costs_of(house, pupil), desk_of(house, "senco").see_all(provision)
    told = pupil_cost(known, every, who(entered_on), setting_of(known, Budgets(), TODAY), YEAR)
    assert (told.total_pence, told.threshold_pence, told.elements.top_up_pence) == (pence, threshold_pence, above_pence)
    assert told.part.basis == "months"


def test_a_top_up_is_due_by_the_months_begun_and_a_leaver_s_is_earned_by_days() -> None:
    top_up = uuid4()
    agreed = TopUpAgreed(top_up, "Eastshire", "", 4_200_00, BEGAN, None, BEGAN)
    paid = tuple(TopUpReceived(top_up, 350_00, date(2026 + (n < 9), n, 5)) for n in (9, 10, 11, 12, 1))
    known = Costs(top_ups={top_up: agreed}, receipts={top_up: paid})
    (now,) = top_up_years(known, None, YEAR, TODAY)
    assert (now.due_pence, now.received_pence, now.left) == (1_050_00, 1_750_00, None)
    (then,) = top_up_years(known, date(2027, 1, 14), YEAR, date(2027, 2, 1))
    assert then.left is not None
    assert (then.left.days, then.left.earned_pence, then.left.repay_pence) == (136, 156493, 18507)
    assert then.due_pence == 1_750_00
    (later,) = top_up_years(known, date(2028, 1, 14), YEAR + 1, date(2028, 2, 1))
    assert later.left is not None
    assert (later.left.days, later.left.repay_pence) == (136, -later.left.earned_pence)  # of its own year of funding


def test_a_top_up_that_ended_before_the_pupil_left_goes_back_to_nobody() -> None:
    top_up = uuid4()
    agreed = TopUpAgreed(top_up, "Eastshire", "", 4_200_00, BEGAN, date(2026, 12, 31), BEGAN)
    (told,) = top_up_years(Costs(top_ups={top_up: agreed}), date(2027, 3, 1), YEAR, ENDS)
    assert (told.left, told.due_pence) == (None, 1_400_00)


# The strategy


def test_a_complete_strategy_is_published_and_an_incomplete_one_hears_all_that_it_lacks(own: House) -> None:
    lines, senco, head = tagged_budget(own), desk_of(own, "senco"), desk_of(own, "head")
    whole, first, second = complete(lines), uuid4(), uuid4()
    first_activity = replace(whole.activities[0], pence=None, what=" ")
    senco.do(replace(whole, activities=(first_activity, *whole.activities[1:6])), command_id=first)
    publish = PublishStrategy(first, "https://north.example/inclusion", TODAY)
    refusal = refused(own, "head", publish)
    for says in ("Say what activity 1 is.", "Give the cost of activity 1", "Accessible and inclusive environments"):
        assert says in str(refusal)
    senco.do(whole, command_id=second)
    with pytest.raises(NotAllowed):
        senco.do(replace(publish, version=second))
    assert refused(own, "head", replace(publish, version=uuid4())).code == "no_version"
    early = replace(publish, version=second, published_on=date(2026, 11, 15))
    assert refused(own, "head", early).code == "before_written"
    assert refused(own, "head", replace(early, published_on=date(2026, 12, 1))).code == "in_future"
    head.do(replace(publish, version=second))
    known = desk_of(own, "governor").log.see(strategy_view, own.academy_id())
    assert known is not None
    assert known.first_published(YEAR) == own.recorded(StrategyPublished, NORTH)[0]
    assert known.first_published(YEAR + 1) is None


@pytest.mark.parametrize(
    ("activity", "code"),
    [
        (Activity("teaching", "x" * 1001, None, 0, "", ""), "too_long"),
        (Activity("teaching", "x", None, -1, "", ""), "amount"),
        (Activity("teaching", "x", uuid4(), 0, "", ""), "not_in_list"),
    ],
)
def test_an_activity_that_cannot_be_kept_is_told_by_its_number(house: House, activity: Activity, code: str) -> None:
    refusal = refused(house, "senco", WriteStrategy(YEAR, (activity,)))
    assert (refusal.code, refusal.field) == (code, "activities")
    assert "Activity 1" in str(refusal)


def test_a_pupil_who_left_counts_for_the_months_they_were_here(house: House) -> None:
    line, pupil = priced(house, BOUGHT), house.pupil(PupilLeft(date(2026, 10, 23)))
    share(house, line, pupil)
    known, every = costs_of(house, pupil), desk_of(house, "senco").see_all(provision)
    told = pupil_cost(known, every, who(left_on=date(2026, 10, 23)), None, YEAR)
    assert (told.part.count, told.threshold_pence) == (2, 1_000_00)
