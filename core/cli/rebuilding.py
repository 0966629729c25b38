"""`snapshots`: what makes a start quick, dropped and made again."""

from __future__ import annotations

import click

from core.cli.asking import Line, answer, json_option, progress
from core.errors import NotAllowed


@click.command()
@json_option
@click.pass_obj
def snapshots_command(line: Line, as_json: bool) -> None:
    """Drop every log's snapshots and make them again from all its entries. Worth its time after a new version."""
    if not line.desk().may("write", "core.running"):
        raise NotAllowed
    store = line.building.store
    logs = [store.reopen(name) for name in store.names()]
    sizes = [log.size for log in logs]
    streams = {}
    with progress("Reading every log anew", quiet=as_json) as told:
        for at, log in enumerate(logs):
            told(sum(sizes[:at]), sum(sizes))
            streams[log.name] = log.rebuild_snapshots()
        told(sum(sizes), sum(sizes))
    answer({"streams": sum(streams.values())}, as_json, [f"{sum(streams.values()):,} streams, in {len(logs)} logs."])
