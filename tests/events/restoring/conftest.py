"""A trust that will be lost."""

import pytest

from events import Store
from tests.events.home import Home
from tests.events.restoring.lost import filled


@pytest.fixture
def trust(home: Home) -> Store:
    return filled(home)
