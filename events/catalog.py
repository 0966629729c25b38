"""Every kind of fact this installation knows, and the views over them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import GenericAlias
from typing import Any, get_type_hints

import msgspec

from events.facts import GIVEN, Fact, Unread, Withdrawn, apart_fields
from events.folds import View
from events.open_facts import AnyOpenFact, OpenFact
from events.seal import union


class _Coded(msgspec.Struct):
    fact: msgspec.Raw


class _Kind(msgspec.Struct):
    kind: str


class _Part(msgspec.Struct):
    """A part of a body as far as it speaks of the fact: each field verbatim."""

    fact: dict[str, msgspec.Raw] = {}


@cache
def _has_its_day(fact: type[Fact]) -> bool:
    """Whether the field a fact names as its day is one."""
    return get_type_hints(fact).get(fact.on) is date


@cache
def _apart_of(fact: type[Fact]) -> dict[str, msgspec.Raw]:
    """The fields that are parts of their own, and how each is written when it is left out."""
    return {name: msgspec.Raw(msgspec.json.encode(empty)) for name, empty in apart_fields(fact).items()}


@cache
def _source(package: str) -> bytes:
    """A hash of all Python source of a top-level package; where there is none to read, never the same twice."""
    module = sys.modules.get(package)
    files = [file for folder in getattr(module, "__path__", ()) for file in sorted(Path(folder).rglob("*.py"))]
    if not files and (own := getattr(module, "__file__", None)):
        files = [Path(own)]
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files) or os.urandom(32)).digest()


class Catalog:
    """Facts by kind, views by record class; writes a fact's parts and reads them back.

    Args:
        classes: Record classes known by name though no fact is of them: what is only opened, or told from another.

    Raises:
        ValueError: Two facts claim one kind, one does not say its class and its day, or a view folds a class
            no fact is of, or does not say to what.
    """

    def __init__(self, facts: Iterable[type[Fact]], views: Iterable[View[Any]], classes: Iterable[str] = ()) -> None:
        self.kinds: dict[str, type[Fact]] = {}
        every: list[type[Fact]] = [Withdrawn, *facts]
        for fact in every:
            kind = str(fact.__struct_config__.tag)
            if self.kinds.setdefault(kind, fact) is not fact:
                raise ValueError(f"two facts claim the kind {kind}")
            if not fact.record or not _has_its_day(fact):
                raise ValueError(f"{kind} does not say its record class, or which field is its day")
        self.records = sorted({fact.record for fact in self.kinds.values()} - {GIVEN})
        self.classes = sorted({*self.records, *classes})
        self._apart = {kind: _apart_of(fact) for kind, fact in self.kinds.items()}
        self._decoders = {kind: msgspec.json.Decoder(fact) for kind, fact in self.kinds.items()}
        self._open = msgspec.json.Decoder(AnyOpenFact)
        self._kind_of = msgspec.json.Decoder(_Kind)
        self._coded = msgspec.json.Decoder(_Coded)
        self._part = msgspec.json.Decoder(_Part)
        self._views: dict[str, list[View[Any]]] = {record: [] for record in self.records}
        for view in views:
            if view.record not in self._views:
                raise ValueError(f"{view.name} folds {view.record}, which no fact is of")
            self._views[view.record].append(view)
        self.version = self._version()
        self._folded = {record: _folded(*of_class) for record, of_class in self._views.items()}

    def _version(self) -> int:
        """A number of 32 bits that is another as soon as any code is that folds could rest on, here or where facts and
        views come from: so nobody has to remember to raise it."""
        names = [*self.kinds, *(f"{view.record} {view.name}" for views in self._views.values() for view in views)]
        code = [*self.kinds.values(), *(view.step for views in self._views.values() for view in views)]
        packages = {"events", *(one.__module__.partition(".")[0] for one in code)}
        told = b"".join(_source(package) for package in sorted(packages)) + "\n".join(names).encode()
        return int.from_bytes(sha256(told).digest()[:4], "big")

    def folded(self, record: str) -> msgspec.msgpack.Decoder[tuple[date, tuple[Any, ...]]]:
        """Reads back the last day of a stream of this class, and the values of its views."""
        return self._folded.get(record) or _folded()

    def views(self, record: str) -> Sequence[View[Any]]:
        return self._views.get(record, ())

    def fact_parts(self, fact: Fact) -> tuple[bytes, list[bytes]]:
        """The coded part, and one part for each free-text field that holds something.

        Raises:
            ValueError: The fact would not read back as it is: what is written once must be readable for ever.
        """
        encode = msgspec.json.encode
        kind = str(fact.__struct_config__.tag)
        raw = encode(fact)
        try:
            faithful = self._decoders[kind].decode(raw) == fact
        except msgspec.ValidationError:
            faithful = False
        if not faithful:
            raise ValueError(f"{kind} cannot be recorded: it would not read back as it is")
        if not (apart := self._apart[kind]):
            return b'{"fact":' + raw + b"}", []
        fields = self._part.decode(b'{"fact":' + raw + b"}").fact
        taken = [(name, fields.pop(name), empty) for name, empty in apart.items()]
        texts = [encode({"fact": {name: value}}) for name, value, empty in taken if value != empty]
        return encode({"fact": fields}), texts

    def fact(self, parts: Sequence[bytes]) -> Fact | Unread:
        """The fact in an entry's parts.

        Raises:
            ValueError: The parts are not a fact's.
        """
        raw: bytes | msgspec.Raw = self._coded.decode(parts[0]).fact
        kind = self._kind_of.decode(raw).kind
        decoder = self._decoders.get(kind)
        if decoder is None:
            fields = union(parts)["fact"]
            fields.pop("kind")
            return Unread(kind, fields)
        if apart := self._apart[kind]:
            raw = self._whole(parts, apart)
        return _upgraded(decoder.decode(raw))

    def _whole(self, parts: Sequence[bytes], apart: Mapping[str, msgspec.Raw]) -> bytes:
        """The fact's fields from all parts, verbatim, as one object; those left out as they are when left out."""
        fields: dict[str, msgspec.Raw] = {}
        count = 0
        for part in parts:
            some = self._part.decode(part).fact
            fields.update(some)
            count += len(some)
        if count != len(fields):
            raise ValueError("a name stands twice in the body")
        for name, empty in apart.items():
            fields.setdefault(name, empty)
        return msgspec.json.encode(fields)

    def open_fact(self, parts: Sequence[bytes]) -> OpenFact:
        """A fact anyone may read.

        Raises:
            ValueError: It is none of the open kinds.
        """
        opened: OpenFact = self._open.decode(self._coded.decode(parts[0]).fact)
        return opened


@cache
def _folded(*views: View[Any]) -> msgspec.msgpack.Decoder[tuple[date, tuple[Any, ...]]]:
    try:
        told: Any = GenericAlias(tuple, tuple(get_type_hints(view.step)["return"] for view in views))
        return msgspec.msgpack.Decoder(tuple[date, told])
    except (KeyError, NameError, TypeError) as error:
        names = ", ".join(view.name for view in views)
        raise ValueError(f"{names} does not say, in types that can be read back, what it folds to: {error}") from None


def _upgraded(fact: Fact) -> Fact:
    """The newest version of a fact: each older one says what it became by its `upgrade`."""
    while (upgrade := getattr(fact, "upgrade", None)) is not None:
        fact = upgrade()
    return fact
