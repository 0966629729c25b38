"""A due day as these pages show it: by when, when the school can still act, and whose lateness it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.trying import Rule
from core.web.pages import short_day
from core.wording import counted, day

from ..views import Due

SOON = 30
"""Days ahead from which a due day is marked."""
_WHOSE = {"school": ("with the school", "late"), "authority": ("with the authority", "soon")}
_HELD = {
    "green": ("green: in time", "well"),
    "amber": ("amber: after the authority's window", "soon"),
    "red": ("red: after the term", "late"),
}
_STILL = {"amber": ("amber: the authority's window is over", "soon"), "red": ("red: the term is over", "late")}


def tags_of(due: Due, today: date) -> list[dict[str, str]]:
    """How a due day stands: done, days left, or how late it is and with whom; a termly meeting's colour besides."""
    left = (due.due_by - (due.done_on or today)).days
    tags = [_tag(f"done {day(due.done_on)}", "well")] if due.done_on else []
    if left < 0:
        whose, kind = _WHOSE.get(due.lateness.whose or "", ("", "soon"))
        late = f"{counted(-left, 'day', 'days')} late"
        tags.append(_tag(f"{late}, {whose}" if whose else late, kind))
    elif due.done_on is None:
        tags.append(_tag(f"{counted(left, 'day', 'days')} left" if left else "today", nearness(left)))
    colours = _HELD if due.done_on else _STILL
    return [*tags, *([_tag(*colours[due.colour])] if due.colour in colours else [])]


def _tag(text: str, kind: str) -> dict[str, str]:
    return {"text": text, "kind": kind}


def nearness(left: int) -> str:
    """The kind of tag for so many days left."""
    return "soon" if left <= SOON else "plain"


def act_says(due: Due, today: date) -> str:
    """When the school can still act, where the due day is no school day and the thing is not done; else ""."""
    if due.done_on or due.act_by is None or due.act_by == due.due_by:
        return ""
    if due.act_by < today:
        return f"the last school day before it was {short_day(due.act_by)}"
    return f"act by {short_day(due.act_by)}, the last school day"


def shared(due: Due) -> str:
    """Whether the school was told late, and how the lateness is shared where both sides have some of it."""
    told = ["The school was told late."] if due.lateness.notified_late else []
    school, authority = due.lateness.school_days, due.lateness.authority_days
    if school and authority:
        told.append(
            f"Late {counted(authority, 'day', 'days')} with the authority and "
            f"{counted(school, 'day', 'days')} with the school."
        )
    return " ".join(told)


def drawn(due: Due, today: date, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """For `parts.due`: the day with its tags, what to do about it, and the law behind it."""
    rule, tags, act = rules.get(due.rule), tags_of(due, today), act_says(due, today)
    return {
        "text": due.text,
        "by": due.due_by,
        "act": f"{act[0].upper()}{act[1:]}." if act else "",
        "tags": tags,
        "kind": tags[0]["kind"],
        "says": shared(due),
        "source": rule.citation.source if rule else "",
        "rule_href": f"/rules/{due.rule}" if rule else "",
    }
