"""The roles a trust starts with; what each may do is said by the manifests, and copied into every grant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from core.manifest import ACTIONS, Manifest

OWN = "own"
"""Ahead of a manifest's actions: for the person's own caseload only, or those named to someone from outside."""

STAND_IN = "stand_in"

_KEEPING = "core.disposal"
_IDENTITY = "core.identity"
"""Of pupils and staff alike."""
ADMINISTERS = "core.people"
"""Whoever may write this class looks after accounts. Granting that takes two people (domain notes, trust S13)."""


class Role(msgspec.Struct, frozen=True):
    """A role: its title, whether it is held across the trust, and for whom."""

    title: str
    level: Literal["trust", "academy"]
    subjects: Literal["all", "caseload", "named"] = "all"
    is_outside: bool = False
    """For someone from outside the trust, for a while: `core.accounts.rules.TERMS` says how long at most."""
    reads_all: tuple[str, ...] = ()
    """Of whom (as a manifest calls them) it reads every record that is kept, whatever a manifest says: no answer to a
    request may lack one."""

    @property
    def names(self) -> bool:
        """Whether a grant of it can name those it is for."""
        return self.is_outside or self.subjects == "named"


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
    STAND_IN: Role("Stand-in", "academy"),
    "records_officer": Role("Records officer", "academy", "named", reads_all=("pupils",)),
    "staff_records_officer": Role("Staff records officer", "academy", "named", reads_all=("staff", "applicants")),
    "la_officer": Role("Local authority SEND officer", "academy", "named", is_outside=True),
    "virtual_school": Role("Virtual school officer", "academy", "named", is_outside=True),
    "specialist": Role("Educational psychologist or specialist", "academy", "named", is_outside=True),
    "inspector": Role("Ofsted inspector", "academy", "all", is_outside=True),
    "jcq_inspector": Role("JCQ inspector", "academy", "all", is_outside=True),
    "auditor": Role("External auditor or internal scrutiny", "academy", "all", is_outside=True),
}


READS_ALL = frozenset(name for name, role in ROLES.items() if role.reads_all)


def allowed(
    role: str,
    manifests: Iterable[Manifest],
    edits: Mapping[str, tuple[str, ...]] | None = None,
    *,
    own: bool = False,
) -> dict[str, tuple[str, ...]]:
    """What a role may do: for each record class, the actions.

    Args:
        edits: For each class that the trust itself has decided on, the actions, with "own" ahead as in a manifest.
        own: What it may for the person's own caseload only; else what it may for whomever the role is held.
    """
    rooms = tuple(manifests)
    found = [(record, tuple(actions.split())) for one in rooms for record, actions in one.roles.get(role, {}).items()]
    if role in ROLES and ROLES[role].reads_all:
        found += [(name, ("read",)) for one in rooms for name in _kept_of_each(one, ROLES[role].reads_all)]
    edited = edits or {}
    allows: dict[str, set[str]] = {}
    for record, words in [*(pair for pair in found if pair[0] not in edited), *edited.items()]:
        if (words[:1] == (OWN,)) == own and words[own:]:
            allows.setdefault(record, set()).update(words[own:])
    return {record: tuple(sorted(actions)) for record, actions in sorted(allows.items())}


def _kept_of_each(room: Manifest, of: Collection[str]) -> list[str]:
    """Classes under which something is recorded of one person; not what was decided about keeping it, which is no part
    of an answer and tells of others."""
    recorded = {fact.record for fact in room.facts} - {_KEEPING}
    return [
        one.name
        for one in room.records
        if (one.of in of or one.name == _IDENTITY) and one.of_each and one.name in recorded
    ]


def in_words(actions: Iterable[str]) -> str:
    """Actions as people read them, the lightest first: "count, read, write"."""
    held = set(actions)
    return ", ".join(one for one in ACTIONS if one in held)


def administers(allows: Mapping[str, Iterable[str]]) -> bool:
    """Whether whoever is granted this could grant to others."""
    return "write" in allows.get(ADMINISTERS, ())


def takes_two(allows: Mapping[str, Iterable[str]]) -> bool:
    """Whether this is granted by two people alone: it grants to others, or is the second person's own part."""
    return administers(allows) or "sign" in allows.get(ADMINISTERS, ())
