"""The golden samples, worked out from the log's format alone: nothing of `events` is imported here.

`python tests/events/golden/by_hand.py` writes them anew; a test holds them equal to the files beside this one. A sample
that has been released is for ever: to change the format, give it a new version byte and add samples, never edit these.
"""

import base64
import hmac
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = Path(__file__).parent


def made_up(name: str, length: int) -> bytes:
    """What would be random, told from a name so that it stays the same."""
    return sha256(b"golden " + name.encode()).digest()[:length]


def t(name: str) -> bytes:
    return b"tallystick/v1/" + name.encode("ascii") + b"\x00"


def u(bits: int, number: int) -> bytes:
    return number.to_bytes(bits // 8, "big")


def h(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


# What everything is about

log_id, key_id, subject = (made_up(name, 16) for name in ("log", "key id", "subject"))
master, academy, index, mac, signing, data_key = (
    made_up(name, 32) for name in ("master", "academy", "index", "mac", "signing", "data key")
)
record = "tests.notes"
record_class = h(t("class"), record.encode())[:16]
name, host = "139204", "keystone.example"
origin = f"{host}/.well-known/tallystick/{name}/1"
public = Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw()


# Ids


def event_ids(command: bytes, count: int) -> list[bytes]:
    ids = [command]
    for number in range(1, count):
        raw = bytearray(command[:6] + h(t("event"), command, u(32, number))[6:16])
        raw[6] = raw[6] & 0x0F | 0x80  # version 8
        raw[8] = raw[8] & 0x3F | 0x80  # the variant of RFC 9562
        ids.append(bytes(raw))
    return ids


command_id = bytes.fromhex("019a8c5e8f007abc8def0123456789ab")  # a UUIDv7
commands = event_ids(command_id, 4)


# One entry


def body(parts: list[bytes]) -> bytes:
    return u(16, len(parts)) + b"".join(u(32, len(part)) + part for part in parts)


def commitment(event: bytes, seed: bytes, parts: list[bytes]) -> bytes:
    hashes = b"".join(h(t("part"), h(t("salt"), seed, u(16, number)), part) for number, part in enumerate(parts))
    return h(t("commit"), log_id, event, u(16, len(parts)), hashes)


def plaintext(seed: bytes, parts: list[bytes]) -> bytes:
    bare = seed + u(32, len(body(parts))) + body(parts)
    return bare + bytes(-len(bare) % 128)


def entry_key(key: bytes) -> bytes:
    return hmac.new(key, t("entry-key") + b"\x01", "sha256").digest()  # RFC 5869, 2.3: one block


def sealed(event: bytes, seed: bytes, nonce: bytes, parts: list[bytes]) -> bytes:
    head = u(8, 1) + u(16, 1)
    aad = t("entry") + head + log_id + event + key_id + commitment(event, seed, parts)
    return head + nonce + AESGCM(entry_key(data_key)).encrypt(nonce, plaintext(seed, parts), aad)


def opened(seed: bytes, parts: list[bytes]) -> bytes:
    return u(8, 0) + u(16, 0) + bytes(12) + plaintext(seed, parts)


def leaf_data(
    position: int, us: int, flags: int, n: int, event: bytes, key: bytes, commit: bytes, text: bytes
) -> bytes:
    mark = h(t("mark"), log_id, key, u(64, n))
    data = u(8, 1) + u(8, flags) + u(32, 1) + log_id + u(64, position) + u(64, us) + event + mark + commit + h(text)
    assert len(data) == 150
    return data


def row(
    position: int, us: int, flags: int, n: int, event: bytes, key: bytes, commit: bytes, text: bytes
) -> dict[str, Any]:
    data = leaf_data(position, us, flags, n, event, key, commit, text)
    return {
        "log": log_id,
        "position": position,
        "event_id": event,
        "key_id": key,
        "n": n,
        "recorded_at": us,
        "flags": flags,
        "commitment": commit,
        "sealed": text,
        "mac": hmac.new(mac, t("row") + data, "sha256").digest()[:16],
    }


# Keys


def wrapped(purpose: str, key: bytes, parent: bytes) -> bytes:
    nonce = made_up(f"nonce {purpose}", 12)
    aad = t(f"wrap-{purpose}") + log_id + u(32, 1) + u(32, 1)
    return u(8, 1) + u(32, 1) + nonce + AESGCM(parent).encrypt(nonce, key, aad)


held = {
    "academy": wrapped("academy", academy, master),
    "signing": wrapped("signing", signing, master),
    "index": wrapped("index", index, academy),
    "mac": wrapped("mac", mac, academy),
}
data_nonce = made_up("nonce data", 12)
data_aad = t("wrap-data") + log_id + key_id + u(16, 1) + u(32, 1)
wrapped_data_key = (
    u(8, 1) + u(32, 1) + data_nonce + AESGCM(academy).encrypt(data_nonce, data_key + subject + record_class, data_aad)
)
lookup = hmac.new(index, t("lookup") + subject + record_class, "sha256").digest()[:16]


# Documents: one of a few bytes and one of three chunks, each under a key of its own


def dashed(raw: bytes) -> str:
    text = raw.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def document_key(document_id: bytes, file_salt: bytes) -> bytes:
    extracted = hmac.new(file_salt, data_key, "sha256").digest()  # RFC 5869, 2.2
    return hmac.new(extracted, t("doc") + log_id + key_id + document_id + b"\x01", "sha256").digest()  # 2.3


def sealed_document(document_id: bytes, file_salt: bytes, content: bytes) -> bytes:
    head = u(8, 1) + u(16, 1) + file_salt
    pieces = [content[at : at + 65536] for at in range(0, len(content), 65536)]
    cipher, last = AESGCM(document_key(document_id, file_salt)), len(pieces) - 1
    return head + b"".join(
        cipher.encrypt(u(88, number) + u(8, number == last), piece, head) for number, piece in enumerate(pieces)
    )


def document(name: str, content: bytes) -> dict[str, Any]:
    document_id, file_salt, salt = made_up(f"{name} id", 16), made_up(f"{name} file salt", 16), made_up(name, 32)
    text = sealed_document(document_id, file_salt, content)
    return {
        "document_id": document_id,
        "file_salt": file_salt,
        "key": document_key(document_id, file_salt),
        "length": len(content),
        "sealed": text,
        "sealed_hash": h(text),
        "salt": salt,
        "file_hash": h(t("file"), salt, content),
    }


letter, page = "A letter from Dr Müller.".encode(), made_up("page", 32)
short, long = document("letter", letter), document("pages", page * 4097)
del long["sealed"]  # 131,171 bytes, which the hash tells
filed = (
    b'{"fact":{"kind":"tests.filed/1","filed_on":"2026-11-16","letter":{"document_id":"%s","length":25,'
    b'"sealed":"%s","file":"%s","salt":"%s"}}}'
) % (
    dashed(short["document_id"]).encode(),
    *(base64.b64encode(short[one]) for one in ("sealed_hash", "file_hash", "salt")),
)


# Snapshots up to position 3 of the log below: the views of a stream's class, its trail, and the list


def snapshot(view: str, version: int, body: bytes, leaf: bytes) -> dict[str, Any]:
    of_log = view == "events.list"  # the index key stands in for a data key, and zeros for the ids of one
    key_version, of_whom, secret = (0, bytes(16), index) if of_log else (1, key_id, data_key)
    head, nonce, seed = u(8, 1) + u(16, key_version), made_up(f"nonce {view}", 12), made_up(f"seed {view}", 32)
    aad = t("snap") + head + log_id + of_whom + h(view.encode())[:16] + u(32, version) + u(64, 3) + leaf
    bare = seed + u(32, len(body)) + body
    key = hmac.new(secret, t("snap-key") + b"\x01", "sha256").digest()
    return {
        "view": view,
        "mark": hmac.new(index, t("view") + view.encode(), "sha256").digest()[:16],
        "key_id": of_whom,
        "key_version": key_version,
        "key": key,
        "fold_version": version,
        "upto": 3,
        "leaf": leaf,
        "seed": seed,
        "nonce": nonce,
        "body": body,
        "sealed": head + nonce + AESGCM(key).encrypt(nonce, bare + bytes(-len(bare) % 1024), aad),
    }


# A whole log: its two opening entries, one note with a text apart, and its withdrawal

first, second = event_ids(made_up("first command", 16), 2)
opening = [
    [b'{"fact":{"kind":"events.log_opened/1","name":"139204"}}'],
    [b'{"fact":{"kind":"events.signing_key_added/1","epoch":1,"public_key":"%s"}}' % public.hex().encode()],
]
shared = [
    b'{"subject":"%s"}' % subject.hex().encode(),
    b'{"by":"00000000-0000-4000-8000-000000000007","as":"senco","session":"a1b2"}',
]
noted = [
    b'{"fact":{"kind":"tests.noted/1","noted_on":"2026-11-16"}}',
    *shared,
    b'{"why":"his mother rang"}',
    '{"fact":{"words":"Zoë was upset."}}'.encode(),
]
withdrawn = [
    b'{"fact":{"kind":"events.withdrawn/1","event":"%s","withdrawn_on":"2026-11-17"}}' % dashed(commands[0]).encode(),
    *shared,
    b'{"fact":{"reason":"another child"}}',
]
us = 1_794_830_400_000_000
seeds = [made_up(f"seed {number}", 32) for number in range(4)]
nonces = [made_up(f"nonce {number}", 12) for number in range(4)]
withdrawn_id = made_up("third command", 16)
entries = [
    row(0, us, 1, 0, first, bytes(16), commitment(first, seeds[0], opening[0]), opened(seeds[0], opening[0])),
    row(1, us + 1, 1, 1, second, bytes(16), commitment(second, seeds[1], opening[1]), opened(seeds[1], opening[1])),
    row(
        2,
        us + 9,
        0,
        0,
        commands[0],
        key_id,
        commitment(commands[0], seeds[2], noted),
        sealed(commands[0], seeds[2], nonces[2], noted),
    ),
    row(
        3,
        us + 10,
        2,
        1,
        withdrawn_id,
        key_id,
        commitment(withdrawn_id, seeds[3], withdrawn),
        sealed(withdrawn_id, seeds[3], nonces[3], withdrawn),
    ),
]
datas = [
    leaf_data(
        *(one[part] for part in ("position", "recorded_at", "flags", "n", "event_id", "key_id", "commitment", "sealed"))
    )
    for one in entries
]
leaves = [h(b"\x00", data) for data in datas]
nodes = [h(b"\x01", leaves[0], leaves[1]), h(b"\x01", leaves[2], leaves[3])]
root = h(b"\x01", *nodes)
text = f"{origin}\n4\n{base64.b64encode(root).decode()}\n"
hashed = h(origin.encode(), b"\n\x01", public)[:4]
signature = Ed25519PrivateKey.from_private_bytes(signing).sign(text.encode())
note = f"{text}\n— {origin} {base64.b64encode(hashed + signature).decode()}\n"

# What the bodies are, in MessagePack: 0x9. an array, 0xa. a text, 0xd9 a longer one, 0xc4 bytes, 0xcf u64, 0xce u32
values = b"\x92\xaa2026-11-17\x92\x91\xa5hello\xa23B"
instants = b"".join(b"\xcf" + u(64, us + more) for more in (9, 10))
days = b"".join(b"\xce" + u(32, day) for day in (739_936, 739_937))  # 16 and 17 November 2026
of_kinds = b"\xadtests.noted/1\xb2events.withdrawn/1"
columns = b"\x97\x92\x02\x03\x92" + instants + b"\x92" + days + b"\x92\x00\x01\x92\x00\x00\x92" + of_kinds
columns += b"\x91\xd9\x2400000000-0000-4000-8000-000000000007"
listed = b"\x92\xce" + u(32, 0xC0DE_0001) + b"\x91\x94\xc4\x10" + key_id + b"\x02\x03\xc4\x20" + leaves[3]
kept = (("tests.notes", 0xC0DE_0001, values), ("events.trail", 0xC0DE_0001, columns), ("events.list", 1, listed))

# A proof of the note, its text withheld, its place in its stream shown; and what leads on from the tree of two


def based(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


salts = [h(t("salt"), seeds[2], u(16, number)) for number in range(len(noted))]
shown = b"".join(u(8, 1) + salt + u(32, len(part)) + part for salt, part in zip(salts[:-1], noted[:-1], strict=True))
hidden = u(8, 0) + h(t("part"), salts[-1], noted[-1])
proof_extra = u(8, 1) + datas[2] + u(8, 1) + key_id + u(64, 0) + u(16, len(noted)) + shown + hidden
proof_path = [leaves[3], nodes[0]]
proof = "\n".join(
    ["c2sp.org/tlog-proof@v1", f"extra {based(proof_extra)}", "index 2", *map(based, proof_path), "", note]
)
unshown_extra = u(8, 1) + datas[2] + u(8, 0) + u(16, 0)  # nothing but the leaf: of an erased entry there is no more
old_text = f"{origin}\n2\n{based(nodes[0])}\n"
old_signature = Ed25519PrivateKey.from_private_bytes(signing).sign(old_text.encode())
old_note = f"{old_text}\n— {origin} {based(hashed + old_signature)}\n"
goes_on = "\n".join(["tallystick/consistency/v1", based(nodes[1]), "", old_note])

SAMPLES: dict[str, Any] = {
    "ids": {"command_id": command_id, "event_ids": commands, "record": record, "record_class": record_class},
    "body": {"parts": noted, "body": body(noted)},
    "commitment": {
        "log_id": log_id,
        "event_id": commands[0],
        "seed": seeds[2],
        "parts": noted,
        "salts": [h(t("salt"), seeds[2], u(16, number)) for number in range(len(noted))],
        "commitment": commitment(commands[0], seeds[2], noted),
    },
    "sealed_entry": {
        "log_id": log_id,
        "event_id": commands[0],
        "key_id": key_id,
        "key_version": 1,
        "data_key": data_key,
        "entry_key": entry_key(data_key),
        "seed": seeds[2],
        "nonce": nonces[2],
        "parts": noted,
        "commitment": commitment(commands[0], seeds[2], noted),
        "sealed": sealed(commands[0], seeds[2], nonces[2], noted),
    },
    "open_entry": {
        "log_id": log_id,
        "event_id": first,
        "seed": seeds[0],
        "parts": opening[0],
        "commitment": commitment(first, seeds[0], opening[0]),
        "sealed": opened(seeds[0], opening[0]),
    },
    "leaf": {
        "epoch": 1,
        "mac_key": mac,
        "entry": entries[3],
        "key_mark": h(t("mark"), log_id, key_id, u(64, 1)),
        "leaf_data": datas[3],
        "leaf": leaves[3],
    },
    "tree": {"leaves": leaves, "nodes": nodes, "roots": [leaves[0], nodes[0], h(b"\x01", nodes[0], leaves[2]), root]},
    "wrapped_keys": {
        "log_id": log_id,
        "master": master,
        "keys": {"academy": academy, "signing": signing, "index": index, "mac": mac},
        "wrapped": held,
    },
    "wrapped_data_key": {
        "log_id": log_id,
        "key_id": key_id,
        "key_version": 1,
        "academy": academy,
        "subject": subject,
        "record": record,
        "data_key": data_key,
        "wrapped": wrapped_data_key,
    },
    "lookup": {"index": index, "subject": subject, "record": record, "lookup": lookup},
    "checkpoint": {"origin": origin, "size": 4, "root": root, "seed": signing, "public": public, "note": note},
    "withdrawn": {"kind": "events.withdrawn/1", "parts": withdrawn},
    "document": {
        "log_id": log_id,
        "key_id": key_id,
        "key_version": 1,
        "data_key": data_key,
        "letter": {"content": letter} | short,
        "pages": {"page": page, "times": 4097} | long,
        "part": filed,
    },
    "snapshots": {"log_id": log_id, "snapshots": [snapshot(*one, leaves[3]) for one in kept]},
    "proof": {
        "leaf_data": datas[2],
        "salts": salts,
        "parts": noted,
        "withheld": [4],
        "key_id": key_id,
        "n": 0,
        "extra": proof_extra,
        "unshown": unshown_extra,
        "position": 2,
        "path": proof_path,
        "note": note,
        "proof": proof,
        "old_note": old_note,
        "old_path": [nodes[1]],
        "consistency": goes_on,
    },
    "log": {
        "host": host,
        "name": name,
        "epoch": {"log": log_id, "epoch": 1, "first_position": 0, "origin": origin},
        "entries": entries,
        "checkpoint": {"log": log_id, "epoch": 1, "size": 4, "note": note},
        "keys": {
            "log": log_id,
            "key_id": key_id,
            "version": 1,
            "kek_id": 1,
            "lookup": lookup,
            "wrapped": wrapped_data_key,
            "state": "live",
        },
        "signed": {"log": log_id, "epoch": 1, "size": 4, "root": root},
    },
}


def in_hex(value: Any) -> Any:
    """Bytes as {"hex": …}, so that text and bytes cannot be taken for each other."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict):
        return {key: in_hex(one) for key, one in value.items()}
    return [in_hex(one) for one in value] if isinstance(value, list) else value


def file(sample: str) -> str:
    return json.dumps(in_hex(SAMPLES[sample]), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for sample in SAMPLES:
        (HERE / f"{sample}.json").write_text(file(sample), "utf-8")
