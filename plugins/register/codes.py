"""The code sets of the register: each code, when it was in use, what schools call it, how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition, Finding, in_force, plain


class Code(Struct, frozen=True):
    """A census code and its name."""

    code: str
    name: str
    area: str | None = None  # the broad area of need; None for a provision and for a need outside the four areas


_LEARNING = "Cognition and learning"
_SPEAKING = "Communication and interaction"
_FEELING = "Social, emotional and mental health"
_SENSING = "Sensory or physical"

PROVISIONS = (
    Code("N", "No special educational need"),
    Code("K", "SEN support"),
    Code("E", "Education, health and care plan"),
    Code("A", "School Action"),
    Code("P", "School Action Plus"),
    Code("S", "Statement"),
)
NEEDS = (
    Code("SPLD", "Specific learning difficulty", _LEARNING),
    Code("MLD", "Moderate learning difficulty", _LEARNING),
    Code("SLD", "Severe learning difficulty", _LEARNING),
    Code("PMLD", "Profound and multiple learning difficulty", _LEARNING),
    Code("SEMH", "Social, emotional and mental health", _FEELING),
    Code("BESD", "Behaviour, emotional and social difficulties", _FEELING),
    Code("SLCN", "Speech, language and communication needs", _SPEAKING),
    Code("ASD", "Autistic spectrum disorder", _SPEAKING),
    Code("HI", "Hearing impairment", _SENSING),
    Code("VI", "Vision impairment", _SENSING),
    Code("MSI", "Multi-sensory impairment", _SENSING),
    Code("PD", "Physical disability", _SENSING),
    Code("DS", "Down syndrome"),
    Code("OTH", "Other difficulty/disability"),
    Code("NSA", "SEN support but no specialist assessment of type of need"),
)


CodeSets = tuple[Edition[tuple[Code, ...]], ...]


def _without(codes: tuple[Code, ...], *left_out: str) -> tuple[Code, ...]:
    return tuple(code for code in codes if code.code not in left_out)


_DFE = "DfE, SEN in England 2018, technical document"
PROVISION_SETS: CodeSets = (
    Edition("before SEN support", date.min, date(2014, 8, 31), _DFE, False, _without(PROVISIONS, "K", "E")),
    Edition("until the last statements", date(2014, 9, 1), date(2018, 3, 31), _DFE, False, PROVISIONS),
    Edition("2018", date(2018, 4, 1), None, "devon.gov.uk, 2025-01-09", True, _without(PROVISIONS, "A", "P", "S")),
)
"""Statements ended by 31 March 2018. When School Action (A, P) did is not verified, so both are taken as long."""

NEED_SETS: CodeSets = (
    Edition("before SEMH", date.min, date(2014, 8, 31), _DFE, False, _without(NEEDS, "SEMH", "DS", "NSA")),
    Edition("2014", date(2014, 9, 1), date(2024, 12, 31), _DFE, False, _without(NEEDS, "BESD", "DS")),
    Edition("2025", date(2025, 1, 1), None, "DfE, EHC plans by primary need, 2026", True, _without(NEEDS, "BESD")),
)


class Sampling(Struct, frozen=True):
    """How much governors see at once."""

    pupils: int
    """Of one sample, at most."""
    days: int
    """For which it can be looked at, the first and last included, at most."""


SAMPLING: tuple[Edition[Sampling], ...] = (
    Edition(
        "Samples for governors",
        date(2026, 9, 1),
        None,
        "Domain notes, trust C-17: governors sample plans, machine-redacted. The numbers are Tallystick's own",
        False,
        Sampling(pupils=10, days=31),
    ),
)


def sampling(day: date) -> Sampling:
    """What holds on a day; before the first edition, the first."""
    edition = in_force(SAMPLING, day)
    return edition.value if edition else SAMPLING[0].value


def use_findings(sets: CodeSets, code: str, on_day: date, field: str) -> tuple[Finding, ...] | None:
    """Nothing about a code in use that day; else that its time is gone, or was still to come.

    Args:
        field: What it is a code of, in one word.

    Returns:
        None for what was never a code.
    """
    using = [edition for edition in sets if code.upper() in {known.code for known in edition.value}]
    if not using:
        return None
    if any(edition.covers(on_day) for edition in using):
        return ()
    if on_day < using[0].from_on:
        says = f"{code} came into use on {plain(using[0].from_on)}. Check the day or the code."
        return (Finding("warning", f"{field}_not_yet", says, field),)
    says = f"{code} is no longer a {field}: it belongs to history that ended by {plain(using[-1].until_by)}."
    return (Finding("error", f"{field}_ended", says, field),)


def _key(text: str) -> str:
    """A label without what spellings differ in: case, spaces, punctuation."""
    spelt = text.casefold().replace("&", " and ").replace("+", " plus ").replace("'", "").replace("\u2019", "")
    return " ".join(re.findall(r"[a-z0-9]+", spelt))


def _labels(codes: tuple[Code, ...], others: Mapping[str, str]) -> dict[str, str]:
    return {_key(label): code.code for code in codes for label in (code.code, code.name)} | dict(others)


PROVISION_LABELS = _labels(
    PROVISIONS,
    {
        "no sen": "N",
        "no special educational needs": "N",
        "send support": "K",
        "special educational needs support": "K",
        "ehcp": "E",
        "ehc plan": "E",
        "education health care plan": "E",
        "education health and care plan ehcp": "E",
        "statement of sen": "S",
        "statement of special educational needs": "S",
    },
)
NEED_LABELS = _labels(
    NEEDS,
    {
        "profound and multiple learning difficulties": "PMLD",
        "social emotional and mental health needs": "SEMH",
        "speech language and communication": "SLCN",
        "autism spectrum disorder": "ASD",
        "visual impairment": "VI",
        "multisensory impairment": "MSI",
        "downs syndrome": "DS",
    },
)
NEED_OFFERS = {
    "dyslexia": "SPLD",
    "dyscalculia": "SPLD",
    "dyspraxia": "SPLD",
    "adhd": "SEMH",
    "asc": "ASD",
    "autism": "ASD",
    "autistic spectrum condition": "ASD",
    "autism spectrum condition": "ASD",
    "dld": "SLCN",
    "developmental language disorder": "SLCN",
    "other": "OTH",
}
"""Words that are no census codes, each with the code to offer. A person takes the offer; no program does."""

_WITH_DASH = re.compile(r"(?P<code>\w+)\s*[-\u2013\u2014:](?P<label>.*)")
_WITH_BRACKETS = re.compile(r"(?P<label>[^()]*)\(\s*(?P<code>\w+)\s*\)")


def code_in(text: str, labels: Mapping[str, str]) -> str | None:
    """The code a text carries: alone, by its label, before a dash, or in brackets at its end, where it beats the label.

    A text that is not understood whole carries none: "SEN Support (ended)" may not be K, nor "SLCN - ASD" SLCN alone.
    """
    if code := labels.get(_key(text)):
        return code
    for manner in (_WITH_DASH, _WITH_BRACKETS):
        if match := manner.fullmatch(text.strip()):
            code, label = match["code"].upper(), match["label"].strip().upper()
            if code in labels.values() and (label == code or label not in labels.values()):
                return code
    return None


def offer_for(text: str) -> str | None:
    """The need code to offer for a word that is none; None when nothing is near enough."""
    return NEED_OFFERS.get(_key(text)) or code_in(text, NEED_LABELS)


def pieces(cell: str, known: Callable[[str], object]) -> Iterator[str]:
    """The parts of a cell that lists several things, as typed and in their order.

    A semicolon, a bar or a new line always parts. A slash or a comma does only where every part is then known, because
    labels have them too: "Other difficulty/disability" is one thing, "SLCN/ASD" two.
    """
    for part in re.split(r"[;|\r\n]", cell):
        if part := part.strip(" \t,/"):
            yield from _soft_pieces(part, known)


def _soft_pieces(part: str, known: Callable[[str], object]) -> Iterator[str]:
    """From the end backwards: where a piece may start so that everything after it is known."""
    words = re.split("([,/])", part)  # word, separator, word
    ends = {len(words) + 1: 0}
    for start in range(len(words) - 1, -1, -2):
        for end in range(start + 1, min(start + 5, len(words)) + 1, 2):  # no label has more than two separators
            if end + 1 in ends and known("".join(words[start:end])):
                ends[start] = end
                break
    if 0 not in ends:
        yield part
        return
    start = 0
    while start < len(words):
        yield "".join(words[start : ends[start]]).strip()
        start = ends[start] + 1
