"""Every test here has a school that looks after children in care, unless it asks for another."""

import pytest

from tests.core.house import House, HouseMaker

from .care import school


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """A trust of the test's own, with children in care looked after at North."""
    return make_house(like=school)
