"""What proves one entry to an outsider: a C2SP tlog-proof whose `extra` shows some parts, and of others only a hash.

Source: C2SP tlog-proof v1. The bytes: README.md beside this file.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Collection, Sequence

from events.seal import part_hash

_U16, _U32, _U64 = struct.Struct(">H"), struct.Struct(">I"), struct.Struct(">Q")


def extra(
    leaf_data: bytes,
    parts: Sequence[tuple[bytes, bytes]],
    withheld: Collection[int] = (),
    mark: tuple[bytes, int] | None = None,
) -> bytes:
    """What is shown of an entry beside its place.

    Args:
        parts: Each part of the entry after its salt, in their order; none where not even their hashes are shown.
        withheld: Numbers of the parts of which only the hash is shown.
        mark: key_id and n, by which the entry is shown to be the n-th of its stream.
    """
    shown = b"\0" if mark is None else b"\x01" + mark[0] + _U64.pack(mark[1])
    told = [
        b"\0" + part_hash(salt, part) if number in withheld else b"\x01" + salt + _U32.pack(len(part)) + part
        for number, (salt, part) in enumerate(parts)
    ]
    return b"\x01" + leaf_data + shown + _U16.pack(len(told)) + b"".join(told)


def tlog_proof(shown: bytes, position: int, path: Sequence[bytes], note: str) -> bytes:
    """The file that proves an entry.

    Args:
        shown: The `extra`.
        path: As `log.tiles.inclusion` gives it, in the tree of the note.
    """
    lines = ["c2sp.org/tlog-proof@v1", f"extra {_base64(shown)}", f"index {position}", *map(_base64, path)]
    return "\n".join([*lines, "", note]).encode()


def consistency_proof(path: Sequence[bytes], note: str) -> bytes:
    """The file that proves that the pack's tree goes on from an earlier checkpoint.

    Args:
        path: As `log.tiles.consistency` gives it, from the note's tree to the pack's.
        note: The earlier checkpoint.
    """
    return "\n".join(["tallystick/consistency/v1", *map(_base64, path), "", note]).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
