"""Nobody is led where they may not go: everybody who signs in to the made-up trust follows the links they are shown."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from core.app import make_app
from core.building import Building
from core.demo import PASSWORD, SIGN_INS, make, open_doors
from core.demo.clock import Clock, at_hour
from core.settings import from_environment
from tests.core.house import hidden

pytestmark = pytest.mark.xdist_group("links")  # the trust is made once, by one worker
TODAY = date(2027, 1, 4)
"""The Monday after a holiday: nobody has typed anything for long, and the trust can be made all the same."""
_ANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d{6}(?=/|$)")
"""What differs between pages of one kind: a record's number, an academy's URN."""
_APART = ("/rules/", "/static/", "/sign-in", "/.well-known/")


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    settings = from_environment(
        {"TALLYSTICK_HOME": str(tmp_path_factory.mktemp("links") / "home"), "TALLYSTICK_SECOND_FACTOR": "offered"}
    )
    make(settings, pupils=150, progress=lambda *_: None, today=TODAY)
    building = Building(settings, clock=Clock(at_hour(TODAY, 9)))
    open_doors(building)
    with TestClient(make_app(building), base_url=settings.origin) as client:
        client.follow_redirects = False
        yield client
    building.close()


def links(page: str, at: str) -> list[str]:
    """The addresses a page leads to within the program, without what is asked of them."""
    found = (urlsplit(urljoin(at, html.unescape(one))) for one in re.findall(r'<a\b[^>]* href="([^"]+)"', page))
    return [one.path for one in found if not one.netloc and not one.path.startswith(_APART)]


def forms(page: str, at: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each form that takes words is sent to, and its fields with more figures in them than a number may have."""
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        opening, _, inside = form.partition(">")
        action = re.search(r' action="([^"]*)"', opening)
        names = re.findall(r'<(?:textarea|input(?![^>]*type="hidden"))[^>]* name="([^"]+)"', inside)
        takes_words = "<textarea" in inside or 'type="text"' in inside
        if action and takes_words and 'method="post"' in opening and "multipart" not in opening:
            path = html.unescape(action[1])
            yield urljoin(at, path), hidden(page, path) | dict.fromkeys(names, "9" * 5000)


@pytest.mark.parametrize("email", [email for email, _ in SIGN_INS])
def test_every_link_that_is_shown_opens_and_no_form_falls_over(trust: TestClient[Litestar], email: str) -> None:
    trust.cookies.clear()
    fields = hidden(trust.get("/sign-in").text, "/sign-in")
    first = trust.post("/sign-in", data=fields | {"email": email, "password": PASSWORD})
    assert first.status_code == 303
    ahead, known = deque([(first.headers["location"], "/sign-in")]), set[str]()
    while ahead:
        path, shown_on = ahead.popleft()
        kind = _ANY.sub("*", path)
        if kind in known:
            continue
        known.add(kind)
        answer = trust.get(path)
        assert answer.status_code in {200, 303}, (answer.status_code, path, shown_on)
        if answer.is_redirect:
            ahead.append((urlsplit(answer.headers["location"]).path, path))
        elif "html" in answer.headers["content-type"]:
            ahead += [(one, path) for one in links(answer.text, path)]
            for action, fields in forms(answer.text, path):
                refused = trust.post(action, data=fields)
                assert refused.status_code < 500, (refused.status_code, action, path)
    assert len(known) > 5
