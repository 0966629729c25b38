"""What a plugin says of itself; the core's own rooms say it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import ModuleType
from typing import Any, Literal, get_args

import msgspec

from core.answers import NavItem
from core.command import Decider
from core.trying import Rule, rules_of
from events import Fact, View

Action = Literal["count", "flag", "summary", "read", "write", "sign", "export", "lend", "break"]
"""`lend`: let a colleague stand in for what one may oneself. `break`: open what is hidden of one pupil, with a reason,
for as long as it takes."""
ACTIONS: tuple[Action, ...] = get_args(Action)


Trigger = Literal["born", "left", "last_entry"]


class Ends(msgspec.Struct, frozen=True):
    """From when, and for how many months, a record is kept, as far as a program can count it."""

    trigger: Trigger
    """The day of birth; the last day on roll or in post; the day the record's last entry was typed."""
    months: int
    source: str
    as_at: date
    """The day the source was read, or the trust decided."""
    verified: bool = False


class RecordClass(msgspec.Struct, frozen=True):
    """A kind of record with a life of its own: who may see it, and how long it is kept."""

    name: str
    title: str
    kept: str
    """How long and from when, in words, for the retention schedule."""
    basis: str = ""
    """Lawful basis, in words, for the record of processing."""
    restricted: bool = False
    """Whether every reading of it is recorded."""
    final: bool = False
    """Whether nothing of it is ever taken back: what was decided is ended, or decided again, by whoever may."""
    of: Literal["pupils", "staff", "applicants", "people outside", "nobody"] = "pupils"
    """Whom it is about."""
    need_to_know: bool = False
    """A person without the grant finds no trace of it: no entry, no count, no kind."""
    of_each: bool = True
    """Whether an academy keeps it for each of them apart; else it tells of many in one record, or the trust's centre
    keeps it, and nobody can be let in to one person's alone."""
    ends: Ends | None = None
    """The same as `kept`, to be counted; None where only a person can tell. A trust may set its own."""


class Offer(msgspec.Struct, frozen=True):
    """A view other plugins may ask, by name; read under a class that may be wider than what it is told from."""

    name: str
    view: Callable[..., Any]
    read_under: str
    told_from: View[Any]


class Ask(msgspec.Struct, frozen=True):
    """A view this plugin asks of another, the fields it needs, and the reason the trust approves."""

    name: str
    shape: type
    reason: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin, as the core knows it."""

    name: str
    title: str
    purpose: str
    facts: tuple[type[Fact], ...] = ()
    views: tuple[View[Any], ...] = ()
    deciders: tuple[Decider, ...] = ()
    rules: tuple[Rule, ...] = ()
    wordings: Mapping[type[Fact], str] = {}
    records: tuple[RecordClass, ...] = ()
    roles: Mapping[str, Mapping[str, str]] = {}
    """For each role, the actions it starts with on each class: {"senco": {"register.support": "read write"}}.
    With "own" ahead, for the person's own caseload only, whatever the role is held for: "own read"; for someone from
    outside, for those who are named to them."""
    counts: tuple[str, ...] = ()
    """Record classes this plugin's measures are counted from."""
    offers: tuple[Offer, ...] = ()
    asks: tuple[Ask, ...] = ()
    duties: tuple[str, ...] = ()
    """What is no longer watched when the plugin is off, in words."""
    forms: Mapping[type[Fact], str] = {}
    """Where a fact is recorded, and a wrong one answered, below /<urn>/<name>: {PlanIssued: "plans/{subject}/new"}.
    Named are the subject and fields of the fact. Facts that others refer to by an id are left out."""
    controllers: tuple[type, ...] = ()
    """Pages of one academy, under /<urn>/<name>."""
    centre_controllers: tuple[type, ...] = ()
    """Pages across the academies, under /centre/<name>."""
    by_name: Literal["", "academy", "centre"] = ""
    """Of a room: where programs may call its commands and views, as they may every plugin's at an academy."""
    apart: tuple[View[Any], ...] = ()
    """Of its views, those told from the log of who looked: programs, which read the other, do not call them."""
    centre_pages: tuple[NavItem, ...] = ()
    """Where those begin, for links at the trust's centre."""


def manifest(
    name: str,
    title: str,
    purpose: str,
    *,
    facts: ModuleType | None = None,
    views: ModuleType | None = None,
    commands: ModuleType | None = None,
    rules: ModuleType | None = None,
    wordings: Mapping[type[Fact], str] | None = None,
    **rest: Any,
) -> Manifest:
    """A manifest read off a plugin's own modules: what they define is what there is."""
    return Manifest(
        name=name,
        title=title,
        purpose=purpose,
        facts=tuple(one for one in _own(facts) if isinstance(one, type) and issubclass(one, Fact)),
        views=tuple(one for one in _own(views) if isinstance(one, View)),
        deciders=tuple(one for one in _own(commands) if isinstance(one, Decider)),
        rules=rules_of(name, rules) if rules else (),
        wordings=wordings or {},
        **rest,
    )


def _own(module: ModuleType | None) -> list[Any]:
    """What a module, or a folder, defines itself; not what it imports."""
    if module is None:
        return []
    return [value for value in vars(module).values() if f"{_home(value)}.".startswith(f"{module.__name__}.")]


def _home(value: Any) -> str:
    """Name of the module a fact, a view or a decider is written in."""
    if isinstance(value, View):
        return value.name
    return str(getattr(value.function if isinstance(value, Decider) else value, "__module__", ""))
