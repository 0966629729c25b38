"""Split custody: a master key in three shares, of which any two give it back and one alone gives nothing.

Two random pads a and b, and c = key xor a xor b. Each share holds two of the three, so two shares hold all of them,
and one alone is as random as if there were no key: it lacks a pad that only the others hold.
"""

from __future__ import annotations

import os
from hashlib import sha256

from events.errors import NotReady
from events.holders import LENGTH
from events.seal import label

_HEAD = "Tallystick share {number} of 3, of master key {mark}"
_SHARES = {1: (0, 1), 2: (1, 2), 3: (2, 0)}


def mark_of(key: bytes) -> str:
    """16 hex digits that tell one master key from another, and nothing else of it."""
    return sha256(label("share-mark") + key).hexdigest()[:16]


def split(key: bytes) -> list[str]:
    """Three shares as text, each for one person's safe. Splitting again gives others, that fit only each other."""
    pads = [os.urandom(LENGTH), os.urandom(LENGTH)]
    pads.append(_xor(key, *pads))
    shares = []
    for number, held in _SHARES.items():
        lines = [_HEAD.format(number=number, mark=mark_of(key)), *(pads[at].hex() for at in held)]
        shares.append("\n".join([*lines, _check(lines)]) + "\n")
    return shares


def join(one: str, other: str) -> bytes:
    """The master key from two different shares of it.

    Raises:
        NotReady: One is no share or was changed, both are the same one, or they are not of one splitting.
    """
    (mark, first), (other_mark, second) = _read(one), _read(other)
    pads = first | second
    if len(pads) < 3:
        raise NotReady("These are two copies of one share; another person's is needed.")
    key = _xor(*pads.values())
    agree = mark == other_mark and all(first[at] == second[at] for at in first.keys() & second.keys())
    if not agree or mark_of(key) != mark:
        raise NotReady("These two shares are not of one splitting; use two that were made together.")
    return key


def _read(share: str) -> tuple[str, dict[int, bytes]]:
    lines = share.strip().splitlines()
    for number, held in _SHARES.items():
        if len(lines) == 4 and _HEAD.format(number=number, mark=lines[0][-16:]) == lines[0]:
            pads = [bytes.fromhex(line) if _is_pad(line) else b"" for line in lines[1:3]]
            if all(pads) and _check(lines[:3]) == lines[3]:
                return lines[0][-16:], dict(zip(held, pads, strict=True))
    raise NotReady("This is no share of a master key, or a letter of it is wrong.")


def _is_pad(line: str) -> bool:
    return len(line) == 2 * LENGTH and all(letter in "0123456789abcdef" for letter in line)


def _check(lines: list[str]) -> str:
    """Eight hex digits that show a slip of the pen."""
    return sha256("\n".join(lines).encode()).hexdigest()[:8]


def _xor(*texts: bytes) -> bytes:
    return bytes(a ^ b ^ c for a, b, c in zip(*texts, strict=True))
