"""Authorities: how each one's virtual school works, version by version."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.roll.web.child import crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..codes import DEFAULT_CLOCKS, GRADE_SCHEMES
from ..commands import SetAuthority
from ..facts import AuthoritySet
from ..telling import base
from ..views import Authority, authority, authority_id, by_code, peps

_DAYS = (
    "Working days: Monday to Friday without bank holidays; school holidays count. Leave empty if it has no such clock."
)
_BEGINS = {"authority": "The authority, most often the social worker", "school": "The school"}
_WINDOWS = {"term": "At any time in the term", "half_term": "In the first half of the term"}
_ENDS = {"academic_year": "At the end of the academic year of the 18th birthday", "birthday": "On the 18th birthday"}
_CODE = Ask("code", "Code of the authority", hint="Three digits, as in the school census. For example, 885.")
_ASKS = (
    Ask("name", "Name of the authority"),
    Ask("from_on", "From which day does it work like this?", "date"),
    Ask("start_days", "Working days until a first PEP is started", "number", _DAYS),
    Ask("complete_days", "Working days until a first PEP is complete", "number"),
    Ask("provision_days", "Working days until the PEP after a new school", "number"),
    Ask("begins", "Who starts a PEP?", "radios", "Whose lateness it is when nobody does."),
    Ask("window", "When does it want the meeting of a term?", "radios"),
    Ask("carries_over", "May a first PEP in the last ten school days of a term count for the next?", "yes_no"),
    Ask("scheme", "How does it grade a PEP?", "radios"),
    Ask("ends", "When do its PEPs end?", "radios"),
    Ask("ceiling_pence", "Premium for a term", "money", "Leave empty if it is not published."),
    Ask("portal", "Portal", hint="Where its PEPs are written, such as Welfare Call."),
    Ask("contact", "Virtual school", "words", "Whom to reach: names, mail, telephone."),
)
_OPTIONS = {
    "begins": [{"value": code, "text": name} for code, name in _BEGINS.items()],
    "window": [{"value": code, "text": name} for code, name in _WINDOWS.items()],
    "scheme": [{"value": name, "text": name, "hint": ", ".join(one.colours)} for name, one in GRADE_SCHEMES.items()],
    "ends": [{"value": code, "text": name} for code, name in _ENDS.items()],
}
_SAYS = (
    "A plan that was started stays under the version it was started under, for good. Where no plan is started yet, "
    "and for the meetings of a term, the version of the day counts."
)
NEW = Question(SetAuthority, "Set up an authority", (_CODE, *_ASKS))
AGAIN = Question(SetAuthority, "Set from another day", _ASKS, says=_SAYS)


class Authorities(Controller):
    """The authorities whose children are or were taught here."""

    path = "/authorities"

    @get("/", guards=[may("read", "lac.authority")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Every authority, as it works today."""
        here = f"{base(desk)}/authorities"
        listing = Listing(desk, here, request.query_params, [])
        keys = {"name": lambda pair: pair[1].name.casefold(), "code": lambda pair: pair[0]}
        columns = [("Authority", "name"), ("Code", "code"), ("First PEP", ""), ("New school", ""), ("Meetings", "")]
        columns += [("Premium for a term", ""), ("Portal", ""), ("Since", "")]
        actions = [{"text": "Set up an authority", "href": f"{here}/new", "main": True}]
        return page(
            "lac/authorities.html",
            lede="How the virtual school of each authority works. A child's clocks are those of the authority that "
            "looks after them, wherever the school is.",
            actions=[*(actions if desk.may("write", "lac.authority") else []), *_elsewhere(desk)],
            columns=listing.columns(columns, "name"),
            rows=[_row(desk, code, one) for code, one in listing.sorted(list(by_code(desk).items()), keys, "name")],
        )

    @get("/new", guards=[may("write", "lac.authority")])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for an authority not known here yet, with the clocks that are usual."""
        usual = DEFAULT_CLOCKS.value
        clocks = {"start_days": usual.start_days, "complete_days": usual.complete_days}
        clocks["provision_days"] = usual.provision_days
        form.fill(from_on=desk.today, begins="authority", window="term", ends="academic_year", carries_over="false")
        return _new_page(desk, form.fill(**{name: str(days or "") for name, days in clocks.items()}))

    @post("/new", guards=[may("write", "lac.authority")])
    def set_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Sets it up."""

        def act() -> str:
            command = NEW.read(form)
            desk.do(command, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/authorities/{command.code}"

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/{code:str}", guards=[may("read", "lac.authority")])
    def one(self, code: FromPath[str], desk: NamedDependency[Desk]) -> Page:
        """One authority: every version, the newest first, and how many plans are under each."""
        known, here = _known(desk, code), f"{base(desk)}/authorities"
        plans = _plans_under(desk)
        actions = [{"text": AGAIN.title, "href": f"{here}/{code}/set", "main": True}]
        return page(
            "lac/authority.html",
            crumbs=_crumbs(desk, known.name),
            name=known.name,
            lede=f"Authority {code}. {_SAYS}",
            actions=actions if desk.may("write", "lac.authority") else [],
            versions=[
                _version(desk, known, at, None if plans is None else plans[known.versions[at].setting])
                for at in reversed(range(len(known.versions)))
            ],
        )

    @get("/{code:str}/set", guards=[may("write", "lac.authority")])
    def ask(self, code: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for another version, filled in with the newest."""
        now = _known(desk, code).now
        form.fill(
            name=now.name, begins=now.begins, window=now.window, scheme=now.scheme, ends=now.ends, portal=now.portal
        )
        form.fill(contact=now.contact, carries_over=str(now.carries_over).lower())
        form.fill(ceiling_pence=None if now.ceiling_pence is None else pounds(now.ceiling_pence))
        for name in ("start_days", "complete_days", "provision_days"):
            days = getattr(now, name)
            form.fill(**{name: "" if days is None else str(days)})
        return _again_page(desk, code, form)

    @post("/{code:str}/set", guards=[may("write", "lac.authority")])
    def set_again(self, code: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Records another version; the earlier ones stay."""
        _known(desk, code)

        def act() -> str:
            desk.do(AGAIN.read(form, code=code), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/authorities/{code}"

        return form.attempt(act, lambda: _again_page(desk, code, form), "Recorded.")


def _known(desk: Desk, code: str) -> Authority:
    found = desk.see(authority, authority_id(code))
    if found is None:
        raise NotFound
    return found


def _elsewhere(desk: Desk) -> list[dict[str, str]]:
    """The other page about how the academy is set up."""
    if not desk.may("read", "lac.designated"):
        return []
    return [{"text": "Designated teacher", "href": f"{base(desk)}/designated"}]


def _crumbs(desk: Desk, here: str) -> list[dict[str, str | None]]:
    return crumbs(desk, [("Authorities", "lac/authorities")], here)


def _row(desk: Desk, code: str, one: Authority) -> dict[str, Any]:
    now = one.on(desk.today) or one.versions[0]
    return {
        "name": one.name,
        "href": f"{base(desk)}/authorities/{code}",
        "code": code,
        "first": [f"start in {now.start_days}"] * bool(now.start_days)
        + [f"complete in {now.complete_days}"] * bool(now.complete_days),
        "provision": f"in {now.provision_days}" if now.provision_days else "",
        "window": "first half of term" if now.window == "half_term" else "any time in term",
        "ceiling": pounds(now.ceiling_pence) if now.ceiling_pence is not None else "",
        "portal": now.portal,
        "since": now.from_on,
        "versions": counted(len(one.versions), "version", "versions") if len(one.versions) > 1 else "",
    }


def _plans_under(desk: Desk) -> Counter[UUID | None] | None:
    """How many plans, of those this person may read, are under each version; None for whoever may read none."""
    if not desk.may("read", "lac.pep"):
        return None
    return Counter(plan.told.setting for one in desk.see_all(peps).values() for plan in one.plans.values())


def _version(desk: Desk, known: Authority, at: int, plans: int | None) -> dict[str, Any]:
    """A version in words, each line with what it was before, where that was something else."""
    one = known.versions[at]
    earlier = dict(_lines(known.versions[at - 1])) if at else {}
    tag = None
    if one is known.on(desk.today):
        tag = {"text": "today's", "kind": "well"}
    elif one.from_on > desk.today:
        tag = {"text": "still to come", "kind": "soon"}
    rows: list[dict[str, Any]] = [
        {"label": label, "value": [said, f"was: {earlier[label]}"] if at and earlier[label] != said else said}
        for label, said in _lines(one)
    ]
    if plans is not None:
        rows.append({"label": "Plans under it", "value": counted(plans, "plan", "plans") if plans else "none"})
    return {"id": str(at), "title": f"From {day(one.from_on)}", "tag": tag, "rows": rows}


def _lines(one: AuthoritySet) -> list[tuple[str, str]]:
    return [
        ("Name", one.name),
        ("First PEP started", _within(one.start_days)),
        ("Started by", _BEGINS[one.begins]),
        ("First PEP complete", _within(one.complete_days)),
        ("PEP after a new school", _within(one.provision_days)),
        ("Meeting of a term", _WINDOWS[one.window]),
        ("First PEP late in a term", "may count for the next" if one.carries_over else "counts for its own term only"),
        ("Grades", one.scheme),
        ("PEPs end", _ENDS[one.ends]),
        ("Premium for a term", "not published" if one.ceiling_pence is None else pounds(one.ceiling_pence)),
        ("Portal", one.portal or "none"),
        ("Virtual school", one.contact or "not recorded"),
    ]


def _within(days: int | None) -> str:
    return "no clock" if days is None else f"within {counted(days, 'working day', 'working days')}"


def _new_page(desk: Desk, form: Form) -> Page:
    return NEW.shown(
        form,
        crumbs=_crumbs(desk, NEW.title),
        action=f"{base(desk)}/authorities/new",
        seen=desk.seen_for(SetAuthority, desk.here),
        back_href=f"{base(desk)}/authorities",
        options=_OPTIONS,
    )


def _again_page(desk: Desk, code: str, form: Form) -> Page:
    known = _known(desk, code)
    return AGAIN.shown(
        form,
        crumbs=crumbs(desk, [("Authorities", "lac/authorities"), (known.name, f"lac/authorities/{code}")], AGAIN.title),
        about=f"{known.name} ({code})",
        action=f"{base(desk)}/authorities/{code}/set",
        seen=desk.seen_for(SetAuthority, desk.here),
        back_href=f"{base(desk)}/authorities/{code}",
        options=_OPTIONS,
    )
