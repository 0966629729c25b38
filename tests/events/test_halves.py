"""The half kept outside: what is in it, and how a log stands to it later."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from events import Log, Store, Tampered, verify
from events.comparing import compare, doubts, prove
from events.halves import Half, half
from events.notes import COSIGNATURE, NoteSigner, parse_note, signed_note
from events.open_facts import CheckpointSeen, EpochStarted
from events.proofs import is_consistent
from events.publishing import published
from events.witnesses import keep_cosignatures
from tests.events.home import ANN, NOON, SENCO, Clock, Home, note, notes, signed_elsewhere
from tests.events.restoring.lost import backed_up, filled, restored

NAMES = ["139204", "139204-reads", "trust-reads", "trust"]


@pytest.fixture
def trust(store: Store) -> Log:
    """A trust with one academy; each log has its two opening entries."""
    for name in NAMES:
        store.create(name)
    return store.log("trust")


def seen(trust: Log) -> list[str]:
    """Names and sizes of the checkpoints that the trust's log has seen."""
    found = [event.fact for event in trust.events()]
    told = [parse_note(fact.note)[0] for fact in found if isinstance(fact, CheckpointSeen)]
    return [f"{one.origin.split('/')[-2]} {one.size}" for one in told]


def test_a_half_holds_every_log_s_newest_checkpoint_the_trust_s_last(store: Store, trust: Log) -> None:
    made = half(store)
    assert [*made.notes][-1] == trust.origin
    assert {origin.split("/")[-2] for origin in made.notes} == set(NAMES)
    for origin, text in made.notes.items():
        log, _ = store.of_origin(origin)
        assert text == store.checkpoint(log)
        assert parse_note(text)[0].size == log.size


def test_the_trust_s_log_sees_the_others_before_it_is_signed_and_only_what_has_grown(store: Store, trust: Log) -> None:
    made = half(store)
    assert sorted(seen(trust)) == ["139204 2", "139204-reads 2", "trust-reads 2"]
    assert parse_note(made.notes[trust.origin])[0].size == 5
    note(store.log("139204"))
    half(store)
    half(store)
    assert seen(trust)[3:] == ["139204 3"]
    assert trust.size == 6
    assert verify(store).ok


def test_two_who_make_a_half_at_once_see_each_checkpoint_once(home: Home, store: Store, trust: Log) -> None:
    other = home.store()
    assert half(store).notes == half(other).notes
    assert len(seen(trust)) == 3


def test_a_half_says_which_keys_are_destroyed(store: Store, trust: Log) -> None:
    log = store.log("139204")
    note(log)
    key_id = log.event(2).key_id
    assert half(store).destroyed == {}
    log.keys.destroy([key_id])
    assert half(store).destroyed == {log.id.hex(): [key_id.hex()]}
    assert ANN.hex not in str(half(store))


def test_a_half_is_a_text_that_reads_back_as_it_is(home: Home) -> None:
    store = home.store(clock=Clock(NOON))
    for name in NAMES:
        store.create(name)
    log = store.log("139204")
    for _ in range(2):
        note(log)
    key_id = log.event(2).key_id
    log.keys.destroy([key_id])
    store.add_signer(store.log("trust"), 6)
    made = half(store)
    text = str(made)
    assert Half.parse(text) == made
    assert made.made_at == datetime(2026, 11, 16, 12, tzinfo=UTC)
    assert text.startswith(
        "tallystick half 1\nmade 2026-11-16T12:00:00Z\n"
        f"destroyed {log.id.hex()} {key_id.hex()}\n\nkeystone.example/.well-known/tallystick/139204"
    )
    assert text.endswith(made.notes[store.log("trust").origin])
    assert text.count("\n\n") == 2 * len(NAMES)


def test_a_half_that_is_not_whole_is_none(store: Store, trust: Log) -> None:
    store.log("139204").keys.destroy([bytes(16)])
    text = str(half(store))
    lines = text.splitlines(keepends=True)
    for end in range(len(lines)):
        with pytest.raises(ValueError):  # noqa: PT011 - a note's words or a half's
            Half.parse("".join(lines[:end]))
    for other in (
        text[:-1],
        text + "\n",
        "\n" + text,
        text.replace("half 1", "half 2"),
        text.replace("destroyed ", "destroyed  "),
        text.replace("destroyed ", "kept "),
        text.replace("T", " ", 1),
        text.replace("\n\n", "\n\n\n", 1),
        text.replace("\n", "\r\n"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011
            Half.parse(other)


def test_a_half_carries_what_witnesses_said(store: Store, trust: Log) -> None:
    witness = NoteSigner("witness.example", COSIGNATURE, bytes(32))
    made = half(store)
    text = made.notes[trust.origin]
    keep_cosignatures(store, text + witness.line(parse_note(text)[0], 1), [witness.key])
    again = half(store)
    assert witness.name in again.notes[trust.origin]
    assert Half.parse(str(again)) == again


def test_no_half_is_made_of_a_doubtful_log(home: Home, store: Store, trust: Log) -> None:
    half(store)
    home.attack("DELETE FROM entries WHERE log = :log AND position > 0", log=store.log("139204").id)
    with pytest.raises(Tampered):
        half(home.store())


# A log held against an older half


@pytest.mark.parametrize("grown", [0, 1, 7, 600])
def test_a_log_that_only_grew_holds_and_is_proved(store: Store, log: Log, grown: int) -> None:
    log.append(notes(9), command_id=uuid4(), actor=SENCO)
    old = store.sign(log) or ""
    if grown:
        log.append(notes(grown), command_id=uuid4(), actor=SENCO)
    found = prove(store, old)
    assert (found.holds, found.held) == (True, 11)
    before, now = parse_note(old)[0], parse_note(found.checkpoint)[0]
    assert now.size == 11 + grown
    path = [bytes.fromhex(one) for one in found.proof]
    assert is_consistent(before.size, before.root, now.size, now.root, path)
    assert doubts(store, [old]) == []


def test_a_log_that_was_cut_off_does_not_hold_and_is_not_signed(home: Home, store: Store, log: Log) -> None:
    backed_up = store.sign(log)
    note(log)
    old = store.sign(log) or ""
    home.attack("DELETE FROM entries WHERE position > 1")
    home.attack("DELETE FROM checkpoints WHERE size > 2")
    home.attack("UPDATE signed SET size = 2, root = :root", keys=True, root=parse_note(backed_up or "")[0].root)
    later = home.store()  # log and key store as they were in a backup: nothing here knows better
    assert verify(later).ok
    for found in (compare(later, old), prove(later, old)):
        assert (found.holds, found.said, found.checkpoint, found.proof) == (False, False, "", ())
        assert found.says == "The log has 2 entries, and 3 were signed: what follows is cut off."
    (fault,) = verify(later, held=[old]).faults
    assert "what follows is cut off" in fault.what
    assert later.checkpoint(later.log(log.name)) == backed_up


def test_a_log_that_was_rewritten_does_not_hold(home: Home, store: Store, log: Log) -> None:
    """By someone with every key: entries, tree and checkpoints are all of one piece again."""
    note(log, "as it was")
    old = store.sign(log) or ""
    home.attack("DELETE FROM entries WHERE position > 1")
    home.attack("DELETE FROM checkpoints")
    home.attack("DELETE FROM signed", keys=True)
    later = home.store()
    note(later.log(log.name), "as it never was")
    assert verify(later).ok
    found = prove(later, old)
    assert not found.holds
    assert found.says == "The first 3 entries are not those that were signed."


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (lambda log, text: text.replace("/139204/", "/139205/"), "No log here goes by this name."),
        (lambda log, text: text.replace("/139204/1", "/139204/2"), "No log here goes by this name."),
        (lambda log, text: text.replace("keystone", "kingston"), "No log here goes by this name."),
        (lambda log, text: text.replace("\n2\n", "\n1\n"), "No signing key that this log declares"),
        (
            lambda log, text: signed_note(parse_note(text)[0], [NoteSigner(log.origin, 1, bytes(32))]),
            "No signing key that this log declares",
        ),
    ],
)
def test_what_this_log_never_signed_is_not_compared(store: Store, log: Log, spoilt: object, says: str) -> None:
    old = store.sign(log) or ""
    assert callable(spoilt)
    found = prove(store, spoilt(log, old))
    assert not found.holds
    assert found.says.startswith(says)
    with pytest.raises(ValueError, match="no checkpoint"):
        prove(store, "nothing")


def test_a_checkpoint_of_an_older_epoch_holds_when_nothing_was_lost(store: Store, log: Log) -> None:
    old = store.sign(log) or ""
    store.begin_epoch(log.name, lambda number: EpochStarted(number, old, 0))
    found = prove(store, old)
    assert found.holds
    assert "/139204/2\n" in found.checkpoint


def test_what_a_restore_cut_is_said_to_be_missing(store: Store, log: Log) -> None:
    known, beyond = signed_elsewhere(log, 5), signed_elsewhere(log, 6)
    begun = store.begin_epoch(log.name, lambda number: EpochStarted(number, known, 3))
    note(begun)
    found = prove(store, known)
    assert (found.holds, found.said) == (False, True)
    assert found.says == (
        "The log was restored: 3 of the 5 entries that were signed are missing. "
        "It says so itself, where epoch 2 begins."
    )
    assert doubts(store, [known]) == []
    assert verify(store, held=[known]).ok
    more = prove(store, beyond)
    assert (more.holds, more.said) == (False, False)
    assert "it does not say that they ever were" in more.says
    assert len(doubts(store, [known, beyond])) == 1


def test_a_trust_that_was_restored_from_a_half_goes_on_from_it(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    first = half(trust)
    backup = backed_up(trust)
    note(trust.log("139204"))
    newest = Half.parse(str(half(trust)))
    store, found = restored(empty, mine, backup, newest)
    assert sum(one.missing for one in found.logs) > 0
    assert doubts(store, [*first.notes.values(), *newest.notes.values()]) == []
    cut = [prove(store, text) for text in newest.notes.values()]
    assert {one.said for one in cut if not one.holds} == {True}
    old = published(store, "139204", 1)
    assert old is not None
    assert old.checkpoint == newest.notes[trust.log("139204").origin]
    again = half(store)
    assert doubts(store, again.notes.values()) == []
    assert all(origin.endswith("/2") for origin in again.notes)
