"""VAT as an invoice bears it, and what of it a budget has to pay."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Finding, cites
from core.money import at_rate, half_up, pounds

_READ_ON = date(2026, 11, 22)


class Vat(Struct, frozen=True):
    """An amount and the VAT on it, in pence; together they are what is paid."""

    net_pence: int
    vat_pence: int


class VatLine(Struct, frozen=True):
    """One line of an invoice."""

    net_pence: int
    basis_points: int  # its own rate, in hundredths of a per cent; 0 where it bears none


_cites_vat = cites("Tallystick: VAT to the nearest penny", "", as_at=_READ_ON, verified=False, rule="finance 29")


@_cites_vat
def vat_within(gross_pence: int, basis_points: int) -> Vat:
    """A sum with VAT in it, taken apart."""
    vat = half_up(gross_pence * basis_points, 10_000 + basis_points)
    return Vat(gross_pence - vat, vat)


@_cites_vat
def vat_findings(lines: tuple[VatLine, ...], vat_pence: int) -> tuple[Finding, ...]:
    """Whether the VAT a supplier put on an invoice can be right; it stands, and is never replaced by ours.

    Suppliers round each line, or the invoice as a whole for each rate. Either will do, and anything between.
    """
    by_line = sum(at_rate(line.net_pence, line.basis_points) for line in lines)
    rates = {line.basis_points for line in lines}
    by_invoice = sum(at_rate(sum(one.net_pence for one in lines if one.basis_points == rate), rate) for rate in rates)
    least, most = sorted((by_line, by_invoice))
    if least <= vat_pence <= most:
        return ()
    expected = pounds(least) if least == most else f"{pounds(least)} to {pounds(most)}"
    says = f"The invoice has {pounds(vat_pence)} of VAT; its lines make {expected}. Check each line's rate, or ask."
    return (Finding("warning", "other_vat", says, "vat_pence"),)


@cites(
    "VAT Act 1994, s.33B; VATEDU70000",
    "legislation.gov.uk/ukpga/1994/23/section/33B",
    as_at=_READ_ON,
    rule="finance 29",
)
def budget_charge(net_pence: int, vat_pence: int, recoverable_basis_points: int = 10_000) -> int:
    """What a purchase costs a budget, in pence: the net sum, and the VAT that does not come back.

    Args:
        recoverable_basis_points: What comes back, in hundredths of a per cent: 9000 is 90 %; all of it for free
            education.
    """
    return net_pence + at_rate(vat_pence, 10_000 - recoverable_basis_points)
