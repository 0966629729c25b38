"""Whether a line is a heading or a label, and of what; by its words alone."""

from __future__ import annotations

import re

from .vocabulary import (
    COLUMN_WORDS,
    CRITERIA_WORDS,
    DUTY_GROUPS,
    LABEL_AND_VALUE,
    LABELS,
    OPENS_GROUP,
    SECTIONS,
    SIGNED,
    Field,
    Section,
    first_of,
)

_LONGEST = 90  # characters of a heading
_NUMBERED = re.compile(r"^(?:section |part )?\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-H])[.):]+\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|[&/]")


def section_of(text: str) -> Section | None:
    """The part of a description that begins under this heading; None when it is none we know."""
    words = _bare(text)
    if len(words) > _LONGEST or words[:1].islower() or text.endswith("."):
        return None
    return first_of(SECTIONS, words)


def group_of(text: str) -> str | None:
    """The group of duties under this heading; None when we do not know it."""
    return first_of(DUTY_GROUPS, _bare(text))


def opens_group(text: str) -> bool:
    """Whether a line says plainly that it is such a heading, whatever stands under it."""
    words = _bare(text)
    return len(words) <= _LONGEST and not text.endswith((".", ";", ",")) and OPENS_GROUP.fullmatch(words) is not None


def heads_criteria(text: str) -> bool:
    """Whether a line is the heading of a group of criteria."""
    words = _WORD.findall(_bare(text).lower())
    return 0 < len(words) <= 7 and words[0] not in {"and", "other", "&", "/"} and CRITERIA_WORDS.issuperset(words)


def heads_columns(text: str) -> bool:
    """Whether a line only names the columns of a table of criteria."""
    words = _WORD.findall(text.lower())
    return bool(words) and COLUMN_WORDS.issuperset(words) and words not in (["essential"], ["desirable"])


def need_of(text: str) -> bool | None:
    """True for a heading of what is essential, False of what is desirable, None for any other."""
    words = set(_WORD.findall(text.lower()))
    return None if ("essential" in words) is ("desirable" in words) else "essential" in words


def labelled(text: str, *, freely: bool = False) -> tuple[Field, str, str] | None:
    """The field a line fills, its label as it stands, and the value; None when it has no label we know.

    Args:
        freely: Also where no colon parts label and value.
    """
    label, colon, value = text.partition(":")
    if not colon and not freely:
        return None
    if not colon and (found := LABEL_AND_VALUE.fullmatch(text)):
        label, value = found["label"], found["value"]
    field = first_of(LABELS, _bare(label))
    return (field, label + colon, value.strip()) if field else None


def signs_off(text: str) -> bool:
    """Whether a line is only a place to sign or to date."""
    return SIGNED.fullmatch(text) is not None or not any(map(str.isalnum, text))


def _bare(text: str) -> str:
    """A heading without its number and its colon."""
    return _NUMBERED.sub("", text).strip(" :-\u2013\u2014")
