"""Scoring applicants against the person specification, and who goes forward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import partial

from msgspec import Struct

from core.law import Finding, cites

from .alike import words

_READ_ON = date(2026, 11, 22)
_LOWEST, _HIGHEST = 0, 3
_MET_FROM = 1  # the mean mark from which a criterion counts as met
_LEAST_SCORERS = 2
_FAR_APART = 2
_error = partial(Finding, "error")
_ours = partial(cites, address="", as_at=_READ_ON, verified=False)
_cites_two_scorers = cites(
    "Keeping Children Safe in Education 2023, para 220, as Broomwood Primary School quotes it; the scale is ours",
    "broomwoodprimary.co.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2023",
    rule="recruitment R34",
)


class Criterion(Struct, frozen=True):
    """A line of the person specification, as far as it is scored."""

    key: str
    text: str
    essential: bool
    gate: bool = False  # without it nobody is shortlisted
    weight: int = 1  # from 1 up; 0 for one that is not scored, such as a duplicate


class Ranked(Struct, frozen=True):
    """An applicant's place. It lists; a named person shortlists."""

    applicant: str
    place: int  # from 1; equals share one, and the next place is left out
    score: str  # exact, as a whole number or a fraction: 14, 25/2
    essential: str  # of which for essential criteria
    unmet: tuple[str, ...]  # essential criteria that are not met


@_ours("Tallystick: a criterion counts once", rule="recruitment R38")
def scored_criteria(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """The criteria that are scored, each once: of those with the same words, the first; none of weight 0.

    What is essential, or a gate, in one of them is so in all.
    """
    groups: dict[tuple[str, ...], list[Criterion]] = {}
    for one in criteria:
        groups.setdefault(words(one.text) or (one.key,), []).append(one)
    return tuple(
        Criterion(
            counts[0].key,
            counts[0].text,
            any(one.essential for one in same),
            any(one.gate for one in same),
            counts[0].weight,
        )
        for same in groups.values()
        if (counts := [one for one in same if one.weight > 0])
    )


@_cites_two_scorers
def sheet_findings(marks: Mapping[str, int], criteria: tuple[str, ...]) -> tuple[Finding, ...]:
    """What is wrong with a scorer's sheet: each criterion has a mark from 0 to 3, and nothing else has one."""
    found = [_error("not_marked", "Give a mark from 0 to 3.", key) for key in criteria if key not in marks]
    for key, mark in marks.items():
        if key not in criteria:
            found.append(_error("no_such_criterion", f"'{key}' is not scored for this vacancy. Take it off.", key))
        elif not _LOWEST <= mark <= _HIGHEST:
            found.append(_error("not_a_mark", "A mark is a whole number from 0 to 3. Correct it.", key))
    return tuple(found)


@_cites_two_scorers
def may_see_sheets(person: str, scorers: tuple[str, ...], handed_in: tuple[str, ...]) -> bool:
    """Whether somebody may see how others scored an applicant.

    A scorer may once their own sheet is handed in; anybody else once two sheets are, and every scorer's is.
    """
    if person in scorers:
        return person in handed_in
    return len(set(handed_in)) >= _LEAST_SCORERS and set(scorers) <= set(handed_in)


@_cites_two_scorers
def spread_findings(sheets: Mapping[str, Mapping[str, int]], moderated: bool = False) -> tuple[Finding, ...]:
    """What stands between the sheets for an applicant and a decision: a second scorer, a note where two are far apart.

    Args:
        sheets: Marks by criterion, for each scorer.
        moderated: Whether the scorers have talked about it and written a note.
    """
    if len(sheets) < _LEAST_SCORERS:
        says = "Two people must score each applicant, neither having seen the other's marks. Ask a second one."
        return (_error("too_few_scorers", says),)
    if moderated:
        return ()
    says = "The scorers are two marks or more apart. Talk about it, and write a note on what you agree."
    return tuple(_error("moderation_wanted", says, key) for key in far_apart(sheets))


@_cites_two_scorers
def far_apart(sheets: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """The criteria on which two scorers are two marks or more apart, in the order of the first sheet."""
    given: dict[str, list[int]] = {}
    for marks in sheets.values():
        for key, mark in marks.items():
            given.setdefault(key, []).append(mark)
    return tuple(key for key, marks in given.items() if max(marks) - min(marks) >= _FAR_APART)


@_ours("Tallystick: a gate is a fact, not a mark", rule="recruitment R35")
def gate_findings(gates: tuple[str, ...], met: Mapping[str, bool]) -> tuple[Finding, ...]:
    """Why an applicant may not be shortlisted: a gate is not met, or nobody has said whether it is.

    A person may correct the fact. Nobody may waive the gate.

    Args:
        gates: Keys of the criteria without which nobody is shortlisted, such as Q1.
    """
    found = []
    for key in gates:
        if key not in met:
            found.append(_error("gate_not_judged", f"Say whether {key} is met, and how you know.", key))
        elif not met[key]:
            says = f"{key} is not met, so this applicant cannot be shortlisted. If that is wrong, correct it."
            found.append(_error("gate_not_met", says, key))
    return tuple(found)


@_ours("Tallystick: the sum of weight and mean mark; an unmet essential weighs first", rule="recruitment R36")
def ranking(
    weights: Mapping[str, int],
    marks: Mapping[str, tuple[Mapping[str, int], ...]],
    essential: tuple[str, ...] = (),
    essential_breaks_ties: bool = False,
) -> tuple[Ranked, ...]:
    """Applicants in the order of their scores; equals share a place.

    Whoever misses fewer essential criteria comes first, so that nothing desirable outweighs one (R38). A criterion is
    met from a mean mark of 1. Within one place they stand as they were given.

    Args:
        weights: By criterion; each from 1 up.
        marks: The sheets of each applicant.
        essential: Keys of the essential criteria.
        essential_breaks_ties: Whether the score for essential criteria tells equals apart (R37).

    Raises:
        ValueError: A weight is below 1, or an applicant has fewer than two sheets or one without a mark.
    """
    if strange := [key for key, weight in weights.items() if weight < 1]:
        raise ValueError(f"the weight of {', '.join(strange)} must be 1 or more")
    tallies = {applicant: _tally(applicant, weights, sheets, essential) for applicant, sheets in marks.items()}
    keys = {
        applicant: (len(unmet), -score, -subtotal if essential_breaks_ties else 0)
        for applicant, (score, subtotal, unmet) in tallies.items()
    }
    ranked = [
        Ranked(applicant, 1 + sum(key < keys[applicant] for key in keys.values()), str(score), str(subtotal), unmet)
        for applicant, (score, subtotal, unmet) in tallies.items()
    ]
    return tuple(sorted(ranked, key=lambda one: one.place))


def _tally(
    applicant: str, weights: Mapping[str, int], sheets: tuple[Mapping[str, int], ...], essential: tuple[str, ...]
) -> tuple[Fraction, Fraction, tuple[str, ...]]:
    """An applicant's score, how much of it is for essential criteria, and which of those they do not meet."""
    if len(sheets) < _LEAST_SCORERS:
        raise ValueError(f"{applicant} was not scored by two people")
    for sheet in sheets:
        if missing := [key for key in weights if key not in sheet]:
            raise ValueError(f"{applicant} has a sheet without a mark for {', '.join(missing)}")
    mean = {key: Fraction(sum(sheet[key] for sheet in sheets), len(sheets)) for key in weights}
    score = sum((weights[key] * mean[key] for key in weights), Fraction())
    subtotal = sum((weights[key] * mean[key] for key in weights if key in essential), Fraction())
    return score, subtotal, tuple(key for key in weights if key in essential and mean[key] < _MET_FROM)


def one_decimal(score: str) -> str:
    """A score as people read it, half a tenth rounded up: 25/2 is 12.5, 14 is 14.0."""
    exact = Fraction(score)
    tenths = (20 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return f"{tenths // 10}.{tenths % 10}"


@_ours("Tallystick: equals go forward together", rule="recruitment R37")
def goes_forward(ranked: tuple[Ranked, ...], places: int) -> tuple[str, ...]:
    """The applicants who go forward: as many as there are places, and everybody who shares the last one.

    Args:
        places: How many are wanted for interview.
    """
    return tuple(one.applicant for one in ranked if one.place <= places)


@_ours("Tallystick: equals go forward together", rule="recruitment R37")
def cut_findings(
    ranked: tuple[Ranked, ...], places: int, chosen: tuple[str, ...], reason: str = ""
) -> tuple[Finding, ...]:
    """What the panel must give a reason for: leaving out somebody who goes forward, or taking somebody who does not.

    Names, the time of applying, age and chance are no reasons.
    """
    forward = goes_forward(ranked, places)
    if reason.strip() or set(chosen) == set(forward):
        return ()
    found = []
    if left := [one for one in forward if one not in chosen]:
        says = f"{', '.join(left)} would go forward by score. Take them too, or write down the panel's reason."
        found.append(_error("left_out", says, "reason"))
    if beyond := [one for one in chosen if one not in forward]:
        says = f"{', '.join(beyond)} would not go forward by score. Write down the panel's reason."
        found.append(_error("taken_in", says, "reason"))
    return tuple(found)
