"""What waits to be decided, what is held, what was destroyed; and what is kept of one person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.disposal.carrying_out import carry_out
from core.disposal.grounds import every_ground
from core.disposal.schedule import due, kept_as
from core.disposal.standing import IDENTITY, Standing, standing
from core.disposal.views import APPROVERS, Hold, Keeping, Proposal, disposals, keeping
from core.disposal.web.naming import OWN, base, called, opened, title
from core.roll.views import pupil, staff
from core.roll.web.pupils import matches
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.web.timeline import tally
from core.wording import counted, day

_FOUND = 50


class Disposals(Controller):
    """An academy's disposals, and one person's records."""

    path = "/disposal"

    @post("/", guards=[may("read", OWN)])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, base(desk), form, ["q"])

    @get("/", guards=[may("read", OWN)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What waits, what is held, what was destroyed; and whoever is looked for."""
        carry_out(desk)
        listing = Listing(desk, base(desk), request.query_params, ["q"])
        known = desk.see_all(keeping)
        destroyed = desk.see(disposals, desk.here) or ()
        done, caption, pages = listing.cut(destroyed[::-1])
        places = f"{base(desk)}/{desk.here}/hold"
        return page(
            "disposal/list.html",
            lede="A record is destroyed once two people agree to it. Nobody can read it again; the log still proves.",
            actions=[
                {"text": f"Time is over ({len(due(desk)):,})", "href": f"{base(desk)}/due"},
                {"text": "Hold everybody's records", "href": places},
            ]
            if desk.may("write", OWN)
            else [],
            filters=listing.filters(form, {"q": "Name or UPN"}, {}),
            searched=bool(listing.chosen["q"]),
            found=_found(desk, listing.chosen["q"].casefold()),
            waiting=[
                _waits(desk, subject, kept, one) for subject, kept in known.items() for one in kept.proposals.values()
            ],
            holds=[_holds(desk, subject, one) for subject, kept in known.items() for one in kept.holds.values()],
            done=[
                {
                    "what": title(desk, one.record_class),
                    "href": f"{base(desk)}/certificates/{one.disposal}",
                    "on": one.disposed_on,
                    "entries": one.entries,
                    "why": every_ground()[one.ground].says,
                }
                for one in done
            ],
            caption=caption,
            pages=pages,
        )

    @get("/{subject:uuid}", guards=[may("read", OWN)])
    def one(self, subject: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """What is kept of one person, class by class, and what was decided about it."""
        whom = opened(desk, subject)
        kept, here = desk.see(keeping, subject) or Keeping(), f"{base(desk)}/{subject}"
        above = desk.see(keeping, desk.here) or Keeping()
        writes, everybody = desk.may("write", OWN, subject), subject == desk.here
        events = desk.log.stream(subject, OWN) if not everybody else []
        return page(
            "disposal/records.html",
            crumbs=[{"text": "Disposal", "href": base(desk)}, {"text": "Records", "href": None}],
            name=whom.name,
            about=whom.about,
            actions=[{"text": "Place a hold", "href": f"{here}/hold"}] if writes else [],
            holds=[
                *(_lifted(desk, here, one) for one in kept.holds.values()),
                *(_lifted(desk, f"{base(desk)}/{desk.here}", one) for one in above.holds.values() if not everybody),
            ],
            rows=[_row(desk, subject, one, kept, above, here) for one in standing(desk, subject)],
            everybody=everybody,
            entries=tally(desk, list(reversed(events)), here.rpartition("/disposal/")[0]),
        )


def _found(desk: Desk, wanted: str) -> list[dict[str, str]]:
    """Pupils and staff by a name or UPN that was looked for: whose record it is, for whoever decides about records."""
    if not wanted:
        return []
    children = [key for key, one in desk.log.see_all(pupil).items() if matches(one, wanted)]
    grown = [key for key, one in desk.log.see_all(staff).items() if wanted in one.name.casefold()]
    mine = [key for key in dict.fromkeys([*children, *grown]) if desk.may("read", OWN, key)]
    found = [(called(desk, key), f"{base(desk)}/{key}") for key in mine]
    told = [{"name": whom.name, "about": whom.about, "href": href} for whom, href in found]
    return sorted(told, key=lambda one: one["name"].casefold())[:_FOUND]


def _waits(desk: Desk, subject: UUID, kept: Keeping, one: Proposal) -> dict[str, Any]:
    whom = called(desk, subject)
    return {
        "whom": whom.name,
        "about": whom.about,
        "href": f"{base(desk)}/{subject}",
        "what": title(desk, one.record_class),
        "why": every_ground()[one.ground].says,
        "on": one.proposed_on,
        "by": desk.name_of(one.proposed_by),
        "agreed": f"{len(one.approvers)} of {APPROVERS}",
        "held": bool(kept.held(one.record_class)),
    }


def _holds(desk: Desk, subject: UUID, one: Hold) -> dict[str, Any]:
    late = one.review_by < desk.today
    soon = not late and (one.review_by - desk.today).days <= 30
    return {
        "whom": called(desk, subject).name,
        "href": f"{base(desk)}/{subject}",
        "what": title(desk, one.record_class),
        "since": one.placed_on,
        "by": one.review_by,
        "tag": {"text": "late", "kind": "late"} if late else {"text": "soon", "kind": "soon"} if soon else None,
    }


def _lifted(desk: Desk, above: str, one: Hold) -> dict[str, Any]:
    told = f"{title(desk, one.record_class)}, since {day(one.placed_on)}; looked at again by {day(one.review_by)}."
    lift = f"{above}/holds/{one.hold}/lift" if desk.may("sign", OWN) else None
    return {"says": told, "reason": one.reason, "href": lift, "whose": above.endswith(str(desk.here))}


def _row(desk: Desk, subject: UUID, one: Standing, kept: Keeping, above: Keeping, here: str) -> dict[str, Any]:
    proposal = kept.proposal(one.name)
    hold = kept.held(one.name) or above.held(one.name)
    return {
        "title": one.kind.title,
        "kept": kept_as(desk.building, one.kind.record),
        "basis": one.kind.record.basis,
        "last": one.name == IDENTITY,
        "since": one.first_on,
        "amount": _amount(one),
        "hold": f"Looked at again by {day(hold.review_by)}" if hold else None,
        "proposed": _proposed(desk, proposal) if proposal else None,
        "acts": list(_acts(desk, subject, one, proposal, hold, here)),
    }


def _amount(one: Standing) -> str:
    files = f", {counted(one.files, 'file', 'files')}" if one.files else ""
    return counted(one.entries, "entry", "entries") + files


def _proposed(desk: Desk, one: Proposal) -> str:
    by, agreed = desk.name_of(one.proposed_by), f"{len(one.approvers)} of {APPROVERS}"
    return f"{every_ground()[one.ground].says}. Proposed by {by} on {day(one.proposed_on)}; {agreed} agreed."


def _acts(
    desk: Desk, subject: UUID, one: Standing, proposal: Proposal | None, hold: Hold | None, here: str
) -> list[dict[str, str]]:
    """What this person may decide about a record now."""
    signs, writes = (desk.may(action, OWN, subject) for action in ("sign", "write"))
    if proposal is None:
        return [{"text": "Propose to destroy", "href": f"{here}/propose/{one.name}"}] if writes and not hold else []
    acts = []
    if signs and not hold and desk.person_id not in proposal.approvers:
        acts.append({"text": "Agree", "href": f"{here}/{proposal.disposal}/approve"})
    if signs:
        acts.append({"text": "Keep it", "href": f"{here}/{proposal.disposal}/refuse"})
    return acts
