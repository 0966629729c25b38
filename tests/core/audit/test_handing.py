"""A pack handed over by link: only link and code together open it, until its day, and that it left is recorded."""

from __future__ import annotations

import html
import re
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest
from sqlalchemy import select

from core.accounts.facts import PackFetched, PackMade
from core.deskstore.handovers import LARGEST
from core.deskstore.tables import handovers
from tests.core.audit.test_packs import FOR, PACK, chosen, officer, placed, withheld
from tests.core.house import NORTH, Browser, House, errors, hidden

DAY = 86_400_000_000


class Handed:
    """A pack that is made, and the page where it is handed over."""

    def __init__(self, house: House) -> None:
        house.pupil(placed("Tuppence keeps newts"), surname="Adams")
        self.house, self.dpo = house, officer(house)
        address = chosen(self.dpo, pupil="Adams")
        withheld(self.dpo, address)
        self.page = self.dpo.post(f"{address}/make", page=f"{address}/check").headers["location"]
        self.action = f"{address}/link"

    def sent(self, **fields: str) -> httpx.Response:
        form = hidden(self.dpo.get(self.page).text, self.action)
        return self.dpo.raw_post(self.action, data=form | {"days": "7"} | fields)

    def link(self, **fields: str) -> tuple[str, str]:
        """The path of the link, and the code."""
        shown = self.sent(**fields)
        assert shown.status_code == 200, errors(shown.text)
        link = re.search(r'<code class="ts-address">([^<]+)</code>', shown.text)
        code = re.search(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", shown.text)
        assert link
        assert code
        return html.unescape(link[1]).removeprefix(self.house.settings.origin), code[1]


@pytest.fixture
def handed(house: House) -> Handed:
    return Handed(house)


def fetches(house: House, path: str, code: str) -> httpx.Response:
    return Browser(house).post(path, code=code)


def test_link_and_code_together_open_it_and_nothing_else_does(handed: Handed) -> None:
    path, code = handed.link()
    shown = Browser(handed.house).get(path)
    assert "Adams" not in shown.text
    assert shown.headers["referrer-policy"] == "strict-origin"
    got = fetches(handed.house, path, f" {code.upper()} ")
    assert "record.html" in ZipFile(BytesIO(got.content)).namelist()
    wrong = fetches(handed.house, path, "aaaa-bbbb-cccc")
    assert (wrong.status_code, errors(wrong.text)) == (422, ["That code does not go with this link."])
    assert Browser(handed.house).get("/fetch/no-such-link").status_code == 404


def test_that_it_left_and_that_it_was_fetched_is_recorded(handed: Handed) -> None:
    path, code = handed.link()
    (left,) = {one.pack for one in handed.house.recorded(PackMade, f"{NORTH}-reads")}
    assert handed.house.recorded(PackFetched, f"{NORTH}-reads") == []
    for _ in range(2):
        fetches(handed.house, path, code)
    assert [one.pack for one in handed.house.recorded(PackFetched, f"{NORTH}-reads")] == [left]
    assert all(one.purpose == FOR for one in handed.house.recorded(PackMade, f"{NORTH}-reads"))


def test_it_cannot_be_guessed(handed: Handed) -> None:
    path, code = handed.link()
    for _ in range(6):
        fetches(handed.house, path, "aaaa-bbbb-cccc")
    assert errors(fetches(handed.house, path, code).text)[0].startswith("Too many tries.")
    handed.house.clock.us += 3_600_000_000
    assert fetches(handed.house, path, code).status_code == 200


def test_its_day_goes_by(handed: Handed) -> None:
    path, code = handed.link(days="3")
    handed.house.clock.us += 3 * DAY - 1_000_000
    assert fetches(handed.house, path, code).status_code == 200
    handed.house.clock.us += 2_000_000
    assert Browser(handed.house).get(path).status_code == 404
    assert handed.house.building.desk_store.handovers.fetch(path.rpartition("/")[2], code) is None


def test_neither_the_database_nor_our_own_key_opens_it(handed: Handed) -> None:
    path, code = handed.link()
    with handed.house.building.store.database.reading() as connection:
        row = connection.execute(select(handovers)).one()
    token = path.rpartition("/")[2]
    for clear in (b"Tuppence", b"record.html", token.encode(), code.encode()):
        assert clear not in row.sealed
    assert token.encode() not in row.token_hash
    assert handed.house.building.desk_store.handovers.fetch(token, "") is None


def test_what_was_destroyed_is_not_fetched(handed: Handed) -> None:
    path, code = handed.link()
    handed.house.building.let_go(handed.house.academy_id())
    assert Browser(handed.house).get(path).status_code == 404
    assert handed.house.building.desk_store.handovers.fetch(path.rpartition("/")[2], code) is None


@pytest.mark.parametrize("days", ["", "0", "15", "seven"])
def test_for_how_long_is_chosen_from_the_list(handed: Handed, days: str) -> None:
    shown = handed.sent(days=days)
    assert (shown.status_code, errors(shown.text)) == (422, ["Choose for how many days."])
    assert handed.house.recorded(PackMade, f"{NORTH}-reads") == []


def test_what_made_it_is_ones_own(handed: Handed) -> None:
    assert handed.sent(job="no job").status_code == 404
    other = handed.house.as_role("head")
    form = hidden(handed.dpo.get(handed.page).text, handed.action)
    data = other.form(f"/{NORTH}/requests/new") | {"job": form["job"], "days": "7"}
    assert other.raw_post(handed.action, data=data).status_code in (403, 404)
    assert PACK in handed.action
    assert LARGEST >= 10_000_000
