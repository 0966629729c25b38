"""The change feed, who looked, and what is kept, described in OpenAPI."""

from __future__ import annotations

from typing import Any

from core.api.said import AFTER, BEFORE, CHANGES, ID, LIMIT, LOOKS, ONLY_DOING, SUBJECT, URN, answers

_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_NONE = {"type": "null"}


def _thing(*optional: str, **fields: Any) -> dict[str, Any]:
    """An object of these fields, all of them there but the optional ones."""
    return {"type": "object", "properties": fields, "required": [name for name in fields if name not in optional]}


def _list(of: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"type": "array", "items": of, **more}


def _reading(
    operation: str, tag: str, summary: str, description: str, parameters: list[dict[str, Any]], says: str,
    told: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """An operation that records nothing but that it was asked."""
    return {
        "operationId": operation,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": answers(says, told, but=ONLY_DOING),
    }


def changes(operation: str, *where: dict[str, Any]) -> dict[str, Any]:
    """The change feed, at an academy or at the centre."""
    change = _thing(
        "by",
        "role",
        "why",
        entry=ID,
        kind=_TEXT,
        record=_TEXT,
        subject={"anyOf": [ID, _NONE]},
        day=_DAY | {"description": "When it happened."},
        recorded_at=_MOMENT | {"description": "When it was typed."},
        by={"anyOf": [ID, _NONE]},
        role=_TEXT,
        why=_TEXT,
        key=_TEXT | {"description": "The key it is under: forget it when that is destroyed."},
        fact={"type": "object"},
    )
    destroyed = _thing(destroyed=_TEXT | {"description": "A key: forget every entry under it."})
    told = _thing(
        changes=_list({"anyOf": [change, destroyed]}),
        next=_TEXT,
        more={"type": "boolean", "description": "Whether as many came as were asked for."},
    )
    asked = [*where, AFTER | {"schema": _TEXT | {"maxLength": 400}}, LIMIT]
    return _reading(operation, "changes", "Changes", CHANGES, asked, "What was recorded.", told)


def looks() -> dict[str, Any]:
    """Who saw a pupil's record."""
    look = _thing(
        person=ID,
        name=_TEXT,
        role=_TEXT,
        first=_MOMENT | {"description": "When they first opened it that day, in UTC."},
        last=_MOMENT,
        records=_list(_TEXT, description="The classes of record they opened."),
        purposes=_list(_TEXT, description="What their grants were for."),
        packs={"type": "integer", "minimum": 0, "description": "In how many packs it left that day."},
    )
    vain = _thing(person=ID, name=_TEXT, role=_TEXT, at=_MOMENT)
    told = _thing(
        looks=_list(look),
        next={"anyOf": [_DAY, _NONE], "description": "The `before` of the next answer."},
        not_shown=_list(vain, description="Who asked for it, and was not shown it."),
    )
    asked: list[dict[str, Any]] = [URN, SUBJECT, BEFORE | {"schema": _DAY}, LIMIT]
    says = "Who saw it, the newest day first."
    return _reading("looks", "looks", "Who saw a pupil's record", LOOKS, asked, says, told)


def unusual_looks() -> dict[str, Any]:
    """What is worth a second look."""
    told = _thing(since=_DAY, unusual=_list(_thing(on=_DAY, person=ID, name=_TEXT, role=_TEXT, says=_TEXT)))
    description = (
        "What people opened here in thirty days that was late, much, or of their own family name; and who asked for "
        "children who are not theirs to know."
    )
    says = "The newest day first, five hundred at most."
    return _reading("unusual-looks", "looks", "What is worth a second look", description, [URN], says, told)


def processing() -> dict[str, Any]:
    """The record of processing."""
    words = ("title", "of", "basis", "kept", "seen_by", "taken_by", "outside", "guard")
    purpose = _thing(title=_TEXT, purpose=_TEXT, kept=_list(_thing(**dict.fromkeys(words, _TEXT))))
    told = _thing(purposes=_list(purpose), safeguards=_list(_TEXT))
    description = "What is kept of people here, why, how long and who sees it, by the plugins that are on."
    says = "Every class of record that is about people."
    return _reading("processing", "keeping", "Record of processing", description, [URN], says, told)


def due() -> dict[str, Any]:
    """What is past its time."""
    one = _thing(
        subject=ID,
        record=_TEXT,
        what=_TEXT,
        kept=_TEXT | {"description": "How long, in words."},
        over=_DAY | {"description": "The first day on which it need not be kept."},
        reviewer=_TEXT,
        stands={"type": "string", "enum": ["", "held", "proposed"]},
    )
    told = _thing(due=_list(one), in_all={"type": "integer", "minimum": 0})
    description = (
        "Records that need not be kept any more, for whoever decides about them. Each that is told is recorded as "
        "looked at; it is proposed by the command of disposal, and destroyed when two people agree."
    )
    return _reading(
        "due", "keeping", "What is past its time", description, [URN, LIMIT], "The longest overdue first.", told
    )
