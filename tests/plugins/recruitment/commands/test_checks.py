"""What is refused of people, checks, starts, SENCOs and posts; and what a record that is taken over comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from core.command import Command
from core.desk import Desk
from core.errors import NotAllowed, Refused, Stale
from plugins.recruitment import commands as c
from plugins.recruitment.facts import CheckRecorded, EngagementBegan, PersonNamed
from plugins.recruitment.views import checks, cover_gap, person, posts, sencos
from tests.core.house import SOUTH, House
from tests.plugins.recruitment.staff import STARTED, TODAY, check, checked, desk_of, do, engagement, somebody, trust

AHEAD, BEFORE = TODAY + timedelta(days=1), date(2020, 1, 1)
NOBODY = uuid4()


class World(msgspec.Struct):
    """A school with people in each state a decision may meet."""

    house: House
    subject: dict[str, UUID]
    ids: dict[str, UUID]


@pytest.fixture(scope="module")
def world(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One school for all: what is refused changes nothing, and what is accepted is only tried."""
    house = trust(lambda **more: House(tmp_path_factory.mktemp("checks") / "trust", house_template, **more))
    subject = {
        "teacher": somebody(house),
        "helper": somebody(house, "Vale", "volunteer_occasional", title="Reading helper"),
        "left": somebody(house, "Gone"),
        "nobody": NOBODY,
        "here": house.academy_id(),
        "pupil": house.pupil(),
    }
    ids = {name: engagement(house, subject[name]) for name in ("teacher", "helper", "left")}
    do(house, subject["left"], c.EndEngagement(ids["left"], TODAY - timedelta(days=1)))
    do(house, subject["helper"], c.AnswerScope("barred_list", needed=False, reason="Once a term"))
    do(house, subject["teacher"], check("identity"), c.KeepCopy(date(2026, 11, 2), "It is being weighed"))
    do(house, subject["teacher"], c.ReceiveReference("Pat", "Old School", TODAY, "open", True, True))
    desk = desk_of(house)
    ids["copy"] = next(iter(desk.log.see(checks, subject["teacher"]).copies))  # type: ignore[union-attr]
    ids["reference"] = next(iter(desk.log.see(checks, subject["teacher"]).references))  # type: ignore[union-attr]
    desk.do(c.AppointSenco(subject["teacher"], STARTED, qts=True, induction=True, teaches_here=True))
    desk.do(c.PlanPost("SENCO", "senco", 100, 4_500_000, STARTED))
    desk.do(c.PlanPost("Assistant", "teaching_assistant", 60, 2_400_000, STARTED))
    named, planned = desk.log.see(sencos, desk.here), desk.log.see(posts, desk.here)
    assert named
    assert planned
    (ids["senco"],) = named
    ids["empty"], ids["filled"] = planned
    desk.do(c.FillPost(ids["filled"], STARTED, 2_400_000))
    yield World(house, subject, ids)
    house.close()


def row(**more: Any) -> c.RecordEntry:
    usual: dict[str, Any] = {"surname": "Stone", "forename": "Bo", "born_on": date(1990, 5, 2), "role": "teacher"}
    return c.RecordEntry(**(usual | {"title": "Class teacher", "starts_on": STARTED} | more))


LOOKED: dict[str, Any] = {"consent": True, "original_seen": True, "identity_checked": True, "workforce": "child"}
LOOKED |= {"level": "enhanced_with_list", "status": "nothing_current", "seen_on": TODAY, "checked_by": "AB"}
WORK: dict[str, Any] = {"role": "teacher", "title": "Class teacher"}

REFUSED: list[tuple[str, Any, str, str | None]] = [
    ("pupil", lambda _: c.NamePerson("Reyes", "Ana"), "is_pupil", None),
    ("here", lambda _: c.NamePerson("Reyes", "Ana"), "is_pupil", None),
    ("pupil", lambda _: c.AddPerson("Reyes", "Ana", **WORK, starts_on=TODAY), "is_pupil", None),
    ("here", lambda _: c.AddPerson("Reyes", "Ana", **WORK, starts_on=TODAY), "is_pupil", None),
    ("teacher", lambda _: c.NamePerson("Reyes", "Ana", born_on=AHEAD), "in_future", "born_on"),
    ("teacher", lambda _: c.AddPerson("Reyes", "Ana", **WORK, starts_on=TODAY), "known", "surname"),
    ("nobody", lambda _: c.AddPerson("New", "Kim", **WORK, starts_on=TODAY, born_on=AHEAD), "in_future", "born_on"),
    ("nobody", lambda _: c.AddPerson("New", "Kim", "chef", "Chef", TODAY), "not_in_list", "role"),
    ("nobody", lambda _: c.BeginEngagement(**WORK, starts_on=TODAY), "nobody", None),
    ("teacher", lambda _: c.BeginEngagement("chef", "Chef", TODAY), "not_in_list", "role"),
    ("teacher", lambda _: c.BeginEngagement(**WORK, starts_on=TODAY, flags=("tall",)), "not_in_list", "flags"),
    ("teacher", lambda _: c.ChangeEngagement(NOBODY, **WORK, from_on=TODAY), "no_engagement", None),
    ("teacher", lambda i: c.ChangeEngagement(i["teacher"], **WORK, from_on=BEFORE), "before_start", "from_on"),
    ("teacher", lambda i: c.ChangeEngagement(i["teacher"], "chef", "Chef", TODAY), "not_in_list", "role"),
    ("teacher", lambda _: c.EndEngagement(NOBODY, TODAY), "no_engagement", None),
    ("teacher", lambda i: c.EndEngagement(i["teacher"], BEFORE), "before_start", "ended_on"),
    ("left", lambda i: c.EndEngagement(i["left"], TODAY), "no_change", None),
    ("teacher", lambda i: c.TellVolunteering(i["teacher"], True, False, False), "not_a_volunteer", None),
    ("helper", lambda _: c.TellVolunteering(NOBODY, True, False, False), "no_engagement", None),
    ("nobody", lambda _: c.TellTraining("induction", TODAY), "nobody", None),
    ("teacher", lambda _: c.TellTraining("induction", AHEAD), "in_future", "done_on"),
    ("nobody", lambda _: check("identity"), "nobody", None),
    ("teacher", lambda _: check("medical", "fit"), "elsewhere", "check"),
    ("teacher", lambda _: check("references", "satisfactory"), "elsewhere", "check"),
    ("teacher", lambda _: check("shoe_size", "large"), "not_in_list", "check"),
    ("teacher", lambda _: check("identity", "clear"), "not_in_list", "outcome"),
    ("teacher", lambda _: check("identity", route="guessed"), "not_in_list", "route"),
    ("teacher", lambda _: check("identity", checked_on=AHEAD), "in_future", "checked_on"),
    ("teacher", lambda _: check("dbs", certificate_on=AHEAD), "in_future", "certificate_on"),
    ("teacher", lambda _: check("identity", checked_on=None), "no_day", "checked_on"),
    ("teacher", lambda _: check("dbs", "awaiting", checked_on=None), "no_day", "requested_on"),
    ("helper", lambda _: check("barred_list"), "must_not", "check"),
    ("nobody", lambda _: c.SeeUpdateService(**LOOKED), "nobody", None),
    ("teacher", lambda _: c.SeeUpdateService(**LOOKED | {"seen_on": AHEAD}), "in_future", "seen_on"),
    ("teacher", lambda _: c.SeeUpdateService(**LOOKED | {"consent": False}), "no_consent", None),
    ("teacher", lambda _: c.SeeUpdateService(**LOOKED | {"level": "enhanced"}), "lower_level", None),
    ("teacher", lambda _: c.SeeUpdateService(**LOOKED | {"status": "details_differ"}), "not_current", None),
    ("teacher", lambda _: c.AnswerScope("identity", needed=True, reason="So"), "not_in_list", "check"),
    (
        "teacher",
        lambda _: c.ReceiveReference("Pat", "Old School", AHEAD, "none", True, True),
        "in_future",
        "received_on",
    ),
    ("teacher", lambda _: c.SettleReference(NOBODY, "none"), "no_reference", None),
    ("teacher", lambda i: c.SettleReference(i["reference"], "resolved"), "no_words", "words"),
    ("teacher", lambda i: c.SettleReference(i["reference"], "none"), "concern", "concern"),
    ("teacher", lambda i: c.SettleReference(i["reference"], "open", AHEAD), "in_future", "verified_on"),
    ("teacher", lambda _: c.WaiveCheck(NOBODY, "references", "So"), "no_engagement", None),
    ("teacher", lambda i: c.WaiveCheck(i["teacher"], "shoe_size", "So"), "not_in_list", "check"),
    ("teacher", lambda i: c.WaiveCheck(i["teacher"], "identity", "So"), "not_waivable", "check"),
    ("teacher", lambda i: c.WaiveCheck(i["teacher"], "references", "So"), "same_person", "reason"),
    ("teacher", lambda _: c.KeepCopy(AHEAD, "So"), "in_future", "received_on"),
    ("teacher", lambda _: c.KeepCopy(TODAY), "no_reason", "reason"),
    ("teacher", lambda _: c.DeleteCopy(NOBODY, TODAY), "no_copy", None),
    ("teacher", lambda i: c.DeleteCopy(i["copy"], AHEAD), "in_future", "deleted_on"),
    ("teacher", lambda i: c.DeleteCopy(i["copy"], date(2026, 11, 1)), "before_copy", "deleted_on"),
    ("here", lambda _: c.AppointSenco(NOBODY, TODAY, True, True, True), "not_in_list", "person"),
    ("here", lambda _: c.TellSencoAward(NOBODY, "npq", TODAY), "no_appointment", None),
    ("here", lambda i: c.TellSencoAward(i["senco"], "npq"), "no_day", "begun_on"),
    ("here", lambda i: c.TellSencoAward(i["senco"], "npq", TODAY, AHEAD), "in_future", "completed_on"),
    ("here", lambda i: c.TellSencoAward(i["senco"], "npq", TODAY, BEFORE), "turned_round", "completed_on"),
    ("here", lambda _: c.EndSenco(NOBODY, TODAY), "no_appointment", None),
    ("here", lambda i: c.EndSenco(i["senco"], BEFORE), "before_start", "ended_on"),
    ("here", lambda _: c.PlanPost("Chef", "chef", 100, 1, TODAY), "not_in_list", "role"),
    ("here", lambda _: c.PlanPost("SENCO", "senco", 100, 1, TODAY, until_by=BEFORE), "turned_round", "until_by"),
    ("here", lambda _: c.PlanPost("SENCO", "senco", 100, 1, TODAY, post=NOBODY), "no_post", None),
    ("here", lambda i: c.FillPost(i["filled"], TODAY, 1), "no_change", None),
    ("here", lambda i: c.LeavePost(i["empty"], TODAY), "no_change", None),
    ("here", lambda i: c.LeavePost(i["filled"], BEFORE), "before_start", "left_on"),
    ("here", lambda _: c.TakeRecord((row(role="chef"),)), "not_in_list", "file"),
    ("here", lambda _: c.TakeRecord((row(born_on=AHEAD),)), "in_future", "file"),
    ("here", lambda _: c.TakeRecord((row(checks=(c.TakenCheck("medical", "fit"),)),)), "not_in_list", "file"),
    ("here", lambda _: c.TakeRecord((row(checks=(c.TakenCheck("dbs", "clear", AHEAD),)),)), "in_future", "file"),
    ("here", lambda _: c.TakeRecord((row(checks=(c.TakenCheck("dbs", "clear", route="x"),)),)), "not_in_list", "file"),
    ("here", lambda _: c.TakeRecord((row(training=(c.TakenTraining("yoga", TODAY),)),)), "not_in_list", "file"),
]


@pytest.mark.parametrize(
    ("subject", "command", "code", "field"), REFUSED, ids=[f"{n}-{code}" for n, (_, _, code, _) in enumerate(REFUSED)]
)
def test_what_cannot_be_is_refused_at_its_field(
    world: World, subject: str, command: Any, code: str, field: str | None
) -> None:
    asked: Command = command(world.ids)
    with pytest.raises(Refused) as refused:
        desk_of(world.house).would(asked, world.subject[subject])
    assert (refused.value.code, field or refused.value.field) == (code, refused.value.field)


def test_who_is_senco_is_named_once_and_from_a_first_day_that_is_first(world: World) -> None:
    again = c.AppointSenco(world.subject["teacher"], TODAY, True, True, True)
    late = c.AppointSenco(world.subject["helper"], STARTED, True, True, True, first_on=TODAY)
    for command, code in ((again, "no_change"), (late, "turned_round")):
        with pytest.raises(Refused) as refused:
            desk_of(world.house).would(command, world.subject["here"])
        assert refused.value.code == code


def test_whoever_may_not_sign_decides_on_no_start(world: World) -> None:
    risk = c.AssessRisk(world.ids["teacher"], "Pat", TODAY, "Never alone")
    for command in (risk, c.ClearPerson(world.ids["teacher"])):
        with pytest.raises(NotAllowed):
            desk_of(world.house).would(command, world.subject["teacher"])


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (lambda i: c.AssessRisk(i["teacher"], "Pat", BEFORE, "Never alone"), "over"),
        (lambda _: c.AssessRisk(NOBODY, "Pat", TODAY, "Never alone"), "no_engagement"),
        (lambda i: c.ClearPerson(i["teacher"]), "blocked"),
    ],
)
def test_whoever_signs_is_refused_what_cannot_be(world: World, command: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk_of(world.house, "head").would(command(world.ids), world.subject["teacher"])
    assert refused.value.code == code


def test_a_start_is_refused_with_everything_that_is_missing_in_order(world: World) -> None:
    with pytest.raises(Refused) as refused:
        desk_of(world.house, "head").would(c.ClearPerson(world.ids["teacher"]), world.subject["teacher"])
    says = str(refused.value)
    wanted = ("Medical fitness", "References", "Qualifications", "Prohibition", "Enhanced DBS", "Right to work")
    places = [says.index(words) for words in wanted]
    assert places == sorted(places)


def test_whoever_recorded_a_hard_outcome_does_not_clear_and_nobody_clears_themselves(world: World) -> None:
    house = world.house
    subject = somebody(house, "Stands", starts_on=date(2026, 12, 1), title="Teacher")
    checked(house, subject, "identity")
    head = desk_of(house, "head")
    head.do(check("identity", "mismatch", checked_on=date(2024, 6, 1)), subject)
    do(house, subject, check("identity"), c.RecordFitness("fit", TODAY, "OH"))
    for referee in ("Pat", "Sam"):
        reference = c.ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang")
        do(house, subject, reference)
    with pytest.raises(Refused) as refused:
        head.would(c.ClearPerson(engagement(house, subject)), subject)
    assert refused.value.code == "entered_checks"
    own = head.person_id
    do(house, own, c.AddPerson("Head", "Hal", "teacher", "Teacher", date(2026, 12, 1)))
    checked(house, own)
    do(house, own, c.RecordFitness("fit", TODAY, "OH"))
    for referee in ("Pat", "Sam"):
        do(house, own, c.ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang"))
    with pytest.raises(Refused) as refused:
        head.would(c.ClearPerson(engagement(house, own)), own)
    assert refused.value.code == "own_clearance"


def test_whoever_signs_in_under_the_name_on_the_record_decides_nothing_about_that_person(world: World) -> None:
    house, head = world.house, desk_of(world.house, "head")
    forename, surname = head.person.name.split(maxsplit=1)
    subject = somebody(house, surname, forename=forename.upper(), starts_on=date(2026, 12, 1))
    checked(house, subject, "self_disclosure")
    do(house, subject, c.RecordFitness("fit", TODAY, "OH"))
    for referee in ("Pat", "Sam"):
        do(house, subject, c.ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang"))
    work = engagement(house, subject)
    waiver = c.WaiveCheck(work, "self_disclosure", "Twenty years here")
    for command in (waiver, c.AssessRisk(work, "Pat", TODAY, "Never alone")):
        assert refused_to(head, command, subject) == "own_clearance"
    desk_of(house, "hr_director", "").at(house.academy_id()).do(waiver, subject)
    assert refused_to(head, c.ClearPerson(work), subject) == "own_clearance"


def refused_to(desk: Desk, command: Command, subject: UUID) -> str:
    with pytest.raises(Refused) as refused:
        desk.would(command, subject)
    return refused.value.code


# A record that is taken over


def taken(world: World, *rows: c.RecordEntry, urn: str = "") -> list[Any]:
    """What taking these rows over would record."""
    desk = desk_of(world.house, urn=urn) if urn else desk_of(world.house)
    return desk.would(c.TakeRecord(rows), desk.here)


def test_one_row_is_one_engagement_and_one_person_has_one_id(world: World) -> None:
    facts = taken(world, row(), row(title="SENCO", role="senco"))
    kinds = [type(new.fact) for new in facts]
    assert kinds.count(PersonNamed) == 1
    assert kinds.count(EngagementBegan) == 2
    assert len({new.subject for new in facts}) == 1


def test_a_person_known_at_another_academy_by_name_and_birth_keeps_the_id(world: World) -> None:
    born = date(1971, 1, 1)
    subject = somebody(world.house, "Önal", urn=SOUTH, born_on=born)
    (named, *_) = taken(world, row(surname="ONAL", forename="ana", born_on=born))
    assert named.subject == subject
    (other, *_) = taken(world, row(surname="Onal", forename="Ana", born_on=date(1971, 1, 2)))
    assert other.subject != subject


def test_a_missing_day_stays_a_gap_and_the_same_row_again_adds_nothing(world: World) -> None:
    one = row(surname="Again", checks=(c.TakenCheck("identity", "verified"), c.TakenCheck("dbs", "clear", STARTED)))
    desk = desk_of(world.house)
    desk.do(c.TakeRecord((one,)))
    made = [event.fact for event in world.house.facts(CheckRecorded) if isinstance(event.fact, CheckRecorded)]
    assert made[-2].checked_on is None
    with pytest.raises(Refused) as refused:
        desk.would(c.TakeRecord((one,)), desk.here)
    assert refused.value.code == "no_change"
    later = msgspec.structs.replace(one, checks=(*one.checks, c.TakenCheck("prohibition", "clear", STARTED)))
    assert [type(new.fact) for new in taken(world, later)] == [CheckRecorded]


def test_a_date_of_birth_that_comes_later_is_added_to_the_same_person(world: World) -> None:
    subject = somebody(world.house, "Undated")
    (named, *_) = taken(world, row(surname="Undated", forename="Ana"))
    assert (named.subject, named.fact.born_on) == (subject, date(1990, 5, 2))


def test_a_confirmation_of_another_preview_is_refused_as_stale(world: World) -> None:
    with pytest.raises(Stale):
        desk_of(world.house).do(c.TakeRecord((row(),), previewed="0" * 32))


def test_nobody_holds_the_post_of_senco_once_the_appointment_ended(world: World) -> None:
    desk = desk_of(world.house)
    known = desk.log.see(sencos, desk.here)
    assert cover_gap(known, TODAY) is None
    one = next(iter((known or {}).values()))
    ended = {world.ids["senco"]: msgspec.structs.replace(one, ended_on=date(2026, 10, 1))}
    gap = cover_gap(ended, TODAY)
    assert gap is not None
    assert gap.since == date(2026, 10, 2)


def test_somebody_added_stands_on_the_record_with_what_they_do(world: World) -> None:
    subject = somebody(world.house, "Added", flags=("teaching_work",))
    known = desk_of(world.house).see(person, subject)
    assert known is not None
    (one,) = known.engagements.values()
    assert (known.name, one.role, one.flags) == ("Added, Ana", "teacher", ("teaching_work",))


@pytest.mark.parametrize(
    "command",
    [
        c.AnswerScope("overseas", False, "Asked"),
        c.KeepCopy(TODAY, "The panel asked for it"),
        c.ReceiveReference("J. Okoro", "Northvale Primary", TODAY, "none", True, True),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_is_checked_of_whoever_neither_works_here_nor_applied(world: World, command: Command) -> None:
    with pytest.raises(Refused) as refused:
        desk_of(world.house).do(command, uuid4())
    assert refused.value.code == "nobody"
