"""Children who were in care, and those who live with family or friends: how the list and the child's page tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.roll.views import Pupil
from core.wording import day

from ..codes import CARE_KINDS, KINSHIP_SETS, PREVIOUS_CARE_SETS
from ..facts import EvidenceSeen
from ..rules import earliest_funding, is_previously_looked_after
from ..telling import base
from ..views import Episode, Status
from .words import codes_on

_NOTHING_DECLARED = {"N", "ND"}


def left_care_by(now: Status) -> str:
    """How the child left care, by its code's name; silence is "not declared", and never no."""
    told = now.previous
    if told is None or told.code == "N":
        return "not declared"
    row = codes_on(PREVIOUS_CARE_SETS, told.declared_on).get(told.code)
    return f"{row.name} ({told.code})" if row else told.code


def kinship_says(now: Status) -> str:
    """The kind of kinship care by its code's name."""
    told = now.kinship
    if told is None or told.code == "ND":
        return "not declared"
    row = codes_on(KINSHIP_SETS, told.declared_on).get(told.code)
    return f"{row.name} ({told.code})" if row else told.code


def proof_of(now: Status) -> EvidenceSeen | None:
    """The proof of previous care that was seen first; None while none was."""
    seen = [one for one in now.evidence if one.episode is None]
    return min(seen, key=lambda one: one.seen_on, default=None)


def funding_says(now: Status, desk: Desk) -> str:
    """When the school is first paid for a child who was in care, or what is wanting to tell it; "" for any other."""
    told, proof = now.previous, proof_of(now)
    if told is None or not is_previously_looked_after(told.code):
        return ""
    if proof is None:
        return "no proof seen yet"
    if told.ordered_on is None:
        return "the day of the order is not recorded"
    alternative = desk.academy is not None and desk.academy.phase == "alternative provision"
    found = earliest_funding(told.ordered_on, proof.seen_on, alternative)
    if found is None:
        return "the rule for that year is not known"
    return f"{found.year}: counted on {day(found.counted_on)}, paid from {day(found.paid_from)}"


def of_them(everyone: Mapping[UUID, Status], pupils: Mapping[UUID, Pupil], today: date) -> dict[UUID, Status]:
    """Of those on roll: who was in care, is in kinship care, or has another episode that runs; nobody in care now."""
    return {
        subject: now
        for subject, now in everyone.items()
        if subject in pupils
        and pupils[subject].is_on_roll(today)
        and now.looked_after_on(today) is None
        and (_declared(now) or open_episodes(now, today))
    }


def _declared(now: Status) -> bool:
    return any(told is not None and told.code not in _NOTHING_DECLARED for told in (now.previous, now.kinship))


def open_episodes(now: Status, today: date) -> list[Episode]:
    return [one for one in now.episodes if one.is_open(today)]


def rows_of(desk: Desk, found: Iterable[tuple[UUID, Pupil, Status]]) -> list[dict[str, Any]]:
    """For the second part of the list."""
    return [
        {
            "name": who.name,
            "href": f"{base(desk)}/children/{subject}",
            "year": f"Year {who.year}",
            "form": who.form,
            "left": left_care_by(now),
            "kinship": kinship_says(now),
            "other": ", ".join(CARE_KINDS.value[one.care].name for one in open_episodes(now, desk.today)),
            "funding": funding_says(now, desk),
        }
        for subject, who, now in found
    ]
