"""Commands and what decides them: a command, what is known, today; then facts, or a refusal."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from core.errors import Refused
from core.law import Finding, errors, no_such_day
from events import Fact, New, Stream, View

if TYPE_CHECKING:
    from core.desk import Desk

Facts = Fact | New | Sequence[Fact | New]
About = Literal["pupil", "academy", "itself"]
Beside = Callable[["Desk", UUID], Iterable[Stream]]
"""Of a desk and the subject of a command."""


class Gone(NamedTuple):
    """What is destroyed with the facts of a command, for ever."""

    streams: tuple[Stream, ...]
    access_keys: tuple[str, ...]
    """key_ids in the log of who looked, in hex."""
    backups_until: date
    """The last day on which a backup of the key store may still hold their keys, inclusive."""


Destroys = Callable[[UUID, Sequence[New]], Gone | None]
"""Of the subject of a command and the facts it came to."""


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person asks to have recorded, verb and noun: `EndReview`. Page and command line fill the same one."""


class Withdraw(Command, frozen=True):
    """Take an entry back. Decided by the desk itself, whatever the entry says."""

    reason: Annotated[str, msgspec.Meta(title="why it was wrong", max_length=4000)]


class Answer(Command, frozen=True):
    """Take an entry back by recording the right one. Decided with whatever is recorded next."""

    reason: Annotated[str, msgspec.Meta(title="why it was wrong", min_length=1, max_length=500)]


class Decider:
    """A function that decides one kind of command, and the views of the subject it rests on."""

    def __init__(
        self,
        command: type[Command],
        given: Mapping[str, View[Any]],
        function: Callable[..., Facts],
        checks_written: bool,
        about: About = "pupil",
        beside: Beside | None = None,
        destroys: Destroys | None = None,
        needs: str = "write",
        by_name: bool = True,
    ) -> None:
        self.command = command
        self.by_name = by_name
        self.needs = needs
        self.checks_written = checks_written
        self.beside = beside
        self.destroys = destroys
        self.about = about
        self.given = dict(given)
        self.function = function
        self.takes = frozenset(inspect.signature(function).parameters)
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Facts:
        return self.function(*args, **kwargs)

    def decide(self, command: Command, subject: UUID, known: Mapping[str, Any], **around: Any) -> list[New]:
        """The facts, each with its subject.

        Args:
            known: What each view in `given` says of the subject.
            around: `today`, `calendar`, `subject`: given to the function where it asks for them.

        Raises:
            Refused: It cannot be, or a field is beyond the limits that it declares, whoever filled it in.
        """
        _insist_on_limits(command)
        around["subject"] = subject
        wanted = {name: value for name, value in around.items() if name in self.takes}
        decided = self.function(command, **known, **wanted)
        many = [decided] if isinstance(decided, Fact | New) else list(decided)
        return [fact if isinstance(fact, New) else New(subject, fact) for fact in many]


def decides(
    command: type[Command],
    given: Mapping[str, View[Any]] | None = None,
    *,
    checks_written: bool = False,
    about: About = "pupil",
    beside: Beside | None = None,
    destroys: Destroys | None = None,
    needs: str = "write",
    by_name: bool = True,
) -> Callable[[Callable[..., Facts]], Decider]:
    """Declares what decides a command; every stream in `given` is checked again when the facts are recorded.

    Args:
        checks_written: It has read every stream it writes to, by itself: those are checked again too.
        about: What it is recorded of: a pupil, the academy, or something with an id of its own that it begins.
        beside: Streams of other subjects it rests on: those are checked again too.
        destroys: What its facts destroy as they are recorded; None where they destroy nothing.
        needs: The action that whoever commands it must hold for what is recorded; "sign" for a second person.
        by_name: Whether the API and the command line offer it; False where a page asks for more than its fields.
    """

    def declared(function: Callable[..., Facts]) -> Decider:
        return Decider(command, given or {}, function, checks_written, about, beside, destroys, needs, by_name)

    return declared


def kinds(hint: Any) -> tuple[Any, ...]:
    """The types a field may be, None among them."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def called(name: str, hint: Any) -> str:
    """What a field is called in an error: its Meta title, or its name."""
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, msgspec.Meta) and note.title:
            return note.title
    return name.replace("_", " ")


def unfit(name: str, hint: Any, error: str) -> str:
    """What a person reads of a field that does not fit; `error` is what msgspec says of it."""
    types = [kind for kind in kinds(hint) if kind is not NoneType]
    told = called(name, hint)
    name = told[0].upper() + told[1:]
    if date in types:
        return f"{name} must be a real date, such as 27 3 2026."
    if any(get_origin(kind) is Literal for kind in types):
        return f"Choose {told} from the list."
    if "length <=" in error:
        return f"{name} is too long."
    return f"{name} is not in the right form."


def _insist_on_limits(command: Command) -> None:
    """A page that fills in a field by itself, or a list that is taken, is held to the command's own limits, and to days
    of this world, as whoever types is."""
    fields = msgspec.structs.asdict(command)
    for name, value in fields.items():
        if says := no_such_day(value):
            raise Refused(says, code="no_such_day", field=name)
    try:
        msgspec.convert(fields, type(command))
    except msgspec.ValidationError as error:
        name = re.findall(r"\$\.(\w+)", str(error))[0]
        hint = get_type_hints(type(command), include_extras=True)[name]
        raise Refused(unfit(name, hint, str(error)), code="unfit", field=name) from None


def refuse_first(
    findings: Iterable[Finding], fields: Mapping[str, str] | None = None, field: str | None = None
) -> None:
    """Refuses with the first error among findings.

    Args:
        fields: What the form calls a rule's fields, where it calls them otherwise.
        field: The form's own field, whatever the finding names.
    """
    for finding in errors(findings):
        at = field or (fields or {}).get(finding.field or "", finding.field)
        raise Refused(finding.says, code=finding.code, field=at)


def refuse_all(findings: Iterable[Finding], field: str | None = None) -> None:
    """Refuses with every error among findings, told at once: what is missing is then put right in one go."""
    found = errors(findings)
    if found:
        raise Refused(" ".join(finding.says for finding in found), code=found[0].code, field=field)


def not_ahead(day: date | None, today: date, field: str) -> None:
    """Refuses a day still to come; what happened has happened by today. None passes."""
    if day is not None and day > today:
        raise Refused("The day must be today or in the past.", code="in_future", field=field)


def one_of(given: str, known: Iterable[str], field: str, called: str) -> None:
    """Refuses a code that is not in the list a form offers."""
    if given not in known:
        raise Refused(f"Choose {called} from the list.", code="not_in_list", field=field)
