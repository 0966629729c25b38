"""An operator with keys, who makes the mac fit."""

import os
from typing import Any

import pytest

from events import Log, Store, verify
from events.chain import OPEN_BIT, RowMac
from events.seal import Sealed, seal_open
from tests.events.home import Home
from tests.events.verify.breaking import NAME, NEWEST, OLD, named


def with_the_mac_key(home: Home, log: Log, position: int, **changes: Any) -> None:
    """Changes a row as its operator could, who holds every key: the mac fits again."""
    columns = "event_id, key_id, commitment, sealed, n, recorded_at, flags"
    (row,) = home.attack(f"SELECT {columns} FROM entries WHERE log = :log AND position = :at", log=log.id, at=position)
    now = dict(zip(columns.split(", "), row, strict=True)) | changes
    entry = Sealed(now["event_id"], now["key_id"], now["commitment"], now["sealed"])
    data = log.tail.leaf_data(position, now["recorded_at"], now["flags"], now["n"], entry)
    sets = ", ".join(f"{name} = :{name}" for name in changes)
    home.attack(
        f"UPDATE entries SET mac = :mac, {sets} WHERE log = :log AND position = :at",
        log=log.id,
        at=position,
        mac=RowMac(log.keys.mac)(data),
        **changes,
    )


def test_an_operator_who_makes_the_mac_fit_is_found_by_the_checkpoint(home: Home, store: Store, filled: Log) -> None:
    us = int(filled.event(OLD).recorded_at.timestamp() * 1e6)
    with_the_mac_key(home, filled, OLD, recorded_at=us + 1)
    report = verify(store)
    assert [fault.what for fault in report.faults] == ["the first 6 entries are not those that were signed"] * 2


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"flags": OPEN_BIT}, "marked open and is not"),
        ({"n": 7}, "number in its stream is not the next"),
        ({"recorded_at": 1}, "not recorded later than the one before"),
        ({"key_id": bytes(16), "flags": OPEN_BIT}, "number in its stream"),
        ({"key_id": bytes(range(16))}, "a key the key store never held"),
    ],
)
def test_an_operator_cannot_make_an_entry_other_than_it_is(
    home: Home, store: Store, filled: Log, changes: dict[str, Any], what: str
) -> None:
    with_the_mac_key(home, filled, NEWEST, **changes)
    report = verify(store)
    assert (NAME, NEWEST) in named(report)
    assert any(what in fault.what for fault in report.faults)


def test_an_open_entry_of_any_other_kind_is_refused(home: Home, store: Store, filled: Log) -> None:
    entry = seal_open(
        filled.id, os.urandom(16), [b'{"fact":{"kind":"tests.noted/1","noted_on":"2026-01-01"}}'], bytes(32)
    )
    with_the_mac_key(home, filled, NEWEST, **entry._asdict(), flags=OPEN_BIT, n=2)
    assert named(verify(store)) == {(NAME, NEWEST)}
