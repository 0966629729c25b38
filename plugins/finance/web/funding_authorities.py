"""How each authority reckons top-up: its part years, its rate for an hour, its bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.ids import uuid_for
from core.money import pence_in, pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ..codes import BASES
from ..commands import SetAuthority
from ..commands.fields import MOST_OF_BAND
from ..facts import AuthoritySet, Band
from ..telling import base
from ..views import Budgets, authority_on, budgets
from .budget_words import BUDGET, crumbs

_ASK = Question(
    SetAuthority,
    "Set up an authority",
    (
        Ask("name", "Name of the authority"),
        Ask("from_on", "From which day does it reckon like this?", "date"),
        Ask("basis", "How does it count a part of a year?", "radios", "It is printed on every report for it."),
        Ask(
            "hour_pence",
            "What it counts for an hour of help a week",
            "money",
            "Over a year. Leave empty if it has none.",
        ),
        Ask("bands", "Its bands, one on each line", "words", "For example: Band 2, 4,250.00"),
        Ask("source", "Where does it say so?", hint="For example, its letter of 3 March 2026."),
    ),
    says="What was agreed or reported before that day stays as it was reckoned.",
)
_SAID: Mapping[str, str] = {str(key): text for key, text in BASES.items()}
_BASES = [{"value": key, "text": text[0].upper() + text[1:]} for key, text in BASES.items()]


class Authorities(Controller):
    """The authorities that pay top-up here."""

    path = "/authorities"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each authority as it reckons today, and every version before."""
        known, here = _known(desk), f"{base(desk)}/authorities"
        act = {"text": _ASK.title, "href": f"{here}/new", "main": True}
        return page(
            "finance/fund_authorities.html",
            crumbs=crumbs(desk, "Authorities"),
            actions=[act] if desk.may("write", BUDGET) else [],
            rows=[_row(desk, known, name, here) for name in sorted(known.authorities, key=str.casefold)],
        )

    @get("/new", guards=[may("write", BUDGET)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for an authority not known here yet."""
        return _page(desk, form.fill(from_on=desk.today, basis="months"), "new")

    @post("/new", guards=[may("write", BUDGET)])
    def set_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Sets it up."""
        return _record(desk, form, "new")

    @get("/{authority_id:uuid}", guards=[may("write", BUDGET)])
    def ask(self, authority_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for another version, filled with the newest."""
        now = _newest(desk, authority_id)
        bands = "\n".join(f"{band.name}, {pounds(band.pence).removeprefix('£')}" for band in now.bands)
        hour = None if now.hour_pence is None else pounds(now.hour_pence)
        form.fill(name=now.name, basis=now.basis, hour_pence=hour, bands=bands, source=now.source)
        return _page(desk, form, str(authority_id))

    @post("/{authority_id:uuid}", guards=[may("write", BUDGET)])
    def set_again(
        self, authority_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records another version; the earlier ones stay."""
        _newest(desk, authority_id)
        return _record(desk, form, str(authority_id))


def _known(desk: Desk) -> Budgets:
    return desk.see(budgets, desk.here) or Budgets()


def _id(name: str) -> UUID:
    return uuid_for("finance.authority", name)


def _newest(desk: Desk, authority_id: UUID) -> AuthoritySet:
    found = next((many for name, many in _known(desk).authorities.items() if _id(name) == authority_id), None)
    if found is None:
        raise NotFound
    return found[-1]


def _row(desk: Desk, known: Budgets, name: str, here: str) -> dict[str, Any]:
    versions = known.authorities[name]
    now = authority_on(known, name, desk.today) or versions[0]
    return {
        "name": name,
        "href": f"{here}/{_id(name)}" if desk.may("write", BUDGET) else "",
        "basis": _SAID[now.basis],
        "hour": "" if now.hour_pence is None else pounds(now.hour_pence),
        "bands": [f"{band.name}: {pounds(band.pence)}" for band in now.bands],
        "source": now.source,
        "since": day(now.from_on),
        "others": [f"from {day(one.from_on)}: {_SAID[one.basis]}" for one in versions if one is not now],
    }


def _record(desk: Desk, form: Form, where: str) -> Response[Any]:
    def act() -> str:
        bands = _bands(form)
        desk.do(_ASK.read(form, bands=bands), command_id=form.command_id, seen=form.seen)
        return f"{base(desk)}/authorities"

    return form.attempt(act, lambda: _page(desk, form, where), "Recorded.")


def _bands(form: Form) -> tuple[Band, ...]:
    """The bands as typed, a name and an amount on each line."""
    found = []
    for number, text in enumerate(filter(None, map(str.strip, form.text("bands").splitlines())), start=1):
        name, _, amount = text.replace("£", "").partition(",")
        pence = pence_in(amount)
        if not name.strip() or len(name) > 100 or pence is None or not 0 <= pence <= MOST_OF_BAND:
            form.wrong("bands", f"Band {number}: enter a name, a comma and an amount, such as Band 2, 4,250.00.")
        else:
            found.append(Band(name.strip(), pence))
    return tuple(found)


def _page(desk: Desk, form: Form, where: str) -> Page:
    return _ASK.shown(
        form,
        crumbs=crumbs(desk, _ASK.title, ("Authorities", "authorities")),
        action=f"{base(desk)}/authorities/{where}",
        seen=desk.seen_for(SetAuthority, desk.here),
        back_href=f"{base(desk)}/authorities",
        options={"basis": _BASES},
    )
