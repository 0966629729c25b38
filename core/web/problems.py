"""Every error has a page in plain English, or a problem+json for a program; none says more than it may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID, uuid4

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from core.by_name import Unfit
from core.errors import (
    AccountShut,
    Elsewhere,
    NotAllowed,
    NotFound,
    NotOurForm,
    ProofNeeded,
    Refused,
    SignInNeeded,
    Stale,
    TokenRefused,
    TooMany,
)
from core.signing_in.facts import SignInRefused
from core.signing_in.web.ways import tell_refused
from core.web.guards import cookie_name
from core.web.kept import Keeping
from core.web.pages import Page
from events import Conflict, Erased, NotReady, Tampered

if TYPE_CHECKING:
    from core.building import Building
    from core.desk import Desk

_log = structlog.get_logger()

Said = tuple[str, list[str], list[dict[str, str | None]]]

_TEXTS: dict[int, Said] = {
    400: ("That request could not be read", ["Something in the address or the form is not in a form we know."], []),
    401: ("That token is no good", ["Make another on the page Your account."], []),
    403: (
        "You have not been granted this",
        ["The page exists, and your role does not open it. That you asked is recorded."],
        [{"text": "Ask whoever looks after people and roles at your trust.", "href": None}],
    ),
    404: (
        "Page not found",
        ["There is nothing here, or nothing you have been granted. If you typed the address, check it is right."],
        [{"text": "Go to the first page", "href": "/"}],
    ),
    405: ("That cannot be done here", ["The address is right, what was asked of it is not."], []),
    409: (
        "Someone was first",
        ["Nothing of yours was recorded. Look at what they recorded, then decide again."],
        [{"text": "Go back, open the page again and repeat your change if it is still right.", "href": None}],
    ),
    410: ("Erased", ["This was erased under the retention schedule. No more can be shown."], []),
    413: ("That is too large", [], []),
    415: ("That cannot be read", [], []),
    412: (
        "Something has changed",
        ["Someone recorded something here after you looked. Nothing of yours was recorded: look again, then decide."],
        [],
    ),
    423: (
        "This account is shut",
        ["Nobody has signed in to it for a long time, so it opens no more. That you tried is recorded."],
        [{"text": "Ask whoever looks after people and roles at your trust to open it again.", "href": None}],
    ),
    429: ("Too many calls", ["Wait as long as the headers say, then go on."], []),
    422: ("That cannot be recorded", [], []),
    500: (
        "Something went wrong here",
        ["Nothing was half recorded. The people who run Tallystick can find what happened by the reference below."],
        [],
    ),
}


_OLD_FORM = "This form can no longer be used, and nothing was recorded. Open the page again and fill it in there."


def answer(
    request: Request[Any, Any, Any],
    status: int,
    *,
    says: list[str] | None = None,
    recorded: list[str] | None = None,
    reference: str | None = None,
    **more: Any,
) -> Response[Any]:
    """A problem as a page, or as problem+json for a program.

    Args:
        more: What a program is told besides.
    """
    title, usual, following = _TEXTS.get(status, _TEXTS[500])
    if _is_for_a_program(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": " ".join(says or usual), **more}
        if recorded:
            body["recorded"] = recorded
        return Response(body, status_code=status, media_type="application/problem+json")
    return Page(
        "problem.html",
        status_code=status,
        status=status,
        title=title,
        says=says or usual,
        next=following,
        recorded=recorded or [],
        reference=reference,
    )


def _is_for_a_program(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/") or "json" in request.headers.get("accept", "")


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    status = error.status_code
    says = [error.detail] if _is_for_a_program(request) and status in (400, 415) else None
    if status == 413:
        says = [f"{_most(request)} at most can be sent here. Choose a smaller file or shorten the text, and try again."]
    made = answer(request, status, says=says)
    made.headers.update(error.headers or {})
    return made


def _most(request: Request[Any, Any, Any]) -> str:
    """What the route that was asked takes, in words."""
    most = request.route_handler.resolve_request_max_body_size() or 0
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"


def _sign_in(request: Request[Any, Any, Any], error: SignInNeeded) -> Response[Any]:
    if _is_for_a_program(request):
        return answer(request, 403, says=["Sign in first."])
    return _prove(request, "/sign-in", error.person, "&idle=1" if error.idle else "")


def _not_found(request: Request[Any, Any, Any], _: NotFound) -> Response[Any]:
    """The same for what is not there and what is not theirs; of that it is recorded, beside, that they asked."""
    desk: Desk | None = getattr(request.state, "missed_at", None)
    if desk is not None:
        asked = [value for value in request.path_params.values() if isinstance(value, UUID)]
        desk.building.soon("missed", lambda: desk.missed(asked))
    return answer(request, 404)


def _token(request: Request[Any, Any, Any], error: TokenRefused) -> Response[Any]:
    if person := error.person:
        building: Building = request.app.state.building
        building.soon("refused", lambda: tell_refused(building, person, SignInRefused(building.today, "token")))
    made = answer(request, 401, says=["This token is none of ours, has run out or was ended."])
    made.headers["WWW-Authenticate"] = "Bearer"
    return made


def _shut(request: Request[Any, Any, Any], error: AccountShut) -> Response[Any]:
    building: Building = request.app.state.building
    building.soon("refused", lambda: tell_refused(building, error.person, SignInRefused(building.today, "shut")))
    return answer(request, 423)


def _proof(request: Request[Any, Any, Any], error: ProofNeeded) -> Response[Any]:
    if _is_for_a_program(request):
        return answer(request, 403, says=["Prove in a browser first that it is you."])
    return _prove(request, error.address, error.person)


def _prove(request: Request[Any, Any, Any], address: str, person: UUID | None, more: str = "") -> Response[Any]:
    """Goes on to where one proves who one is, and then back; a form that was sent is kept meanwhile."""
    if request.method != "GET" and person:
        building: Building = request.app.state.building
        return Keeping(building, person, request.cookies.get(cookie_name(building.settings.secure), ""), address)
    after = quote(request.url.path) if request.method == "GET" else "/"
    return Response(None, status_code=303, headers={"Location": f"{address}?next={after}{more}"})


def _unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    reference = uuid4().hex[:12]
    _log.error(
        "request_failed", reference=reference, error=type(error).__name__, route=request.scope.get("path_template")
    )
    return answer(request, 500, reference=reference)


def _tampered(request: Request[Any, Any, Any], error: Tampered) -> Response[Any]:
    reference = uuid4().hex[:12]
    _log.error("log_doubtful", reference=reference, log=error.log, position=error.position)
    says = [
        "A stored record is not as it was written, so nothing more is recorded until it has been looked into.",
        "Run `tallystick verify` and keep the files as they are.",
    ]
    return answer(request, 500, says=says, reference=reference)


def _too_many(request: Request[Any, Any, Any], error: TooMany) -> Response[Any]:
    made = answer(request, 429)
    made.headers.update(error.headers | {"Retry-After": str(error.wait)})
    return made


def _unfit(request: Request[Any, Any, Any], error: Unfit) -> Response[Any]:
    told = [{"field": one.field, "detail": one.says} for one in error.faults]
    return answer(request, 422, says=[str(error)], code="unfit", field=error.faults[0].field, errors=told)


HANDLERS: ExceptionHandlersMap = {
    HTTPException: _http,
    SignInNeeded: _sign_in,
    ProofNeeded: _proof,
    TokenRefused: _token,
    AccountShut: _shut,
    Elsewhere: lambda _, error: Response(None, status_code=303, headers={"Location": error.address}),
    NotAllowed: lambda request, _: answer(request, 403),
    NotOurForm: lambda request, _: answer(request, 403, says=[_OLD_FORM]),
    NotFound: _not_found,
    Refused: lambda request, error: answer(request, 422, says=[str(error)], code=error.code, field=error.field),
    Unfit: _unfit,
    Stale: lambda request, error: answer(
        request, 412 if "if-match" in request.headers else 409, recorded=error.recorded
    ),
    Conflict: lambda request, _: answer(request, 409),
    TooMany: _too_many,
    Erased: lambda request, _: answer(request, 410),
    Tampered: _tampered,
    NotReady: _unexpected,
    Exception: _unexpected,
}
