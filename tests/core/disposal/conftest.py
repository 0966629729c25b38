"""A pupil who has left, with words planted in one class of record, and who looked."""

from __future__ import annotations

from datetime import date

import pytest

from core.roll.facts import PupilLeft
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.disposal.deciding import CANARY, Child
from tests.core.house import NORTH, House


@pytest.fixture
def child(house: House) -> Child:
    """They left last summer; the register still tells of their support and their plan."""
    support = PlacedOnRegister("K", ("SLCN",), date(2025, 9, 8), date(2025, 9, 9), f"{CANARY} at the table.")
    subject = house.pupil(support, PlanIssued(date(2026, 1, 12)), PupilLeft(date(2026, 7, 17)), surname="Quillfeather")
    senco = house.as_role("senco")
    senco.get(f"/{NORTH}/pupils/{subject}")
    senco.get(f"/{NORTH}/exports/register/register.csv")
    return Child(house, subject)
