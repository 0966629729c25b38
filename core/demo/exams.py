"""The exams part of the story: who uses what in class, what was applied for, and next summer's timetable."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from core.demo.children import Child
from core.demo.entries import Deed, Of, Pupil, Typing
from core.periods import academic_year, months_after

_DAY = timedelta(days=1)
_BOARD, _CENTRE = "AQA", "61{number}"
_WEEKS = (
    ("HIST", "8145/1", "History paper 1", 0, "AM", 120),
    ("Biology", "8461/1", "Biology paper 1", 1, "PM", 105),
    ("ENG-LIT", "8702/1", "English Literature paper 1", 0, "AM", 105),
    ("Mathematics", "8300/1", "Mathematics paper 1", 3, "AM", 90),
    ("GEOG", "8035/1", "Geography paper 1", 7, "AM", 90),
    ("Chemistry", "8462/1", "Chemistry paper 1", 8, "AM", 105),
    ("ENG-LANG", "8700/1", "English Language paper 1", 10, "AM", 105),
    ("Mathematics", "8300/2", "Mathematics paper 2", 24, "AM", 90),
    ("ENG-LANG", "8700/2", "English Language paper 2", 25, "AM", 105),
    ("HIST", "8145/2", "History paper 2", 28, "AM", 120),
    ("Physics", "8463/1", "Physics paper 1", 28, "PM", 105),
    ("Mathematics", "8300/3", "Mathematics paper 3", 30, "AM", 90),
)
"""Made up in their days: subject, code, title, days after the second Monday in May, session, minutes."""
_CORE = {"8300/1", "8700/1"}
_TAUGHT = ("English", "Mathematics", "History", "Biology")
_SAW = (
    "Finished the last question for the first time.",
    "Planned the essay before writing it, which never fitted in before.",
    "Read each question twice and misread none.",
    "Still working steadily when the others stopped.",
)
_PICTURE = "Reads and writes slowly in every subject; answers tail off towards the end of timed work."


class Exams:
    """One academy's exams, told over the last three years; only where pupils sit them."""

    def __init__(self, rng: Random, typing: Typing, today: date) -> None:
        self._rng = rng
        self._typing = typing
        self._today = today
        self._year = academic_year(today)
        self._summer = _second_monday(self._year + 1)

    def tell(self, here: list[Child]) -> None:
        """Files, arrangements, and the timetable with its entries."""
        oldest = [child for child in here if child.index in (10, 11)]
        supported = [child for child in oldest if child.sen.provision != "N"]
        chosen = [child for child in supported if self._rng.random() < 0.7]
        for at, child in enumerate(sorted(chosen, key=lambda child: child.first_upn)):
            self._file(child, lapsing=child.index == 11 and at % 9 == 4)
        policy: dict[str, Any] = {
            "evidence": "policy",
            "dated_on": date(self._year, 9, 8),
            "note": "Reviewed by the governors each year.",
        }
        self._do(None, date(self._year, 9, 10), "exams.FileEvidence", **policy)
        self._timetable([child for child in oldest if child.index == 11], set(chosen))
        for child in here:
            if child.index == 6 and child.sen.provision == "K" and self._rng.random() < 0.5:
                self._primary(child)

    def _file(self, child: Child, *, lapsing: bool) -> None:
        """A candidate's file, from the first note of a teacher to the approval; some stop on the way."""
        began_on = months_after(self._summer + 4 * _DAY, -26) if lapsing else date(self._year, 9, 14)
        if not lapsing and child.index == 11:
            began_on = date(self._year - 1, 9, 14)
        other = bool(child.sen.needs) and child.sen.needs[0] in {"SEMH", "ASD", "PD", "HI", "VI", "SLCN"}
        need = "plan" if child.sen.provision == "E" else "other" if other else "learning"
        steps = self._steps(child, need, began_on - 80 * _DAY if lapsing else began_on)
        last = None
        for step, (day, command, fields) in enumerate(steps):
            if not lapsing and child.index == 10 and step > self._rng.randint(6, 16):
                return
            last = self._do(child, day, command, **fields)
            if last is None:
                return
        arrangement = {"plan": "ET25-E", "other": "ET25-N"}.get(need, "ET25")
        applied_on = began_on if lapsing else steps[-1][0] + 10 * _DAY
        told: dict[str, Any] = {"arrangement": arrangement, "level": "GCSE", "applied_on": applied_on}
        applied = self._do(
            child, applied_on, "exams.ApplyForArrangement", **told, reason="Their need is long known here."
        )
        if applied and (lapsing or self._rng.random() < 0.85):
            self._do(
                child,
                applied_on,
                "exams.ApproveApplication",
                after=applied,
                decision=Of(applied),
                approved_on=applied_on,
            )
        if self._rng.random() < 0.4:
            words = "Uses it in every lesson."
            self._do(
                child, applied_on + _DAY, "exams.AgreeArrangement", arrangement="WP", agreed_on=applied_on, reason=words
            )
        if self._rng.random() < 0.3:
            given: dict[str, Any] = {
                "arrangement": "SRB",
                "agreed_on": applied_on,
                "break_minutes": 15,
                "reason": "Agreed with the family.",
            }
            self._do(child, applied_on + 2 * _DAY, "exams.AgreeArrangement", **given)

    def _steps(self, child: Child, need: str, day: date) -> list[tuple[date, str, dict[str, Any]]]:
        """What goes into the file, in order, each with its day."""
        rng, used = self._rng, "ET25" if need == "learning" else "ET25-N"
        steps: list[tuple[date, str, dict[str, Any]]] = []
        for at, taught in enumerate(_TAUGHT[: rng.randint(2, 4)]):
            without = rng.randint(18, 34)
            note: dict[str, Any] = {
                "arrangement": used,
                "taught": taught,
                "setting": "timed_test",
                "effect": "helped",
                "mark_with": without + rng.randint(3, 11),
                "mark_without": without,
                "out_of": 60,
                "note": rng.choice(_SAW),
            }
            on = day + 3 * at * _DAY
            steps.append((on, "exams.NoteUse", {**note, "used_on": on}))
        day += 14 * _DAY
        steps.append((day, "exams.NameNeed", {"need": need, "named_on": day, "picture": _PICTURE}))
        if need == "learning":
            steps += self._form_8(day + 3 * _DAY)
        else:
            steps += self._form_9(day + 3 * _DAY, need)
        day = steps[-1][0] + _DAY
        steps.append((day, "exams.TellCandidate", {"told_on": day, "told_by": "The SENCO"}))
        return steps

    def _form_8(self, day: date) -> list[tuple[date, str, dict[str, Any]]]:
        rng = self._rng
        low, middle = rng.randint(70, 84), rng.randint(78, 89)
        steps = [(day, "exams.CompletePart", {"form": "8", "part": 1, "completed_on": day})]
        tested = day + 12 * _DAY
        for sub_area, score in (
            ("reading_speed", low),
            ("working_memory", middle),
            ("writing_speed", rng.randint(80, 104)),
        ):
            fields: dict[str, Any] = {
                "sub_area": sub_area,
                "score": score,
                "test": "Timed test battery, 3rd edition",
                "assessed_on": tested,
            }
            steps.append((tested, "exams.RecordScore", fields))
        for part in (2, 3):
            on = tested + 5 * part * _DAY
            steps.append((on, "exams.CompletePart", {"form": "8", "part": part, "completed_on": on}))
        return steps

    def _form_9(self, day: date, need: str) -> list[tuple[date, str, dict[str, Any]]]:
        kind = "plan" if need == "plan" else "specialist"
        steps: list[tuple[date, str, dict[str, Any]]] = [
            (day, "exams.FileEvidence", {"evidence": kind, "dated_on": day, "note": "Seen by the SENCO."})
        ]
        if need == "other":
            on = day + 6 * _DAY
            tried: dict[str, Any] = {
                "taught": "English",
                "tried_on": on,
                "enough": self._rng.random() < 0.2,
                "note": "Autumn mock.",
            }
            steps.append((on, "exams.TryRestBreaks", tried))
        day += 9 * _DAY
        return [*steps, (day, "exams.CompletePart", {"form": "9", "completed_on": day})]

    def _timetable(self, leaving: list[Child], chosen: set[Child]) -> None:
        """Next summer's papers, taken up in November: two of them for everybody, all of them for those with a file."""
        day = date(self._year, 11, 10)
        if not leaving or day >= self._today:
            return
        rows = [
            {"pupil": Pupil(child), "number": f"{at:04}", "uci": "", "paper": _paper(self._summer, *told)}
            for at, child in enumerate(sorted(leaving, key=lambda child: (child.surname, child.first_upn)), 1)
            for told in _WEEKS
            if child in chosen or told[1] in _CORE
        ]
        centre = _CENTRE.format(number=self._typing.site.number[-3:])
        self._do(None, day, "exams.TakeEntries", centre=centre, entries=tuple(rows))

    def _primary(self, child: Child) -> None:
        day = date(self._year, 10, 12)
        told: dict[str, Any] = {
            "assessment": "KS2",
            "year": self._year + 1,
            "arrangement": "additional_time",
            "percent": 25,
        }
        self._do(child, day, "exams.ArrangePrimary", **told, arranged_on=day)

    def _do(
        self, child: Child | None, day: date, command: str, *, after: Deed | None = None, **fields: Any
    ) -> Deed | None:
        by = {"exams.AppointAssessor": "head", "exams.TakeEntries": "exams_officer"}.get(command, "senco")
        return self._typing.at_once(child, day, by, command, fields, after)


def _second_monday(year: int) -> date:
    first = date(year, 5, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7, weeks=1)


def _paper(summer: date, subject: str, code: str, title: str, after: int, session: str, minutes: int) -> dict[str, Any]:
    return {
        "series": f"{summer.year}-06",
        "board": _BOARD,
        "level": "GCSE",
        "subject": subject,
        "code": code,
        "title": title,
        "tags": ("tests_reading",) if subject == "ENG-LANG" else (),
        "sits_on": summer + after * _DAY,
        "session": session,
        "start_minutes": 540 if session == "AM" else 810,
        "length_minutes": minutes,
    }
