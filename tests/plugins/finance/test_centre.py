"""The academies' budgets side by side, and what they charge each other."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.facts import Exported
from plugins.finance.commands import AgreeTrade, NewLine
from plugins.finance.facts import IncomeReceived, TradeAgreed
from plugins.finance.views import Books, Budgets, trade_reference, trust_year
from tests.core.house import NORTH, SOUTH, House, HouseMaker, errors
from tests.plugins.finance.budgeted import (
    TODAY,
    YEAR,
    budget,
    desk_of,
    lived_in,
    planned,
    posted,
    school,
    tell,
    text_of,
)

BUDGETS, TRADES = "/centre/finance/budgets", "/centre/finance/trades"
PASTORAL = NewLine("Pastoral staff", "core", "BAE030", 90_000_00)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def both(house: House) -> tuple[dict[str, UUID], UUID]:
    """North as its autumn left it, South over its budget: North's lines by name, and South's only line."""
    lines = lived_in(house)
    (pastoral,) = budget(house, PASTORAL, urn=SOUTH)
    tell(house, posted(pastoral, 30_000_00), of=uuid4(), urn=SOUTH)
    tell(house, planned(pastoral, 70_000_00), urn=SOUTH)
    tell(house, IncomeReceived(uuid4(), "core", 7_500_00, "GAG", date(2026, 10, 1)), urn=SOUTH)
    return lines, pastoral


def trading(lines: dict[str, UUID], house: House, **more: str) -> dict[str, str]:
    """A trade as typed: South lends North a teacher."""
    usual = {"seller": str(house.academy_id(SOUTH)), "line": str(lines["Speech therapy"]), "pence": "5,000"}
    return {**usual, "what": "A teacher, two days a week", **more}


def test_academies_stand_side_by_side_and_the_one_over_its_budget_is_seen(house: House) -> None:
    both(house)
    page = house.as_role("finance_director").get(BUDGETS).text
    told = text_of(page)
    assert "1 academy is forecast over, of 2." in told
    assert "Forecast over its budget: South Primary." in page
    north = "North Primary £8,000.00 £89,000.00 £24,300.00 £1,200.00 £2,000.00 £55,720.00 £83,220.00 well under"
    south = "South Primary £7,500.00 £90,000.00 £30,000.00 £0.00 £0.00 £70,000.00 £100,000.00 over budget"
    trust = "Trust £15,500.00 £179,000.00 £54,300.00 £1,200.00 £2,000.00 £125,720.00 £183,220.00 £4,220.00 over"
    assert north in told
    assert f"{south} £10,000.00 over, 11.1 % over" in told
    assert trust in told
    assert f'href="/{SOUTH}/finance?year=2026"' in page


def test_one_fund_is_told_by_itself(house: House) -> None:
    both(house)
    told = text_of(house.as_role("finance_director").get(f"{BUDGETS}?fund=inclusive").text)
    assert "North Primary £0.00 £8,000.00 £0.00 £0.00 £0.00 £1,950.00 £1,950.00" in told
    assert "South Primary £0.00 £0.00 £0.00 £0.00 £0.00 £0.00 £0.00 no budget yet" in told


def test_a_trade_is_recorded_on_both_sides_and_is_no_money_of_the_trust(house: House) -> None:
    lines, _ = both(house)
    director = house.as_role("finance_director")
    answer = director.post(f"{TRADES}/new", **trading(lines, house))
    assert answer.status_code == 200, errors(answer.text)
    assert "South Primary sells recorded North Primary buys recorded" in text_of(answer.text)
    (bought,), (sold,) = house.recorded(TradeAgreed), house.recorded(TradeAgreed, SOUTH)
    assert (bought.trade, bought.line, sold.line) == (sold.trade, lines["Speech therapy"], None)
    told = text_of(director.get(BUDGETS).text)
    assert "North Primary £8,000.00 £89,000.00 £29,300.00" in told
    assert "South Primary £12,500.00 £90,000.00 £30,000.00" in told
    assert "Between academies, taken out -£5,000.00 -£5,000.00 -£5,000.00 -£5,000.00" in told
    assert "Trust £15,500.00 £174,000.00 £54,300.00" in told
    assert "£9,220.00 over" in told
    listed = text_of(director.get(TRADES).text)
    assert f"{trade_reference(bought.trade)} South Primary to North Primary" in listed
    assert "£5,000.00 both have it" in listed
    there = text_of(house.as_role("governor").get(f"/{NORTH}/finance/trades").text)
    assert "bought from South Primary A teacher, two days a week 16 November 2026 Speech therapy £5,000.00" in there


def test_the_same_form_sent_twice_records_each_side_once(house: House) -> None:
    lines, _ = both(house)
    director = house.as_role("finance_director")
    sent = director.form(f"{TRADES}/new") | trading(lines, house)
    for says in ("recorded", "recorded already"):
        answer = director.raw_post(f"{TRADES}/new", data=sent)
        assert f"South Primary sells {says} North Primary buys {says}" in text_of(answer.text)
    assert (len(house.recorded(TradeAgreed)), len(house.recorded(TradeAgreed, SOUTH))) == (1, 1)


def test_a_side_that_is_missing_is_told_and_put_right_from_the_list(house: House) -> None:
    lines, _ = both(house)
    south = desk_of(house, "business_manager", SOUTH)
    south.do(AgreeTrade(house.academy_id(NORTH), True, 5_000_00, "A teacher, two days a week"))
    (sold,) = house.recorded(TradeAgreed, SOUTH)
    director = house.as_role("finance_director")
    for path in (BUDGETS, TRADES):
        assert "North Primary does not have South Primary's charge" in text_of(director.get(path).text)
    assert "one side only" in text_of(director.get(TRADES).text)
    (other,) = re.findall(rf'href="({TRADES}/new\?trade=[^"]*)"', director.get(TRADES).text)
    page = director.get(other).text
    assert f'name="trade" value="{sold.trade}"' in page
    assert "A teacher, two days a week" in page
    answer = director.raw_post(f"{TRADES}/new", data=director.form(other, f"{TRADES}/new") | trading(lines, house))
    assert "South Primary sells recorded already North Primary buys recorded" in text_of(answer.text)
    assert "does not have" not in director.get(TRADES).text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"seller": ""}, "Enter who sells."),
        ({"line": ""}, "Enter which line pays."),
        ({"pence": "five"}, "Enter an amount in pounds, such as 180 or 1,234.50."),
        ({"line": str(UUID(int=7))}, "Choose who sells, and a line of another academy."),
        ({"what": ""}, "Enter what it is for."),
    ],
)
def test_a_trade_that_cannot_be_read_records_nothing(house: House, typed: dict[str, str], says: str) -> None:
    lines, _ = both(house)
    answer = house.as_role("finance_director").post(f"{TRADES}/new", **trading(lines, house, **typed))
    assert answer.status_code == 422
    assert errors(answer.text) == [says]
    assert house.recorded(TradeAgreed) + house.recorded(TradeAgreed, SOUTH) == []


def test_an_academy_cannot_charge_itself(house: House) -> None:
    lines, _ = both(house)
    typed = trading(lines, house, seller=str(house.academy_id(NORTH)))
    answer = house.as_role("finance_director").post(f"{TRADES}/new", **typed)
    assert errors(answer.text) == ["Choose who sells, and a line of another academy."]


def test_the_list_is_taken_away_and_the_taking_recorded(house: House) -> None:
    both(house)
    director = house.as_role("finance_director")
    rows = director.get(f"{BUDGETS}/list.csv?year=2026").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Academy,Income,Budget,Spent")
    assert [row.partition(",")[0] for row in rows[1:]] == ["North Primary", "South Primary", "Trust"]
    assert director.get(f"{BUDGETS}/list.xlsx?fund=core").content.startswith(b"PK")
    assert len(house.facts(Exported, "trust-reads")) == 2


def test_who_may_see_the_centre_and_who_may_not(house: House) -> None:
    both(house)
    for role in ("chief_executive", "send_director"):
        reader = house.as_role(role)
        assert "North Primary" in text_of(reader.get(BUDGETS).text)
        assert f"{TRADES}/new" not in reader.get(TRADES).text
        assert reader.get(f"{TRADES}/new").status_code == 403
        assert reader.get(f"{BUDGETS}/list.csv").status_code == 403
    for role in ("business_manager", "governor", "class_teacher", "senco"):
        assert house.as_role(role).get(BUDGETS).status_code == 404
    assert house.as_role("dpo").get(BUDGETS).status_code == 403
    assert BUDGETS in house.as_role("finance_director").get("/trust/finance").text


def test_an_academy_where_the_plugin_is_off_is_left_out(house: House) -> None:
    both(house)
    house.switch(SOUTH, on=False, plugin="finance")
    told = text_of(house.as_role("finance_director").get(BUDGETS).text)
    assert "South Primary" not in told
    assert "No academy is forecast over, of 1." in told


@given(sums=st.lists(st.tuples(st.booleans(), st.integers(1, 10**7)), max_size=6), one_sided=st.booleans())
def test_a_charge_between_academies_adds_nothing_to_the_trust(sums: list[tuple[bool, int]], one_sided: bool) -> None:
    here, there = UUID(int=1), UUID(int=2)
    names = {here: "Here", there: "There"}
    sides: dict[UUID, dict[UUID, TradeAgreed]] = {here: {}, there: {}}
    for number, (sells, pence) in enumerate(sums, start=10):
        key = UUID(int=number)
        sides[here][key] = TradeAgreed(key, there, sells, None if sells else UUID(int=99), pence, TODAY, "")
        if not one_sided:
            sides[there][key] = TradeAgreed(key, here, not sells, UUID(int=98) if sells else None, pence, TODAY, "")
    found = {key: Books(Budgets(trades=trades), {}, {}, {}) for key, trades in sides.items()}
    told = trust_year(found, names, YEAR, TODAY, "")
    assert told.eliminated_pence == (0 if one_sided else sum(pence for _, pence in sums))
    assert len(told.findings) == (len(sums) if one_sided else 0)
    if not one_sided:
        assert told.income_pence == 0
