"""What the pages of the way in share: sessions, records, where one goes on to."""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response

from core.accounts.dormant import is_shut
from core.accounts.facts import SignedIn
from core.building import Building
from core.deskstore.sessions import Session, Strength
from core.errors import AccountShut
from core.ids import uuid7
from core.signing_in.facts import SignInRefused
from core.web.forms import Form
from core.web.guards import cookie_name
from core.web.pages import see_other
from events import Actor, Fact, New

_KNOWN, _KNOWN_FOR = "known browser", 180 * 24 * 3600  # what a sealed text is for; seconds
_OURS = re.compile(r"/(?![/\\])[!-~]*")


def begun(
    request: Request[Any, Any, Any],
    building: Building,
    person: UUID,
    strength: Strength,
    address: str,
    how: str = "",
    ends_at: int = 0,
) -> Response[Any]:
    """Goes on under a new session; that someone signed in is recorded once nothing more is asked of them."""
    return under_a_new_session(request, building, person, strength, see_other(address), how, ends_at)


def under_a_new_session(
    request: Request[Any, Any, Any],
    building: Building,
    person: UUID,
    strength: Strength,
    answer: Response[Any],
    how: str = "",
    ends_at: int = 0,
) -> Response[Any]:
    """The answer, with the cookie of a session nobody knew before: whoever stole the old one has nothing.

    Raises:
        AccountShut: Nobody has used this account for long.
    """
    if is_shut(building, person):
        raise AccountShut(person)
    settings, sessions = building.settings, building.desk_store.sessions
    if old := request.cookies.get(cookie_name(settings.secure), ""):
        sessions.end(old)
    session = sessions.begin(person, strength, request.headers.get("user-agent", ""), ends_at)
    if strength != "waiting":
        fact = SignedIn(building.today, how or {"password": "password", "second": "password and code"}[strength])
        building.reads_log(None).append(
            [New(person, fact)], command_id=uuid7(building.clock()), actor=Actor(person, "", session.name)
        )
    answer.set_cookie(
        key=cookie_name(settings.secure),
        value=session.token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure,
        max_age=settings.session_hours * 3600,
    )
    if strength != "waiting" and not ends_at:
        answer.set_cookie(
            key=_known_name(building),
            value=building.desk_store.seal_words(_KNOWN, f"{person.hex} {secrets.token_hex(16)}"),
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.secure,
            max_age=_KNOWN_FOR,
        )
    return answer


def known_browser(request: Request[Any, Any, Any], building: Building, email: str) -> str:
    """A name for this browser, where whoever signs in by this address did so here before; "" elsewhere."""
    told = building.desk_store.open_words(_KNOWN, request.cookies.get(_known_name(building), ""))
    person, _, browser = told.partition(" ")
    found = building.person_by_email(email) if browser else None
    return f"browser {browser}" if found and found[0].hex == person else ""


def _known_name(building: Building) -> str:
    return f"{cookie_name(building.settings.secure)}-known"


def record(building: Building, session: Session, fact: Fact) -> None:
    """Records in the trust's log what someone did to their own way in."""
    actor = Actor(session.person, "", session.name)
    building.trust.append([New(session.person, fact)], command_id=uuid7(building.clock()), actor=actor)


def tell_refused(building: Building, person: UUID, fact: SignInRefused) -> None:
    """Records a failed try in the log of who looked; once an hour at most, so that nobody fills it by guessing."""
    if building.desk_store.take_turn(f"refused {fact.at} {person.hex}", 3600):
        actor = Actor(building.trust_id, "nobody signed in", "")
        building.reads_log(None).append([New(person, fact)], command_id=uuid7(building.clock()), actor=actor)


def address_of(request: Request[Any, Any, Any]) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def password_of(form: Form) -> str:
    return form.fields.get("password", [""])[-1]


def too_many(wait: int) -> str:
    return f"Too many tries. Wait {wait} seconds, then try again." if wait > 0 else ""


def safe(address: str) -> str:
    """A page of our own to go on to; nothing else. Browsers leave out a tab, so that "/", tab, "/" leads elsewhere."""
    ours = _OURS.fullmatch(address) and not address.startswith("/sign-") and len(address) < 500
    return address if ours else ""


def then(after: str) -> str:
    return f"?next={quote(after)}" if after else ""


def next_of(request: Request[Any, Any, Any], form: Form) -> list[dict[str, str]]:
    """The hidden field that keeps where to go on to."""
    return [{"name": "next", "value": safe(form.text("next") or request.query_params.get("next", ""))}]
