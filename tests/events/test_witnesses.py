"""Lines that witnesses put under a checkpoint: kept when they hold, and published with it."""

import os
from collections.abc import Iterable

import pytest

from events import Log, Store, verify
from events.notes import COSIGNATURE, ED25519, LONGEST, ML_DSA_44, Checkpoint, NoteSigner, parse_note, read_note
from events.publishing import published
from events.witnesses import Heard, keep_cosignatures
from tests.events.home import Home, note, signed_elsewhere

ROWAN = NoteSigner("witness.example/rowan", COSIGNATURE, bytes(range(32)))
HAZEL = NoteSigner("witness.example/hazel", ML_DSA_44, bytes(range(32)))
STRANGER = NoteSigner("stranger.example", COSIGNATURE, bytes(32))
KNOWN = [ROWAN.key, HAZEL.key]
AT = 1_794_830_400


def signed(store: Store, log: Log) -> str:
    store.sign(log)
    return store.checkpoint(log) or ""


def cosigned(text: str, signers: Iterable[NoteSigner], at: int = AT) -> str:
    """A note as it comes back: with a line of each of these more."""
    return text + "".join(signer.line(parse_note(text)[0], at) for signer in signers)


def published_note(store: Store, log: Log) -> str:
    found = published(store, log.name, 1)
    assert found is not None
    return found.checkpoint


def test_lines_of_known_witnesses_are_kept_and_published(store: Store, log: Log) -> None:
    text = signed(store, log)
    back = cosigned(text, [ROWAN, STRANGER, HAZEL])
    assert keep_cosignatures(store, back, KNOWN) == [
        Heard(ROWAN.name, True, "holds; kept"),
        Heard(STRANGER.name, False, "no witness known here; ignored"),
        Heard(HAZEL.name, True, "holds; kept"),
    ]
    checkpoint, by = read_note(published_note(store, log), log.origin, [ROWAN.key, STRANGER.key, HAZEL.key])
    assert checkpoint == parse_note(text)[0]
    assert set(by) == set(KNOWN)
    assert published_note(store, log).startswith(text)
    assert store.checkpoint(log) == text
    assert verify(store).ok


def test_the_lines_stay_with_their_checkpoint(store: Store, log: Log) -> None:
    keep_cosignatures(store, cosigned(signed(store, log), [ROWAN]), KNOWN)
    note(log)
    later = signed(store, log)
    assert published_note(store, log) == later


def test_a_witness_is_kept_once_for_a_checkpoint(store: Store, log: Log) -> None:
    text = signed(store, log)
    keep_cosignatures(store, cosigned(text, [ROWAN]), KNOWN)
    before = published_note(store, log)
    assert keep_cosignatures(store, cosigned(text, [ROWAN], AT + 60), KNOWN) == [
        Heard(ROWAN.name, False, "was kept before")
    ]
    assert published_note(store, log) == before


def test_a_line_that_does_not_hold_is_not_kept(store: Store, log: Log) -> None:
    text = signed(store, log)
    checkpoint = parse_note(text)[0]
    others = [
        ROWAN.line(checkpoint._replace(size=checkpoint.size + 1), AT),
        HAZEL.line(checkpoint._replace(root=bytes(32)), AT),
        ROWAN._replace(kind=ED25519).line(checkpoint),  # signed as a log would: another key hash, so another key
    ]
    heard = keep_cosignatures(store, text + "".join(others), KNOWN)
    assert [(one.kept, one.says.partition(";")[0]) for one in heard] == [
        (False, "the signature does not hold"),
        (False, "the signature does not hold"),
        (False, "no witness known here"),
    ]
    assert published_note(store, log) == text


def test_only_a_checkpoint_of_ours_is_taken_back(store: Store, log: Log) -> None:
    text = signed(store, log)
    size, root = parse_note(text)[0][1:]
    for other, says in (
        (Checkpoint("other.example/.well-known/tallystick/139204/1", size, root), "goes by this checkpoint's name"),
        (Checkpoint(log.origin[:-1] + "2", size, root), "goes by this checkpoint's name"),
        (Checkpoint(log.origin, size + 1, root), "never signed here"),
        (Checkpoint(log.origin, size, bytes(32)), "never signed here"),
    ):
        with pytest.raises(ValueError, match=says):
            keep_cosignatures(store, other.text + "\n" + ROWAN.line(other, AT), KNOWN)
    with pytest.raises(ValueError, match="never signed here"):
        keep_cosignatures(store, cosigned(signed_elsewhere(log, 5), [ROWAN]), KNOWN)
    with pytest.raises(ValueError, match="no checkpoint"):
        keep_cosignatures(store, "nothing", KNOWN)


def test_a_note_with_more_witnesses_than_it_can_hold_can_still_be_read(store: Store, log: Log) -> None:
    text = signed(store, log)
    many = [NoteSigner(f"w{at}.example", ML_DSA_44, os.urandom(32)) for at in range(24)]
    for some in (many[:12], many[12:]):
        keep_cosignatures(store, cosigned(text, some), [one.key for one in many])
    whole = published_note(store, log)
    assert LONGEST - 4000 < len(whole) <= LONGEST
    assert parse_note(whole)[0] == parse_note(text)[0]


@pytest.mark.parametrize(
    "change",
    [
        "size = size + 1",
        "epoch = epoch + 1",
        "witness = replace(witness, 'rowan', 'rowam')",
        "key = replace(key, 'rowan', 'rowam')",
        "line = replace(line, 'rowan', 'rowam')",
        "line = substr(line, 1, 60) || 'AAAA' || substr(line, 65)",
        "line = line || line",
    ],
)
def test_verify_notices_a_cosignature_that_is_other(home: Home, store: Store, log: Log, change: str) -> None:
    keep_cosignatures(store, cosigned(signed(store, log), [ROWAN]), KNOWN)
    home.attack(f"UPDATE cosignatures SET {change}")
    (fault,) = verify(store).faults
    assert fault.log == log.name
    assert "a cosignature of the checkpoint" in fault.what


def test_verify_notices_a_cosignature_of_no_log(home: Home, store: Store, log: Log) -> None:
    keep_cosignatures(store, cosigned(signed(store, log), [ROWAN]), KNOWN)
    home.attack("UPDATE cosignatures SET log = :other", other=bytes(16))
    (fault,) = verify(store).faults
    assert "a row of cosignatures" in fault.what
