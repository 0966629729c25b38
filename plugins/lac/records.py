"""The classes of record of looked-after children, and what each role starts with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.manifest import Ends, RecordClass

_KEPT = (
    "75 years from the date of birth for the authority; the academy's part as the trust's schedule says (unverified)."
)


def _secret(name: str, title: str, *, restricted: bool = True) -> RecordClass:
    return RecordClass(name, title, _KEPT, "public task, substantial public interest", restricted, need_to_know=True)


RECORDS = (
    _secret("lac.status", "Care, previous care and kinship"),
    _secret("lac.pep", "Personal education plans"),
    _secret("lac.wellbeing", "Questionnaire totals"),
    _secret("lac.alerts", "Suspensions of looked-after children"),
    _secret("lac.money", "Pupil premium plus of one child"),
    _secret("lac.care", "Whether a child is in care, and no more"),
    _secret("lac.funding", "Pupil premium plus, without the child's record"),
    RecordClass(
        "lac.premium",
        "Premium for previously looked-after pupils",
        "Six years after the year.",
        "public task",
        ends=Ends("last_entry", 12 * 7, "Six years after the year (S57, 6.5)", date(2026, 11, 22)),
    ),
    RecordClass(
        "lac.authority",
        "Authorities and their virtual schools",
        "While a plan under them is kept.",
        "public task",
        of="nobody",
    ),
    RecordClass(
        "lac.designated", "Designated teachers", "Six years after they end.", "public task", of="staff", of_each=False
    ),
)

_COUNT = {"lac.status": "count", "lac.pep": "count", "lac.money": "count", "lac.alerts": "count"}
ROLES: Mapping[str, Mapping[str, str]] = {  # domain notes, lac section 12 and trust section 2
    "operator": {"lac.authority": "read write", "lac.designated": "read write"},
    "chief_executive": {**_COUNT, "lac.designated": "read"},
    "send_director": {**_COUNT, "lac.designated": "read", "lac.authority": "read"},
    "trust_dsl": {
        "lac.status": "read count",
        "lac.pep": "read count",
        "lac.wellbeing": "read",
        "lac.alerts": "read",
        "lac.care": "read",
        "lac.designated": "read",
        "lac.authority": "read",
    },
    "finance_director": {"lac.money": "count", "lac.premium": "read"},
    "trustee": _COUNT,
    "head": {
        "lac.status": "read count",
        "lac.pep": "read sign count",
        "lac.wellbeing": "read",
        "lac.alerts": "read write",
        "lac.money": "read count",
        "lac.care": "read",
        "lac.premium": "read",
        "lac.authority": "read",
        "lac.designated": "read write",
    },
    "senco": {"lac.care": "read"},
    "dsl": {
        "lac.status": "read write",
        "lac.pep": "read",
        "lac.wellbeing": "read",
        "lac.alerts": "read write",
        "lac.care": "read",
        "lac.authority": "read",
        "lac.designated": "read",
    },
    "designated_teacher": {
        "lac.status": "read write sign export count",
        "lac.pep": "read write sign export count",
        "lac.wellbeing": "read write",
        "lac.alerts": "read write",
        "lac.money": "read write export count",
        "lac.care": "read",
        "lac.funding": "read",
        "lac.premium": "read write export",
        "lac.authority": "read write",
        "lac.designated": "read",
    },
    "business_manager": {"lac.funding": "read export", "lac.premium": "read write", "lac.money": "count"},
    "governor": _COUNT,
    "virtual_school": {"lac.status": "read", "lac.pep": "read", "lac.money": "read", "lac.care": "read"},
    "inspector": {"lac.pep": "own read"},
}
