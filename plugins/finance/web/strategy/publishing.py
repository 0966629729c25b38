"""A version on the school's site: taken away as one HTML page or a tagged PDF, and recorded as published."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.law import errors
from core.money import pounds
from core.printing import pdf
from core.web.files import as_file
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ...commands import PublishStrategy
from ...facts import StrategyWritten
from ...telling import base
from ..budget_words import crumbs
from .showing import findings_of
from .words import STRATEGY, activities_told, known_of, over_or_under, paragraphs, review_said, year_name

_TEMPLATE = Path(__file__).parents[2] / "writing" / "strategy.typ"
_PUBLISH = Question(
    PublishStrategy,
    "Record that it is published",
    (
        Ask("address", "Where does it stand on the school's site?", hint="The whole address, beginning with https://"),
        Ask("published_on", "Since when?", "date"),
    ),
    says="Put the file on the site first. A version that was published is kept as the public has seen it.",
)


class _Activity(msgspec.Struct, frozen=True):
    """One thing the school does, as the public reads it."""

    what: str
    pence: str
    owner: str
    measure: str


class _Principle(msgspec.Struct, frozen=True):
    """One principle with what is done for it."""

    title: str
    pence: str
    activities: tuple[_Activity, ...]


class Published(msgspec.Struct, frozen=True):
    """The strategy as the public reads it."""

    title: str
    made: str
    academy: str
    lede: str
    introduction: tuple[str, ...]
    sums: tuple[tuple[str, str], ...]
    principles: tuple[_Principle, ...]


class PublishStrategyPages(Controller):
    """Publishing a version."""

    path = "/strategy"

    @get("/versions/{version_id:uuid}/strategy.html", guards=[may("read", STRATEGY)])
    def as_html(self, version_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One page that stands by itself: nothing it needs lies elsewhere."""
        answer = page("finance/strategy_public.html", told=_told(desk, version_id))
        answer.headers["Content-Disposition"] = 'attachment; filename="inclusion-strategy.html"'
        desk.exported("Inclusion strategy", STRATEGY, 1)
        return answer

    @get("/versions/{version_id:uuid}/strategy.pdf", guards=[may("read", STRATEGY)])
    def as_pdf(self, version_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The same on paper."""
        told = _told(desk, version_id)
        desk.exported("Inclusion strategy", STRATEGY, 1)
        return as_file(pdf(_TEMPLATE.read_bytes(), told), "application/pdf", "inclusion-strategy.pdf")

    @get("/publish/{version_id:uuid}", guards=[may("sign", STRATEGY)])
    def ask(self, version_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that says where it stands."""
        return _page(desk, version_id, form.fill(published_on=desk.today))

    @post("/publish/{version_id:uuid}", guards=[may("sign", STRATEGY)])
    def publish(
        self, version_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it; a version that lacks something is refused with all that it lacks."""
        one = _version(desk, version_id)

        def act() -> str:
            desk.do(_PUBLISH.read(form, version=version_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/strategy?year={one.year}"

        return form.attempt(act, lambda: _page(desk, version_id, form), "Recorded as published.")


def _version(desk: Desk, version_id: UUID) -> StrategyWritten:
    one = known_of(desk).version(version_id)
    if one is None:
        raise NotFound
    return one


def _told(desk: Desk, version_id: UUID) -> Published:
    """What the public reads; raises NotFound while anything is missing."""
    one = _version(desk, version_id)
    if errors(findings_of(desk, one)):
        raise NotFound
    academy = desk.academy.name if desk.academy else ""
    whole = sum(activity.pence or 0 for activity in one.activities)
    return Published(
        f"Inclusion strategy {year_name(one.year)}",
        f"{academy}, {day(one.written_on)}",
        academy,
        f"How {academy} spends its inclusive mainstream fund. {review_said(one)}",
        paragraphs(one.introduction),
        (
            ("Allocation of the inclusive mainstream fund", pounds(one.allocation_pence)),
            ("What the activities cost", f"{pounds(whole)}: {over_or_under(one)}"),
            ("Written on", day(one.written_on)),
        ),
        tuple(
            _Principle(
                principle["title"],
                principle["pence"],
                tuple(_Activity(row["what"], row["pence"], row["owner"], row["measure"]) for row in principle["rows"]),
            )
            for principle in activities_told(desk, one)
        ),
    )


def _page(desk: Desk, version_id: UUID, form: Form) -> Page:
    one = _version(desk, version_id)
    return _PUBLISH.shown(
        form,
        crumbs=crumbs(desk, _PUBLISH.title, ("Inclusion strategy", f"strategy?year={one.year}")),
        now=[
            {"label": "Version", "value": f"{year_name(one.year)}, written on {day(one.written_on)}"},
            {"label": "Costs", "value": over_or_under(one)},
        ],
        notes=[finding.says for finding in errors(findings_of(desk, one))],
        action=f"{base(desk)}/strategy/publish/{version_id}",
        seen=desk.seen_for(PublishStrategy, desk.here),
        back_href=f"{base(desk)}/strategy/versions/{version_id}",
    )
