"""A plan with everything it needs and one target, so that something can be asked for; and what the head tells."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from events import Fact, New
from plugins.lac.facts import (
    AttendanceCounted,
    ClaimAgreed,
    ClaimMade,
    ClaimPaid,
    ClaimSpent,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepSent,
    TargetSet,
    VoiceGiven,
)
from tests.core.house import NORTH, House, email_of
from tests.plugins.lac.care import in_care, started, tell


def tell_as_head(house: House, *facts: Fact) -> None:
    """Records facts about the academy itself, as the head."""
    new = [New(house.academy_id(), fact) for fact in facts]
    house.desk(email_of("head", NORTH), NORTH).record(new, command_id=uuid4())


def whole(pep: UUID, held_on: date, next_on: date, target: UUID | None = None, by_on: date | None = None) -> list[Fact]:
    """What a plan needs before it is ready, all told on one day.

    Args:
        by_on: The day of its target; that of the next meeting when None.
    """
    words = ("Reading", "Reads 90 words in a minute", "60 words")
    return [
        VoiceGiven(pep, "by drawing", held_on, "I like maths"),
        AttendanceCounted(pep, date(2026, 9, 2), date(2026, 10, 23), 60, 6, held_on),
        TargetSet(pep, target or uuid4(), "Ms Cole", "weekly", 18_000, by_on or next_on, held_on, *words),
        MeetingHeld(pep, held_on, ("child", "carer", "social_worker"), next_on),
    ]


def agreed(pep: UUID, ready_on: date, agreed_on: date, grade: str = "gold") -> list[Fact]:
    """The plan is made ready, sent and agreed."""
    return [PepMadeReady(pep, ready_on), PepSent(pep, ready_on, ""), PepAgreed(pep, agreed_on, (), grade)]


def claim(
    claim: UUID,
    pep: UUID,
    target: UUID,
    made_on: date,
    *,
    asked: int = 18_000,
    agreed: int | None = None,
    paid: int = 0,
    spent: int = 0,
    item: str = "Tutor",
    until_by: date | None = None,
) -> list[Fact]:
    """A claim for a target, and what came of it, in pence; all on the day it was made.

    Args:
        agreed: None while it waits.
    """
    facts: list[Fact] = [ClaimMade(claim, pep, target, asked, made_on, until_by or made_on, "", made_on, item)]
    facts += [ClaimAgreed(claim, agreed, made_on)] if agreed is not None else []
    facts += [ClaimPaid(claim, paid, made_on)] if paid else []
    facts += [ClaimSpent(claim, spent, made_on, item)] if spent else []
    return facts


def planned(house: House, **about: Any) -> tuple[UUID, UUID, UUID]:
    """A child with a plan that was agreed on 9 November; the child, the plan and its target."""
    began = date(2026, 10, 19)
    child, target = in_care(house, began, **about), uuid4()
    pep = started(house, child, began)
    tell(
        house,
        child,
        *whole(pep, date(2026, 11, 2), date(2027, 2, 1), target),
        *agreed(pep, date(2026, 11, 4), date(2026, 11, 9)),
    )
    return child, pep, target


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())
