"""A job description as one form: a box for each group, a duty on each line, and a row for each criterion.

A criterion's fields bear its key, such as `text.q1`: a person specification of eighty lines fits into a form.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from core.web.forms import Form, Invalid

from ...codes.criteria import ASSESSED, WEIGHTS, ways_in
from ...commands import WriteDescription
from ...commands.describing import free_key
from ...facts import Criterion, Duty
from ...views import Description
from ...views.versions import GROUPS, LISTS, TOP
from .words import Told, groups_of, letters_of

NEEDS = {"essential": "Essential", "gate": "Essential, a gate", "desirable": "Desirable"}
_SPARE = 3  # empty rows for criteria still to come
_MOST = 80  # criteria one form can hold
_BROAD, _NARROW = 75, 56  # characters of a line that a box shows without breaking it
_LETTERS = "".join(title[0] for title in ASSESSED.values())


def fill(form: Form, told: Told | None) -> None:
    """What stands already, where nothing was typed."""
    if form.fields:
        return
    form.fill(**{name: getattr(told, name) if told else "" for name in TOP})
    form.fill(**{name: "\n".join(getattr(told, name)) if told else "" for name in LISTS})
    for number, group in enumerate(_groups(told)):
        lines = [duty.text for duty in told.duties if duty.group == group] if told else []
        form.fill(**{f"group.{number}": group, f"duties.{number}": "\n".join(lines)})
    for one in told.criteria if told else ():
        need = "gate" if one.gate else "essential" if one.essential else "desirable"
        typed = {"text": one.text, "under": one.group, "need": need, "weight": str(one.weight), "how": letters_of(one)}
        form.fill(**{f"{name}.{one.key}": value for name, value in typed.items()})


def drawn(form: Form) -> dict[str, Any]:
    """The form's fields for the template."""
    keys = [key for key in criterion_keys(form) if form.text(f"text.{key}") or not key.startswith("new")]
    spare = [f"new{number}" for number in range(1, len(keys) + _SPARE + 1) if f"new{number}" not in keys][:_SPARE]
    return {
        "top": [{"name": name, "label": label} for name, label in TOP.items()],
        "purpose_rows": _rows(form, "purpose"),
        "groups": [
            {
                "name": (name := f"duties.{number}"),
                "held": f"group.{number}",
                "group": group,
                "label": GROUPS.get(group, group),
                "rows": _rows(form, name),
            }
            for number, group in _held_groups(form)
        ],
        "lists": [
            {"name": name, "label": label, "rows": _rows(form, name)}
            for name, label in LISTS.items()
            if name != "purpose"
        ],
        "criteria": [{"key": key, "rows": _rows(form, f"text.{key}", _NARROW, 1)} for key in (*keys, *spare)],
        "needs": [{"value": value, "text": text} for value, text in NEEDS.items()],
        "weights": [{"value": str(one), "text": str(one)} for one in WEIGHTS],
    }


def read(form: Form, known: Description | None) -> WriteDescription:
    """The description as typed; raises Invalid with every wrong field told."""
    if not form.text("title"):
        form.wrong("title", "Enter the title.")
    said: dict[str, Any] = {name: form.text(name) for name in TOP}
    said |= {name: lines_in(form, name) for name in LISTS}
    command = WriteDescription(**said, duties=tuple(_duties(form)), criteria=tuple(_criteria(form, known)))
    if form.errors:
        raise Invalid
    hold_to_limits(form, command)
    return command


def hold_to_limits(form: Form, command: WriteDescription) -> None:
    """Raises Invalid where a part is longer than a description may have it."""
    try:
        msgspec.convert(msgspec.to_builtins(command), WriteDescription)
    except msgspec.ValidationError as error:
        part = re.search(r"`\$\.(\w+)", str(error))
        name = part[1] if part else ""
        called = {**TOP, **LISTS}.get(name, name.capitalize())
        form.wrong(name, f"{called} is too long. Write less, or break a long line into several.")
        raise Invalid from None


def lines_in(form: Form, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in form.text(name).splitlines() if line.strip())


def criterion_keys(form: Form) -> list[str]:
    """Keys of the criteria in the form, in their order."""
    return [name.removeprefix("text.") for name in form.fields if name.startswith("text.")]


def _rows(form: Form, name: str, broad: int = _BROAD, room: int = 2) -> int:
    """Lines a box shows: what stands in it, and a little room."""
    return room + sum(1 + len(line) // broad for line in lines_in(form, name))


def _groups(told: Told | None) -> list[str]:
    """The known groups, each a box, and every other the description has."""
    return [*GROUPS, *(group for group in (groups_of(told) if told else []) if group not in GROUPS)]


def _held_groups(form: Form) -> list[tuple[int, str]]:
    numbers = [name.removeprefix("group.") for name in form.fields if name.startswith("group.")]
    return [(int(number), form.text(f"group.{number}")) for number in numbers if re.fullmatch("[0-9]{1,3}", number)]


def _duties(form: Form) -> list[Duty]:
    found = [Duty(group, line) for number, group in _held_groups(form) for line in lines_in(form, f"duties.{number}")]
    more, heading = lines_in(form, "duties.more"), form.text("heading.more")
    if more and not heading:
        form.wrong("heading.more", "Say what the heading of these duties is.")
    return [*found, *(Duty(heading, line) for line in more)]


def _criteria(form: Form, known: Description | None) -> list[Criterion]:
    """The rows that say something. One without words is taken out; a new one gets a key no version has had."""
    taken = {one.key for told in (known.versions if known else ()) for one in told.criteria}
    keys = [key for key in criterion_keys(form) if form.text(f"text.{key}")]
    if len(keys) > _MOST:
        form.wrong("criteria", f"A specification may have {_MOST} criteria. Nobody can score more.")
    found, weights = [], {str(one): one for one in WEIGHTS}
    for typed in keys:
        key = typed if typed in taken else free_key(taken)
        taken.add(key)
        need, weight = form.text(f"need.{typed}"), form.text(f"weight.{typed}")
        if need not in NEEDS:
            form.wrong(f"need.{typed}", "Choose whether it is essential or desirable.")
        if weight not in weights:
            form.wrong(f"weight.{typed}", f"Choose a weight from 0 to {WEIGHTS[-1]}.")
        found.append(
            Criterion(
                key,
                form.text(f"under.{typed}"),
                form.text(f"text.{typed}"),
                need != "desirable",
                need == "gate",
                weights.get(weight, 1),
                _ways(form, f"how.{typed}"),
            )
        )
    return found


def _ways(form: Form, name: str) -> tuple[str, ...]:
    """How a criterion is judged, from letters such as A I R or A/I/R."""
    letters = re.sub(r"[\s,/]+", "", form.text(name)).upper()
    if set(letters) - set(_LETTERS):
        form.wrong(name, f"Use the letters {', '.join(_LETTERS)} only.")
    return ways_in(letters)
