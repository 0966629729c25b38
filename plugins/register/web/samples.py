"""Samples for governors: how some pupils are helped, and never who they are."""

from __future__ import annotations

import re
from calendar import month_name
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.names import names_here
from core.roll.views import pupil, with_upn
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.web.timeline import split
from core.wording import counted, day
from events import Withdrawn

from ..codes import NEEDS
from ..commands import MOST_DRAWN, DrawSample
from ..telling import urn
from ..views import PROVISION_NAMES, samples, support

CLASS = "register.sample"
_TOLD = ("register.support", "register.plan")
_AREAS = {code.code: code.area or "another need" for code in NEEDS}
_DAYS = re.compile(rf"\b(?:on )?\d{{1,2}} (?=(?:{'|'.join(month_name[1:])}) \d{{4}})")
_CODES = re.compile(rf"\b(?:{'|'.join(code.code for code in NEEDS)})\b")
_DRAW = Question(
    DrawSample,
    "Draw a sample",
    (
        Ask("number", "How many pupils, by chance?", "number", f"Up to {MOST_DRAWN}. Empty where you name them below."),
        Ask("upns", "Or which ones?", "words", "UPNs, one on a line."),
        Ask("until_by", "Until which day can governors look at it?", "date"),
        Ask("why", "What is it for?", "words", "Governors read this. Name nobody."),
    ),
    record="Draw it",
    says="Governors see how each is helped: without a name, a year or a day.",
)


class Samples(Controller):
    """Samples, at one academy."""

    path = "/samples"

    @get("/", guards=[may("read", CLASS)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """The samples there are, the newest first; to whoever only looks, those that still can be looked at."""
        draws = desk.may("write", CLASS)
        every = sorted((desk.see(samples, desk.here) or {}).values(), key=lambda one: one.drawn_on, reverse=True)
        return page(
            "register/samples.html",
            actions=[{"text": "Draw a sample", "href": f"{_base(desk)}/new", "main": True}] if draws else [],
            rows=[
                {
                    "text": one.why,
                    "href": f"{_base(desk)}/{one.sample}",
                    "pupils": counted(len(one.pupils), "pupil", "pupils"),
                    "how": "by chance" if one.by_chance else "by hand",
                    "drawn": one.drawn_on,
                    "until": one.until_by,
                    "over": one.until_by < desk.today,
                }
                for one in every
                if draws or one.until_by >= desk.today
            ],
        )

    @get("/new", guards=[may("write", CLASS)])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for one."""
        return _draw_page(desk, form)

    @post("/new", guards=[may("write", CLASS)])
    def draw(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Draws it, by chance or as named."""

        def act() -> str:
            by_chance = bool(form.text("number"))
            found = _by_chance(desk, form) if by_chance else _by_hand(desk, form)
            desk.do(_DRAW.read(form, pupils=found, by_chance=by_chance), command_id=form.command_id, seen=form.seen)
            return f"{_base(desk)}/{form.command_id}"

        return form.attempt(act, lambda: _draw_page(desk, form), "Drawn.")

    @get("/{sample:uuid}", guards=[may("read", CLASS)])
    def one(self, sample: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """How each of them is helped. That each was looked at is recorded."""
        found = (desk.see(samples, desk.here) or {}).get(sample)
        if found is None or (found.until_by < desk.today and not desk.may("write", CLASS)):
            raise NotFound
        shown = [key for key in found.pupils if key not in desk.conflicts]
        for key in shown:
            desk.opened(key, [CLASS])
        return page(
            "register/sample.html",
            crumbs=[{"text": "Samples", "href": _base(desk)}, {"text": "Sample", "href": None}],
            why=found.why,
            until=day(found.until_by),
            pupils=[_told(desk, key, at) for at, key in enumerate(shown)],
        )


def _base(desk: Desk) -> str:
    return f"/{urn(desk)}/register/samples"


def _draw_page(desk: Desk, form: Form) -> Page:
    return _DRAW.shown(
        form,
        crumbs=[{"text": "Samples", "href": _base(desk)}, {"text": "Draw a sample", "href": None}],
        action=f"{_base(desk)}/new",
        seen=desk.seen_for(DrawSample, desk.here),
        back_href=_base(desk),
    )


def _by_chance(desk: Desk, form: Form) -> tuple[UUID, ...]:
    """As many as are asked for, of those on the register and on roll."""
    typed, pupils = form.text("number"), desk.see_all(pupil)
    here = [
        key
        for key, now in desk.see_all(support).items()
        if now.provision != "N" and key in pupils and pupils[key].is_on_roll(desk.today)
    ]
    wanted = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if not 0 < wanted <= MOST_DRAWN:
        form.wrong("number", f"Enter how many: {MOST_DRAWN} at most.")
    elif wanted > len(here):
        form.wrong("number", f"There {'is' if len(here) == 1 else 'are'} {len(here)} on the register.")
    return () if form.errors else tuple(SystemRandom().sample(sorted(here), wanted))


def _by_hand(desk: Desk, form: Form) -> tuple[UUID, ...]:
    """Those that were named."""
    pupils, found = desk.see_all(pupil), []
    for upn in [one for one in re.split(r"[\s,;]+", form.text("upns")) if one][: MOST_DRAWN + 1]:
        key = with_upn(pupils, upn)
        if key is None:
            form.wrong("upns", "There is no pupil with one of these UPNs here.")
            break
        found.append(key)
    if not found and not form.errors:
        form.wrong("number", "Enter how many, or name the pupils.")
    if len(found) > MOST_DRAWN:
        form.wrong("upns", f"Name {MOST_DRAWN} pupils at most.")
    return tuple(found)


def _told(desk: Desk, key: UUID, at: int) -> dict[str, Any]:
    """One pupil without a name: what is told is told by the log, since whoever looks may not read the register."""
    now, who, others = desk.log.see(support, key), desk.log.see(pupil, key), names_here(desk)
    entries = sorted(
        (event for record in _TOLD for event in desk.log.stream(key, record)), key=lambda one: (one.day, one.position)
    )
    gone = {event.fact.event for event in entries if isinstance(event.fact, Withdrawn)}
    said = [
        (f"{event.day:%B %Y}", split(desk.sentence(event)))
        for event in entries
        if event.event_id not in gone and not isinstance(event.fact, Withdrawn)
    ]
    forename, surname = (who.forename, who.surname) if who else ("", "")
    return {
        "name": f"Pupil {chr(ord('A') + at)}",
        "provision": PROVISION_NAMES.get(now.provision, "not on the register") if now else "not on the register",
        "areas": sorted({_AREAS.get(code, "another need") for code in now.needs}) if now else [],
        "entries": [
            {
                "when": when,
                "title": others.redacted(_said(title), forename, surname),
                "says": others.redacted(_said(says or ""), forename, surname),
            }
            for when, (title, says) in said
        ],
    }


def _said(words: str) -> str:
    """The words with the month of each day alone and without a need's code: either can tell who somebody is."""
    return _CODES.sub("[need]", _DAYS.sub("in ", words))
