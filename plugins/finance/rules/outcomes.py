"""What support cost beside what came of it, and who may read the name of a pupil beside a sum."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from core.law import cites
from core.money import half_up, pounds

_READ_ON = date(2026, 11, 22)


class OutcomeCost(Struct, frozen=True):
    """What support cost for each pupil who met the target."""

    pence: int | None  # half a penny up; None when nobody met it
    says: str


@cites("Tallystick: cost beside outcome", "", as_at=_READ_ON, verified=False, rule="finance 40")
def cost_per_outcome(pence: int, pupils: int, met: int) -> OutcomeCost:
    """What support cost for each pupil who met the target; when nobody did, that is what is said.

    Args:
        pence: What it cost for all pupils together.
        met: How many of them met the target.

    Raises:
        ValueError: More met it than there are, or fewer than none.
    """
    if not 0 <= met <= pupils:
        raise ValueError(f"{met} of {pupils} pupils cannot have met the target")
    if met == 0:
        return OutcomeCost(None, "None met.")
    each = half_up(Fraction(pence, met))
    return OutcomeCost(each, f"{pounds(each)} a pupil met.")


@cites("Tallystick: names only for whom they are for", "", as_at=_READ_ON, verified=False, rule="finance 44")
def may_be_named(reader: Literal["sen", "finance", "authority"], pupil_authority: str, authority: str = "") -> bool:
    """Whether a pupil's name may stand beside a sum; otherwise the pupil's key stands there.

    Those who plan the support know the pupil. Finance does not need to. An authority is told of the pupils it is
    responsible for, and of no others.

    Args:
        pupil_authority: The authority responsible for the pupil; empty when it is not known.
        authority: The one it is for, when the reader is an authority.
    """
    if reader == "authority":
        return bool(authority) and authority == pupil_authority
    return reader == "sen"
