"""A job description that was read, as the command that writes it."""

from __future__ import annotations

from collections.abc import Iterable

from events import Document

from ..codes.criteria import usual_criterion
from ..facts import Criterion, Duty
from ..reading import Criterion as ReadCriterion
from ..reading import Description
from .vacancies import WriteDescription

_USUAL_WAYS = ("application", "interview")


def as_command(read: Description, title: str, source: str = "", document: Document | None = None) -> WriteDescription:
    """What was read, whole but for headings and labels; each criterion begins as it is mostly judged.

    Args:
        title: As the person who imports it calls it.
        source: Name of the file it was read from; "" for a text that was pasted.
        document: The text or the file itself, sealed.
    """
    return WriteDescription(
        title,
        read.location,
        read.reports_to,
        read.responsible_for,
        "; ".join(part for part in (read.grade, read.pay) if part),
        read.allowances,
        read.hours,
        read.contract,
        read.purpose,
        tuple(Duty(one.group, one.text) for one in read.duties),
        criteria_as_read(read.criteria),
        read.checks,
        read.values,
        read.statements,
        read.unplaced,
        source,
        document,
    )


def criteria_as_read(read: Iterable[ReadCriterion]) -> tuple[Criterion, ...]:
    """Criteria with a key each, judged as the usual ones are; essential or desirable as the text says, if it does."""
    made: dict[str, Criterion] = {}
    for one in read:
        usual = usual_criterion(one.text, made)
        key = usual.key if usual else free_key(made)
        essential = one.essential if one.essential is not None else usual is None or usual.essential
        made[key] = Criterion(
            key,
            one.group,
            one.text,
            essential,
            usual is not None and usual.gate and essential,
            usual.weight if usual else 1,
            usual.ways if usual else _USUAL_WAYS,
        )
    return tuple(made.values())


def free_key(taken: Iterable[str]) -> str:
    """A key that no criterion has had, in any version."""
    held = set(taken)
    return next(key for number in range(1, len(held) + 2) if (key := f"c{number}") not in held)
