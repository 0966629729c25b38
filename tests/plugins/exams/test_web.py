"""Who sees which page of exams and which candidate; and the list of them."""

from __future__ import annotations

import csv
import io
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Exported, Opened, TurnedAway
from plugins.exams.facts import (
    CandidateNumbered,
    PrimaryArranged,
)
from tests.core.house import NORTH, Browser, House
from tests.plugins.exams.candidates import (
    COMPLETE,
    EXAMS,
    LEARNING,
    candidate,
    noting,
    paper,
    words,
)
from tests.plugins.exams.decided import agreed, applied, approved, used

NOVEMBER = date(2026, 11, 10)


def pages_of(pupil: UUID) -> list[str]:
    return [
        f"{EXAMS}{path}"
        for path in (
            "",
            f"/pupils/{pupil}",
            f"/check/{pupil}",
            f"/working/{pupil}",
            f"/decisions/{pupil}/apply",
            f"/decisions/{pupil}/agree",
            f"/decisions/{pupil}/primary",
            f"/numbers/{pupil}",
            *(f"/evidence/{pupil}/{what}" for what in ("need", "score", "form", "piece", "breaks", "language", "told")),
        )
    ]


# Who may


@pytest.mark.parametrize(
    ("role", "statuses"),
    [  # list, candidate, check, working, decisions three times, numbers, evidence seven times
        ("senco", [200] * 15),
        ("class_teacher", [200, 200, 403, 200, 403, 403, 403, 403, *[403] * 7]),
        ("exams_officer", [200, 200, 200, 403, 403, 403, 403, 200, *[403] * 7]),
        ("head", [200, 200, 200, 403, 403, 403, 403, 403, *[403] * 7]),
        ("send_admin", [200, 200, 404, 200, 403, 403, 403, 403, *[404] * 7]),
        ("head_of_year", [200, 404, 403, 403, 403, 403, 403, 403, *[403] * 7]),
        ("dsl", [403] * 15),
    ],
)
def test_each_page_opens_to_those_whose_work_it_is(house: House, role: str, statuses: list[int]) -> None:
    pupil, browser = candidate(house, *COMPLETE), house.as_role(role)
    assert [browser.get(path).status_code for path in pages_of(pupil)] == statuses


def test_a_pupil_outside_the_caseload_is_not_found_and_not_listed(house: House) -> None:
    mine = candidate(house, used("RD"), surname="Mine")
    other = candidate(house, used("RD"), surname="Other", form="11D")
    teacher = house.as_role("class_teacher")
    shown = teacher.get(EXAMS).text
    assert "Mine, Robin" in shown
    assert "Other, Robin" not in shown
    token = teacher.form(f"{EXAMS}/working/{mine}")
    before = house.log_size(), house.log_size(f"{NORTH}-reads")
    for path in (f"{EXAMS}/pupils/{other}", f"{EXAMS}/working/{other}"):
        assert teacher.get(path).status_code == 404
    assert teacher.raw_post(f"{EXAMS}/working/{other}", data=token | noting()).status_code == 404
    house.building.settle()
    assert (house.log_size(), house.log_size(f"{NORTH}-reads")) == (before[0], before[1] + 1)
    assert isinstance(house.events(f"{NORTH}-reads")[-1].fact, TurnedAway), "that they asked, and nothing else"


def test_off_is_not_found(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE), house.as_role("senco")
    house.switch(on=False, plugin="exams")
    assert {senco.get(path).status_code for path in pages_of(pupil)} == {404}


def test_a_pupil_who_is_nobody_here_is_not_found(house: House) -> None:
    senco = house.as_role("senco")
    assert {senco.get(path).status_code for path in pages_of(uuid4())[1:]} == {404}


def test_every_page_has_one_heading_of_the_first_rank_and_no_name_in_its_title(house: House) -> None:
    pupil, senco = candidate(house, *COMPLETE, used("ET25"), applied("ET25")), house.as_role("senco")
    for path in pages_of(pupil):
        shown = senco.get(path).text
        assert shown.count("<h1>") == 1, path
        assert "Sample" not in shown.partition("</title>")[0]
        assert "style=" not in shown


def test_opening_is_recorded_for_what_was_shown_and_no_more(house: House) -> None:
    pupil = candidate(house, *COMPLETE)
    for role, extra in (("class_teacher", {"exams.working"}), ("exams_officer", {"exams.evidence", "exams.entries"})):
        before = len(house.facts(Opened, f"{NORTH}-reads"))
        house.as_role(role).get(f"{EXAMS}/pupils/{pupil}")
        told_of = {event.record for event in house.facts(Opened, f"{NORTH}-reads")[before:]}
        assert told_of == {"core.identity", "exams.arrangements", *extra}


# The list


def lines(browser: Browser, query: str = "") -> list[dict[str, str]]:
    content = browser.get(f"{EXAMS}/list.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_list_begins_with_words_that_say_how_to_begin(house: House) -> None:
    house.pupil(surname="Nothing")
    for role, says in (("senco", "name the need"), ("class_teacher", "note what the pupil uses in class")):
        shown = words(house.as_role(role).get(EXAMS).text)
        assert "Nothing is on record for exams yet" in shown
        assert says in shown


def test_anything_on_record_makes_a_candidate(house: House) -> None:
    for surname, fact in {
        "File": LEARNING,
        "Use": used("RD"),
        "Arrangement": agreed("WP"),
        "Entry": CandidateNumbered("61205", "0417", "", NOVEMBER),
        "Primary": PrimaryArranged(uuid4(), "KS2", 2027, "reader", "maths", None, "", NOVEMBER, ""),
    }.items():
        candidate(house, fact, surname=surname)
    house.pupil(surname="Nothing")
    senco = house.as_role("senco")
    assert {line["Surname"] for line in lines(senco)} == {"File", "Use", "Arrangement", "Primary"}
    everybody = {line["Surname"] for line in lines(senco, "?show=everybody")}
    assert everybody == {"File", "Use", "Arrangement", "Entry", "Primary"}
    # a file is no trace for whoever may not read files
    shown = house.as_role("class_teacher").get(EXAMS).text
    assert "File, Robin" not in shown
    assert "Use, Robin" in shown


def test_the_list_is_filtered_by_what_wants_doing(house: House) -> None:
    entry = paper(house, "Mathematics paper 1", date(2027, 5, 10))
    today = house.building.today
    candidate(house, *approved("ET25", date(2024, 11, 12)), entry, surname="Lapsing")
    candidate(house, *approved("RD", date(2024, 10, 20)), surname="Expiring", year="10")
    candidate(house, *approved("RD", date(2024, 9, 1)), surname="Gone")
    candidate(house, applied("SC"), surname="Waiting")
    candidate(house, *COMPLETE, *approved("ET25", date(2026, 10, 15)), entry, surname="Ready")
    senco = house.as_role("senco")
    assert today == date(2026, 11, 16)
    for query, surnames in {
        "?show=lapsing": ["Lapsing"],
        "?show=expiring": ["Expiring", "Lapsing"],
        "?show=waiting": ["Waiting"],
        "?show=missing": ["Expiring", "Lapsing", "Waiting"],
        "?year=10": ["Expiring"],
        "?arrangement=ET25": ["Lapsing", "Ready"],
        "?show=nonsense": ["Expiring", "Gone", "Lapsing", "Ready", "Waiting"],
    }.items():
        assert [line["Surname"] for line in lines(senco, query)] == surnames, query
    told_of = {line["Surname"]: line for line in lines(senco)}
    assert told_of["Lapsing"]["Holds until"] == "2027-01-12"
    assert told_of["Lapsing"]["State"] == "lapses before an exam"
    assert told_of["Expiring"]["State"] == "34 days"
    assert told_of["Gone"]["State"] == "expired"
    assert told_of["Gone"]["Arrangements"] == "RD (expired)"
    assert told_of["Waiting"]["Arrangements"] == "SC (applied for)"
    assert told_of["Waiting"]["Need"] == ""
    assert told_of["Ready"]["Need"] == "Learning difficulty"
    assert told_of["Ready"]["Missing evidence"] == ""
    assert "Form 8 Part 1" in told_of["Waiting"]["Missing evidence"]
    shown = senco.get(EXAMS).text
    assert '<abbr title="25% extra time, learning difficulty">ET25</abbr>' in shown
    for show, count in (("lapsing", 1), ("expiring", 2), ("waiting", 1)):
        assert f'<a href="{EXAMS}?show={show}">{count}</a>' in shown
    for sort in ("name", "-year", "need", "until", "missing", "nonsense"):
        assert senco.get(f"{EXAMS}?sort={sort}").status_code == 200


def test_an_approval_that_was_renewed_lapses_no_more(house: House) -> None:
    entry = paper(house, "Mathematics paper 1", date(2027, 5, 10))
    candidate(house, *approved("ET25", date(2024, 11, 12)), *approved("ET25", date(2026, 10, 1)), entry)
    (line,) = lines(house.as_role("senco"))
    assert (line["Holds until"], line["State"]) == ("2028-12-01", "")


def test_a_name_searched_for_stands_in_no_address(house: House) -> None:
    candidate(house, LEARNING, surname="Byron")
    candidate(house, LEARNING, surname="Lovelace")
    senco = house.as_role("senco")
    found = senco.post(EXAMS, q="byron", year="", arrangement="", show="")
    assert "byron" not in found.headers["location"].lower()
    shown = senco.get(found.headers["location"]).text
    assert "Byron, Robin" in shown
    assert "Lovelace, Robin" not in shown


def test_need_and_missing_evidence_are_for_those_who_may_read_the_file(house: House) -> None:
    candidate(house, LEARNING, applied("ET25"))
    for role, sees in (("senco", True), ("exams_officer", True), ("class_teacher", False), ("send_admin", False)):
        shown = house.as_role(role).get(f"{EXAMS}?sort=missing").text
        assert ("Learning difficulty" in words(shown)) == sees, role
        assert ("the assessment" in words(shown)) == sees, role
    assert "Robin" in house.as_role("exams_officer").get(f"{EXAMS}?show=missing").text
    assert "Robin" not in house.as_role("class_teacher").get(f"{EXAMS}?show=missing").text


def test_taking_the_list_away_is_recorded_and_holds_evidence_only_for_who_may_take_it(house: House) -> None:
    candidate(house, LEARNING, applied("ET25"))
    senco, officer = house.as_role("senco"), house.as_role("exams_officer")
    assert "Missing evidence" in lines(senco)[0]
    assert "Missing evidence" not in lines(officer)[0]
    assert "Learning difficulty" not in officer.get(f"{EXAMS}/list.csv").text
    assert officer.get(f"{EXAMS}/list.xlsx").content[:2] == b"PK"
    assert house.as_role("head").get(f"{EXAMS}/list.csv").status_code == 403
    reads = f"{NORTH}-reads"
    exported = zip(house.facts(Exported, reads), house.recorded(Exported, reads), strict=True)
    taken = [(event.record, fact.rows) for event, fact in exported]
    assert taken == [("exams.arrangements", 1), ("exams.evidence", 1), *[("exams.arrangements", 1)] * 3]
