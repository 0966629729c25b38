"""The children in care of the story: who looks after them, their plans, their money; told in last year and this."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from core.demo.authorities import AUTHORITIES, ITEM, NEEDS, VOICE
from core.demo.children import Child
from core.demo.clock import on_or_after
from core.demo.entries import THAT_DAY, Deed, Of, Typing, Worker
from core.periods import academic_year

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_TEACHER = "designated_teacher"


class Care:
    """One academy's children in care."""

    def __init__(self, rng: Random, typing: Typing, today: date) -> None:
        self._rng = rng
        self._typing = typing
        self._today = today
        self._year = academic_year(today)
        self._christmas = self._last_friday_before_christmas()

    def tell(self, here: list[Child]) -> None:
        """Authorities and the designated teacher first, then each child."""
        begins = self._typing.days.of_year(self._year - 1)[2]
        for told in AUTHORITIES:
            contact = f"Virtual school, virtual.school@{told['name'].casefold()}.example"
            self._do(None, begins, "SetAuthority", **told, from_on=begins, contact=contact)
        named: dict[str, Any] = {"staff": Worker(_TEACHER), "from_on": begins, "qualified": True}
        post = self._do(None, begins, "NameDesignatedTeacher", by="head", **named)
        if post:
            trained_on = begins + 40 * _DAY
            course = "Designated teacher, one day, virtual school"
            self._do(
                None,
                trained_on,
                "TrainDesignatedTeacher",
                by="head",
                after=post,
                post=Of(post),
                trained_on=THAT_DAY,
                course=course,
            )
        steady = [child for child in here if child.typed_until < date.max and child.index > 0]
        chosen = sorted(steady, key=lambda child: child.first_upn)[:: max(1, len(steady) // self._many(here))]
        for at, child in enumerate(chosen):
            self._child(child, at)
        for at, child in enumerate(steady[3 :: max(4, len(steady) // self._many(here))]):
            if child not in chosen:
                self._after_care(child, at)

    def _many(self, here: list[Child]) -> int:
        return max(3, round(len(here) * 0.008))

    def _child(self, child: Child, at: int) -> None:
        """The first is told of on a Friday before Christmas; the others at any time of last year or this autumn."""
        days = self._typing.days.of_year(self._year - 1)
        began_on = self._christmas - 4 * _DAY if at == 0 else self._rng.choice(days[10:-30])
        told_on = self._christmas if at == 0 else began_on + self._rng.choice((0, 1, 2, 2, 21)) * _DAY
        if at == 2:
            recent = self._typing.days.of_year(self._year)
            began_on = on_or_after(recent, self._today - 17 * _DAY) or recent[-1]
            told_on = began_on
        authority = AUTHORITIES[at % len(AUTHORITIES)]["code"]
        began = self._do(
            child,
            told_on,
            "BeginEpisode",
            care="kinship_foster" if at % 7 == 5 else "looked_after",
            began_on=began_on,
            told_on=told_on,
            source="The social worker, by letter",
            legal=("C2", "V2", "C1")[at % 3],
            authority=authority,
        )
        if began is None:
            return
        seen_on = told_on + _DAY
        seen: dict[str, Any] = {"evidence": "authority_letter", "seen_on": THAT_DAY, "episode": Of(began)}
        self._do(child, seen_on, "SeeEvidence", after=began, **seen)
        if at % 3:
            area: dict[str, Any] = {
                "part": "school_area",
                "named_on": told_on,
                "authority": "898",
                "source": "The admission form",
            }
            self._do(child, told_on, "NameAuthority", after=began, **area)
        if at == 6:  # nobody has begun on this child's plan
            return
        first = self._plan(child, "initial", told_on + 7 * _DAY, began, late=at == 0)
        if first is not None:
            self._plan(child, "termly", self._typing.days.of_year(self._year)[18], first)
        self._questionnaire(child, began_on)
        if at % 4 == 1:
            self._suspended(child, at)

    def _plan(self, child: Child, why: str, day: date, after: Deed, *, late: bool = False) -> Deed | None:
        """A plan from its start to its end, as far as time allows; its last deed when it was agreed."""
        started = self._do(
            child,
            day,
            "StartPep",
            after=after,
            why=why,
            started_on=day,
            due_by=day + 8 * _WEEK if why == "termly" else None,
        )
        if started is None:
            return None
        day, pep = started.at.date(), Of(started)
        steps: list[tuple[int, str, dict[str, Any]]] = [
            (1, "GiveVoice", {"method": "Drawing and talking", "words": VOICE}),
            (
                2,
                "WriteSection",
                {"section": "progress", "contributor": _TEACHER, "words": "Behind in reading, level in number."},
            ),
            (
                2,
                "WriteSection",
                {"section": "sen", "contributor": "senco", "words": "SEN support continues; no change this term."},
            ),
            (3, "CountAttendance", {"possible": 120, "missed": self._rng.randint(0, 16)}),
            (5, "HoldMeeting", {"attended": ("child", "carer", "social_worker", _TEACHER)}),
        ]
        last: Deed | None = started
        for days, command, fields in steps:
            last = self._write(child, day + days * _DAY, command, fields, pep, last)
            if last is None:
                return None
        targets = []
        for need, words, baseline in self._rng.sample(NEEDS, 2):
            told: dict[str, Any] = {
                "need": need,
                "words": words,
                "baseline": baseline,
                "owner": "Class teacher",
                "how_often": "Weekly, 30 minutes",
            }
            last = self._write(
                child, day + 6 * _DAY, "SetTarget", {**told, "by_on": day + 70 * _DAY, "cost_pence": 18000}, pep, last
            )
            if last is None:
                return None
            targets.append(last)
        return self._sent(child, day, pep, targets, late=late)

    def _write(
        self, child: Child, day: date, command: str, fields: dict[str, Any], pep: Of, after: Deed | None
    ) -> Deed | None:
        dated = {"GiveVoice": "given_on", "HoldMeeting": "held_on", "CountAttendance": "until_by"}.get(command)
        told: dict[str, Any] = {**fields, "pep": pep}
        if dated:
            told[dated] = THAT_DAY
        if command == "CountAttendance":
            told["from_on"] = day - 12 * _WEEK
        if command == "HoldMeeting":
            told["next_on"] = day + 15 * _WEEK
        return self._do(child, day, command, after=after, **told)

    def _sent(self, child: Child, day: date, pep: Of, targets: list[Deed], *, late: bool) -> Deed | None:
        """Ready, sent, now and then returned, agreed; with a claim for its first target."""
        ready = self._do(child, day + 8 * _DAY, "MakeReady", after=targets[-1], pep=pep)
        sent = self._do(child, day + 9 * _DAY, "SendPep", after=ready, pep=pep, sent_on=THAT_DAY) if ready else None
        if sent is None:
            return None
        back_on = day + (26 if late else 16) * _DAY
        if late or self._rng.random() < 0.2:
            why = "Please cost the second target, and say how often."
            returned = self._do(child, back_on, "ReturnPep", after=sent, pep=pep, returned_on=THAT_DAY, reason=why)
            again = self._do(child, back_on + 2 * _DAY, "MakeReady", after=returned, pep=pep) if returned else None
            sent = (
                self._do(child, back_on + 3 * _DAY, "SendPep", after=again, pep=pep, sent_on=THAT_DAY)
                if again
                else None
            )
            back_on += 9 * _DAY
        agreed = (
            self._do(child, back_on, "AgreePep", after=sent, pep=pep, agreed_on=THAT_DAY, grade="green")
            if sent
            else None
        )
        if agreed is None:
            return None
        claim: dict[str, Any] = {
            "target": Of(targets[0]),
            "item": ITEM,
            "cost_pence": 18000,
            "from_on": back_on,
            "until_by": day + 60 * _DAY,
        }
        made = self._do(child, back_on, "MakeClaim", after=agreed, **claim)
        if made:
            paid_on = back_on + 12 * _DAY
            given = self._do(
                child, paid_on, "AgreeClaim", after=made, claim=Of(made), agreed_pence=18000, agreed_on=THAT_DAY
            )
            if given:
                self._do(
                    child,
                    paid_on + 9 * _DAY,
                    "ReceiveClaim",
                    after=given,
                    claim=Of(made),
                    paid_pence=18000,
                    paid_on=THAT_DAY,
                )
        judged: Deed | None = agreed
        for at, target in enumerate(targets):
            judged_on = day + 75 * _DAY
            told: dict[str, Any] = {
                "target": Of(target),
                "outcome": ("met", "part")[at],
                "judged_on": THAT_DAY,
                "evidence": "Seen in class.",
            }
            judged = self._do(child, judged_on, "JudgeTarget", after=judged, **told) if judged else None
        return judged

    def _questionnaire(self, child: Child, began_on: date) -> None:
        day = began_on + 60 * _DAY
        self._do(child, day, "ScoreSdq", scored_on=day, score=str(self._rng.randint(6, 24)))

    def _suspended(self, child: Child, at: int) -> None:
        """A suspension of this autumn; of the last of them nobody has yet told the virtual school."""
        day = on_or_after(self._typing.days.of_year(self._year), self._today - (8 + 3 * at) * _DAY)
        if day is None:
            return
        told: dict[str, Any] = {
            "decided_on": day,
            "decided_at": "14:10",
            "from_on": day + _DAY,
            "sessions": 3,
            "cause": "Disruptive behaviour",
        }
        decided = self._do(child, day, "DecideSuspension", by="head", **told)
        for whom, hour in (("carer", "14:35"), ("social_worker", "15:05"), ("virtual_school", "15:20")):
            if decided and (whom != "virtual_school" or at > 1):
                said: dict[str, Any] = {"whom": whom, "told_on": day, "told_at": hour, "channel": "Telephone"}
                self._do(child, day, "TellOfSuspension", by="head", after=decided, suspension=Of(decided), **said)

    def _after_care(self, child: Child, at: int) -> None:
        """Adopted, or under a special guardianship order; or in kinship care and never looked after."""
        day = self._typing.days.of_year(self._year)[12]
        if at % 3 == 2:
            self._do(child, day, "DeclareKinship", code="KI", declared_on=day)
            return
        code, proof = (("A", "adoption_order"), ("G", "special_guardianship_order"))[at % 3]
        told: dict[str, Any] = {
            "code": code,
            "declared_on": day,
            "ordered_on": day - 200 * _DAY,
            "evidence": proof,
            "seen_on": day,
        }
        self._do(child, day, "DeclarePreviousCare", **told)

    def _do(
        self,
        child: Child | None,
        day: date,
        command: str,
        *,
        by: str = _TEACHER,
        after: Deed | None = None,
        **fields: Any,
    ) -> Deed | None:
        return self._typing.at_once(child, day, by, f"lac.{command}", fields, after)

    def _last_friday_before_christmas(self) -> date:
        day = date(self._year - 1, 12, 24)
        lessons = set(self._typing.days.of_year(self._year - 1))
        while day.weekday() != 4 or day not in lessons:
            day -= _DAY
        return day
