"""The academy's own premium; and what finance sees of the children's."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from uuid import uuid4

from core.accounts.facts import Exported, Granted, Opened
from events import New
from plugins.lac.facts import (
    SchoolPremiumPaid,
    SchoolPremiumSpent,
)
from tests.core.house import NORTH, House, email_of, error_links, on
from tests.plugins.lac.care import LAC, in_care, tell
from tests.plugins.lac.claims import claim, planned, text_of

TODAY = date(2026, 11, 16)


# The school's own premium


def test_premium_received_and_spent_adds_up_by_financial_year(house: House) -> None:
    manager, here = house.as_role("business_manager"), f"{LAC}/premium"
    assert "No premium is recorded yet." in text_of(manager.get(here).text)
    fields = {"year": "2025", "pupils": "3", "paid_pence": "7,890"}
    assert manager.post(f"{here}/receive", **fields, **on("paid_on", TODAY)).status_code == 303
    fields = {"year": "2025", "spent_pence": "2400", "on_what": "Training of all staff"}
    assert manager.post(f"{here}/spend", **fields, **on("spent_on", TODAY)).status_code == 303
    page = text_of(manager.get(here).text)
    assert "2025-26 3 pupils £2,630.00 £7,890.00 £2,400.00 £5,490.00" in page
    assert "2026-27 not known gov.uk, published 2026-03-27, the figure not read (not verified)" in page
    (paid,), (spent,) = house.facts(SchoolPremiumPaid), house.facts(SchoolPremiumSpent)
    assert paid.subject == spent.subject == house.academy_id()
    answer = manager.post(f"{here}/spend", **fields | {"spent_pence": "5490.01"}, **on("spent_on", TODAY))
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == ["spent_pence"]


def test_whoever_only_reads_the_premium_is_shown_no_form(house: House) -> None:
    head = house.as_role("head")
    assert "/receive" not in head.get(f"{LAC}/premium").text
    assert head.get(f"{LAC}/premium/receive").status_code == 403
    assert house.as_role("senco").get(f"{LAC}/premium").status_code == 403
    assert house.as_role("business_manager").get(f"{LAC}/premium/praise").status_code == 404


# What finance sees


def rows(house: House) -> dict[str, str]:
    """Each child's line by the name it goes by."""
    page = house.as_role("business_manager").get(f"{LAC}/funding").text
    return {
        name: text_of(f"<main{row}</main>")
        for name, row in re.findall(r'<th scope="row">(Child [^<]*)</th>(.*?)</tr>', page, re.DOTALL)
    }


def test_finance_sees_sums_by_a_name_that_stays_and_tells_nothing(house: House) -> None:
    named, before = dict[str, str](), dict[str, str]()
    for number, surname in enumerate(("Adeyemi", "Blaskett", "Cole"), 1):
        child, pep, target = planned(house, surname=surname, year=str(number + 2))
        tell(house, child, *claim(uuid4(), pep, target, TODAY, agreed=1_000 * number, paid=500, spent=100 * number))
        shown = text_of(house.as_role("designated_teacher").get(f"{LAC}/money/{child}").text)
        (name,) = re.findall(r"With finance this child goes by the name (Child \w{3}-\w{3})\.", shown)
        named[name] = f"£{10 * number}.00 £5.00 £{number}.00 £{9 * number}.00"
        if number == 2:
            before = rows(house)
    found = rows(house)
    assert found == named
    assert list(found) == sorted(found)
    assert {name: found[name] for name in before} == before  # another child moves no name
    page = house.as_role("business_manager").get(f"{LAC}/funding").text
    assert "Together" in page
    assert "£60.00" in page
    for secret in ("Adeyemi", "Robin", "Year", "2026", "Tutor", "Reads 90 words"):
        assert secret not in text_of(page), secret


def test_a_child_for_whom_nothing_was_asked_is_not_listed(house: House) -> None:
    in_care(house)
    assert rows(house) == {}
    assert "Nothing was asked for yet." in house.as_role("business_manager").get(f"{LAC}/funding").text


def test_that_finance_looked_is_recorded_of_each_child(house: House) -> None:
    child, pep, target = planned(house)
    tell(house, child, *claim(uuid4(), pep, target, TODAY, agreed=1_000))
    rows(house)
    opened = house.facts(Opened, f"{NORTH}-reads")
    assert (child, "lac.funding") in {(event.subject, event.record) for event in opened}
    senco = house.as_role("senco")
    assert senco.get(f"/{NORTH}/audit/{opened[-1].event_id}?log=reads").status_code == 404


def test_the_sums_are_taken_away_by_whoever_may_and_that_is_recorded(house: House) -> None:
    child, pep, target = planned(house)
    tell(house, child, *claim(uuid4(), pep, target, TODAY, agreed=1_000, paid=500))
    teacher, address = house.as_role("designated_teacher"), f"{LAC}/funding/list.csv"
    assert teacher.get(address).status_code == 403
    person, desk = house.person(email_of("designated_teacher", NORTH)), house.desk()
    allows: dict[str, tuple[str, ...]] = {"lac.funding": ("read", "export")}
    grant = Granted(uuid4(), "designated_teacher", (house.academy_id(),), "all", (), allows, TODAY, None, "Returns")
    desk.record([New(person, grant)], command_id=uuid4())
    content = teacher.get(address).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert list(row.values())[1:] == ["£10.00", "£5.00", "£0.00", "£10.00", ""]
    assert teacher.get(f"{LAC}/funding/list.xlsx").content[:2] == b"PK"
    told = house.facts(Exported, f"{NORTH}-reads")
    assert [event.record for event in told] == ["lac.funding"] * 2
