"""Pages: a template, its context, and the frame every page has."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from litestar import Litestar, Request, Response
from litestar.response import Template
from litestar.response.base import ASGIResponse

from core.answers import NavItem
from core.wording import counted, moment
from core.wording import day as said_day

VERSION = importlib.metadata.version("tallystick")
STATIC = f"/static/{VERSION}"
FLASH = "tallystick-done"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Page(Template):
    """An answer drawn from a template; `site` is added when it is drawn."""

    def __init__(self, template: str, *, status_code: int = 200, **context: Any) -> None:
        super().__init__(template, context=context, status_code=status_code, media_type="text/html")
        self.headers["Cache-Control"] = "no-store"

    def create_template_context(self, request: Request[Any, Any, Any]) -> dict[str, Any]:
        # What went wrong may go wrong again in the frame: an error of ours is drawn in a bare one.
        site = _bare(request) if self.status_code and self.status_code >= 500 else site_of(request)
        if self.template_name == "problem.html":  # an address that is none is not one to come back to
            site["path"] = "/"
        return {**self.context, "site": site}

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **options: Any) -> ASGIResponse:
        if FLASH in request.cookies:  # said once
            self.set_cookie(key=FLASH, value="", max_age=0, path="/")
        return super().to_asgi_response(app, request, **options)


def page(template: str, **context: Any) -> Page:
    return Page(template, **context)


def with_script(shown: Page) -> Page:
    """The page, with our own scripts let run in it: for what a browser does for no page without one."""
    shown.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
    return shown


def by_link(shown: Page, *, good: bool) -> Page:
    """A page whose address is a secret of whoever holds it: no other site is told it. 404 where it is good no more."""
    shown.headers["Referrer-Policy"] = "strict-origin"  # with none at all a browser hides whose form it sends
    shown.status_code = 200 if good else 404
    return shown


def see_other(address: str, done: str = "") -> Response[Any]:
    """Goes on to a page after something was recorded.

    Args:
        done: A short fixed sentence to show there; never a personal word, since it travels in a cookie.
    """
    answer: Response[Any] = Response(None, status_code=303, headers={"Location": address})
    if done:
        answer.set_cookie(key=FLASH, value=quote(done), max_age=60, path="/", httponly=True, samesite="lax")
    return answer


def _bare(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The frame for nobody in particular: it asks nothing of the logs."""
    return {
        "trust_name": "Tallystick",
        "where": "",
        "where_detail": "",
        "static": STATIC,
        "nav": [],
        "person": None,
        "sign_out_token": "",
        "search_href": None,
        "search_query": "",
        "path": "/",
        "idle": None,
        "footer": [f"Tallystick {VERSION}"],
        "footer_links": [{"text": "Accessibility", "href": "/accessibility"}],
        "flash": unquote(request.cookies.get(FLASH, "")) or None,
        "answering": None,
    }


def site_of(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the frame shows: where you are, who you are, where you can go, and how many entries you may find."""
    state, building = request.state, request.app.state.building
    desk = getattr(state, "desk", None)
    path = request.url.path
    site = _bare(request)
    if desk is None:
        return site
    trust = site["trust_name"] = building.trust_name
    if desk.answering:
        site["answering"] = {"words": desk.sentence(desk.answering.event), "reason": desk.answering.reason}
    site["path"], site["idle"] = path, building.settings.idle_minutes
    site["person"] = {"name": desk.person.name, "role": desk.role}
    site["sign_out_token"] = state.form().token()
    if desk.may("read", "core.trail"):
        entries = desk.log.refresh() - len(desk.unfound(desk.log))
        site["footer"].insert(0, f"{entries:,} entries in this log")
    site["footer"].insert(0, trust)
    site["footer_links"] = [{"text": "Rules and sources", "href": "/rules"}, *site["footer_links"]]
    if desk.academy is None and desk.may("read", "core.trail"):
        site["footer_links"].insert(0, {"text": "Half of the stick", "href": "/audit/checkpoint"})
    if desk.academy:
        site["where"] = desk.academy.name
        site["where_detail"] = f"{trust} · URN {desk.academy.urn}"
        if desk.may("read", "core.identity"):
            site["search_href"] = f"/{desk.academy.urn}/pupils"
    else:
        site["where"] = trust
        authorities = {one.authority for one in desk.academies.values()}
        academies = counted(len(desk.academies), "academy", "academies")
        site["where_detail"] = f"{academies} · {counted(len(authorities), 'authority', 'authorities')}"
    links = _links(desk)
    above = [(below, href) for _, href, also in links for below in (href, *also) if _is_below(path, below)]
    here = max(above, key=lambda pair: len(pair[0]), default=("", ""))[1]
    site["nav"] = [{"text": text, "href": href, "current": href == here, "count": None} for text, href, _ in links]
    return site


def _is_below(path: str, address: str) -> bool:
    return path == address or path.startswith(f"{address.rstrip('/')}/")


def _links(desk: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """The bar: only pages this person may open, each with the other addresses it stands for."""
    if desk.academy is None:
        wanted = [
            NavItem("Academies", "/", ("read", "core.running"), ("/trust", "/centre")),
            NavItem("Plugins", "/plugins", ("write", "core.running")),
            NavItem("People", "/people", ("read", "core.people")),
            NavItem("Retention", "/retention", ("read", "core.disposal")),
            NavItem("Audit", "/audit", ("read", "core.trail")),
        ]
    else:
        base = f"/{desk.academy.urn}"
        wanted = [
            NavItem("What needs doing", base, ("read", "core.running")),
            NavItem("Pupils", f"{base}/pupils", ("read", "core.identity")),
            *(item for _, items in desk.ask_all("navigation") for item in items),
            NavItem("Import", f"{base}/import", ("write", "core.identity")),
            NavItem("Staff", f"{base}/staff", ("read", "core.identity")),
            NavItem("Disposal", f"{base}/disposal", ("read", "core.disposal")),
            NavItem("Requests", f"{base}/requests", ("read", "core.requests")),
            NavItem("Audit", f"{base}/audit", ("read", "core.trail")),
        ]
    links = [(one.text, one.href, one.also) for one in wanted if desk.may(*one.permission)]
    if desk.academy is not None and desk.exports():
        links.append(("Take away", f"/{desk.academy.urn}/exports", ()))
    if desk.academy is not None and desk.building.has_centre(desk.person_id):
        links.insert(0, ("Trust", "/", ()))
    return links


# Words


def short_day(value: date) -> str:
    """Mon 16 Nov 2026."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def thousands(value: int) -> str:
    return f"{value:,}"


def environment(packages: Sequence[str]) -> Environment:
    """Templates of the core and of every plugin; an unknown name in one is an error, not a blank."""
    loaders = [PackageLoader(package) for package in ("core.web", *packages)]
    made = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, auto_reload=False, undefined=StrictUndefined, trim_blocks=True
    )
    made.filters.update(day=said_day, short_day=short_day, moment=moment, thousands=thousands)
    return made


def chosen(query: Mapping[str, str], *names: str) -> dict[str, str]:
    """Filters as the address gives them, blank ones as ""."""
    return {name: query.get(name, "").strip()[:200] for name in names}
