"""The timetable's pages: import with its preview, the list with what clashes, one paper, and the lists to print."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from datetime import date
from uuid import uuid4

import httpx
import pytest
from python_calamine import CalamineWorkbook

from core.accounts.facts import Exported, Opened
from core.roll.facts import PupilDetailsChanged
from plugins.exams.facts import CandidateNumbered, EntryEnded, EntryMade, PaperSet
from plugins.exams.views import paper_id
from tests.core.house import NORTH, SOUTH, Browser, House, errors, hidden, on

from .candidates import EXAMS, part, told, words
from .timetables import CENTRE, UCIS, agreed, approved, paper, row, timetable, year_11

PAPERS = f"{EXAMS}/papers"
IMPORT = f"{PAPERS}/import"
READ_ON = date(2026, 9, 20)
LITERATURE = f"{PAPERS}/{paper_id(paper())}"


def upload(someone: Browser, content: bytes, name: str = "timetable.csv", centre: str = CENTRE) -> httpx.Response:
    return someone.post(IMPORT, files={"file": (name, content, "text/csv")}, centre=centre)


def preview(someone: Browser, content: bytes, **more: str) -> tuple[str, httpx.Response]:
    """Uploads a file; the upload's address and its preview."""
    taken = upload(someone, content, **more)
    assert taken.status_code == 303, errors(taken.text)
    address = taken.headers["location"]
    return address.partition("/preview")[0], someone.get(address)


def confirm(someone: Browser, path: str, page: str) -> httpx.Response:
    return someone.raw_post(f"{path}/confirm", data=hidden(page, f"{path}/confirm"))


def take(house: House, *rows: str) -> None:
    """The exams officer imports these rows."""
    officer = house.as_role("exams_officer")
    path, page = preview(officer, timetable(*rows))
    assert confirm(officer, path, page.text).status_code == 303


def counts(page: str) -> dict[str, int]:
    """The figures at the head of a page."""
    found = re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]*>)?([\d,]+)", page)
    return {label: int(value.replace(",", "")) for label, value in found}


def cells(page: str, of: str) -> list[str]:
    """The words of a row of a table, cell by cell, by the words of its heading."""
    for one in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        found = [words(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", one, re.DOTALL)]
        if any(cell.startswith(of) for cell in found):
            return found
    raise AssertionError(f"no row of {of}")


# Import


def test_nothing_is_recorded_before_it_is_confirmed_and_all_of_it_then(house: House) -> None:
    first, second = year_11(house)
    officer, before = house.as_role("exams_officer"), house.log_size()
    path, page = preview(officer, timetable(row(1, uci=UCIS[0]), row(2), row(2, code="8702/2")))
    assert page.status_code == 200
    assert counts(page.text) == {
        "New papers": 2, "Changed papers": 0, "New candidates": 2, "Numbers that change": 0, "New entries": 3,
        "Refused rows": 0,
    }  # fmt: skip
    assert house.log_size() == before
    answer = confirm(officer, path, page.text)
    assert answer.status_code == 303
    assert house.log_size() == before + 7
    done = officer.get(answer.headers["location"]).text
    assert "Imported and recorded" in done
    assert counts(done) == {"Entries": 7}
    assert {event.subject for event in house.facts(EntryMade)} == {first, second}
    assert len({event.recorded_at for event in house.facts(PaperSet)}) == 2


def test_the_same_confirmation_records_nothing_more(house: House) -> None:
    year_11(house)
    officer = house.as_role("exams_officer")
    path, page = preview(officer, timetable(row(1)))
    sent = hidden(page.text, f"{path}/confirm")
    first = officer.raw_post(f"{path}/confirm", data=sent)
    after = house.log_size()
    second = officer.raw_post(f"{path}/confirm", data=sent)
    assert first.headers["location"] == second.headers["location"]
    assert house.log_size() == after


def test_a_change_is_shown_with_what_it_was(house: House) -> None:
    year_11(house)
    take(house, row(1), row(2))
    moved = [row(nth, start="13:30", sits_on="11/05/2027", number=f"{nth + 10:04}") for nth in (1, 2)]
    path, page = preview(house.as_role("exams_officer"), timetable(*moved))
    assert counts(page.text)["Changed papers"] == 1
    assert counts(page.text)["Numbers that change"] == 2
    assert cells(page.text, "English Literature Paper 1")[1] == (
        "Day was 10 May 2027 → becomes 11 May 2027 Start was 09:00 → becomes 13:30"
    )
    assert cells(page.text, "Sample1, Robin")[1] == "Number was 0001 → becomes 0011"
    assert path


def test_a_file_that_is_on_record_has_nothing_to_confirm(house: House) -> None:
    year_11(house)
    take(house, row(1))
    path, page = preview(house.as_role("exams_officer"), timetable(row(1)))
    assert "There is nothing to record." in page.text
    with pytest.raises(AssertionError):
        hidden(page.text, f"{path}/confirm")


def test_a_file_with_one_refused_row_records_nothing_whatever_is_sent(house: House) -> None:
    year_11(house)
    officer, before = house.as_role("exams_officer"), house.log_size()
    path, page = preview(officer, timetable(row(1), row(2, sits_on="31/06/2027")))
    assert "Nothing can be recorded yet." in page.text
    assert counts(page.text)["Refused rows"] == 1
    assert cells(page.text, "3")[2:] == ["8702/1, 0002", "Date is not a day such as 10/05/2027. Correct it."]
    token = officer.form(IMPORT)["token"]
    answer = officer.raw_post(f"{path}/confirm", data={"token": token})
    assert answer.status_code == 422
    assert house.log_size() == before


def test_every_refused_and_every_doubtful_row_can_be_taken_away(house: House) -> None:
    year_11(house)
    officer = house.as_role("exams_officer")
    wrong = [row(1, minutes="long", code=f"870{nth}") for nth in range(250)]
    _, page = preview(officer, timetable(*wrong, row(2, tests="spelling")))
    assert "and 50 more" in page.text
    found = re.search(r'href="([^"]+/refused\.csv[^"]*)"', page.text)
    assert found is not None
    lines = list(csv.reader(io.StringIO(officer.get(html.unescape(found[1])).content.decode("utf-8-sig"))))
    assert len(lines) == 1 + 251
    assert lines[1][2:] == [
        "8700, 0001", "refused", "Minutes is not a whole number of minutes from 1 to 600. Correct it.", "",
    ]  # fmt: skip
    assert lines[-1][3] == "taken, with a doubt"
    assert [event.fact.what for event in house.facts(Exported, f"{NORTH}-reads")] == [  # type: ignore[union-attr]
        "refused rows of a timetable"
    ]


@pytest.mark.parametrize(
    ("content", "centre", "field", "says"),
    [
        (timetable(row(1)), "1234", "centre", "five digits"),
        (timetable(row(1)), "", "centre", "five digits"),
        (b"", CENTRE, "file", "Choose a file"),
        (b"%PDF-1.7", CENTRE, "file", "This is a PDF"),
        (b"Name,Age\r\nAda,11", CENTRE, "file", "No line looks like headings"),
        (timetable(row(1)).replace(b"Duration", b"Room"), CENTRE, "file", "Minutes"),
        ("UPN,Date,Start,Titel\r\nA1,Mü,x,y".encode() + b"\xe9", CENTRE, "file", "UTF-8"),
    ],
)
def test_what_is_no_timetable_is_refused_at_its_field(
    house: House, content: bytes, centre: str, field: str, says: str
) -> None:
    answer = upload(house.as_role("exams_officer"), content, centre=centre)
    assert answer.status_code == 422
    assert says in errors(answer.text)[0]
    assert f'href="#{field}"' in answer.text
    assert f'value="{centre}"' in answer.text


def test_a_file_of_more_than_a_megabyte_is_taken(house: House) -> None:
    year_11(house)
    note = ",".join(["x" * 9_990] * 120).encode()
    _, page = preview(house.as_role("exams_officer"), note + b"\r\n" + timetable(row(1)))
    assert counts(page.text)["New entries"] == 1


def test_a_preview_that_no_longer_holds_is_not_confirmed(house: House) -> None:
    first, _ = year_11(house)
    officer = house.as_role("exams_officer")
    path, page = preview(officer, timetable(row(1)))
    told(house, first, CandidateNumbered(CENTRE, "0001", "", READ_ON))
    before = house.log_size()
    answer = confirm(officer, path, page.text)
    assert answer.status_code == 409
    assert "have changed since this preview was made" in answer.text
    assert house.log_size() == before


def test_an_upload_is_of_whoever_sent_it_alone(house: House) -> None:
    year_11(house)
    officer, senco = house.as_role("exams_officer"), house.as_role("senco")
    taken = upload(officer, timetable(row(1)))
    assert officer.get(taken.headers["location"]).status_code == 200
    assert senco.get(taken.headers["location"]).status_code == 404
    path = taken.headers["location"].partition("/preview")[0]
    answer = senco.raw_post(f"{path}/confirm", data={"token": senco.form(IMPORT)["token"]})
    assert answer.status_code == 404
    assert officer.get(f"{IMPORT}/{uuid4()}/preview?job={uuid4()}").status_code == 404


def test_the_usual_centre_stands_there_already(house: House) -> None:
    year_11(house)
    take(house, row(1))
    assert f'name="centre" type="text" value="{CENTRE}"' in house.as_role("exams_officer").get(IMPORT).text


def test_no_name_of_a_pupil_stands_in_an_upload_s_rows(house: House) -> None:
    year_11(house)
    headed = timetable(row(1, minutes="0")).decode().replace("Tests", "Tests,Surname").replace(",\r\n", ",,Secret\r\n")
    _, page = preview(house.as_role("exams_officer"), f"{headed},Secret".encode())
    assert "Secret" not in page.text


# The list


def test_papers_are_told_by_day_and_session_with_who_has_what(house: House) -> None:
    first, second = year_11(house)
    told(house, first, *approved("ET25", READ_ON, percent=25), agreed("SRB", minutes=15))
    told(house, second, agreed("WP"))
    take(house, row(1), row(2), row(1, code="8461/1H", title="Biology", start="13:30", minutes="90"))
    page = house.as_role("exams_officer").get(PAPERS).text
    assert "2 papers on 1 day." in words(page)
    assert page.index("Mon 10 May 2027, morning") < page.index("Mon 10 May 2027, afternoon")
    assert cells(page, "English Literature")[1:] == ["GCSE", "09:00", "105", "2", "1", "1", "11:27"]
    assert cells(page, "Biology")[1:] == ["GCSE", "13:30", "90", "1", "1", "0", "15:38"]
    assert counts(page) == {"Candidates": 2, "Entries": 3, "With extra time": 1, "Clashes": 0}


def test_papers_that_were_sat_are_shown_by_their_series(house: House) -> None:
    year_11(house)
    take(house, row(1, series="June 2026", sits_on="11/05/2026", title="Sat last year"))
    officer = house.as_role("exams_officer")
    assert "No paper is still to sit." in officer.get(PAPERS).text
    assert "Sat last year" in officer.get(f"{PAPERS}?series=2026-06").text


def test_the_filters_leave_what_fits_and_can_be_taken_off(house: House) -> None:
    year_11(house)
    later = {"sits_on": "17/05/2027", "subject": "Biology", "code": "8461/1H", "title": "Biology"}
    take(house, row(1), row(1, **later))
    officer = house.as_role("exams_officer")
    answer = officer.post(PAPERS, series="2027-06", day="2027-05-17", subject="")
    assert answer.headers["location"] == f"{PAPERS}?series=2027-06&day=2027-05-17"
    page = officer.get(answer.headers["location"]).text
    assert "Biology" in page
    assert "English Literature Paper 1" not in page
    assert "No paper fits these filters." in officer.get(f"{PAPERS}?subject=HIST").text
    assert "English Literature Paper 1" in officer.get(f"{PAPERS}?subject=ENG-LIT").text


def test_clashes_are_told_with_their_rule_and_those_that_fit_in_one_line(house: House) -> None:
    first, _ = year_11(house)
    told(house, first, *approved("ET25", READ_ON, percent=25))
    biology = {"start": "10:30", "minutes": "60", "subject": "Biology", "code": "8461/1H", "title": "Biology"}
    both = [row(nth, **biology) for nth in (1, 2)]
    take(house, row(1), row(2), *both)
    page = house.as_role("exams_officer").get(PAPERS).text
    said = part(page, r"Papers that clash.*?")
    assert "1 candidate sits papers one after the other" in said
    assert cells(page, "Sample1, Robin")[3].startswith("move one 207 minutes are more than 180")
    assert "/rules/exams.session_clash" in page
    subject = house.as_role("exams_officer").get(f"{PAPERS}?subject=ENG-LIT").text
    assert "move one" in subject  # the other paper counts though another subject is shown
    assert "move one" not in house.as_role("exams_officer").get(f"{PAPERS}?day=2027-05-11").text


def test_the_timetable_can_be_taken_away_and_that_is_recorded(house: House) -> None:
    first, _ = year_11(house)
    told(house, first, *approved("ET25", READ_ON, percent=25))
    take(house, row(1, title="=Paper"), row(2, title="=Paper"))
    officer = house.as_role("exams_officer")
    lines = list(csv.reader(io.StringIO(officer.get(f"{PAPERS}/list.csv").content.decode("utf-8-sig"))))
    assert lines[1] == [
        "June 2027", "AQA", "GCSE", "English Literature", "8702/1", "'=Paper", "2027-05-10", "AM", "09:00", "105", "2",
        "1", "0", "11:12", "",
    ]  # fmt: skip
    content = officer.get(f"{PAPERS}/list.xlsx?series=2027-06").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert book[1][5:7] == ["=Paper", date(2027, 5, 10)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    exported = [event.fact for event in house.facts(Exported, f"{NORTH}-reads")]
    assert [fact.what for fact in exported] == ["Exam timetable"] * 2  # type: ignore[union-attr]


def test_an_empty_timetable_says_what_comes_next(house: House) -> None:
    assert "Import the timetable" in house.as_role("exams_officer").get(PAPERS).text
    assert "The exams officer imports" in house.as_role("head").get(PAPERS).text


# One paper


def test_a_paper_lists_its_candidates_by_number_with_what_each_may_use(house: House) -> None:
    first, _ = year_11(house)
    told(house, first, *approved("ET25", READ_ON, percent=25), agreed("SRB", minutes=15), *approved("RD", READ_ON))
    take(house, row(1, number="0900", tests="reading"), row(2, number="0100", tests="reading"))
    page = house.as_role("exams_officer").get(LITERATURE).text
    assert page.index("Sample2, Robin") < page.index("Sample1, Robin")
    said = "A reader may not read a paper that tests reading. A computer reader may."
    told_so = cells(page, "0900")
    assert told_so[:7] == ["0900", "Sample1, Robin", "ET25 · SRB", "09:00", "11:27", "27 min (25%)", "15 min"]
    assert told_so[7:] == [f"{said} The rule behind this, for Sample1, Robin", "Take out Sample1, Robin"]
    assert cells(page, "0100")[2:6] == ["", "09:00", "10:45", ""]
    assert '<abbr title="25% extra time">ET25</abbr>' in page
    assert "/rules/exams.component" in page
    assert "Tests reading" in words(page)
    assert "Last finish 11:27" in words(page)


def test_a_candidate_is_taken_out_with_day_and_reason(house: House) -> None:
    first, _ = year_11(house)
    take(house, row(1), row(2))
    officer, path = house.as_role("exams_officer"), f"{LITERATURE}/entries/{first}/end"
    shown = officer.get(path).text
    assert "Robin Sample1" in shown
    empty = officer.post(
        path,
        reason="",
        **{name.replace("-", "__"): value for name, value in on("ended_on", date(2026, 11, 16)).items()},
    )
    assert (empty.status_code, errors(empty.text)) == (422, ["Enter why."])
    told_so = on("ended_on", date(2026, 11, 16)) | {"reason": "Withdrawn from the subject"}
    answer = officer.raw_post(path, data=officer.form(path) | told_so)
    assert (answer.status_code, answer.headers["location"]) == (303, LITERATURE)
    page = officer.get(LITERATURE).text
    assert "Taken out of the paper." in page
    assert "Sample1, Robin" not in page
    assert [event.fact.reason for event in house.facts(EntryEnded)] == ["Withdrawn from the subject"]  # type: ignore[union-attr]
    assert officer.get(path).status_code == 404
    opened = [event for event in house.facts(Opened, f"{NORTH}-reads") if event.subject == first]
    assert {event.record for event in opened} >= {"core.identity", "exams.entries"}


def test_someone_was_first_to_take_a_candidate_out(house: House) -> None:
    first, _ = year_11(house)
    take(house, row(1))
    officer, path = house.as_role("exams_officer"), f"{LITERATURE}/entries/{first}/end"
    sent = officer.form(path) | on("ended_on", date(2026, 11, 16)) | {"reason": "Withdrawn"}
    told(house, first, CandidateNumbered(CENTRE, "0099", "", date(2026, 11, 16)))
    assert officer.raw_post(path, data=sent).status_code == 409
    assert house.facts(EntryEnded) == []


def test_a_paper_nobody_set_is_not_there(house: House) -> None:
    officer = house.as_role("exams_officer")
    assert officer.get(f"{PAPERS}/{uuid4()}").status_code == 404
    first, _ = year_11(house)
    take(house, row(1))
    assert officer.get(f"{PAPERS}/{uuid4()}/entries/{first}/end").status_code == 404
    assert officer.get(f"{LITERATURE}/entries/{uuid4()}/end").status_code == 404


# Lists to print


def test_the_printed_list_has_codes_and_times_and_never_why(house: House) -> None:
    first, _ = year_11(house)
    told(house, first, *approved("ET25-N", READ_ON, percent=25), agreed("SRB", minutes=15))
    later = [row(nth, sits_on="17/05/2027", code="8702/2") for nth in (1, 2)]
    take(house, row(1), row(2), *later)
    officer = house.as_role("exams_officer")
    page = officer.get(f"{PAPERS}/print?series=2027-06").text
    assert page.count('class="ts-day"') == 2
    assert cells(page, "0001") == ["0001", "Sample1, Robin", "ET25 · SRB", "09:00", "11:27", "27 min (25%)", "15 min"]
    key = part(page, "What the codes mean")
    assert "SRB Supervised rest breaks" in key
    assert "ET25 25% extra time SRB" in key
    for need in ("ET25-N", "other need", "learning difficulty", "EHC"):
        assert need not in page
    assert page.index("What the codes mean") > page.rindex("0002")
    day = officer.get(f"{PAPERS}/print?day=2027-05-17").text
    assert "Mon 10 May 2027" not in day
    exported = [event.fact for event in house.facts(Exported, f"{NORTH}-reads")]
    assert [(fact.what, fact.rows) for fact in exported] == [("Exam lists to print", 4), ("Exam lists to print", 2)]  # type: ignore[union-attr]


def test_a_list_of_nothing_says_so(house: House) -> None:
    assert "No paper fits." in house.as_role("exams_officer").get(f"{PAPERS}/print?series=2030-06").text


# Who may


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("class_teacher", PAPERS, 403),
        ("class_teacher", f"{PAPERS}/print", 403),
        ("class_teacher", LITERATURE, 403),
        ("class_teacher", IMPORT, 403),
        ("head", PAPERS, 200),
        ("head", f"{PAPERS}/print", 200),
        ("head", IMPORT, 403),
        ("head", f"{PAPERS}/list.csv", 403),
        ("send_admin", PAPERS, 200),
        ("send_admin", IMPORT, 403),
        ("exams_officer", IMPORT, 200),
        ("senco", IMPORT, 200),
    ],
)
def test_papers_are_for_those_who_were_granted_them(house: House, role: str, path: str, status: int) -> None:
    year_11(house)
    take(house, row(1))
    assert house.as_role(role).get(path).status_code == status


def test_acts_are_offered_to_those_who_may_do_them(house: House) -> None:
    year_11(house)
    take(house, row(1))
    head, officer = house.as_role("head"), house.as_role("exams_officer")
    for offered in ("Import a timetable", "CSV"):
        assert offered in officer.get(PAPERS).text
        assert offered not in head.get(PAPERS).text
    assert "Take out" not in head.get(LITERATURE).text


def test_another_academy_has_papers_of_its_own_and_none_while_exams_are_off(house: House) -> None:
    year_11(house)
    take(house, row(1))
    assert house.as_role("senco", SOUTH).get(LITERATURE.replace(NORTH, SOUTH)).status_code == 404
    house.switch(on=False, plugin="exams")
    assert house.as_role("exams_officer").get(PAPERS).status_code == 404


def test_what_a_pupil_is_called_now_stands_in_the_list(house: House) -> None:
    first, _ = year_11(house)
    take(house, row(1))
    house.tell(first, PupilDetailsChanged(date(2026, 11, 1), surname="Ash"))
    assert "Ash, Robin" in house.as_role("exams_officer").get(LITERATURE).text
