"""Records whose time is over: proposed to be destroyed, as many at once as one has looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.disposal.commands import ProposeDisposal
from core.disposal.queue import stands_in_the_way, told
from core.disposal.schedule import Due, due, in_words
from core.disposal.web.naming import OWN, base, called
from core.errors import Refused
from core.ids import uuid_for
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted


class Overdue(Controller):
    """What need not be kept any more, at one academy."""

    path = "/disposal/due"

    @get("/", guards=[may("write", OWN)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The queue, the longest overdue first. That each was looked at is recorded."""
        return _page(desk, form, request.query_params.get("page", "1"))

    @post("/", guards=[may("write", OWN)])
    def propose(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Proposes the chosen ones, each to be agreed to by two as any other."""

        def act() -> str:
            chosen = {(one.subject, one.kind.record.name): one for one in due(desk)}
            picked = [chosen[key] for text in form.fields.get("chosen", []) if (key := _key(text)) in chosen]
            if not picked:
                raise Refused("Choose the records that may go.", code="nothing_chosen", field="chosen")
            asked = [(one, _proposal(one)) for one in picked if not stands_in_the_way(desk, one)]
            for one, command in asked:
                desk.would(command, one.subject)  # all of them, or none
            for one, command in asked:
                desk.do(command, one.subject, command_id=uuid_for(form.command_id, one.subject, command.record))
            return base(desk)

        return form.attempt(act, lambda: _page(desk, form, form.text("page")), "Proposed. Nothing is destroyed yet.")


def _proposal(one: Due) -> ProposeDisposal:
    reason = f"Kept for {in_words(one.ends)}. {one.ends.source}"
    return ProposeDisposal(one.kind.record.name, "retention_ended", reason)


def _key(text: str) -> tuple[UUID, str] | None:
    subject, _, record = text.partition(" ")
    try:
        return UUID(subject), record
    except ValueError:
        return None


def _page(desk: Desk, form: Form, number: str) -> Page:
    every = due(desk)
    listing = Listing(desk, f"{base(desk)}/due", {"page": number}, ())
    shown, caption, pages = listing.cut(every)
    for one in shown:
        desk.opened(one.subject, ["core.identity"])
    return page(
        "disposal/due.html",
        crumbs=[{"text": "Disposal", "href": base(desk)}, {"text": "Time is over", "href": None}],
        lede=f"{counted(len(every), 'record', 'records')} that need not be kept any more, by the trust's schedule.",
        rows=[_row(desk, row, form.fields.get("chosen", [])) for row in told(desk, shown)],
        caption=caption,
        pages=pages,
        keep=[{"name": "page", "value": str(listing.number)}],
        form=form,
        token=form.token(),
        action=f"{base(desk)}/due",
    )


def _row(desk: Desk, row: dict[str, Any], picked: Sequence[str]) -> dict[str, Any]:
    subject = row["subject"]
    whom, value = called(desk, subject), f"{subject} {row['record']}"
    return {
        **row,
        "value": value,
        "picked": value in picked,
        "whom": whom.name,
        "about": whom.about,
        "href": f"{base(desk)}/{subject}",
    }
