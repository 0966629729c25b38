"""A form sent when its session was no longer good: what was typed is kept, and can be sent once signed in again."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from litestar import Controller, Litestar, Request, Response
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from core.building import Building
from core.errors import NotFound, NotOurForm
from core.ids import uuid7
from core.web.forms import Form, form_key
from core.web.guards import signed_in
from core.web.pages import Page, page
from core.web.routes import get

_NEVER = ("/sign-", "/account", "/hide")  # passwords and codes are typed there
_MOST_BYTES = 200_000
_MOST_FIELDS = 500


class KeptForm(msgspec.Struct, frozen=True):
    """What was typed, where it was going, and what its token said."""

    action: str
    fields: list[tuple[str, str]]
    command_id: UUID
    seen: int
    answers: str


class Keeping(Response[None]):
    """Goes on to where one signs in, and keeps the form first when it is one of ours and no file is in it.

    Args:
        address: Where one signs in.
        token: Of the session that sent it.
    """

    def __init__(self, building: Building, person: UUID, token: str, address: str) -> None:
        super().__init__(None, status_code=303)
        self._building = building
        self._person = person
        self._token = token
        self._address = address

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **options: Any) -> ASGIResponse:
        made = super().to_asgi_response(app, request, **options)

        async def respond(scope: Scope, receive: Receive, send: Send) -> None:
            sent = self._building, self._person, self._token, request.url.path, await _body(request)
            kept = await sync_to_thread(_keep, *sent)
            made.headers["location"] = f"{self._address}?next={f'/kept/{kept}' if kept else '/'}&idle=1"
            await ASGIResponse.__call__(made, scope, receive, send)

        return _Answering(respond)


class _Answering(ASGIResponse):
    """An answer that must read the body before it knows where it leads."""

    def __init__(self, respond: Any) -> None:
        super().__init__(body=b"", status_code=303)
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._respond(scope, receive, send)


async def _body(request: Request[Any, Any, Any]) -> bytes:
    """The body of a form without files; nothing where it is too long to be one that was typed."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        return b""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return b""
    return body


def _keep(building: Building, person: UUID, token: str, action: str, body: bytes) -> UUID | None:
    """Seals a form until it is sent or a day has gone by; None for what is none of that session's, or never kept."""
    if action.startswith(_NEVER):
        return None
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
        form = Form(form_key(token), building.clock(), fields)
        form.check_token()
    except (ValueError, NotOurForm):
        return None
    typed = [(name, value) for name, value in fields if name != "token"]
    kept, kept_id = KeptForm(action, typed, form.command_id, form.seen, form.answers), uuid7(building.clock())
    building.desk_store.keep_upload(kept_id, person, msgspec.json.encode(kept))
    return kept_id


class KeptForms(Controller):
    """What was typed and not recorded, because the session was no longer good."""

    path = "/kept"

    @get("/{kept_id:uuid}", guards=[signed_in])
    def show(
        self, kept_id: FromPath[UUID], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """Offers to send it now, under the same command: what was recorded meanwhile is told as ever."""
        content = building.desk_store.upload(kept_id, request.state.session.person)
        if content is None:
            raise NotFound
        kept = msgspec.json.decode(content, type=KeptForm)
        form.command_id, form.seen, form.answers = kept.command_id, kept.seen, kept.answers
        return page(
            "kept.html",
            action=kept.action,
            token=form.token(),
            keep=[{"name": name, "value": value} for name, value in kept.fields],
        )
