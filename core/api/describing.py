"""The API described in OpenAPI 3.1, from the manifests alone: every command and view of the plugins allowed here."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from core.by_name import commands_of, fields_of, views_of
from core.command import Decider
from core.manifest import Manifest
from events import View

_ABOUT = (
    "The same commands and views as the pages have, under the same grants. Each reading of a restricted record is "
    "recorded, and each refusal. Make a token on the page Your account."
)
_REF = "#/components/schemas/{name}"
_ID = {"type": "string", "format": "uuid"}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "The token is no good.",
    "403": "Not granted, or the token only reads. That it was asked is recorded.",
    "404": "There is nothing here, or nothing you have been granted: the two are told alike.",
    "409": "Someone was first. `recorded` says what they recorded.",
    "413": "Too large.",
    "415": "The body is not application/json.",
    "422": "It cannot be recorded. `errors` names every field that is wrong.",
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A UUID of yours. The same again records nothing more, and answers as the first time.",
    "schema": _ID,
}
_URN = {
    "name": "urn",
    "in": "path",
    "required": True,
    "description": "The academy's URN.",
    "schema": {"type": "integer", "minimum": 100000, "maximum": 999999},
}
_ANSWERS = {
    "type": "object",
    "description": "A wrong entry of the subject's, taken back as this, the right one, is recorded.",
    "properties": {"entry": _ID, "reason": {"type": "string", "minLength": 1, "maxLength": 500}},
    "required": ["entry", "reason"],
    "additionalProperties": False,
}
_SAMPLES = {
    "date": "2026-09-01",
    "time": "09:00:00",
    "date-time": "2026-09-01T09:00:00Z",
    "uuid": "0195c2a0-7c00-7000-8000-000000000001",
}
_SUBJECTS = {
    "pupil": "The pupil's id.",
    "academy": "Leave it out: this is about the academy itself.",
    "itself": "The id of what it is about; left out where this begins it.",
}


def description(manifests: Iterable[Manifest], version: str, origin: str) -> dict[str, Any]:
    """The whole description; no personal word is in it."""
    every = list(manifests)
    types = [decider.command for one in every for decider in one.deciders]
    types += [told for one in every for view in one.views if (told := _told(view)) is not None]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = {id(kind): schema for kind, schema in zip(types, schemas, strict=True)}
    paths: dict[str, Any] = {}
    for manifest in every:
        for name, decider in commands_of(manifest).items():
            place = by_type[id(decider.command)]["$ref"].rpartition("/")[2]
            operation = _command(manifest, name, decider, components[place], components)
            paths[f"/api/v1/{{urn}}/{manifest.name}/commands/{name}"] = {"post": operation}
        for name, view in views_of(manifest).items():
            value = by_type.get(id(_told(view)), {})
            operation = _view(manifest, name, view, value)
            paths[f"/api/v1/{{urn}}/{manifest.name}/views/{name}/{{subject}}"] = {"get": operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tallystick",
            "version": version,
            "description": _ABOUT,
        },
        "servers": [{"url": origin}],
        "security": [{"token": []}],
        "tags": [{"name": one.name, "description": " ".join(one.purpose.split())} for one in every],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": components | {"Problem": _problem()},
            "responses": {
                code: {"description": words, "content": {"application/problem+json": {"schema": _PROBLEM}}}
                for code, words in _PROBLEMS.items()
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
        properties["subject"] = _ID | {"description": _SUBJECTS[decider.about]}
        properties["answers"] = _ANSWERS
    if decider.about == "pupil":
        required.append("subject")
    body = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    recorded = {
        "type": "object",
        "properties": {"entries": {"type": "array", "items": _ID, "description": "Ids of what was recorded."}},
        "required": ["entries"],
    }
    return {
        "operationId": f"{manifest.name}.{name}",
        "tags": [manifest.name],
        "summary": name.replace("-", " ").capitalize(),
        "description": _words(decider.command, decider.function),
        "parameters": [_URN, _KEY],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": body, "example": _example(body, components)}},
        },
        "responses": _responses("Recorded.", recorded),
    }


def _view(manifest: Manifest, name: str, view: View[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    seen = {
        "type": "object",
        "properties": {"subject": _ID, "value": {"anyOf": [value, {"type": "null"}]} if value else {}},
        "required": ["subject", "value"],
    }
    subject = {"name": "subject", "in": "path", "required": True, "description": "Whose.", "schema": _ID}
    return {
        "operationId": f"{manifest.name}.see-{name}",
        "tags": [manifest.name],
        "summary": f"See {name.replace('-', ' ')}",
        "description": f"{_words(view.step)} Told from records of the class {view.record}.",
        "parameters": [_URN, subject],
        "responses": _responses("What is known; null for nothing.", seen, but={"409", "413", "415", "422"}),
    }


def _responses(says: str, schema: Mapping[str, Any], but: Iterable[str] = ()) -> dict[str, Any]:
    good = {"description": says, "content": {"application/json": {"schema": schema}}}
    return {"200": good} | {code: {"$ref": f"#/components/responses/{code}"} for code in _PROBLEMS if code not in but}


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
            return _SAMPLES.get(schema.get("format", ""), "Words of yours")
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
