"""The half goes outside once a day: by real mail, and to a folder; and nobody serves a log older than it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from core.errors import WillNotStart
from core.outside.facts import HalfSent, Place
from core.outside.places import file_name, newest, places
from core.outside.sending import insist_on_outside, keep_sending, last_sent, send, send_due
from events import Actor, Tampered
from events.halves import Half, half
from events.notes import parse_note
from tests.core.cli.test_cli import run
from tests.core.house import NORTH, House, HouseMaker
from tests.core.mailbox import Mailbox

TO = ("records@authority.example", "clerk@keystone.example")
MailboxMaker = Callable[..., Mailbox]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Another disk, as far as a test has one."""
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


def kept(folder: Path) -> list[Half]:
    return [Half.parse(path.read_text("utf-8")) for path in sorted(folder.iterdir())]


def by_hand(house: House) -> dict[Place, str]:
    """As `tallystick outside send` does."""
    actor = Actor(house.person("olive@keystone.example"), "Operator", "test")
    return send(house.building, places(house.settings), actor)


# By mail


def test_the_half_goes_out_by_mail_and_reads_back_as_it_is(make_house: HouseMaker, mailboxes: MailboxMaker) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://{mailbox.host}:{mailbox.port}", halves_to=TO)
    house.pupil(surname="Canary")
    send_due(house.building)
    (letter,) = mailbox.letters
    assert (letter["to"], letter["from"]) == (", ".join(TO), "tallystick@keystone.example")
    assert letter["subject"] == "Tallystick half, 16 November 2026"
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "half-20261116T120000Z.txt"
    content = attached.get_content()
    assert isinstance(content, bytes)
    found = Half.parse(content.decode())
    trust = house.building.store.log("trust")
    assert parse_note(found.notes[trust.origin])[0].size == house.recorded(HalfSent, "trust")[0].entries
    body = letter.get_body()
    assert body is not None
    assert "tallystick checkpoint --since" in body.get_content()
    assert b"Canary" not in bytes(letter)
    assert b"North" not in bytes(letter)


@pytest.mark.parametrize("tls", ["smtps", "starttls"])
def test_name_and_password_go_over_tls_only(
    make_house: HouseMaker, mailboxes: MailboxMaker, certified: ssl.SSLContext, tls: str
) -> None:
    mailbox = mailboxes("127.0.0.2", tls, certified)
    scheme = "smtps" if tls == "smtps" else "smtp"
    login = "tally%40keystone.example:three%20words%3A%20%40%2F"
    house = make_house(smtp=f"{scheme}://{login}@{mailbox.host}:{mailbox.port}", halves_to=TO)
    assert by_hand(house) == {"mail": ""}
    assert mailbox.signed_in == [(b"tally@keystone.example", b"three words: @/")]
    assert mailbox.letters[0]["from"] == "tally@keystone.example"


def test_a_password_is_not_sent_in_clear(make_house: HouseMaker, mailboxes: MailboxMaker) -> None:
    mailbox = mailboxes("127.0.0.2")
    house = make_house(smtp=f"smtp://tally:secret@{mailbox.host}:{mailbox.port}", halves_to=TO)
    with capture_logs() as logs:
        answers = by_hand(house)
    assert "offers no TLS" in answers["mail"]
    assert (mailbox.signed_in, mailbox.letters) == ([], [])
    assert house.recorded(HalfSent, "trust") == []
    assert "secret" not in str(logs)


@pytest.mark.usefixtures("certified")
def test_a_mail_server_nobody_vouches_for_gets_nothing(
    make_house: HouseMaker, mailboxes: MailboxMaker, certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = mailboxes("127.0.0.2", "smtps", certified)
    monkeypatch.delenv("SSL_CERT_FILE")
    house = make_house(smtp=f"smtps://tally:secret@{mailbox.host}:{mailbox.port}", halves_to=TO)
    assert "certificate verify failed" in by_hand(house)["mail"]
    assert mailbox.signed_in == []


# To the second place


def test_the_second_place_gets_a_new_file_each_time(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    for _ in range(3):
        assert by_hand(house) == {"second place": ""}
        house.clock.forward(60)
    sizes = [parse_note([*one.notes.values()][-1])[0].size for one in kept(folder)]
    assert len(sizes) == 3
    assert sizes == sorted(sizes)
    assert newest(folder) == kept(folder)[-1]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_file_that_is_there_is_never_written_over(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    there = folder / "half-20261116T120000Z.txt"
    there.write_text("someone's")
    assert "There is a file half-20261116T120000Z.txt already" in by_hand(house)["second place"]
    assert there.read_text() == "someone's"
    assert house.recorded(HalfSent, "trust") == []


def test_a_folder_that_is_not_there_is_not_made(make_house: HouseMaker, tmp_path: Path) -> None:
    house = make_house(second_place=tmp_path / "unmounted")
    assert "No such file" in by_hand(house)["second place"]
    assert not (tmp_path / "unmounted").exists()
    insist_on_outside(house.building)  # an empty mount does not keep a school from its records


def test_the_newest_half_is_the_newest_that_is_whole(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    assert newest(folder) is None
    by_hand(house)
    (whole,) = folder.iterdir()
    (folder / "half-20301116T120000Z.txt").write_bytes(whole.read_bytes()[:500])
    (folder / "half-20311116T120000Z.txt").write_bytes(b"\xff\xfe")
    (folder / "other.txt").write_text("no half")
    found = newest(folder)
    assert found is not None
    assert file_name(found) == whole.name


# Daily


def test_each_place_gets_one_a_day(make_house: HouseMaker, mailboxes: MailboxMaker, folder: Path) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}", halves_to=TO, second_place=folder)
    for hour in range(0, 72, 6):
        house.clock.us = house.clock.us if hour == 0 else house.clock.us + 6 * 3_600_000_000
        send_due(house.building)
    assert len(mailbox.letters) == len(kept(folder)) == 4  # from noon, over three midnights
    sent = house.recorded(HalfSent, "trust")
    assert sorted(str(one.sent_on) for one in sent if one.place == "mail") == [
        f"2026-11-{day}" for day in range(16, 20)
    ]


def test_a_half_goes_again_once_a_key_was_destroyed(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    pupil = house.pupil()
    send_due(house.building)
    desk = house.desk(urn=NORTH)
    gone = [stream for stream in desk.log.keys.streams().values() if stream.subject == pupil]
    desk.log.destroy(gone, backups_until=date(2026, 12, 31), companions=[], command_id=uuid4(), actor=desk.actor)
    for _ in range(3):
        house.clock.forward(61)
        send_due(house.building)
    assert len(kept(folder)) == 2
    held = newest(folder)
    assert held
    assert held.destroyed


def test_two_servers_send_once(make_house: HouseMaker, mailboxes: MailboxMaker, folder: Path) -> None:
    mailbox = mailboxes()
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}", halves_to=TO, second_place=folder)
    servers = [house.building, *(house.open() for _ in range(3))]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send_due, servers))
    assert len(mailbox.letters) == len(kept(folder)) == 1


def test_a_place_that_fails_is_tried_again_within_the_hour_and_the_other_is_not_kept_waiting(
    make_house: HouseMaker, mailboxes: MailboxMaker, folder: Path
) -> None:
    mailbox = mailboxes()
    mailbox.refuses = True
    house = make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}", halves_to=TO, second_place=folder)
    with capture_logs() as logs:
        send_due(house.building)
        send_due(house.building)
    (line,) = (line for line in logs if line["event"] == "half_not_sent")
    assert line == {"event": "half_not_sent", "log_level": "warning", "place": "mail", "error": "SMTPDataError"}
    assert len(kept(folder)) == 1
    mailbox.refuses = False
    house.clock.forward(59 * 60)
    send_due(house.building)
    assert len(mailbox.letters) == len(kept(folder)) == 1
    assert set(last_sent(house.building)) == {"mail", "second place"}


def test_nothing_is_sent_of_itself_where_no_place_is_set(house: House) -> None:
    keep_sending(house.building)
    send_due(house.building)
    assert house.recorded(HalfSent, "trust") == []


# A log that is older than what the outside holds


def put_back(house: House, backup: Path) -> House:
    """The same home as it was, log and keys, and a server that starts on it."""
    house.close_buildings()
    for name in ("tallystick.db", "keys.db"):
        for ending in ("-wal", "-shm"):
            (house.home / f"{name}{ending}").unlink(missing_ok=True)
        (house.home / name).write_bytes((backup / name).read_bytes())
    house.building = house.open()
    return house


@pytest.fixture
def behind(make_house: HouseMaker, folder: Path, tmp_path: Path) -> House:
    """A house put back from a backup; the second place got a half after it was made."""
    house = make_house(second_place=folder)
    house.close_buildings()
    backup = tmp_path / "backup"
    backup.mkdir()
    for name in ("tallystick.db", "keys.db"):
        (backup / name).write_bytes((house.home / name).read_bytes())
    house.building = house.open()
    house.pupil()
    assert by_hand(house) == {"second place": ""}
    return put_back(house, backup)


def test_a_log_older_than_the_half_outside_is_not_served_and_not_signed(behind: House) -> None:
    store = behind.building.store
    before = {name: store.checkpoint(store.log(name)) for name in store.names()}
    with pytest.raises(WillNotStart, match=f"/{NORTH}/1, by the half kept outside: .* what follows is cut off"):
        insist_on_outside(behind.building)
    with pytest.raises(Tampered):
        behind.pupil()
    behind.building.close()
    store = behind.open().store
    assert {name: store.checkpoint(store.log(name)) for name in store.names()} == before


def test_no_command_signs_or_records_over_a_log_older_than_the_half_outside(behind: House, folder: Path) -> None:
    store = behind.building.store
    before = {name: store.checkpoint(store.log(name)) for name in store.names()}
    behind.building.close()
    term = ["academy", "term", "--academy", NORTH, "--name", "Late", "--from", "2027-01-04", "--to", "2027-02-12"]
    for words in (["checkpoint"], term):
        answer = run(behind.home, *words, TALLYSTICK_SECOND_PLACE=str(folder))
        assert answer.code == 1, answer
    assert "cut off" in run(behind.home, "checkpoint", TALLYSTICK_SECOND_PLACE=str(folder)).err
    store = behind.open().store
    assert {name: store.checkpoint(store.log(name)) for name in store.names()} == before


def test_a_log_that_became_older_while_it_is_served_stops(behind: House, folder: Path) -> None:
    behind.clock.forward(timedelta(days=1).total_seconds())
    with capture_logs() as logs, pytest.raises(Tampered, match="cut off"):
        send_due(behind.building)
    assert [line["event"] for line in logs] == ["log_doubtful"] * 2  # the academy's, and the trust's
    assert len(kept(folder)) == 1
    with pytest.raises(Tampered):
        behind.pupil()


def test_a_log_that_goes_on_is_served(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    by_hand(house)
    house.pupil()
    insist_on_outside(house.building)
    assert half(house.building.store).notes


def test_the_day_is_london_s(make_house: HouseMaker, folder: Path) -> None:
    house = make_house(second_place=folder)
    house.clock.move_to(date(2027, 6, 30), 22)
    send_due(house.building)
    house.clock.move_to(date(2027, 6, 30), 23)  # half past midnight in London is the next day
    send_due(house.building)
    assert [str(one.sent_on) for one in house.recorded(HalfSent, "trust")] == ["2027-06-30", "2027-07-01"]
