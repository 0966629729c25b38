"""Forms: from our own pages only, every wrong field at once, what was typed kept, nothing of it left behind."""

from __future__ import annotations

import gc
import re
from datetime import date
from typing import Annotated, Literal
from uuid import uuid4

import pytest
from msgspec import Meta

from core.academies.facts import PluginSwitchedOff
from core.accounts.facts import PersonAdded
from core.command import Command
from core.errors import NotAllowed, Refused
from core.roll.commands import AddStaff
from core.web.forms import Form, Invalid
from plugins.register.facts import PlacedOnRegister
from tests.core.house import NORTH, OPERATOR, House, email_of, error_links, errors, hidden, on

SENCO = email_of("senco", NORTH)
KEY = b"k" * 32


class PaintShed(Command, frozen=True):
    colour: Annotated[Literal["red", "blue"], Meta(title="a colour")]
    on: Annotated[date, Meta(title="the day")]
    coats: tuple[str, ...] = ()
    note: Annotated[str, Meta(title="a note", max_length=10)] = ""
    tins: int | None = None


def form(*fields: tuple[str, str]) -> Form:
    return Form(KEY, 1_794_830_400_000_000, fields)


def test_a_form_becomes_the_command_that_was_typed() -> None:
    typed = form(
        ("colour", " red "), ("on-day", "7"), ("on-month", "3"), ("on-year", "2026"), ("coats", "one"), ("coats", "two")
    )
    assert typed.read(PaintShed) == PaintShed("red", date(2026, 3, 7), ("one", "two"))
    assert form(("colour", "red"), ("on", "2026-03-07")).read(PaintShed).on == date(2026, 3, 7)


def test_every_wrong_field_is_told_at_once() -> None:
    typed = form(("colour", "green"), ("on-day", "31"), ("on-month", "2"), ("on-year", "2026"), ("note", "x" * 11))
    with pytest.raises(Invalid):
        typed.read(PaintShed)
    assert [(fault.field, fault.href) for fault in typed.errors] == [
        ("colour", "#colour"),
        ("on", "#on-day"),
        ("note", "#note"),
    ]
    assert [fault.text for fault in typed.errors] == [
        "Choose a colour from the list.",
        "The day must be a real date, such as 27 3 2026.",
        "A note is too long.",
    ]


@pytest.mark.parametrize(
    ("day", "month", "year"), [("29", "2", "2026"), ("1", "13", "2026"), ("", "3", "2026"), ("1", "3", "26"), ("x", "3", "2026")]  # noqa: E501
)  # fmt: skip
def test_an_impossible_day_is_no_day(day: str, month: str, year: str) -> None:
    typed = form(("colour", "red"), ("on-day", day), ("on-month", month), ("on-year", year))
    with pytest.raises(Invalid):
        typed.read(PaintShed)
    assert typed.error("on").endswith("must be a real date, such as 27 3 2026.")


def test_what_is_missing_is_asked_for_by_name() -> None:
    typed = form(("tins", "two"))
    with pytest.raises(Invalid):
        typed.read(PaintShed)
    assert [fault.text for fault in typed.errors] == [
        "Enter a colour.",
        "Enter the day.",
        "Tins is not in the right form.",
    ]


def test_a_token_holds_for_its_own_session_and_as_it_was_made() -> None:
    sent = form()
    token = sent.token(7)
    back = form(("token", token))
    back.check_token()
    assert (back.command_id, back.seen) == (sent.command_id, 7)
    for bad in ("", "x", token[:-1], token.replace(".7.", ".8."), f"{token}0"):
        with pytest.raises(NotAllowed):
            form(("token", bad)).check_token()
    other = Form(b"o" * 32, 0, [("token", token)])
    with pytest.raises(NotAllowed):
        other.check_token()


# By a real client


def changed(house: House) -> int:
    return sum(house.log_size(name) for name in house.building.store.names() if not name.endswith("-reads"))


def test_every_form_wants_the_token_of_its_own_session(house: House) -> None:
    from tests.core.test_routes import closed

    house.switch_all_on()
    pupil = house.pupil()
    operator, senco = house.browser(OPERATOR), house.as_role("senco")
    theirs = operator.form("/people/add")["token"]
    before = changed(house)
    posts = [route for route in closed(house.app) if route.method == "POST" and not route.for_programs]
    assert len(posts) > 15
    for route in posts:
        someone = senco if route.at_academy else operator
        another = theirs if route.at_academy else senco.form(f"/{NORTH}/staff/add")["token"]
        for token in (None, "", "x.y.z", another):
            data = {} if token is None else {"token": token}
            answer = someone.raw_post(route.address(NORTH, pupil), data=data)
            assert answer.status_code == 403, (route, token)
    assert changed(house) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://keystone.example:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://keystone.example", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_a_token_that_holds(house: House, headers: dict[str, str]) -> None:
    senco = house.browser(SENCO)
    fields = senco.form(f"/{NORTH}/staff/add") | {"name": "Ann", "job": "TA"} | on("joined_on", date(2026, 9, 1))
    before = house.log_size()
    assert senco.raw_post(f"/{NORTH}/staff/add", data=fields, headers=headers).status_code == 403
    assert house.browser().raw_post("/sign-in", data=fields, headers=headers).status_code == 403
    assert house.log_size() == before
    ours = {"origin": "http://keystone.example", "sec-fetch-site": "same-origin"}
    assert senco.raw_post(f"/{NORTH}/staff/add", data=fields, headers=ours).status_code == 303


def test_a_command_made_by_hand_is_held_to_its_limits_and_to_days_of_this_world(house: House) -> None:
    desk = house.desk(SENCO, NORTH)
    too_long = AddStaff("n" * 101, "TA", "", date(2026, 9, 1))
    too_late = AddStaff("Ann", "TA", "", date(9999, 1, 1))
    for wrong, field in ((too_long, "name"), (too_late, "joined_on")):
        with pytest.raises(Refused) as refused:
            desk.do(wrong, uuid4())
        assert refused.value.field == field


def test_a_wrong_host_is_refused(house: House) -> None:
    assert house.browser().get("/sign-in", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("email", "path", "page", "fields", "wrong", "kept"),
    [
        (OPERATOR, "/people/add", "", {"name": "", "email": "not an address"}, 2, "not an address"),
        (OPERATOR, "/people/{person}", "", {"role": "senco", "academy": "", "purpose": "P-kept"}, 1, "P-kept"),
        (OPERATOR, "/people/{person}", "", {"role": "", "purpose": "", "until_by-day": "3x"}, 3, "3x"),
        (OPERATOR, "/people/{person}", "", {"role": "king", "purpose": "P-kept"}, 1, "P-kept"),
        (OPERATOR, "/plugins/139204/register", "", {"reason": ""}, 1, ""),
        (OPERATOR, "/plugins/139204/register", "", {"reason": "r" * 401}, 1, "r" * 401),
        (SENCO, "/139204/staff/add", "", {"name": "", "job": "J-kept", "joined_on-day": "40"}, 2, "J-kept"),
        (SENCO, "/139204/staff/add", "", {"name": "n" * 101, "job": "J"}, 1, "n" * 101),
        (SENCO, "/139204/staff/add", "", {"name": "Ann", "job": "TA", "joined_on-year": "9999"}, 1, "9999"),
        (SENCO, "/139204/staff/add", "", {"name": "Ann", "job": "TA", "joined_on-year": "1899"}, 1, "1899"),
        (SENCO, "/139204/register/plans/{pupil}/new", "", on("made_on", date(2200, 1, 1)), 1, "2200"),
        (SENCO, "/139204/register/pupils/{pupil}/change", "", {"provision": "", "reason": "R-kept"}, 2, "R-kept"),
        (SENCO, "/139204/register/pupils/{pupil}/change", "",
         {"provision": "X", "on-day": "31", "on-month": "2", "on-year": "2026", "told-day": "a", "reason": "r" * 4001}, 4, "r" * 4001),  # noqa: E501
        (SENCO, "/139204/register/plans/{pupil}/new", "", {"made_on-day": "31", "made_on-month": "2", "made_on-year": "2026"}, 1, "31"),  # noqa: E501
        (SENCO, "/139204/pupils/{pupil}/entries/{entry}/withdraw", "", {"reason": ""}, 1, ""),
        (SENCO, "/139204/pupils/{pupil}/entries/{entry}/withdraw", "", {"reason": "r" * 4001}, 1, "r" * 4001),
        (SENCO, "/139204/import", "", {}, 1, ""),
        (OPERATOR, "/rules/register.review_due_by", "", {"made_on-day": "31", "made_on-month": "2", "made_on-year": "2026"}, 1, "31"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_form_comes_back_with_every_error_and_what_was_typed(
    house: House, email: str, path: str, page: str, fields: dict[str, str], wrong: int, kept: str
) -> None:
    pupil = house.pupil()
    (entry,) = house.tell(pupil, PlacedOnRegister("K", ("SLCN",), date(2026, 9, 1), date(2026, 9, 1), "Seen in class"))
    address = path.format(pupil=pupil, entry=entry, person=house.person("nelly@keystone.example"))
    someone = house.browser(email)
    sent = someone.form(page or address, address) | {"unknown_field": "x"} | fields
    before = changed(house)
    answer = someone.raw_post(address, data=sent)
    assert answer.status_code == 422, answer.status_code
    assert len(errors(answer.text)) == wrong, errors(answer.text)
    assert re.search(r"<title>\s*Error: ", answer.text)
    assert kept in answer.text
    ids = set(re.findall(r'\bid="([^"]+)"', answer.text))
    for link in error_links(answer.text):
        assert link in ids, (link, errors(answer.text))
    assert changed(house) == before


def test_ending_a_grant_takes_a_reason_of_a_readable_length(house: House) -> None:
    person = house.person(email_of("head", NORTH))
    grant = house.building.grants(person)[0].grant
    operator = house.browser(OPERATOR)
    path = f"/people/{person}/end/{grant}"
    assert operator.post(path, reason="r" * 4001).status_code == 422
    assert operator.post(path, reason="They have another post").status_code == 303
    assert house.building.grants(person)[0].ended_on == date(2026, 11, 16)
    assert house.browser(email_of("head", NORTH)).get(f"/{NORTH}").status_code == 404


def test_nul_bytes_are_left_out(house: House) -> None:
    operator = house.browser(OPERATOR)
    answer = operator.post("/people/add", name="Ann\0 Other", email="ann\0@keystone.example")
    assert answer.status_code == 303
    told = house.recorded(PersonAdded, "trust")[-1]
    assert (told.name, told.email) == ("Ann Other", "ann@keystone.example")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"name=\xff\xfe&job=x", "application/x-www-form-urlencoded"),
        (b"name=%ff%fe&job=x", "application/x-www-form-urlencoded"),
        (b"name=%ED%A0%80&job=x", "application/x-www-form-urlencoded"),
        (b"--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n\xff\r\n--b--\r\n", "multipart/form-data; boundary=b"),  # noqa: E501
        (b"no multipart at all", "multipart/form-data; boundary=b"),
        (b"x", "multipart/form-data"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_told_so(house: House, content: bytes, kind: str) -> None:
    senco = house.browser(SENCO)
    token = senco.form(f"/{NORTH}/staff/add")["token"].encode()
    body = content.replace(b"name=", b"token=" + token + b"&name=")
    answer = senco.raw_post(f"/{NORTH}/staff/add", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "could not be read" in answer.text


def test_a_form_of_too_many_fields_is_refused(house: House) -> None:
    senco = house.browser(SENCO)
    fields = senco.form(f"/{NORTH}/staff/add") | {f"f{at}": "x" for at in range(600)}
    assert senco.raw_post(f"/{NORTH}/staff/add", data=fields).status_code == 400


def test_a_file_that_is_too_large_is_refused_with_the_limit(house: House) -> None:
    senco = house.browser(SENCO)
    data = senco.form(f"/{NORTH}/import")
    answer = senco.raw_post(f"/{NORTH}/import", data=data, files={"file": ("roll.csv", b"x" * 50_000_000, "text/csv")})
    assert answer.status_code == 413
    assert "20 MB at most" in answer.text
    large = senco.raw_post(f"/{NORTH}/staff/add", data=data | {"name": "x" * 1_100_000})
    assert large.status_code == 413
    assert "1 MB at most" in large.text


def test_nothing_typed_stays_in_a_cache_of_the_process(house: House) -> None:
    from litestar import _parsers

    senco = house.browser(SENCO)
    canary = "Quilliam-Canary"
    senco.post(f"/{NORTH}/staff/add", name=canary, job="TA", **on("joined_on", date(2026, 9, 1)))
    senco.post(f"/{NORTH}/pupils", q=canary)
    senco.post(
        f"/{NORTH}/import", files={"file": ("roll.csv", f"UPN,Surname,Forename,DoB\nx,{canary},A,1/1/2017".encode())}
    )
    gc.collect()
    caches = [thing for thing in gc.get_objects() if isinstance(thing, type(_parsers.parse_query_string))]
    assert _parsers.parse_url_encoded_form_data.cache_info().currsize == 0
    assert [cache for cache in caches if any(canary in repr(thing) for thing in _held(cache))] == []


def _held(cache: object) -> list[object]:
    """What a cache keeps, found as the collector sees it."""
    return [inner for one in gc.get_referents(cache) if isinstance(one, dict) for inner in one.items()]


def test_one_form_sent_twice_is_recorded_once(house: House) -> None:
    senco = house.browser(SENCO)
    fields = senco.form(f"/{NORTH}/staff/add") | {"name": "Ann", "job": "TA"} | on("joined_on", date(2026, 9, 1))
    before = house.log_size()
    assert senco.raw_post(f"/{NORTH}/staff/add", data=fields).status_code == 303
    assert senco.raw_post(f"/{NORTH}/staff/add", data=fields).status_code == 303
    assert house.log_size() == before + 1


def test_a_switch_is_sent_twice_and_recorded_once(house: House) -> None:
    operator = house.browser(OPERATOR)
    path = f"/plugins/{NORTH}/register"
    fields = operator.form(path) | {"reason": "Not this year"}
    assert operator.raw_post(path, data=fields).status_code == 303
    again = operator.raw_post(path, data=fields)
    assert again.status_code == 303
    assert len(house.facts(PluginSwitchedOff)) == 1
    assert house.desk(urn=NORTH).on == {}


def test_the_hidden_fields_of_a_page_are_found() -> None:
    page = '<form method="post" action="/a"><input type="hidden" name="token" value="1&amp;2"></form>'
    assert hidden(page, "/a") == {"token": "1&2"}
