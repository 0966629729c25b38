"""The classes of record of the SEN budget, and what each role starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.manifest import Ends, RecordClass

_KEPT = "Six years after the year it is of (unverified)."
_TASK = "public task, no person"

RECORDS = (
    RecordClass("finance.budget", "Funds, budgets and what was moved", _KEPT, _TASK, of="nobody"),
    RecordClass("finance.spending", "Suppliers, orders and invoices", _KEPT, "public task", of="nobody"),
    RecordClass("finance.ledger", "Postings taken over from the ledger", _KEPT, "public task", of="nobody"),
    RecordClass("finance.pay", "What posts cost", _KEPT, "public task", of="staff", of_each=False),
    RecordClass("finance.provision", "What each kind of help costs", _KEPT, _TASK, of="nobody"),
    RecordClass(
        "finance.pupil",
        "What one pupil's help costs, and the top-up for it",
        "Six years after the funded period.",
        "public task, substantial public interest",
        restricted=True,
        ends=Ends(
            "last_entry",
            12 * 7,
            "Six years after the funded period, a year (S57, 6.5)",
            date(2026, 11, 22),
        ),
    ),
    RecordClass(
        "finance.costs",
        "Costs of pupils under a name that is not theirs",
        "Nothing is kept under it: it is told from the costs of pupils.",
        "public task",
        restricted=True,
    ),
    RecordClass("finance.strategy", "Inclusion strategy", _KEPT, _TASK, of="nobody"),
)

_COUNT = {"finance.budget": "read count"}
ROLES: Mapping[str, Mapping[str, str]] = {  # domain notes, trust section 2: cost per pupil, budget totals
    "chief_executive": _COUNT,
    "trustee": _COUNT,
    "governor": _COUNT,
    "send_director": {"finance.budget": "read count", "finance.costs": "read", "finance.strategy": "read"},
    "finance_director": {
        "finance.budget": "read write sign export count",
        "finance.spending": "read write sign export",
        "finance.ledger": "read write export",
        "finance.pay": "read write",
        "finance.provision": "read",
        "finance.costs": "read export",
        "finance.strategy": "read",
    },
    "head": {
        "finance.budget": "read write sign count",
        "finance.spending": "read write sign",
        "finance.pay": "read",
        "finance.provision": "read",
        "finance.pupil": "read",
        "finance.strategy": "read write sign",
    },
    "senco": {
        "finance.budget": "read",
        "finance.spending": "read write",
        "finance.provision": "read write",
        "finance.pupil": "read write export",
        "finance.strategy": "read write",
    },
    "business_manager": {
        "finance.budget": "read write export",
        "finance.spending": "read write export",
        "finance.ledger": "read write export",
        "finance.pay": "read write",
        "finance.provision": "read write",
        "finance.costs": "read export",
        "finance.strategy": "read write export",
    },
    "la_officer": {"finance.pupil": "read"},
    "auditor": {
        "finance.budget": "read",
        "finance.spending": "read",
        "finance.ledger": "read",
        "finance.provision": "read",
        "finance.costs": "read",
        "finance.strategy": "read",
    },
}
