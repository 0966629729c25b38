"""Taking over a list that is kept elsewhere: upload, look at what would be recorded, confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.desk import Desk
from core.errors import NotFound, Refused
from core.roll.columns import Column, plain
from core.roll.limits import Unreadable
from core.roll.reading import Table
from core.roll.web.previewing import NOTED, Notes, imported_page, note_rows
from core.web.exports import csv_bytes
from core.web.files import as_csv
from core.web.forms import Form
from core.web.jobs import Progress
from core.web.pages import Page
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.web.uploads import LARGEST


class Kept(msgspec.Struct):
    """An upload on its way. A list that asks for more than a file keeps the answers here, too."""

    filename: str
    content: bytes


S = TypeVar("S", bound=msgspec.Struct)
K = TypeVar("K", bound=Kept)
F = TypeVar("F")


class ListImport(Controller, Generic[K, F]):
    """The pages of one list. K is the upload as it is kept, F is what a comparison with the log found.

    A subclass has its path, `guards = [may("write", record)]`, the names below, and what raises NotImplementedError.
    """

    record: ClassVar[str]
    """Class of what is recorded, for the trail of what was exported."""
    kept: ClassVar[type[Any]] = Kept
    exported: ClassVar[str]
    """What a file of refused rows is called in that trail."""
    naming: ClassVar[tuple[str, ...]] = ("surname", "forename")
    """Columns whose cells say what a row is about."""
    comparing: ClassVar[str] = "Comparing with what is on record"
    recording: ClassVar[str]

    def begins(self, desk: Desk) -> str:
        """Address of the form that takes a file."""
        raise NotImplementedError

    def form_page(self, desk: Desk, form: Form) -> Page:
        raise NotImplementedError

    def taken(self, desk: Desk, form: Form) -> K:
        """What was sent; raises Refused."""
        raise NotImplementedError

    def table(self, desk: Desk, kept: K) -> Table:
        """The table in it; raises Unreadable."""
        raise NotImplementedError

    def compare(self, desk: Desk, kept: K, table: Table, progress: Progress) -> F:
        """What it would record; records nothing."""
        raise NotImplementedError

    def notes(self, found: F) -> Notes:
        """What a comparison has to say of single rows."""
        raise NotImplementedError

    def preview_page(self, desk: Desk, address: str, kept: K, table: Table, found: F, form: Form) -> Page:
        """The preview; its form confirms just this comparison, by its digest as `previewed`."""
        raise NotImplementedError

    def take_over(self, desk: Desk, kept: K, table: Table, form: Form) -> list[int]:
        """Records it under the form's command; returns the places in the log, raises Refused."""
        raise NotImplementedError

    def goes_on(self, desk: Desk) -> list[dict[str, str]]:
        """[{text, href}], where to go on to once it is recorded."""
        raise NotImplementedError

    @get("/")
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that takes a file."""
        return self.form_page(desk, form)

    @post("/")
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and begins the preview."""

        def act() -> str:
            kept = self.taken(desk, form)
            return self.begin(request, desk, form.command_id, kept, self.read(desk, kept))

        return form.attempt(act, lambda: self.form_page(desk, form))

    @get("/{upload_id:uuid}/preview")
    def preview(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What would be recorded; nothing has been yet."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page(self.comparing, work, "Nothing is recorded by this.")
        kept, address = self._held(desk, upload_id), self._address(desk, upload_id)
        shown = self.preview_page(desk, address, kept, self.read(desk, kept), work.result(), form)
        shown.context["csv_href"] = f"{address}/refused.csv?job={job}"
        return shown

    @get("/{upload_id:uuid}/refused.csv")
    def refused(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Response[bytes]:
        """Every refused and every doubtful row of a preview, to mend where the list comes from."""
        found: F = jobs_of(request).find(job, desk.person_id).result()
        rows = note_rows(*self.read(desk, self._held(desk, upload_id)), self.notes(found), self.naming)
        desk.exported(self.exported, self.record, len(rows))
        return as_csv(csv_bytes(NOTED, rows, taken=desk.taken), "refused-rows")

    @post("/{upload_id:uuid}/confirm")
    def confirm(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it, all or nothing; the same form again records nothing more."""

        def record(_: Progress) -> tuple[str, list[int]]:
            kept = self._held(desk, upload_id)
            places = self.take_over(desk, kept, self.read(desk, kept), form)
            desk.building.desk_store.drop_upload(upload_id)
            return kept.filename, places

        def act() -> str:
            job = jobs_of(request).start(desk.person_id, record, form.command_id)
            if job.wait(10):
                job.result()
            return f"{self._address(desk, upload_id)}/done?job={job.job_id}"

        return form.attempt(act, lambda: self.form_page(desk, form))

    @get("/{upload_id:uuid}/done")
    def done(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
    ) -> Page:
        """It is recorded."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page(self.recording, work, "All of it is recorded, or none.")
        filename, places = work.result()
        return imported_page(desk, filename, places, self.goes_on(desk))

    def begin(self, request: Request[Any, Any, Any], desk: Desk, upload_id: UUID, kept: K, table: Table) -> str:
        """Keeps an upload and begins to compare it; returns the address of the preview."""
        hold(desk, upload_id, kept)

        def compare(progress: Progress) -> F:
            return self.compare(desk, kept, table, progress)

        job = jobs_of(request).start(desk.person_id, compare)
        job.wait(3)
        return f"{self._address(desk, upload_id)}/preview?job={job.job_id}"

    def read(self, desk: Desk, kept: K) -> Table:
        """The table of an upload; raises Refused where it cannot be read."""
        try:
            return self.table(desk, kept)
        except Unreadable as error:
            raise Refused(error.says, code="unreadable", field="file") from None

    def _address(self, desk: Desk, upload_id: UUID) -> str:
        return f"{self.begins(desk)}/{upload_id}"

    def _held(self, desk: Desk, upload_id: UUID) -> K:
        kept: K = held(desk, upload_id, self.kept)
        return kept


def file_in(form: Form, largest: int = LARGEST) -> tuple[str, bytes]:
    """Name and content of the list that was sent as `file`.

    Args:
        largest: In bytes, inclusive.

    Raises:
        Refused: `no_file` or `too_large`.
    """
    upload = form.files.get("file")
    if upload is None or not upload.content:
        raise Refused("Choose a file.", code="no_file", field="file")
    if len(upload.content) > largest:
        raise Refused(f"A file may have {largest // 1_000_000} MB at most.", code="too_large", field="file")
    return upload.filename, upload.content


def refuse_rejected(read: Notes) -> None:
    """Raises Refused where a row is refused: nothing of such a list can be recorded."""
    if read.rejected:
        raise Refused("Rows of this file are refused: nothing of it can be recorded.", code="refused_rows")


def hold(desk: Desk, upload_id: UUID, upload: msgspec.Struct) -> None:
    """Keeps an upload on its way, sealed, for this person alone."""
    desk.building.desk_store.keep_upload(upload_id, desk.person_id, msgspec.msgpack.encode(upload))


def held(desk: Desk, upload_id: UUID, kind: type[S]) -> S:
    """An upload on its way, as it was kept; raises NotFound when there is none of theirs, or no more."""
    content = desk.building.desk_store.upload(upload_id, desk.person_id)
    if content is None:
        raise NotFound
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except msgspec.ValidationError:  # something else of theirs
        raise NotFound from None


def columns_told(columns: Iterable[Column], needed: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Columns as a form lists them, each with some of its other names.

    Args:
        needed: By column, words on whether it must be there, instead of the usual ones.
    """
    return [
        {
            "name": one.label,
            "needed": (needed or {}).get(one.name, "" if one.required else "may be left out"),
            "also": [alias for alias in one.aliases if plain(alias) != plain(one.label)][:4],
        }
        for one in columns
    ]
