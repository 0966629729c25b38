"""What differs between two versions of a job description, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ..codes.criteria import ASSESSED
from ..facts import Criterion, DescriptionWritten, Duty

TOP: dict[str, str] = {
    "title": "Title",
    "location": "Location",
    "reports_to": "Reports to",
    "responsible_for": "Responsible for",
    "pay": "Pay",
    "allowances": "Allowances",
    "hours": "Hours",
    "contract": "Contract",
}
"""What is said of the post at the head of a description, and what each is called."""

GROUPS: dict[str, str] = {
    "main": "Main purpose",
    "strategy": "Strategic development",
    "operation": "Operation and co-ordination",
    "pupils": "Support for pupils",
    "leadership": "Leadership and management",
    "safeguarding": "Safeguarding",
    "general": "General",
}
"""The groups of duties; any other is called as its heading is written."""

LISTS: dict[str, str] = {
    "purpose": "Purpose",
    "checks": "Checks before a start",
    "values": "Values",
    "statements": "Statements",
    "unplaced": "Not placed",
}
"""The other parts, each a list of lines."""


class Difference(msgspec.Struct, frozen=True):
    """What is otherwise in one part of a description."""

    part: str
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.taken_out)


def differences(old: DescriptionWritten, new: DescriptionWritten) -> tuple[Difference, ...]:
    """What a later version has otherwise, part by part; empty where they say the same."""
    return tuple(found for found in _differences(old, new) if found)


def _differences(old: DescriptionWritten, new: DescriptionWritten) -> Iterator[Difference]:
    top = tuple(
        f"{label}: {_was(getattr(old, name))}, now {_is(getattr(new, name))}"
        for name, label in TOP.items()
        if getattr(old, name) != getattr(new, name)
    )
    yield Difference("The post", top)
    for group in dict.fromkeys(duty.group for duty in (*old.duties, *new.duties)):
        yield _lines(f"Duties: {GROUPS.get(group, group)}", _of(group, old.duties), _of(group, new.duties))
    yield _criteria(old.criteria, new.criteria)
    for name, label in LISTS.items():
        yield _lines(label, getattr(old, name), getattr(new, name))


def _was(said: str) -> str:
    return f"was “{said}”" if said else "was empty"


def _is(said: str) -> str:
    return f"“{said}”" if said else "empty"


def _of(group: str, duties: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(duty.text for duty in duties if duty.group == group)


def _lines(part: str, old: Sequence[str], new: Sequence[str]) -> Difference:
    before, after = Counter(old), Counter(new)
    changed = ("The order is another.",) if before == after and list(old) != list(new) else ()
    added, gone = after - before, before - after
    return Difference(part, changed, tuple(added.elements()), tuple(gone.elements()))


def _criteria(old: Sequence[Criterion], new: Sequence[Criterion]) -> Difference:
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    return Difference(
        "Person specification",
        tuple(says for key, one in after.items() if key in before for says in _altered(before[key], one)),
        tuple(one.text for key, one in after.items() if key not in before),
        tuple(one.text for key, one in before.items() if key not in after),
    )


def _altered(old: Criterion, new: Criterion) -> Iterator[str]:
    """How a criterion that stayed is otherwise, a sentence for each thing."""
    if old.text != new.text:
        yield f"“{old.text}” now reads “{new.text}”"
    for was, now in (
        (need_of(old), need_of(new)),
        (f"weight {old.weight}", f"weight {new.weight}"),
        (f"judged by {_ways(old)}", f"judged by {_ways(new)}"),
        (f"under {old.group}", f"under {new.group}"),
    ):
        if was != now:
            yield f"“{new.text}”: was {was}, now {now}"


def need_of(one: Criterion) -> str:
    """Whether a criterion is essential, in words."""
    if one.gate:
        return "essential, and a gate"
    return "essential" if one.essential else "desirable"


def _ways(one: Criterion) -> str:
    return ", ".join(ASSESSED[way].lower() for way in one.assessed if way in ASSESSED) or "nothing"
