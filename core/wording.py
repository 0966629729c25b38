"""Sentences for the trail, the timeline and packs, from a fact and its kind's sentence pattern."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.periods import LONDON
from events import Event, Fact, Unread

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(value: date) -> str:
    """A date as people write it: 4 May 2027."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """An instant as London reads it: 20 Nov 2026, 16:42."""
    local = value.astimezone(LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"


def counted(number: int, one: str, many: str) -> str:
    """1 academy, 8 academies, 1,204 entries."""
    return f"{number:,} {one if number == 1 else many}"


def plain(value: Any) -> str:
    """One field of a fact in words."""
    if isinstance(value, date):
        return day(value)
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value) or "none"
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value)
    if isinstance(value, Mapping):
        return " ".join(plain(one) for one in value.values())
    if isinstance(value, UUID):
        return str(value)[:8]
    return str(value)


def named(names: Mapping[str, Any]) -> str:
    """What codes are called, as a sentence pattern takes it; a comma in a name becomes a dash.

    Args:
        names: For each code its name, or what has one.
    """
    return ",".join(f"{code}={_called(one)}" for code, one in names.items())


def _called(one: Any) -> str:
    return str(getattr(one, "name", one)).replace(", ", " \u2013 ").replace(":", " \u2013")


class _Patterns(string.Formatter):
    """Fields in words; `{provision:K=SEN support,E=EHC plan}` says what a code is called."""

    def format_field(self, value: Any, format_spec: str) -> str:
        names = dict(pair.split("=", 1) for pair in format_spec.split(",") if "=" in pair)
        return names.get(str(value)) or plain(value)


_PATTERNS = _Patterns()


def _standing(pattern: str, fields: Mapping[str, Any]) -> str:
    """The pattern without those parts in square brackets whose fields hold nothing."""

    def kept(part: re.Match[str]) -> str:
        names = [name for _, name, _, _ in _PATTERNS.parse(part[1]) if name]
        return part[1] if all(fields.get(name) not in (None, "") for name in names) else ""

    return re.sub(r"\[([^]]*)\]", kept, pattern)


def sentence(event: Event, patterns: Mapping[str, str]) -> str:
    """What happened, in one plain sentence.

    Args:
        patterns: A pattern for each kind, such as "Plan issued on {made_on}[ by {authority}]"; a part in brackets goes
            when its fields hold nothing. A kind without a pattern is named as it is.
    """
    pattern = patterns.get(event.kind, "")
    if isinstance(event.fact, Unread):
        fields = event.fact.fields
    else:
        fields = {name: getattr(event.fact, name) for name in event.fact.__struct_fields__}
    if not pattern:
        return event.kind.split("/")[0].replace(".", ": ").replace("_", " ")
    return _PATTERNS.vformat(_standing(pattern, fields), (), fields)


def patterns_of(wordings: Mapping[type[Fact], str]) -> dict[str, str]:
    return {str(fact.__struct_config__.tag): pattern for fact, pattern in wordings.items()}
