"""A trust with a secret: a stranger's plugin, one of whose classes leaves no trace for whoever may not read it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.core.house import House, HouseMaker
from tests.core.mailbox import Mailbox
from tests.core.strangers import OURS, point


@pytest.fixture
def counselled(make_house: HouseMaker) -> House:
    """The counsellor's plugin is on at North; those whom its manifest names may know."""
    found = [OURS, point("counsel", "counsel")]
    house = make_house(plugins=("register", "counsel@acme-transport"), found=found)
    house.switch(on=True, plugin="counsel")
    for role in ("designated_teacher", "dsl", "head", "send_director"):
        house.grant(role)
    return house


@pytest.fixture
def mailboxes() -> Iterator[Callable[..., Mailbox]]:
    """Makes mail servers, and stops them."""
    with ExitStack() as stack:

        def made(*given: Any) -> Mailbox:
            mailbox = Mailbox(*given)
            stack.callback(mailbox.close)
            return mailbox

        yield made
