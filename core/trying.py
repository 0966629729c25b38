"""A rule with its source, as it is shown, and what comes of trying it with what a person types."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from msgspec import Struct

from core.law import Citation, inside, no_such_day, plain

LONGEST, LARGEST = 10_000, 10**12
"""Characters of one argument, and numbers either way, that a rule is tried with: anybody who signs in may try, and a
rule may go through every one of a number."""


class BadArgument(Struct, frozen=True):
    """One thing wrong with what a rule was to be tried with; an empty field means the whole of it."""

    field: str
    message: str


class BadArguments(ValueError):
    """A rule cannot be tried with these; every fault at once."""

    def __init__(self, faults: Sequence[BadArgument]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(f"{fault.field}: {fault.message}" for fault in faults))


_WANTS = {
    str: "some words",
    date: "a day, such as 2027-05-04",
    int: "a whole number",
    bool: "true or false",
    UUID: "an id",
}
_SAMPLES = {
    str: "words",
    date: "2027-05-04",
    datetime: "2027-05-04T09:00:00Z",
    int: 1,
    bool: True,
    UUID: "0195c2a0-7c00-7000-8000-000000000001",
}


class Parameter(Struct, frozen=True):
    """One thing a rule, or a command, asks for."""

    name: str
    hint: Any
    required: bool
    default: object = None

    @property
    def kinds(self) -> tuple[Any, ...]:
        """The types it may be, None among them."""
        return get_args(self.hint) if get_origin(self.hint) in {Union, UnionType} else (self.hint,)

    @property
    def as_json(self) -> bool:
        """Whether it takes more than one typed word or number can say: a list, a table, a struct."""
        return not any(kind in _WANTS or get_origin(kind) is Literal for kind in self.kinds)

    @property
    def wants(self) -> str:
        """What to type, in words."""
        if self.as_json:
            return f"JSON, such as {msgspec.json.encode(_sample(self.hint)).decode()}"
        kind = next(kind for kind in self.kinds if kind is not NoneType)
        return _WANTS.get(kind) or f"one of {', '.join(map(str, get_args(kind)))}"

    def read(self, text: str) -> object:
        """The value a text stands for.

        Raises:
            msgspec.DecodeError: The text does not fit the hint.
        """
        if text.strip().lower() in {"", "none"} and (not self.required or NoneType in self.kinds):
            return self.default
        if self.as_json:
            return msgspec.json.decode(text, type=self.hint, strict=False)
        return msgspec.convert(text, self.hint, strict=False)


def _sample(hint: Any) -> object:
    """A value that shows the shape of a hint."""
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return {name: _sample(kind) for name, kind in get_type_hints(hint).items()}
    if get_origin(hint) in {dict, Mapping}:
        key, kind = get_args(hint)
        return {_sample(key): _sample(kind)}
    if arguments := get_args(hint):
        inner = _sample(arguments[0])
        return inner if get_origin(hint) in {Union, UnionType} else [inner]
    return _SAMPLES.get(hint)


class Tried(Struct, frozen=True):
    """What a rule answered, and on what authority."""

    value: object
    says: str
    citation: Citation


class Rule(Struct, frozen=True):
    """A cited function, as the rules page and the command line show it."""

    name: str
    function: Callable[..., object]
    citation: Citation
    summary: str
    wording: str
    parameters: tuple[Parameter, ...]

    def try_with(self, given: Mapping[str, str]) -> Tried:
        """The rule's answer to arguments typed by a person.

        Days are ISO dates; lists and tables are JSON; an empty text, or "none", means the default or None.

        Raises:
            BadArguments: Something is missing, unknown, unreadable, or beyond LONGEST, LARGEST or YEARS.
        """
        known = {parameter.name for parameter in self.parameters}
        faults = [BadArgument(name, "This rule does not ask for that.") for name in given if name not in known]
        values: dict[str, object] = {}
        for parameter in self.parameters:
            try:
                if parameter.name in given:
                    values[parameter.name] = value = parameter.read(given[parameter.name])
                    if says := _beyond(given[parameter.name]) or _beyond(value):
                        faults.append(BadArgument(parameter.name, says))
                elif parameter.required:
                    faults.append(BadArgument(parameter.name, f"This is missing. Give {parameter.wants}."))
            except msgspec.DecodeError as error:
                detail = f" {error}." if parameter.as_json else ""
                faults.append(BadArgument(parameter.name, f"Give {parameter.wants}.{detail}"))
        if faults:
            raise BadArguments(faults)
        try:
            value = self.function(**values)
        except (OverflowError, ValueError) as error:  # such as a day past the year 9999
            raise BadArguments([BadArgument("", f"The rule cannot be worked out from these: {error}.")]) from error
        return Tried(value, plain(value), self.citation)


def _beyond(value: object) -> str:
    """What is too much in something a rule is to be tried with; "" where nothing is."""
    match value:
        case str() if len(value) > LONGEST:
            return f"Give {LONGEST:,} characters at most."
        case int() | float() if abs(value) > LARGEST:
            return f"Give numbers up to {LARGEST:,}."
        case date():
            return no_such_day(value)
    return next((says for one in inside(value) if (says := _beyond(one))), "")


def rules_of(name: str, module: ModuleType) -> tuple[Rule, ...]:
    """The public cited functions written in a rules module or folder, in their order.

    Args:
        name: What they are called under: "register" makes "register.review_due_by".
    """
    return tuple(
        _rule(f"{name}.{word}", thing, thing.__citation__)
        for word, thing in vars(module).items()
        if isinstance(getattr(thing, "__citation__", None), Citation)
        and not word.startswith("_")
        and f"{thing.__module__}.".startswith(f"{module.__name__}.")  # not one imported from another room
    )


@cache
def _rule(name: str, function: Callable[..., object], citation: Citation) -> Rule:
    wording = inspect.getdoc(function) or ""
    hints = get_type_hints(function)
    parameters = (
        Parameter(word, hints[word], required=True)
        if parameter.default is parameter.empty
        else Parameter(word, hints[word], required=False, default=parameter.default)
        for word, parameter in inspect.signature(function).parameters.items()
    )
    return Rule(name, function, citation, wording.partition("\n")[0], wording, tuple(parameters))
