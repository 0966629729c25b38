"""What is kept of somebody, gathered for whoever asked, and decided part by part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar import Request as Sent
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.audit.packs import field_of
from core.audit.packs.documents import addresses_of
from core.audit.packs.withholding import FACT, Item
from core.audit.reasons import REASONS
from core.audit.web.handing import shown_or_why
from core.desk import Desk
from core.disposal.standing import kinds
from core.errors import NotFound
from core.requests.commands import DecideParts, LeaveOut
from core.requests.gathering import Kept, items, kept, marks, may_know, named_elsewhere, officer, whom
from core.requests.views import Request
from core.requests.web.requests import OWN, base, request_of
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get, post
from core.web.timeline import split, who
from core.wording import counted, day


class Gathering(Controller):
    """What is kept of whom one request is about."""

    path = "/requests/{case:uuid}"

    @get("/gather", guards=[may("write", OWN)])
    def search(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Where something is kept of them: every room and plugin, on or off."""
        return _gather_page(desk, case, form)

    @post("/gather", guards=[may("write", OWN)])
    def names(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Decides whether whoever recorded something is named."""
        open_request(desk, case)

        def act() -> str:
            command = DecideParts({"by": form.text("by")})
            desk.do(command, case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}/gather"

        return form.attempt(act, lambda: _gather_page(desk, case, form), "Recorded.")

    @get("/gather/{record:str}", guards=[may("write", OWN)])
    def parts(
        self,
        request: Sent[Any, Any, Any],
        case: FromPath[UUID],
        record: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The entries of one class, each part with what may name somebody else."""
        return _parts_page(desk, case, record, form, request.query_params.get("page", "1"))

    @post("/gather/{record:str}", guards=[may("write", OWN)])
    def decide(
        self, case: FromPath[UUID], record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Decides for the parts on one page whether they are given."""
        one = open_request(desk, case)
        number = str(Listing(desk, "", {"page": form.text("page")}, ()).number)

        def act() -> str:
            known = {field for item in items(desk, one, record) for field in _fields(item)}
            command = DecideParts({name: form.text(name) for name in form.fields if name in known})
            desk.do(command, case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}/gather/{record}?page={number}"

        return form.attempt(act, lambda: _parts_page(desk, case, record, form, number), "Recorded.")

    @post("/gather/{record:str}/all", guards=[may("write", OWN)])
    def leave_out(
        self, case: FromPath[UUID], record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Decides for the class as a whole whether it is given."""
        open_request(desk, case)

        def act() -> str:
            command = LeaveOut(record, form.text("code"))
            desk.do(command, case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}/gather"

        return form.attempt(act, lambda: _parts_page(desk, case, record, form, "1"), "Recorded.")


def open_request(desk: Desk, case: UUID) -> Request:
    """A request for what is kept of somebody who is known, that waits for its answer; raises NotFound,
    and NotAllowed for whoever may not know of them."""
    one = request_of(desk, case)
    if one.answered_on or not one.is_for_data or not one.subjects:
        raise NotFound
    if not may_know(desk, one):
        raise desk.turned_away("read", "core.identity")
    return one


def crumbs_of(desk: Desk, case: UUID, here: str, *, gathered: bool = False) -> list[dict[str, str | None]]:
    there = f"{base(desk)}/{case}"
    between: list[dict[str, str | None]] = [{"text": "What is kept", "href": f"{there}/gather"}] if gathered else []
    return [{"text": "Request", "href": there}, *between, {"text": here, "href": None}]


def _gather_page(desk: Desk, case: UUID, form: Form) -> Page:
    one = open_request(desk, case)
    found, elsewhere = kept(desk, one), named_elsewhere(desk, one)
    for subject in one.subjects:
        desk.opened(subject, ["core.disposal"])
    every, here = kinds(desk), f"{base(desk)}/{case}"
    form.fill(by=one.parts.get("by", ""))
    return page(
        "requests/gather.html",
        crumbs=crumbs_of(desk, case, "What is kept"),
        lede=" · ".join(whom(desk, one)),
        rows=[_kept_row(each, one, here) for each in found],
        figures=[
            {"label": "Kinds of record", "value": str(len(found)), "note": None},
            {"label": "Entries", "value": f"{sum(each.entries for each in found):,}", "note": None},
            {"label": "Parts held back", "value": f"{len(one.parts):,}", "note": "so far"},
        ],
        lacking=_lacking(one) if any(not each.readable and not each.left_out for each in found) else "",
        elsewhere=[
            {"what": every[record].title, "entries": counted(count, "entry", "entries")}
            for record, count in elsewhere.items()
        ],
        options=shown_or_why(),
        whole_href=f"{here}/whole",
        action=f"{here}/gather",
        form=form,
        token=form.token(desk.seen_for(DecideParts, case)),
    )


def _lacking(one: Request) -> str:
    """What to ask for by whoever may not read all of it; of a pupil they know the UPN."""
    numbers = "" if one.pupil else f" (records {', '.join(map(str, one.subjects))})"
    return (
        "Some of this you may not read, so you cannot say that it may go out. Whoever looks after accounts can make "
        f"you {officer(one)} for this request, for as long as it takes{numbers}."
    )


def _kept_row(each: Kept, one: Request, here: str) -> dict[str, Any]:
    return {
        "title": each.title,
        "href": f"{here}/gather/{each.record}" if each.readable or each.left_out else None,
        "decide": f"{here}/gather/{each.record}",
        "off": each.off,
        "holds": counted(each.entries, "entry", "entries")
        + (f", {counted(each.files, 'file', 'files')}" if each.files else ""),
        "since": each.first_on,
        "until": each.last_on,
        "left_out": REASONS.get(each.left_out, ""),
        "readable": each.readable,
    }


def _parts_page(desk: Desk, case: UUID, record: str, form: Form, number: str) -> Page:
    one, here = open_request(desk, case), f"{base(desk)}/{case}/gather/{record}"
    of_this = next((each for each in kept(desk, one) if each.record == record), None)
    if of_this is None:
        raise NotFound
    found = items(desk, one, record)
    for subject in {item.event.subject for item in found if item.event.subject}:
        desk.opened(subject, [record])
    listing = Listing(desk, here, {"page": number}, ())
    shown, _, pages = listing.cut(found)
    form.fill(code=of_this.left_out, **one.parts)
    return page(
        "requests/parts.html",
        crumbs=crumbs_of(desk, case, of_this.title, gathered=True),
        title=of_this.title,
        lede=f"{counted(of_this.entries, 'entry', 'entries')}, typed {day(of_this.first_on)} to {day(of_this.last_on)}",
        readable=of_this.readable,
        rows=[_item_row(desk, item, f"{base(desk)}/{case}") for item in shown],
        pages=pages,
        options=shown_or_why(),
        action=here,
        keep=[{"name": "page", "value": str(listing.number)}],
        form=form,
        token=form.token(desk.seen_for(DecideParts, case)),
        again=form.token(desk.seen_for(LeaveOut, case)),
        back_href=f"{base(desk)}/{case}/gather",
    )


def _item_row(desk: Desk, item: Item, here: str) -> dict[str, Any]:
    title, says = split(desk.sentence(item.event))
    return {
        "happened": item.event.day,
        "title": title,
        "says": says,
        "typed": item.event.recorded_at,
        "by": who(desk, item.event),
        "documents": [f"{here}/{address}" for address in addresses_of(item.event)],
        "pieces": [
            {
                "name": field_of(item.event, piece),
                "label": piece.label,
                "words": piece.words,
                "marks": marks(desk, item, piece.number),
            }
            for piece in item.pieces
            if piece.name == FACT or piece.words
        ],
    }


def _fields(item: Item) -> list[str]:
    return [field_of(item.event, piece) for piece in item.pieces if piece.name == FACT or piece.words]
