"""What is refused of interviews, offers and starts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from core.errors import NotAllowed
from plugins.recruitment.commands import (
    ChangeEngagement,
    ClearPerson,
    DeclareInterest,
    ExplainGap,
    HoldInterview,
    MoveApplication,
    ReceiveReference,
    RecordCheck,
    RecordFitness,
)
from plugins.recruitment.facts import EngagementBegan, EngagementEnded, PanelMemberNamed, PersonCleared, PostFilled
from plugins.recruitment.facts import Job as Worked
from tests.core.house import House
from tests.plugins.recruitment.commands.applying import TOMORROW, accepted, offer, refused
from tests.plugins.recruitment.sifting import NELLY, TODAY, applicant, desk_of, sheet, shortlisted, step, tell
from tests.plugins.recruitment.staff import GOOD, check


def test_an_interview_is_held_by_two_of_whom_one_is_trained_and_none_has_an_interest(
    house: House, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    assert refused(house, HoldInterview(vacancy, True, TODAY), person, "head")[0] == "wrong_step"
    shortlisted(house, vacancy, person)
    step(house, vacancy, person, "interview")
    assert refused(house, HoldInterview(vacancy, True, TOMORROW), person, "head") == ("in_future", "held_on")
    before = HoldInterview(vacancy, True, date(2026, 11, 8))
    assert refused(house, before, person, "head") == ("before_application", "held_on")
    with pytest.raises(NotAllowed):
        desk_of(house, NELLY).do(HoldInterview(vacancy, True, TODAY), person)
    desk_of(house, "panel_member").do(DeclareInterest(vacancy), person)
    assert refused(house, HoldInterview(vacancy, True, TODAY), person, "head")[0] == "panel_too_small"


def test_an_offer_follows_an_interview_in_writing_with_every_gap_explained(house: House, vacancy: UUID) -> None:
    jobs = (Worked("Eastshire School", "Teacher", date(2012, 7, 1), None, True, ""),)
    person, other = applicant(house, vacancy, 1, jobs=jobs), applicant(house, vacancy, 2)
    assert refused(house, offer(vacancy), person)[0] == "no_such_move"
    shortlisted(house, vacancy, person, other)
    for one in (person, other):
        step(house, vacancy, one, "interview")
    assert refused(house, offer(vacancy), person)[0] == "not_appointable"
    desk_of(house, "head").do(HoldInterview(vacancy, False, TODAY), other)
    assert refused(house, offer(vacancy), other)[0] == "not_appointable"
    desk_of(house, "head").do(HoldInterview(vacancy, True, TODAY), person)
    assert refused(house, offer(vacancy, in_writing=False), person) == ("not_in_writing", "in_writing")
    assert refused(house, offer(vacancy, starts_on=date(2026, 11, 1)), person) == ("before_offer", "starts_on")
    assert refused(house, offer(vacancy, offered_on=TOMORROW), person) == ("in_future", "offered_on")
    early = offer(vacancy, offered_on=TODAY - timedelta(days=1))
    assert refused(house, early, person) == ("before_interview", "offered_on")
    assert refused(house, offer(vacancy), person)[0] == "gap_not_explained"
    desk_of(house).do(ExplainGap(vacancy, date(2010, 7, 1), date(2012, 6, 30), "Cared for a parent"), person)
    assert refused(house, MoveApplication(vacancy, "offer_conditional"), person) == ("make_offer", "to")
    desk_of(house).do(offer(vacancy), person)


def test_who_accepts_stands_on_the_record_and_starts_only_when_somebody_cleared_them(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    began = [one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]
    assert [(one.role, one.starts_on) for one in began] == [("senco_leadership", date(2027, 1, 4))]
    assert refused(house, MoveApplication(vacancy, "cleared"), person) == ("not_cleared", None)
    cleared = PersonCleared(
        began[0].engagement, "CLEAR", (), "2026", date(2027, 1, 4), desk_of(house, "head").person_id, TODAY, ""
    )
    tell(house, person, cleared, role="head")
    step(house, vacancy, person, "cleared")
    step(house, vacancy, person, "started")
    assert house.recorded(PostFilled)[-1].pay_pence == 4_000_000
    assert len([one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]) == 1


def cleared_to_start(house: House, vacancy: UUID, person: UUID) -> None:
    began = [one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy][-1]
    head = desk_of(house, "head").person_id
    told = PersonCleared(began.engagement, "CLEAR", (), "2026", began.starts_on, head, TODAY, "")
    tell(house, person, told, role="head")


def test_who_does_not_come_after_all_leaves_the_record_and_is_cleared_anew_when_taken_up_again(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "cleared")
    step(house, vacancy, person, "withdrawn")
    ended = house.recorded(EngagementEnded)[-1]
    assert (ended.ended_on, ended.reason) == (TODAY, "Never started.")
    step(house, vacancy, person, "cleared", reason="Changed their mind")
    began = [one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]
    assert (len(began), began[0]) == (2, ended.engagement)
    assert refused(house, MoveApplication(vacancy, "started"), person) == ("not_cleared", None)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "started")


def test_nobody_starts_on_a_decision_that_the_work_or_a_hard_outcome_has_overtaken(house: House, vacancy: UUID) -> None:
    person = accepted(house, vacancy)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "cleared")
    hr, start = desk_of(house), MoveApplication(vacancy, "started")
    hr.do(RecordCheck("identity", "mismatch", "AB", TODAY), person)
    assert refused(house, start, person) == ("cleared_before", None)
    hr.do(RecordCheck("identity", "verified", "AB", TODAY), person)
    engaged = next(one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy)
    hr.do(ChangeEngagement(engaged, "teacher", "Teacher", date(2027, 2, 1)), person)
    assert refused(house, start, person) == ("cleared_before", None)


def test_whoever_declared_an_interest_does_not_decide_on_the_start(house: House, vacancy: UUID) -> None:
    person, nelly = accepted(house, vacancy), house.person(NELLY)
    tell(house, vacancy, PanelMemberNamed(nelly, False, TODAY, TODAY))
    tell(house, person, sheet(house, vacancy, NELLY, 2, 2, 2))
    desk_of(house).do(RecordFitness("fit", TODAY, "Occupational health"), person)
    for key in GOOD:
        desk_of(house).do(check(key), person)
    for referee in ("Pat", "Sam"):
        received = ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang")
        desk_of(house).do(received, person)
    work = next(one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy)
    head = desk_of(house, "head")
    head.would(ClearPerson(work), person)
    head.do(DeclareInterest(vacancy, "My cousin"), person)
    assert refused(house, ClearPerson(work), person, "head")[0] == "relative"


def test_conditions_are_not_met_only_with_the_check_and_what_the_candidate_answered(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    told = {"reason": "The register shows a prohibition", "check": "prohibition", "reply": "They do not dispute it"}
    for lacking, code, field in (
        ("check", "no_check", "check"),
        ("reply", "no_reply", "reply"),
        ("reason", "no_reason", "reason"),
    ):
        command = MoveApplication(vacancy, "conditions_not_met", **(told | {lacking: ""}))
        assert refused(house, command, person) == (code, field)
    unknown = MoveApplication(vacancy, "conditions_not_met", **(told | {"check": "horoscope"}))
    assert refused(house, unknown, person) == ("not_in_list", "check")
    step(house, vacancy, person, "conditions_not_met", **told)
