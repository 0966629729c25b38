"""What may be shown of the monitoring forms of a vacancy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from plugins.recruitment.rules import Answers, Monitoring, Question, ShownAnswers, monitoring_totals

HIDDEN = "not shown"


def question(*people: int) -> Question:
    return Question("Age", tuple(Answers(str(at), number) for at, number in enumerate(people)))


def shown(*people: int) -> list[str]:
    """What is shown of one question."""
    (one,) = monitoring_totals(sum(people), (question(*people),)).questions
    assert one.question == "Age"
    return [answers.says for answers in one.answers]


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ((5, 6), ["5", "6"]),
        ((5,), ["5"]),
        ((4, 9, 7), [HIDDEN, "9", HIDDEN]),  # one hidden cell could be told from the total
        ((4, 8, 7), [HIDDEN, "8", HIDDEN]),
        ((9, 4, 3), ["9", HIDDEN, HIDDEN]),
        ((9, 0, 0), [HIDDEN, HIDDEN, HIDDEN]),  # nothing would be left for two
        ((9, 4, 4), [HIDDEN, HIDDEN, HIDDEN]),  # nothing but four would fit
        ((9, 20, 0, 0), [HIDDEN, "20", HIDDEN, HIDDEN]),
        ((6, 6, 2), [HIDDEN, HIDDEN, HIDDEN]),  # of equals, neither is picked
        ((3, 2), [HIDDEN, HIDDEN]),
        ((0, 8), [HIDDEN, HIDDEN]),
    ],
)
def test_no_cell_below_five_is_shown(people: tuple[int, ...], says: list[str]) -> None:
    assert shown(*people) == says


@pytest.mark.parametrize(
    ("people", "submissions"), [((0, 0), "none"), ((1, 0), "fewer than 5"), ((2, 2), "fewer than 5")]
)
def test_below_five_forms_nothing_is_shown(people: tuple[int, ...], submissions: str) -> None:
    assert monitoring_totals(sum(people), (question(*people),)) == Monitoring(submissions, ())


def test_from_five_forms_their_number_is_shown() -> None:
    found = monitoring_totals(5, (question(5, 0),))
    assert found.submissions == "5"
    assert found.questions[0].answers[0] == ShownAnswers("0", HIDDEN)


def test_answers_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="Age do not add up to 6"):
        monitoring_totals(6, (question(5, 0),))


def splits(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many people can fall into so many cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in splits(total - first, cells - 1):
            yield (first, *others)


@pytest.mark.parametrize(("cells", "totals"), [(2, range(5, 40)), (3, range(5, 30)), (4, range(5, 19))])
def test_nobody_can_work_out_a_hidden_cell_who_knows_the_total_and_the_rule(cells: int, totals: range) -> None:
    for total in totals:
        could_be: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
        for people in splits(total, cells):
            could_be[tuple(shown(*people))].append(people)
        for says, candidates in could_be.items():
            for at, said in enumerate(says):
                assert said == HIDDEN or int(said) >= 5
                assert said != HIDDEN or len({people[at] for people in candidates}) > 1, (says, candidates)
