"""Forms: read in memory, checked against the session, turned into a command with every wrong field told at once."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import BytesIO
from typing import Any, TypeVar, get_origin, get_type_hints
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.exceptions import ClientException
from multipart import MultipartError, MultipartParser, parse_options_header

from core.command import Command, called, kinds, unfit
from core.errors import NotOurForm, Refused, Stale
from core.ids import uuid7
from core.law import no_such_day
from core.web.pages import Page, see_other

C = TypeVar("C", bound=Command)
_MOST_FIELDS = 500
_LONGEST_CARRIED = 4000


def form_key(token: str) -> bytes:
    """The key of the forms of a session with this token."""
    return hmac.digest(token.encode(), b"tallystick form", "sha256")


class Upload(msgspec.Struct, frozen=True):
    """A file as sent; its name is what the sender says."""

    filename: str
    content: bytes


class Invalid(Exception):
    """Fields that cannot be read; they stand in the form's errors."""


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong, and where."""

    field: str
    text: str
    href: str


class Form:
    """What was typed, what is wrong with it, and the token that ties it to session, command and what was seen.

    Args:
        key: Of the session; a token made with another does not hold.
    """

    def __init__(
        self, key: bytes, now_us: int, fields: Iterable[tuple[str, str]] = (), files: Mapping[str, Upload] | None = None
    ) -> None:
        self._key = key
        self._now_us = now_us
        self.fields: dict[str, list[str]] = {}
        for name, value in fields:
            self.fields.setdefault(name, []).append(value)
        self.files = dict(files or {})
        self.errors: list[Fault] = []
        self.command_id, self.seen = uuid7(now_us), -1
        self.answers = ""
        """A wrong entry that is answered by what is typed, as the desk carries it; "" for none."""

    @property
    def values(self) -> dict[str, Any]:
        """For templates: a field's text, or its texts where it was given more than once."""
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in self.fields.items()}

    def error(self, name: str) -> str:
        return next((fault.text for fault in self.errors if fault.field == name), "")

    def text(self, name: str) -> str:
        return self.fields.get(name, [""])[-1].strip()

    def fill(self, **values: str | date | None) -> Form:
        """Values to begin with, where nothing was typed."""
        for name, value in values.items():
            if isinstance(value, date):
                for part, number in (("day", value.day), ("month", value.month), ("year", value.year)):
                    self.fields.setdefault(f"{name}-{part}", [str(number)])
            elif value is not None:
                self.fields.setdefault(name, [value])
        return self

    # The token

    def token(self, seen: int = -1) -> str:
        """The hidden field: a command id, how many entries were seen, what is answered, and a mac by the session."""
        said = f"{self.command_id.hex}.{self.seen if self.seen >= 0 else seen}.{self.answers}"
        return f"{said}.{self._mac(said)}"

    def check_token(self) -> None:
        """Takes up the token that was sent; raises NotOurForm when it is not this session's."""
        said, _, mac = self.text("token").rpartition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(said).encode()):
            raise NotOurForm
        command, seen, self.answers = said.split(".")
        self.command_id, self.seen = UUID(hex=command), int(seen)

    def _mac(self, said: str) -> str:
        return hmac.digest(self._key, said.encode(), "sha256").hex()[:32]

    # Reading

    def read(self, command: type[C], **given: Any) -> C:
        """The command that was typed; `given` are fields the page knows itself.

        Raises:
            Invalid: Fields are missing or wrong; every one of them stands in `errors`.
        """
        hints = get_type_hints(command, include_extras=True)
        values = dict(given)
        for field in msgspec.structs.fields(command):
            if field.name in given:
                continue
            hint = hints[field.name]
            raw = self._raw(field.name, hint)
            if raw in ("", (), None):
                if field.required:
                    self.wrong(field.name, f"Enter {called(field.name, hint)}.")
                continue
            try:
                values[field.name] = msgspec.convert(raw, hint, strict=False)
                if says := no_such_day(values[field.name]):
                    self.wrong(field.name, says)
            except msgspec.ValidationError as error:
                self.wrong(field.name, unfit(field.name, hint, str(error)))
        if self.errors:
            raise Invalid
        return command(**values)

    def wrong(self, field: str | None, text: str) -> None:
        """Adds one error; at the first part, where the field is a date."""
        name = field or ""
        is_date = any(key.startswith(f"{name}-") for key in self.fields)
        self.errors.append(Fault(name, text, f"#{name}-day" if is_date else f"#{name}" if name else ""))

    def attempt(self, act: Callable[[], str], redraw: Callable[[], Page], done: str = "") -> Response[Any]:
        """Does what the form asks and goes on where `act` says; or shows the form again with what is wrong."""
        try:
            return see_other(act(), done)
        except Invalid:
            pass
        except Refused as refusal:
            self.wrong(refusal.field, str(refusal))
        except Stale as stale:
            return self._grown_stale(stale, redraw)
        page = redraw()
        page.status_code = 422
        return page

    def _grown_stale(self, stale: Stale, redraw: Callable[[], Page]) -> Page:
        """The form again with what was typed and what the other person recorded, under a new command."""
        recorded = "; ".join(stale.recorded)
        self.wrong(
            None, f"{stale} {recorded + '. ' if recorded else ''}Nothing of yours was recorded: look, then decide."
        )
        self.command_id, self.seen = uuid7(self._now_us), -1
        page = redraw()
        page.status_code = 409
        return page

    def checked(self, check: Callable[[], object], shown: Callable[[], Page], redraw: Callable[[], Page]) -> Page:
        """The check page where the answers could be recorded; else the form again with what is wrong."""
        try:
            check()
            return shown()
        except Invalid:
            pass
        except Refused as refusal:
            self.wrong(refusal.field, str(refusal))
        page = redraw()
        page.status_code = 422
        return page

    def _raw(self, name: str, hint: Any) -> Any:
        types = kinds(hint)
        if date in types:
            return self._date(name)
        if any(get_origin(kind) is tuple for kind in types):
            return tuple(text.strip() for text in self.fields.get(name, ()) if text.strip())
        return self.text(name)

    def day(self, name: str) -> date | None:
        """The day that was typed; None for none, or none that is one."""
        try:
            typed = date.fromisoformat(self._date(name))
        except ValueError:
            return None
        return None if no_such_day(typed) else typed

    def _date(self, name: str) -> str:
        parts = [self.text(f"{name}-{part}") for part in ("year", "month", "day")]
        if not any(parts):
            return self.text(name)
        year, month, day = parts
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


async def provide_form(request: Request[Any, Any, Any]) -> Form:
    """The request's form; on anything but a GET its token must hold.

    The body is read here and nowhere else: Litestar's own parsers keep bodies in a process-wide cache, or on disk.
    """
    form = await _form(request)
    if (desk := getattr(request.state, "desk", None)) is not None:
        desk.answers = form.answers
    return form


async def _form(request: Request[Any, Any, Any]) -> Form:
    key = getattr(request.state, "form_key", b"")
    now_us = request.app.state.building.clock()
    if request.method in ("GET", "HEAD"):
        form = Form(key, now_us)
        form.answers = request.query_params.get("answers", "").replace(".", "")[:_LONGEST_CARRIED]
        return form
    body = await request.body()
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    try:
        if kind == "multipart/form-data":
            fields, files = _multipart(body, options.get("boundary", ""))
        else:
            fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
            files = {}
    except (MultipartError, UnicodeDecodeError, ValueError):
        raise ClientException("The form could not be read.") from None
    form = Form(key, now_us, [(name, value.replace("\0", "")) for name, value in fields], files)
    form.check_token()
    return form


def _multipart(body: bytes, boundary: str) -> tuple[list[tuple[str, str]], dict[str, Upload]]:
    """Fields and files, in memory only."""
    limit = len(body) + 1
    parser = MultipartParser(
        BytesIO(body), boundary, memory_limit=limit, spool_limit=limit, disk_limit=0, part_limit=_MOST_FIELDS
    )
    fields, files = [], {}
    for part in parser:
        if part.filename is not None:
            files[part.name] = Upload(part.filename[-200:], part.raw)
        else:
            fields.append((part.name, part.value))
        part.close()
    return fields, files
