"""`pack`: entries for someone outside, who can check them alone; as the page does, under the same grants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from core.audit.packs import Choice, Draft, Withholding, make, preview
from core.audit.reasons import REASONS
from core.cli.asking import Line, answer, json_option, progress
from core.cli.running import DAY
from core.desk import Desk
from core.errors import NotAllowed, NotFound, Refused
from core.roll.views import pupil, with_upn

_REASON = click.Choice(list(REASONS))


@click.command()
@click.option("--academy", "urn", help="URN of the academy; the trust's own log is meant otherwise.")
@click.option("--purpose", required=True, help="For whom, and why. It stands in the pack, and is recorded.")
@click.option("--pupil", "upn", default="", help="UPN of a pupil.")
@click.option("--plugin", default="", help="Name of a plugin or room, such as register.")
@click.option("--from", "first", type=DAY, help="First day on which it happened, inclusive.")
@click.option("--to", "last", type=DAY, help="Last day, inclusive.")
@click.option("--entry", "entries", type=click.UUID, multiple=True, help="Id of an entry; repeat for several.")
@click.option(
    "--withhold", multiple=True, metavar="ENTRY.PART=REASON", help="A part of an entry, by its number from 0."
)
@click.option("--withhold-by", "by", type=_REASON, default=None, help="Who recorded each entry.")
@click.option("--withhold-texts", "texts", type=_REASON, default=None, help="Everything typed in someone's own words.")
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the checkpoint that the reader holds.",
)
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write it.")
@json_option
@click.pass_obj
def pack_command(
    line: Line,
    urn: str | None,
    purpose: str,
    upn: str,
    plugin: str,
    first: datetime | None,
    last: datetime | None,
    entries: tuple[UUID, ...],
    withhold: tuple[str, ...],
    by: str | None,
    texts: str | None,
    since: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make a pack: entries for someone outside, who can check them without trusting us. That it left is recorded."""
    desk = line.desk(urn)
    if not desk.may("export", "core.trail"):
        raise NotAllowed
    choice = Choice(
        purpose,
        (_pupil(desk, upn),) if upn else (),
        plugin,
        first.date() if first else None,
        last.date() if last else None,
        entries,
        since.read_text("utf-8") if since else "",
    )
    draft = Draft(desk.log.name, choice, Withholding(by or "", texts or "", _single(withhold)))
    if out and not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent}; nothing was made.", code="no_folder")
    with progress("Making the pack", quiet=as_json) as told:
        made = make(desk, choice, preview(desk, draft).items, desk.building.now, told)
    desk.packed(made.sha256, made.made_on, made.streams, made.purpose)
    path = out or Path(made.name)
    path.write_bytes(made.content)
    said: dict[str, Any] = {
        "file": str(path),
        "sha256": made.sha256,
        "entries": made.entries,
        "withheld": made.gaps,
        "keys": made.keys,
    }
    lines = [
        f"{path}: {made.entries:,} entries, {made.gaps:,} parts of them withheld. SHA-256 {made.sha256}",
        "Tell its reader the log's key, by another way than the pack:",
        *made.keys,
    ]
    answer(said, as_json, lines)


def _pupil(desk: Desk, upn: str) -> UUID:
    found = with_upn(desk.see_all(pupil), upn)
    if found is None:
        raise NotFound
    return found


def _single(withhold: tuple[str, ...]) -> Mapping[str, str]:
    pairs = {part: code for part, _, code in (one.partition("=") for one in withhold)}
    if strange := [code for code in pairs.values() if code not in REASONS]:
        raise Refused(f"{strange[0]!r} is no reason. They are: {', '.join(REASONS)}.", code="no_reason")
    return pairs
