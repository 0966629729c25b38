"""Keys under keys: how each is wrapped, and that no wrap opens anywhere but where it was made."""

import hmac
import os
import struct
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import NullPool, create_engine, insert, text
from sqlalchemy.exc import DBAPIError

from events import Erased, Log, NotReady, Store, Stream, Tampered, tables, verify
from events.holders import KeyFile
from events.keys import parent_of
from tests.events.home import ANN, BEN, Home, note

ANNS, BENS = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes")


def t(name: str) -> bytes:
    return b"tallystick/v1/" + name.encode() + b"\0"


def opened(key: bytes, wrapped: bytes, aad: bytes) -> bytes:
    return AESGCM(key).decrypt(wrapped[5:17], wrapped[17:], aad)


def held(home: Home, log: Log) -> dict[str, bytes]:
    """The wrapped keys of a log, opened by hand from the master key downwards."""
    rows = home.attack("SELECT purpose, wrapped FROM held WHERE log = :log", keys=True, log=log.id)
    wrapped = {purpose: bytes(text) for purpose, text in rows}
    ids = struct.pack(">II", 1, 1)
    keys = {
        purpose: opened(home.master, wrapped[purpose], t(f"wrap-{purpose}") + log.id + ids)
        for purpose in ("academy", "signing")
    }
    for purpose in ("index", "mac"):
        keys[purpose] = opened(keys["academy"], wrapped[purpose], t(f"wrap-{purpose}") + log.id + ids)
    assert all(text[:5] == struct.pack(">BI", 1, 1) and len(text) == 5 + 12 + 32 + 16 for text in wrapped.values())
    return keys


def test_wrapped_keys_are_laid_out_as_the_format_says(home: Home, log: Log) -> None:
    note(log)
    keys = held(home, log)
    assert keys["mac"] == log.keys.mac
    assert [keys["signing"]] == [signer.seed for signer in log.keys.signing.signers(log.origin)]
    assert len(set(keys.values())) == 4
    ((key_id, version, kek_id, lookup, wrapped, state),) = home.attack(
        "SELECT key_id, version, kek_id, lookup, wrapped, state FROM keys WHERE log = :log", keys=True, log=log.id
    )
    plain = opened(keys["academy"], wrapped, t("wrap-data") + log.id + key_id + struct.pack(">HI", 1, 1))
    name = sha256(t("class") + b"tests.notes").digest()[:16]
    assert plain[32:] == ANN.bytes + name
    assert (wrapped[:5], len(wrapped), version, kek_id, state) == (struct.pack(">BI", 1, 1), 97, 1, 1, "live")
    assert lookup == hmac.digest(keys["index"], t("lookup") + ANN.bytes + name, "sha256")[:16]


def test_all_data_keys_are_wrapped_in_one_length(home: Home, log: Log) -> None:
    log.keys.for_streams([ANNS, Stream(BEN, "x"), Stream(uuid4(), "a.very.long.record.class.of.some.plugin")])
    assert home.attack("SELECT DISTINCT length(wrapped) FROM keys", keys=True) == [(97,)]


def test_a_stream_keeps_its_key_and_no_two_share_one(home: Home, log: Log) -> None:
    streams = [ANNS, BENS, Stream(ANN, "tests.money")]
    keys = log.keys.for_streams(streams)
    again = home.store().log(log.name).keys
    for stream in streams:
        found, same = again.find(stream), log.keys.find(stream)
        assert found
        assert same
        assert (found.key_id, found.version, found.data_key) == (same.key_id, same.version, same.data_key)
        assert keys[stream].stream == stream
    assert len({key.key_id for key in keys.values()}) == 3
    assert again.find(Stream(uuid4(), "tests.notes")) is None


def test_a_key_is_there_before_the_entry_it_seals(home: Home, log: Log) -> None:
    position = note(log)
    key_id = log.event(position).key_id
    assert home.attack("SELECT version FROM keys WHERE key_id = :key", keys=True, key=key_id) == [(1,)]


@pytest.mark.parametrize("home", ["postgresql"], indirect=True)
def test_processes_that_make_several_keys_at_once_never_wait_in_a_circle(home: Home, log: Log) -> None:
    streams = sorted((Stream(uuid4(), "tests.notes") for _ in range(9)), key=log.keys._lookup)
    take = text("INSERT INTO keys VALUES (:log, :key, 1, 1, :lookup, NULL, 'live')")
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    other, pool = create_engine(home.keys_url, poolclass=NullPool), ThreadPoolExecutor(1)
    with pool, other.connect() as process:
        first, *rest = ({"log": log.id, "key": os.urandom(16), "lookup": log.keys._lookup(one)} for one in streams)
        process.execute(take, first)
        made = pool.submit(log.keys.for_streams, streams)
        while not process.execute(waiting).scalar_one():
            pass
        process.execute(take, rest)  # of which nobody holds one who waits for the first
        process.rollback()
        assert made.result().keys() == set(streams)


def test_a_key_that_could_not_be_kept_seals_nothing(home: Home, log: Log) -> None:
    note(log, "the log is in use")
    home.attack("ALTER TABLE keys RENAME TO lost", keys=True)
    with pytest.raises(DBAPIError):
        note(log, subject=BEN)
    home.attack("ALTER TABLE lost RENAME TO keys", keys=True)
    position = note(log, "hello", subject=BEN)
    assert home.store().log(log.name).event(position).subject == BEN


def test_a_key_whose_transaction_fails_at_the_end_seals_nothing(home: Home, log: Log) -> None:
    if home.is_sqlite:
        fails = [
            "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
            "CREATE TABLE children (id INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TRIGGER fails AFTER INSERT ON keys BEGIN INSERT INTO children VALUES (1); END",
        ]
        mend = "DROP TABLE children"
    else:
        fails = [
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$",
            "CREATE CONSTRAINT TRIGGER no AFTER INSERT ON keys INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()",
        ]
        mend = "DROP FUNCTION no CASCADE"
    for sql in fails:
        home.attack(sql, keys=True)
    with pytest.raises(DBAPIError):  # only the commit says no
        note(log, subject=BEN)
    home.attack(mend, keys=True)
    position = note(log, "hello", subject=BEN)
    assert home.store().log(log.name).event(position).subject == BEN


def test_two_processes_that_meet_someone_at_once_use_one_key(home: Home, log: Log) -> None:
    others = [log, *(home.store().log(log.name) for _ in range(3))]
    for _ in range(8):
        streams = [Stream(uuid4(), "tests.notes") for _ in range(5)]
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda one, wanted=streams: one.keys.for_streams(wanted), others))
        for stream in streams:
            assert len({keys[stream].key_id for keys in found}) == 1


@pytest.mark.parametrize(
    "what",
    [
        "wrapped = (SELECT wrapped FROM keys WHERE lookup = :ben)",  # another stream's
        "version = 2",
        "key_id = (SELECT log FROM keys LIMIT 1)",
    ],
)
def test_a_data_key_moved_to_another_place_is_refused(home: Home, log: Log, what: str) -> None:
    note(log)
    note(log, subject=BEN)
    lookups = {stream: log.keys._lookup(stream) for stream in (ANNS, BENS)}
    values = {"ben": lookups[BENS]} if ":ben" in what else {}
    home.attack(f"UPDATE keys SET {what} WHERE lookup = :ann", keys=True, ann=lookups[ANNS], **values)
    again = home.store().log(log.name)
    with pytest.raises(Tampered, match="wrapped data key"):
        again.keys.find(ANNS)
    with pytest.raises(Tampered, match="wrapped data key"):
        again.keys.preload()


def test_a_key_moved_to_another_log_is_refused(home: Home, store: Store, log: Log) -> None:
    other = store.create("139205")
    find = "SELECT wrapped FROM held WHERE log = :log AND purpose = :one"
    put = "UPDATE held SET wrapped = :wrapped WHERE log = :log AND purpose = :one"
    for one, error in (("academy", NotReady), ("mac", Tampered), ("index", Tampered)):
        ((kept,),) = home.attack(find, keys=True, log=log.id, one=one)
        ((stolen,),) = home.attack(find, keys=True, log=other.id, one=one)
        home.attack(put, keys=True, wrapped=stolen, log=log.id, one=one)
        with pytest.raises(error):
            home.store().log(log.name)
        home.attack(put, keys=True, wrapped=kept, log=log.id, one=one)
    assert home.store().log(log.name).size == 2


def test_a_key_put_to_another_purpose_is_refused(home: Home, log: Log) -> None:
    index = home.attack("SELECT wrapped FROM held WHERE log = :log AND purpose = 'index'", keys=True, log=log.id)
    sql = "UPDATE held SET wrapped = :wrapped WHERE log = :log AND purpose = 'mac'"
    home.attack(sql, keys=True, wrapped=index[0][0], log=log.id)
    with pytest.raises(Tampered, match="not as it was written"):
        home.store().log(log.name)


def test_no_bit_of_a_wrapped_data_key_can_be_other(home: Home, log: Log) -> None:
    key = log.keys.for_streams([ANNS])[ANNS]
    ((wrapped,),) = home.attack("SELECT wrapped FROM keys", keys=True)
    assert log.keys._keep(key.key_id, 1, wrapped).stream == ANNS
    for bit in range(8 * len(wrapped)):
        changed = bytearray(wrapped)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            log.keys._keep(key.key_id, 1, bytes(changed))


@pytest.mark.parametrize("wrapped", [b"", b"\1" + bytes(15), b"\2" + bytes(96)])
def test_a_wrap_of_another_layout_is_none(wrapped: bytes) -> None:
    with pytest.raises(InvalidTag):
        parent_of(wrapped)


@pytest.mark.parametrize("purpose", ["academy", "index", "mac", "signing"])
def test_a_log_without_one_of_its_keys_says_so(home: Home, log: Log, purpose: str) -> None:
    home.attack("DELETE FROM held WHERE purpose = :purpose", keys=True, purpose=purpose)
    with pytest.raises(Tampered, match=f"lacks the {purpose} key"):
        home.store().log(log.name)


def test_another_master_key_opens_nothing_and_says_how_to_mend_it(home: Home, log: Log) -> None:
    store = home.store(master=os.urandom(32))
    with pytest.raises(NotReady, match="Put the right one back"):
        store.log(log.name)
    home.store().keys.desk_key()
    with pytest.raises(NotReady, match="Put the right one back"):
        store.keys.desk_key()


def test_the_desk_key_is_made_once(home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda store: store.keys.desk_key(), [home.store() for _ in range(4)]))
    assert len(keys) == 1
    assert {len(key) for key in keys} == {32}


def test_the_newest_version_seals_and_the_older_ones_still_open(home: Home, store: Store, log: Log) -> None:
    old = log.event(note(log, "under the first"))
    key_id = old.key_id
    row = {"log": log.id, "key_id": key_id, "version": 2, "kek_id": 1, "state": "live"}
    with store.keys.database.writing() as connection:  # as a rotation will
        plain = os.urandom(32) + ANN.bytes + sha256(t("class") + b"tests.notes").digest()[:16]
        wrapped = log.keys._wrapped(key_id, 2, plain, log.keys._academy, 1)
        connection.execute(insert(tables.keys), row | {"wrapped": wrapped, "lookup": log.keys._lookup(ANNS)})
    again = home.store().log(log.name)
    new = note(again, "under the second")
    assert home.attack("SELECT sealed FROM entries WHERE position = :at", at=new)[0][0][:3] == b"\1\0\2"
    for one in (again, home.store().log(log.name)):
        for _ in range(2):
            assert [event.n for event in one.stream(ANN, "tests.notes")] == [0, 1]
            found = one.keys.find(ANNS)
            assert found
            assert (found.key_id, found.version) == (key_id, 2)
    again.refresh()
    assert verify(home.store()).ok


def test_a_key_the_store_never_held_or_has_destroyed_is_told_apart(home: Home, log: Log) -> None:
    event = log.event(note(log))
    with pytest.raises(Tampered, match="never held"):
        log.keys.by_id(bytes(16), 1)
    home.attack("UPDATE keys SET wrapped = NULL, lookup = NULL, state = 'destroyed'", keys=True)
    again = home.store().log(log.name).keys
    with pytest.raises(Erased):
        again.by_id(event.key_id, 1)
    again.preload()
    assert again.find(ANNS) is None


def test_a_class_no_plugin_knows_is_called_by_its_bytes(home: Home, log: Log) -> None:
    stream = Stream(ANN, "gone.away")
    key_id = log.keys.for_streams([stream])[stream].key_id
    key = home.store().log(log.name).keys.by_id(key_id, 1)
    assert key.stream == Stream(ANN, sha256(t("class") + b"gone.away").hexdigest()[:32])


def test_keys_not_used_of_late_are_let_go_and_found_again(log: Log) -> None:
    from events.keys import log_keys as keys

    streams = [Stream(uuid4(), "tests.notes") for _ in range(keys._KEPT + 20)]
    made = log.keys.for_streams(streams)
    log.keys.trim()
    assert len(log.keys._by_id) == len(log.keys._by_stream) == keys._KEPT
    assert log.keys.by_id(made[streams[0]].key_id, 1).stream == streams[0]
    assert log.keys.find(streams[1]).key_id == made[streams[1]].key_id  # type: ignore[union-attr]


# The master key's file


def test_a_master_key_is_read_from_a_file_only_its_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(bytes(32))
    for mode in (0o600, 0o400):
        path.chmod(mode)
        holder = KeyFile(path)
        assert holder.decrypt(bytes(12), AESGCM(bytes(32)).encrypt(bytes(12), b"x", b"y"), b"y") == b"x"
    for mode in (0o640, 0o604, 0o666, 0o610):
        path.chmod(mode)
        with pytest.raises(NotReady, match="chmod 600"):
            KeyFile(path)


def test_a_master_key_that_is_not_there_or_not_32_bytes_says_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    with pytest.raises(NotReady, match="tallystick init"):
        KeyFile(path)
    for length in (0, 31, 33, 64):
        path.write_bytes(bytes(length))
        path.chmod(0o600)
        with pytest.raises(NotReady, match="exactly 32 bytes"):
            KeyFile(path)
