"""Take away: every list a person may have as a file."""

from __future__ import annotations

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import Export
from core.desk import Desk
from core.errors import NotFound
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import signed_in
from core.web.pages import Page, page
from core.web.routes import get


class ExportPages(Controller):
    """Lists of the plugins that are on here. Each asks for a permission of its own, so the routes ask for none."""

    path = "/exports"

    @get("/", guards=[signed_in])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each list this person may take away."""
        base = f"/{desk.academy.urn if desk.academy else ''}/exports"
        return page(
            "academies/exports.html",
            lede="Each list as it stands now. That you took it is recorded.",
            rows=[
                {
                    "title": one.title,
                    "plugin": desk.building.plugins.manifests[plugin].title,
                    "files": [
                        {"text": text, "href": f"{base}/{plugin}/{one.name}.{text.lower()}"} for text in ("CSV", "XLSX")
                    ],
                }
                for plugin, one in desk.exports()
            ],
        )

    @get("/{plugin:str}/{file:str}", guards=[signed_in])
    def take(self, plugin: FromPath[str], file: FromPath[str], desk: NamedDependency[Desk]) -> Response[bytes]:
        """One list; that it left is recorded first."""
        name, _, kind = file.rpartition(".")
        export = _export(desk, plugin, name)
        if kind not in ("csv", "xlsx"):
            raise NotFound
        header, rows = export.table()
        desk.exported(export.title, export.record, len(rows))
        if kind == "csv":
            return as_csv(csv_bytes(header, rows, taken=desk.taken), f"{plugin}-{name}")
        return as_xlsx(xlsx_bytes(export.title, header, rows, taken=desk.taken), f"{plugin}-{name}")


def _export(desk: Desk, plugin: str, name: str) -> Export:
    """The list by this name, if this person may export its class.

    Raises:
        NotFound: No plugin that is on here has such a list.
        NotAllowed: It is not granted to them; that they asked is recorded.
    """
    offered: dict[tuple[str, str], Export] = {
        (owner, one.name): one for owner, many in desk.ask_all("exports") for one in many
    }
    export = offered.get((plugin, name))
    if export is None:
        raise NotFound
    if not desk.may("export", export.record):
        raise desk.turned_away("export", export.record)
    return export
