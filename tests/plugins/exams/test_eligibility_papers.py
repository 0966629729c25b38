"""The worked examples of the domain notes on approvals, papers and primary tests, as the pages tell them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from events import Fact
from plugins.exams.facts import (
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    NeedNamed,
    PrimaryArranged,
)
from plugins.register.facts import PlacedOnRegister
from tests.core.house import House
from tests.plugins.exams.candidates import (
    EXAMS,
    candidate,
    outcomes,
    paper,
    part,
)

FINE, DOUBT, AGAINST, MISSING = "nothing stands against it", "in doubt", "stands against it", "missing"


def approved(arrangement: str, on: date, percent: int | None = None) -> list[Fact]:
    decision = uuid4()
    return [
        ArrangementApplied(decision, arrangement, percent, "GCSE", "61205", "2025-26", "OK", "", on, ""),
        ArrangementApproved(decision, on, None, ""),
    ]


@pytest.mark.parametrize(
    ("approved_on", "sits_on", "until", "lapses"),
    [
        pytest.param(date(2024, 11, 12), date(2027, 5, 10), "12 January 2027", True, id="16"),
        pytest.param(date(2025, 3, 3), date(2027, 5, 10), "3 May 2027", True, id="17"),
        pytest.param(date(2025, 3, 3), date(2027, 4, 29), "3 May 2027", False, id="17b"),
        pytest.param(date(2025, 6, 30), date(2027, 6, 25), "30 August 2027", False, id="18"),
        pytest.param(date(2024, 12, 31), date(2027, 2, 26), "28 February 2027", False, id="19"),
    ],
)
def test_an_approval_is_told_with_the_first_exam_it_does_not_reach(
    house: House, approved_on: date, sits_on: date, until: str, lapses: bool
) -> None:
    pupil = candidate(house, *approved("ET25", approved_on, 25), paper(house, "Mathematics paper 1", sits_on))
    shown = house.as_role("senco").get(f"{EXAMS}/pupils/{pupil}").text
    said = part(shown, "Arrangements")
    assert until in said
    assert (f"lapses before Mathematics paper 1 on {sits_on.day} {sits_on:%B %Y}" in said) == lapses
    assert ("25% extra time, learning difficulty: lapses before." in part(shown, "Papers")) == lapses
    assert ("lapses before an exam" in house.as_role("senco").get(EXAMS).text) == lapses


@pytest.mark.parametrize(
    ("start", "minutes", "percent", "breaks", "finish"),
    [
        pytest.param(540, 105, 25, None, "09:00 to 11:12", id="25"),
        pytest.param(540, 105, 25, 15, "09:00 to 11:27", id="26"),
        pytest.param(540, 135, 25, 20, "09:00 to 12:09", id="27"),
        pytest.param(810, 105, 50, 30, "13:30 to 16:38", id="28"),
    ],
)
def test_a_paper_ends_with_extra_time_and_breaks(
    house: House, start: int, minutes: int, percent: int, breaks: int | None, finish: str
) -> None:
    held = approved("ET50" if percent > 25 else "ET25", date(2026, 10, 1), percent)
    if breaks:
        held.append(ArrangementAgreed(uuid4(), "SRB", breaks, "2025-26", "OK", date(2026, 10, 1), ""))
    sits = paper(house, "Mathematics paper 1", date(2027, 5, 10), start_minutes=start, length_minutes=minutes)
    pupil = candidate(house, *held, sits)
    assert finish in part(house.as_role("exams_officer").get(f"{EXAMS}/pupils/{pupil}").text, "Papers")


@pytest.mark.parametrize(
    ("arrangement", "subject", "tags", "says"),
    [
        pytest.param("RD", "ENG-LANG", ("tests_reading",), "A computer reader may.", id="14"),
        pytest.param("CR", "ENG-LANG", ("tests_reading",), None, id="14b"),
        pytest.param("BD25", "HIST", (), "No bilingual dictionary may be used in GCSE History.", id="15"),
        pytest.param("BD25", "Chemistry", (), None, id="15b"),
    ],
)
def test_a_paper_says_what_is_not_allowed_in_it(
    house: House, arrangement: str, subject: str, tags: tuple[str, ...], says: str | None
) -> None:
    sits = paper(house, "Paper 1", date(2027, 5, 10), subject=subject, tags=tags)
    pupil = candidate(house, *approved(arrangement, date(2026, 10, 1)), sits)
    told_so = part(house.as_role("exams_officer").get(f"{EXAMS}/pupils/{pupil}").text, "Papers")
    if says is None:
        assert f"105 minutes {arrangement}" in told_so
        assert "Rule R" not in told_so
    else:
        assert says in told_so
        assert f"105 minutes {arrangement}" not in told_so


@pytest.mark.parametrize(
    ("minutes", "percent", "says"),
    [
        pytest.param((90, 105), 25, "245 minutes are more than 180: move a paper", id="29"),
        pytest.param((60, 75), None, "135 minutes: sit all of them", id="30"),
    ],
)
def test_papers_that_meet_are_told(house: House, minutes: tuple[int, int], percent: int | None, says: str) -> None:
    sits = [paper(house, f"Paper {each}", date(2027, 5, 14), length_minutes=each) for each in minutes]
    held = approved("ET25", date(2026, 10, 1), percent) if percent else []
    pupil = candidate(house, *held, *sits)
    shown = house.as_role("exams_officer").get(f"{EXAMS}/pupils/{pupil}").text
    assert f"14 May 2027, AM {says}" in part(shown, "Papers")


@pytest.mark.parametrize(
    ("facts", "role", "says"),
    [
        ((), "senco", "Apply for additional time of 25%"),
        ((NeedNamed("plan", date(2026, 9, 20), "Named in it"),), "senco", "is automatic"),
        ((PlacedOnRegister("E", ("SPLD",), date(2026, 9, 1), None, "Seen"),), "senco", "is automatic"),
        ((PlacedOnRegister("K", ("SPLD",), date(2026, 9, 1), None, "Seen"),), "senco", "Apply for additional time"),
        ((PlacedOnRegister("E", ("SPLD",), date(2026, 9, 1), None, "Seen"),), "exams_officer", "Apply for additional"),
    ],
)
def test_additional_time_is_automatic_with_a_plan_for_whoever_may_know_of_it(
    house: House, facts: tuple[Fact, ...], role: str, says: str
) -> None:
    decided = PrimaryArranged(uuid4(), "KS2", 2027, "additional_time", "", 25, "", date(2026, 11, 2), "")
    pupil = candidate(house, decided, *facts, year="6", born_on=date(2016, 3, 4))
    assert says in part(house.as_role(role).get(f"{EXAMS}/pupils/{pupil}").text, "Primary tests")


@pytest.mark.parametrize(
    ("arrangement", "test", "tag", "says"),
    [
        pytest.param("scribe", "", FINE, "Notify STA on the NCA Portal.", id="50"),
        pytest.param("prompter", "", FINE, "The school decides.", id="50b"),
        pytest.param("reader", "reading", DOUBT, "A reader reads general instructions alone", id="50c"),
    ],
)
def test_a_primary_arrangement_says_what_it_takes(
    house: House, arrangement: str, test: str, tag: str, says: str
) -> None:
    decided = PrimaryArranged(uuid4(), "KS2", 2027, arrangement, test, None, "", date(2026, 11, 2), "")
    pupil = candidate(house, decided, year="6")
    said = outcomes(house.as_role("senco").get(f"{EXAMS}/pupils/{pupil}").text)
    assert [(one, says in told_so) for one, told_so in said] == [(tag, True)]
