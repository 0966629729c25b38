"""The funds that pay for special educational needs, the lines of the return, and the principles of inclusion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeVar

from msgspec import Struct

from core.law import Edition

FundYear = Literal["academic", "financial"]
Payer = Literal["department", "authority", "other"]


class Fund(Struct, frozen=True):
    """A stream of money, and the terms on which it comes."""

    key: str
    title: str
    payer: Payer  # who pays the academy or the trust
    year: FundYear  # the year its amounts are set for
    line: str | None  # its income in the accounts return; None for what is no income
    ring_fenced: bool  # to be spent on the pupil or the purpose it came for
    memo: bool = False  # a figure inside another fund: to plan with, never income
    verified: bool = True


class ReturnLine(Struct, frozen=True):
    """A line of the academies accounts return."""

    key: str
    title: str
    use: str  # what of special educational needs usually stands here
    income: bool = False
    maintained: str = ""  # the same line of a maintained school's return; empty when it has none


class Principle(Struct, frozen=True):
    """One of the principles an inclusion strategy is written and costed by."""

    key: str
    title: str


Keyed = TypeVar("Keyed", Fund, ReturnLine, Principle)


def by_key(*rows: Keyed) -> Mapping[str, Keyed]:
    """Rows, to be looked up by their key."""
    return {row.key: row for row in rows}


FUNDS: Mapping[str, Fund] = by_key(  # domain notes, finance section 2
    Fund("core", "Core funding", "department", "academic", "BAI010", False, verified=False),
    Fund("notional", "Notional SEN budget", "department", "academic", None, False, memo=True),
    Fund("top_up", "Top-up funding", "authority", "financial", "BAI030", True),
    Fund("place", "Place funding", "department", "academic", "BAI010", False),
    Fund("inclusive", "Inclusive mainstream fund", "department", "financial", "BAI010", True),
    Fund("premium", "Pupil premium", "department", "financial", "BAI010", True),
    Fund(
        "premium_looked_after",
        "Pupil premium plus, looked after",
        "authority",
        "financial",
        "BAI040",
        True,
        verified=False,
    ),
    Fund(
        "premium_previously", "Pupil premium plus, previously looked after", "department", "financial", "BAI010", True
    ),
    Fund("service_premium", "Service pupil premium", "department", "financial", "BAI010", True),
    Fund("early_years", "Early years inclusion fund", "authority", "financial", "BAI040", True, verified=False),
    Fund("other", "Other funding", "other", "financial", "BAI040", False, verified=False),
)
"""Not verified: the year of core funding, and the lines of what an authority pays beside top-up."""

RETURN_LINES: Mapping[str, ReturnLine] = by_key(  # domain notes, finance section 5.1: the data pipeline's own mapping
    ReturnLine("BAI010", "DfE grants: other", "Core funding, premium, inclusive mainstream fund", True, "I01"),
    ReturnLine("BAI020", "DfE grants: DfE family", "Grants from the department's agencies", True, "I02"),
    ReturnLine("BAI030", "Local authority revenue grant: SEN", "Top-ups, top-ups of a unit", True, "I03"),
    ReturnLine(
        "BAI040", "Local authority revenue grant: other", "Premium from a virtual school, exceptional funds", True
    ),
    ReturnLine("BAI050", "DfE grants: start-up", "Start-up grants", True, "I06"),
    ReturnLine("BAI080", "Income from other academies", "SEN staff lent to another academy", True),
    ReturnLine("BAI120", "Supply insurance receipts", "Cover for the SENCO", True, "I10"),
    ReturnLine("BAI170", "Contributions from academies to the trust", "Top slice", True),
    ReturnLine("BAE010", "Teaching staff", "SENCO, specialist teachers", maintained="E01"),
    ReturnLine("BAE020", "Supply teaching staff", "Cover for reviews", maintained="E02"),
    ReturnLine(
        "BAE030", "Education support staff", "Teaching assistants, emotional and pastoral support", maintained="E03"
    ),
    ReturnLine("BAE040", "Administrative staff", "SEN administrator", maintained="E05"),
    ReturnLine("BAE090", "Staff development and training", "SENCO qualification, autism, phonics", maintained="E09"),
    ReturnLine("BAE190", "Special facilities", "Hydrotherapy, sensory room", maintained="E24"),
    ReturnLine("BAE200", "Learning resources", "Equipment", maintained="E19"),
    ReturnLine("BAE210", "ICT learning resources", "Assistive technology", maintained="E20"),
    ReturnLine(
        "BAE230", "Educational consultancy", "Educational psychologist, speech therapy bought in", maintained="E27"
    ),
    ReturnLine("BAE240", "Agency supply teaching staff", "Cover for reviews", maintained="E26"),
    ReturnLine("BAE300", "Professional services, non-curriculum", "Legal advice, assessments", maintained="E28a"),
)
"""Not verified: I03. What was spent on special educational needs has no line of its own."""

PRINCIPLES = Edition(
    "2026-06-25",
    date(2026, 6, 25),
    None,
    "gov.uk, conditions of the inclusive mainstream fund: that there are seven; their wording is a public product's",
    False,
    by_key(
        Principle("leadership", "Leadership and governance"),
        Principle("early_support", "Early and evidence-based support"),
        Principle("teaching", "Adaptive teaching"),
        Principle("provision", "Enriching provision"),
        Principle("culture", "Safe and respectful culture"),
        Principle("partnerships", "Family and wider partnerships"),
        Principle("environments", "Accessible and inclusive environments"),
    ),
)
