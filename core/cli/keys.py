"""`keys`: the keys under which everything lies, rotated while the server runs, held by three people; and who signs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from core.cli.asking import Line, answer, done, json_option, progress
from core.errors import NotAllowed, Refused
from events import Log, custody
from events.holders import LENGTH, KeyFile, MasterKey, write_private
from events.notes import ED25519, ML_DSA_44

_FILE = click.Path(dir_okay=False, path_type=Path)
_SHARE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
@click.pass_obj
def keys_command(line: Line) -> None:
    """Rotate keys, keep the master key with three people, add and retire the keys that sign."""
    if line.acting:
        raise NotAllowed  # only whoever can read the master key


@keys_command.command()
@click.option("--to", type=_FILE, help="Where to write the new key, when the old one comes from the environment.")
@json_option
@click.pass_obj
def rotate_master(line: Line, to: Path | None, as_json: bool) -> None:
    """Make a new master key and put every other key under it. A server that runs goes on."""
    keys = line.building.store.keys
    holder = keys.holder
    if isinstance(holder, KeyFile) and os.access(holder.path.parent, os.W_OK):
        with holder.replaced() as new:
            count = keys.rotate_master(new)
        says = f"{count} keys lie under a new master key, in {holder.path}. Keep a copy of it in a safe place."
    elif to is None:
        raise Refused("The master key comes from elsewhere: say with --to where to write the new one.", code="no_place")
    else:
        key = os.urandom(LENGTH)
        write_private(to, key)
        count = keys.rotate_master(MasterKey(key))
        says = f"{count} keys lie under the master key in {to}. Put it where the old one is, then restart the server."
    answer({"keys": count}, as_json, [says, "Copies and shares of the old master key are of no use any more."])


@keys_command.command()
@json_option
@click.pass_obj
def rotate(line: Line, as_json: bool) -> None:
    """Put the keys of every log under a new academy key, and destroy the old. A server that runs goes on."""
    store = line.building.store
    names = store.names()
    with progress("Rotating", quiet=as_json) as told:
        for at, name in enumerate(names):
            told(at, len(names))
            store.log(name).keys.rotate()
    done(f"The keys of {len(names)} logs were rotated.", as_json)


@keys_command.command()
@click.argument("places", type=_FILE, nargs=3)
@json_option
@click.pass_obj
def split(line: Line, places: tuple[Path, ...], as_json: bool) -> None:
    """Write the master key as three shares, one for each of three people; any two give it back."""
    if len({place.absolute() for place in places}) < 3:
        raise Refused("Three shares need three different files.", code="same_place")
    holder = line.settings.holder()
    if not isinstance(holder, KeyFile):
        raise Refused("The master key comes from the environment; only one in a file can be split.", code="no_file")
    for place, share in zip(places, custody.split(holder.read()), strict=True):
        write_private(place, share.encode())
    done("Three shares are written. Give each to another person; then try two of them: tallystick keys drill.", as_json)


@keys_command.command()
@click.argument("shares", type=_SHARE, nargs=2)
@json_option
@click.pass_obj
def drill(line: Line, shares: tuple[Path, Path], as_json: bool) -> None:
    """Try whether two shares give back the key that opens this trust. Writes nothing."""
    key = _joined(shares)
    keys = line.building.store.keys
    opened = keys.opened_by(MasterKey(key))
    done(f"These two shares open all {opened} keys that lie under the master key.", as_json)


@keys_command.command()
@click.argument("shares", type=_SHARE, nargs=2)
@click.argument("to", type=_FILE)
@json_option
def join(shares: tuple[Path, Path], to: Path, as_json: bool) -> None:
    """Write the master key again from two shares, when the file is lost."""
    write_private(to, _joined(shares))
    done(f"The master key is in {to}.", as_json)


_LOGS = click.option("--log", "names", multiple=True, help="A log, such as trust; all of them otherwise.")


@keys_command.command()
@click.option("--ml-dsa", is_flag=True, help="An ML-DSA-44 key, whose line holds against quantum computers too.")
@_LOGS
@json_option
@click.pass_obj
def add_signer(line: Line, ml_dsa: bool, names: Sequence[str], as_json: bool) -> None:
    """Let another key sign beside those there are. Each log says so in the open; readers pin what is printed."""
    store = line.building.store
    added = {log.name: str(store.add_signer(log, ML_DSA_44 if ml_dsa else ED25519)) for log in _chosen(line, names)}
    answer(added, as_json, [f"{name} is signed from now on by {key} too." for name, key in added.items()])


@keys_command.command()
@_LOGS
@json_option
@click.pass_obj
def retire_signers(line: Line, names: Sequence[str], as_json: bool) -> None:
    """Let only the newest key of each kind sign; the others are destroyed. Each log says so in the open."""
    store = line.building.store
    retired = {log.name: [str(key) for key in store.retire_signers(log)] for log in _chosen(line, names)}
    lines = [f"{name} is no longer signed by {key}." for name, keys in retired.items() for key in keys]
    answer(retired, as_json, lines or ["Nothing to retire: each log has one key of each kind."])


def _chosen(line: Line, names: Sequence[str]) -> list[Log]:
    store = line.building.store
    if strange := set(names) - set(store.names()):
        raise Refused(f"There is no log {min(strange)!r} here.", code="no_log")
    return [store.log(name) for name in names or store.names()]


def _joined(shares: tuple[Path, Path]) -> bytes:
    one, other = (share.read_text("utf-8", "replace")[:1000] for share in shares)
    return custody.join(one, other)
