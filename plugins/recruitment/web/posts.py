"""The academy's posts: how many, at what pay, filled or not. Nobody's name stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import Cell
from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.roll.web.child import crumbs
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ..codes import ROLES, standing
from ..commands import FillPost, LeavePost, PlanPost
from ..telling import base
from ..views import Post, posts
from .people.opening import role_options

POSTS = "recruitment.posts"
_COLUMNS = [
    ("Post", "title"),
    ("Of full time", "share"),
    ("Pay a year", "pay"),
    ("Allowances", ""),
    ("From", "from_on"),
]
_COLUMNS += [("State", "state"), ("Acts", "")]
_HEADER = ["Post", "Kind of work", "Of full time, in hundredths", "Pay a year at full time", "Allowances a year",
           "From", "Until", "Filled from", "Left on"]  # fmt: skip
PLAN = Question(
    PlanPost,
    "Plan a post",
    (
        Ask("title", "What is the post called?", hint="Name nobody: a post is not a person."),
        Ask("role", "What kind of post is it?", "select"),
        Ask("share", "How much of full time, in hundredths?", "number", "100 is full time, 60 is three days of five."),
        Ask("pay_pence", "Pay a year at full time", "money", "Allowances left out."),
        Ask("allowances_pence", "Allowances a year", "money", "SEN allowance, TLR and the like. 0 if there are none."),
        Ask("from_on", "From which day?", "date"),
        Ask("until_by", "Until which day?", "date", "Leave empty if it has no end."),
    ),
    says="A vacancy is approved for a post. The budget may ask for what is planned here, if the trust approved it.",
)
OF_ONE = {
    "change": Question(PlanPost, "Change the post", PLAN.asks),
    "fill": Question(
        FillPost,
        "Record that somebody is in the post",
        (
            Ask("from_on", "From which day?", "date"),
            Ask("pay_pence", "Pay a year at full time, as it is paid", "money"),
        ),
    ),
    "leave": Question(
        LeavePost,
        "Record that the post is empty",
        (
            Ask("left_on", "Which was the last day somebody was in it?", "date"),
            Ask("ends", "Does the post itself end?", "yes_no"),
        ),
    ),
}


class Posts(Controller):
    """How many posts there are."""

    path = "/posts"

    @get("/", guards=[may("read", POSTS)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Every post that has not ended, and those that have."""
        here, writes = f"{base(desk)}/posts", desk.may("write", POSTS)
        listing = Listing(desk, here, request.query_params, [])
        every = sorted(_known(desk).items(), key=lambda pair: pair[1].told.title.casefold())
        now = [(key, one) for key, one in every if one.ended_on is None or desk.today <= one.ended_on]
        keys = {
            "title": lambda pair: pair[1].told.title.casefold(),
            "share": lambda pair: pair[1].told.share,
            "pay": lambda pair: pair[1].told.pay_pence,
            "from_on": lambda pair: pair[1].told.from_on,
            "state": lambda pair: _state(pair[1])["text"],
        }
        actions: list[dict[str, Any]] = [{"text": PLAN.title, "href": f"{here}/new", "main": True}] if writes else []
        actions += [
            {"text": end.upper(), "href": f"{here}/list.{end}", "says": "of this list"} for end in ("csv", "xlsx")
        ]
        return page(
            "recruitment/posts.html",
            lede="What the academy has, or is to have, whoever is in it.",
            actions=actions,
            figures=_figures([one for _, one in now]),
            columns=listing.columns(_COLUMNS, "title"),
            rows=[_row(desk, key, one, here, writes) for key, one in listing.sorted(now, keys, "title")],
            ended=[
                {"label": one.told.title, "value": f"ended on {day(one.ended_on)}"}
                for key, one in every
                if one.ended_on is not None and one.ended_on < desk.today
            ],
        )

    @get("/list.csv", guards=[may("read", POSTS)])
    def as_csv(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(_HEADER, _table(desk), taken=desk.taken), "posts")

    @get("/list.xlsx", guards=[may("read", POSTS)])
    def as_xlsx(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Posts", _HEADER, _table(desk), taken=desk.taken), "posts")

    @get("/new", guards=[may("write", POSTS)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a post."""
        return _new_page(desk, form.fill(share="100", allowances_pence="0"))

    @post("/new", guards=[may("write", POSTS)])
    def plan(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Plans it."""

        def act() -> str:
            desk.do(PLAN.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/posts"

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/{post_id:uuid}/{what:str}", guards=[may("write", POSTS)])
    def ask(
        self, post_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for what becomes of a post."""
        _, one = _asked(desk, post_id, what)
        told = one.told
        form.fill(pay_pence=_typed(told.pay_pence))
        if what == "change":
            form.fill(title=told.title, role=told.role, share=str(told.share), from_on=told.from_on)
            form.fill(until_by=told.until_by, allowances_pence=_typed(told.allowances_pence))
        return _one_page(desk, post_id, what, form)

    @post("/{post_id:uuid}/{what:str}", guards=[may("write", POSTS)])
    def record(
        self, post_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        question, _ = _asked(desk, post_id, what)

        def act() -> str:
            desk.do(question.read(form, post=post_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/posts"

        return form.attempt(act, lambda: _one_page(desk, post_id, what, form), "Recorded.")


def _known(desk: Desk) -> Mapping[UUID, Post]:
    return desk.see(posts, desk.here) or {}


def _asked(desk: Desk, wanted: UUID, what: str) -> tuple[Question, Post]:
    found = _known(desk).get(wanted)
    if found is None or what not in OF_ONE:
        raise NotFound
    return OF_ONE[what], found


def _typed(pence: int) -> str:
    return pounds(pence).removeprefix("£")


def _state(one: Post) -> dict[str, str]:
    if one.filled is None:
        return {"text": "not filled yet", "kind": "soon"}
    if one.left_on is not None:
        return {"text": f"empty since {day(one.left_on)}", "kind": "soon"}
    return {"text": f"filled since {day(one.filled.from_on)}", "kind": "well"}


def _figures(now: list[Post]) -> list[dict[str, Any]]:
    filled = [one for one in now if one.filled is not None and one.left_on is None]
    share = sum(one.told.share for one in now)
    return [
        {"label": "Posts", "value": str(len(now)), "note": f"{share // 100}.{share % 100:02} full-time equivalent"},
        {"label": "Filled", "value": str(len(filled)), "note": None},
        {"label": "Empty", "value": str(len(now) - len(filled)), "note": None},
    ]


def _row(desk: Desk, key: UUID, one: Post, here: str, writes: bool) -> dict[str, Any]:
    told, empty = one.told, one.filled is None or one.left_on is not None
    acts = [("Fill", "fill") if empty else ("Empty", "leave"), ("Change", "change")]
    paid = one.filled.pay_pence if one.filled and not empty else None
    return {
        "title": told.title,
        "role": standing(ROLES, desk.today).value[told.role].title,
        "share": f"{told.share}%",
        "pay": pounds(told.pay_pence),
        "paid": pounds(paid) if paid is not None and paid != told.pay_pence else "",
        "allowances": pounds(told.allowances_pence) if told.allowances_pence else "none",
        "from_on": told.from_on,
        "until_by": one.ended_on,
        "state": _state(one),
        "acts": [{"text": text, "href": f"{here}/{key}/{what}"} for text, what in acts] if writes else [],
    }


def _table(desk: Desk) -> list[list[Cell]]:
    """Every post; that the list was taken is recorded."""
    rows: list[list[Cell]] = [
        [
            one.told.title,
            standing(ROLES, desk.today).value[one.told.role].title,
            one.told.share,
            _typed(one.told.pay_pence),
            _typed(one.told.allowances_pence),
            one.told.from_on,
            one.ended_on,
            one.filled.from_on if one.filled else None,
            one.left_on,
        ]
        for one in _known(desk).values()
    ]
    desk.exported("Posts", POSTS, len(rows))
    return rows


def _new_page(desk: Desk, form: Form) -> Page:
    return PLAN.shown(
        form,
        crumbs=crumbs(desk, [("Posts", "recruitment/posts")], PLAN.title),
        action=f"{base(desk)}/posts/new",
        seen=desk.seen_for(PlanPost, desk.here),
        back_href=f"{base(desk)}/posts",
        options={"role": role_options(desk)},
    )


def _one_page(desk: Desk, wanted: UUID, what: str, form: Form) -> Page:
    question, one = _asked(desk, wanted, what)
    return question.shown(
        form,
        crumbs=crumbs(desk, [("Posts", "recruitment/posts")], question.title),
        about=f"{one.told.title}: {_state(one)['text']}",
        action=f"{base(desk)}/posts/{wanted}/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/posts",
        options={"role": role_options(desk)},
    )
