"""The same command again is recorded once; with other facts it is refused."""

from uuid import uuid4

import pytest

from events import Conflict, Log, New, Store
from events.writing import Receipt
from tests.events.home import (
    ANN,
    BEN,
    MONDAY,
    SENCO,
    Home,
    Looked,
    Noted,
    Paid,
    note,
    notes,
)
from tests.events.log.order import ANNS, BENS, in_one_batch, sizes

# The same command again


def test_the_same_command_again_records_nothing_and_gives_the_same_places(home: Home, log: Log) -> None:
    command, facts = uuid4(), [*notes(5), New(ANN, Looked(MONDAY), "tests.money")]
    first = log.append(facts, command_id=command, actor=SENCO, why="because")
    for again in (log, home.store().log(log.name)):
        receipt = again.append(facts, command_id=command, actor=SENCO, why="because")
        assert (receipt.places, receipt.repeated) == (first.places, True)
    assert sizes(log) == (8, 8)
    assert log.find_command(command, 6) == (first.places, True)
    assert log.find_command(uuid4(), 1) is None


def test_the_same_command_again_is_no_conflict_though_its_own_facts_moved_the_stream_on(log: Log) -> None:
    command = uuid4()
    assert note(log, "x", command_id=command, expected={ANNS: 0}) == 2
    assert note(log, "x", command_id=command, expected={ANNS: 0}) == 2


FACTS_SENT = [New(ANN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "two"))]


@pytest.mark.parametrize(
    "others",
    [
        [New(ANN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "other"))],
        [New(ANN, Noted(MONDAY, "one"))],  # fewer
        [*FACTS_SENT, New(BEN, Noted(MONDAY, "three"))],  # more
        list(reversed(FACTS_SENT)),
        [New(BEN, Noted(MONDAY, "one")), New(BEN, Noted(MONDAY, "two"))],  # about another child
        [New(ANN, Paid(MONDAY, 1)), New(BEN, Noted(MONDAY, "two"))],
        [New(ANN, Noted(MONDAY, "one")), New(BEN, Looked(MONDAY), "tests.money")],
    ],
)
def test_the_same_command_with_other_facts_is_refused_and_records_nothing(log: Log, others: list[New]) -> None:
    command = uuid4()
    log.append(FACTS_SENT, command_id=command, actor=SENCO)
    with pytest.raises(Conflict, match="before") as refused:
        log.append(others, command_id=command, actor=SENCO)
    assert refused.value.streams == ()
    assert sizes(log) == (4, 4)


def test_the_same_command_for_another_reason_or_class_is_refused(log: Log) -> None:
    command = uuid4()
    log.append([New(ANN, Looked(MONDAY), "tests.money")], command_id=command, actor=SENCO, why="one")
    for record, why in (("tests.money", "two"), ("tests.notes", "one")):
        with pytest.raises(Conflict, match="with other answers"):
            log.append([New(ANN, Looked(MONDAY), record)], command_id=command, actor=SENCO, why=why)
    assert log.size == 3


def test_a_double_click_is_recorded_once(store: Store, log: Log) -> None:
    # Both in one batch, both resting on what was seen before the first.
    command = uuid4()

    def click(one: Log) -> object:
        return one.append(FACTS_SENT, command_id=command, actor=SENCO, expected={ANNS: 0, BENS: 0})

    first, *others = in_one_batch(store, log, [click] * 4)
    assert isinstance(first, Receipt)
    assert not first.repeated
    assert others == [Receipt(first.places, repeated=True)] * 3
    assert sizes(log) == (4, 4)
