"""The well-known addresses, for anyone; and the page about the half outside, for whoever may read the trail."""

from __future__ import annotations

import html
from pathlib import Path
from uuid import uuid4

import pytest

from core.outside.facts import HalfSent
from core.outside.telling import PATH
from events import Actor, New
from events.notes import ML_DSA_44, NoteKey, read_note
from events.open_facts import EpochStarted, LogOpened
from tests.core.house import NORTH, House, HouseMaker

HERE = f"/.well-known/tallystick/{NORTH}/1"


@pytest.fixture
def signed(house: House) -> House:
    """An academy's log of 300 entries, signed; and one more that is not."""
    log = house.building.store.log(NORTH)
    log.append_open([LogOpened(str(number)) for number in range(log.size, 300)], uuid4())
    house.building.store.sign_all()
    house.pupil(surname="Canary")
    return house


def test_a_checkpoint_is_for_anyone_and_for_a_moment(signed: House) -> None:
    answer = signed.browser().get(f"{HERE}/checkpoint")
    log = signed.building.store.log(NORTH)
    assert answer.status_code == 200
    assert answer.text == signed.building.store.checkpoint(log)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=10"
    assert "set-cookie" not in answer.headers
    assert read_note(answer.text, log.origin, log.note_keys(log.tail.epoch, log.size))[0].size == 300


def test_tiles_are_for_anyone_and_for_ever(signed: House) -> None:
    leaves = [event.leaf for event in signed.building.store.log(NORTH).events(0, 300)]
    for path, content in (("0/000", leaves[:256]), ("0/001.p/44", leaves[256:]), ("0/001.p/3", leaves[256:259])):
        answer = signed.browser().get(f"{HERE}/tile/{path}")
        assert (answer.status_code, answer.content) == (200, b"".join(content))
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint/more",
        "tile",
        "tile/0/001.p/45",
        "tile/0/001",
        "tile/0/002",
        "tile/1/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/000.p/0",
        "tile/entries/000",
        "tile/entries/000.p/1",
        "tile/data/000",
        "tile/0/x000/000",
        "tile/0/%2e%2e/000",
        "entries/0",
    ],
)
def test_all_else_is_not_there(signed: House, path: str) -> None:
    answer = signed.browser().get(f"{HERE}/{path}")
    assert answer.status_code == 404
    assert "Canary" not in answer.text


@pytest.mark.parametrize(
    "place", ["139205-none/1", "139204/2", "139204/0", "139204/01", "139204/+1", "139204/x", "%/1"]
)
def test_what_is_no_epoch_of_a_log_is_not_there(signed: House, place: str) -> None:
    for path in ("checkpoint", "tile/0/000"):
        assert signed.browser().get(f"/.well-known/tallystick/{place}/{path}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_but_get_is_heard(signed: House, method: str) -> None:
    assert signed.browser().request(method, f"{HERE}/checkpoint").status_code == 405


def test_an_older_epoch_stays_published(signed: House) -> None:
    before = signed.browser().get(f"{HERE}/checkpoint").text
    signed.building.store.begin_epoch(NORTH, lambda number: EpochStarted(number, before, 0))
    signed.building.store.sign_all()
    assert signed.browser().get(f"{HERE}/checkpoint").text == before
    assert signed.browser().get(f"{HERE}/tile/0/001.p/45").status_code == 404
    assert "/2\n303\n" in signed.browser().get(f"/.well-known/tallystick/{NORTH}/2/checkpoint").text


# The page


def sent(house: House, place: str) -> None:
    fact = New(house.building.trust_id, HalfSent(place, 12, house.building.today))  # type: ignore[arg-type]
    house.building.trust.append(
        [fact], command_id=uuid4(), actor=Actor(house.person("olive@keystone.example"), "Operator")
    )


def words(house: House, path: str = PATH) -> str:
    answer = house.as_role("dpo").get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def alarmed(page: str) -> bool:
    return "The outside needs looking at" in page


def test_the_page_gives_the_keys_as_a_reader_pins_them(house: House) -> None:
    store = house.building.store
    store.add_signer(store.log("trust"), ML_DSA_44)
    store.sign_all()
    page = words(house)
    for name in store.names():
        log = store.log(name)
        for key in log.note_keys(log.tail.epoch, log.size):
            assert str(key) in page
            assert NoteKey.parse(str(key)) == key
        assert f"/.well-known/tallystick/{name}/1/checkpoint" in page or name == "trust"
    note = store.checkpoint(store.log("trust")) or ""
    *short, long = note.splitlines(keepends=True)
    assert (page.count("".join(short)), page.count(note), page.count(long)) == (2, 1, 1)  # folded, since it is long


def test_no_place_set_is_said_without_alarm(house: House) -> None:
    page = words(house)
    assert page.count("not set up") == 2
    assert not alarmed(page)
    assert "no mail and no second place is set" in words(house, "/audit")


@pytest.mark.parametrize(("days", "late"), [(0, False), (2, False), (3, True), (40, True)])
def test_a_half_older_than_two_days_is_said_in_red(
    make_house: HouseMaker, tmp_path: Path, days: int, late: bool
) -> None:
    house = make_house(second_place=tmp_path / "share")
    assert "The second place: has no half yet." in words(house)
    sent(house, "second place")
    house.clock.forward(days * 86_400)
    for path in (PATH, "/audit"):
        page = words(house, path)
        assert alarmed(page) is late
        assert (f"last got a half on 16 November 2026, {days} days ago" in page) is late
    assert ("overdue" in words(house)) is late
    assert "16 November 2026" in words(house, "/audit")


def test_a_doubtful_log_is_said_in_red(house: House) -> None:
    dpo = house.as_role("dpo")
    house.building.store.distrust("The log has 2 entries, and 3 were signed.")
    for path in (PATH, "/audit"):
        page = html.unescape(dpo.get(path).text)
        assert alarmed(page)
        assert "The log has 2 entries, and 3 were signed." in page


def test_the_trail_keeps_what_the_log_saw_to_itself_until_asked(make_house: HouseMaker, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    house = make_house(second_place=tmp_path / "share")
    from core.outside.sending import send_due

    send_due(house.building)
    assert "The half went outside (second place) on 16 November 2026" in words(house, "/audit")
    assert "checkpoint seen" not in words(house, "/audit")
    assert words(house, "/audit?plugin=events").count(">events: checkpoint seen") == 5
