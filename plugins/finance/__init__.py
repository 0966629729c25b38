"""Each academy's money for special educational needs: budgets, orders, what help costs, the inclusion strategy."""

from core.hookspecs import hookimpl
from core.manifest import Manifest, manifest

from . import commands, facts, lines, records, rules, telling, views, web
from .wordings import WORDINGS


@hookimpl
def about() -> Manifest:
    return manifest(
        "finance",
        "SEN budget",
        __doc__ or "",
        facts=facts,
        views=views,
        commands=commands,
        rules=rules,
        wordings=WORDINGS,
        records=records.RECORDS,
        roles=records.ROLES,
        counts=("finance.budget", "finance.spending", "finance.ledger", "finance.strategy"),
        duties=(
            "The inclusion strategy on the school's site by its day",
            "Reasons for lines that head over their budget",
            "Orders approved by somebody who did not ask for them",
        ),
        asks=telling.ASKS,
        forms=web.FORMS,
        controllers=web.CONTROLLERS,
        centre_controllers=web.CENTRE_CONTROLLERS,
        centre_pages=web.CENTRE_PAGES,
    )


deadlines = hookimpl(telling.deadlines)
panels = hookimpl(telling.panels)
measures = hookimpl(telling.measures)
navigation = hookimpl(telling.navigation)
exports = hookimpl(telling.exports)
command_line = hookimpl(lines.command_line)
