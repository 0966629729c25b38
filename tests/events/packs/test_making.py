"""Making a pack: what it shows, what it withholds and still proves, and what it leads back to."""

import base64
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import insert

from events import Log, Store, Tampered
from events.notes import COSIGNATURE, ML_DSA_44, NoteSigner, parse_note
from events.open_facts import EpochStarted, KeyDestroyed
from events.packs import Disclosed, NotOurs, Pack, verify
from events.packs.earlier import earlier
from events.tables import checkpoints
from events.witnesses import keep_cosignatures
from tests.events.home import ANN, BEN, NOON, SENCO, Clock, Home, note, notes
from tests.events.packs.packing import (
    ASKED,
    MADE_AT,
    READINGS,
    SECRET,
    WHY,
    answer,
    erase,
    events_of,
    packed,
    told,
)

DAY_US = 24 * 60 * 60 * 1_000_000


def reports(raw: bytes, key: str) -> dict[str, dict[str, object]]:
    """The report of each entry, by its proof."""
    return {one["proof"]: one for one in verify.check(raw, [verify.read_key(key)], [])["entries"]}


def everything_in(raw: bytes) -> bytes:
    """A pack's bytes, and what is written in base64 in it."""
    shown = re.findall(rb"^extra (\S+)$", raw, re.MULTILINE)
    assert shown
    return raw + b"".join(map(base64.b64decode, shown))


def test_a_stream_is_proved_whole_and_in_its_words(store: Store, log: Log) -> None:
    told(store, log)
    raw, key = packed(store, log, events_of(log))
    report = verify.check(raw, [verify.read_key(key)], [])
    assert (report["answer"], report["wrong"], report["asked"]) == ("proved", [], ASKED)
    assert (report["log"], report["size"]) == (log.origin, log.size)
    assert report["none_left_out"] == [{"what": f"Notes of {ANN}", "first": 0, "last": 4}]
    added, *shown = report["entries"]
    assert added["kind"] == "events.signing_key_added/1"
    assert [one["entry"] for one in shown] == [event.position for event in log.stream(ANN, "tests.notes")]
    assert [one["parts"][3] for one in shown] == [
        {"fact": {"words": SECRET if at == 2 else f"note {at}"}} for at in range(5)
    ]
    assert b"Ben's own words" not in everything_in(raw)


def test_what_is_withheld_is_not_in_the_pack_and_the_rest_proves(store: Store, log: Log) -> None:
    told(store, log)
    chosen = events_of(log)
    chosen[2] = Disclosed(chosen[2].event_id, {3: WHY, 2: "It names who recorded it."})
    chosen[3] = Disclosed(chosen[3].event_id, wordless="It is not part of what was asked for.")
    raw, key = packed(store, log, chosen)
    assert answer(raw, key) == ("proved", [])
    found = everything_in(raw)
    assert SECRET.encode() not in found
    assert b"note 3" not in found
    assert b"note 4" in found
    _, _, _, one, whole, _ = reports(raw, key).values()
    assert one["withheld"] == [{"part": 3, "why": WHY}, {"part": 2, "why": "It names who recorded it."}]
    assert one["kind"] == "tests.noted/1"
    assert (whole["withheld"], whole["parts"], whole["kind"]) == (
        [{"part": None, "why": "It is not part of what was asked for."}],
        [],
        None,
    )


@pytest.mark.parametrize("withheld", [{4: WHY}, {-1: WHY}, {3: ""}])
def test_only_a_part_that_is_there_is_withheld_and_for_a_reason(
    store: Store, log: Log, withheld: dict[int, str]
) -> None:
    event = note(log, "words")
    with pytest.raises(ValueError, match="only a part that is there can be withheld"):
        Pack(store, log, [Disclosed(log.event(event).event_id, withheld)])


def test_an_erased_entry_proves_without_words_and_its_erasure_beside(store: Store, log: Log) -> None:
    told(store, log)
    chosen = [*events_of(log), *events_of(log, BEN)]
    erase(log, BEN)
    raw, key = packed(store, log, chosen)
    assert answer(raw, key) == ("proved", [])
    *_, of_ben, destroyed = reports(raw, key).values()
    assert of_ben["parts"] == []
    assert of_ben["withheld"] == [{"part": None, "why": "It was erased: the key of its record was destroyed."}]
    assert destroyed["kind"] == "events.key_destroyed/1"
    said = [fact for _, fact in log.said_openly() if isinstance(fact, KeyDestroyed)]
    assert destroyed["parts"][0]["fact"]["key_id"] == said[0].key_id  # type: ignore[index]
    assert {"what": "An erased record", "first": 0, "last": 0} in verify.check(raw, [], [])["none_left_out"]


def test_where_entries_are_left_out_it_is_not_said_that_none_is(store: Store, log: Log) -> None:
    told(store, log)
    chosen = events_of(log)
    raw, _ = packed(store, log, [*chosen[:2], *chosen[3:]])
    runs = verify.check(raw, [], [])["none_left_out"]
    assert [(one["first"], one["last"]) for one in runs] == [(0, 1), (3, 4)]
    unnumbered, key = packed(store, log, chosen, called=None)
    assert answer(unnumbered, key) == ("proved", [])
    assert verify.check(unnumbered, [], [])["none_left_out"] == []
    key_id = log.stream(ANN, "tests.notes")[0].key_id
    assert key_id in everything_in(raw)
    assert key_id not in everything_in(unnumbered)


def test_the_same_pack_is_the_same_bytes(store: Store, log: Log) -> None:
    told(store, log)
    chosen = events_of(log)
    assert packed(store, log, chosen) == packed(store, log, chosen[::-1])
    pack = Pack(store, log, chosen)
    later = pack.zip(ASKED, datetime(2026, 11, 17, tzinfo=UTC), READINGS)
    assert later != pack.zip(ASKED, MADE_AT, READINGS)


def test_an_entry_younger_than_the_last_checkpoint_is_signed_first(store: Store, log: Log) -> None:
    told(store, log, signing=False)
    note(log, "just now")
    raw, key = packed(store, log, events_of(log))
    assert answer(raw, key) == ("proved", [])


def test_nothing_is_made_of_a_doubtful_log(home: Home, store: Store, log: Log) -> None:
    told(store, log)
    chosen = events_of(log)
    home.attack("UPDATE entries SET flags = 2 WHERE position = 4")
    with pytest.raises(Tampered, match="position 4"):
        Pack(home.store(), store.log(log.name), chosen)


# What the reader holds


def test_every_earlier_half_checks_the_pack_and_another_log_s_does_not(store: Store, log: Log) -> None:
    note(log)
    halves = [store.sign(log) or ""]
    for _ in range(4):
        note(log)
        halves.append(store.sign(log) or "")
    raw, key = packed(store, log, events_of(log), since=halves)
    for half in halves:
        assert answer(raw, held=[half]) == ("proved", [])
        assert answer(raw, key, held=[half]) == ("proved", [])
    other = store.create("139205")
    strange = store.sign(other) or ""
    assert answer(raw, held=[strange])[1] == [f"the checkpoint you gave is of another log than {log.origin}"]
    assert answer(raw, held=[strange, halves[0]]) == ("proved", [])  # a file may hold those of many logs
    with pytest.raises(NotOurs, match="The checkpoint of 2 entries is not of this log's past"):
        Pack(store, log, events_of(log), since=[strange])


def test_a_half_younger_than_the_pack_is_said_to_be(store: Store, log: Log) -> None:
    told(store, log)
    chosen = events_of(log)
    raw, key = packed(store, log, chosen)
    note(log)
    younger = store.sign(log) or ""
    said, wrong = answer(raw, key, held=[younger])
    assert said == "wrong"
    assert "the pack is older than the checkpoint you hold: it ends with entry 8, yours with 9" in wrong[0]


def test_a_half_that_the_pack_does_not_go_on_from_is_said_to_be(store: Store, log: Log) -> None:
    told(store, log)
    half = store.checkpoint(log) or ""
    for _ in range(2):  # within one day: only the last of it is in a pack unless asked for
        note(log)
        store.sign(log)
    raw, key = packed(store, log, events_of(log))
    assert "no proof from the checkpoint you hold, of 8 entries" in answer(raw, key, held=[half])[1][0]
    assert answer(packed(store, log, events_of(log), since=[half])[0], held=[half]) == ("proved", [])


def test_what_witnesses_said_of_the_checkpoint_is_in_the_pack(store: Store, log: Log) -> None:
    told(store, log)
    witness = NoteSigner("witness.example", COSIGNATURE, bytes(range(32)))
    note = store.checkpoint(log) or ""
    cosigned = note + witness.line(parse_note(note)[0], NOON // 1_000_000)
    keep_cosignatures(store, cosigned, [witness.key])
    raw, key = packed(store, log, events_of(log))
    assert answer(raw, key) == ("proved", [])
    assert verify.unzipped(raw)["checkpoint"].decode() == cosigned


# Keys that come and go


def test_a_key_learnt_long_ago_leads_to_the_one_that_signs_now(store: Store, log: Log) -> None:
    told(store, log)
    old = str(log.keys.signing.signers(log.origin)[0].key)
    for _ in range(3):
        store.add_signer(log)
        note(log)
        store.retire_signers(log)
        note(log)
    raw, newest = packed(store, log, events_of(log))
    assert newest != old
    assert answer(raw, newest) == answer(raw, old) == ("proved", [])


def test_while_two_keys_sign_either_proves(store: Store, log: Log) -> None:
    told(store, log)
    old, new = str(log.keys.signing.signers(log.origin)[0].key), str(store.add_signer(log))
    store.add_signer(log, ML_DSA_44)
    raw, _ = packed(store, log, events_of(log))
    assert answer(raw, old) == answer(raw, new) == answer(raw, old, new) == ("proved", [])


def test_after_a_restore_the_old_key_reaches_what_it_signed(store: Store, log: Log) -> None:
    told(store, log)
    old, half = str(log.keys.signing.signers(log.origin)[0].key), store.checkpoint(log) or ""
    log = store.begin_epoch(log.name, lambda number: EpochStarted(number, half, 0))
    note(log, "since then")
    started = Disclosed(log.event(8).event_id)  # the first that the old key has not signed
    raw, new = packed(store, log, [*events_of(log), started])
    assert answer(raw, new) == ("proved", [])
    assert answer(raw, old) == ("proved in part", [])
    assert answer(raw, held=[half]) == ("proved in part", [])
    assert [one["answer"] for one in reports(raw, old).values()] == ["proved"] * 6 + ["not proved"] * 3
    assert answer(raw, new, held=[half]) == ("proved", [])


def test_a_checkpoint_of_what_a_restore_lost_is_not_in_the_pack(home: Home, store: Store, log: Log) -> None:
    told(store, log)
    lost = store.checkpoint(log) or ""
    home.attack("DELETE FROM entries WHERE position >= 6")  # as a restore of an older backup would leave it
    again = home.store()
    log = again.begin_epoch(log.name, lambda number: EpochStarted(number, lost, 2))
    note(log)
    raw, new = packed(again, log, events_of(log))
    assert [int(one.split("\n")[1]) for one in earlier(again, log, log.size)] == [3, 6]
    assert answer(raw, new) == ("proved", [])
    assert "no proof from the checkpoint you hold, of 8 entries" in answer(raw, held=[lost])[1][0]
    with pytest.raises(NotOurs, match="The checkpoint of 8 entries is not of this log's past"):
        Pack(again, log, events_of(log), since=[lost])


def test_of_many_checkpoints_the_last_of_each_day_stand_in_the_pack_thinned(home: Home) -> None:
    clock = Clock()
    store = home.store(clock=clock)
    log = store.create("139204")
    last_of_day = []
    for day in range(203):
        clock.us = NOON + day * DAY_US
        log.append(notes(2), command_id=uuid4(), actor=SENCO)
        last_of_day.append(log.size)
    sizes = range(2, log.size + 1)
    with store.database.writing() as connection:
        rows = [{"log": log.id, "epoch": 1, "size": size, "note": f"{log.origin}\n{size}\n"} for size in sizes]
        connection.execute(insert(checkpoints), rows)
    found = [int(one.split("\n")[1]) for one in earlier(store, log, log.size + 1)]
    assert found == [2, *last_of_day[::2]]  # the first covers the first signing key
    assert [int(one.split("\n")[1]) for one in earlier(store, log, 9)] == [2, 4, 6, 8]
