"""What a field of these commands may hold. Amounts are whole pence, bounds inclusive."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Pence = Annotated[int, Meta(title="the amount", ge=1, le=100_000_000_00)]
Sum = Annotated[int, Meta(title="the amount", ge=0, le=100_000_000_00)]
BillPence = Annotated[int, Meta(title="the amount", ge=1, le=10_000_000_00)]
"""Of one order or one bill."""
Vat = Annotated[int, Meta(title="the VAT", ge=0, le=10_000_000_00)]
MOST_OF_BAND = 1_000_000_00
"""Of what an authority pays for one pupil in one band, inclusive."""
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[str, Meta(title="why", min_length=1, max_length=1000)]
Year = Annotated[int, Meta(title="the year", ge=2014, le=2100)]
