"""Two people, never one, destroy a record; holds, and what goes last."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from core.desk import Desk
from core.disposal.commands import ApproveDisposal, PlaceHold, ProposeDisposal
from core.disposal.facts import DisposalApproved, DisposalProposed, HoldLifted, HoldPlaced
from core.errors import NotAllowed, NotFound, Refused, Stale
from core.roll.facts import PupilEnrolled
from events import Erased, Stream, verify
from events.tables import snapshots
from plugins.register.facts import ReviewEnded
from plugins.register.views import plan, support
from tests.core.disposal.deciding import IDENTITY, LIST, PLAN, SUPPORT, Child, text_of
from tests.core.house import NORTH, SOUTH, House, email_of, errors, on

NEXT_YEAR = date(2027, 3, 1)


def test_the_proposer_s_approval_and_another_person_s_destroy_it(house: House, child: Child) -> None:
    answer = child.propose(house.as_role("dpo"))
    assert answer.headers["location"] == child.records
    (proposed,) = house.recorded(DisposalProposed)
    assert (proposed.record_class, proposed.ground) == (SUPPORT, "retention_ended")
    assert house.desk(urn=NORTH).log.see(support, child.subject)  # nothing is destroyed yet
    answer = child.approve(house.as_role("head"))
    assert answer.headers["location"] == f"{LIST}/certificates/{proposed.disposal}"
    assert house.desk(urn=NORTH).log.see(support, child.subject) is None
    assert house.desk(urn=NORTH).log.see(plan, child.subject)
    (told,) = child.disposed
    assert [one.by for one in told.approvals] == [
        house.person(email_of("dpo")),
        house.person(email_of("head", NORTH)),
    ]
    assert (told.entries, told.first_on, told.last_on) == (1, date(2026, 11, 16), date(2026, 11, 16))
    assert told.backups_until == date(2026, 12, 21)
    assert told.taken_out_on == (date(2026, 11, 16),)
    assert child.kept.proposals == {}
    assert verify(house.building.store).ok


def test_the_same_person_never_approves_twice(house: House, child: Child) -> None:
    dpo = house.as_role("dpo")
    child.propose(dpo)
    assert f"{child.waiting.disposal}/approve" not in dpo.get(child.records).text
    answer = child.approve(dpo)
    assert answer.status_code == 422
    assert errors(answer.text) == ["You agreed to this already. Somebody else must agree to it too."]
    assert child.disposed == []


def test_who_may_not_sign_proposes_and_two_others_approve(house: House, child: Child) -> None:
    desk = house.desk(email_of("dpo"), NORTH)
    (held,) = desk.permissions.grants
    unsigned = {record: actions - {"sign"} for record, actions in held.allows.items()}
    desk.permissions.grants = [msgspec.structs.replace(held, allows=unsigned)]
    desk.do(ProposeDisposal(SUPPORT, "retention_ended", "Old."), child.subject)
    assert child.waiting.approvals == ()
    with pytest.raises(NotAllowed):
        desk.do(ApproveDisposal(child.waiting.disposal, 1), child.subject)
    child.approve(house.as_role("dpo"))
    assert child.disposed == []
    child.approve(house.as_role("head"))
    assert len(child.disposed) == 1


@pytest.mark.parametrize("role", ["senco", "send_admin", "send_director", "hr_admin", "identity_admin"])
def test_nobody_else_decides_or_sees(house: House, child: Child, role: str) -> None:
    child.propose(house.as_role("dpo"))
    someone = house.as_role(role)
    for path in (LIST, child.records, f"{child.records}/{child.waiting.disposal}/approve"):
        assert someone.get(path).status_code in (403, 404)
    assert "disposal" not in someone.get(f"/{NORTH}/pupils/{child.subject}").text


def test_a_head_of_another_academy_finds_nothing(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    elsewhere = house.as_role("head", SOUTH)
    assert elsewhere.get(child.records).status_code == 404
    assert elsewhere.get(f"/{SOUTH}/disposal/{child.subject}").status_code == 404


def test_of_two_who_agree_at_once_one_destroys_it_and_one_is_told(house: House, child: Child) -> None:
    house.grant("dpo", "nelly@keystone.example")
    child.propose(house.as_role("dpo"))
    agree, together = ApproveDisposal(child.waiting.disposal, 1), Barrier(2)
    people = [house.building.person_by_email(one) for one in (email_of("head", NORTH), "nelly@keystone.example")]
    desks = [Desk(house.open(), *one, house.academy_id()) for one in people if one]  # each in a process of their own

    def agrees(desk: Desk) -> str:
        together.wait()
        try:
            desk.do(agree, child.subject)
        except (Stale, Refused) as told:
            return str(told)
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(agrees, desks))
    assert answers.count("") == 1
    assert len(child.disposed) == 1
    assert verify(house.building.store).ok


def test_what_grew_since_it_was_looked_at_is_looked_at_again(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"), PLAN)
    head = house.as_role("head")
    path = f"{child.records}/{child.waiting.disposal}/approve"
    fields = head.form(path)
    house.tell(child.subject, ReviewEnded(date(2026, 11, 10)))
    answer = head.raw_post(path, data=fields)
    assert answer.status_code == 422
    says = "Something was recorded after you looked: there are 2 entries now. Look, then decide."
    assert errors(answer.text) == [says]
    assert head.raw_post(path, data=head.form(path)).status_code == 303
    assert [one.entries for one in child.disposed] == [2]


def test_an_approval_does_not_race_a_hold(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    head = house.as_role("head")
    path = f"{child.records}/{child.waiting.disposal}/approve"
    fields = head.form(path)
    house.as_role("dpo").post(f"{child.records}/hold", record="", reason="A claim.", **on("review_by", NEXT_YEAR))
    answer = head.raw_post(path, data=fields)
    assert answer.status_code == 409
    assert child.disposed == []


@pytest.mark.parametrize("record", ["", SUPPORT])
@pytest.mark.parametrize("everybody", [False, True])
def test_a_hold_stops_proposing_and_approving_until_it_is_lifted(
    house: House, child: Child, record: str, everybody: bool
) -> None:
    dpo, head = house.as_role("dpo"), house.as_role("head")
    child.propose(dpo)
    approve = f"{child.records}/{child.waiting.disposal}/approve"
    where = f"{LIST}/{house.academy_id()}" if everybody else child.records
    reason = "A claim was announced."
    dpo.post(f"{where}/hold", record=record, reason=reason, **on("review_by", NEXT_YEAR))
    (hold,) = house.recorded(HoldPlaced)
    assert head.post(approve).status_code == 422
    page = text_of(head.get(child.records).text)
    assert "looked at again by 1 March 2027" in page
    assert reason in page
    assert (child.propose(dpo, PLAN).status_code == 422) is (record == "")
    dpo.post(f"{where}/holds/{hold.hold}/lift", reason="It is settled.")
    assert house.recorded(HoldLifted)
    assert head.post(approve).status_code == 303
    assert len(child.disposed) == 1


@pytest.mark.parametrize(
    ("review_by", "says"),
    [
        (date(2026, 11, 16), "The day of the review must be in the future."),
        (date(2027, 11, 16), "A hold is looked at again within a year. It can be left standing then."),
    ],
)
def test_a_hold_is_looked_at_again_within_a_year(house: House, child: Child, review_by: date, says: str) -> None:
    answer = house.as_role("dpo").post(f"{child.records}/hold", reason="A claim.", **on("review_by", review_by))
    assert (answer.status_code, errors(answer.text)) == (422, [says])


def test_a_hold_to_be_looked_at_stands_among_what_needs_doing(house: House, child: Child) -> None:
    house.as_role("dpo").post(f"{child.records}/hold", reason="A claim.", **on("review_by", date(2026, 12, 1)))
    head = house.as_role("head")
    for page in (f"/{NORTH}", f"/{NORTH}/pupils/{child.subject}"):
        assert "Hold looked at again" in head.get(page).text
    assert "Hold looked at again" not in house.as_role("senco").get(f"/{NORTH}/pupils/{child.subject}").text


def test_who_they_are_is_kept_as_long_as_anything_else(house: House, child: Child) -> None:
    answer = child.propose(house.as_role("dpo"), IDENTITY)
    assert answer.status_code == 422
    says = "Who they are is kept as long as anything else of theirs. These still stand: {}; {}."
    register = "SEN register · "
    told = says.format(register + "EHC plan and its reviews", register + "Register line: provision and needs")
    assert errors(answer.text) == [told]


def test_who_is_here_still_keeps_their_name(house: House) -> None:
    here = Child(house, house.pupil())
    answer = here.propose(house.as_role("dpo"), IDENTITY)
    assert errors(answer.text) == ["They are here still. Who they are is kept until they have left."]


def test_with_the_last_record_go_the_decisions_and_who_looked(house: House, child: Child) -> None:
    for record in (SUPPORT, PLAN, IDENTITY):
        child.destroy(record)
    log, reads = house.building.store.log(NORTH), house.building.store.log(f"{NORTH}-reads")
    assert [(one.record_class, one.entries) for one in child.disposed] == [
        (SUPPORT, 1),
        (PLAN, 1),
        (IDENTITY, 2),
        ("core.disposal", 9),
    ]
    left = {event.subject for each in (log, reads) for event in each.events()}
    assert child.subject not in left
    assert verify(house.building.store).ok
    head = house.as_role("head")
    assert head.get(child.records).status_code == 404
    certificate = text_of(head.get(f"{LIST}/certificates/{child.disposed[-1].disposal}").text)
    assert certificate.count("none can be read.") == 2


def test_lists_and_packs_that_left_before_are_counted(house: House, child: Child) -> None:
    senco, tuesday = house.desk(email_of("senco", NORTH), NORTH), date(2026, 11, 17)
    house.clock.move_to(tuesday)
    senco.packed("ab" * 32, tuesday, {Stream(child.subject, SUPPORT): 1, Stream(child.subject, PLAN): 1}, "A tribunal.")
    child.destroy()
    (told,) = child.disposed
    assert told.taken_out_on == (date(2026, 11, 16), tuesday)


def test_no_snapshot_holds_what_was_destroyed(house: House, child: Child) -> None:
    log = house.building.store.log(NORTH)
    key = log.keys.find(Stream(child.subject, SUPPORT))
    assert key
    log.keep_snapshots()
    of = select(snapshots.c.view).where(snapshots.c.log == log.id, snapshots.c.key_id == key.key_id)
    with house.building.store.database.reading() as connection:
        assert connection.execute(of).first()
        child.destroy()
        assert connection.execute(of).first() is None
    again = house.open().store.log(NORTH)
    again.refresh()
    assert again.see(support, child.subject) is None
    assert again.see(plan, child.subject)


def test_a_refused_proposal_is_told_and_can_be_made_again(house: House, child: Child) -> None:
    dpo, head = house.as_role("dpo"), house.as_role("head")
    child.propose(dpo)
    disposal = child.waiting.disposal
    head.post(f"{child.records}/{disposal}/refuse", reason="A sibling may claim.")
    assert child.kept.proposals == {}
    assert "It is kept" in dpo.get(child.records).text
    assert head.get(f"{child.records}/{disposal}/approve").status_code == 404
    assert child.propose(dpo).status_code == 303


@pytest.mark.parametrize(
    ("record", "ground", "code"),
    [
        ("exams.working", "retention_ended", "nothing_there"),
        ("core.disposal", "retention_ended", "nothing_there"),
        ("core.running", "retention_ended", "nothing_there"),
        (SUPPORT, "because", "not_in_list"),
        (SUPPORT, "retention_ended", "already_proposed"),
    ],
)
def test_what_cannot_be_proposed(house: House, child: Child, record: str, ground: str, code: str) -> None:
    desk = house.desk(email_of("dpo"), NORTH)
    if code == "already_proposed":
        desk.do(ProposeDisposal(record, ground, "Old."), child.subject)
    with pytest.raises(Refused) as refused:
        desk.do(ProposeDisposal(record, ground, "Old."), child.subject)
    assert refused.value.code == code


def test_one_hold_on_one_record_and_on_none_that_is_not_there(house: House, child: Child) -> None:
    desk = house.desk(email_of("dpo"), NORTH)
    desk.do(PlaceHold("A claim.", NEXT_YEAR, SUPPORT), child.subject)
    desk.do(PlaceHold("A claim.", NEXT_YEAR, PLAN), child.subject)
    for record, code in ((SUPPORT, "already_held"), ("nothing.known", "not_in_list")):
        with pytest.raises(Refused) as refused:
            desk.do(PlaceHold("A claim.", NEXT_YEAR, record), child.subject)
        assert (refused.value.code, refused.value.field) == (code, "record")
    with pytest.raises(NotFound):
        desk.do(PlaceHold("A claim.", NEXT_YEAR, SUPPORT), uuid4())
    assert len(house.recorded(HoldPlaced)) == 2


def test_what_is_of_the_academy_itself_is_never_destroyed(house: House) -> None:
    desk = house.desk(email_of("dpo"), NORTH)
    with pytest.raises(Refused, match="Nothing of this kind"):
        desk.do(ProposeDisposal("core.running", "ordered", "x"), desk.here)


def test_pressed_twice_it_is_destroyed_once(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    head, disposal = house.as_role("head"), child.waiting.disposal
    path = f"{child.records}/{disposal}/approve"
    fields = head.form(path)
    answers = [head.raw_post(path, data=fields) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [f"{LIST}/certificates/{disposal}"] * 2
    assert len(child.disposed) == 1


def test_who_comes_back_begins_anew_under_another_key(house: House, child: Child) -> None:
    for record in (SUPPORT, PLAN, IDENTITY):
        child.destroy(record)
    back = PupilEnrolled("A801200000001", "Quillfeather", "Robin", date(2017, 3, 4), "5", "5B", date(2026, 11, 16))
    (entry,) = house.tell(child.subject, back)
    page = text_of(house.as_role("head").get(child.records).text)
    assert "1 entry" in page
    assert "Proposed" not in page
    event = house.building.store.log(NORTH).find(entry)
    assert event is not None
    assert event.n == 0


def test_whatever_stands_of_a_class_whose_plugin_is_off_can_be_destroyed(house: House, child: Child) -> None:
    house.switch(on=False)
    child.destroy()
    assert [one.record_class for one in child.disposed] == [SUPPORT]


def test_a_class_whose_code_is_gone_can_be_destroyed(house: House, child: Child) -> None:
    building = house.open(plugins=("exams",))
    people = [building.person_by_email(email) for email in (email_of("dpo"), email_of("head", NORTH))]
    desks = [Desk(building, *one, house.academy_id()) for one in people if one]
    desks[0].do(ProposeDisposal(SUPPORT, "retention_ended", "Old."), child.subject)
    desks[1].do(ApproveDisposal(child.waiting.disposal, 1), child.subject)
    assert [one.record_class for one in child.disposed] == [SUPPORT]
    assert house.desk(urn=NORTH).log.see(support, child.subject) is None


def test_keys_of_who_looked_are_destroyed_though_a_process_ended_before(
    house: House, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    child.propose(house.as_role("dpo"))
    desk = house.desk(email_of("head", NORTH), NORTH)
    (entry,) = house.building.store.log(f"{NORTH}-reads").stream(child.subject, SUPPORT)

    def ends(_: object) -> None:
        raise RuntimeError("the process ended")

    monkeypatch.setattr(desk, "destroy_access", ends)
    with pytest.raises(RuntimeError, match="ended"):
        desk.do(ApproveDisposal(child.waiting.disposal, 1), child.subject)
    reads = house.building.store.log(f"{NORTH}-reads")
    assert reads.event(entry.position).subject == child.subject
    house.as_role("dpo").get(LIST)
    with pytest.raises(Erased):
        reads.event(entry.position)


def test_an_approval_that_was_taken_back_does_not_count(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    (approved,) = house.facts(DisposalApproved)
    house.desk(email_of("dpo"), NORTH).withdraw(approved, "Too soon", uuid4())
    child.approve(house.as_role("head"))
    assert child.disposed == []


def test_a_proposal_waits_as_long_as_it_takes(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    house.clock.forward(timedelta(days=40).total_seconds())
    child.approve(house.as_role("head"))
    (told,) = child.disposed
    assert (told.proposed_on, told.disposed_on) == (date(2026, 11, 16), date(2026, 12, 26))
    assert told.backups_until == date(2027, 1, 30)
