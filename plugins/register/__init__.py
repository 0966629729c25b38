"""The SEN register: who has which support, since when, told to whom, and when each EHC plan must be reviewed."""

from core.hookspecs import hookimpl
from core.manifest import Manifest, Offer, manifest

from . import commands, facts, lines, reading, rules, telling, views, web
from .wordings import WORDINGS


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
        forms=web.FORMS,
        controllers=(web.Register, web.Status, web.Plans, web.Samples),
    )


deadlines = hookimpl(telling.deadlines)
panels = hookimpl(telling.panels)
measures = hookimpl(telling.measures)
exports = hookimpl(telling.exports)
navigation = hookimpl(telling.navigation)
roll_reader = hookimpl(reading.roll_reader)
command_line = hookimpl(lines.command_line)
