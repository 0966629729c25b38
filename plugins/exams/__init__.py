"""Exam access arrangements: how pupils normally work, what shows it, what was applied for, and who uses what when."""

from core.hookspecs import hookimpl
from core.manifest import Manifest, Offer, manifest

from . import commands, facts, lines, records, rules, telling, views, web
from .wordings import WORDINGS


@hookimpl
def about() -> Manifest:
    return manifest(
        "exams",
        "Exam arrangements",
        __doc__ or "",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=records.RECORDS,
        roles=records.ROLES,
        counts=("exams.arrangements", "exams.entries", "exams.papers"),
        duties=("Last days to apply for access arrangements", "Approvals that lapse before an exam"),
        offers=(Offer("exams.arrangements", views.arrangements_told, "exams.arrangements", views.arrangements),),
        asks=telling.ASKS,
        forms=web.FORMS,
        controllers=web.CONTROLLERS,
    )


deadlines = hookimpl(telling.deadlines)
panels = hookimpl(telling.panels)
people = hookimpl(telling.people)
measures = hookimpl(telling.measures)
navigation = hookimpl(telling.navigation)
exports = hookimpl(telling.exports)
command_line = hookimpl(lines.command_line)
