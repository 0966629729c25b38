"""`looks`: who saw a pupil's record."""

from __future__ import annotations

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, NotFound
from core.looking.telling import visits
from core.roll.views import pupil, with_upn
from core.wording import moment


@click.command()
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--pupil", "upn", required=True, help="UPN of the pupil.")
@json_option
@click.pass_obj
def looks_command(line: Line, urn: str, upn: str, as_json: bool) -> None:
    """Who saw a pupil's record, the newest day first; that you asked is recorded."""
    desk = line.desk(urn)
    if not desk.may("read", "core.trail"):
        raise NotAllowed
    subject = with_upn(desk.see_all(pupil), upn)
    if subject is None:
        raise NotFound
    desk.opened(subject, ["core.identity"])
    told = [one.told(desk.name_of(one.person)) for one in visits(desk, subject)]
    titles = desk.building.plugins.titles
    lines = [
        f"{moment(one['first'])}  {one['name']}, {one['role']}: "
        f"{', '.join(titles.get(record, record) for record in one['records'])}; "
        f"{'; '.join(one['purposes']) or 'no grant that is known'}"
        for one in told
    ]
    answer(told, as_json, lines or ["Nobody."])
