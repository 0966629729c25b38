"""The change feed, who looked, and what is kept, described in OpenAPI."""

from __future__ import annotations

from typing import Any

from core.api.said import AFTER, BEFORE, CHANGES, ID, LIMIT, LOOKS, ONLY_DOING, SUBJECT, URN, answers


def changes(operation: str, *where: dict[str, Any]) -> dict[str, Any]:
    """The change feed, at an academy or at the centre."""
    text = {"type": "string"}
    change = {
        "type": "object",
        "properties": {
            "entry": ID,
            "kind": text,
            "record": text,
            "subject": {"anyOf": [ID, {"type": "null"}]},
            "day": {"type": "string", "format": "date", "description": "When it happened."},
            "recorded_at": {"type": "string", "format": "date-time", "description": "When it was typed."},
            "by": {"anyOf": [ID, {"type": "null"}]},
            "role": text,
            "why": text,
            "key": text | {"description": "The key it is under: forget it when that is destroyed."},
            "fact": {"type": "object"},
        },
        "required": ["entry", "kind", "record", "subject", "day", "recorded_at", "key", "fact"],
    }
    destroyed = {
        "type": "object",
        "properties": {"destroyed": text | {"description": "A key: forget every entry under it."}},
        "required": ["destroyed"],
    }
    listed = {
        "type": "object",
        "properties": {
            "changes": {"type": "array", "items": {"anyOf": [change, destroyed]}},
            "next": text,
            "more": {"type": "boolean", "description": "Whether as many came as were asked for."},
        },
        "required": ["changes", "next", "more"],
    }
    return {
        "operationId": operation,
        "tags": ["changes"],
        "summary": "Changes",
        "description": CHANGES,
        "parameters": [*where, AFTER | {"schema": text | {"maxLength": 400}}, LIMIT],
        "responses": answers("What was recorded.", listed, but=ONLY_DOING),
    }


def looks() -> dict[str, Any]:
    """Who saw a pupil's record."""
    text, moment = {"type": "string"}, {"type": "string", "format": "date-time"}
    look = {
        "type": "object",
        "properties": {
            "person": ID,
            "name": text,
            "role": text,
            "first": moment | {"description": "When they first opened it that day, in UTC."},
            "last": moment,
            "records": {"type": "array", "items": text, "description": "The classes of record they opened."},
            "purposes": {"type": "array", "items": text, "description": "What their grants were for."},
            "packs": {"type": "integer", "minimum": 0, "description": "In how many packs it left that day."},
        },
        "required": ["person", "name", "role", "first", "last", "records", "purposes", "packs"],
    }
    vain = {
        "type": "object",
        "properties": {"person": ID, "name": text, "role": text, "at": moment},
        "required": ["person", "name", "role", "at"],
    }
    day = {"type": "string", "format": "date"}
    listed = {
        "type": "object",
        "properties": {
            "looks": {"type": "array", "items": look},
            "next": {"anyOf": [day, {"type": "null"}], "description": "The `before` of the next answer."},
            "not_shown": {"type": "array", "items": vain, "description": "Who asked for it, and was not shown it."},
        },
        "required": ["looks", "next", "not_shown"],
    }
    return {
        "operationId": "looks",
        "tags": ["looks"],
        "summary": "Who saw a pupil's record",
        "description": LOOKS,
        "parameters": [URN, SUBJECT, BEFORE | {"schema": day}, LIMIT],
        "responses": answers("Who saw it, the newest day first.", listed, but=ONLY_DOING),
    }


def unusual_looks() -> dict[str, Any]:
    """What is worth a second look."""
    text, day = {"type": "string"}, {"type": "string", "format": "date"}
    one = {
        "type": "object",
        "properties": {"on": day, "person": ID, "name": text, "role": text, "says": text},
        "required": ["on", "person", "name", "role", "says"],
    }
    listed = {
        "type": "object",
        "properties": {"since": day, "unusual": {"type": "array", "items": one}},
        "required": ["since", "unusual"],
    }
    return {
        "operationId": "unusual-looks",
        "tags": ["looks"],
        "summary": "What is worth a second look",
        "description": "What people opened here in thirty days that was late, much, or of their own family name.",
        "parameters": [URN],
        "responses": answers("The newest day first, five hundred at most.", listed, but=ONLY_DOING),
    }


def processing() -> dict[str, Any]:
    """The record of processing."""
    text = {"type": "string"}
    words = ("title", "of", "basis", "kept", "seen_by", "taken_by", "outside", "guard")
    kept = {"type": "object", "properties": dict.fromkeys(words, text), "required": [*words]}
    purpose = {
        "type": "object",
        "properties": {"title": text, "purpose": text, "kept": {"type": "array", "items": kept}},
        "required": ["title", "purpose", "kept"],
    }
    listed = {
        "type": "object",
        "properties": {
            "purposes": {"type": "array", "items": purpose},
            "safeguards": {"type": "array", "items": text},
        },
        "required": ["purposes", "safeguards"],
    }
    return {
        "operationId": "processing",
        "tags": ["keeping"],
        "summary": "Record of processing",
        "description": "What is kept of people here, why, how long and who sees it, by the plugins that are on.",
        "parameters": [URN],
        "responses": answers("Every class of record that is about people.", listed, but=ONLY_DOING),
    }


def due() -> dict[str, Any]:
    """What is past its time."""
    text = {"type": "string"}
    one = {
        "type": "object",
        "properties": {
            "subject": ID,
            "record": text,
            "what": text,
            "kept": text | {"description": "How long, in words."},
            "over": {"type": "string", "format": "date", "description": "The first day on which it need not be kept."},
            "reviewer": text,
            "stands": {"type": "string", "enum": ["", "held", "proposed"]},
        },
        "required": ["subject", "record", "what", "kept", "over", "reviewer", "stands"],
    }
    listed = {
        "type": "object",
        "properties": {"due": {"type": "array", "items": one}, "in_all": {"type": "integer", "minimum": 0}},
        "required": ["due", "in_all"],
    }
    return {
        "operationId": "due",
        "tags": ["keeping"],
        "summary": "What is past its time",
        "description": "Records that need not be kept any more, for whoever decides about them. Each that is told is "
        "recorded as looked at; it is proposed by the command of disposal, and destroyed when two people agree.",
        "parameters": [URN, LIMIT],
        "responses": answers("The longest overdue first.", listed, but=ONLY_DOING),
    }
