"""What is known of a child in care, told from facts in the order of their days; and what is taken back is not known."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from core.periods import Calendar
from events import Fact
from plugins.lac.facts import (
    AuthorityNamed,
    AuthoritySet,
    CareReviewHeld,
    ClaimAgreed,
    ClaimMade,
    ClaimPaid,
    ClaimRefused,
    ClaimSpent,
    DesignatedTeacherEnded,
    DesignatedTeacherNamed,
    DesignatedTeacherTrained,
    EpisodeBegan,
    EpisodeEnded,
    EvidenceSeen,
    KinshipDeclared,
    LegalStatusChanged,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepReturned,
    PepSent,
    PepStarted,
    PepTakenBack,
    PreviousCareDeclared,
    SchoolPremiumPaid,
    SchoolPremiumSpent,
    SdqScored,
    SectionWritten,
    SessionsLostElsewhere,
    SuspensionDecided,
    SuspensionTold,
    TargetJudged,
    TargetSet,
    VoiceGiven,
)
from plugins.lac.views import (
    Designated,
    FundingTold,
    Peps,
    Premium,
    Status,
    Sums,
    Suspension,
    agreed_by_term,
    alerts,
    authority,
    authority_id,
    care_told,
    claims,
    designated,
    financial_year,
    funding_told,
    peps,
    premium,
    sessions_lost,
    status,
    sums,
    term_sum,
    to_tell,
    wanted,
    wellbeing,
)
from tests.core.house import House, HouseMaker
from tests.plugins.lac.care import TERMS, clocks, desk_of, episode, in_care, school, tell
from tests.plugins.lac.claims import tell_as_head

BEGAN, TODAY = date(2026, 10, 19), date(2026, 11, 16)
NO, YES = UUID(int=0), UUID(int=1)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def taken_back(house: House, subject: UUID, kind: type[Fact]) -> None:
    """Withdraws the last fact of this kind."""
    (*_, last) = (event for event in house.facts(kind) if event.subject == subject)
    role = "head" if kind in (DesignatedTeacherEnded, DesignatedTeacherNamed) else "designated_teacher"
    desk_of(house, role).withdraw(last, "Another child", uuid4())


def seen(house: House, view: Any, subject: UUID) -> Any:
    return desk_of(house).log.see(view, subject)


def child(house: House, *facts: Fact) -> UUID:
    """A pupil of whom these facts are told."""
    pupil = house.pupil()
    tell(house, pupil, *facts)
    return pupil


# Status


def test_an_episode_goes_on_until_it_is_ended_and_goes_on_again_when_that_was_wrong(house: House) -> None:
    began = episode(BEGAN)
    ends = (LegalStatusChanged(began.episode, "C1", date(2026, 11, 2)), EpisodeEnded(began.episode, TODAY, "E47"))
    pupil = child(house, began, *ends)
    (one,) = seen(house, status, pupil).episodes
    assert (one.legal, one.ended_on, one.cause) == ("C1", TODAY, "E47")
    assert one.is_open(date(2026, 11, 15))
    assert not one.is_open(TODAY)  # what follows begins on its last day
    assert not one.is_open(date(2026, 10, 18))
    taken_back(house, pupil, EpisodeEnded)
    (one,) = seen(house, status, pupil).episodes
    assert one.is_open(TODAY)
    taken_back(house, pupil, LegalStatusChanged)
    assert seen(house, status, pupil).episodes[0].legal == "C2"
    taken_back(house, pupil, EpisodeBegan)
    assert seen(house, status, pupil) is None


def test_the_end_of_an_episode_that_was_withdrawn_says_nothing(house: House) -> None:
    began = episode(BEGAN)
    pupil = child(house, began, EpisodeEnded(began.episode, TODAY, ""))
    taken_back(house, pupil, EpisodeBegan)
    assert seen(house, status, pupil) == Status()


def test_the_four_authorities_do_not_move_one_another(house: House) -> None:
    pupil = child(house, *(AuthorityNamed(part, "340", "Letter", BEGAN) for part in ("looking_after", "plan")))
    tell(house, pupil, AuthorityNamed("plan", "341", "Letter", TODAY))
    known = seen(house, status, pupil).authorities
    assert {part: one.authority for part, one in known.items()} == {"looking_after": "340", "plan": "341"}
    taken_back(house, pupil, AuthorityNamed)
    assert seen(house, status, pupil).authorities["plan"].authority == "340"


def test_what_is_declared_last_by_its_day_counts_whenever_it_was_typed(house: House) -> None:
    pupil = child(house, PreviousCareDeclared("A", None, TODAY), KinshipDeclared("KF", TODAY))
    tell(house, pupil, PreviousCareDeclared("N", None, BEGAN), KinshipDeclared("ND", BEGAN))
    known = seen(house, status, pupil)
    assert (known.previous.code, known.kinship.code) == ("A", "KF")
    taken_back(house, pupil, PreviousCareDeclared)
    assert seen(house, status, pupil).previous.code == "A"


def test_proof_is_kept_in_the_order_it_was_seen(house: House) -> None:
    pupil = child(house, EvidenceSeen(None, "care_abroad", TODAY, NO), EvidenceSeen(None, "adoption_order", BEGAN, NO))
    assert [one.evidence for one in seen(house, status, pupil).evidence] == ["adoption_order", "care_abroad"]


@pytest.mark.parametrize(
    ("care", "looked_after", "has_worker"),
    [
        ("looked_after", True, True),
        ("kinship_foster", True, True),
        ("social_worker", False, True),
        ("kinship_informal", False, False),
        ("returned_home", False, False),
    ],
)
def test_a_looked_after_child_has_a_social_worker_and_others_may(
    house: House, care: str, looked_after: bool, has_worker: bool
) -> None:
    known = seen(house, status, child(house, episode(BEGAN, care=care)))
    assert (known.looked_after_on(TODAY) is not None) is looked_after
    assert known.has_social_worker_on(TODAY) is has_worker
    told = care_told(known, TODAY)
    assert told is not None
    assert (told.looked_after, told.has_social_worker, told.previously) == (looked_after, has_worker, None)
    assert care_told(None, TODAY) is None


@pytest.mark.parametrize(("code", "previously"), [("A", True), ("N", None)])
def test_not_declared_is_never_told_as_no(house: House, code: str, previously: bool | None) -> None:
    told = care_told(seen(house, status, child(house, PreviousCareDeclared(code, None, BEGAN))), TODAY)
    assert told is not None
    assert told.previously is previously


# Plans


def plan_of(house: House, *facts: Fact) -> tuple[UUID, UUID]:
    """A child with a plan, and what became of it; the child and the plan."""
    pupil, pep = in_care(house), uuid4()
    started = PepStarted(pep, "initial", "340", None, BEGAN, None, None, BEGAN)
    tell(house, pupil, started, *(_of(pep, fact) for fact in facts))
    return pupil, pep


def _of(pep: UUID, fact: Fact) -> Fact:
    return msgspec.structs.replace(fact, pep=pep) if hasattr(fact, "pep") else fact


READY, SENT = PepMadeReady(NO, date(2026, 11, 2)), PepSent(NO, date(2026, 11, 3), "")
RETURNED = PepReturned(NO, date(2026, 11, 4), "Cost the second target")
AGREED = PepAgreed(NO, date(2026, 11, 6), (), "gold")
BACK = PepTakenBack(NO, date(2026, 11, 5))


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ([], "drafting"),
        ([READY], "ready"),
        ([READY, SENT], "sent"),
        ([READY, SENT, RETURNED], "returned"),
        ([READY, SENT, RETURNED, BACK], "drafting"),
        ([READY, SENT, AGREED], "agreed"),
    ],
)
def test_a_plan_stands_where_its_last_move_put_it(house: House, moves: list[Fact], state: str) -> None:
    pupil, pep = plan_of(house, *moves)
    assert seen(house, peps, pupil).plans[pep].state == state
    if moves:
        taken_back(house, pupil, type(moves[-1]))
        before = ["drafting", "ready", "sent", "returned"][len(moves) - 1]
        assert seen(house, peps, pupil).plans[pep].state == before


def test_what_was_written_anew_replaces_and_comes_back_when_that_is_withdrawn(house: House) -> None:
    first, second = (SectionWritten(NO, "sen", "senco", day, words) for day, words in ((BEGAN, "One"), (TODAY, "Two")))
    meetings = (MeetingHeld(NO, BEGAN, ("child",), None), MeetingHeld(NO, TODAY, ("carer",), None))
    voices = (VoiceGiven(NO, "spoke", BEGAN, "Yes"), VoiceGiven(NO, "spoke", TODAY, "No"))
    pupil, pep = plan_of(house, first, second, *meetings, *voices)
    told = seen(house, peps, pupil).plans[pep]
    assert (told.sections["sen"].words, told.meeting.attended, told.voice.words) == ("Two", ("carer",), "No")
    for kind in (SectionWritten, MeetingHeld, VoiceGiven):
        taken_back(house, pupil, kind)
    told = seen(house, peps, pupil).plans[pep]
    assert (told.sections["sen"].words, told.meeting.attended, told.voice.words) == ("One", ("child",), "Yes")


def test_a_judgement_belongs_to_its_target_and_goes_with_it(house: House) -> None:
    target = uuid4()
    words = ("Reading", "Reads 90 words", "60 words")
    one = TargetSet(NO, target, "Ms Cole", "weekly", 0, TODAY, BEGAN, *words)
    pupil, pep = plan_of(house, one, TargetJudged(target, "met", TODAY, "Seen"))
    known: Peps = seen(house, peps, pupil)
    assert known.holding(target) is known.plans[pep]
    assert known.holding(uuid4()) is None
    judged = known.plans[pep].targets[target].judged
    assert judged is not None
    assert judged.outcome == "met"
    taken_back(house, pupil, TargetSet)
    assert seen(house, peps, pupil).plans[pep].targets == {}


def test_without_its_beginning_nothing_of_a_plan_is_told(house: House) -> None:
    pupil, _ = plan_of(house, READY, SENT, MeetingHeld(NO, BEGAN, ("child",), None))
    tell(house, pupil, CareReviewHeld(TODAY))
    taken_back(house, pupil, PepStarted)
    assert seen(house, peps, pupil) == Peps(reviews=(TODAY,))


def test_questionnaires_stand_in_the_order_of_their_days(house: House) -> None:
    pupil = child(house, SdqScored(12, "", TODAY), SdqScored(None, "SDQ2", BEGAN))
    assert [one.score for one in seen(house, wellbeing, pupil)] == [None, 12]
    taken_back(house, pupil, SdqScored)
    assert [one.score for one in seen(house, wellbeing, pupil)] == [12]


# Suspensions


def test_sessions_lost_are_those_of_the_year_here_and_elsewhere(house: House) -> None:
    known = [
        SuspensionDecided(uuid4(), permanent, day, 850, day, sessions, "")
        for permanent, day, sessions in (
            (False, date(2026, 7, 10), 40),  # last year's
            (False, BEGAN, 4),
            (False, TODAY, 3),
            (True, TODAY, 0),
        )
    ]
    elsewhere = (SessionsLostElsewhere(2026, 9, BEGAN), SessionsLostElsewhere(2026, 10, TODAY))
    pupil = child(house, *known, *elsewhere)
    assert sessions_lost(seen(house, alerts, pupil), 2026) == 17
    assert sessions_lost(seen(house, alerts, pupil), 2025) == 40
    assert sessions_lost(None, 2026) == 0
    taken_back(house, pupil, SessionsLostElsewhere)
    assert sessions_lost(seen(house, alerts, pupil), 2026) == 16
    taken_back(house, pupil, SuspensionDecided)
    assert sessions_lost(seen(house, alerts, pupil), 2026) == 16  # the exclusion had none


def test_who_was_told_goes_with_the_suspension(house: House) -> None:
    one = uuid4()
    decided = SuspensionDecided(one, False, BEGAN, 850, BEGAN, 4, "")
    pupil = child(house, decided, SuspensionTold(one, "carer", BEGAN, 870, "telephone"))
    assert set(seen(house, alerts, pupil).suspensions[one].who) == {"carer"}
    taken_back(house, pupil, SuspensionTold)
    assert seen(house, alerts, pupil).suspensions[one].who == {}
    taken_back(house, pupil, SuspensionDecided)
    assert seen(house, alerts, pupil) is None


@pytest.mark.parametrize(
    ("care", "whom"),
    [
        ("looked_after", ["social_worker", "virtual_school", "carer"]),
        ("social_worker", ["social_worker", "carer"]),
        ("returned_home", ["carer"]),
        (None, ["social_worker", "virtual_school", "carer"]),  # not theirs to know: everyone is told
    ],
)
def test_who_must_be_told_hangs_on_the_day_of_the_decision(house: House, care: str | None, whom: list[str]) -> None:
    now = seen(house, status, child(house, episode(BEGAN, care=care))) if care else None
    one = Suspension(SuspensionDecided(uuid4(), False, TODAY, 850, TODAY, 4, ""))
    assert [task.whom for task in to_tell(one, now)] == whom
    before = Suspension(SuspensionDecided(uuid4(), False, date(2026, 9, 1), 850, TODAY, 4, ""))
    if care:
        assert [task.whom for task in to_tell(before, now)] == ["carer"]


# Money


def claimed(*facts: Fact) -> list[Fact]:
    made = ClaimMade(YES, NO, NO, 18_000, BEGAN, TODAY, "", BEGAN, "Tutor")
    return [made, *facts]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([], Sums(18_000, 0, 0, 0)),
        ([ClaimAgreed(YES, 15_000, TODAY)], Sums(18_000, 15_000, 0, 0)),
        ([ClaimRefused(YES, TODAY, "No")], Sums(0, 0, 0, 0)),
        (
            [ClaimAgreed(YES, 15_000, TODAY), ClaimPaid(YES, 6_000, TODAY), ClaimPaid(YES, 4_000, TODAY)],
            Sums(18_000, 15_000, 10_000, 0),
        ),
        ([ClaimAgreed(YES, 15_000, TODAY), ClaimSpent(YES, 15_000, TODAY, "x")], Sums(18_000, 15_000, 0, 15_000)),
    ],
)
def test_a_claim_is_what_came_of_it(house: House, facts: list[Fact], told: Sums) -> None:
    pupil = child(house, *claimed(*facts))
    made = seen(house, claims, pupil)
    assert sums(made.values()) == told
    assert told.left_pence == told.agreed_pence - told.spent_pence
    assert term_sum(made, NO) == told.asked_pence
    assert term_sum(made, YES) == term_sum(None, NO) == 0
    assert funding_told(made, TODAY) == FundingTold(told.agreed_pence, told.paid_pence, told.spent_pence)
    if facts:
        taken_back(house, pupil, type(facts[-1]))
        before = seen(house, claims, child(house, *claimed(*facts[:-1])))
        assert sums(seen(house, claims, pupil).values()) == sums(before.values())
    taken_back(house, pupil, ClaimMade)
    assert not seen(house, claims, pupil)
    assert funding_told(seen(house, claims, pupil), TODAY) is None


def test_what_is_agreed_stands_in_every_term_it_reaches_into(house: House) -> None:
    def made(claim: UUID, item: str, from_on: date, until_by: date) -> list[Fact]:
        return [ClaimMade(claim, NO, NO, 1, from_on, until_by, "", BEGAN, item), ClaimAgreed(claim, 1, TODAY)]

    facts = made(uuid4(), "Tutor", date(2026, 12, 18), date(2027, 1, 4))
    facts += made(uuid4(), "Bus", date(2026, 12, 19), date(2027, 1, 3))  # in the holiday only
    facts += made(uuid4(), "Laptop", date(2027, 4, 12), date(2027, 4, 12))[:1]  # not agreed
    known = seen(house, claims, child(house, *facts))
    calendar = desk_of(house).calendar
    assert [term.name for term in calendar.whole_terms()] == [
        "Summer 2026",
        "Autumn 2026",
        "Spring 2027",
        "Summer 2027",
    ]
    assert agreed_by_term(known, calendar) == ((), ("Tutor",), ("Tutor",), ())
    assert agreed_by_term(known, Calendar()) == ()
    assert len(TERMS) == 7


def test_the_school_s_own_premium_adds_up_by_financial_year(house: House) -> None:
    here = house.academy_id()
    tell(house, here, SchoolPremiumPaid(2026, 3, 400_000, BEGAN), SchoolPremiumPaid(2026, 4, 100_000, TODAY))
    tell(house, here, SchoolPremiumPaid(2025, 2, 526_000, BEGAN), SchoolPremiumSpent(2026, 5_000, TODAY, "Training"))
    assert seen(house, premium, here) == {2026: Premium(4, 500_000, 5_000), 2025: Premium(2, 526_000, 0)}
    taken_back(house, here, SchoolPremiumSpent)
    assert seen(house, premium, here)[2026].spent_pence == 0


@pytest.mark.parametrize(("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026)])
def test_a_financial_year_begins_on_the_first_of_april(day: date, year: int) -> None:
    assert financial_year(day) == year


# Authorities and designated teachers


def test_versions_stand_in_the_order_of_their_days_whenever_they_were_typed(house: House) -> None:
    code, subject = "342", authority_id("342")
    days = (date(2026, 9, 1), date(2024, 9, 1), date(2027, 9, 1))
    told = [clocks(code, "Northvale", from_on=day, complete_days=at) for at, day in enumerate(days, 1)]
    for one in told:
        tell(house, subject, one)
    known = seen(house, authority, subject)
    assert [one.complete_days for one in known.versions] == [2, 1, 3]
    assert known.now.complete_days == 3
    found = [known.on(day) for day in (date(2024, 8, 31), date(2024, 9, 1), date(2026, 8, 31), TODAY, days[2])]
    assert [one.complete_days if one else None for one in found] == [None, 2, 2, 1, 3]
    assert known.version(told[0].setting) == told[0]
    assert known.version(uuid4()) is None
    taken_back(house, subject, AuthoritySet)
    assert seen(house, authority, subject).now.complete_days == 1


def test_a_designated_teacher_is_there_until_the_last_day(house: House) -> None:
    here, post = house.academy_id(), uuid4()
    facts = [
        DesignatedTeacherNamed(post, NO, True, False, BEGAN),
        DesignatedTeacherTrained(post, date(2026, 3, 1), "One day", BEGAN),
        DesignatedTeacherEnded(post, TODAY),
    ]
    tell_as_head(house, *facts)
    (one,) = seen(house, designated, here)
    assert (one.from_on, one.until_by, [it.course for it in one.trained]) == (BEGAN, TODAY, ["One day"])
    taken_back(house, here, DesignatedTeacherEnded)
    assert seen(house, designated, here)[0].until_by is None
    taken_back(house, here, DesignatedTeacherNamed)
    assert seen(house, designated, here) in ((), None)


def teacher(from_on: date, until_by: date | None = None, *, qualified: bool = True) -> Designated:
    return Designated(uuid4(), NO, qualified, False, from_on, until_by)


SINCE = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("known", "due_by"),
    [
        ((), SINCE),  # nobody ever: since the plugin is on
        ((teacher(BEGAN),), None),
        ((teacher(SINCE, BEGAN),), BEGAN),  # late since the last day of the last
        ((teacher(SINCE, date(2026, 12, 31)),), date(2026, 12, 31)),  # who follows?
        ((teacher(SINCE, date(2026, 12, 31)), teacher(date(2027, 1, 4))), date(2026, 12, 31)),  # a gap to come
        ((teacher(SINCE, date(2026, 12, 31)), teacher(date(2027, 1, 1))), None),
        ((teacher(BEGAN, qualified=False),), BEGAN),
        ((teacher(SINCE), teacher(BEGAN)), BEGAN),  # two at once
        ((teacher(SINCE, date(2026, 9, 30)), teacher(BEGAN)), None),  # a gap that is over
    ],
)
def test_a_designated_teacher_is_wanted_by_the_last_day_there_is_one(
    known: tuple[Designated, ...], due_by: date | None
) -> None:
    found = wanted(known, SINCE, TODAY)
    assert (found.due_by if found else None) == due_by
    assert found is None or found.says.endswith(".")
