"""What the rules say today of one candidate and one arrangement. They advise; the SENCO decides."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from ..codes import arrangement_on
from ..facts import UseNoted
from ..rules import (
    FormDays,
    Outcome,
    RestBreakTrial,
    Score,
    SubjectEvidence,
    bilingual_dictionary,
    bilingual_dictionary_25,
    delegated,
    edition_state,
    extra_time_25_learning,
    extra_time_25_other,
    extra_time_over_25,
    form_order,
    gravest_first,
    reader,
    rest_breaks,
    scribe,
    word_processor,
    year9_start,
)
from ..rules.outcome import not_listed
from .arrangements import Arrangements
from .entries import Paper
from .evidence import CaseFile

CHECKED = ("ET25", "ET25-N", "ET25-E", "ET50", "ET50+", "CR", "RD", "SC", "WP", "WP-S", "SRB", "BD", "BD25")
"""Arrangements with rules of their own; of the centre's others only the evidence is looked at."""

PERCENT = {"ET25": 25, "ET25-N": 25, "ET25-E": 25, "BD25": 25}
"""Extra time that comes with an arrangement; 26 per cent and more is said in the application."""

EXTRA_TIME = frozenset({"ET25", "ET25-N", "ET25-E", "ET50", "ET50+"})
_BY_NEED = {"ET25": "learning", "ET25-N": "other", "ET25-E": "plan"}


class Case(msgspec.Struct, frozen=True):
    """Everything the rules look at in one candidate."""

    born_on: date
    file: CaseFile = CaseFile()
    uses: tuple[UseNoted, ...] = ()
    held: Arrangements = Arrangements()
    papers: tuple[Paper, ...] = ()
    centre: CaseFile = CaseFile()
    """What the centre holds for every candidate."""

    @property
    def need(self) -> str:
        """The principal need; "" until it is named."""
        return self.file.need.need if self.file.need else ""

    def exam_days(self, from_on: date) -> list[date]:
        """The days of papers still to sit, from a day on, in their order."""
        return sorted({one.sits_on for one in self.papers if one.sits_on >= from_on})


def eligibility(
    one: Case, arrangement: str, percent: int | None, day: date, scores: tuple[Score, ...] | None = None
) -> tuple[Outcome, ...]:
    """What the rules say, gravest first.

    Args:
        scores: Others than those on file, to try.
    """
    if arrangement_on(arrangement, day) is None:
        return (not_listed("1.1", day, arrangement),)
    found = _of(one, arrangement, percent, day, measured(one.file) if scores is None else scores)
    found = (*found, edition_state(day, max(one.exam_days(day), default=day)))
    doubts = gravest_first(outcome for outcome in found if outcome.level != "OK")
    if all(outcome.rule == "R1" for outcome in doubts):  # the edition alone is in doubt: what the rule said stands
        return (found[0], *doubts)
    return doubts


def measured(file: CaseFile) -> tuple[Score, ...]:
    """The scores on file, as the rules take them."""
    return tuple(
        Score(told.construct, told.sub_area, told.score, told.assessed_on, told.test, told.unrecognisable)
        for told in file.scores
    )


def on_file(one: Case) -> tuple[str, ...]:
    """The kinds of evidence the file holds, by the names the rules know."""
    kinds = {piece.evidence for piece in (*one.file.pieces, *one.centre.pieces)}
    parts = {form.part for form in one.file.forms if form.form == "8"}
    kinds |= {"form_8_part_1"} if 1 in parts else set()
    kinds |= {"form_8"} if parts >= {1, 2, 3} else set()
    named = {"9": "form_9", "note": "file_note", "BD25": "form_bd25"}
    kinds |= {named[form.form] for form in one.file.forms if form.form in named}
    kinds |= {"normal_way"} if one.uses else set()
    kinds |= {"comment"} if any(use.note.strip() for use in one.uses) else set()
    return tuple(sorted(kinds))


def form_days(file: CaseFile, tested_on: tuple[date, ...] = ()) -> FormDays:
    """The days of Form 8, each the last on which that part was signed."""
    signed = {form.part: form.completed_on for form in file.forms if form.form == "8"}
    return FormDays(signed.get(1), tested_on, signed.get(2), signed.get(3))


def by_subject(one: Case, arrangement: str) -> tuple[SubjectEvidence, ...]:
    """How much shows the need in each subject in which anything does.

    A teacher's note of use counts as a comment, and as a marked test where marks with and without it were given in a
    timed test or mock.
    """
    alike = EXTRA_TIME if arrangement in EXTRA_TIME else {arrangement}
    uses = [use for use in one.uses if use.arrangement in alike]
    tests = Counter(piece.taught for piece in one.file.pieces if piece.evidence == "marked_test")
    tests.update(use.taught for use in uses if use.setting != "lesson" and use.mark_with is not None)
    comments = Counter(piece.taught for piece in one.file.pieces if piece.evidence == "comment")
    comments.update(use.taught for use in uses if use.note.strip())
    subjects = sorted({*tests, *comments, *(use.taught for use in uses)}, key=str.casefold)
    return tuple(SubjectEvidence(subject, tests[subject], comments[subject]) for subject in subjects)


def _of(one: Case, arrangement: str, percent: int | None, day: date, scores: tuple[Score, ...]) -> tuple[Outcome, ...]:
    held, uses = on_file(one), _in_use(one)
    match arrangement:
        case "ET25":
            subjects = by_subject(one, arrangement)
            return extra_time_25_learning(day, one.born_on, scores, form_days(one.file), subjects, uses)
        case "ET25-N" | "ET25-E":
            trials = tuple(RestBreakTrial(told.tried_on, told.enough) for told in one.file.trials)
            need = _BY_NEED[arrangement]
            return extra_time_25_other(day, need, held, by_subject(one, arrangement), trials)
        case "ET50" | "ET50+":
            asked = percent or (50 if arrangement == "ET50" else 51)
            return (extra_time_over_25(day, asked, scores, one.need or "learning", uses),)
        case "CR" | "RD":
            return (reader(day, held),)
        case "SC" | "SRT" | "WP-S":
            said = scribe(day, one.need or "learning", scores, held)
            if one.need in {"", "learning"}:
                floor = year9_start(one.born_on)
                tested_on = tuple(score.assessed_on for score in scores if score.assessed_on >= floor)
                return (said, *form_order(form_days(one.file, tested_on), until="part3_on"))
            return (said,)
        case "WP":
            return (word_processor(day, held),)
        case "SRB":
            return (rest_breaks(day, held),)
        case "BD":
            told = one.file.language
            return (bilingual_dictionary(day, told is not None and told.english_at_home, held),)
        case "BD25":
            return (_dictionary_25(one, day),)
    row = arrangement_on(arrangement, day)
    if row is not None and row.routes == ("D",):
        return (delegated(day, arrangement, held),)
    says = "No rule of ours looks at this arrangement. Read its section of the regulations, and hold what it asks for."
    return (Outcome("UNKNOWN", "no_rule", says, rule="1.1"),)


def _dictionary_25(one: Case, day: date) -> Outcome:
    told, days = one.file.language, one.exam_days(day)
    if told is None or not days:
        missing = (() if told else ("the candidate's language",)) + (() if days else ("the first and last exam",))
        return Outcome("UNKNOWN", "not_known", f"Record first: {'; '.join(missing)}.", missing, "R15")
    return bilingual_dictionary_25(
        day, told.came_on, days[0], days[-1], told.prior_english, told.english_at_home, told.band
    )


def _in_use(one: Case) -> tuple[str, ...]:
    """Keys of the arrangements in use: those that stand, and those teachers saw used."""
    standing = {told.arrangement for told in one.held.decisions.values() if told.state in {"agreed", "approved"}}
    return tuple(sorted(standing | {use.arrangement for use in one.uses}))
