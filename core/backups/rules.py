"""How long a trust may be without a backup, and without a drill: dated, since no law says it in days."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Edition, in_force


class Within(Struct, frozen=True):
    """The most days there may be between two of each."""

    backup_days: int
    drill_days: int


WITHIN: tuple[Edition[Within], ...] = (
    Edition(
        "Backups and drills",
        date(2022, 10, 1),
        None,
        "DfE cyber security standards (copies kept, restores tested); domain notes, trust section 7 and C-27. "
        "The days are Tallystick's own: a backup each night, of which one may fail, and a drill each term",
        verified=False,
        value=Within(backup_days=2, drill_days=120),
    ),
)


def late_by(done_on: date, today: date, of: str) -> int | None:
    """The days since something was done, when they are more than may be; None while they are not.

    Args:
        of: "backup" or "drill".
    """
    edition = in_force(WITHIN, today)
    if edition is None:
        return None
    days, most = (today - done_on).days, edition.value
    return days if days > (most.backup_days if of == "backup" else most.drill_days) else None
