"""Words of the command line made into a command, with what is wrong said in English."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from core.command import Command
from core.errors import Refused

C = TypeVar("C", bound=Command)


def checked(kind: type[C], **given: Any) -> C:
    """The command; raises Refused naming the option that does not fit."""
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        said, _, where = str(error).partition(" - at `$.")
        raise Refused(
            f"--{where.rstrip('`').replace('_', '-')}: {said[:1].lower()}{said[1:]}.", code="invalid"
        ) from None
