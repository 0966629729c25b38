"""A trust made again from its backup: what was forgotten stays so, and what is missing is said."""

from pathlib import Path
from uuid import UUID

import pytest

from events import Erased, Store, verify
from events.comparing import doubts
from events.notes import parse_note
from events.open_facts import EpochStarted, KeyDestroyed, SigningKeyAdded
from tests.events.appending import FACTS, appending
from tests.events.home import ANN, BEN, Home, erase, note, told
from tests.events.restoring.lost import NAMES, UNTIL, backed_up, filled, goes_on, half_of, kept, restored
from tests.events.test_documents import ANNS, Filed, file

# What comes back


def test_everything_is_there_again_whichever_database_it_comes_from_or_goes_to(
    home: Home, trust: Store, elsewhere: Home
) -> None:
    backup, half = backed_up(trust), half_of(trust)
    store, found = restored(elsewhere, home, backup, half)
    assert [(one.log, one.entries, one.missing) for one in found.logs] == [
        (name, trust.log(name).size, 0) for name in trust.names()
    ]
    assert (found.report.ok, found.gone, found.destroyed) == (True, [], 0)
    for name in NAMES:
        old, log = trust.log(name), store.log(name)
        assert [event.leaf for event in log.events(0, old.size)] == [event.leaf for event in old.events()]
        log.refresh()
        old.refresh()
        assert log.see_all(told) == old.see_all(told)
        assert kept(found, name).newest_at == old.event(old.size - 1).recorded_at
    log = store.log("139204")
    filed = log.stream(*ANNS)[-1].fact
    assert isinstance(filed, Filed)
    assert log.document(ANNS, filed.letter) == file(70_000)
    assert goes_on(elsewhere, home, store)


def test_the_log_goes_on_in_a_new_epoch_that_begins_with_what_was_known_outside(
    home: Home, trust: Store, empty: Home
) -> None:
    backup, half, old = backed_up(trust), half_of(trust), trust.log("trust")
    store, _ = restored(empty, home, backup, half)
    log = store.log("trust")
    started, added = log.event(old.size).fact, log.event(old.size + 1).fact
    assert started == EpochStarted(2, half.notes[old.origin], 0)
    assert isinstance(added, SigningKeyAdded)
    assert added.epoch == 2
    assert log.origin == old.origin.removesuffix("1") + "2"
    assert added.public_key != old.keys.signing.signers(old.origin)[0].key.public.hex()
    signed = parse_note(store.checkpoint(log) or "")[0]
    assert (signed.origin, signed.size) == (log.origin, log.size)


def test_entries_recorded_after_the_backup_are_missing_and_it_says_how_many(
    home: Home, trust: Store, elsewhere: Home
) -> None:
    backup, before = backed_up(trust), trust.log("139204").size
    for number in range(7):
        note(trust.log("139204"), f"lost {number}")
        if number == 3:
            trust.sign_all()
    half = half_of(trust)
    note(trust.log("139204"), "lost, and known to nobody")
    store, found = restored(elsewhere, home, backup, half)
    assert {one.log: one.missing for one in found.logs} == {"139204": 7, "139204-reads": 0, "trust": 0}
    assert store.log("139204").event(before).fact == EpochStarted(2, half.notes[trust.log("139204").origin], 7)
    assert found.report.ok
    assert doubts(store, half.notes.values()) == []  # what was sent outside is explained by the log itself
    assert goes_on(elsewhere, home, store)


@pytest.mark.parametrize("recorded", [0, 3])
def test_what_was_signed_between_the_log_and_the_keys_is_no_fault(
    home: Home, trust: Store, empty: Home, recorded: int
) -> None:
    def meanwhile() -> None:
        for _ in range(recorded):
            note(trust.log("139204"))
        trust.sign_all()  # the keys' backup knows of it, and the log's does not hold it
        trust.create("139207")  # nor this one
        trust.sign_all()

    backup, half = backed_up(trust, meanwhile), half_of(trust)
    store, found = restored(empty, home, backup, half)
    assert found.report.ok
    assert [kept(found, name).missing for name in NAMES] == [recorded, 0, 0]
    assert found.gone == ["139207"]
    assert goes_on(empty, home, store)


def test_what_another_process_appends_meanwhile_is_there_as_far_as_it_was_acknowledged(
    home: Home, trust: Store, empty: Home
) -> None:
    with appending(home, "139204") as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(20)]
        backup = backed_up(trust, lambda: said.extend(process.stdout.readline() for _ in range(20)))  # type: ignore[union-attr]
        half = half_of(trust)
        process.kill()
    store, found = restored(empty, home, backup, half)
    log = store.log("139204")
    commands = [UUID(line.strip()) for line in said]
    there = [command for command in commands if log.find_command(command, FACTS)]
    assert there == commands[: len(there)]  # no hole
    assert len(there) >= 20
    assert found.report.ok
    assert kept(found, "139204").missing > 0
    assert goes_on(empty, home, store)


def test_a_trust_is_lost_and_restored_more_than_once(mine: Home, empty: Home, elsewhere: Home) -> None:
    trust = filled(mine)
    store, _ = restored(empty, mine, backed_up(trust), half_of(trust))
    note(store.log("trust"))
    backup = backed_up(store)
    note(store.log("trust"))
    again, found = restored(elsewhere, mine, backup, half_of(store))
    assert [kept(found, name).missing for name in NAMES] == [0, 0, 1]
    assert [epoch.number for epoch in again.log("trust").tail.epochs] == [1, 2, 3]
    assert found.report.ok
    assert goes_on(elsewhere, mine, again)


# Forgotten, and then restored


def test_a_key_destroyed_after_the_backup_stays_destroyed(
    home: Home, trust: Store, elsewhere: Home, tmp_path: Path
) -> None:
    log = trust.log("139204")
    key = log.keys.find(ANNS)
    assert key
    backup = backed_up(trust)
    ((wrap,),) = home.attack("SELECT wrapped FROM keys WHERE key_id = :id", keys=True, id=key.key_id)
    erase(log, ANNS)
    store, found = restored(elsewhere, home, backup, half_of(trust))
    again = store.log("139204")
    again.refresh()
    assert found.destroyed == 1
    assert again.keys.destroyed() == [key.key_id]
    assert again.see(told, ANN) is None
    assert again.see(told, BEN)
    assert again.stream(*ANNS) == []
    with pytest.raises(Erased):
        again.event(2)
    said = [fact for _, fact in again.said_openly() if isinstance(fact, KeyDestroyed)]
    assert said == [KeyDestroyed(key.key_id.hex(), UNTIL)]
    assert verify(store).ok
    note(again, "Ann is back.")
    assert goes_on(elsewhere, home, store)
    elsewhere.close()
    if elsewhere.is_sqlite:
        kept = [path.read_bytes() for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()]
        assert kept
        assert not any(wrap in raw or key.data_key in raw for raw in kept)


def test_a_key_destroyed_before_the_backup_is_said_once(home: Home, trust: Store, empty: Home) -> None:
    erase(trust.log("139204"), ANNS)
    store, found = restored(empty, home, backed_up(trust), half_of(trust))
    said = [fact for _, fact in store.log("139204").said_openly() if isinstance(fact, KeyDestroyed)]
    assert (len(said), found.destroyed, found.report.ok) == (1, 0, True)
