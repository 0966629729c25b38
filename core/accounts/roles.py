"""The roles a trust starts with; what each may do is said by the manifests, and copied into every grant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from core.manifest import Manifest

OWN = "own"
"""Ahead of a manifest's actions: for the person's own caseload only."""


class Role(msgspec.Struct, frozen=True):
    """A role: its title, whether it is held across the trust, and for whom."""

    title: str
    level: Literal["trust", "academy"]
    subjects: Literal["all", "caseload", "named"] = "all"


ROLES = {  # domain notes, trust sections 1.1 and 2: a proposal, editable by each trust
    "operator": Role("Operator", "trust"),
    "chief_executive": Role("Chief executive", "trust"),
    "send_director": Role("Trust SEND director", "trust"),
    "trust_dsl": Role("Trust safeguarding lead", "trust"),
    "hr_director": Role("Trust HR director", "trust"),
    "finance_director": Role("Chief finance officer", "trust"),
    "dpo": Role("Data protection officer", "trust"),
    "identity_admin": Role("IT and identity administrator", "trust"),
    "trustee": Role("Trustee", "trust"),
    "head": Role("Head", "academy"),
    "senco": Role("SENCO", "academy"),
    "send_admin": Role("SEND administrator", "academy"),
    "dsl": Role("Designated safeguarding lead", "academy"),
    "designated_teacher": Role("Designated teacher", "academy"),
    "exams_officer": Role("Exams officer", "academy"),
    "assessor": Role("Access arrangements assessor", "academy", "caseload"),
    "hr_admin": Role("HR administrator", "academy"),
    "panel_member": Role("Appointment panel member", "academy"),
    "business_manager": Role("Business manager", "academy"),
    "head_of_year": Role("Head of year", "academy", "caseload"),
    "class_teacher": Role("Class teacher", "academy", "caseload"),
    "teaching_assistant": Role("Teaching assistant", "academy", "caseload"),
    "governor": Role("SEND governor", "academy"),
}


def allowed(role: str, manifests: Iterable[Manifest], *, own: bool = False) -> dict[str, tuple[str, ...]]:
    """What the manifests let a role start with: for each record class, the actions.

    Args:
        own: What it may for the person's own caseload only; else what it may for whomever the role is held.
    """
    allows: dict[str, set[str]] = {}
    for manifest in manifests:
        for record, actions in manifest.roles.get(role, {}).items():
            words = actions.split()
            if (words[:1] == [OWN]) == own:
                allows.setdefault(record, set()).update(words[own:])
    return {record: tuple(sorted(actions)) for record, actions in sorted(allows.items())}
