"""North as its autumn left it: one for the run, only read."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.core.house import House
from tests.plugins.finance.budgeted import lived_in, school


@pytest.fixture(scope="session")
def autumn(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, UUID]]]:
    """The house, and North's lines by their names."""
    house = school(lambda **more: House(tmp_path_factory.mktemp("autumn"), house_template, **more))
    yield house, lived_in(house)
    house.close()
