"""The only place where the web application is put together; no globals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from litestar import Litestar, Request, Router
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import Message, Scope

from core.academies.web import AcademyPages, ExportPages, MeasurePages, Switching, TrustPages
from core.accounts.web import Conflicts, Glass, Granting, Leaving, Lending, People, Programs, Report, Roles
from core.api.keeping import Keeping
from core.api.looks import Looks
from core.api.metering import Meter, metered
from core.api.web import MOST_BYTES, Calls, Changes, Description, provide_call
from core.audit.web import AcademyTrail, Fetching, Packs, TrustTrail
from core.backups.web import Backups
from core.building import Building
from core.desk import Desk
from core.disposal.web import Certificates, Deciding, Disposals, Holding, Overdue, Schedule
from core.errors import WillNotStart
from core.looking.web import Looking
from core.outside.sending import keep_sending
from core.outside.web import OutsidePage, WellKnown
from core.processing.web import Processing
from core.requests.web import Answering, Gathering, Naming, Requests
from core.roll.web import Bringing, Entries, Importing, Pupils, StaffPages
from core.rules.web import Health, RulePages
from core.signing_in.web import (
    Accounts,
    ByPasskey,
    ByProvider,
    Links,
    Passkeys,
    SecondFactor,
    SigningIn,
    TokenPages,
    Visitors,
    Visits,
)
from core.web.forms import provide_form
from core.web.guards import anyone, anywhere, at_academy, at_centre, insist_on_permissions, is_on, who
from core.web.jobs import Jobs
from core.web.kept import KeptForms
from core.web.pages import POLICY, VERSION, environment
from core.web.problems import HANDLERS

_WEB = Path(__file__).parent / "web"
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def make_app(building: Building) -> Litestar:
    """The application over a building.

    Raises:
        WillNotStart: The front-end files are missing, or a route names no permission.
    """
    if not (_WEB / "static" / "vendor" / ".stamp").exists():
        raise WillNotStart("The pages' styles are missing. Run: make demo (or install the wheel, which holds them).")
    settings = building.settings
    host = urlsplit(settings.origin)
    headers = dict(_HEADERS)
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        app.state.building.keep_signed()
        keep_sending(app.state.building)
        yield

    plugins = [
        Router(f"/{{urn:int}}/{name}", route_handlers=manifest.controllers, guards=[at_academy, is_on(name)])
        for name, manifest in building.plugins.manifests.items()
    ]
    across = [
        Router(f"/centre/{name}", route_handlers=manifest.centre_controllers, guards=[at_centre])
        for name, manifest in building.plugins.manifests.items()
        if manifest.centre_controllers
    ]
    rooms = [AcademyPages, ExportPages, Pupils, Entries, Bringing, StaffPages, AcademyTrail, Packs, Looking]
    rooms += [Disposals, Overdue, Deciding, Holding, Certificates, Glass, Lending, Processing]
    rooms += [Requests, Naming, Gathering, Answering]
    academy = Router("/{urn:int}", route_handlers=rooms, guards=[at_academy])
    most = settings.upload_megabytes * 1_000_000
    imports = Router("/{urn:int}", route_handlers=[Importing], guards=[at_academy], request_max_body_size=most)
    central = [TrustPages, MeasurePages, Switching, TrustTrail, OutsidePage, Packs, Backups, Schedule]
    central += [People, Programs, Granting, Leaving, Conflicts, Roles, Report, Visitors]
    centre = Router("/", route_handlers=central, guards=[at_centre])
    calls: dict[str, Any] = {
        "dependencies": {"call": Provide(provide_call)},
        "request_max_body_size": MOST_BYTES,
    }
    of_academy = [Calls, Changes, Looks, Keeping]
    api = Router("/api/v1/{urn:int}", route_handlers=of_academy, guards=[metered, at_academy], **calls)
    api_across = Router("/api/v1/centre", route_handlers=[Calls, Changes], guards=[metered, at_centre], **calls)
    programs = [api, api_across]
    alike = [RulePages, Accounts, Passkeys, TokenPages, KeptForms, Description]
    same_for_all = Router("/", route_handlers=alike, guards=[anywhere])
    static = create_static_files_router(
        path=f"/static/{VERSION}",
        directories=[_WEB / "static"],
        guards=[anyone("styles and fonts, the same for all")],
        cache_control=None,
        html_mode=False,
    )
    ways_in = [Fetching, SigningIn, SecondFactor, ByPasskey, ByProvider, Links, Visits]
    rooms_drawn = ["academies", "accounts", "audit", "backups", "disposal"]
    rooms_drawn += ["looking", "outside", "processing", "requests", "roll", "rules", "signing_in"]
    packages = [f"core.{room}" for room in rooms_drawn]
    packages += [
        module.__name__
        for module in building.plugins.modules.values()
        if Path(module.__file__).with_name("templates").is_dir()
    ]
    app = Litestar(
        [
            static,
            *ways_in,
            Health,
            WellKnown,
            same_for_all,
            centre,
            academy,
            imports,
            *programs,
            *plugins,
            *across,
        ],
        guards=[who],
        dependencies={
            "desk": Provide(_desk, sync_to_thread=False),
            "form": Provide(provide_form),
            "building": Provide(_building, sync_to_thread=False),
        },
        exception_handlers=HANDLERS,
        state=State({"building": building, "jobs": Jobs(), "meter": Meter(settings.calls_a_minute)}),
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment(packages))),
        allowed_hosts=AllowedHostsConfig(allowed_hosts=_hosts(host.hostname or "", host.port)),
        request_max_body_size=1_000_000,
        lifespan=[running],
        openapi_config=None,
        before_send=[_with(headers)],
        logging_config=None,
    )
    insist_on_permissions(app)
    return app


def _desk(request: Request) -> Desk:  # type: ignore[type-arg]
    desk: Desk = request.state.desk
    return desk


def _building(request: Request) -> Building:  # type: ignore[type-arg]
    building: Building = request.app.state.building
    return building


def _hosts(name: str, port: int | None) -> list[str]:
    names = {name, "localhost", "127.0.0.1"} if name in ("localhost", "127.0.0.1") else {name}
    return sorted(names | {f"{one}:{port}" for one in names if port})


def _with(headers: dict[str, str]) -> Callable[[Message, Scope], Awaitable[None]]:
    """Adds headers to every answer; those of problems too, which pass no `after_request`."""

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            told = MutableScopeHeaders.from_message(message)
            left = scope.get("state", {}).get("left")
            for name, value in (headers | (left.headers if left else {})).items():
                told.setdefault(name, value)

    return add


def quiet_logs() -> None:
    """Program logs: a static past-tense name and ids, one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ]
    )
