"""`looks` and `changes`: who saw a pupil's record, and what was recorded since."""

from __future__ import annotations

import click

from core.api.changes import Destroyed, NoPlace, feed
from core.cli.asking import Line, answer, json_option
from core.errors import NotFound
from core.looking.telling import who_saw
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
        raise desk.turned_away("read", "core.trail")
    subject = with_upn(desk.see_all(pupil), upn)
    if subject is None:
        raise NotFound
    _, found = who_saw(desk, subject)
    told = [one.told(desk.name_of(one.person)) for one in found]
    titles = desk.building.plugins.titles
    lines = [
        f"{moment(one['first'])}  {one['name']}, {one['role']}: "
        f"{', '.join(titles.get(record, record) for record in one['records'])}; "
        f"{'; '.join(one['purposes']) or 'no grant that is known'}"
        for one in told
    ]
    answer(told, as_json, lines or ["Nobody."])


@click.command()
@click.option("--academy", "urn", help="URN of the academy; the trust's own log otherwise.")
@click.option("--after", default="", help="Where to go on from: the `next` that came before.")
@click.option("--most", type=click.IntRange(1, 100_000), default=500, show_default=True, help="How many at most.")
@json_option
@click.pass_obj
def changes_command(line: Line, urn: str | None, after: str, most: int, as_json: bool) -> None:
    """What was recorded, for a warehouse: only what may be taken away, and that it was taken is recorded."""
    desk = line.desk(urn)
    if not desk.may("read", "core.running"):
        raise desk.turned_away("read", "core.running")
    try:
        found, place = feed(desk, after, most)
    except NoPlace as error:
        raise click.UsageError(str(error)) from None
    lines = [
        f"destroyed {one.destroyed}" if isinstance(one, Destroyed) else f"{one.day}  {one.kind}  {one.subject}"
        for one in found
    ]
    answer({"changes": found, "next": place, "more": len(found) == most}, as_json, [*lines, f"next: {place}"])
