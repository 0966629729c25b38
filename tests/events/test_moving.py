"""An academy moves to another trust: whole or not at all, proved at both ends, and then gone from where it was."""

import io
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pyrage
import pytest
from sqlalchemy import func, select

from events import Conflict, Erased, Log, New, NotReady, Store, Stream, Unusable, verify
from events.chain import root_of
from events.holders import write_private
from events.moving import Moved, Receipt, export, release
from events.notes import ED25519, Checkpoint, NoteSigner, parse_note, read_note, signed_note
from events.open_facts import LogClosed, LogReceived, OpenFact
from events.proofs import consistency
from events.tables import held
from events.taking_up import receipts, receive
from tests.events.home import ANN, BEN, MONDAY, SENCO, Home, Looked, Noted, Paid, balance, erase, note, told

NAME, READS = "139204", "139204-reads"


class About(msgspec.Struct, frozen=True):
    """What the sender says of the academy."""

    urn: str


ABOUT = About(NAME)
ANNS, MONEY, BENS = Stream(ANN, "tests.notes"), Stream(ANN, "tests.money"), Stream(BEN, "tests.notes")


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Another trust's databases."""
    if request.param == "sqlite":
        urls = request.getfixturevalue("sqlite_urls")(tmp_path / "other")
    else:
        urls = request.getfixturevalue("postgres_urls")()
    home = Home(*urls)
    yield home
    home.close()


@pytest.fixture
def theirs(other: Home) -> Store:
    return other.store(host="riverside.example")


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    write_private(tmp_path / "identity.txt", str(pyrage.x25519.Identity.generate()).encode())
    return tmp_path / "identity.txt"


@pytest.fixture
def academy(store: Store, log: Log) -> Log:
    """An academy with a letter, money, someone forgotten, and a log of who looked."""
    facts = [New(ANN, Noted(MONDAY, "Ann was upset.")), New(ANN, Paid(MONDAY, 500)), New(BEN, Noted(MONDAY, "Ben."))]
    log.append(facts, command_id=uuid4(), actor=SENCO)
    log.keep(ANNS, b"a letter")
    erase(log, BENS)
    reads = store.create(READS)
    reads.append([New(ANN, Looked(MONDAY), "tests.notes")], command_id=uuid4(), actor=SENCO)
    return log


def recipient(identity: Path) -> str:
    return str(pyrage.x25519.Identity.from_str(identity.read_text()).to_public())


def exported(store: Store, identity: Path) -> bytes:
    file = io.BytesIO()
    export(store, NAME, [READS], file, host="riverside.example", recipient=recipient(identity), about=ABOUT)
    return file.getvalue()


def moved(store: Store, theirs: Store, identity: Path) -> list[Moved]:
    about, logs = receive(theirs, io.BytesIO(exported(store, identity)), identity, About)
    assert about == ABOUT
    return logs


def test_a_log_moves_whole_and_both_ends_verify(
    home: Home, store: Store, academy: Log, other: Home, theirs: Store, identity: Path
) -> None:
    size = academy.size
    logs = moved(store, theirs, identity)
    there = theirs.log(NAME)
    there.refresh()
    assert there.id == academy.id
    assert there.see(told, ANN) == (str(Noted(MONDAY, "Ann was upset.")),)
    assert there.see(balance, ANN) == 500
    assert there.see(told, BEN) is None
    closed, received = there.event(size), there.event(size + 1)
    assert closed.fact == LogClosed("riverside.example")
    assert received.fact == LogReceived(2, logs[0].note)
    assert there.origin == "riverside.example/.well-known/tallystick/139204/2"
    assert theirs.log(READS).size == store.log(READS).size + 2
    note(there, "here it goes on", subject=ANN)
    for one in (home.store(), other.store(host="riverside.example")):
        one.sign_all()
        assert verify(one).ok
        with pytest.raises(Erased):
            one.log(NAME).event(4)
    assert home.master not in exported(store, identity)


def test_nothing_sealed_is_recorded_where_a_log_was_closed(
    home: Home, store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    moved(store, theirs, identity)
    for log in (academy, home.store().log(NAME)):
        size = log.size
        with pytest.raises(Conflict, match="moved to another trust"):
            note(log, "too late")
        assert log.size == size
    reads = store.log(READS)  # who looks at what must be kept is still recorded
    reads.append([New(ANN, Looked(MONDAY), "tests.money")], command_id=uuid4(), actor=SENCO)
    assert verify(store).ok


def test_keys_are_destroyed_only_for_a_receipt_and_only_those_not_kept(
    home: Home, store: Store, academy: Log, other: Home, theirs: Store, identity: Path
) -> None:
    logs = moved(store, theirs, identity)
    given = receipts(theirs, logs)
    gone = release(store, given, [NAME, READS], lambda record: record == "tests.money", MONDAY, keys=keys_of(given))
    assert gone == {NAME: (1, 1), READS: (1, 0)}
    for one in (store, home.store()):
        log = one.log(NAME)
        log.refresh()
        assert log.see(told, ANN) is None
        assert log.see(balance, ANN) == 500
    assert theirs.log(NAME).stream(*ANNS)
    store.sign_all()
    assert verify(home.store()).ok
    assert verify(other.store(host="riverside.example")).ok
    assert release(store, given, [NAME, READS], lambda record: record == "tests.money", MONDAY, keys=keys_of(given))[
        NAME
    ] == (0, 1)


def tile_hashes(log: Log, size: int) -> list[bytes]:
    """As anybody may fetch them."""
    hashes = log.tiles.tile(0, 0, size)
    return [hashes[at : at + 32] for at in range(0, len(hashes), 32)]


def keys_of(given: list[Receipt]) -> list[str]:
    """As the receiver told them by telephone."""
    return [one.key for one in given]


def other_receipts(given: list[Receipt]) -> Iterator[list[Receipt]]:
    first, second = given
    yield []
    yield [first]
    yield [second, second]
    replace = msgspec.structs.replace
    yield [replace(first, consistency=first.consistency[:-1]), second]
    yield [replace(first, consistency=[*first.consistency, first.consistency[0]]), second]
    yield [replace(first, consistency=["no base64"]), second]
    yield [replace(first, known=second.known), second]
    yield [replace(first, note=second.note), second]
    yield [replace(first, key=second.key), second]
    yield [replace(first, note=first.known), second]
    yield [replace(first, note=first.note.replace("\n", "\r\n")), second]
    yield [replace(first, key="", note="", known="")]


def test_no_receipt_but_the_right_one_destroys_anything(
    store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    given = receipts(theirs, moved(store, theirs, identity))
    for wrong in other_receipts(given):
        with pytest.raises(Unusable, match="nothing was destroyed"):
            release(store, wrong, [NAME, READS], lambda _: False, MONDAY, keys=keys_of(given))
    academy.refresh()
    assert academy.see(told, ANN)


def test_a_receipt_the_sender_could_have_written_itself_proves_nothing(
    store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    moved(store, theirs, identity)
    given = receipts(store, [Moved(academy.id, NAME, store.checkpoint(academy) or "", closed=True)])
    with pytest.raises(Unusable, match="nothing was destroyed"):
        release(store, given, [NAME], lambda _: False, MONDAY, keys=keys_of(given))


def test_a_receipt_by_a_key_nobody_told_or_from_another_host_proves_nothing(
    store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    """Whoever has the hashes, which are public, can grow a tree from them and sign it: not by the receiver's key."""
    given = receipts(theirs, moved(store, theirs, identity))
    position = parse_note(given[0].known)[0].size
    grown = [*(tile_hashes(academy, position)), bytes(32)]
    path = consistency(lambda level, at: root_of(grown[at << level : (at + 1) << level]), position, len(grown))
    for host, known in (("riverside.example", keys_of(given)), ("evil.example", None)):
        signer = NoteSigner(f"{host}/.well-known/tallystick/{NAME}/2", ED25519, os.urandom(32))
        note = signed_note(Checkpoint(signer.name, len(grown), root_of(grown)), [signer])
        forged = Receipt(NAME, given[0].known, note, str(signer.key), [b64encode(one).decode() for one in path])
        with pytest.raises(Unusable, match="nothing was destroyed"):
            release(store, [forged], [NAME], lambda _: False, MONDAY, keys=known or [forged.key])


def test_a_file_that_is_not_as_it_was_written_takes_up_nothing(
    store: Store, academy: Log, other: Home, theirs: Store, identity: Path, tmp_path: Path
) -> None:
    file = exported(store, identity)
    wrong = [b"", b"age", file[:-1], file[: len(file) // 2], file + b"x"]
    wrong += [file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :] for at in range(0, len(file), 997)]
    for one in wrong:
        with pytest.raises(Unusable):
            receive(theirs, io.BytesIO(one), identity, About)
    stranger = tmp_path / "stranger.txt"
    write_private(stranger, str(pyrage.x25519.Identity.generate()).encode())
    with pytest.raises(Unusable, match="not sealed for this"):
        receive(theirs, io.BytesIO(file), stranger, About)
    assert theirs.names() == []
    assert other.attack("SELECT count(*) FROM entries") == [(0,)]
    receive(theirs, io.BytesIO(file), identity, About)
    assert verify(theirs).ok


def test_a_log_the_sender_changed_after_signing_is_refused(
    home: Home, store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    exported(store, identity)  # closed and signed
    home.attack("UPDATE entries SET recorded_at = recorded_at + 1 WHERE log = :log AND position = 2", log=academy.id)
    file = io.BytesIO()
    again = home.store()
    export(again, NAME, [READS], file, host="riverside.example", recipient=recipient(identity), about=ABOUT)
    file.seek(0)
    with pytest.raises(Unusable, match="does not hold"):
        receive(theirs, file, identity, About)
    assert theirs.names() == []


def test_a_sender_who_says_something_else_of_the_academy_is_refused(
    store: Store, academy: Log, other: Home, theirs: Store, identity: Path
) -> None:
    class Other(msgspec.Struct):
        urn: int

    with pytest.raises(Unusable):
        receive(theirs, io.BytesIO(exported(store, identity)), identity, Other)
    assert theirs.names() == []
    assert other.attack("SELECT count(*) FROM entries") == [(0,)]


def test_the_same_academy_taken_up_again_changes_nothing(
    store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    file = exported(store, identity)
    first = receive(theirs, io.BytesIO(file), identity, About)
    sizes = [theirs.log(name).size for name in (NAME, READS)]
    assert receive(theirs, io.BytesIO(file), identity, About) == first
    assert [theirs.log(name).size for name in (NAME, READS)] == sizes
    assert verify(theirs).ok


def test_a_log_under_the_name_or_the_id_of_one_that_is_here_harms_nothing(
    store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    file = exported(store, identity)
    mine = note(theirs.create(NAME), "ours of that name")
    with pytest.raises(Unusable, match="Another log"):
        receive(theirs, io.BytesIO(file), identity, About)
    assert theirs.log(NAME).event(mine).fact == Noted(MONDAY, "ours of that name")
    assert verify(theirs).ok


def test_a_log_under_the_id_of_one_that_is_here_harms_nothing(
    store: Store, academy: Log, other: Home, theirs: Store, identity: Path
) -> None:
    """An id is no secret: a file made for us may bear that of any log of ours."""
    file = exported(store, identity)
    theirs.keys.create(academy.id)
    origin = "riverside.example/.well-known/tallystick/139999/1"
    other.attack("INSERT INTO epochs VALUES (:log, 1, 0, :origin)", log=academy.id, origin=origin)
    with pytest.raises(Unusable, match="Another log"):
        receive(theirs, io.BytesIO(file), identity, About)
    assert theirs.log("139999").keys.mac


def test_what_is_refused_leaves_no_key_behind(
    home: Home, store: Store, academy: Log, other: Home, theirs: Store, identity: Path
) -> None:
    exported(store, identity)
    home.attack("UPDATE entries SET recorded_at = recorded_at + 1 WHERE log = :log AND position = 2", log=academy.id)
    file = io.BytesIO()
    export(home.store(), NAME, [READS], file, host="riverside.example", recipient=recipient(identity), about=ABOUT)
    file.seek(0)
    with pytest.raises(Unusable, match="does not hold"):
        receive(theirs, file, identity, About)
    with theirs.keys.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(held)).scalar_one() == 0


def test_an_academy_that_comes_back_is_refused_where_it_stood_before(
    home: Home, store: Store, academy: Log, theirs: Store, identity: Path
) -> None:
    moved(store, theirs, identity)
    note(theirs.log(NAME), "at Riverside", subject=ANN)
    file = io.BytesIO()
    export(theirs, NAME, [READS], file, host="keystone.example", recipient=recipient(identity), about=ABOUT)
    file.seek(0)
    with pytest.raises(Unusable, match="at another time"):
        receive(store, file, identity, About)
    assert verify(home.store()).ok


@pytest.mark.parametrize("lives_until", [NAME, READS])
def test_a_receiver_that_died_before_its_epoch_began_goes_on(
    store: Store,
    academy: Log,
    other: Home,
    theirs: Store,
    identity: Path,
    monkeypatch: pytest.MonkeyPatch,
    lives_until: str,
) -> None:
    file = exported(store, identity)

    begin = Store.begin_epoch

    def died(store: Store, name: str, begins: Callable[[int], OpenFact], *, again: bool = False) -> Log:
        if name == lives_until:
            raise RuntimeError("the process died here")
        return begin(store, name, begins, again=again)

    with monkeypatch.context() as broken:
        broken.setattr(Store, "begin_epoch", died)
        with pytest.raises(RuntimeError):
            receive(theirs, io.BytesIO(file), identity, About)
    again = other.store(host="riverside.example")
    receive(again, io.BytesIO(file), identity, About)
    assert [[epoch.number for epoch in again.log(name).tail.epochs] for name in (NAME, READS)] == [[1, 2], [1, 2]]
    assert verify(again).ok


def test_an_epoch_that_was_begun_and_not_said_is_the_one_that_goes_on(
    store: Store, academy: Log, other: Home, theirs: Store, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported(store, identity)

    def died(*_: object) -> None:
        raise RuntimeError("the process died here")

    with monkeypatch.context() as broken:
        broken.setattr(Log, "append_open", died)
        with pytest.raises(RuntimeError):
            receive(theirs, io.BytesIO(file), identity, About)
    again = other.store(host="riverside.example")
    receive(again, io.BytesIO(file), identity, About)
    assert [[epoch.number for epoch in again.log(name).tail.epochs] for name in (NAME, READS)] == [[1, 2], [1, 2]]
    again.sign_all()
    assert verify(again).ok


def test_it_moves_on(home: Home, store: Store, academy: Log, theirs: Store, identity: Path) -> None:
    moved(store, theirs, identity)
    note(theirs.log(NAME), "at Riverside", subject=ANN)
    file = io.BytesIO()
    export(theirs, NAME, [READS], file, host="third.example", recipient=recipient(identity), about=ABOUT)
    file.seek(0)
    assert [epoch.number for epoch in theirs.log(NAME).tail.epochs] == [1, 2]
    signed = theirs.checkpoint(theirs.log(NAME)) or ""
    log = theirs.log(NAME)
    assert read_note(signed, log.origin, log.note_keys(log.tail.epoch, log.size))[0].size == log.size
    with pytest.raises(NotReady, match="another receiver"):
        export(theirs, NAME, [], io.BytesIO(), host="fourth.example", recipient=recipient(identity), about=ABOUT)


@pytest.mark.parametrize("wrong", ["", "age1", "AGE-SECRET-KEY-1", "ssh-rsa AAAA"])
def test_who_gives_no_recipient_closes_nothing(store: Store, academy: Log, wrong: str) -> None:
    with pytest.raises(NotReady, match="recipient"):
        export(store, NAME, [READS], io.BytesIO(), host="riverside.example", recipient=wrong, about=ABOUT)
    note(academy, "still open", subject=UUID(int=1))


def test_the_file_holds_nothing_in_clear(store: Store, academy: Log, identity: Path) -> None:
    file = exported(store, identity)
    for word in (b"Ann was upset", academy.id, ANN.bytes, b"tests.notes", NAME.encode()):
        assert word not in file
