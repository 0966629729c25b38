"""Golden samples: bytes worked out by hand from the format, which must decode for ever, and come out again the same."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert

from events import Store, Stream, Withdrawn, verify
from events.chain import RowMac, Tree, key_mark, leaf_data, leaf_hash
from events.facts import Actor
from events.index import Columns
from events.keys.wrapping import data_aad, held_aad, parent_of
from events.notes import ED25519, Checkpoint, NoteSigner, read_note, signed_note
from events.open_facts import LogOpened, SigningKeyAdded
from events.packs.proof import consistency_proof, extra, tlog_proof
from events.packs.verify import read_checkpoint, read_extra, read_older, read_proof
from events.seal import (
    Sealed,
    commitment,
    event_id,
    expand,
    pack_body,
    record_class,
    salts,
    seal,
    seal_open,
    union,
    unpack_body,
    unseal,
)
from events.snapshot_seal import Bound, open_snapshot, seal_snapshot, snapshot_cipher
from events.snapshots import LIST, Listed, Listing
from events.tables import checkpoints, entries, epochs, held, keys, signed
from events.tail import Epoch, Tail
from tests.events.golden import by_hand
from tests.events.home import NOON, Home, Noted, at

GOLDEN = Path(__file__).parent / "golden"


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return (
            bytes.fromhex(value["hex"]) if value.keys() == {"hex"} else {key: plain(one) for key, one in value.items()}
        )
    return [plain(one) for one in value] if isinstance(value, list) else value


def golden(sample: str) -> dict[str, Any]:
    found: dict[str, Any] = plain(json.loads((GOLDEN / f"{sample}.json").read_text("utf-8")))
    return found


@pytest.mark.parametrize("sample", by_hand.SAMPLES)
def test_the_samples_are_what_the_format_says(sample: str) -> None:
    assert (GOLDEN / f"{sample}.json").read_text("utf-8") == by_hand.file(sample)


def test_every_sample_is_told_of_here() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == by_hand.SAMPLES.keys()


def test_ids_and_classes() -> None:
    ids = golden("ids")
    command = UUID(bytes=ids["command_id"])
    assert [event_id(command, number).bytes for number in range(4)] == ids["event_ids"]
    assert record_class(ids["record"]) == ids["record_class"]


def test_a_body() -> None:
    sample = golden("body")
    assert unpack_body(sample["body"]) == sample["parts"]
    assert pack_body(sample["parts"]) == sample["body"]


def test_a_commitment() -> None:
    sample = golden("commitment")
    assert salts(sample["seed"], 5) == sample["salts"]
    told = commitment(sample["log_id"], sample["event_id"], sample["seed"], sample["parts"])
    assert told == sample["commitment"]


def test_a_sealed_entry() -> None:
    one = golden("sealed_entry")
    assert expand(one["data_key"], "entry-key") == one["entry_key"]
    cipher = AESGCM(one["entry_key"])
    entry = Sealed(one["event_id"], one["key_id"], one["commitment"], one["sealed"])
    random = one["seed"] + one["nonce"]
    assert unseal(cipher, one["log_id"], entry) == one["parts"]
    assert seal(cipher, 1, one["log_id"], one["event_id"], one["key_id"], one["parts"], random) == entry


def test_an_open_entry() -> None:
    one = golden("open_entry")
    entry = Sealed(one["event_id"], bytes(16), one["commitment"], one["sealed"])
    assert unseal(None, one["log_id"], entry) == one["parts"]
    assert seal_open(one["log_id"], one["event_id"], one["parts"], one["seed"]) == entry


def test_leaf_data_leaf_and_row_mac() -> None:
    sample = golden("leaf")
    row = sample["entry"]
    entry = Sealed(row["event_id"], row["key_id"], row["commitment"], row["sealed"])
    tail = Tail(row["log"], "139204", [Epoch(sample["epoch"], 0, "")], sample["mac_key"])
    data = tail.leaf_data(row["position"], row["recorded_at"], row["flags"], row["n"], entry)
    assert data == sample["leaf_data"]
    assert key_mark(row["log"], row["key_id"], row["n"]) == sample["key_mark"] == data[54:86]
    assert leaf_hash(data) == sample["leaf"]
    assert RowMac(sample["mac_key"])(data) == row["mac"]
    assert leaf_data(*unpacked(data)) == data


def unpacked(data: bytes) -> tuple[int, int, bytes, int, int, bytes, bytes, bytes, bytes]:
    numbers = [int.from_bytes(data[start:end], "big") for start, end in ((1, 2), (2, 6), (22, 30), (30, 38))]
    flags, epoch, position, us = numbers
    return flags, epoch, data[6:22], position, us, data[38:54], data[54:86], data[86:118], data[118:150]


def test_a_tree() -> None:
    sample = golden("tree")
    tree = Tree()
    for leaf, root in zip(sample["leaves"], sample["roots"], strict=True):
        tree.add(leaf)
        assert tree.root() == root


def test_a_checkpoint() -> None:
    one = golden("checkpoint")
    checkpoint = Checkpoint(one["origin"], one["size"], one["root"])
    signer = NoteSigner(one["origin"], ED25519, one["seed"])
    assert signer.key.public == one["public"]
    assert read_note(one["note"], one["origin"], [signer.key])[0] == checkpoint
    assert signed_note(checkpoint, [signer]) == one["note"]


def test_a_proof() -> None:
    one = golden("proof")
    parts = list(zip(one["salts"], one["parts"], strict=True))
    shown = extra(one["leaf_data"], parts, one["withheld"], (one["key_id"], one["n"]))
    assert shown == one["extra"]
    assert extra(one["leaf_data"], []) == one["unshown"]
    file = tlog_proof(shown, one["position"], one["path"], one["note"])
    assert file.decode() == one["proof"]
    assert consistency_proof(one["old_path"], one["old_note"]).decode() == one["consistency"]
    tree = read_checkpoint(one["note"].encode(), "checkpoint")
    entry = read_proof(file, one["note"].encode(), tree)
    assert (entry.position, entry.mark, entry.withheld) == (2, (one["key_id"].hex(), 0), {4})
    assert entry.parts == [*map(json.loads, one["parts"][:4]), None]
    assert read_extra(one["unshown"])[1].withheld == {None}
    assert read_older(one["consistency"].encode(), tree, "consistency").size == 2


def test_a_fact_of_each_kind_that_is_ours(store: Store) -> None:
    catalog, sample = store.catalog, golden("withdrawn")
    fact = Withdrawn(UUID("019a8c5e-8f00-7abc-8def-0123456789ab"), at(NOON).date().replace(day=17), "another child")
    coded, *texts = sample["parts"][0], sample["parts"][-1]
    assert catalog.fact(sample["parts"]) == fact
    assert catalog.fact_parts(fact) == (coded, texts)
    assert union(sample["parts"])["fact"]["kind"] == sample["kind"]


def test_snapshots() -> None:
    sample = golden("snapshots")
    for one in sample["snapshots"]:
        bound = Bound(sample["log_id"], one["key_id"], one["view"], one["fold_version"], one["upto"], one["leaf"])
        secret = golden("wrapped_keys")["keys"]["index"] if one["view"] == LIST else golden("document")["data_key"]
        assert expand(secret, "snap-key") == one["key"]
        cipher = snapshot_cipher(secret)
        assert open_snapshot(cipher, bound, one["sealed"]) == one["body"]
        random = one["seed"] + one["nonce"]
        assert seal_snapshot(cipher, one["key_version"], bound, one["body"], random) == one["sealed"]
    told, trail, listed = (one["body"] for one in sample["snapshots"])
    day, values = msgspec.msgpack.decode(told, type=tuple[date, tuple[tuple[str, ...], str | None]])
    assert (day, values) == (date(2026, 11, 17), (("hello",), "3B"))
    columns = msgspec.msgpack.decode(trail, type=Columns)
    assert [date.fromordinal(number) for number in columns.days] == [date(2026, 11, 16), day]
    assert columns.people == [Actor(UUID("00000000-0000-4000-8000-000000000007"), "senco").by]
    assert msgspec.msgpack.encode(columns) == trail
    listing = msgspec.msgpack.decode(listed, type=Listing)
    assert listing.streams == [Listed(golden("leaf")["entry"]["key_id"], 2, 3, golden("leaf")["leaf"])]
    assert msgspec.msgpack.encode(listing) == listed


@pytest.fixture
def found(home: Home) -> Store:
    """A trust's databases, put there by hand."""
    sample, wrapped = golden("log"), golden("wrapped_keys")
    home.master = wrapped["master"]
    store = home.store(host=sample["host"])
    with store.keys.database.writing() as connection:
        for purpose, text in wrapped["wrapped"].items():
            row = {"log": wrapped["log_id"], "purpose": purpose, "own_id": 1, "parent_id": 1}
            connection.execute(insert(held), row | {"wrapped": text, "state": "live"})
        connection.execute(insert(keys), sample["keys"])
        connection.execute(insert(signed), sample["signed"])
    with store.database.writing() as connection:
        connection.execute(insert(epochs), sample["epoch"])
        connection.execute(insert(entries), sample["entries"])
        connection.execute(insert(checkpoints), sample["checkpoint"])
    return store


def test_wrapped_keys(found: Store) -> None:
    sample, data = golden("wrapped_keys"), golden("wrapped_data_key")
    log = found.log("139204")
    assert log.keys.mac == sample["keys"]["mac"]
    assert log.keys._index == sample["keys"]["index"]
    assert log.keys.signing.signers(log.origin)[0].seed == sample["keys"]["signing"]
    stream = Stream(UUID(bytes=data["subject"]), data["record"])
    key = log.keys.find(stream)
    assert key
    assert (key.key_id, key.version, key.stream) == (data["key_id"], data["key_version"], stream)
    assert log.keys._lookup(stream) == golden("lookup")["lookup"]
    marks = {one["view"]: one["mark"] for one in golden("snapshots")["snapshots"]}
    assert {view: log.keys.blind("view", view.encode()) for view in marks} == marks
    # And wrapped again, with the nonce they had.
    for purpose, text in sample["wrapped"].items():
        parent = sample["master"] if purpose in {"academy", "signing"} else sample["keys"]["academy"]
        aad = held_aad(sample["log_id"], purpose, 1, parent_of(text))
        assert text[17:] == AESGCM(parent).encrypt(text[5:17], sample["keys"][purpose], aad)
    again = AESGCM(data["academy"]).encrypt(
        data["wrapped"][5:17],
        data["data_key"] + data["subject"] + record_class(data["record"]),
        data_aad(log.id, data["key_id"], 1, parent_of(data["wrapped"])),
    )
    assert again == data["wrapped"][17:]


def test_a_whole_log_put_there_by_hand_reads_verifies_and_goes_on(found: Store) -> None:
    log = found.log("139204")
    opened, added, noted, withdrawn = log.events()
    assert opened.fact == LogOpened("139204")
    assert added.fact == SigningKeyAdded(1, golden("checkpoint")["public"].hex())
    assert noted.fact == Noted(at(NOON).date(), "Zoë was upset.")
    assert noted.actor == Actor(UUID("00000000-0000-4000-8000-000000000007"), "senco", "a1b2")
    assert (noted.why, noted.recorded_at, noted.subject) == (
        "his mother rang",
        at(NOON + 9),
        UUID(bytes=golden("lookup")["subject"]),
    )
    assert isinstance(withdrawn.fact, Withdrawn)
    assert withdrawn.fact.event == noted.event_id
    assert [event.leaf for event in log.events()] == golden("tree")["leaves"]
    report = verify(found)
    assert (report.faults, report.logs[0].root) == ([], golden("checkpoint")["root"].hex())
    assert found.sign(log) is None
    assert found.checkpoint(log) == golden("checkpoint")["note"]
