"""Commands and views as JSON, under /api/v1/<urn>/<plugin>. By a token, or signed in as on the pages."""

from __future__ import annotations

import re
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from core.api.changes import NoPlace, feed
from core.api.describing import description
from core.api.metering import metered
from core.api.paging import HEADERS, most
from core.building import Building
from core.by_name import command_here, do, everyone, filled, see, view_here
from core.desk import Desk
from core.web.guards import Connection, Permission, may, signed_in
from core.web.pages import VERSION
from core.web.routes import get, post
from events import Stream

MOST_BYTES = 200_000
_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # behind an even number of backslashes, it is one
_TAG = re.compile(r'"([a-z_]+\.[a-z_]+):(\d{1,9})"')


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong entry of the subject's, taken back as the right one is recorded."""

    entry: UUID
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Call(msgspec.Struct, frozen=True):
    """A body that was sent: whom it concerns, the command's fields, and the id that makes it safe to send again."""

    subject: UUID | None
    fields: dict[str, Any]
    command_id: UUID | None
    answers: Answers | None = None
    seen: dict[str, int] = {}
    """For each record class, how many entries of the subject's the sender had seen: the tags of If-Match."""


class MayCommand(Permission):
    """They may read or write what the command in the address rests on, for anyone here; the desk checks again."""

    def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        desk: Desk = connection.state.desk
        path = connection.path_params
        decider = command_here(desk, path["plugin"], path["command"])
        if not getattr(connection.state, "writes", True):  # by a token that reads only
            raise desk.turned_away("write", desk.class_of(decider))
        desk.seen_for(decider.command, desk.here)


class MaySee(Permission):
    """They may read what the view in the address is told from, for anyone here; the desk checks again."""

    def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        desk: Desk = connection.state.desk
        record = view_here(desk, connection.path_params["plugin"], connection.path_params["view"]).record
        if not desk.may("read", record):
            raise desk.turned_away("read", record)


class Calls(Controller):
    """Every plugin's commands and views, by their names."""

    path = "/{plugin:str}"

    @post("/commands/{command:str}", guards=[MayCommand()])
    def do(
        self, plugin: FromPath[str], command: FromPath[str], call: NamedDependency[Call], desk: NamedDependency[Desk]
    ) -> Response[dict[str, Any]]:
        """Records what the command decides: the same fact as by its page."""
        decider = command_here(desk, plugin, command)
        made = filled(decider.command, call.fields, lambda _, value: value, strict=True)
        if call.answers:
            wrong = desk.entry(call.subject or desk.here, call.answers.entry)
            desk.answers = desk.carried(wrong, call.answers.reason)
        recorded = do(desk, decider, made, call.subject, call.command_id, call.seen)
        return Response({"entries": recorded}, headers=HEADERS)

    @get("/views/{view:str}/{subject:uuid}", guards=[MaySee()])
    def see(
        self, plugin: FromPath[str], view: FromPath[str], subject: FromPath[UUID], request: Request[Any, Any, Any],
        desk: NamedDependency[Desk],
    ) -> Response[Any]:  # fmt: skip
        """What the view says of a subject; that it was read is recorded first."""
        wanted = view_here(desk, plugin, view)
        count = desk.count([Stream(subject, wanted.record)]) if desk.may("read", wanted.record, subject) else 0
        value = see(desk, wanted, subject)  # behind the count: what comes between makes the tag too old, never too new
        tag = f'"{wanted.record}:{count}"'
        headers = {**HEADERS, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(None, status_code=304, headers=headers)
        return Response({"subject": subject, "value": value}, headers=headers)

    @get("/views/{view:str}", guards=[MaySee()])
    def see_all(
        self, plugin: FromPath[str], view: FromPath[str], request: Request[Any, Any, Any], desk: NamedDependency[Desk]
    ) -> Response[dict[str, Any]]:
        """What the view says of everyone whom this person may read, a page at a time; that it left is recorded."""
        at_most = most(request)
        shown, more = everyone(desk, view_here(desk, plugin, view), at_most, _after(request))
        body: dict[str, Any] = {"values": [{"subject": key, "value": value} for key, value in shown], "next": None}
        headers = dict(HEADERS)
        if more:
            body["next"] = shown[-1][0]
            headers["Link"] = f'<{request.url.path}?after={shown[-1][0]}&limit={at_most}>; rel="next"'
        return Response(body, headers=headers)


class Changes(Controller):
    """What was recorded, as it comes."""

    path = "/changes"

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[dict[str, Any]]:
        """What was recorded behind a place and this person may read, in its order."""
        at_most = most(request)
        try:
            found, place = feed(desk, request.query_params.get("after", ""), at_most)
        except NoPlace as error:
            raise ClientException(str(error)) from None
        headers = {**HEADERS, "Link": f'<{request.url.path}?after={place}&limit={at_most}>; rel="next"'}
        return Response({"changes": found, "next": place, "more": len(found) == at_most}, headers=headers)


def _after(request: Request[Any, Any, Any]) -> UUID | None:
    typed = request.query_params.get("after", "")
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise ClientException("`after` is the `next` of the page before.") from None


class Description(Controller):
    """What there is to call."""

    path = "/api/v1/openapi.json"
    guards = (metered,)

    @get("/", guards=[signed_in])
    def show(self, building: NamedDependency[Building]) -> Response[dict[str, Any]]:
        """Every command and view of the plugins allowed here, in OpenAPI 3.1."""
        manifests = building.plugins.by_name.values()
        return Response(description(manifests, VERSION, building.settings.origin), headers=HEADERS)


async def provide_call(request: Request[Any, Any, Any]) -> Call:
    """The request's body, read here and nowhere else; JSON only, so that no form of another site can send one.

    Raises:
        ClientException: It is not an object in JSON, or its id is none.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException("Send the body as application/json.", status_code=415)
    body = await request.body()
    try:
        fields = msgspec.json.decode(body, type=dict[str, Any])
        subject = msgspec.convert(fields.pop("subject", None), UUID | None)
        answers = msgspec.convert(fields.pop("answers", None), Answers | None)
        seen = _seen(request.headers.get("if-match", ""))
        key = request.headers.get("idempotency-key")
        command_id = UUID(key) if key else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise ClientException(
            "Send an object in JSON; subject and Idempotency-Key are UUIDs, answers an entry and a reason; "
            "If-Match takes tags of views."
        ) from None
    if _ZERO.search(body):
        raise ClientException("No text may hold a zero byte.")
    return Call(subject, fields, command_id, answers, seen)


def _seen(tags: str) -> dict[str, int]:
    """What the tags of views say was seen: for each record class, how many entries. `*` says nothing.

    Raises:
        ValueError: They are none of ours.
    """
    if tags.strip() in ("", "*"):
        return {}
    found = [_TAG.fullmatch(one.strip()) for one in tags.split(",")]
    if not all(found):
        raise ValueError("If-Match holds something else than tags of views.")
    return {one[1]: int(one[2]) for one in found if one}
