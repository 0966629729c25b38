"""Postings taken over from the ledger, what they fall on, the tie-out, and journals for it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from uuid import UUID, uuid4

import pytest
from msgspec import structs

from core.errors import Refused
from plugins.finance.commands import CloseMonth, Posting, TakePostings
from plugins.finance.facts import LedgerTaken, MonthClosed
from plugins.finance.views import available_of, positions
from plugins.finance.web.ledger.journals import HEADER, accruals
from tests.core.house import House, HouseMaker, errors
from tests.plugins.finance.budgeted import (
    FINANCE,
    STAFF,
    TODAY,
    YEAR,
    bill,
    budget,
    desk_of,
    known_of,
    ordered,
    posted,
    school,
    supplier,
    tell,
)

LIST = """Date,Cost Centre,Nominal Code,Fund,Net Amount,VAT,Gross,Supplier Name,Ref,Type
31/10/2026,SEN,BAE030,Core funding,"4,000.00",,,Payroll,M2,Payroll
31/10/2026,SEN,BAE030,GAG,(50.00),,,Payroll,M2 corr,Journal
02/11/2026,SEN,BAE230,core,500.00,100.00,600.00,Clear Speech Ltd,INV 9,Invoice
03/11/2026,OFFICE,BAE040,core,12.00,,,Paper Co,P1,Invoice
"""


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def upload(house: House, content: str | bytes, *, control: str = "", name: str = "postings.csv") -> str:
    """The preview of a list; raises when it was turned away."""
    manager = house.as_role("business_manager")
    sent = content.encode() if isinstance(content, str) else content
    answer = manager.post(f"{FINANCE}/ledger/import", files={"file": (name, sent)}, control=control)
    assert answer.status_code == 303, errors(answer.text)
    return answer.headers["location"]


def test_a_list_is_looked_at_then_taken_once_and_falls_on_its_lines(house: House) -> None:
    staff, therapy = budget(house)[:2]
    manager = house.as_role("business_manager")
    preview = upload(house, LIST, control="4462")
    page = manager.get(preview).text
    for told in ("£4,462.00", "Teaching assistants", "Speech therapy", "on no line", "£4,000.00", "-£50.00"):
        assert told in page, told
    assert not known_of(house).posted
    confirm = preview.partition("/preview")[0] + "/confirm"
    fields = manager.form(preview, confirm)
    (done,) = {manager.raw_post(confirm, data=fields).headers["location"] for _ in range(2)}
    taken = manager.get(done).text
    assert "Imported and recorded" in taken
    assert f'href="{FINANCE}/ledger"' in taken
    assert len(house.facts(LedgerTaken)) == 1
    spent = {one.line.line: one.row.actual_pence for one in positions(known_of(house), YEAR, TODAY)}
    assert (spent[staff], spent[therapy]) == (3_950_00, 500_00)
    ledger = manager.get(f"{FINANCE}/ledger").text
    assert "tied out to the penny" in ledger
    assert "On no budget line" in ledger
    again = upload(house, LIST)
    assert "A posting like this was taken over before." in manager.get(again).text
    confirm = again.partition("/preview")[0] + "/confirm"
    answer = manager.raw_post(confirm, data=manager.form(again, confirm))
    assert "This list was taken over already." in errors(answer.text)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("32/10/2026,SEN,BAE030,core,1.00", "Date is not a day such as 30/11/2026. Correct it."),
        ("31/10/2026,SEN,BAE030,core,100000000.01", "Net is too large. Correct it."),
        ("31/10/2026,SEN,BAE030,core,12.345", "Net is not an amount such as 1,234.56 or (12.00). Correct it."),
        ("31/10/2026,SEN,BAE030,notional,1.00", "Fund is no fund that pays. Correct it."),
        (
            "31/10/2026,SEN,BAE999,core,1.00",
            "Ledger code is no line of the accounts return, such as BAE030. Correct it.",
        ),
        ("30/09/2026,SEN,BAE030,core,1.00", "Date lies in September 2026, which is closed. Correct it."),
    ],
)
def test_a_refused_row_refuses_the_list_and_says_why(house: House, row: str, says: str) -> None:
    budget(house)
    desk_of(house, "business_manager").do(CloseMonth(date(2026, 9, 1)))
    preview = upload(house, f"Date,Cost Centre,Nominal Code,Fund,Net\n31/10/2026,SEN,BAE030,core,1.00\n{row}\n")
    manager = house.as_role("business_manager")
    page = manager.get(preview).text
    assert says in page
    assert "Nothing can be recorded from this file as it is." in page
    refused = preview.replace("/preview", "/refused.csv")
    assert says in manager.get(refused).text
    assert not known_of(house).posted


def test_a_control_total_that_is_a_penny_off_stops_it(house: House) -> None:
    budget(house)
    preview = upload(house, LIST, control="4462.01")
    page = house.as_role("business_manager").get(preview).text
    assert "It does not tie out" in page
    assert "Take over" not in page


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no list", b"Date,Fund\n1/1/2026,core\n"])
def test_a_file_without_a_list_is_turned_away(house: House, content: bytes) -> None:
    budget(house)
    manager = house.as_role("business_manager")
    answer = manager.post(f"{FINANCE}/ledger/import", files={"file": ("x.csv", content)}, control="7")
    assert answer.status_code == 422
    assert 'value="7"' in answer.text


def test_rows_of_other_academies_are_passed_over(house: House) -> None:
    budget(house)
    content = "Date,Cost Centre,Nominal,Fund,Net,School\n31/10/2026,SEN,BAE030,core,1.00,Elsewhere\n"
    content += f"31/10/2026,SEN,BAE030,core,2.00,{FINANCE.split('/')[1]}\n"
    page = house.as_role("business_manager").get(upload(house, content)).text
    assert "passed over" in page
    assert "£2.00" in page
    assert "£1.00" not in page


def test_what_is_here_and_in_the_ledger_counts_once(house: House) -> None:
    therapy, seller = budget(house)[1], supplier(house)
    order = ordered(house, therapy, seller, 500_00, came=500_00)
    tell(house, bill(500_00, reference="INV 9"), of=order)
    left = available_of(known_of(house), therapy)
    posting = Posting(TODAY, "SEN", "BAE230", "core", "clear speech ltd", "inv9", "invoice", 500_00, line=therapy)
    desk_of(house, "business_manager").do(TakePostings((posting,), "ab" * 32, 500_00), uuid4())
    assert available_of(known_of(house), therapy) == left


def refused(house: House, *postings: Posting, control: int | None = None) -> str:
    with pytest.raises(Refused) as caught:
        desk_of(house, "business_manager").do(TakePostings(postings, "cd" * 32, control), uuid4())
    return str(caught.value.code)


def posting(line: UUID | None = None, fund: str = "core", on: date = TODAY) -> Posting:
    return Posting(on, "SEN", "BAE030", fund, "", "", "journal", 100, line=line)


def test_what_may_not_be_taken_is_refused_by_whatever_way_it_comes(house: House) -> None:
    top_up = budget(house)[2]
    tell(house, MonthClosed(date(2026, 9, 1), uuid4(), date(2026, 10, 5)))
    assert refused(house, posting(), control=99) == "unreconciled"
    assert refused(house, posting(fund="notional")) == "not_in_list"
    assert refused(house, posting(on=date(2026, 11, 17))) == "in_future"
    assert refused(house, posting(on=date(2026, 9, 30))) == "month_closed"
    assert refused(house, posting(top_up)) == "other_fund"


def test_a_posting_is_of_the_year_of_its_line_and_of_a_code_and_type_there_are(house: House) -> None:
    (old,) = budget(house, STAFF, year=YEAR - 1)
    staff = budget(house)[0]
    assert refused(house, posting(old)) == "other_year"
    assert refused(house, structs.replace(posting(staff), code="9999")) == "not_in_list"
    assert refused(house, structs.replace(posting(staff), sort="whatever")) == "not_in_list"
    assert refused(house, structs.replace(posting(staff), sort="income")) == "not_income"
    assert refused(house, structs.replace(posting(), code="BAI030")) == "not_income"


def test_a_list_is_taken_once_whatever_was_budgeted_since_and_never_onto_another(house: House) -> None:
    content = "Date,Cost Centre,Nominal,Fund,Net\n31/10/2026,SEN,BAE030,core,1.00\n31/10/2026,SEN,BAE030,core,2.00\n"
    head, one, two = content.splitlines()
    take(house, content)
    budget(house)
    page = house.as_role("business_manager").get(upload(house, f"{head}\n{two}\n{one}\n")).text
    assert page.count("A posting like this was taken over before.") == 2  # without a reference, too
    assert "This list was taken over already." in take(house, f"{head}\n{two}\n{one}\n")
    (key,) = known_of(house).ledgers
    with pytest.raises(Refused) as caught:
        desk_of(house, "business_manager").do(TakePostings((posting(),), "ab" * 32), key)
    assert caught.value.code == "no_change"
    assert len(house.facts(LedgerTaken)) == 1


def take(house: House, content: str) -> str:
    """Takes a list over; what was wrong with it."""
    manager, preview = house.as_role("business_manager"), upload(house, content)
    confirm = preview.partition("/preview")[0] + "/confirm"
    return " ".join(errors(manager.raw_post(confirm, data=manager.form(preview, confirm)).text))


def test_a_refund_is_less_spending_and_income_is_what_its_code_says(house: House) -> None:
    staff = budget(house)[0]
    content = "Date,Cost Centre,Nominal,Fund,Net,Type,Budget line\n"
    content += "31/10/2026,SEN,BAE030,core,(50.00),Receipt,\n"
    content += "31/10/2026,SEN,BAI010,core,900.00,Journal,Teaching assistants\n"
    assert take(house, content) == ""
    assert available_of(known_of(house), staff) == 48_000_00 + 50_00
    assert {one.sort for one in known_of(house).posted} == {"journal", "income"}
    assert "On no budget line</dt><dd>0</dd>" in house.as_role("business_manager").get(f"{FINANCE}/ledger").text


def test_last_year_is_tied_out_when_this_one_has_begun(house: House) -> None:
    tell(house, posted(None, 7_00, month=date(2026, 8, 1), posted_on=date(2026, 8, 31)), of=uuid4())
    manager, page = house.as_role("business_manager"), f"{FINANCE}/ledger/tie-out?year=2025"
    assert "£7.00" in manager.get(page).text
    answer = manager.post(page, balance0="7.01")
    assert "£7.00 here and £7.01 in the ledger" in answer.text


def test_the_tie_out_names_the_penny_that_is_missing(house: House) -> None:
    staff = budget(house)[0]
    desk_of(house, "business_manager").do(TakePostings((posting(staff),), "ef" * 32), uuid4())
    manager = house.as_role("business_manager")
    page = manager.post(f"{FINANCE}/ledger/tie-out?year={YEAR}", balance0="1.01").text
    assert "SEN, BAE030: £1.00 here and £1.01 in the ledger. Find the £0.01." in page
    assert "It ties out" in manager.post(f"{FINANCE}/ledger/tie-out?year={YEAR}", balance0="1.00").text
    wrong = manager.post(f"{FINANCE}/ledger/tie-out?year={YEAR}", balance0="one")
    assert wrong.status_code == 422
    assert errors(wrong.text) == ["Enter an amount in pounds, such as 1,234.56."]


def test_accruals_are_journals_that_come_to_nothing_and_are_taken_back(house: House) -> None:
    therapy, seller = budget(house)[1], supplier(house)
    ordered(house, therapy, seller, 1_200_00, came=720_00)
    lines = accruals(known_of(house), TODAY, "2109")
    assert [(line.posted_on, line.account, line.pence) for line in lines] == [
        (date(2026, 10, 31), "BAE230", 720_00),
        (date(2026, 10, 31), "2109", -720_00),
        (date(2026, 11, 1), "BAE230", -720_00),
        (date(2026, 11, 1), "2109", 720_00),
    ]
    manager, page = house.as_role("business_manager"), f"{FINANCE}/ledger/journals"
    answer = manager.post(page, account="2109")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == HEADER
    assert [row[5] for row in rows[1:]] == ["720.00", "-720.00", "-720.00", "720.00"]
    (said,) = errors(manager.post(page, account="").text)
    assert said.startswith("Enter the account")


def test_more_lines_than_a_file_takes_come_as_several(house: House) -> None:
    therapy, seller = budget(house)[1], supplier(house)
    for _ in range(80):
        ordered(house, therapy, seller, 10_00, came=10_00)
    answer = house.as_role("business_manager").post(f"{FINANCE}/ledger/journals", account="2109")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        counts = [len(archive.read(name).splitlines()) - 1 for name in sorted(archive.namelist())]
    assert counts == [160, 160]


@pytest.mark.parametrize("role", ["senco", "governor", "class_teacher"])
def test_the_ledger_is_for_those_who_keep_it(house: House, role: str) -> None:
    for path in ("ledger", "ledger/import", "ledger/tie-out", "ledger/journals"):
        assert house.as_role(role).get(f"{FINANCE}/{path}").status_code == 403, path
