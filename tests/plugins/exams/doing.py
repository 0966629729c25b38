"""Commands given at North, and what became of them."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.command import Command
from core.errors import Refused
from events import Fact
from tests.core.house import House

from .candidates import told
from .timetables import desk_of, year_11


def do(house: House, command: Command, subject: UUID | None = None, role: str = "senco") -> list[Fact]:
    """Records what a command decides; the facts."""
    desk = desk_of(house, role)
    return [fact for place in desk.do(command, subject) if isinstance(fact := desk.log.event(place).fact, Fact)]


def refusal(house: House, command: Command, subject: UUID | None = None) -> str:
    """Why it cannot be; nothing is recorded then."""
    before = house.log_size()
    with pytest.raises(Refused) as refused:
        desk_of(house, "senco").do(command, subject)
    assert house.log_size() == before
    assert str(refused.value).endswith(".")
    return refused.value.code


def pupil(house: House, *facts: Fact) -> UUID:
    (subject,) = year_11(house, 1)
    if facts:
        told(house, subject, *facts)
    return subject
