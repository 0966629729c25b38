"""Facts, as plugins declare them; events, as the log keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, NamedTuple, get_args, get_type_hints
from uuid import UUID

import msgspec

from events.open_facts import OpenFact

GIVEN = "*"
"""The record class of a fact that takes the class of what it speaks of: a withdrawal, an opening."""

FreeText = Annotated[str, msgspec.Meta(max_length=4000, extra={"apart": True})]
"""Words a person typed. Each such field is a part of its own in the body: a pack can withhold it and prove the rest."""


class FactMeta(msgspec.StructMeta):
    """Lets a fact say its record class and its day beside msgspec's own options."""

    record: str
    on: str

    def __new__(  # noqa: PYI034 - Self is not for metaclasses
        mcls,
        name: str,
        bases: tuple[type, ...],
        names: dict[str, Any],
        *,
        record: str = "",
        on: str = "",
        **options: Any,
    ) -> FactMeta:
        made = super().__new__(mcls, name, bases, names, **options)
        made.record = record
        made.on = on
        return made

    def __init__(cls, *_: Any, **__: Any) -> None:  # noqa: N805 - a metaclass
        """Takes the options `__new__` has read."""


class Fact(msgspec.Struct, frozen=True, tag_field="kind", metaclass=FactMeta):
    """One thing that happened, to one subject, in one record class, on one day.

    Declared as
    `class PlanIssued(Fact, frozen=True, tag="register.plan_issued/1", record="register.plan", on="made_on")`:
    `tag` is the kind and its version, `record` the class of record, `on` the field that is its day.
    """

    record: ClassVar[str]
    on: ClassVar[str]

    @property
    def day(self) -> date:
        """The day it happened."""
        day: date = getattr(self, type(self).on)
        return day


class Withdrawn(Fact, frozen=True, tag="events.withdrawn/1", record=GIVEN, on="withdrawn_on"):
    """An earlier event of the same stream was a mistake; views leave it out, history shows both."""

    event: UUID
    withdrawn_on: date
    reason: FreeText


class Unread(msgspec.Struct, frozen=True):
    """A fact whose code is not installed: still JSON with its kind and its fields."""

    kind: str
    fields: dict[str, Any]


class Stream(NamedTuple):
    """One subject's facts of one record class: one data key, numbered by n from 0."""

    subject: UUID
    record: str


class Received(msgspec.Struct, frozen=True):
    """Where a fact was first recorded, when it came from another log with the child it is about."""

    log: UUID
    event: UUID
    position: int
    recorded_at: datetime
    """An instant in UTC: when it was first typed."""


class New(NamedTuple):
    """A fact about to be recorded, of this subject. `record` only where the fact's own is GIVEN."""

    subject: UUID
    fact: Fact
    record: str = ""
    received: Received | None = None

    @property
    def stream(self) -> Stream:
        """Where it will stand; raises ValueError when its class is not said, or said twice and differently."""
        own = type(self.fact).record
        record = self.record or own
        if record == GIVEN or own not in {GIVEN, record}:
            raise ValueError(f"{type(self.fact).__name__} cannot be recorded under the class {record}")
        return Stream(self.subject, record)


class Actor(msgspec.Struct, frozen=True):
    """Who recorded something: a person, in which role, from which session."""

    by: UUID
    role: str
    session: str = ""


class Event(msgspec.Struct, frozen=True):
    """A fact in the log: with who, when, where, its place and its hash."""

    log: bytes
    position: int
    event_id: UUID
    key_id: bytes
    n: int
    recorded_at: datetime
    """An instant in UTC: when it was typed."""
    fact: Fact | Unread | OpenFact
    leaf: bytes
    commitment: bytes
    subject: UUID | None = None
    record: str = ""
    actor: Actor | None = None
    why: str = ""
    received: Received | None = None
    """Where it was first recorded; None when here."""

    @property
    def kind(self) -> str:
        return self.fact.kind if isinstance(self.fact, Unread) else str(self.fact.__struct_config__.tag)

    @property
    def day(self) -> date:
        """The day it happened; for what has no day of its own, the day it was recorded."""
        return self.fact.day if isinstance(self.fact, Fact) else self.recorded_at.date()


def apart_fields(kind: type[Fact]) -> dict[str, str | None]:
    """Names of the fields that are each a part of their own in the body, and what each holds when it is left out."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name: None if type(None) in get_args(hints[field.name]) else ""
        for field in msgspec.structs.fields(kind)
        if any(isinstance(note, msgspec.Meta) and (note.extra or {}).get("apart") for note in _notes(hints[field.name]))
    }


def _notes(hint: Any) -> Iterable[Any]:
    """The annotations on a hint, also inside `FreeText | None`."""
    yield from getattr(hint, "__metadata__", ())
    for inner in get_args(hint):
        yield from getattr(inner, "__metadata__", ())
