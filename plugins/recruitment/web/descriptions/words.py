"""A job description as its pages show it, whether it is recorded or only read so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from core.desk import Desk

from ...codes.criteria import ASSESSED
from ...commands import WriteDescription
from ...facts import Criterion, DescriptionWritten
from ...reading import Flag
from ...reading.flags import flags_in
from ...reading.marks import LINE_END
from ...views import need_of
from ...views.versions import GROUPS, LISTS, TOP

Told = DescriptionWritten | WriteDescription


def body(told: Told) -> dict[str, Any]:
    """Everything it says, for the macros of `recruitment/description_parts.html`."""
    duties = [
        {"title": GROUPS.get(group, group), "lines": [duty.text for duty in told.duties if duty.group == group]}
        for group in groups_of(told)
    ]
    return {
        "top": [{"label": label, "value": value} for name, label in TOP.items() if (value := getattr(told, name))],
        "purpose": told.purpose,
        "duties": duties,
        "criteria": [_criterion(one) for one in told.criteria],
        "lists": [
            {"id": name, "title": label, "lines": lines}
            for name, label in LISTS.items()
            if name != "purpose" and (lines := getattr(told, name))
        ],
    }


def groups_of(told: Told) -> list[str]:
    """The groups its duties stand in: the known ones in their order, then those with a heading of their own."""
    held = dict.fromkeys(duty.group for duty in told.duties)
    return [group for group in GROUPS if group in held] + [group for group in held if group not in GROUPS]


def _criterion(one: Criterion) -> dict[str, Any]:
    return {
        "group": one.group,
        "text": one.text,
        "need": need_of(one),
        "weight": str(one.weight) if one.weight else "not scored",
        "ways": ", ".join(title for way, title in ASSESSED.items() if way in one.assessed),
    }


def letters_of(one: Criterion) -> str:
    """How a criterion is judged, as a specification writes it: A I R."""
    return " ".join(title[0] for way, title in ASSESSED.items() if way in one.assessed)


def flags_of(desk: Desk, told: Told) -> list[dict[str, Any]]:
    """Wordings of what it says now that should not go out again, each with the words it stands in."""
    lines = list(_lines(told))
    return [_flag(desk, one, lines[one.line - 1]) for one in flags_in("\n".join(lines))]


def flags_read(desk: Desk, text: str, flags: Iterable[Flag]) -> list[dict[str, Any]]:
    """The same of a text that was read, each with its line."""
    lines = LINE_END.split(text)
    return [_flag(desk, one, f"Line {one.line}: {lines[one.line - 1].strip()}") for one in flags]


def _flag(desk: Desk, one: Flag, where: str) -> dict[str, Any]:
    """A flag with its source, and a link to its rule where that is one that can be tried."""
    named = (name for name, rule in desk.building.plugins.rules().items() if rule.citation.rule == one.rule)
    rule = next(named, None)
    return {
        "says": one.says,
        "where": where,
        "source": one.source,
        "rule_href": f"/rules/{rule}" if rule else None,
    }


def _lines(told: Told) -> Iterator[str]:
    for name in TOP:
        yield f"{TOP[name]}: {' '.join(getattr(told, name).split())}"
    for text in (*told.purpose, *(duty.text for duty in told.duties), *(one.text for one in told.criteria)):
        yield " ".join(text.split())
    for text in (*told.checks, *told.values, *told.statements, *told.unplaced):
        yield " ".join(text.split())
