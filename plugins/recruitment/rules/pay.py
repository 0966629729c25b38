"""Whether pay and allowances of a post lie in the ranges of the day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Finding, cites, in_force
from core.money import pounds

from ..codes import PAY_RANGES, PayRange

_READ_ON = date(2026, 11, 22)
_SCALES = ("main", "upper", "leadership")


class Pay(Struct, frozen=True):
    """What a post pays in a year at full time, in pence; both ends of the range belong to it."""

    from_pence: int
    to_pence: int
    sen_pence: int = 0  # special educational needs allowance; 0 for none
    tlr_pence: int = 0  # teaching and learning responsibility payment; 0 for none


@cites(
    "School Teachers' Pay and Conditions Document, as schoolbusinessservices.co.uk and two pay calculators tell it",
    "schoolbusinessservices.co.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2026-27",
    rule="recruitment 1.4",
)
def pay_findings(pay: Pay, on_day: date) -> tuple[Finding, ...]:
    """Warnings where pay of a teacher outside London lies outside the ranges of the day; an academy may have its own.

    A range of pay may run from the least of the main range to the most of the leadership range. A TLR lies in one of
    its three bands. Where the figures of the day are not known, nothing is said of them.
    """
    edition = in_force(PAY_RANGES, on_day)
    if edition is None:
        return ()
    scales = tuple(edition.value[key] for key in _SCALES)
    tlrs = tuple(one for key, one in edition.value.items() if key.startswith("tlr"))
    asked = (
        ("pay_from_pence", "The lowest pay", pay.from_pence, scales),
        ("pay_to_pence", "The highest pay", pay.to_pence, scales),
        ("sen_allowance_pence", "The SEN allowance", pay.sen_pence, (edition.value["sen"],)),
        ("tlr_pence", "The TLR payment", pay.tlr_pence, tlrs),
    )
    return tuple(
        Finding(
            "warning", "outside_range", f"{what}, {pounds(pence)}, is in no range of the day: {_said(ranges)}.", field
        )
        for field, what, pence, ranges in asked
        if pence and not any(_may_hold(one, pence) for one in ranges)
    )


def _may_hold(one: PayRange, pence: int) -> bool:
    """Whether an amount lies in a range; a range whose figures are not known may hold any."""
    if one.least_pence is None or one.most_pence is None:
        return True
    return one.least_pence <= pence <= one.most_pence


def _said(ranges: tuple[PayRange, ...]) -> str:
    return "; ".join(
        f"{one.title} {pounds(one.least_pence)} to {pounds(one.most_pence)}"
        for one in ranges
        if one.least_pence is not None and one.most_pence is not None
    )
