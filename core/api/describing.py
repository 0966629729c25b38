"""The API described in OpenAPI 3.1, from the manifests alone: every command and view that programs may call."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from core.api.feeds import changes, due, looks, processing, unusual_looks
from core.api.said import (
    ABOUT,
    ACADEMY,
    AFTER,
    ANSWERS,
    CENTRE,
    ID,
    KEY,
    LIMIT,
    MATCH,
    ONLY_DOING,
    PROBLEM,
    PROBLEMS,
    REF,
    SAMPLES,
    SUBJECT,
    SUBJECTS,
    URN,
    answers,
)
from core.by_name import commands_of, fields_of, views_of
from core.command import Decider
from core.manifest import Manifest
from events import View


def description(manifests: Iterable[Manifest], version: str, origin: str) -> dict[str, Any]:
    """The whole description; no personal word is in it."""
    every = list(manifests)
    types = [decider.command for one in every for decider in commands_of(one).values()]
    types += [told for one in every for view in one.views if (told := _told(view)) is not None]
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    by_type = {id(kind): schema for kind, schema in zip(types, schemas, strict=True)}
    paths: dict[str, Any] = {}
    for manifest in every:
        base = f"{CENTRE if manifest.by_name == 'centre' else ACADEMY}/{manifest.name}"
        for name, decider in commands_of(manifest).items():
            place = by_type[id(decider.command)]["$ref"].rpartition("/")[2]
            operation = _command(manifest, name, decider, components[place], components)
            paths[f"{base}/commands/{name}"] = {"post": operation}
        for name, view in views_of(manifest).items():
            value = by_type.get(id(_told(view)), {})
            operation = _view(manifest, name, view, value)
            paths[f"{base}/views/{name}/{{subject}}"] = {"get": operation}
            paths[f"{base}/views/{name}"] = {"get": _everyone(manifest, name, view, value)}
    paths[f"{ACADEMY}/changes"] = {"get": changes("changes", URN)}
    paths[f"{CENTRE}/changes"] = {"get": changes("changes-at-the-centre")}
    paths[f"{ACADEMY}/looks"] = {"get": unusual_looks()}
    paths[f"{ACADEMY}/looks/{{subject}}"] = {"get": looks()}
    paths[f"{ACADEMY}/processing"] = {"get": processing()}
    paths[f"{ACADEMY}/due"] = {"get": due()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tallystick",
            "version": version,
            "description": ABOUT,
        },
        "servers": [{"url": origin}],
        "security": [{"token": []}],
        "tags": [
            *({"name": one.name, "description": " ".join(one.purpose.split())} for one in every),
            {"name": "changes", "description": "What was recorded, as it comes."},
            {"name": "looks", "description": "Who opened a pupil's record."},
            {"name": "keeping", "description": "What is kept, why, and how long."},
        ],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": components | {"Problem": _problem()},
            "responses": {
                code: {"description": words, "content": {"application/problem+json": {"schema": PROBLEM}}}
                for code, words in PROBLEMS.items()
            },
        },
    }


def _command(
    manifest: Manifest, name: str, decider: Decider, whole: Mapping[str, Any], components: Mapping[str, Any]
) -> dict[str, Any]:
    asked = fields_of(decider.command)
    properties: dict[str, Any] = {field: whole["properties"][field] for field in asked}
    required = [field for field, parameter in asked.items() if parameter.required]
    if decider.about != "academy":
        properties["subject"] = ID | {"description": SUBJECTS[decider.about]}
        properties["answers"] = ANSWERS
    if decider.about == "pupil":
        required.append("subject")
    body = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    recorded = {
        "type": "object",
        "properties": {"entries": {"type": "array", "items": ID, "description": "Ids of what was recorded."}},
        "required": ["entries"],
    }
    return {
        "operationId": f"{manifest.name}.{name}",
        "tags": [manifest.name],
        "summary": name.replace("-", " ").capitalize(),
        "description": _words(decider.command, decider.function),
        "parameters": [*_place(manifest), KEY, MATCH],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": body, "example": _example(body, components)}},
        },
        "responses": answers("Recorded.", recorded),
    }


def _view(manifest: Manifest, name: str, view: View[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    seen = {
        "type": "object",
        "properties": {"subject": ID, "value": {"anyOf": [value, {"type": "null"}]} if value else {}},
        "required": ["subject", "value"],
    }
    return {
        "operationId": f"{manifest.name}.see-{name}",
        "tags": [manifest.name],
        "summary": f"See {name.replace('-', ' ')}",
        "description": f"{_words(view.step)} Told from records of the class {view.record}.",
        "parameters": [*_place(manifest), SUBJECT],
        "responses": answers("What is known; null for nothing.", seen, but=ONLY_DOING)
        | {"304": {"description": "Nothing more is recorded than the ETag in If-None-Match says."}},
    }


def _everyone(manifest: Manifest, name: str, view: View[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    one = {"type": "object", "properties": {"subject": ID, "value": value}, "required": ["subject", "value"]}
    listed = {
        "type": "object",
        "properties": {"values": {"type": "array", "items": one}, "next": {"anyOf": [ID, {"type": "null"}]}},
        "required": ["values", "next"],
    }
    return {
        "operationId": f"{manifest.name}.see-every-{name}",
        "tags": [manifest.name],
        "summary": f"See every {name.replace('-', ' ')}",
        "description": f"{_words(view.step)} Of everyone, a page at a time; for whoever may take it away (`export`).",
        "parameters": [*_place(manifest), AFTER | {"schema": ID}, LIMIT],
        "responses": answers("A page of them. `next` is null on the last.", listed, but=ONLY_DOING),
    }


def _place(manifest: Manifest) -> list[dict[str, Any]]:
    return [] if manifest.by_name == "centre" else [URN]


def _example(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Any:
    """A value that fits a schema as msgspec writes them: what must be there, and nothing that may be left out."""
    if place := schema.get("$ref"):
        return _example(components[place.rpartition("/")[2]], components)
    if either := schema.get("anyOf"):
        return _example(either[0], components)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if given := schema.get("examples"):
        return given[0]
    match schema.get("type"):
        case "object":
            return {name: _example(schema["properties"][name], components) for name in schema.get("required", ())}
        case "array":
            each = schema.get("prefixItems") or [schema["items"]] * schema.get("minItems", 0)
            return [_example(one, components) for one in each]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "string":
            return SAMPLES.get(schema.get("format", ""), "Words of yours")
    return None


def _problem() -> dict[str, Any]:
    """RFC 9457, with what our commands say besides."""
    text = {"type": "string"}
    wrong = {"type": "object", "properties": {"field": text, "detail": text}}
    told = {"type": text, "title": text, "detail": text, "code": text, "field": {"type": ["string", "null"]}}
    listed = {"recorded": {"type": "array", "items": text}, "errors": {"type": "array", "items": wrong}}
    return {
        "type": "object",
        "properties": told | listed | {"status": {"type": "integer"}},
        "required": ["type", "title", "status", "detail"],
    }


def _told(view: View[Any]) -> Any:
    """What a view folds to; None where it does not say."""
    return get_type_hints(view.step).get("return")


def _words(*things: Any) -> str:
    """The first of their docstrings that there is, as one paragraph."""
    found = next((said for one in things if (said := inspect.getdoc(one)) and not said.startswith("Decided")), "")
    return " ".join(found.split())
