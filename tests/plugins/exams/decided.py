"""Decisions and notes of use as facts, with what is usual already said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from plugins.exams.facts import ArrangementAgreed, ArrangementApplied, ArrangementApproved, UseNoted


def applied(arrangement: str, decision: UUID | None = None, **more: Any) -> ArrangementApplied:
    usual: dict[str, Any] = {
        "percent": 25 if arrangement.startswith("ET25") else None,
        "level": "GCSE",
        "centre": "61205",
        "edition": "2025-26-rev2026-03",
        "checked": "WARN",
        "reference": "",
        "applied_on": date(2026, 10, 12),
        "reason": "",
    }
    return ArrangementApplied(decision or uuid4(), arrangement, **(usual | more))


def approved(arrangement: str, on_day: date) -> list[ArrangementApplied | ArrangementApproved]:
    decision = uuid4()
    return [applied(arrangement, decision, applied_on=on_day), ArrangementApproved(decision, on_day, None, "")]


def used(arrangement: str, taught: str = "History", **more: Any) -> UseNoted:
    usual: dict[str, Any] = {"mark_with": None, "mark_without": None, "out_of": None, "used_on": date(2026, 10, 20)}
    return UseNoted(arrangement, taught, "lesson", "helped", note="", **(usual | more))


def agreed(arrangement: str, **more: Any) -> ArrangementAgreed:
    usual: dict[str, Any] = {"break_minutes": None, "checked": "OK", "reason": "", "decision": uuid4()}
    given = usual | more
    return ArrangementAgreed(
        given["decision"],
        arrangement,
        given["break_minutes"],
        "2025-26-rev2026-03",
        given["checked"],
        date(2026, 10, 12),
        given["reason"],
    )
