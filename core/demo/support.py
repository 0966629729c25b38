"""The SEN part of the story: who is on the register to begin with, and what moves in a year."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from core.demo.children import Child, Sen
from core.demo.entries import Deed, Said, Typing
from core.demo.needs import CHANGED, MOVED, PLACED, TAKEN_OFF, WRONG_CHILD, WRONG_DAY, needs
from core.demo.places import Site
from core.periods import last_day, working_day_on_or_before

_DAY = timedelta(days=1)
_TAKEN_OVER = "As the school's own system says."
_YOUNG = (0.5, 0.75, 0.95)
"""Reception to year 2: fewer have been noticed yet."""


def settled(rng: Random, site: Site, child: Child, entered_on: date, day: date) -> None:
    """Decides where a child new to the story stands on that day."""
    young = _YOUNG[child.index] if child.index < len(_YOUNG) else 1.12 if site.phase == "primary" else 1.0
    older = 0.45 if child.index > 11 else 1.0
    chance = rng.random()
    if chance < site.plans * (0.84 if site.plans < 1 else 1) * min(young, 1.1) * older or site.phase == "special":
        provision = "E"
    elif chance < (site.plans * 0.84 + site.support * 0.98) * young * older:
        provision = "K"
    else:
        return
    since = working_day_on_or_before(entered_on + _DAY * rng.randint(0, (day - entered_on).days))
    codes = needs(rng, provision, child.index, since, special=site.phase == "special")
    told: date | None = working_day_on_or_before(since - _DAY * rng.randint(0, 12))
    if rng.random() < 0.02:
        told = None
    if rng.random() < 0.012:
        codes = ()
    child.sen = Sen(provision, codes, since, told)
    if provision == "E" and rng.random() > 0.025:
        made_on = working_day_on_or_before(day - _DAY * rng.randint(30, 200 + 130 * min(child.index + 1, 6)))
        plan_made(rng, child.sen, made_on)
        while child.sen.review_on and child.sen.review_on < day:
            review_ended(rng, child.sen, child.sen.review_on)


def plan_made(rng: Random, sen: Sen, made_on: date) -> None:
    sen.made_on, sen.reviewed_on = made_on, None
    sen.review_on = _review_day(rng, made_on)


def review_ended(rng: Random, sen: Sen, ended_on: date) -> None:
    sen.reviewed_on = ended_on
    sen.review_on = _review_day(rng, ended_on)


def _review_day(rng: Random, before: date) -> date:
    """The day the next review ends: mostly some weeks in hand, one in seven late."""
    due_by = last_day(months=12, starting_with=before)
    late = rng.random() < 0.15
    return working_day_on_or_before(due_by + _DAY * (rng.randint(5, 120) if late else -rng.randint(2, 50)))


def as_taken_over(child: Child, entered_on: date) -> list[Said]:
    """What an import of the school's own system records of a child's support."""
    sen, said = child.sen, []
    if sen.provision != "N":
        since = max(sen.since, entered_on)
        fields = {"provision": sen.provision, "needs": sen.needs, "placed_on": since, "parents_told_on": sen.told}
        said.append(Said(child, "register.placed/1", {**fields, "reason": _TAKEN_OVER}))
    if sen.made_on:
        said.append(Said(child, "register.plan_issued/1", {"made_on": sen.made_on}))
    if sen.reviewed_on:
        said.append(Said(child, "register.review_ended/1", {"ended_on": sen.reviewed_on}))
    return said


class Year:
    """One academic year of support at one academy."""

    def __init__(self, rng: Random, typing: Typing, year: int) -> None:
        self._rng = rng
        self._typing = typing
        self._site = typing.site
        lessons = typing.days.of_year(year)
        self._days = lessons[8:-5]
        self._ends_on = lessons[-1]

    def of(self, child: Child) -> None:
        """What happens to one child; at most one change of support, and a review where one ends."""
        match child.sen.provision:
            case "N":
                self._may_begin(child)
            case "K":
                self._may_move(child)
            case _:
                self._with_plan(child)

    def mistaken(self, child: Child) -> None:
        """A child without SEN is placed on the register by mistake, and the entry is taken back."""
        day = self._rng.choice(self._days)
        codes = needs(self._rng, "K", child.index, day)
        self._typing.undo(self._change(child, "K", codes, day, self._rng.choice(PLACED), day), WRONG_CHILD)

    def _may_begin(self, child: Child) -> None:
        younger = 0.36 if child.index < 3 else 0.26 if self._site.phase == "primary" else 0.13
        if self._rng.random() < self._site.support * younger:
            day = self._rng.choice(self._days)
            codes = needs(self._rng, "K", child.index, day)
            self._move(child, "K", codes, day, self._rng.choice(PLACED))

    def _may_move(self, child: Child) -> None:
        rng, day, chance = self._rng, self._rng.choice(self._days), self._rng.random()
        sen = child.sen
        if chance < 0.09:
            self._move(child, "N", (), day, rng.choice(TAKEN_OFF))
        elif chance < 0.14:
            codes = tuple(code for code in sen.needs if code != "NSA") or needs(rng, "E", child.index, day)
            made_on = working_day_on_or_before(day - _DAY * rng.randint(0, 4))
            deed = self._move(child, "E", codes, day, rng.choice(MOVED))
            plan_made(rng, child.sen, made_on)
            self._typing.also(deed, "register.IssuePlan", made_on=made_on)
        elif chance < 0.24:
            codes = needs(rng, "K", child.index, day)
            if codes != sen.needs:
                self._move(child, "K", codes, day, rng.choice(CHANGED))

    def _with_plan(self, child: Child) -> None:
        sen = child.sen
        while sen.review_on and sen.review_on <= self._ends_on:
            self._typing.do(child, sen.review_on, "register.EndReview", ended_on=sen.review_on)
            review_ended(self._rng, sen, sen.review_on)

    def _move(self, child: Child, provision: str, codes: tuple[str, ...], day: date, reason: str) -> Deed | None:
        """A change of support, now and then with a wrong day first."""
        told = working_day_on_or_before(day - _DAY * self._rng.randint(0, 14))
        wrong = self._rng.random() < 0.02
        typed_day = self._days[max(0, self._days.index(day) - 15)] if wrong and day in self._days else day
        deed = self._change(child, provision, codes, day, reason, told, on=typed_day)
        if typed_day != day:
            at = self._typing.undo(deed, WRONG_DAY)
            self._typing.again(deed, at, on=day)
        child.sen = Sen(provision, codes, day, told, child.sen.made_on, child.sen.reviewed_on, child.sen.review_on)
        return deed

    def _change(
        self,
        child: Child,
        provision: str,
        codes: tuple[str, ...],
        day: date,
        reason: str,
        told: date,
        on: date | None = None,
    ) -> Deed | None:
        """Types a change of support that came on that day; `on` where another day is written by mistake."""
        fields = {"provision": provision, "on": on or day, "told": told, "reason": reason}
        ranked = {f"need_{rank}": code for rank, code in enumerate(codes, 1)}
        return self._typing.do(child, day, "register.ChangeStatus", **fields, **ranked)
