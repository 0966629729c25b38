"""The switching of plugins, each with a reason."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.academies.commands import SwitchPluginOff, SwitchPluginOn
from core.academies.facts import PluginSwitchedOff, PluginSwitchedOn
from core.desk import Desk
from core.errors import NotFound
from core.manifest import Manifest
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import patterns_of


class Switching(Controller):
    """Which academy runs what."""

    @get("/plugins", guards=[may("write", "core.running")])
    def plugins(self, desk: NamedDependency[Desk]) -> Page:
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
                    "about": f"{academy.phase.capitalize()} · URN {academy.urn}",
                    "cells": cells,
                }
            )
            for event in log.stream(key, "core.running"):
                if isinstance(event.fact, PluginSwitchedOn | PluginSwitchedOff):
                    by = desk.name_of(event.actor.by) if event.actor else ""
                    past.append(
                        {
                            "academy": academy.name,
                            "plugin": manifests[event.fact.plugin].title
                            if event.fact.plugin in manifests
                            else event.fact.plugin,
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

    @get("/plugins/{urn:int}/{name:str}", guards=[may("write", "core.running"), proved])
    def switch(
        self, urn: FromPath[int], name: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """What switching it means, and the form that does it."""
        return _switch_page(_at(desk, urn), _manifest(desk, name), form)

    @post("/plugins/{urn:int}/{name:str}", guards=[may("write", "core.running"), proved])
    def do_switch(
        self, urn: FromPath[int], name: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Switches it, with the reason."""
        there, manifest = _at(desk, urn), _manifest(desk, name)
        return form.attempt(
            lambda: _switch(there, manifest, form),
            lambda: _switch_page(there, manifest, form),
            "Recorded, with your reason.",
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
    if form.text("to") == "off":
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
        facts="Its records stay sealed, counted and exportable by the records officer.",
        form=form,
        action=f"/plugins/{there.academy.urn}/{manifest.name}",
        token=form.token(seen),
        keep=[{"name": "to", "value": "on" if turning_on else "off"}],
        back_href="/plugins",
    )
