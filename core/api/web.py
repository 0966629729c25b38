"""Commands and views as JSON, under /api/v1/<urn>/<plugin>. By a token, or signed in as on the pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from core.api.describing import description
from core.building import Building
from core.by_name import command_here, do, filled, see, view_here
from core.desk import Desk
from core.errors import NotAllowed
from core.web.guards import Connection, Permission, signed_in, turn_away
from core.web.pages import VERSION
from core.web.routes import get, post

MOST_BYTES = 200_000
_HEADERS = {"Cache-Control": "no-store"}


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


class MayCommand(Permission):
    """They may read or write what the command in the address rests on, for anyone here; the desk checks again."""

    def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        if not getattr(connection.state, "writes", True):
            raise NotAllowed  # by a token that reads only
        desk: Desk = connection.state.desk
        path = connection.path_params
        decider = command_here(desk, path["plugin"], path["command"])
        try:
            desk.seen_for(decider.command, desk.here)
        except NotAllowed:
            turn_away(desk, "write", next((one.record for one in decider.given.values()), path["plugin"]))
            raise


class MaySee(Permission):
    """They may read what the view in the address is told from, for anyone here; the desk checks again."""

    def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        desk: Desk = connection.state.desk
        record = view_here(desk, connection.path_params["plugin"], connection.path_params["view"]).record
        if not desk.may("read", record):
            turn_away(desk, "read", record)
            raise NotAllowed


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
        recorded = do(desk, decider, made, call.subject, call.command_id)
        return Response({"entries": recorded}, headers=_HEADERS)

    @get("/views/{view:str}/{subject:uuid}", guards=[MaySee()])
    def see(
        self, plugin: FromPath[str], view: FromPath[str], subject: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Response[dict[str, Any]]:
        """What the view says of a subject; that it was read is recorded first."""
        value = see(desk, view_here(desk, plugin, view), subject)
        return Response({"subject": subject, "value": value}, headers=_HEADERS)


class Description(Controller):
    """What there is to call."""

    path = "/api/v1/openapi.json"

    @get("/", guards=[signed_in])
    def show(self, building: NamedDependency[Building]) -> Response[dict[str, Any]]:
        """Every command and view of the plugins allowed here, in OpenAPI 3.1."""
        manifests = building.plugins.manifests.values()
        return Response(description(manifests, VERSION, building.settings.origin), headers=_HEADERS)


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
        key = request.headers.get("idempotency-key")
        command_id = UUID(key) if key else None
    except (msgspec.DecodeError, ValueError):
        raise ClientException(
            "Send an object in JSON; subject and Idempotency-Key are UUIDs, answers an entry and a reason."
        ) from None
    if b"\\u0000" in body:
        raise ClientException("No text may hold a zero byte.")
    return Call(subject, fields, command_id, answers)
