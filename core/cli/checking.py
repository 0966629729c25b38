"""Words of the command line made into a command, with what is wrong said in English."""

from __future__ import annotations

from typing import Any, TypeVar

import click
import msgspec

from core.command import Command

C = TypeVar("C", bound=Command)


def checked(kind: type[C], **given: Any) -> C:
    """The command; raises UsageError naming the option that does not fit."""
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        said, _, where = str(error).partition(" - at `$.")
        option = where.rstrip("`").replace("_", "-")
        raise click.UsageError(f"--{option}: {said[:1].lower()}{said[1:]}.", click.get_current_context()) from None
