"""Whoever asks what is kept of them."""

from __future__ import annotations

import pytest

from tests.core.house import House
from tests.core.requests.asking import Asking


@pytest.fixture
def asking(house: House) -> Asking:
    return Asking(house)
