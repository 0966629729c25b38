"""Every test here has a school with exams on, unless it asks for another."""

import pytest

from tests.core.house import House, HouseMaker

from .candidates import school


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """A trust of the test's own with exams on at North."""
    return make_house(like=school)
