"""What the rules say today of one candidate and one arrangement. They advise; the SENCO decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import msgspec

from ..codes import arrangement_on
from ..facts import UseNoted
from ..rules import (
    CheckArrangement,
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
    key_stage_2,
    key_stage_2_time,
    multiplication_check,
    reader,
    rest_breaks,
    scribe,
    usable,
    word_processor,
    year9_start,
)
from ..rules.outcome import not_listed
from .arrangements import Arrangements, Primary
from .entries import Paper
from .evidence import CaseFile
from .standing import holding, state_on

CHECKED = ("ET25", "ET25-N", "ET25-E", "ET50", "ET50+", "CR", "RD", "SC", "WP", "WP-S", "SRB", "BD", "BD25")
"""Arrangements with rules of their own; of the centre's others only the evidence is looked at."""

PERCENT = {"ET25": 25, "ET25-N": 25, "ET25-E": 25, "BD25": 25}
"""Extra time that comes with an arrangement; 26 per cent and more is said in the application."""

EXTRA_TIME = frozenset({"ET25", "ET25-N", "ET25-E", "ET50", "ET50+"})
_BY_NEED = {"ET25": "learning", "ET25-N": "other", "ET25-E": "plan"}
_ALIKE = {"": "ET25"} | {need: key for key, need in _BY_NEED.items()}
_IN_QUESTION = {"agreed", "applied", "referred", "approved"}


class Case(msgspec.Struct, frozen=True):
    """Everything the rules look at in one candidate."""

    born_on: date
    file: CaseFile = CaseFile()
    uses: tuple[UseNoted, ...] = ()
    held: Arrangements = Arrangements()
    papers: tuple[Paper, ...] = ()
    centre: CaseFile = CaseFile()
    """What the centre holds for every candidate."""
    year9_started_on: date | None = None
    """The day Year 9 really began, for a pupil out of their cohort; None for one in it."""

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
    held = on_file(one)
    match arrangement:
        case "ET25":
            days, since = form_days(one.file), one.year9_started_on
            return _subject_by_subject(
                one,
                arrangement,
                day,
                scores,
                lambda subjects, uses: extra_time_25_learning(
                    day, one.born_on, scores, days, subjects, uses, year9_started_on=since
                ),
            )
        case "ET25-N" | "ET25-E":
            trials = tuple(RestBreakTrial(told.tried_on, told.enough) for told in one.file.trials)
            need = _BY_NEED[arrangement]
            return extra_time_25_other(day, need, held, by_subject(one, arrangement), trials)
        case "ET50" | "ET50+":
            asked, need = percent or (50 if arrangement == "ET50" else 51), one.need or "learning"
            return _subject_by_subject(
                one,
                arrangement,
                day,
                scores,
                lambda _, uses: (extra_time_over_25(day, asked, scores, need, uses),),
            )
        case "CR" | "RD":
            return (reader(day, held),)
        case "SC" | "SRT" | "WP-S":
            said = scribe(day, one.need or "learning", scores, held)
            if one.need in {"", "learning"}:
                floor = year9_start(one.born_on, one.year9_started_on)
                tested_on = tuple(score.assessed_on for score in scores if score.assessed_on >= floor)
                return (said, *form_order(form_days(one.file, tested_on), until="part3_on"))
            return (said,)
        case "WP":
            return (word_processor(day, held),)
        case "SRB":
            return (rest_breaks(day, held),)
        case "BD":
            told = one.file.language
            if told is None:
                return (_not_known("the candidate's language"),)
            return (bilingual_dictionary(day, told.english_irish_or_welsh, held),)
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
        return _not_known(*missing)
    return bilingual_dictionary_25(
        day, told.came_on, days[0], days[-1], told.prior_english, told.english_at_home, told.band
    )


def _not_known(*missing: str) -> Outcome:
    return Outcome("UNKNOWN", "not_known", f"Record first: {'; '.join(missing)}.", missing, "R15")


_Judge = Callable[[tuple[SubjectEvidence, ...], tuple[str, ...]], tuple[Outcome, ...]]


def _subject_by_subject(
    one: Case, arrangement: str, day: date, scores: tuple[Score, ...], judge: _Judge
) -> tuple[Outcome, ...]:
    """What a rule says where what is used in a subject takes scores away there alone: told once where all agree.

    Args:
        judge: The rule, of some subjects and of the arrangements used in them.
    """
    together: dict[tuple[Score, ...], tuple[list[SubjectEvidence], tuple[str, ...]]] = {}
    for subject in by_subject(one, arrangement):
        uses = _in_use(one, subject.subject, day)
        together.setdefault(usable(scores, uses), ([], uses))[0].append(subject)
    if not together:
        return judge((), _in_use(one, "", day))
    judged = [(subjects, judge(tuple(subjects), uses)) for subjects, uses in together.values()]
    if len(judged) == 1:
        return judged[0][1]
    alike = [outcome for outcome in judged[0][1] if all(outcome in outcomes for _, outcomes in judged)]
    apart = [
        msgspec.structs.replace(outcome, says=f"In {' and '.join(told.subject for told in subjects)}: {outcome.says}")
        for subjects, outcomes in judged
        for outcome in outcomes
        if outcome not in alike
    ]
    return gravest_first((*alike, *apart))


def _in_use(one: Case, subject: str, day: date) -> tuple[str, ...]:
    """Keys of the arrangements in use in a subject: those that hold on the day, and those teachers saw used there."""
    held = {told.arrangement for told in holding(one.held, day)}
    return tuple(sorted(held | {use.arrangement for use in one.uses if use.taught == subject}))


def in_question(one: Case, today: date, *, named: bool = False) -> list[str]:
    """The arrangements the rules are asked about: what was noted in use, applied for, or stands.

    Extra time in use is asked about as the principal need has it.

    Args:
        named: Extra time besides, where a principal need is named and none of it is in question yet.
    """
    used = {_ALIKE[one.need] if use.arrangement == "ET25" else use.arrangement for use in one.uses}
    stands = {told.arrangement for told in one.held.decisions.values() if state_on(told, today) in _IN_QUESTION}
    wanted = used | stands
    if named and one.need and not wanted & EXTRA_TIME:
        wanted.add(_ALIKE[one.need])
    return [key for key in CHECKED if key in wanted]


def percent_of(one: Case, arrangement: str) -> int | None:
    """The extra time that was asked for with an arrangement; None where none was."""
    asked = [told.percent for told in one.held.decisions.values() if told.arrangement == arrangement]
    return asked[-1] if asked else None


def primary_takes(one: Primary, *, has_plan: bool) -> tuple[Outcome, ...]:
    """What an arrangement for a primary test takes: an application, a notification, or neither."""
    if one.assessment == "MTC":
        asked = CheckArrangement(one.arrangement, one.cause, one.assistant)
        return multiplication_check(one.arranged_on, (asked,), one.percent is not None)
    if one.arrangement == "additional_time":
        return (key_stage_2_time(one.arranged_on, has_plan, percent=one.percent or 25),)
    return (key_stage_2(one.arranged_on, one.arrangement, one.test == "reading"),)
