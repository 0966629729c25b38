"""Whoever may not know hears no refusal in words, opens no file and takes nothing back."""

from __future__ import annotations

import html
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.desk import Desk
from core.errors import NotAllowed, NotFound, Refused, Stale
from plugins.register.facts import PlacedOnRegister
from tests.core.counselling import MONDAY, SEPTEMBER, a_pupil, bare, tell_secret, tutor
from tests.core.house import NORTH, House, email_of, on
from tests.core.strangers.counsel import HoldSession, SetRoom, sessions


def deeds(desk: Desk, pupil: UUID) -> dict[str, Callable[[], object]]:
    again = HoldSession(SEPTEMBER, 30)
    return {
        "do": lambda: desk.do(again, pupil),
        "do, from an old form": lambda: desk.do(again, pupil, seen=0),
        "would": lambda: desk.would(again, pupil),
        "seen_for": lambda: desk.seen_for(HoldSession, pupil),
        "keep": lambda: desk.keep(pupil, "counsel.session", b"letter"),
    }


@pytest.mark.parametrize("role", ["class_teacher", "senco", "head"])
def test_whoever_may_not_know_is_turned_away_before_anything_is_decided(counselled: House, role: str) -> None:
    tutor(counselled)
    one, other = a_pupil(counselled), a_pupil(counselled)
    tell_secret(counselled, one)
    desk, size = counselled.desk(email_of(role, NORTH), NORTH), counselled.log_size()
    for pupil in (one, other):
        for deed in deeds(desk, pupil).values():
            with pytest.raises(NotAllowed):
                deed()
        with pytest.raises(NotFound):
            desk.see(sessions, pupil)
        assert [event.kind for event in desk.history(pupil)] == [
            kind
            for kind in ("register.plan_issued/1", "register.placed/1", "roll.pupil_enrolled/1")
            if role != "class_teacher" or kind.startswith("roll.")
        ]
    assert counselled.log_size() == size


def test_whoever_reads_and_may_not_write_hears_the_decision_but_records_nothing(counselled: House) -> None:
    pupil = a_pupil(counselled)
    tell_secret(counselled, pupil)
    desk = counselled.desk(email_of("dsl", NORTH), NORTH)
    with pytest.raises(Refused) as refused:
        desk.do(HoldSession(SEPTEMBER, 30), pupil)
    assert refused.value.code == "no_change"
    with pytest.raises(NotAllowed):
        desk.do(HoldSession(MONDAY, 30), pupil)
    with pytest.raises(Stale):
        desk.do(HoldSession(MONDAY, 30), pupil, seen=0)


def test_a_command_that_rests_on_nothing_is_decided_for_whoever_writes_something_of_its_plugin(
    counselled: House,
) -> None:
    with pytest.raises(NotAllowed):
        counselled.desk(email_of("senco", NORTH), NORTH).do(SetRoom("nowhere"))
    with pytest.raises(Refused):
        counselled.desk(email_of("head", NORTH), NORTH).do(SetRoom("nowhere"))


def test_an_entry_of_it_is_taken_back_only_by_whoever_may_write_it(counselled: House) -> None:
    pupil = a_pupil(counselled)
    event = tell_secret(counselled, pupil)
    for role in ("senco", "head"):
        desk = counselled.desk(email_of(role, NORTH), NORTH)
        with pytest.raises(NotFound):
            desk.entry(pupil, event.event_id)
        address = f"/{NORTH}/pupils/{pupil}/entries"
        someone = counselled.as_role(role)
        missing = bare(someone.get(f"{address}/{uuid4()}/withdraw"))
        assert bare(someone.get(f"{address}/{event.event_id}/withdraw")) == missing
    dsl = counselled.desk(email_of("dsl", NORTH), NORTH)
    with pytest.raises(NotAllowed):
        dsl.withdraw(event, "Another child", uuid4())
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.withdraw(event, "Another child", uuid4())
    with pytest.raises(NotAllowed):
        dsl.withdraw(event, "Another child", uuid4())
    with pytest.raises(Refused):
        teacher.withdraw(event, "Another child", uuid4())


def test_a_file_is_kept_and_read_by_whoever_may(counselled: House) -> None:
    pupil, other = counselled.pupil(), counselled.pupil()
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    kept = teacher.keep(pupil, "counsel.session", b"A letter")
    assert counselled.desk(email_of("dsl", NORTH), NORTH).document(pupil, "counsel.session", kept) == b"A letter"
    with pytest.raises(NotFound):
        counselled.desk(email_of("senco", NORTH), NORTH).document(pupil, "counsel.session", kept)
    with pytest.raises(NotAllowed):
        counselled.desk(email_of("dsl", NORTH), NORTH).keep(other, "counsel.session", b"A letter")


def test_what_others_recorded_meanwhile_is_told_without_the_secret(counselled: House) -> None:
    pupil = a_pupil(counselled)
    senco = counselled.as_role("senco")
    path = f"/{NORTH}/register/pupils/{pupil}/change"
    form = senco.form(path) | {"provision": "K", "need_1": "SLCN", "reason": "Moved", "go": "record"}
    tell_secret(counselled, pupil)
    counselled.tell(pupil, PlacedOnRegister("K", ("ASD",), SEPTEMBER, SEPTEMBER, "Again"))
    answer = senco.raw_post(path, data=form | on("on", MONDAY))
    assert answer.status_code == 409
    assert "Placed on the register" in html.unescape(answer.text)
    assert "counsellor" not in answer.text.partition("<main")[2]
