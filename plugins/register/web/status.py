"""A change of status: the form, the check page, the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.law import in_force
from core.roll.views import Pupil, pupil
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import day as said

from ..codes import NEED_SETS
from ..commands import ChangeStatus
from ..views import NEED_NAMES, PROVISION_NAMES, Support, support

_KEPT = ("provision", "on", "need_1", "need_2", "need_3", "need_4", "told", "reason")


class Status(Controller):
    """One pupil's place on the register."""

    path = "/pupils/{pupil_id:uuid}/change"

    @get("/", guards=[may("write", "register.support")])
    def ask(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form, filled with how it stands."""
        return _form_page(desk, pupil_id, form)

    @post("/", guards=[may("write", "register.support")])
    def change(
        self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any] | Page:
        """Shows the answers to check; records them when they were."""
        who(desk, pupil_id, "register.support")
        go = form.text("go")

        def act() -> str:
            desk.do(form.read(ChangeStatus), pupil_id, command_id=form.command_id, seen=form.seen)
            return f"/{_urn(desk)}/pupils/{pupil_id}"

        if go == "record":
            return form.attempt(act, lambda: _form_page(desk, pupil_id, form), "Recorded on the register.")
        if go:
            return _form_page(desk, pupil_id, form)
        return form.checked(
            lambda: desk.would(form.read(ChangeStatus), pupil_id),
            lambda: _check_page(desk, pupil_id, form),
            lambda: _form_page(desk, pupil_id, form),
        )


def _urn(desk: Desk) -> str:
    return desk.academy.urn if desk.academy else ""


def who(desk: Desk, pupil_id: UUID, record: str) -> Pupil:
    """The pupil, the opening recorded before anything is shown; raises NotFound for one not theirs to know."""
    found = desk.see(pupil, pupil_id)
    if found is None:
        raise NotFound
    desk.opened(pupil_id, ["core.identity", record])
    return found


def about(one: Pupil) -> dict[str, str]:
    return {"name": one.full_name, "about": f"Year {one.year}" + (f", form {one.form}" if one.form else "")}


def crumbs(desk: Desk, pupil_id: UUID, here: str) -> list[dict[str, str | None]]:
    return [
        {"text": "Register", "href": f"/{_urn(desk)}/register"},
        {"text": "Pupil", "href": f"/{_urn(desk)}/pupils/{pupil_id}"},
        {"text": here, "href": None},
    ]


def _title(now: Support | None) -> str:
    return "Place on the SEN register" if now is None or now.provision == "N" else "Change status or needs"


def _form_page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    one, now = who(desk, pupil_id, "register.support"), desk.see(support, pupil_id)
    if now is not None and now.provision != "N":
        needs = {f"need_{rank}": code for rank, code in enumerate(now.needs[:4], 1)}
        if not form.fields:
            form.fill(provision=now.provision, **needs)
    standing = []
    if now is not None:
        standing = [
            {"label": "Provision", "value": f"{PROVISION_NAMES[now.provision]} since {said(now.since)}"},
            {"label": "Needs", "value": [NEED_NAMES.get(code, code) for code in now.needs] or "none"},
        ]
    edition = in_force(NEED_SETS, desk.today)
    areas: dict[str, list[dict[str, str]]] = {}
    for code in edition.value if edition else ():
        areas.setdefault(code.area or "No broad area", []).append(
            {"value": code.code, "text": f"{code.name} ({code.code})"}
        )
    return page(
        "register/change.html",
        crumbs=crumbs(desk, pupil_id, _title(now)),
        title=_title(now),
        pupil=about(one),
        now=standing,
        action=f"/{_urn(desk)}/register/pupils/{pupil_id}/change",
        token=form.token(desk.seen_for(ChangeStatus, pupil_id)),
        keep=[],
        form=form,
        provisions=[
            {
                "value": "K",
                "text": "SEN support",
                "hint": "Led by the school; also where top-up funding comes without a plan",
            },
            {"value": "E", "text": "EHC plan", "hint": "Once the plan is final, not when it is asked for"},
            {"value": "N", "text": "No SEN", "hint": "Takes the pupil off the register and ends every need"},
        ],
        needs=[
            {"value": "", "text": "None"},
            *({"group": area, "options": options} for area, options in areas.items()),
        ],
        back_href=f"/{_urn(desk)}/pupils/{pupil_id}",
    )


def _check_page(desk: Desk, pupil_id: UUID, form: Form) -> Page:
    one, now = who(desk, pupil_id, "register.support"), desk.see(support, pupil_id)
    command = form.read(ChangeStatus)
    was = (
        None
        if now and now.provision == command.provision
        else PROVISION_NAMES[now.provision]
        if now
        else "not on the register"
    )
    before = " · ".join(NEED_NAMES.get(code, code) for code in now.needs) if now and now.needs else None
    needs = [f"{need.rank} {NEED_NAMES.get(need.code, need.code)}" for need in command.needs]
    rows = [
        {"label": "Provision", "value": PROVISION_NAMES[command.provision], "was": was, "field": "provision"},
        {"label": "From", "value": said(command.on), "was": None, "field": "on"},
        {"label": "Needs, in rank", "value": needs or "none", "was": before, "field": "need_1"},
        {
            "label": "Parents told",
            "value": said(command.told) if command.told else "not recorded",
            "was": None,
            "field": "told",
        },
        {"label": "Why", "value": command.reason, "was": None, "field": "reason"},
    ]
    late = (desk.today - command.on).days
    warned = [f"This is typed {late} days after the day it holds from; both days will show."] if late > 1 else []
    follows = (
        ["Record the day on the plan next: its annual review is counted from it."]
        if command.provision == "E" and was
        else []
    )
    keep = [
        {"name": name, "value": text}
        for name, texts in form.fields.items()
        if name.split("-")[0] in _KEPT
        for text in texts
    ]
    return page(
        "register/check.html",
        crumbs=crumbs(desk, pupil_id, "Check and record"),
        title="Check before it is recorded",
        pupil=about(one),
        rows=rows,
        follows=follows,
        warned=warned,
        action=f"/{_urn(desk)}/register/pupils/{pupil_id}/change",
        token=form.token(),
        keep=keep,
        form=None,
        record="Record this",
    )
