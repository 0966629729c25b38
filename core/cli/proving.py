"""`verify` and `checkpoint`: whether every notch stands, and the half of the stick to keep elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec
from sqlalchemy import make_url

from core.audit.lengths import in_per_cent, lengths_known
from core.cli.asking import Line, answer, json_option, progress
from core.errors import NotAllowed, Refused, WillNotStart
from events import Database, Report, verify, verify_without_keys
from events.comparing import prove
from events.halves import notes_in
from events.notes import parse_note
from events.publishing import published
from events.witnesses import Heard, keep_cosignatures

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--half", "held", type=_FILE, help="A half that was kept outside: each log must still hold to it.")
@click.option("--without-keys", is_flag=True, help="As an outsider would who was given the log database alone.")
@json_option
@click.pass_obj
def verify_command(line: Line, held: Path | None, without_keys: bool, as_json: bool) -> None:
    """Read every entry of every log again. Exit code 1 when anything is not as it was written.

    Without keys what came after a log's newest checkpoint is only seen to be in order.
    """
    if without_keys:
        _without_keys(line, held, as_json)
        return
    store = line.building.store
    if not store.names():
        raise WillNotStart("There is no trust here yet. Run: tallystick init")
    known = frozenset(store.names())  # whoever can read the master key may know every length
    if line.acting:
        desk = line.desk()
        if not desk.may("read", "core.trail"):
            raise NotAllowed
        known = lengths_known(desk)
    with progress("Reading every entry again", quiet=as_json) as told:
        report = verify(store, in_per_cent(told), _notes(held) if held else ())
    _say(report, known, as_json)


def _without_keys(line: Line, held: Path | None, as_json: bool) -> None:
    if held:
        raise click.UsageError("A half is held against the logs by whoever has the keys.")
    if line.acting:
        raise NotAllowed  # nobody can be looked up without the keys
    url = make_url(line.settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise WillNotStart("There is no log database here.")
    database = Database(line.settings.database, serving=False)
    try:
        with progress("Reading every entry again", quiet=as_json) as told:
            report = verify_without_keys(database, told)
    finally:
        database.close()
    _say(report, frozenset({*(one.log for one in report.logs), *(one.log for one in report.faults)}), as_json)


def _say(report: Report, known: frozenset[str], as_json: bool) -> None:
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
@click.option(
    "--since",
    "old",
    type=_FILE,
    help="A checkpoint or a half that someone kept: prove that each log still holds to it.",
)
@click.option("--cosigned", type=_FILE, help="A checkpoint of ours that witnesses signed too: keep their lines.")
@json_option
@click.pass_obj
def checkpoint_command(line: Line, old: Path | None, cosigned: Path | None, as_json: bool) -> None:
    """Sign every log that has grown, and print the newest checkpoints. Keep them where the trust cannot change them.

    With --since, exit code 1 when a log does not hold; with --cosigned, when no line was kept.
    """
    desk = line.desk()
    if not desk.may("read", "core.trail"):
        raise NotAllowed
    if old:
        _since(line, old, as_json)
    elif cosigned:
        _cosigned(line, cosigned, as_json)
    else:
        store = line.building.store
        store.sign_all()
        logs = {name: store.log(name) for name in store.names()}
        newest = {name: published(store, name, log.tail.epoch.number) for name, log in logs.items()}
        notes = {name: one.checkpoint if one else "" for name, one in newest.items()}
        answer(notes, as_json, notes.values())


def _since(line: Line, old: Path, as_json: bool) -> None:
    found = [prove(line.building.store, note) for note in _notes(old)]
    lines = []
    for one in found:
        lines.append(f"{'Holds' if one.holds else 'DOES NOT HOLD'}  {one.origin}: {one.says}")
        if one.checkpoint:
            size = parse_note(one.checkpoint)[0].size
            lines.append(
                f"       Today's checkpoint counts {size:,}; {len(one.proof)} hashes prove the one from the other."
            )
    answer(found, as_json, lines)
    if not all(one.holds for one in found):
        sys.exit(1)


def _cosigned(line: Line, came_back: Path, as_json: bool) -> None:
    if not line.settings.witnesses:
        raise Refused("No witness is known here. Set TALLYSTICK_WITNESSES to their verifier keys.", code="no_witness")
    heard: list[Heard] = []
    for note in _notes(came_back):
        try:
            heard += keep_cosignatures(line.building.store, note, line.settings.witnesses)
        except ValueError as error:
            raise Refused(f"Nothing was kept: {error}.", code="not_ours") from None
    told = [one._asdict() for one in heard]
    answer(told, as_json, [f"{one.name}: {one.says}." for one in heard] or ["No line in it but our own."])
    if not any(one.kept for one in heard):
        sys.exit(1)


def _notes(path: Path) -> list[str]:
    """The checkpoints in a file: a half, or one or more notes."""
    try:
        return notes_in(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise Refused(f"{path.name} holds no checkpoint that can be read whole.", code="no_checkpoint") from None
