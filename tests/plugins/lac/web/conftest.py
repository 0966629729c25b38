"""A school with looked-after children, and their designated teacher."""

from __future__ import annotations

import pytest

from tests.core.house import Browser, House, HouseMaker
from tests.plugins.lac.care import (
    school,
)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house, "register.plan")


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.as_role("designated_teacher")
