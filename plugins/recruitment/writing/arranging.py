"""The order in which a job description is written down, under headings that are told again when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..reading import Criterion, Description

GROUP_TITLES = {
    "strategy": "Strategic development",
    "operation": "Operation of the policy and co-ordination of provision",
    "pupils": "Support for pupils",
    "leadership": "Leadership and management",
    "safeguarding": "Safeguarding",
    "general": "General",
}
"""A heading for each known group of duties but the main ones, which stand under the purpose."""

_LABELS = (
    ("Job title", "title"),
    ("Location", "location"),
    ("Grade", "grade"),
    ("Pay", "pay"),
    ("Allowances", "allowances"),
    ("Hours", "hours"),
    ("Contract", "contract"),
    ("Reporting to", "reports_to"),
    ("Responsible for", "responsible_for"),
)


class Part(Struct, frozen=True):
    """A heading and what stands under it: paragraphs, a list, paragraphs again."""

    level: int  # of the heading, from 1
    heading: str
    above: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def labels_of(description: Description) -> tuple[tuple[str, str], ...]:
    """Label and value of what stands at the top, without what the description does not say."""
    pairs = ((label, getattr(description, field)) for label, field in _LABELS)
    return tuple((label, value) for label, value in pairs if value)


def parts_of(description: Description) -> tuple[Part, ...]:
    """Everything else, in order; a part of which nothing is known is left out."""
    return tuple(_parts(description))


def _parts(description: Description) -> Iterator[Part]:
    main = tuple(duty.text for duty in description.duties if duty.group == "main")
    if main or description.purpose:
        leads = max((at for at, words in enumerate(description.purpose, 1) if words.endswith(":")), default=0)
        yield Part(1, "Main purpose", description.purpose[:leads], main, description.purpose[leads:])
    groups = dict.fromkeys(duty.group for duty in description.duties if duty.group != "main")
    if groups:
        yield Part(1, "Duties and responsibilities")
    for group in groups:
        items = tuple(duty.text for duty in description.duties if duty.group == group)
        yield Part(2, GROUP_TITLES.get(group, group), items=items)
    yield from _criteria(description.criteria)
    if description.checks:
        yield Part(1, "Pre-employment checks", items=description.checks)
    if description.values:
        yield Part(1, "Our values", items=description.values)
    if description.statements:
        yield Part(1, "Notes", below=description.statements)
    if description.unplaced:
        yield Part(1, "To be placed", below=description.unplaced)


def _criteria(criteria: Sequence[Criterion]) -> Iterator[Part]:
    if criteria:
        yield Part(1, "Person specification")
    for group in dict.fromkeys(one.group for one in criteria):
        of_need = {
            need: tuple(one.text for one in criteria if (one.group, one.essential) == (group, need))
            for need in (None, True, False)
        }
        if group:
            yield Part(2, group, items=of_need[None])
        elif of_need[None]:
            yield Part(2, "Criteria", items=of_need[None])
        for need, title in ((True, "Essential"), (False, "Desirable")):
            if of_need[need]:
                yield Part(3 if group else 2, title, items=of_need[need])
