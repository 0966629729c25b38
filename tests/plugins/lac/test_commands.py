"""Every decision about a child in care: what it records, and each refusal by its code; at a real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from core.command import Command
from core.desk import Desk
from core.errors import NotAllowed, Refused
from core.roll.facts import StaffJoined
from events import Fact, New
from plugins.lac import about, facts
from plugins.lac.commands import (
    AgreeClaim,
    AgreePep,
    BeginEpisode,
    ChangeLegalStatus,
    CountAttendance,
    CountElsewhere,
    DecideSuspension,
    DeclareKinship,
    DeclarePreviousCare,
    EndDesignatedTeacher,
    EndEpisode,
    GiveVoice,
    HoldCareReview,
    HoldMeeting,
    JudgeTarget,
    MakeClaim,
    MakeReady,
    NameAuthority,
    NameDesignatedTeacher,
    ReceiveClaim,
    ReceivePremium,
    RefuseClaim,
    ReturnPep,
    ScoreSdq,
    SeeEvidence,
    SendPep,
    SetAuthority,
    SetTarget,
    SpendClaim,
    SpendPremium,
    StartPep,
    TakeBack,
    TellOfSuspension,
    TrainDesignatedTeacher,
    WriteSection,
)
from tests.core.house import SOUTH, House
from tests.plugins.lac.care import A, desk_of, episode, in_care, school, started, tell
from tests.plugins.lac.claims import agreed, whole

TODAY, AHEAD = date(2026, 11, 16), date(2026, 11, 17)
BEGAN, HELD = date(2026, 10, 19), date(2026, 11, 2)
NEXT = date(2027, 2, 1)


class World(msgspec.Struct):
    """A school with a child in each state a decision may meet, and the ids by which commands name things."""

    house: House
    subject: dict[str, UUID] = {}
    ids: dict[str, UUID] = {}

    def child(self, name: str, *more: Fact, **about: Any) -> UUID:
        self.subject[name] = in_care(self.house, **({"began_on": BEGAN} | about))
        if more:
            tell(self.house, self.subject[name], *more)
        return self.subject[name]

    def id(self, name: str) -> UUID:
        return self.ids.setdefault(name, uuid4())


@pytest.fixture(scope="module")
def world(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One school for all: what is refused changes nothing, and what is accepted is only tried."""
    home = tmp_path_factory.mktemp("commands")
    house = school(lambda **more: House(home / "trust", house_template, **more))
    made = World(house)
    for tell_of in (_plain, _drafting, _at_the_authority, _paid, _suspended, _teachers):
        tell_of(made)
    yield made
    house.close()


def _plain(world: World) -> None:
    """Children in care without a plan; of no authority; whose care ended, with a plan or without; never; elsewhere."""
    world.child("in care")
    world.child("nobody's", code="")
    left = world.child("left", began_on=date(2026, 9, 7))
    (begun,) = (one.fact for one in world.house.facts(facts.EpisodeBegan) if one.subject == left)
    assert isinstance(begun, facts.EpisodeBegan)
    world.ids["ended"] = begun.episode
    tell(world.house, left, facts.EpisodeEnded(begun.episode, date(2026, 10, 30), "E47"))
    moved = world.child("moved")
    pep = started(world.house, moved, BEGAN)
    (begun,) = (one.fact for one in world.house.facts(facts.EpisodeBegan) if one.subject == moved)
    assert isinstance(begun, facts.EpisodeBegan)
    tell(
        world.house,
        moved,
        *whole(pep, HELD, NEXT, world.id("moved")),
        facts.EpisodeEnded(begun.episode, date(2026, 11, 9), "E4A"),
    )
    world.subject["never"] = world.house.pupil()
    world.subject["here"] = world.house.academy_id()
    both = world.house.pupil()
    world.subject["elsewhere"] = both
    south = world.house.desk("head@139205.keystone.example", SOUTH)
    assert south.academy is not None
    world.house.building.academy_log(south.academy).append(
        [New(both, episode(BEGAN))], command_id=uuid4(), actor=south.actor
    )
    (open_now,) = (one.fact for one in world.house.facts(facts.EpisodeBegan) if one.subject == world.subject["in care"])
    assert isinstance(open_now, facts.EpisodeBegan)
    world.ids["open"] = open_now.episode


def _drafting(world: World) -> None:
    """A plan being written, with everything it needs; and another that lacks it all."""
    child = world.child("drafting")
    world.ids["bare"] = started(world.house, world.child("bare"), BEGAN)
    world.ids["drafting"] = pep = started(world.house, child, BEGAN)
    tell(world.house, child, *whole(pep, HELD, NEXT, world.id("target")))
    tell(world.house, child, facts.CareReviewHeld(date(2026, 11, 13)), facts.KinshipDeclared("KF", HELD))


def _at_the_authority(world: World) -> None:
    """A plan that is ready, one that was sent, and one that is agreed with its target judged."""
    for name in ("ready", "sent", "done"):
        child = world.child(name)
        world.ids[name] = pep = started(world.house, child, BEGAN)
        every = whole(pep, HELD, NEXT, world.id(f"target, {name}"), date(2027, 1, 29))
        moves = agreed(pep, date(2026, 11, 4), date(2026, 11, 9))
        tell(world.house, child, *every, *moves[: ("ready", "sent", "done").index(name) + 1])
    judged = facts.TargetJudged(world.ids["target, done"], "met", date(2026, 11, 6), "Reads 95 words")
    tell(world.house, world.subject["done"], judged)


def _paid(world: World) -> None:
    """Claims: one waiting, one agreed and partly paid and spent, one refused."""
    done, pep, target, asked_on = (
        world.subject["done"],
        world.ids["done"],
        world.ids["target, done"],
        date(2026, 11, 10),
    )
    for name in ("waiting", "agreed", "refused"):
        claim = world.id(name)
        made = facts.ClaimMade(claim, pep, target, 18_000, asked_on, date(2027, 1, 29), "", asked_on, name)
        tell(world.house, done, made)
    tell(
        world.house,
        done,
        facts.ClaimAgreed(world.ids["agreed"], 15_000, date(2026, 11, 11)),
        facts.ClaimPaid(world.ids["agreed"], 10_000, date(2026, 11, 12)),
        facts.ClaimSpent(world.ids["agreed"], 5_000, date(2026, 11, 13), "Tutor"),
        facts.ClaimRefused(world.ids["refused"], date(2026, 11, 11), "Not from this fund"),
    )
    tell(world.house, world.house.academy_id(), facts.SchoolPremiumPaid(2026, 2, 500_000, date(2026, 10, 1)))


def _suspended(world: World) -> None:
    child = world.child("suspended")
    suspension = world.id("suspension")
    tell(
        world.house,
        child,
        facts.SuspensionDecided(suspension, False, date(2026, 11, 10), 850, date(2026, 11, 11), 8, ""),
        facts.SuspensionTold(suspension, "carer", date(2026, 11, 10), 875, "telephone"),
        facts.SessionsLostElsewhere(2026, 79, date(2026, 11, 10)),
    )


def _teachers(world: World) -> None:
    """A member of staff; three designated teachers: one who ended, one of today until Christmas, one to come."""
    here = world.house.academy_id()
    world.house.tell(world.id("staff"), StaffJoined("Ms Cole", "Teacher", "", date(2020, 9, 1)))
    for name, from_on, until_by in (
        ("before", date(2025, 9, 1), date(2026, 10, 31)),
        ("now", date(2026, 11, 1), None),
        ("next", date(2027, 1, 4), None),
    ):
        post = world.id(name)
        head = desk_of(world.house, "head")
        new = [New(here, facts.DesignatedTeacherNamed(post, world.ids["staff"], True, False, from_on))]
        if until_by:
            new.append(New(here, facts.DesignatedTeacherEnded(post, until_by)))
        head.record(new, command_id=uuid4())


def a_target(world: World, **more: Any) -> SetTarget:
    usual: dict[str, Any] = {
        "pep": world.ids["bare"],
        "need": "Reading",
        "words": "Reads 90 words",
        "baseline": "60 words",
        "owner": "Ms Cole",
        "how_often": "Weekly",
        "by_on": NEXT,
    }
    return SetTarget(**(usual | more))


def a_claim(world: World, **more: Any) -> MakeClaim:
    """£180 for the target of the plan that is agreed; £330 of the £550 of a term are asked for already."""
    usual: dict[str, Any] = {
        "target": world.ids["target, done"],
        "item": "Tutor",
        "cost_pence": 18_000,
        "from_on": TODAY,
        "until_by": date(2027, 1, 29),
    }
    return MakeClaim(**(usual | more))


def telling(world: World, **more: Any) -> TellOfSuspension:
    usual: dict[str, Any] = {
        "suspension": world.ids["suspension"],
        "whom": "virtual_school",
        "told_on": date(2026, 11, 10),
        "told_at": "14:35",
        "channel": "secure mail",
    }
    return TellOfSuspension(**(usual | more))


def as_it_is(world: World) -> SetAuthority:
    """What is set already."""
    (one,) = (event.fact for event in world.house.facts(facts.AuthoritySet) if getattr(event.fact, "code", "") == A)
    told = msgspec.structs.asdict(one)
    del told["setting"]
    return SetAuthority(**told | {"from_on": TODAY})


Of = Callable[[World], Command]

ACCEPTED: list[tuple[str, Of, tuple[type[Fact], ...]]] = [
    (
        "never",
        lambda _: BeginEpisode("looked_after", BEGAN, TODAY, "Letter", "C2", A),
        (
            facts.EpisodeBegan,
            facts.AuthorityNamed,
        ),
    ),
    ("left", lambda _: BeginEpisode("looked_after", date(2026, 10, 30), TODAY, "Letter"), (facts.EpisodeBegan,)),
    ("in care", lambda _: BeginEpisode("kinship_informal", BEGAN, TODAY, "The family"), (facts.EpisodeBegan,)),
    ("in care", lambda w: ChangeLegalStatus(w.ids["open"], "C1", TODAY), (facts.LegalStatusChanged,)),
    ("in care", lambda w: EndEpisode(w.ids["open"], TODAY, "E47"), (facts.EpisodeEnded,)),
    ("in care", lambda w: EndEpisode(w.ids["open"], TODAY), (facts.EpisodeEnded,)),
    ("in care", lambda w: SeeEvidence("authority_letter", TODAY, w.ids["open"]), (facts.EvidenceSeen,)),
    (
        "never",
        lambda _: DeclarePreviousCare("A", TODAY, date(2025, 1, 1), "adoption_order", TODAY),
        (
            facts.PreviousCareDeclared,
            facts.EvidenceSeen,
        ),
    ),
    ("never", lambda _: DeclarePreviousCare("N", TODAY), (facts.PreviousCareDeclared,)),
    ("in care", lambda _: DeclareKinship("KU", TODAY), (facts.KinshipDeclared,)),
    ("in care", lambda _: NameAuthority("plan", TODAY, A, "Letter"), (facts.AuthorityNamed,)),
    ("in care", lambda _: StartPep("initial", TODAY), (facts.PepStarted,)),
    ("sent", lambda w: StartPep("termly", TODAY, date(2026, 12, 18), w.ids["sent"]), (facts.PepStarted,)),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], TODAY, ("child",), NEXT), (facts.MeetingHeld,)),
    ("bare", lambda w: GiveVoice(w.ids["bare"], "none", TODAY, "Did not want to"), (facts.VoiceGiven,)),
    ("bare", lambda w: WriteSection(w.ids["bare"], "sen", "senco", "As before"), (facts.SectionWritten,)),
    ("bare", lambda w: CountAttendance(w.ids["bare"], BEGAN, TODAY, 40, 40), (facts.AttendanceCounted,)),
    ("bare", a_target, (facts.TargetSet,)),
    ("drafting", lambda w: JudgeTarget(w.ids["target"], "not", TODAY, "Did not begin"), (facts.TargetJudged,)),
    ("drafting", lambda _: HoldCareReview(TODAY), (facts.CareReviewHeld,)),
    ("in care", lambda _: ScoreSdq(TODAY, "0"), (facts.SdqScored,)),
    ("in care", lambda _: ScoreSdq(TODAY, "", "SDQ2"), (facts.SdqScored,)),
    ("drafting", lambda w: MakeReady(w.ids["drafting"]), (facts.PepMadeReady,)),
    ("sent", lambda w: ReturnPep(w.ids["sent"], TODAY, "Cost the second target"), (facts.PepReturned,)),
    ("sent", lambda w: AgreePep(w.ids["sent"], TODAY, ("gold",) * 8), (facts.PepAgreed,)),
    ("done", a_claim, (facts.ClaimMade,)),
    ("done", lambda w: a_claim(w, cost_pence=30_000, approval="VS/1"), (facts.ClaimMade,)),
    ("done", lambda w: AgreeClaim(w.ids["waiting"], 18_000, TODAY), (facts.ClaimAgreed,)),
    ("done", lambda w: RefuseClaim(w.ids["waiting"], TODAY, "No"), (facts.ClaimRefused,)),
    ("done", lambda w: ReceiveClaim(w.ids["agreed"], 5_000, TODAY), (facts.ClaimPaid,)),
    ("done", lambda w: SpendClaim(w.ids["agreed"], 10_000, TODAY, "Tutor"), (facts.ClaimSpent,)),
    ("here", lambda _: ReceivePremium(2026, 2, 1, TODAY), (facts.SchoolPremiumPaid,)),
    ("here", lambda _: SpendPremium(2026, 500_000, TODAY, "Training"), (facts.SchoolPremiumSpent,)),
    ("in care", lambda _: DecideSuspension(TODAY, "9:05", TODAY, 90), (facts.SuspensionDecided,)),
    ("suspended", lambda _: DecideSuspension(TODAY, "09:05", TODAY, 3), (facts.SuspensionDecided,)),
    ("suspended", lambda _: DecideSuspension(TODAY, "09:05", TODAY, 0, "", True), (facts.SuspensionDecided,)),
    (
        "suspended",
        lambda w: TellOfSuspension(w.ids["suspension"], "virtual_school", date(2026, 11, 10), "14:10", "x"),
        (facts.SuspensionTold,),
    ),
    ("suspended", lambda _: CountElsewhere(80), (facts.SessionsLostElsewhere,)),
    ("here", lambda _: SetAuthority("342", "Northvale", AHEAD, "Devon"), (facts.AuthoritySet,)),
    ("here", lambda _: SetAuthority(A, "Eastshire", AHEAD, "Devon"), (facts.AuthoritySet,)),
    ("here", lambda w: TrainDesignatedTeacher(w.ids["now"], TODAY, "One day"), (facts.DesignatedTeacherTrained,)),
    ("here", lambda w: EndDesignatedTeacher(w.ids["now"], date(2027, 1, 3)), (facts.DesignatedTeacherEnded,)),
    ("ready", lambda w: TakeBack(w.ids["ready"]), (facts.PepTakenBack,)),
    ("ready", lambda w: SendPep(w.ids["ready"], TODAY), (facts.PepSent,)),
]

REFUSED: list[tuple[str, Of, str, str | None]] = [
    ("never", lambda _: BeginEpisode("in_care", BEGAN, TODAY, "Letter"), "not_in_list", "care"),
    ("never", lambda _: BeginEpisode("looked_after", BEGAN, TODAY, "Letter", "C9"), "not_in_list", "legal"),
    ("never", lambda _: BeginEpisode("looked_after", AHEAD, TODAY, "Letter"), "in_future", "began_on"),
    ("never", lambda _: BeginEpisode("looked_after", BEGAN, AHEAD, "Letter"), "in_future", "told_on"),
    ("never", lambda _: BeginEpisode("looked_after", BEGAN, TODAY, " "), "no_source", "source"),
    ("never", lambda _: BeginEpisode("looked_after", date(2000, 1, 1), TODAY, "Letter"), "before_birth", "began_on"),
    (
        "never",
        lambda _: BeginEpisode("looked_after", BEGAN, TODAY, "Letter", "", "999"),
        "unknown_authority",
        "authority",
    ),
    ("in care", lambda _: BeginEpisode("looked_after", TODAY, TODAY, "Letter"), "open_already", "began_on"),
    ("left", lambda _: BeginEpisode("looked_after", BEGAN, TODAY, "Letter"), "open_already", "began_on"),
    ("elsewhere", lambda _: BeginEpisode("looked_after", TODAY, TODAY, "Letter"), "open_twice", "dual_from"),
    ("in care", lambda w: ChangeLegalStatus(w.id("no"), "C1", TODAY), "no_episode", None),
    ("left", lambda w: ChangeLegalStatus(w.ids["ended"], "C1", TODAY), "no_episode", None),
    ("in care", lambda w: ChangeLegalStatus(w.ids["open"], "C9", TODAY), "not_in_list", "legal"),
    ("in care", lambda w: ChangeLegalStatus(w.ids["open"], "C1", AHEAD), "in_future", "changed_on"),
    ("in care", lambda w: ChangeLegalStatus(w.ids["open"], "C1", date(2026, 10, 18)), "before_episode", "changed_on"),
    ("in care", lambda w: ChangeLegalStatus(w.ids["open"], "C2", TODAY), "no_change", "legal"),
    ("left", lambda w: EndEpisode(w.ids["ended"], TODAY), "no_episode", None),
    ("in care", lambda w: EndEpisode(w.ids["open"], AHEAD), "in_future", "ended_on"),
    ("in care", lambda w: EndEpisode(w.ids["open"], date(2026, 10, 18)), "before_episode", "ended_on"),
    ("in care", lambda w: EndEpisode(w.ids["open"], TODAY, "E99"), "unknown_reason", "cause"),
    ("in care", lambda _: SeeEvidence("gossip", TODAY), "not_in_list", "evidence"),
    ("in care", lambda _: SeeEvidence("authority_letter", AHEAD), "in_future", "seen_on"),
    ("in care", lambda w: SeeEvidence("authority_letter", TODAY, w.id("no")), "no_episode", None),
    ("never", lambda _: DeclarePreviousCare("A", AHEAD), "in_future", "declared_on"),
    ("never", lambda _: DeclarePreviousCare("A", TODAY, AHEAD), "in_future", "ordered_on"),
    ("never", lambda _: DeclarePreviousCare("A", TODAY, TODAY, "adoption_order", AHEAD), "in_future", "seen_on"),
    ("never", lambda _: DeclarePreviousCare("A", TODAY, TODAY, "gossip", TODAY), "not_in_list", "evidence"),
    ("never", lambda _: DeclarePreviousCare("Z", TODAY), "unknown_code", "code"),
    ("never", lambda _: DeclarePreviousCare("A", TODAY), "no_evidence", "evidence"),
    ("never", lambda _: DeclarePreviousCare("A", TODAY, TODAY, "adoption_order"), "no_day_seen", "seen_on"),
    ("in care", lambda _: DeclarePreviousCare("A", TODAY, TODAY, "adoption_order", TODAY), "code_in_care", "code"),
    ("in care", lambda _: DeclareKinship("KF", AHEAD), "in_future", "declared_on"),
    ("in care", lambda _: DeclareKinship("XX", TODAY), "unknown_kinship", "code"),
    ("drafting", lambda _: DeclareKinship("KF", TODAY), "no_change", "code"),
    ("in care", lambda _: NameAuthority("the part", TODAY, A, "Letter"), "not_in_list", "part"),
    ("in care", lambda _: NameAuthority("plan", AHEAD, A, "Letter"), "in_future", "named_on"),
    ("in care", lambda _: NameAuthority("plan", TODAY, "999", "Letter"), "unknown_authority", "authority"),
    ("in care", lambda _: NameAuthority("plan", TODAY, A), "no_source", "source"),
    ("in care", lambda _: NameAuthority("looking_after", TODAY, A, "Letter"), "no_change", "authority"),
    ("in care", lambda _: StartPep("initial", AHEAD), "in_future", "started_on"),
    ("never", lambda _: StartPep("initial", TODAY), "not_in_care", "started_on"),
    ("left", lambda _: StartPep("initial", TODAY), "not_in_care", "started_on"),
    ("nobody's", lambda _: StartPep("initial", TODAY), "no_authority", None),
    ("in care", lambda w: StartPep("initial", TODAY, None, w.id("no")), "no_plan", "follows"),
    ("drafting", lambda _: StartPep("initial", TODAY), "in_hand", None),
    ("in care", lambda _: StartPep("termly", TODAY), "no_day", "due_by"),
    ("in care", lambda _: StartPep("interim", TODAY), "no_day", "due_by"),
    ("bare", lambda w: HoldMeeting(w.id("no"), TODAY, ("child",)), "no_plan", None),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], AHEAD, ("child",)), "in_future", "held_on"),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], date(2026, 10, 18), ("child",)), "before_plan", "held_on"),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], TODAY, ()), "nobody", "attended"),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], TODAY, ("the cat",)), "not_in_list", "attended"),
    ("bare", lambda w: HoldMeeting(w.ids["bare"], TODAY, ("child",), TODAY), "not_after", "next_on"),
    ("sent", lambda w: GiveVoice(w.ids["sent"], "spoke", TODAY, "Words"), "closed", None),
    ("done", lambda w: GiveVoice(w.ids["done"], "spoke", TODAY, "Words"), "closed", None),
    ("bare", lambda w: GiveVoice(w.ids["bare"], "spoke", AHEAD, "Words"), "in_future", "given_on"),
    ("bare", lambda w: WriteSection(w.ids["bare"], "horoscope", "senco", "Words"), "not_in_list", "section"),
    ("bare", lambda w: WriteSection(w.ids["bare"], "sen", "the cat", "Words"), "not_in_list", "contributor"),
    ("sent", lambda w: WriteSection(w.ids["sent"], "sen", "senco", "Words"), "closed", None),
    ("bare", lambda w: CountAttendance(w.ids["bare"], BEGAN, AHEAD, 40, 4), "in_future", "until_by"),
    ("bare", lambda w: CountAttendance(w.ids["bare"], TODAY, BEGAN, 40, 4), "ends_first", "until_by"),
    ("bare", lambda w: CountAttendance(w.ids["bare"], BEGAN, TODAY, 40, 41), "too_many", "missed"),
    ("bare", lambda w: a_target(w, by_on=BEGAN), "not_after", "by_on"),
    ("sent", lambda w: a_target(w, pep=w.ids["sent"]), "closed", None),
    ("drafting", lambda w: JudgeTarget(w.id("no"), "met", TODAY, "Seen"), "no_target", None),
    ("done", lambda w: JudgeTarget(w.ids["target, done"], "met", TODAY, "Seen"), "no_change", None),
    ("drafting", lambda w: JudgeTarget(w.ids["target"], "met", AHEAD, "Seen"), "in_future", "judged_on"),
    ("drafting", lambda w: JudgeTarget(w.ids["target"], "met", BEGAN, "Seen"), "before_target", "judged_on"),
    ("in care", lambda _: HoldCareReview(AHEAD), "in_future", "held_on"),
    ("never", lambda _: HoldCareReview(TODAY), "not_in_care", "held_on"),
    ("drafting", lambda _: HoldCareReview(date(2026, 11, 13)), "no_change", "held_on"),
    ("in care", lambda _: ScoreSdq(AHEAD, "12"), "in_future", "scored_on"),
    ("in care", lambda _: ScoreSdq(TODAY, "41"), "bad_score", "score"),
    ("in care", lambda _: ScoreSdq(TODAY, "39.5"), "bad_score", "score"),
    ("in care", lambda _: ScoreSdq(TODAY, "ten"), "bad_score", "score"),
    ("in care", lambda _: ScoreSdq(TODAY, "12", "SDQ2"), "score_and_reason", "cause"),
    ("in care", lambda _: ScoreSdq(TODAY, "", "SDQ9"), "unknown_reason", "cause"),
    ("in care", lambda _: ScoreSdq(TODAY), "no_score", "score"),
    ("bare", lambda w: MakeReady(w.ids["bare"]), "missing", None),
    ("done", lambda w: MakeReady(w.ids["done"]), "agreed_stays", None),
    ("ready", lambda w: MakeReady(w.ids["ready"]), "no_such_move", None),
    ("drafting", lambda w: MakeReady(w.ids["drafting"], AHEAD), "in_future", "ready_on"),
    ("drafting", lambda w: MakeReady(w.ids["drafting"], date(2026, 10, 18)), "before_last_move", "ready_on"),
    ("drafting", lambda w: TakeBack(w.ids["drafting"]), "no_such_move", None),
    ("ready", lambda w: TakeBack(w.ids["ready"], AHEAD), "in_future", "taken_back_on"),
    ("ready", lambda w: TakeBack(w.ids["ready"], BEGAN), "before_last_move", "taken_back_on"),
    ("drafting", lambda w: SendPep(w.ids["drafting"], TODAY), "no_such_move", None),
    ("ready", lambda w: SendPep(w.ids["ready"], AHEAD), "in_future", "sent_on"),
    ("ready", lambda w: SendPep(w.ids["ready"], BEGAN), "before_last_move", "sent_on"),
    ("ready", lambda w: ReturnPep(w.ids["ready"], TODAY, "Cost the second target"), "no_such_move", None),
    ("sent", lambda w: ReturnPep(w.ids["sent"], TODAY, "Again"), "no_reason", "reason"),
    ("sent", lambda w: ReturnPep(w.ids["sent"], HELD, "Cost the second target"), "before_last_move", "returned_on"),
    ("drafting", lambda w: AgreePep(w.ids["drafting"], TODAY), "no_such_move", None),
    ("sent", lambda w: AgreePep(w.ids["sent"], HELD), "before_last_move", "agreed_on"),
    ("sent", lambda w: AgreePep(w.ids["sent"], TODAY, ("blue",) * 8), "not_in_scheme", "areas"),
    ("sent", lambda w: AgreePep(w.ids["sent"], TODAY, ("gold",) * 7), "not_in_scheme", "areas"),
    ("in care", a_claim, "no_target", "target"),
    ("done", lambda w: a_claim(w, from_on=date(2026, 10, 18)), "not_in_care", "from_on"),
    ("left", a_claim, "not_in_care", "from_on"),
    ("done", lambda w: a_claim(w, cost_pence=0), "unfit", "cost_pence"),
    ("done", lambda w: a_claim(w, until_by=date(2026, 11, 15)), "ends_first", "until_by"),
    ("done", lambda w: a_claim(w, until_by=date(2027, 7, 1)), "outside_plan", "until_by"),
    ("done", lambda w: a_claim(w, cost_pence=30_000), "over_ceiling", "approval"),
    ("done", lambda w: a_claim(w, made_on=AHEAD), "in_future", "made_on"),
    (
        "moved",
        lambda w: a_claim(w, target=w.ids["moved"], from_on=BEGAN, until_by=TODAY),
        "claim_outside_care",
        "until_by",
    ),
    ("done", lambda w: AgreeClaim(w.id("no"), 1, TODAY), "no_claim", None),
    ("done", lambda w: AgreeClaim(w.ids["agreed"], 1, TODAY), "no_change", None),
    ("done", lambda w: AgreeClaim(w.ids["refused"], 1, TODAY), "no_change", None),
    ("done", lambda w: AgreeClaim(w.ids["waiting"], 18_001, TODAY), "more_than_asked", "agreed_pence"),
    ("done", lambda w: AgreeClaim(w.ids["waiting"], 1, AHEAD), "in_future", "agreed_on"),
    ("done", lambda w: AgreeClaim(w.ids["waiting"], 1, BEGAN), "before_claim", "agreed_on"),
    ("done", lambda w: RefuseClaim(w.ids["agreed"], TODAY, "No"), "no_change", None),
    ("done", lambda w: RefuseClaim(w.ids["waiting"], BEGAN, "No"), "before_claim", "refused_on"),
    ("done", lambda w: ReceiveClaim(w.ids["waiting"], 1, TODAY), "more_than_agreed", "paid_pence"),
    ("done", lambda w: ReceiveClaim(w.ids["agreed"], 5_001, TODAY), "more_than_agreed", "paid_pence"),
    ("done", lambda w: ReceiveClaim(w.ids["agreed"], 1, AHEAD), "in_future", "paid_on"),
    ("done", lambda w: SpendClaim(w.ids["waiting"], 1, TODAY, "x"), "over_agreed", "spent_pence"),
    ("done", lambda w: SpendClaim(w.ids["agreed"], 10_001, TODAY, "x"), "over_agreed", "spent_pence"),
    ("done", lambda w: SpendClaim(w.ids["refused"], 1, TODAY, "x"), "over_agreed", "spent_pence"),
    ("done", lambda w: SpendClaim(w.ids["agreed"], 1, BEGAN, "x"), "before_claim", "spent_on"),
    ("here", lambda _: ReceivePremium(2026, 2, 1, AHEAD), "in_future", "paid_on"),
    ("here", lambda _: SpendPremium(2026, 1, AHEAD, "x"), "in_future", "spent_on"),
    ("here", lambda _: SpendPremium(2026, 500_001, TODAY, "x"), "more_than_paid", "spent_pence"),
    ("here", lambda _: SpendPremium(2025, 1, TODAY, "x"), "more_than_paid", "spent_pence"),
    ("suspended", lambda _: DecideSuspension(AHEAD, "09:05", AHEAD, 3), "in_future", "decided_on"),
    ("suspended", lambda _: DecideSuspension(TODAY, "09:05", BEGAN, 3), "before_decision", "from_on"),
    ("suspended", lambda _: DecideSuspension(TODAY, "09:05", TODAY, 0), "no_sessions", "sessions"),
    ("suspended", lambda _: DecideSuspension(TODAY, "09:05", TODAY, 4), "over_45_days", "sessions"),
    ("suspended", lambda w: telling(w, suspension=w.id("no")), "no_suspension", None),
    ("suspended", lambda w: telling(w, whom="carer"), "no_change", "whom"),
    ("suspended", lambda w: telling(w, told_on=AHEAD), "in_future", "told_on"),
    ("suspended", lambda w: telling(w, told_at="14:09"), "told_before_decision", "told_at"),
    ("suspended", lambda w: telling(w, channel=" "), "no_channel", "channel"),
    ("suspended", lambda _: CountElsewhere(79), "no_change", "sessions"),
    ("here", lambda _: SetAuthority("342", "Northvale", TODAY, "Stars"), "not_in_list", "scheme"),
    ("here", as_it_is, "no_change", None),
    ("here", lambda w: NameDesignatedTeacher(w.id("no"), AHEAD), "no_staff", "staff"),
    ("here", lambda w: NameDesignatedTeacher(w.ids["staff"], date(2026, 10, 31)), "somebody_else", "from_on"),
    ("here", lambda w: NameDesignatedTeacher(w.ids["staff"], AHEAD), "somebody_else", "from_on"),
    ("here", lambda w: TrainDesignatedTeacher(w.id("no"), TODAY, "x"), "no_post", None),
    ("here", lambda w: TrainDesignatedTeacher(w.ids["next"], TODAY, "x"), "not_begun", None),
    ("here", lambda w: TrainDesignatedTeacher(w.ids["now"], AHEAD, "x"), "in_future", "trained_on"),
    ("here", lambda w: EndDesignatedTeacher(w.id("no"), TODAY), "no_post", None),
    ("here", lambda w: EndDesignatedTeacher(w.ids["before"], TODAY), "no_change", "ended_on"),
    ("here", lambda w: EndDesignatedTeacher(w.ids["now"], date(2026, 10, 31)), "before_first", "ended_on"),
]


HEADS = (NameDesignatedTeacher, TrainDesignatedTeacher, EndDesignatedTeacher)


def desk_for(world: World, command: Command) -> Desk:
    return desk_of(world.house, "head" if isinstance(command, HEADS) else "designated_teacher")


@pytest.mark.parametrize(
    ("who", "of", "recorded"), ACCEPTED, ids=[f"{who}: {one[0].__name__}" for who, _, one in ACCEPTED]
)
def test_what_is_decided_is_recorded_as_facts(world: World, who: str, of: Of, recorded: tuple[type[Fact], ...]) -> None:
    command = of(world)
    decided = desk_for(world, command).would(command, world.subject[who])
    assert tuple(type(new.fact) for new in decided) == recorded


@pytest.mark.parametrize(("who", "of", "code", "field"), REFUSED, ids=[f"{who}: {code}" for who, _, code, _ in REFUSED])
def test_what_cannot_be_is_refused_at_its_field_and_records_nothing(
    world: World, who: str, of: Of, code: str, field: str | None
) -> None:
    command, before = of(world), world.house.log_size()
    with pytest.raises(Refused) as refused:
        desk_for(world, command).do(command, world.subject[who])
    assert (refused.value.code, refused.value.field) == (code, field)
    assert str(refused.value).endswith(".")
    assert world.house.log_size() == before


def test_every_decision_is_tried_here(world: World) -> None:
    every = {decider.command for decider in about().deciders}
    accepted = {type(of(world)) for _, of, _ in ACCEPTED}
    assert every - accepted == {NameDesignatedTeacher}  # recorded in test_setting.py
    assert every == accepted | {type(of(world)) for _, of, _, _ in REFUSED}


@pytest.mark.parametrize("role", ["senco", "business_manager", "governor"])
def test_whoever_may_not_write_hears_no_refusal_in_words(world: World, role: str) -> None:
    may_write = {ReceivePremium, SpendPremium} if role == "business_manager" else set()
    for who, of, _, _ in REFUSED:
        command = of(world)
        if type(command) not in may_write and not isinstance(command, SetAuthority | ScoreSdq):
            with pytest.raises(NotAllowed):
                desk_of(world.house, role).do(command, world.subject[who])


def test_a_child_open_at_two_academies_is_told_by_the_upn(world: World) -> None:
    upn = next(event.fact.upn for event in world.house.events() if event.subject == world.subject["elsewhere"])  # type: ignore[union-attr]
    with pytest.raises(Refused, match=f"^{upn} is open at North Primary and South Primary"):
        desk_of(world.house).do(BeginEpisode("looked_after", TODAY, TODAY, "Letter"), world.subject["elsewhere"])
