"""Recruitment of SENCOs and others, the checks before they start, and the single central record."""

from core.answers import NavItem
from core.hookspecs import hookimpl
from core.manifest import Manifest, Offer, manifest

from . import commands, facts, lines, records, rules, telling, views, web
from .wordings import WORDINGS


@hookimpl
def about() -> Manifest:
    return manifest(
        "recruitment",
        "Recruitment and central record",
        __doc__ or "",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=records.RECORDS,
        roles=records.ROLES,
        counts=("recruitment.vacancy", "recruitment.engagement", "recruitment.checks", "recruitment.senco"),
        duties=(
            "Checks before somebody starts, and the single central record",
            "Rights to work that run out",
            "A qualified SENCO on every day",
        ),
        offers=(
            Offer("recruitment.senco", views.senco_told, "recruitment.senco", views.sencos),
            Offer("recruitment.posts", views.posts_told, "recruitment.posts", views.posts),
        ),
        forms=web.FORMS,
        controllers=web.CONTROLLERS,
        centre_controllers=web.CENTRE_CONTROLLERS,
        centre_pages=(
            NavItem("Single central record", "/centre/recruitment/record", ("read", "recruitment.checks")),
            NavItem("SENCOs", "/centre/recruitment/sencos", ("read", "recruitment.senco")),
        ),
    )


deadlines = hookimpl(telling.deadlines)
people = hookimpl(telling.people)
measures = hookimpl(telling.measures)
navigation = hookimpl(telling.navigation)
exports = hookimpl(telling.exports)
importers = hookimpl(lines.importers)
