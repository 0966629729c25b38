"""Looked-after children: their care, their education plans, their premium; told to few, and to nobody else."""

from core.hookspecs import hookimpl
from core.manifest import Manifest, Offer, manifest

from . import commands, facts, lines, records, rules, telling, views, web
from .wordings import WORDINGS


@hookimpl
def about() -> Manifest:
    return manifest(
        "lac",
        "Looked-after children",
        __doc__ or "",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=records.RECORDS,
        roles=records.ROLES,
        counts=("lac.status", "lac.pep", "lac.alerts", "lac.money", "lac.authority", "lac.designated"),
        duties=(
            "PEPs by each authority's clock",
            "Telling social worker, virtual school and carer of a suspension",
            "A designated teacher on every day",
        ),
        offers=(
            Offer("lac.care", views.care_told, "lac.care", views.status),
            Offer("lac.funding", views.funding_told, "lac.funding", views.claims),
        ),
        asks=telling.ASKS,
        forms=web.FORMS,
        controllers=web.CONTROLLERS,
    )


deadlines = hookimpl(telling.deadlines)
panels = hookimpl(telling.panels)
measures = hookimpl(telling.measures)
navigation = hookimpl(telling.navigation)
caseload = hookimpl(telling.caseload)
exports = hookimpl(telling.exports)
command_line = hookimpl(lines.command_line)
