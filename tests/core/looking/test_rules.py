"""What is worth a second look, and what is not."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from core.looking.rules import Look, asked_in_vain, unusual

PRIYA, CHILD = uuid4(), uuid4()


def look(hour: int = 10, subject: UUID = CHILD, month: int = 11) -> Look:
    return Look(PRIYA, "SENCO", subject, "register.support", datetime(2026, month, 16, hour, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("looks", "codes"),
    [
        ([], []),
        ([look()], []),
        ([look(6), look(20)], []),
        ([look(5)], ["hours"]),
        ([look(21)], ["hours"]),
        ([look(5, month=7)], []),  # half past six by London's summer clock
        ([look(20, month=7)], ["hours"]),
        ([look(subject=uuid4()) for _ in range(60)], []),
        ([look(subject=uuid4()) for _ in range(61)], ["many"]),
        ([look() for _ in range(200)], []),  # one child, opened often
        ([look(22, uuid4()) for _ in range(61)], ["many", "hours"]),
    ],
)
def test_many_children_and_hours_nobody_works_stand_out(looks: list[Look], codes: list[str]) -> None:
    assert [one.code for one in unusual(looks, "", ())] == codes


def test_a_child_of_the_same_name_stands_out() -> None:
    assert [one.code for one in unusual([look()], "nair", {CHILD})] == ["name"]
    assert unusual([look()], "nair", {uuid4()}) == ()
    assert unusual([look()], "", {CHILD}) == ()


def test_three_children_asked_for_in_vain_on_a_day_stand_out() -> None:
    three = [uuid4() for _ in range(3)]
    (found,) = asked_in_vain(date(2026, 11, 16), three)
    assert (found.code, found.says) == ("missed", "Asked for the records of 3 children who are not theirs to know.")
    assert asked_in_vain(date(2026, 11, 16), three[:2] * 2) == ()
    assert asked_in_vain(date(2024, 7, 31), three) == ()
