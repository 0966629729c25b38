"""How words are compared: whatever their case, accents, hyphens or alphabet's ligatures."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, decimal, normalize

from msgspec import Struct

UMLAUT = "\u0308"
"""What a folded ä, ö, ü, ø or å keeps behind its letter: it may be spelt with a second vowel."""

_OVER = {"\u0308": UMLAUT, "\u030a": UMLAUT}  # diaeresis, ring
_SPELT = {  # letters that Unicode does not take apart
    "æ": "ae",
    "œ": "oe",
    "ø": f"o{UMLAUT}",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ı": "i",  # noqa: RUF001  the Turkish one without a dot
}
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_APOSTROPHES = "'`´‘’‛′ʹʻʼʽˈ＇"  # noqa: RUF001  as they come out of word processors
_DASHES = "\u00ad\u2212"  # soft hyphen, minus; beside what Unicode calls a dash
_UNSEEN = "\u115f\u1160\u3164\uffa0\u0640"  # letters that show nothing, and the Arabic one that only stretches a word
_WORD = re.compile(r"[^\W_]+")


class Folded(Struct, frozen=True):
    """A text with all that makes no difference taken off it."""

    text: str
    at: tuple[int, ...]  # for each character, where it stands in the text as it was


def fold(text: str) -> Folded:
    """A text in plain small letters and figures; its marks, spaces and line ends as the simplest of their kind."""
    folded = [(character, at) for at, one in enumerate(text) for character in _fold_one(one)]
    return Folded("".join(character for character, _ in folded), tuple(at for _, at in folded))


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES or category(character) == "Pd":
        return "-"
    if character in _LINE_ENDS:
        return "\n"
    if character.isspace():
        return " "
    spread = normalize("NFKD", normalize("NFKD", character).casefold())
    return "".join(_plain_one(one) for one in spread)


def _plain_one(character: str) -> str:
    if character in _OVER:
        return _OVER[character]
    if character in _UNSEEN or category(character) in {"Mn", "Me", "Cf"}:
        return ""
    if character.isspace():
        return " "
    return str(decimal(character)) if character.isdecimal() else _SPELT.get(character, character)


def words(text: str) -> tuple[str, ...]:
    """The words and figures of a text, folded."""
    return tuple(_WORD.findall(fold(text).text.replace(UMLAUT, "")))


def alike(one: str, other: str) -> bool:
    """Whether two texts have the same letters and figures in them; two empty ones are not alike."""
    joined = "".join(words(one))
    return bool(joined) and joined == "".join(words(other))


def mentions(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text, one after the other."""
    wanted, said = words(name), words(text)
    return bool(wanted) and any(said[at : at + len(wanted)] == wanted for at in range(len(said)))


_EVERYBODY_S = {
    "aol.com",
    "btinternet.com",
    "gmail.com",
    "googlemail.com",
    "gmx.co.uk",
    "gmx.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "sky.com",
    "talktalk.net",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
}


def domain(email: str) -> str:
    """What stands behind the @ of an e-mail address, in small letters; empty where there is none."""
    return email.strip().casefold().rpartition("@")[2] if "@" in email else ""


def is_personal(email: str) -> bool:
    """Whether anybody can have an address there, so that it says nothing about where its owner works."""
    return domain(email) in _EVERYBODY_S
