"""What pages of packs share: what can be decided of a part; what was made, to take away or hand over by link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.facts import PackFetched
from core.audit.packs import Made
from core.audit.reasons import REASONS
from core.building import Building
from core.desk import Desk
from core.deskstore.handovers import LARGEST, HandedOver
from core.deskstore.throttle import Limit, by_address
from core.errors import NotFound, Refused
from core.ids import uuid7
from core.signing_in.web.ways import address_of, too_many
from core.web.files import as_file
from core.web.forms import Form
from core.web.guards import anyone
from core.web.pages import Page, by_link, page
from core.web.progress import jobs_of
from core.web.routes import get, post
from core.wording import counted, moment
from events import Actor, New

_DAYS = (1, 3, 7, 14)
_WRONG = "That code does not go with this link."


def shown_or_why() -> list[dict[str, str]]:
    """What can be decided of a part."""
    return [{"value": "", "text": "Shown"}, *({"value": code, "text": says} for code, says in REASONS.items())]


def pack_of(request: Request[Any, Any, Any], desk: Desk, job: UUID, *, answers: bool) -> Made:
    """What a job of this person's made.

    Args:
        answers: Whether it is to be the answer to a request: one goes out by the pages of its request alone.

    Raises:
        NotFound: It is none, or one of the other kind.
    """
    made = jobs_of(request).find(job, desk.person_id).result()
    if not isinstance(made, Made) or made.answers != answers:
        raise NotFound
    return made


def made_page(
    made: Made, here: str, crumbs: list[dict[str, str | None]], then: dict[str, str], form: Form, job: UUID
) -> Page:
    """A pack that was made, to take away or to hand over by link, both below `here`.

    Args:
        then: {text, href}, what else can be done.
        job: What made it: the form carries it.
    """
    form.fill(days="7")
    return page(
        "audit/pack_made.html",
        crumbs=crumbs,
        made=made,
        about=[
            {"label": "File", "value": made.name},
            {"label": "Size", "value": f"{-(-len(made.content) // 1000):,} kB"},
            {"label": "Holds", "value": counted(made.entries, "entry", "entries")},
            {"label": "Withheld", "value": counted(made.gaps, "part", "parts") if made.gaps else "nothing"},
            {"label": "For", "value": made.purpose},
            {"label": "SHA-256", "value": made.sha256},
        ],
        href=f"{here}/pack.zip?job={job}",
        then=then,
        form=form,
        token=form.token(),
        keep=[{"name": "job", "value": str(job)}],
        link_action=f"{here}/link",
        days=[{"value": str(one), "text": counted(one, "day", "days")} for one in _DAYS],
    )


def job_in(form: Form) -> UUID:
    """What made the pack, as the form carries it; raises NotFound for what is no such thing."""
    try:
        return UUID(form.text("job"))
    except ValueError:
        raise NotFound from None


def fit_for_a_link(made: Made, form: Form) -> None:
    """Raises Refused for no such number of days, or where the pack is too large."""
    if form.text("days") not in map(str, _DAYS):
        raise Refused("Choose for how many days.", code="no_days", field="days")
    if len(made.content) > LARGEST:
        most = LARGEST // 1_000_000
        raise Refused(f"It is larger than {most} MB. Take it away and bring it.", code="too_large", field="days")


def hand_over(desk: Desk, made: Made, form: Form, crumbs: list[dict[str, str | None]]) -> Page:
    """Seals a pack for whoever has link and code, and shows both this once. That it leaves is recorded first."""
    building = desk.building
    ends_at = int(building.clock() / 1e6) + int(form.text("days")) * 86_400
    desk.packed(made.sha256, made.made_on, made.streams, made.purpose)
    file = HandedOver(made.name, made.sha256, made.content)
    token, code = building.desk_store.handovers.keep(file, desk.here, ends_at)
    return page(
        "audit/handed_over.html",
        crumbs=crumbs,
        link=f"{building.settings.origin}/fetch/{token}",
        code=code,
        until=moment(datetime.fromtimestamp(ends_at, UTC)),
        keys=made.keys,
    )


class Fetching(Controller):
    """Where whoever was handed something fetches it."""

    path = "/fetch"

    @get("/{token:str}", guards=[anyone("whoever has the link does not sign in here")])
    def ask(self, token: FromPath[str], building: NamedDependency[Building], form: NamedDependency[Form]) -> Page:
        """Asks for the code that goes with the link."""
        return _fetch_page(building, token, form)

    @post("/{token:str}", guards=[anyone("whoever has the link does not sign in here")])
    def fetch(
        self, token: FromPath[str], request: Request[Any, Any, Any], building: NamedDependency[Building],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """The file, for the right code. That it was fetched is recorded, once an hour at most."""
        store, found = building.desk_store, building.desk_store.handovers.find(token)
        if found is None:
            return _fetch_page(building, token, form)
        limit, address = Limit(f"fetch\0{token}", 5, 900), by_address(address_of(request))
        file = store.handovers.fetch(token, form.text("code")) if store.throttle.try_now(limit, address) else None
        if file is None:
            form.wrong("code", too_many(store.throttle.wait(limit, address)) or _WRONG)
            shown = _fetch_page(building, token, form)
            shown.status_code = 422
            return shown
        store.throttle.clear(limit)
        store.throttle.take_back(address)
        _record(building, found[0], file)
        return as_file(file.content, "application/zip", file.name)


def _record(building: Building, place: UUID, file: HandedOver) -> None:
    if building.desk_store.take_turn(f"fetched {file.sha256}", 3600):
        log = building.reads_log(building.academies().get(place))
        fact = New(place, PackFetched(building.today, file.sha256))
        actor = Actor(building.trust_id, "somebody with the link and the code", "")
        log.append([fact], command_id=uuid7(building.clock()), actor=actor)


def _fetch_page(building: Building, token: str, form: Form) -> Page:
    found = building.desk_store.handovers.find(token)
    shown = page(
        "audit/fetch.html",
        until=moment(datetime.fromtimestamp(found[1], UTC)) if found else "",
        trust=building.trust_name,
        form=form if found else None,
        token=form.token(),
        action=f"/fetch/{token}",
        crumbs=[],
    )
    return by_link(shown, good=found is not None)
