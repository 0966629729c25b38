"""What a timetable would record, drawn: papers, changed times, numbers, entries, and what is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.roll.reading import Table
from core.roll.views import Pupil, pupil
from core.roll.web.previewing import LISTED, counts_told, more, notes_of
from core.web.forms import Form
from core.web.pages import Page, page
from core.wording import counted
from core.wording import day as said_day

from ..facts import CandidateNumbered
from ..reading import Comparison
from ..telling import base
from ..views import Candidate, Paper, clock
from .opening import crumbs_of_papers
from .papers.choosing import level_title, series_title, subject_title

NAMING = ("number", "code")
"""What tells a row of a timetable from the others."""


def preview_page(desk: Desk, address: str, filename: str, read_as: Table, found: Comparison, form: Form) -> Page:
    """The preview of an upload at this address; the form confirms just this comparison, known by its digest."""
    sheet, mapping = read_as
    facts, refused, people = len(found.facts), found.read.rejected, desk.see_all(pupil)
    entries = sum(map(len, found.entered.values()))
    told = {
        "New papers": (len(found.new), "#new"),
        "Changed papers": (len(found.changed), "#changed"),
        "New candidates": (len(found.numbered), None),
        "Numbers that change": (len(found.renumbered), "#numbers"),
        "New entries": (entries, "#entries"),
        "Refused rows": (found.read.refused_rows, "#rejected"),
    }
    return page(
        "exams/preview.html",
        crumbs=crumbs_of_papers(desk, "Import: preview"),
        file=filename,
        says=f"{len(sheet.rows):,} rows, {sheet.read_as}, for centre {found.read.centre}",
        counts=counts_told(told),
        confirm=f"Record {counted(facts, 'change', 'changes')}" if facts and not refused else None,
        refused=bool(refused),
        notes=notes_of(sheet, mapping, found.read, NAMING),
        new=[_new(found, key) for key in found.new[:LISTED]],
        changed=[_changed(desk, found, key) for key in list(found.changed)[:LISTED]],
        numbers=[_number(people[key], *found.renumbered[key]) for key in list(found.renumbered)[:LISTED]],
        entered=[_entered(found, key) for key in list(found.entered)[:LISTED]],
        more={"numbers": more(len(found.renumbered)), "new": more(len(found.new)), "entries": more(len(found.entered))},
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": found.digest}],
        again_href=f"{base(desk)}/papers/import",
        csv_href=None,
    )


def _new(found: Comparison, key: UUID) -> dict[str, Any]:
    one = found.papers[key]
    return {"title": one.title, "code": f"{one.board} {one.code}", "level": level_title(one.level), "when": _when(one)}


def _changed(desk: Desk, found: Comparison, key: UUID) -> dict[str, Any]:
    old, new = _told(found.changed[key]), _told(found.papers[key])
    return {
        "title": found.papers[key].title,
        "code": f"{found.papers[key].board} {found.papers[key].code}",
        "href": f"{base(desk)}/papers/{key}",
        "cells": [{"field": name, "old": old[name], "new": new[name]} for name in old if old[name] != new[name]],
    }


def _number(who: Pupil, old: Candidate, new: CandidateNumbered) -> dict[str, Any]:
    told = (("Centre", old.centre, new.centre), ("Number", old.number, new.candidate), ("UCI", old.uci, new.uci))
    return {
        "name": who.name,
        "cells": [{"field": name, "old": was, "new": becomes} for name, was, becomes in told if was != becomes],
    }


def _entered(found: Comparison, key: UUID) -> dict[str, Any]:
    one = found.papers[key]
    return {"title": one.title, "code": f"{one.board} {one.code}", "when": _when(one), "count": len(found.entered[key])}


def _when(one: Paper) -> str:
    return f"{said_day(one.sits_on)}, {clock(one.start_minutes)}, {one.length_minutes} minutes"


def _told(one: Paper) -> dict[str, str]:
    """A paper in words, field by field, as a change of it is shown."""
    return {
        "Day": said_day(one.sits_on),
        "Start": clock(one.start_minutes),
        "Minutes": str(one.length_minutes),
        "Title": one.title,
        "Series": series_title(one.series),
        "Qualification": level_title(one.level),
        "Subject": subject_title(one.subject),
        "Tests": ", ".join(tag.removeprefix("tests_").replace("_", " ") for tag in one.tags),
    }
