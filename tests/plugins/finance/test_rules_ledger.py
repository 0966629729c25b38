"""The ledger: one fund for each cost, a tie-out to the penny, closed months, rates that come late."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.finance.rules import (
    Actual,
    Balance,
    CentreTotal,
    Compared,
    Restated,
    fund_findings,
    period_findings,
    posts_on,
    restated,
    tie_out,
    tie_out_findings,
)

ASSISTANTS = Actual("SEN01", "BAE030", "core", 2_118_000)
TOP_UP = Actual("SEN01", "BAE030", "top_up", 425_000)
THERAPY = Actual("SEN01", "BAE230", "inclusive", 79_800)
ACTUALS = (ASSISTANTS, TOP_UP, THERAPY)
TOTAL = CentreTotal("SEN01", 2_622_800)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("actuals", "totals", "found"),
    [
        pytest.param(ACTUALS, (TOTAL,), [], id="rule 35, the funds are the total"),
        pytest.param(ACTUALS, (CentreTotal("SEN01", 2_622_801),), ["not_the_total"], id="rule 35, a penny short"),
        pytest.param(ACTUALS, (CentreTotal("SEN01", 2_622_799),), ["not_the_total"], id="rule 35, a penny over"),
        pytest.param(
            (*ACTUALS, Actual("SEN01", "BAE200", " ", 5_000)),
            (CentreTotal("SEN01", 2_627_800),),
            ["no_fund", "not_the_total"],
            id="rule 35, no fund",
        ),
        pytest.param(
            (Actual("SEN01", "BAE200", "core, top_up", 5_000),),
            (CentreTotal("SEN01", 5_000),),
            ["unknown_fund"],
            id="rule 35, two funds",
        ),
        pytest.param(
            (Actual("SEN01", "BAE200", "notional", 5_000),),
            (),
            ["memo_fund"],
            id="the notional budget pays for nothing",
        ),
        (ACTUALS, (TOTAL, CentreTotal("SEN02", 1)), ["not_the_total"]),
        ((), (CentreTotal("SEN02", 0),), []),
    ],
)
def test_every_cost_has_one_fund_and_the_funds_are_the_total(
    actuals: tuple[Actual, ...], totals: tuple[CentreTotal, ...], found: list[str]
) -> None:
    assert codes(fund_findings(actuals, totals)) == [("error", code) for code in found]


def test_a_total_that_is_not_met_says_what_to_find() -> None:
    (finding,) = fund_findings(ACTUALS, (CentreTotal("SEN01", 2_622_801),))
    assert finding.says == "SEN01: the funds come to £26,228.00 and the ledger to £26,228.01. Find the £0.01."


BALANCES = (Balance("SEN01", "BAE030", 2_543_000), Balance("SEN01", "BAE230", 79_800))


@pytest.mark.parametrize(
    ("actuals", "balances", "gaps"),
    [
        pytest.param(ACTUALS, BALANCES, [], id="rule 36, reconciled"),
        pytest.param(
            ACTUALS,
            (BALANCES[0], Balance("SEN01", "BAE230", 79_801)),
            [("BAE230", -1)],
            id="rule 36, a gap of a penny",
        ),
        pytest.param(ACTUALS, BALANCES[:1], [("BAE230", 79_800)], id="not in the ledger"),
        pytest.param(ACTUALS[:2], BALANCES, [("BAE230", -79_800)], id="not here"),
        pytest.param((), (Balance("SEN01", "BAE030", 5), Balance("SEN01", "BAE030", -5)), [], id="a balance in parts"),
        pytest.param(
            (Actual("SEN01", "BAE030", "core", 5),),
            (Balance("SEN02", "BAE030", 5),),
            [("BAE030", 5), ("BAE030", -5)],
            id="the right sum in another cost centre",
        ),
    ],
)
def test_what_is_recorded_is_the_ledger_to_the_penny(
    actuals: tuple[Actual, ...], balances: tuple[Balance, ...], gaps: list[tuple[str, int]]
) -> None:
    compared = tie_out(actuals, balances)
    assert [(one.code, one.gap_pence) for one in compared if one.gap_pence] == gaps
    assert codes(tie_out_findings(compared)) == [("warning", "unreconciled")] * len(gaps)


def test_both_sides_are_shown_code_by_code() -> None:
    compared = tie_out(ACTUALS, BALANCES)
    assert compared == (
        Compared("SEN01", "BAE030", 2_543_000, 2_543_000, 0),
        Compared("SEN01", "BAE230", 79_800, 79_800, 0),
    )


CENTRES, CODES = st.sampled_from(["SEN01", "SEN02"]), st.sampled_from(["BAE010", "BAE030"])
PENCE = st.integers(-1_000_000, 1_000_000)


@given(
    st.lists(st.builds(Actual, CENTRES, CODES, st.just("core"), PENCE)),
    st.lists(st.builds(Balance, CENTRES, CODES, PENCE)),
)
def test_a_tie_out_loses_nothing_of_either_side(actuals: list[Actual], balances: list[Balance]) -> None:
    compared = tie_out(tuple(actuals), tuple(balances))
    assert sum(one.recorded_pence for one in compared) == sum(actual.net_pence for actual in actuals)
    assert sum(one.ledger_pence for one in compared) == sum(balance.pence for balance in balances)


SEPTEMBER, OCTOBER, DECEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)
CLOSED = (SEPTEMBER, OCTOBER)


@pytest.mark.parametrize(
    ("cost_on", "closed", "posted_on"),
    [
        (date(2026, 9, 30), (), date(2026, 9, 30)),
        (date(2026, 9, 30), CLOSED, date(2026, 11, 1)),
        (date(2026, 10, 31), CLOSED, date(2026, 11, 1)),
        (date(2026, 11, 14), CLOSED, date(2026, 11, 14)),
        (date(2026, 8, 31), CLOSED, date(2026, 8, 31)),
        pytest.param(date(2026, 12, 9), (DECEMBER,), date(2027, 1, 1), id="over the turn of the year"),
        pytest.param(date(2026, 10, 31), (OCTOBER,), date(2026, 11, 1), id="the 31st"),
    ],
)
def test_a_cost_of_a_closed_month_is_posted_in_the_next_that_is_open(
    cost_on: date, closed: tuple[date, ...], posted_on: date
) -> None:
    assert posts_on(cost_on, closed) == posted_on


@pytest.mark.parametrize(
    ("posted_on", "cost_on", "corrects", "found"),
    [
        (date(2026, 11, 1), None, "", []),
        pytest.param(date(2026, 10, 31), None, "", ["month_closed"], id="rule 42, refused"),
        pytest.param(date(2026, 9, 1), None, "invoice-7", ["month_closed"], id="rule 42, a link does not open it"),
        pytest.param(date(2026, 11, 14), date(2026, 9, 30), "", ["no_link"], id="rule 42, without its link"),
        pytest.param(date(2026, 11, 14), date(2026, 9, 30), "invoice-7", [], id="rule 42, corrected in the open month"),
        (date(2026, 11, 14), date(2026, 11, 2), "", []),
    ],
)
def test_nothing_is_posted_into_a_closed_month(
    posted_on: date, cost_on: date | None, corrects: str, found: list[str]
) -> None:
    findings = period_findings(posted_on, CLOSED, cost_on, corrects)
    assert codes(findings) == [("error", code) for code in found]


def test_a_closed_month_says_where_to_post_instead() -> None:
    (finding,) = period_findings(date(2026, 9, 1), CLOSED)
    assert finding.says == "September 2026 is closed. Post it in November 2026, with a link to what it corrects."
    assert period_findings(date(2026, 9, 1), ()) == ()


@pytest.mark.parametrize(
    ("old_pence", "new_pence", "closed", "told"),
    [
        pytest.param(
            (250_000,) * 12,
            (258_000,) * 12,
            5,
            Restated((250_000,) * 5 + (258_000,) * 7, 40_000, 6, 12 * 258_000),
            id="rule 43, a rate of 1 February from 1 September",
        ),
        pytest.param((100, 100), (90, 90), 1, Restated((100, 90), -10, 2, 180), id="a lower rate is given back"),
        ((100, 100), (110, 110), 0, Restated((110, 110), 0, 1, 220)),
        pytest.param((100, 100), (110, 110), 2, Restated((100, 100), 20, None, 220), id="the next year catches up"),
    ],
)
def test_a_late_rate_leaves_closed_months_and_is_caught_up_in_one_line(
    old_pence: tuple[int, ...], new_pence: tuple[int, ...], closed: int, told: Restated
) -> None:
    assert restated(old_pence, new_pence, closed) == told


@given(st.lists(st.tuples(PENCE, PENCE), max_size=12), st.data())
def test_a_restated_year_is_what_the_new_rate_makes_of_all_of_it(
    months: list[tuple[int, int]], data: st.DataObject
) -> None:
    old, new = tuple(pair[0] for pair in months), tuple(pair[1] for pair in months)
    closed = data.draw(st.integers(0, len(months)))
    told = restated(old, new, closed)
    assert told.months_pence[:closed] == old[:closed]
    assert sum(told.months_pence) + told.catch_up_pence == told.total_pence == sum(new)


@pytest.mark.parametrize(("old", "new", "closed"), [((1,), (1, 2), 0), ((1,), (2,), 2), ((1,), (2,), -1)])
def test_months_that_do_not_fit_are_not_restated(old: tuple[int, ...], new: tuple[int, ...], closed: int) -> None:
    with pytest.raises(ValueError, match="months"):
        restated(old, new, closed)
