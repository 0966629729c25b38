"""An academy that recruits, and a vacancy it advertised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.core.house import House
from tests.plugins.recruitment.sifting import academy, advertised


@pytest.fixture(scope="module")
def house(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = academy(lambda **more: House(tmp_path_factory.mktemp("recruitment") / "trust", house_template, **more))
    yield made
    made.close()


@pytest.fixture
def vacancy(house: House) -> UUID:
    return advertised(house)
