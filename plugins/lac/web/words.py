"""What codes and states are called on these pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.law import Edition, in_force
from core.web.questions import Options

from ..codes import GRADE_SCHEMES, State
from ..facts import AuthoritySet
from ..rules import grade
from ..views import Authority, Pep

WHY = {
    "initial": "First PEP",
    "termly": "Termly PEP",
    "provision": "PEP after a new school",
    "interim": "Interim PEP",
}
STATES: Mapping[State, tuple[str, str]] = {
    "drafting": ("being written", "plain"),
    "ready": ("ready to send", "soon"),
    "sent": ("with the virtual school", "plain"),
    "returned": ("returned to mend", "soon"),
    "agreed": ("agreed", "well"),
}


def state_tag(plan: Pep) -> dict[str, str]:
    """A plan's state in words."""
    text, kind = STATES[plan.state]
    return {"text": text, "kind": kind}


def codes_on(editions: Iterable[Edition[Mapping[str, Any]]], day: date) -> Mapping[str, Any]:
    """The codes of a day's edition; none where no edition is known."""
    edition = in_force(editions, day)
    return edition.value if edition else {}


def options(codes: Mapping[str, Any], *first: tuple[str, str], coded: bool = False) -> Options:
    """Codes to choose from, each with its name.

    Args:
        first: What stands ahead of them, such as ("", "Not told yet").
        coded: The code stands behind its name, where authorities write it in their letters.
    """
    named = [(code, f"{row.name} ({code})" if coded else row.name) for code, row in codes.items()]
    return [{"value": value, "text": text} for value, text in (*first, *named)]


def name_of(authorities: Mapping[str, Authority], code: str) -> str:
    """An authority's name; its bare code where it was never set up here, "" for one that is unknown."""
    known = authorities.get(code)
    return known.name if known else code


def authorities_to_choose(authorities: Mapping[str, Authority], none: str) -> Options:
    """The authorities set up here, by name.

    Args:
        none: What it is called when none is chosen.
    """
    named = sorted(authorities.items(), key=lambda pair: pair[1].name.casefold())
    return [{"value": "", "text": none}, *({"value": code, "text": f"{one.name} ({code})"} for code, one in named)]


def setting_of(plan: Pep, authorities: Mapping[str, Authority]) -> AuthoritySet | None:
    """The version of its authority's settings that a plan was started under, and keeps."""
    known = authorities.get(plan.told.authority)
    return known.version(plan.told.setting) if known else None


def grade_of(plan: Pep, setting: AuthoritySet | None) -> str:
    """The grade by the scheme of the plan's own version of its authority's settings; "" where there is none.

    Args:
        setting: The version the plan was started under.
    """
    if plan.agreed is None:
        return ""
    scheme = setting.scheme if setting and setting.scheme in GRADE_SCHEMES else ""
    told, counted = plan.agreed.grade, grade(scheme, plan.agreed.areas) if scheme and plan.agreed.areas else None
    if not told and not counted:
        return ""
    by = f" by {scheme}" if scheme else ""
    if told and counted and told != counted:
        return f"{told} as told; its areas count as {counted}{by}"
    return f"{told or counted}{by}"
