"""The SEN register: who has which support, since when, told to whom, and when each EHC plan must be reviewed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import click

from core.answers import Deadline, Measure, NavItem, Panel
from core.hookspecs import hookimpl
from core.manifest import Manifest, Offer, manifest
from core.roll.importing import RollReader

from . import commands, facts, lines, reading, rules, telling, views, web
from .wordings import WORDINGS

if TYPE_CHECKING:
    from core.desk import Desk


@hookimpl
def about() -> Manifest:
    return manifest(
        "register",
        "SEN register",
        __doc__ or "",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=telling.RECORDS,
        roles=telling.ROLES,
        counts=("register.support", "register.plan"),
        duties=("Annual reviews of EHC plans", "Gaps in the register before the January census"),
        offers=(
            Offer("register.support", views.support_told, "register.support", views.support),
            Offer("register.needs", views.needs_told, "register.headline", views.support),
            Offer("register.plan", views.plan_told, "register.plan", views.plan),
        ),
        controllers=(web.Register, web.Status, web.Plans),
    )


@hookimpl
def deadlines(desk: Desk, until: date) -> list[Deadline]:
    return telling.deadlines(desk, until)


@hookimpl
def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    return telling.panels(desk, pupil)


@hookimpl
def measures(desk: Desk) -> list[Measure]:
    return telling.measures(desk)


@hookimpl
def navigation(desk: Desk) -> list[NavItem]:
    return [NavItem("Register", f"/{telling.urn(desk)}/register", ("read", "register.support"))]


@hookimpl
def roll_reader(desk: Desk) -> RollReader:
    return reading.reader(desk)


@hookimpl
def command_line() -> click.Group:
    return lines.command
