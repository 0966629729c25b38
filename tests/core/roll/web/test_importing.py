"""The import in the browser: upload, columns, preview, confirm; the same on the command line."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import pytest
from python_calamine import CalamineWorkbook

from core.desk import Desk
from core.errors import Refused, Stale
from core.roll.columns import PUPIL_COLUMNS, match
from core.roll.commands import ImportRoll
from core.roll.facts import PupilEnrolled, PupilLeft
from core.roll.sheets import read_sheet
from core.roll.views import pupil
from core.web.exports import xlsx_bytes
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, errors, hidden, upn

DATA = Path(__file__).parents[3] / "data"
EXPECTED: dict[str, dict[str, Any]] = json.loads((DATA / "expected.json").read_text("utf-8"))
FILES = sorted(EXPECTED)
IMPORT = f"/{NORTH}/import"
HEADER = "UPN,Surname,Forename,Date of Birth,Year,Reg,SEN Status,SEN Need"


def small(*rows: str) -> bytes:
    return "\r\n".join([HEADER, *rows]).encode()


def row(number: int, **more: str) -> str:
    told = {
        "upn": upn(number),
        "surname": f"Row{number}",
        "forename": "Kim",
        "born": "04/03/2017",
        "year": "4",
        "reg": "4B",
    }
    told |= {"sen": "", "need": ""} | more
    return ",".join(told.values())


def upload(someone: Browser, content: bytes, name: str = "roll.csv") -> httpx.Response:
    return someone.post(IMPORT, files={"file": (name, content, "text/csv")})


def mapped(page: str) -> dict[str, str]:
    """What the mapping page has chosen for each column."""
    found = {}
    for name, options in re.findall(r'<select name="(column_\d+|whole)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def preview(someone: Browser, content: bytes, name: str = "roll.csv", **columns: str) -> tuple[str, httpx.Response]:
    """Uploads and goes on to the preview; the upload's address, and the answer to its columns or the preview."""
    taken = upload(someone, content, name)
    assert taken.status_code == 303, errors(taken.text)
    path = taken.headers["location"]
    page = someone.get(path).text
    answer = someone.raw_post(path, data=hidden(page, path) | mapped(page) | columns)
    if answer.status_code == 303:
        answer = someone.get(answer.headers["location"])
        assert answer.status_code == 200
    return path, answer


def counts(page: str) -> dict[str, int]:
    """The figures at the head of the preview."""
    told = re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]*>)?([\d,]+)", page)
    return {label: int(value.replace(",", "")) for label, value in told}


def confirm(someone: Browser, path: str, page: str) -> httpx.Response:
    return someone.raw_post(f"{path}/confirm", data=hidden(page, f"{path}/confirm"))


def pupils(house: House, urn: str = NORTH) -> int:
    return len(house.desk(urn=urn).see_all(pupil))


def on_register(house: House) -> tuple[int, int]:
    from plugins.register.views import support

    standing = [one.provision for one in house.desk(urn=NORTH).see_all(support).values() if one.provision != "N"]
    return len(standing), standing.count("E")


@pytest.mark.parametrize("name", FILES)
def test_a_school_s_own_export_gives_what_it_must(house: House, name: str) -> None:
    expected, senco = EXPECTED[name], house.as_role("senco")
    before = house.log_size()
    path, page = preview(senco, (DATA / name).read_bytes(), name)
    assert house.log_size() == before
    told = counts(page.text)
    assert (told["New"], told["Changed"], told["Left"]) == (expected["pupils"], 0, 0)
    for at, entry in enumerate(expected.get("rejected_rows", [])):
        assert f'data-l="Line">{entry["line"]}</td>' in page.text, at
    for entry in expected.get("rejected_records", []):
        assert f'data-l="Record">{entry["record"]}</td>' in page.text
    answer = confirm(senco, path, page.text)
    assert answer.status_code == 303
    done = senco.get(answer.headers["location"])
    assert done.status_code == 200
    assert "Imported and recorded" in done.text
    assert pupils(house) == expected["pupils"]
    assert on_register(house) == (expected["on_register"], expected["ehc"])
    _, again = preview(senco, (DATA / name).read_bytes(), name)
    assert "There is nothing to record." in again.text
    assert counts(again.text)["Unchanged"] == expected["pupils"]


@pytest.mark.parametrize("name", FILES)
def test_a_confirmed_import_is_one_command(house: House, name: str) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, (DATA / name).read_bytes(), name)
    before = house.log_size()
    sent = hidden(page.text, f"{path}/confirm")
    first = senco.raw_post(f"{path}/confirm", data=sent)
    after = house.log_size()
    second = senco.raw_post(f"{path}/confirm", data=sent)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert house.log_size() == after > before
    assert senco.get(second.headers["location"]).status_code == 200


def test_a_preview_that_no_longer_holds_is_not_confirmed(house: House) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(1), row(2)))
    known = house.pupil(upn=upn(1), surname="Row1", forename="Kim")
    before = house.log_size()
    answer = confirm(senco, path, page.text)
    assert answer.status_code == 409
    assert "The roll has changed since this preview was made" in answer.text
    assert house.log_size() == before
    page_again = senco.get(path).text
    again = senco.raw_post(path, data=hidden(page_again, path) | mapped(page_again))
    fresh = senco.get(again.headers["location"])
    assert confirm(senco, path, fresh.text).status_code == 303
    assert known in house.desk(urn=NORTH).see_all(pupil)


def test_changes_and_leavers_are_shown_with_old_and_new_value(house: House) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(1, sen="K", need="SLCN"), row(2), row(3)))
    confirm(senco, path, page.text)
    path, page = preview(senco, small(row(1, reg="5C", sen="E", need="ASD"), row(3)))
    assert counts(page.text) | {"Refused": 0, "With a doubt": 0} == {
        "New": 0, "Changed": 1, "Unchanged": 1, "Left": 1, "Refused": 0, "With a doubt": 0,
    }  # fmt: skip
    for old, new in (("4B", "5C"), ("SEN support", "EHC plan"), ("SLCN", "ASD")):
        assert re.search(rf"<del>.*{old}</del>.*<ins>.*{new}</ins>", page.text)
    assert confirm(senco, path, page.text).status_code == 303
    assert len(house.facts(PupilLeft)) == 1


def test_a_part_of_the_roll_says_nothing_of_the_others(house: House) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(1), row(2)))
    confirm(senco, path, page.text)
    _, page = preview(senco, small(row(3)), whole="part")
    assert (counts(page.text)["New"], counts(page.text)["Left"]) == (1, 0)


def test_a_column_that_is_needed_is_asked_for(house: House) -> None:
    senco = house.as_role("senco")
    _, answer = preview(senco, small(row(1)), column_0="")
    assert answer.status_code == 422
    assert errors(answer.text) == ["No column is marked as UPN."]
    _, answer = preview(senco, small(row(1)), column_0="surname", column_1="upn")
    assert counts(answer.text)["Refused"] == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("roll.pdf", b"%PDF-1.7 ...", "This is a PDF"),
        ("roll.csv", b"", "Choose a file"),
        ("roll.csv", b"just some words\nand more", "No line looks like headings"),
        ("roll.csv", b"UPN,Surname,Forename,DoB\nA\0B,x,y,z", ""),
        ("roll.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file"),
        ("roll.xlsx", b"PK\x03\x04" + b"\0" * 60, "damaged"),
        ("roll.csv", HEADER.encode(), "no rows under them"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_field(house: House, name: str, content: bytes, says: str) -> None:
    answer = upload(house.as_role("senco"), content, name)
    assert answer.status_code == 422
    assert says in errors(answer.text)[0]
    assert '<a href="#file">' in answer.text


def test_a_workbook_that_unfolds_without_end_is_refused(house: House) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    assert len(out.getvalue()) < 1_000_000
    answer = upload(house.as_role("senco"), out.getvalue(), "roll.xlsx")
    assert answer.status_code == 422


def test_a_workbook_is_read_like_a_text(house: House) -> None:
    senco = house.as_role("senco")
    rows = [line.split(",") for line in (row(1, sen="K", need="SLCN"), row(2))]
    content = xlsx_bytes("Roll", HEADER.split(","), rows)
    path, page = preview(senco, content, "roll.xlsx")
    assert counts(page.text)["New"] == 2
    assert confirm(senco, path, page.text).status_code == 303
    assert on_register(house) == (1, 0)


def test_an_upload_is_its_uploader_s_alone(house: House) -> None:
    senco, head = house.as_role("senco"), house.as_role("head")
    path, page = preview(senco, small(row(1)))
    token = head.form(IMPORT)["token"]
    job = senco.raw_post(path, data=hidden(senco.get(path).text, path) | mapped(senco.get(path).text))
    for address in (path, f"{path}/preview?job={uuid4()}", job.headers["location"], f"{path}/done?job={uuid4()}"):
        assert head.get(address).status_code == 404
    before = house.log_size()
    for address in (path, f"{path}/confirm"):
        assert head.raw_post(address, data={"token": token}).status_code == 404
    assert senco.get(f"{IMPORT}/{uuid4()}").status_code == 404
    assert house.log_size() == before
    assert confirm(senco, path, page.text).status_code == 303


def test_an_upload_is_forgotten_after_it_is_confirmed_and_after_a_day(house: House) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(1)))
    confirm(senco, path, page.text)
    assert senco.get(path).status_code == 404
    taken = upload(senco, small(row(2))).headers["location"]
    house.clock.forward(24 * 3600 + 1)
    senco.sign_in(email_of("senco", NORTH))
    assert senco.get(taken).status_code == 404


def test_a_formula_is_kept_as_text_and_disarmed_when_it_leaves(house: House) -> None:
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(1, surname="=1+1", sen="K", need="SLCN")))
    assert "looks like a formula" in page.text
    confirm(senco, path, page.text)
    assert [fact.surname for fact in house.recorded(PupilEnrolled)] == ["=1+1"]
    for of in ("pupils", "register"):
        told = senco.get(f"/{NORTH}/{of}/list.csv").content.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(told)))[1][0] == "'=1+1"
        book = CalamineWorkbook.from_filelike(io.BytesIO(senco.get(f"/{NORTH}/{of}/list.xlsx").content))
        assert book.get_sheet_by_index(0).to_python()[1][0] == "=1+1"
        with zipfile.ZipFile(io.BytesIO(senco.get(f"/{NORTH}/{of}/list.xlsx").content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_child_of_another_academy_keeps_one_id(house: House) -> None:
    there = house.pupil(urn=SOUTH, upn=upn(7), born_on=date(2017, 3, 4))
    senco = house.as_role("senco")
    path, page = preview(senco, small(row(7), row(8)))
    assert "On roll at another academy of the trust too" in page.text
    confirm(senco, path, page.text)
    assert there in {event.subject for event in house.facts(PupilEnrolled)}
    _, page = preview(senco, small(row(7), row(8), row(9)), whole="part")
    assert counts(page.text)["New"] == 1


def test_a_upn_held_with_another_birth_date_is_refused(house: House) -> None:
    house.pupil(urn=SOUTH, upn=upn(7), born_on=date(2016, 1, 1), surname="Secret")
    _, page = preview(house.as_role("senco"), small(row(7)))
    assert counts(page.text)["Refused"] == 1
    assert "Secret" not in page.text


def test_with_the_register_off_only_the_roll_is_taken(house: House) -> None:
    house.switch(on=False)
    senco = house.as_role("senco")
    path, page = preview(senco, (DATA / FILES[0]).read_bytes(), FILES[0])
    assert "SEN provision" not in senco.get(path).text
    confirm(senco, path, page.text)
    assert pupils(house) > 300
    house.switch(on=True)
    assert on_register(house) == (0, 0)


def test_two_who_import_the_same_file_at_once_make_each_pupil_once(house: House) -> None:
    content = small(*(row(number) for number in range(1, 40)))
    desks = [house.desk(email_of("senco", NORTH), NORTH), house.desk(email_of("head", NORTH), NORTH)]
    sheet = read_sheet(content, "roll.csv")
    command = ImportRoll("roll.csv", content, match(sheet.header, PUPIL_COLUMNS), whole=False)
    barrier = Barrier(2)

    def run(desk: Desk) -> bool:
        barrier.wait()
        try:
            desk.do(command)
        except (Stale, Refused):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, desks)) == 1
    assert pupils(house) == 39


def test_every_refused_row_can_be_taken_away(house: House) -> None:
    senco = house.as_role("senco")
    content = small(row(1), *(row(number, born="31/31/2014") for number in range(2, 260)))
    _, answer = preview(senco, content)
    found = re.search(r'href="([^"]+/refused\.csv[^"]*)"', answer.text)
    assert found is not None
    lines = senco.get(html.unescape(found[1])).text.splitlines()
    assert len(lines) == 1 + 258
    assert "Date of birth is not a day" in lines[-1]
