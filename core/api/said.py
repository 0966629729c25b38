"""What is said alike of many operations, in OpenAPI's own shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ABOUT = (
    "The same commands and views as the pages have, under the same grants. Each reading of a restricted record is "
    "recorded, and each refusal. Make a token on the page Your account."
)
ACADEMY, CENTRE = "/api/v1/{urn}", "/api/v1/centre"
REF = "#/components/schemas/{name}"
ID = {"type": "string", "format": "uuid"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "The token is no good.",
    "403": "Not granted, or the token only reads. That it was asked is recorded.",
    "404": "There is nothing here, or nothing you have been granted: the two are told alike.",
    "409": "Someone was first. `recorded` says what they recorded.",
    "412": "Someone recorded something since the tag in If-Match. `recorded` says what.",
    "413": "Too large.",
    "415": "The body is not application/json.",
    "422": "It cannot be recorded. `errors` names every field that is wrong.",
    "429": "Too many calls this minute. Retry-After says how long to wait.",
}
ONLY_DOING = {"409", "412", "413", "415", "422"}
MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of what you saw, of one view or several: refused with 412 when there is more by now.",
    "schema": {"type": "string"},
    "example": "*",
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "The `next` of the answer before; left out to begin.",
}
BEFORE = {
    "name": "before",
    "in": "query",
    "description": "The `next` of the answer before: a day, not itself included; left out to begin.",
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "How many at most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
}
CHANGES = (
    "What was recorded behind a place and you may take away (`export`), in its order: for a warehouse of your own. "
    "Keep `next` and go on from there; it is given at the end too, for the next time. What you were granted later, and "
    "what a plugin recorded before it was switched off and on, comes only to whoever begins anew. Where a key was "
    "destroyed, forget every entry under it. That they were taken is recorded, class by class."
)
LOOKS = (
    "Who opened this pupil's record here, what of it, and what their grants were for; a day of one person at a time, "
    "the newest day first. A day is told whole, so a page may hold a few more than `limit`. A list that somebody took "
    "away names nobody in the log, and is not told here: the trail has it. That it was asked is recorded."
)
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A UUID of yours. The same again records nothing more, and answers as the first time.",
    "schema": ID,
}
URN = {
    "name": "urn",
    "in": "path",
    "required": True,
    "description": "The academy's URN.",
    "schema": {"type": "integer", "minimum": 100000, "maximum": 999999},
}
SUBJECT = {"name": "subject", "in": "path", "required": True, "description": "Whose.", "schema": ID}
LEFT = {
    "RateLimit-Policy": {"description": "How many calls are heard in a minute.", "schema": {"type": "string"}},
    "RateLimit": {"description": "How many are left, and for how many seconds.", "schema": {"type": "string"}},
}
ANSWERS = {
    "type": "object",
    "description": "A wrong entry of the subject's, taken back as this, the right one, is recorded.",
    "properties": {"entry": ID, "reason": {"type": "string", "minLength": 1, "maxLength": 500}},
    "required": ["entry", "reason"],
    "additionalProperties": False,
}
SAMPLES = {
    "date": "2026-09-01",
    "time": "09:00:00",
    "date-time": "2026-09-01T09:00:00Z",
    "uuid": "0195c2a0-7c00-7000-8000-000000000001",
}
SUBJECTS = {
    "pupil": "The pupil's id.",
    "academy": "Leave it out: this is about the academy itself.",
    "itself": "The id of what it is about; left out where this begins it.",
}


def answers(says: str, schema: Mapping[str, Any], but: Iterable[str] = ()) -> dict[str, Any]:
    """Every answer an operation can give, but those with these codes."""
    good = {"description": says, "headers": LEFT, "content": {"application/json": {"schema": schema}}}
    return {"200": good} | {code: {"$ref": f"#/components/responses/{code}"} for code in PROBLEMS if code not in but}
