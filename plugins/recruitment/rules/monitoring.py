"""What may be shown of the answers to the monitoring questions."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import cites

from ..codes import FEWEST_FORMS

_READ_ON = date(2026, 11, 22)
_FEWEST = FEWEST_FORMS.value  # and the least a cell may show
_HIDDEN = "not shown"


class Answers(Struct, frozen=True):
    """How many gave one answer; not wishing to say is an answer."""

    answer: str
    people: int


class Question(Struct, frozen=True):
    """The answers to one question; everybody who handed in the form is in one of them."""

    question: str
    answers: tuple[Answers, ...]


class ShownAnswers(Struct, frozen=True):
    """An answer as it is shown: a number, or "not shown"."""

    answer: str
    says: str


class ShownQuestion(Struct, frozen=True):
    """A question as it is shown."""

    question: str
    answers: tuple[ShownAnswers, ...]


class Monitoring(Struct, frozen=True):
    """What is shown of a vacancy's monitoring forms; nothing leads back to a person."""

    submissions: str  # a number, "none" or "fewer than 5"
    questions: tuple[ShownQuestion, ...]


@cites(
    "DfE, Teaching Vacancies, equal_opportunities_report.rb: shown from 5 submissions; hiding small cells is ours",
    "github.com/DFE-Digital/teaching-vacancies",
    as_at=_READ_ON,
    edition="2026-08-21",
    rule="recruitment R48",
)
def monitoring_totals(submissions: int, questions: tuple[Question, ...]) -> Monitoring:
    """What may be shown of the monitoring forms of one vacancy: nothing below five forms, and no cell below five.

    How many forms there are is known. Where that would tell a hidden cell from the ones shown, the next smallest is
    hidden too.

    Raises:
        ValueError: The answers to a question do not add up to the forms.
    """
    for one in questions:
        if sum(answers.people for answers in one.answers) != submissions:
            raise ValueError(f"the answers to {one.question} do not add up to {submissions}")
    if submissions < _FEWEST:
        return Monitoring(f"fewer than {_FEWEST}" if submissions else "none", ())
    return Monitoring(str(submissions), tuple(map(_shown, questions)))


def _shown(question: Question) -> ShownQuestion:
    shown_from = _shown_from(sorted(answers.people for answers in question.answers))
    return ShownQuestion(
        question.question,
        tuple(
            ShownAnswers(one.answer, _HIDDEN if one.people < shown_from else str(one.people))
            for one in question.answers
        ),
    )


def _shown_from(people: list[int]) -> int:
    """The least cell that is shown; cells as large as the last one hidden are hidden with it.

    Args:
        people: The cells of a question, smallest first.
    """
    hidden = [number for number in people if number < _FEWEST]
    shown = people[len(hidden) :]
    told = len(hidden) == 1 or sum(hidden) in {0, (_FEWEST - 1) * len(hidden)}
    return shown[0] + 1 if hidden and shown and told else _FEWEST
