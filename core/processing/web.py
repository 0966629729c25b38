"""The record of processing and the annex for an impact assessment, on a page and as a tagged PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.printing import pdf
from core.processing.telling import SAFEGUARDS, Purpose, processing
from core.web.files import as_file
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

_TEMPLATE = Path(__file__).parent / "writing" / "processing.typ"


class Paper(msgspec.Struct, frozen=True):
    """What the PDF is drawn from."""

    title: str
    made: str
    lede: str
    purposes: tuple[Purpose, ...]
    safeguards: tuple[str, ...]


class Processing(Controller):
    """What is kept of people at one academy."""

    path = "/processing"

    @get("/", guards=[may("read", "core.running")])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """The record, by plugin."""
        urn = desk.academy.urn if desk.academy else ""
        return page(
            "processing/processing.html",
            crumbs=[{"text": "What needs doing", "href": f"/{urn}"}, {"text": "Record of processing", "href": None}],
            lede=_lede(desk),
            actions=[{"text": "PDF", "href": f"/{urn}/processing/record.pdf", "main": True}],
            purposes=processing(desk),
            safeguards=SAFEGUARDS,
        )

    @get("/record.pdf", guards=[may("read", "core.running")])
    def paper(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        """The same on paper; it names no pupil."""
        told = Paper("Record of processing", day(desk.today), _lede(desk), tuple(processing(desk)), SAFEGUARDS)
        return as_file(pdf(_TEMPLATE.read_bytes(), told), "application/pdf", "record-of-processing.pdf")


def _lede(desk: Desk) -> str:
    where = desk.academy.name if desk.academy else ""
    return f"{desk.building.trust_name} is the controller; this is what {where} keeps, by the plugins that are on."
