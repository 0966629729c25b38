"""Samples for governors: how some pupils are helped, and never who they are."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.views import pupil, with_upn
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..codes import sampling
from ..commands import DrawSample
from ..sampling import by_chance, on_register, without_names
from ..telling import urn
from ..views import samples

CLASS = "register.sample"
_DRAW = Question(
    DrawSample,
    "Draw a sample",
    (
        Ask("number", "How many pupils, by chance?", "number", "Leave it empty to name them below."),
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
            chance = bool(form.text("number"))
            found = _by_chance(desk, form) if chance else _by_hand(desk, form)
            desk.do(_DRAW.read(form, pupils=found, by_chance=chance), command_id=form.command_id, seen=form.seen)
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
        told = zip(ascii_uppercase, (without_names(desk, key) for key in shown), strict=False)
        return page(
            "register/sample.html",
            crumbs=[{"text": "Samples", "href": _base(desk)}, {"text": "Sample", "href": None}],
            why=found.why,
            until=day(found.until_by),
            pupils=[{"name": f"Pupil {letter}", "told": one} for letter, one in told],
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
    typed, here, most = form.text("number"), on_register(desk), sampling(desk.today).pupils
    wanted = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if not 0 < wanted <= most:
        form.wrong("number", f"Enter how many: {most} at most.")
    elif wanted > len(here):
        form.wrong("number", f"There {'is' if len(here) == 1 else 'are'} {len(here)} on the register.")
    return () if form.errors else by_chance(desk, here, wanted, form.command_id)


def _by_hand(desk: Desk, form: Form) -> tuple[UUID, ...]:
    """Those that were named."""
    pupils, most = desk.see_all(pupil), sampling(desk.today).pupils
    found: list[UUID] = []
    for upn in [one for one in re.split(r"[\s,;]+", form.text("upns")) if one][: most + 1]:
        key = with_upn(pupils, upn)
        if key is None:
            form.wrong("upns", "There is no pupil with one of these UPNs here.")
            break
        found.append(key)
    if not found and not form.errors:
        form.wrong("number", "Enter how many, or name the pupils.")
    if len(found) > most:
        form.wrong("upns", f"Name {most} pupils at most.")
    return tuple(found)
