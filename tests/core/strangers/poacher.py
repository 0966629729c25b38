"""A plugin whose facts do not stand under its own name."""

from datetime import date

from core.manifest import Manifest
from events import Fact


class Poached(Fact, frozen=True, tag="register.poached/1", record="register.support", on="poached_on"):
    """A fact under another's name."""

    poached_on: date


def about() -> Manifest:
    return Manifest(name="poacher", title="Poacher", purpose="Writes under another's name.", facts=(Poached,))
