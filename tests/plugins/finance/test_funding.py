"""Pages of what a budget rests on: funding, limits, closed months, authorities."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from core.accounts.facts import Opened
from events import New
from plugins.finance.facts import (
    AuthoritySet,
    Band,
    CostShared,
    LimitSet,
    MonthClosed,
    ProvisionPriced,
)
from tests.core.house import NORTH, House, HouseMaker, email_of, errors, on
from tests.plugins.finance.budgeted import (
    FINANCE,
    TODAY,
    budget,
    school,
    text_of,
)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


# Funding


def test_funding_is_notified_allocated_and_received(house: House) -> None:
    manager, here = house.as_role("business_manager"), f"{FINANCE}/funding"
    said = on("notified_on", date(2026, 4, 3))
    typed = {"fund": "top_up", "year": "2026", "pence": "24,000", **said}
    answer = manager.post(f"{here}/notify", **typed)
    assert errors(answer.text) == ["Say which authority pays it."]
    assert manager.post(f"{here}/notify", **typed, authority="Eastshire").status_code == 303
    assert manager.post(f"{here}/allocate", fund="core", year="2026", pence="60,000").status_code == 303
    came = on("received_on", date(2026, 10, 5))
    assert manager.post(f"{here}/receive", fund="top_up", pence="8,000", **came).status_code == 303
    told = text_of(manager.get(here).text)
    assert "Top-up funding April 2026 to March 2027 Eastshire £24,000.00 £14,000.00 3 April 2026" in told
    assert "Core funding £60,000.00 16 November 2026" in told
    assert "£8,000.00 received in this academic year." in told
    assert "£10,000.00" in text_of(manager.get(f"{here}?year=2025").text)
    assert manager.get(f"{here}/nothing").status_code == 404


def test_how_far_the_notional_budget_goes_is_told_as_sums_and_the_opening_recorded(house: House) -> None:
    budget(house)
    manager = house.as_role("business_manager")
    year = {"year": "2026", "pence": "7,000", **on("notified_on", date(2026, 3, 1))}
    manager.post(f"{FINANCE}/funding/notify", fund="notional", **year)
    assert "costed in this year yet" in manager.get(f"{FINANCE}/funding/notional").text
    pupil, line = house.pupil(), uuid4()
    first, last = date(2026, 9, 1), date(2027, 8, 31)
    pence = 8_412_50
    priced = ProvisionPriced("Reading", "cognition", None, 1, 1, 30, 0, 30, pence, pence, None, first, last, first)
    shared = CostShared(line, pence, None, first, last, first)
    desk = house.desk(email_of("senco", NORTH), NORTH)
    desk.record([New(line, priced), New(pupil, shared)], command_id=uuid4())
    told = text_of(manager.get(f"{FINANCE}/funding/notional").text)
    assert "£1,412.50 short" in told  # nobody says it is high needs: all of it is SEN support
    assert "Need £8,412.50" in told
    assert "Sample" not in told
    assert [event.subject for event in house.facts(Opened, f"{NORTH}-reads") if event.record == "finance.costs"] == [
        pupil
    ]


# Limits, months, authorities


def test_a_limit_is_set_and_a_month_closed(house: House) -> None:
    head, here = house.as_role("head"), f"{FINANCE}/limits"
    assert "Head £10,000.00 £5,000.00 as a trust starts" in text_of(head.get(here).text)
    assert head.post(f"{here}/set", role="head", order_pence="2,500", virement_pence="0").status_code == 303
    assert "Head £2,500.00 £0.00 set on 16 November 2026" in text_of(head.get(here).text)
    assert house.as_role("business_manager").get(f"{here}/set").status_code == 403
    assert head.post(f"{here}/close", month="2026-10-01").status_code == 303
    assert "October 2026 16 November 2026 Head 139204" in text_of(head.get(here).text)
    assert "October 2026" not in head.get(f"{here}/close").text
    assert (len(house.recorded(LimitSet)), len(house.recorded(MonthClosed))) == (1, 1)


def test_an_authority_is_set_up_with_its_bands_and_set_again_from_another_day(house: House) -> None:
    manager, here = house.as_role("business_manager"), f"{FINANCE}/authorities"
    typed = {"name": "Eastshire", "basis": "days", "hour_pence": "655", "source": "Letter", **on("from_on", TODAY)}
    answer = manager.post(f"{here}/new", **typed, bands="Band 1, 2,000\nBand 2")
    assert errors(answer.text) == ["Band 2: enter a name, a comma and an amount, such as Band 2, 4,250.00."]
    answer = manager.post(f"{here}/new", **typed, bands="Band 1, 2,000\nBand 2, £4,250.00")
    assert answer.status_code == 303
    (told,) = house.recorded(AuthoritySet)
    assert told.bands == (Band("Band 1", 2_000_00), Band("Band 2", 4_250_00))
    (again,) = set(re.findall(rf'href="({here}/[0-9a-f-]{{36}})"', manager.get(here).text))
    page = manager.get(again).text
    assert "Band 2, 4,250.00" in page
    typed |= {"basis": "months", **on("from_on", date(2027, 4, 1))}
    assert manager.post(again, **typed, bands="").status_code == 303
    said = text_of(manager.get(here).text)
    assert (
        "Eastshire by days £655.00 Band 1: £2,000.00 Band 2: £4,250.00 16 November 2026 from 1 April 2027: by months"
        in said
    )
