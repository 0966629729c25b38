"""The trust's page, each academy's first page, and the switching of plugins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.params import FromPath

from core.academies import telling
from core.academies.commands import SwitchPluginOff, SwitchPluginOn
from core.academies.facts import PluginSwitchedOff, PluginSwitchedOn
from core.answers import Deadline
from core.desk import Desk
from core.errors import NotFound
from core.manifest import Manifest
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.forms import Form
from core.web.guards import may, signed_in
from core.web.lists import Listing, find
from core.web.pages import Page, page, see_other
from core.web.routes import get, post
from core.wording import patterns_of

_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class TrustPages(Controller):
    """The centre: academies side by side, and what each has on."""

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: Desk) -> Page:
        """Every academy's shares beside England's."""
        summaries = telling.summaries(desk.building)
        listing = Listing(desk, "/", request.query_params, [])
        rows = [_row(desk, key, summaries[key]) for key in desk.academies]
        keys = {
            "name": lambda row: row["name"],
            "roll": lambda row: -row["count"],
            "support": lambda row: -(row["support"]["number"] or 0),
            "plans": lambda row: -(row["plans"]["number"] or 0),
        }
        columns = [
            ("Academy", "name"),
            ("On roll", "roll"),
            ("SEN support", "support"),
            ("EHC plans", "plans"),
            ("Data gaps", ""),
            ("Plugins on", ""),
        ]
        count = len(rows)
        number = _WORDS[count].capitalize() if count < len(_WORDS) else str(count)
        cells = [cell for one in summaries.values() for cell in one.cells.values()]
        source = next((cell.source for cell in cells if cell.source), "")
        actions = [{"text": "CSV", "href": "/academies.csv"}, {"text": "XLSX", "href": "/academies.xlsx"}]
        return page(
            "academies/trust.html",
            title=f"{number} academ{'y' if count == 1 else 'ies'}, side by side",
            lede="As the logs stand now. Numbers under 5 are hidden, with whatever would give them back.",
            actions=actions,
            figures=_figures(summaries),
            caption="SEN support and EHC plans as shares of the roll; the hazel line is England, January 2026.",
            source={"text": source or "no national figures loaded", "href": "/rules/academies.shown"},
            columns=listing.columns(columns, "name"),
            rows=listing.sorted(rows, keys, "name"),
            charts=[_chart(rows)] if rows else [],
        )

    @get("/academies.csv", guards=[may("export", "core.running")])
    def as_csv(self, desk: Desk) -> Response[bytes]:
        return _file(csv_bytes(*_table(desk)), "text/csv; charset=utf-8", "academies.csv")

    @get("/academies.xlsx", guards=[may("export", "core.running")])
    def as_xlsx(self, desk: Desk) -> Response[bytes]:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return _file(xlsx_bytes("Academies", *_table(desk)), kind, "academies.xlsx")

    @get("/home", guards=[signed_in])
    def home(self, desk: Desk) -> Response[Any]:
        return see_other("/")

    @get("/plugins", guards=[may("write", "core.running")])
    def plugins(self, desk: Desk) -> Page:
        """Which academy runs what, and every switching so far."""
        manifests = desk.building.plugins.manifests
        rows, past = [], []
        for key, academy in desk.academies.items():
            log = desk.building.academy_log(academy)
            on = desk.building.plugins_on(key, log)
            cells = [
                {
                    "on": name in on,
                    "says": f"since {on[name].since:%-d %b %Y}" if name in on else "",
                    "href": f"/plugins/{academy.urn}/{name}",
                }
                for name in manifests
            ]
            rows.append(
                {
                    "name": academy.name,
                    "href": f"/{academy.urn}",
                    "about": f"{academy.phase} · URN {academy.urn}",
                    "cells": cells,
                }
            )
            for event in log.stream(key, "core.running"):
                if isinstance(event.fact, PluginSwitchedOn | PluginSwitchedOff):
                    by = desk.name_of(event.actor.by) if event.actor else ""
                    past.append(
                        {
                            "academy": academy.name,
                            "plugin": event.fact.plugin,
                            "on": isinstance(event.fact, PluginSwitchedOn),
                            "at": event.recorded_at,
                            "by": by,
                            "reason": event.fact.reason,
                            "href": None,
                        }
                    )
        told = [{"name": one.name, "title": one.title, "purpose": one.purpose} for one in manifests.values()]
        newest = sorted(past, key=lambda line: line["at"], reverse=True)  # type: ignore[arg-type,return-value]
        lede = (
            "A plugin that is off is silent at that academy: its pages are gone and its records stay sealed and kept."
        )
        return page("academies/plugins.html", lede=lede, plugins=told, rows=rows, past=newest[:50])

    @get("/plugins/{urn:int}/{name:str}", guards=[may("write", "core.running")])
    def switch(self, urn: FromPath[int], name: FromPath[str], desk: Desk, form: Form) -> Page:
        """What switching it means, and the form that does it."""
        return _switch_page(_at(desk, urn), _manifest(desk, name), form)

    @post("/plugins/{urn:int}/{name:str}", guards=[may("write", "core.running")])
    def do_switch(self, urn: FromPath[int], name: FromPath[str], desk: Desk, form: Form) -> Response[Any]:
        """Switches it, with the reason."""
        there, manifest = _at(desk, urn), _manifest(desk, name)
        return form.attempt(
            lambda: _switch(there, manifest, form),
            lambda: _switch_page(there, manifest, form),
            "Recorded, with your reason.",
        )


class AcademyPages(Controller):
    """One academy: what needs doing."""

    @post("/", guards=[may("read", "core.running")])
    def find(self, desk: Desk, form: Form) -> Response[Any]:
        return find(desk, f"/{desk.academy.urn if desk.academy else ''}", form, ["plugin", "until"])

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: Desk, form: Form) -> Page:
        """Every open duty of the plugins that are on, the late ones first."""
        assert desk.academy is not None  # noqa: S101 - the guard sets it
        ahead = {"30": 30, "90": 90, "365": 365}
        listing = Listing(desk, f"/{desk.academy.urn}", request.query_params, ["plugin", "until"])
        days = ahead.get(listing.chosen["until"], 60)
        found = [
            (name, one)
            for name, many in desk.ask_all("deadlines", until=desk.today + timedelta(days=days))
            for one in many
        ]
        if listing.chosen["plugin"]:
            found = [(name, one) for name, one in found if name == listing.chosen["plugin"]]
        found.sort(key=lambda pair: (pair[1].due_by, pair[1].text))
        late = [pair for pair in found if pair[1].due_by < desk.today]
        soon = [pair for pair in found if 0 <= (pair[1].due_by - desk.today).days <= 30]
        later = [pair for pair in found if (pair[1].due_by - desk.today).days > 30]
        groups = [
            ("late", "Late", "late", late),
            ("soon", "In the next 30 days", "soon", soon),
            ("later", "Later", "plain", later),
        ]
        titles = [(name, desk.building.plugins.manifests[name].title) for name in desk.on]
        return page(
            "academies/academy.html",
            title="What needs doing",
            lede=f"{len(late)} late, {len(soon)} in the next 30 days. Each day says by which rule it was counted.",
            actions=[],
            figures=[],
            groups=[
                {"id": key, "title": title, "kind": kind, "rows": [_due(desk, name, one) for name, one in pairs]}
                for key, title, kind, pairs in groups
                if pairs
            ],
            filters=listing.filters(
                form,
                {"plugin": "Plugin", "until": "Looking ahead"},
                {
                    "plugin": [("", "All"), *titles],
                    "until": [("", "60 days"), ("30", "30 days"), ("90", "90 days"), ("365", "a year")],
                },
            ),
            ics_href=None,
            charts=[],
            empty="Nothing is due in the days ahead, in the plugins you can see.",
        )


def _at(desk: Desk, urn: int) -> Desk:
    """The same person at an academy, still acting by what they hold at the centre."""
    found = desk.building.academy(str(urn))
    if found is None:
        raise NotFound
    return Desk(desk.building, desk.person_id, desk.person, found[0], desk.session)


def _manifest(desk: Desk, name: str) -> Manifest:
    if name not in desk.building.plugins.manifests:
        raise NotFound
    return desk.building.plugins.manifests[name]


def _switch(there: Desk, manifest: Manifest, form: Form) -> str:
    if manifest.name in there.on:
        command = form.read(SwitchPluginOff, plugin=manifest.name)
        there.do(command, command_id=form.command_id, seen=form.seen)
    else:
        approved = tuple(
            name for name in form.fields.get("approve", []) if any(ask.name == name for ask in manifest.asks)
        )
        command_on = form.read(SwitchPluginOn, plugin=manifest.name, approved=approved, stood=as_it_stands(manifest))
        there.do(command_on, command_id=form.command_id, seen=form.seen)
    return "/plugins"


def as_it_stands(manifest: Manifest) -> dict[str, Any]:
    """What a plugin says of itself, kept with the switching on, so that its facts can be read without its code."""
    told = msgspec.json.encode(
        {
            "title": manifest.title,
            "records": manifest.records,
            "offers": [{"name": offer.name, "read_under": offer.read_under} for offer in manifest.offers],
            "asks": [{"name": ask.name, "reason": ask.reason} for ask in manifest.asks],
            "wordings": patterns_of(manifest.wordings),
        }
    )
    return msgspec.json.decode(told, type=dict[str, Any])


def _switch_page(there: Desk, manifest: Manifest, form: Form) -> Page:
    assert there.academy is not None and there.academy_id is not None  # noqa: S101, PT018 - made so
    turning_on = manifest.name not in there.on
    facts = sum(there.log.index.kinds.get(str(fact.__struct_config__.tag)) is not None for fact in manifest.facts)
    says = (
        "Its records stay sealed, counted and exportable by the records officer."
        if facts
        else "It has no records here yet."
    )
    seen = there.seen_for(SwitchPluginOn, there.academy_id)
    return page(
        "academies/switch.html",
        on=turning_on,
        plugin={"title": manifest.title, "purpose": manifest.purpose},
        academy=there.academy.name,
        crumbs=[{"text": "Plugins", "href": "/plugins"}, {"text": manifest.title, "href": None}],
        keeps=[{"label": one.title, "value": one.kept} for one in manifest.records],
        asks=[{"value": ask.name, "text": ask.name, "hint": ask.reason} for ask in manifest.asks],
        duties=list(manifest.duties),
        facts=says,
        form=form,
        action=f"/plugins/{there.academy.urn}/{manifest.name}",
        token=form.token(seen),
        keep=[],
        back_href="/plugins",
    )


def _due(desk: Desk, plugin: str, one: Deadline) -> dict[str, Any]:
    left = (one.due_by - desk.today).days
    tag = (
        {"text": f"{-left} days over", "kind": "late"}
        if left < 0
        else {"text": f"{left} days", "kind": "soon" if left <= 30 else "plain"}
    )
    rule = desk.building.plugins.rules().get(one.rule)
    return {
        "by": one.due_by,
        "text": one.text,
        "href": one.href or None,
        "who": None,
        "says": one.says or None,
        "source": rule.citation.source if rule else None,
        "rule_href": f"/rules/{one.rule}" if rule else None,
        "plugin": desk.building.plugins.manifests[plugin].title,
        "tag": tag,
    }


def _share(cell: telling.Cell | None, name: str, most: float) -> dict[str, Any]:
    if cell is None:
        return {"says": "not on", "share": None, "line": None, "title": "", "desc": "", "number": None}
    share = None if cell.share is None else min(100.0, round(100 * cell.share / most, 1))
    line = None if cell.national is None else round(100 * cell.national / most, 1)
    beside = f"; England {cell.national}%" if cell.national is not None else ""
    return {
        "says": cell.says,
        "share": share,
        "line": line,
        "over": bool(cell.share and cell.share > most),
        "number": cell.share,
        "title": f"{cell.title} at {name}",
        "desc": f"{cell.says} of the roll{beside}",
    }


def _row(desk: Desk, key: UUID, one: telling.Summary) -> dict[str, Any]:
    academy = desk.academies[key]
    gaps = one.cells.get("register.gaps")
    said = {"text": "not on", "kind": "plain"} if gaps is None else {"text": "none", "kind": "well"}
    if gaps is not None and gaps.part != 0:
        said = {"text": f"{gaps.part} of {gaps.whole}" if gaps.part is not None else gaps.says, "kind": "soon"}
    titles = [desk.building.plugins.manifests[name].title for name in one.on]
    return {
        "id": key.hex[:8],
        "name": academy.name,
        "href": f"/{academy.urn}",
        "count": one.roll,
        "roll": f"{one.roll:,}",
        "about": f"{academy.phase.capitalize()} · {academy.authority}",
        "support": _share(one.cells.get("register.support"), academy.name, 30),
        "plans": _share(one.cells.get("register.plans"), academy.name, 15),
        "gaps": {**said, "href": f"/{academy.urn}/register?gaps=some" if gaps is not None and gaps.part != 0 else None},
        "plugins": titles,
        "plugins_href": "/plugins" if desk.may("write", "core.running") else None,
    }


def _figures(summaries: dict[UUID, telling.Summary]) -> list[dict[str, Any]]:
    roll = sum(one.roll for one in summaries.values())
    told = [{"label": "On roll", "value": f"{roll:,}", "note": f"{len(summaries)} academies"}]
    for name, label in (("register.support", "SEN support"), ("register.plans", "EHC plans")):
        cells = [one.cells[name] for one in summaries.values() if name in one.cells]
        shown = [cell for cell in cells if cell.part is not None]
        part, whole = sum(cell.part or 0 for cell in shown), sum(cell.whole or 0 for cell in shown)
        national = next((cell.national for cell in cells if cell.national is not None), None)
        hidden = len(cells) - len(shown)
        note = f"{100 * part / whole:.1f}% of {whole:,}" if whole else "none shown"
        if national is not None:
            note += f" · England {national}%"
        if hidden:
            note += f" · without {hidden} hidden"
        told.append({"label": label, "value": f"{part:,}", "note": note})
    return told


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    lines = []
    for row in rows:
        support, plans = row["support"]["number"], row["plans"]["number"]
        known = support is not None and plans is not None
        lines.append(
            {
                "label": row["name"],
                "parts": [round(0.9 * support, 1), round(0.9 * plans, 1)] if known else [],
                "text": f"{support + plans:.1f}%" if known else "hidden or not on",
                "cells": [row["support"]["says"], row["plans"]["says"]],
            }
        )
    return {
        "id": "shares",
        "title": "SEN support and EHC plans, per cent of roll",
        "unit": "Academy",
        "wide": True,
        "desc": "A bar for each academy: SEN support, then EHC plans.",
        "caption": "",
        "series": ["SEN support", "EHC plans"],
        "rows": lines,
        "line": {"at": 18.7, "text": "England 20.8%"},
    }


def _table(desk: Desk) -> tuple[list[str], list[list[str | int | None]]]:
    """The same cells as the page, so that two cannot be subtracted."""
    header = ["URN", "Academy", "Phase", "Authority", "On roll"]
    summaries = telling.summaries(desk.building)
    titles = dict.fromkeys(cell.title for one in summaries.values() for cell in one.cells.values())
    rows: list[list[str | int | None]] = []
    for key, academy in desk.academies.items():
        one = summaries[key]
        by_title = {cell.title: cell for cell in one.cells.values()}
        row: list[str | int | None] = [academy.urn, academy.name, academy.phase, academy.authority, one.roll]
        row += [
            (cell.part if cell.part is not None else cell.says) if (cell := by_title.get(title)) else ""
            for title in titles
        ]
        rows.append(row)
    desk.exported("academies side by side", "core.running", len(rows))
    return [*header, *titles], rows


def _file(content: bytes, kind: str, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
