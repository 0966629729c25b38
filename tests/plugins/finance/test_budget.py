"""Pages of an academy's budget: its year, its versions, its statement."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from core.accounts.facts import Exported
from plugins.finance.facts import (
    BudgetDrafted,
)
from tests.core.house import NORTH, House, HouseMaker, errors
from tests.plugins.finance.budgeted import (
    FINANCE,
    LINES,
    budget,
    school,
    text_of,
)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


# The year


def test_the_year_shows_each_line_with_its_colour_in_words_and_who_owes_a_reason(
    autumn: tuple[House, dict[str, UUID]],
) -> None:
    house, lines = autumn
    page = house.as_role("business_manager").get(f"{FINANCE}/").text
    told = text_of(page)
    assert "SEN budget 2026-27 First budget, approved on 16 November 2026 by Head 139204: Governors, minute 7." in told
    staff = "£48,000.00 £21,300.00 £0.00 £0.00 £32,970.00 £54,270.00 over budget £6,270.00 over, 13.1 % over"
    assert f"Teaching assistants Core funding · BAE030 · SEN {staff} Reason wanted." in told
    therapy = "£12,000.00 £3,000.00 £1,200.00 £2,000.00 £0.00 £6,200.00 well under £5,800.00 under, 48.3 % under"
    assert therapy in told
    assert "£200.00 under, 1.0 % under" in told
    assert "3 forecasts want a reason." in told
    assert f'href="{FINANCE}/lines/{lines["Teaching assistants"]}/explain"' in page


def test_funds_are_drawn_to_their_own_budget_with_the_numbers_beneath(autumn: tuple[House, dict[str, UUID]]) -> None:
    page = autumn[0].as_role("head").get(f"{FINANCE}/").text
    chart = page.partition('class="ts-chart"')[2].partition("</figure>")[0]
    assert "<desc" in chart
    assert "Forecast over its budget: Core funding." in chart
    assert "£60,470.00 forecast of £60,000.00, £470.00 over" in chart
    assert 'x="80.0%"' in chart  # the line of a budget; its bar may reach a quarter further
    cells = "<td[^>]*>£60,000.00</td><td[^>]*>£24,300.00</td><td[^>]*>£1,200.00</td><td[^>]*>£2,000.00</td>"
    assert re.search(cells, chart)


def test_notified_allocated_and_spent_are_three_numbers_and_the_notional_budget_is_in_no_sum(
    autumn: tuple[House, dict[str, UUID]],
) -> None:
    told = text_of(autumn[0].as_role("business_manager").get(f"{FINANCE}/").text)
    assert "Core funding not recorded £60,000.00 £60,000.00 £25,500.00 £0.00" in told
    assert "Inclusive mainstream fund £8,166.67 not recorded £8,000.00 £0.00 £0.00" in told
    assert "Notional SEN budget A label, in no sum £108,000.00 not recorded" in told
    assert "Income received: £8,000.00." in told


def test_a_year_without_a_budget_says_what_to_do(autumn: tuple[House, dict[str, UUID]]) -> None:
    told = text_of(autumn[0].as_role("head").get(f"{FINANCE}/?year=2027").text)
    assert "No budget is approved for this year yet." in told
    assert "Draft a budget, then let somebody else approve it" in told


def test_governors_see_sums_and_no_order_and_teachers_nothing(autumn: tuple[House, dict[str, UUID]]) -> None:
    house, lines = autumn
    line = f"{FINANCE}/lines/{lines['Speech therapy']}"
    governor = house.as_role("governor")
    told = text_of(governor.get(line).text)
    assert "Received, not invoiced £1,200.00" in told
    assert "Clear Speech" not in told
    assert "Sessions of the autumn" not in told
    for path in ("", "/statement", "/budgets", "/virements", "/funding", "/limits", "/authorities", "/trades"):
        assert governor.get(f"{FINANCE}{path}").status_code == 200
        assert house.as_role("class_teacher").get(f"{FINANCE}{path}").status_code == 403
    for path in ("/budgets/new", "/virements/new", "/funding/notify", "/limits/close", "/statement/statement.pdf"):
        assert governor.get(f"{FINANCE}{path}").status_code == 403
    assert governor.get(f"{FINANCE}/funding/notional").status_code == 404
    assert "Draft a budget" not in governor.get(f"{FINANCE}/").text


# Versions


def draft(number: int = 1, **more: str) -> dict[str, str]:
    """One row as typed."""
    usual = {"name": "Teaching assistants", "fund": "core", "code": "BAE030", "pence": "48,000", "profile": "payroll"}
    return {f"{name}-{number}": value for name, value in (usual | more).items()}


def test_a_budget_is_drafted_by_one_and_approved_by_another(house: House) -> None:
    manager, new = house.as_role("business_manager"), f"{FINANCE}/budgets/new?year=2026"
    second = draft(2, name="Early reading", fund="inclusive", code="BAE200", principle="early_support", profile="terms")
    answer = manager.post(new, page=new, name="First", **draft(), **second)
    assert answer.status_code == 303, errors(answer.text)
    (told,) = house.recorded(BudgetDrafted)
    assert [(line.name, line.pence, line.cost_centre) for line in told.lines] == [
        ("Teaching assistants", 48_000_00, "SEN"),
        ("Early reading", 48_000_00, "SEN"),
    ]
    assert told.lines[1].profile == (1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0)
    version = answer.headers["location"]
    assert "/approve" not in manager.get(version).text
    assert manager.get(f"{version}/approve").status_code == 403
    head = house.as_role("head")
    assert head.post(f"{version}/approve", minute="").status_code == 422
    assert head.post(f"{version}/approve", minute="Minute 7").status_code == 303
    assert "stands" in text_of(head.get(version).text)


def test_a_row_that_is_wrong_says_so_at_its_field_and_keeps_what_was_typed(house: House) -> None:
    manager, new = house.as_role("business_manager"), f"{FINANCE}/budgets/new?year=2026"
    answer = manager.post(new, page=new, name="First", **draft(pence="some", fund=""), **draft(2, name="", code=""))
    assert answer.status_code == 422
    assert errors(answer.text) == [
        "Line 1: choose a fund.",
        "Line 1: enter an amount in pounds, such as 12,000.",
        "Line 2: enter a name of up to 100 letters.",
        "Line 2: choose a code of the return.",
    ]
    assert 'id="pence-1-error"' in answer.text
    assert 'value="some"' in answer.text
    answer = manager.post(new, page=new, name="First", **draft(pence="-5"))
    assert errors(answer.text) == ["Line 1: the amount is too small or too large, or a word too long."]
    answer = manager.post(new, page=new, name="First")
    assert errors(answer.text) == ["Enter at least one line."]
    answer = manager.post(new, page=new, name="First", **draft(principle="culture"))
    assert errors(answer.text) == ["Line 1: only the inclusive fund has principles."]


def test_more_rows_come_without_a_script_and_what_was_typed_stays(house: House) -> None:
    manager, new = house.as_role("business_manager"), f"{FINANCE}/budgets/new?year=2026"
    before = manager.get(new).text
    answer = manager.post(new, page=new, more="1", name="First", **draft())
    assert answer.status_code == 200
    assert before.count("<fieldset") + 3 == answer.text.count("<fieldset")
    assert 'value="48,000"' in answer.text
    assert house.recorded(BudgetDrafted) == []


def test_a_draft_starts_from_the_last_version_and_shows_what_changed(house: House) -> None:
    budget(house)
    manager, new = house.as_role("business_manager"), f"{FINANCE}/budgets/new?year=2026"
    page = manager.get(new).text
    filled = dict(re.findall(r'name="([a-z_]+-\d+)" value="([^"]*)"', page))
    chosen = re.findall(r'<select id="([a-z_]+-\d+)".*?<option value="([^"]*)" selected', page)
    typed = {**filled, **dict(chosen), "pence-1": "50,000"}
    typed["name-5"] = ""  # the last line is left out
    answer = manager.post(new, page=new, name="Autumn", **typed)
    assert answer.status_code == 303, errors(answer.text)
    told = text_of(manager.get(answer.headers["location"]).text)
    assert "Beside the version before it, First budget." in told
    assert "£48,000.00 £50,000.00 changed" in told
    assert (
        "Quiet room Inclusive mainstream fund · BAE190 · SEN · Accessible and inclusive environments £6,000.00 left out"
        in told
    )
    first, second = house.recorded(BudgetDrafted)
    assert [line.line for line in second.lines] == [line.line for line in first.lines[:4]]
    listed = text_of(manager.get(f"{FINANCE}/budgets").text)
    assert listed.index("Autumn draft") < listed.index("First budget stands")


def test_next_year_starts_from_this_years_lines_as_new_ones(house: House) -> None:
    budget(house)
    manager, new = house.as_role("business_manager"), f"{FINANCE}/budgets/new?year=2027"
    page = manager.get(new).text
    assert all(line.name in page for line in LINES)
    assert 'name="line-1"' not in page


# The statement


def test_the_statement_is_read_printed_and_taken_away_and_the_taking_recorded(
    autumn: tuple[House, dict[str, UUID]],
) -> None:
    house, _ = autumn
    manager, here = house.as_role("business_manager"), f"{FINANCE}/statement"
    told = text_of(manager.get(here).text)
    assert "£12,000.00 £9,300.00 over so far £54,270.00 over budget £6,270.00 over (-13.1 %) Reason wanted" in told
    printed = manager.get(f"{here}/statement.pdf?year=2026")
    assert printed.content.startswith(b"%PDF")
    rows = manager.get(f"{here}/statement.csv?year=2026").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith('Teaching assistants,Core funding,SEN,BAE030,"£48,000.00"')
    assert len(rows) == 1 + len(LINES)
    assert manager.get(f"{here}/statement.xlsx").content.startswith(b"PK")
    assert manager.get(f"{here}/statement.csv?year=2027").content.decode("utf-8-sig").count("\n") == 1
    assert len(house.facts(Exported, f"{NORTH}-reads")) == 4
