"""What a page of a child in care says, and who asks for it."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import UUID

from core.accounts.commands import Give
from core.accounts.facts import TurnedAway
from tests.core.house import NORTH, Browser, House
from tests.plugins.lac.care import (
    LAC,
)

NELLY = "nelly@keystone.example"
OCTOBER, MONDAY = date(2026, 10, 19), date(2026, 11, 16)


def main_of(text: str) -> str:
    """What stands in the middle of a page, in plain words."""
    inner = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", inner)))


def child(browser: Browser, pupil: UUID) -> str:
    answer = browser.get(f"{LAC}/children/{pupil}")
    assert answer.status_code == 200
    return main_of(answer.text)


def delegate(house: House, *pupils: UUID, **more: tuple[str, ...]) -> Browser:
    """Someone to whom these children alone were granted: their care, and classes of `lac` besides."""
    allows = {"core.identity": ("read",), "lac.status": ("read", "write")}
    allows |= {f"lac.{name}": actions for name, actions in (more or {"pep": ("read", "write")}).items()}
    give = Give("class_teacher", (house.academy_id(),), allows, "Covers for a colleague", "named", pupils)
    house.desk().do(give, house.person(NELLY))
    return house.browser(NELLY)


def turned_away(house: House, email: str) -> list[tuple[str, str]]:
    person = house.person(email)
    events = house.facts(TurnedAway, f"{NORTH}-reads")
    return [(event.fact.action, event.fact.record_class) for event in events if event.subject == person]  # type: ignore[union-attr]
