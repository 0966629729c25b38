"""What the trail says of the half outside: when it last went, and what is wrong with that."""

from __future__ import annotations

from typing import Any

from core.building import Building
from core.outside.facts import Place
from core.outside.places import places
from core.outside.sending import last_sent
from core.outside.views import is_overdue
from core.wording import day

PATH = "/audit/outside"
TITLES: dict[Place, str] = {"mail": "By mail", "second place": "The second place, a folder on another disk or share"}


def alarms(building: Building) -> list[str]:
    """What is wrong with the half outside, in words to be shown in red; empty when all is well."""
    found = [building.store.distrusted.what] if building.store.distrusted else []
    last, today = last_sent(building), building.today
    for place in places(building.settings):
        at = last.get(place)
        if is_overdue(at, today):
            told = (
                f"last got a half on {day(at.sent_on)}, {(today - at.sent_on).days} days ago"
                if at
                else "has no half yet"
            )
            found.append(f"{TITLES[place].partition(',')[0]}: {told}.")
    return found


def figure(building: Building) -> dict[str, Any]:
    """For the head of the trail: the day on which every place outside had its half."""
    wanted, last = places(building.settings), last_sent(building)
    days = [at.sent_on for place in wanted if (at := last.get(place))]
    told = {"label": "Half outside", "href": PATH}
    if not wanted:
        return told | {"value": "nowhere", "note": "no mail and no second place is set"}
    if len(days) < len(wanted):
        return told | {"value": "not yet", "note": "sent every day"}
    went = {"mail": "by mail", "second place": "to the second place"}
    return told | {"value": day(min(days)), "note": " and ".join(went[place] for place in wanted)}
