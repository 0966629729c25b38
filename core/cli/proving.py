"""`verify` and `checkpoint`: whether every notch stands, and the half of the stick to keep elsewhere."""

from __future__ import annotations

import sys
from typing import Any

import click
import msgspec

from core.audit.lengths import in_per_cent, lengths_known
from core.cli.asking import Line, answer, json_option, progress
from core.errors import NotAllowed
from events import Report, verify


@click.command()
@json_option
@click.pass_obj
def verify_command(line: Line, as_json: bool) -> None:
    """Read every entry of every log again. Exit code 1 when anything is not as it was written."""
    store = line.building.store
    known = frozenset(store.names())  # whoever can read the master key may know every length
    if line.acting:
        desk = line.desk()
        if not desk.may("read", "core.trail"):
            raise NotAllowed
        known = lengths_known(desk)
    with progress("Reading every entry again", quiet=as_json) as told:
        report = verify(store, in_per_cent(told))
    lines = [
        f"{one.log}: {f'{one.size:,} entries, ' if one.log in known else ''}root {one.root}" for one in report.logs
    ]
    for fault in report.faults:
        place = fault.position if fault.log in known else None
        where = fault.log if place is None else f"{fault.log}, position {place}"
        lines.append(f"WRONG  {where}: {fault.what}")
    lines.append(
        "Every notch stands." if report.ok else "The log does not hold. Stop recording and keep the disk as it is."
    )
    answer(_told(report, known), as_json, lines)
    if not report.ok:
        sys.exit(1)


def _told(report: Report, known: frozenset[str]) -> dict[str, Any]:
    """The report, without the lengths and places this person may not know."""
    told: dict[str, Any] = msgspec.to_builtins(report)
    for one in told["logs"]:
        if one["log"] not in known:
            del one["size"]
    for one in told["faults"]:
        if one["log"] not in known:
            del one["position"]
    return told


@click.command()
@json_option
@click.pass_obj
def checkpoint_command(line: Line, as_json: bool) -> None:
    """Sign every log that has grown, and print the newest checkpoints. Keep them where the trust cannot change them."""
    desk = line.desk()
    if not desk.may("read", "core.trail"):
        raise NotAllowed
    store = line.building.store
    store.sign_all()
    notes = {name: store.checkpoint(store.log(name)) or "" for name in store.names()}
    answer(notes, as_json, notes.values())
