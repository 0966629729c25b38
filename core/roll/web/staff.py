"""Staff of the academy: identity and employment only."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.roll.commands import AddStaff
from core.roll.views import Staff, staff
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post


class StaffPages(Controller):
    """Who works here."""

    path = "/staff"

    @post("/", guards=[may("read", "core.identity")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"/{desk.academy.urn if desk.academy else ''}/staff", form, ["q"])

    @get("/", guards=[may("read", "core.identity")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The staff list."""
        base = f"/{desk.academy.urn}/staff" if desk.academy else ""
        listing = Listing(desk, base, request.query_params, ["q"])
        wanted = listing.chosen["q"].casefold()
        everyone = [one for one in desk.see_all(staff).values() if wanted in f"{one.name} {one.job}".casefold()]
        keys = {
            "name": lambda one: one.name.casefold(),
            "post": lambda one: one.job.casefold(),
            "since": lambda one: one.joined_on,
        }
        shown, caption, pages = listing.cut(listing.sorted(everyone, keys, "name"))
        lends, adds = desk.may("lend", "core.running"), desk.may("write", "core.identity")
        actions = [
            *([{"text": "Stand-ins", "href": f"{base.removesuffix('/staff')}/lend"}] if lends else []),
            *([{"text": "Add someone", "href": f"{base}/add", "main": True}] if adds else []),
        ]
        return page(
            "roll/staff.html",
            lede=f"{len(everyone)} people. What they may see is granted by the trust, not by being listed here.",
            actions=actions,
            filters=listing.filters(form, {"q": "Name or post"}, {}),
            caption=caption,
            columns=listing.columns([("Name", "name"), ("Post", "post"), ("Since", "since"), ("Until", "")], "name"),
            rows=[_row(one) for one in shown],
            empty={"says": "Nobody fits this filter.", "next": "Clear it, or add someone."},
            pages=pages,
        )

    @get("/add", guards=[may("write", "core.identity")])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that adds someone."""
        return _add_page(desk, form)

    @post("/add", guards=[may("write", "core.identity")])
    def add(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Adds someone to the staff."""

        def act() -> str:
            command = form.read(AddStaff)
            subject = desk.building.desk_store.new_id(form.command_id, command.name)
            desk.do(command, subject, command_id=form.command_id)
            return f"/{desk.academy.urn if desk.academy else ''}/staff"

        return form.attempt(act, lambda: _add_page(desk, form), "Recorded.")


def _row(one: Staff) -> dict[str, Any]:
    tags = [{"text": f"tutor of {one.form}", "kind": "plain"}] if one.form else []
    return {"name": one.name, "href": None, "post": one.job, "since": one.joined_on, "until": one.left_on, "tags": tags}


def _add_page(desk: Desk, form: Form) -> Page:
    base = f"/{desk.academy.urn}/staff" if desk.academy else ""
    return page(
        "roll/add_staff.html",
        crumbs=[{"text": "Staff", "href": base}, {"text": "Add someone", "href": None}],
        form=form.fill(joined_on=desk.today),
        token=form.token(),
        action=f"{base}/add",
        back_href=base,
    )
