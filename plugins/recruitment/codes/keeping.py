"""How long each thing is kept, from when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

From = Literal["campaign_closed", "rejected", "received", "decided", "left"]


class Kept(Struct, frozen=True):
    """How long one kind of thing is kept."""

    key: str
    title: str
    months: int  # 0: erased at once
    from_when: From
    source: str
    verified: bool = True


_KCSIE_22 = "KCSIE 2022, para. 276"
_KINDS = (
    Kept(
        "unsuccessful",
        "Form, letters, scores and interview notes of the unsuccessful",
        6,
        "campaign_closed",
        "junipereducation.org",
        verified=False,
    ),
    Kept(
        "unsuccessful_copies",
        "Copies of identity and right to work of the unsuccessful",
        0,
        "rejected",
        "junipereducation.org",
        verified=False,
    ),
    Kept("dbs_copy", "Copy of a DBS certificate", 6, "received", _KCSIE_22),
    Kept("dbs_fact", "Day, number and result of a DBS check, and the decision", 0, "left", _KCSIE_22),
    Kept(
        "declarations",
        "Self-declaration and findings of the online search; then the outcome only",
        6,
        "decided",
        "Trust policy",
        verified=False,
    ),
    Kept("own_copies", "Copies of identity and qualifications of who works here", 0, "left", _KCSIE_22),
    Kept("right_to_work_copy", "Copy of the right to work", 24, "left", _KCSIE_22, verified=False),
    Kept("record_row", "Row of the single central record", 0, "left", "KCSIE 2021, para. 254"),
    Kept("personnel_file", "Personnel file", 72, "left", "Trust policy", verified=False),
)

RETENTION: tuple[Edition[Mapping[str, Kept]], ...] = (
    Edition(
        "2026", date.min, None, "Domain notes, recruitment section 2.3", False, {kind.key: kind for kind in _KINDS}
    ),
)
"""Defaults; a trust may set its own. A legal hold stops any of them."""

FEWEST_FORMS = Edition(
    "2026-08-21", date.min, None, "DfE, Teaching Vacancies, equal_opportunities_report.rb: 5 submissions", True, 5
)
"""Monitoring forms from which anything of them is shown. That no cell shows fewer is ours."""
