"""After the second approval no page, list, file, program or other process shows it, and all else reads on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from core.academies.facts import PluginSwitchedOn
from core.academies.telling import told as measured
from core.accounts.facts import Opened
from core.cli.asking import Line
from core.cli.calling import see_command
from core.desk import Desk
from events import Document, Erased, New, Stream, verify
from events.tables import keys as data_keys
from plugins.exams.facts import EvidenceFiled
from plugins.register.facts import PlacedOnRegister, PlanIssued
from plugins.register.views import support
from tests.bench.serving import Client, serving
from tests.core.counselling import tell_secret
from tests.core.disposal.deciding import CANARY, PLAN, SUPPORT, Child, text_of
from tests.core.house import NORTH, PASSWORD, SOUTH, Browser, House, email_of
from tests.core.test_routes import closed

EVIDENCE, WRITTEN, NAME = "exams.evidence", "Borborygmus", "Quillfeather"
CANARIES = (CANARY, WRITTEN)


class Planted(NamedTuple):
    """A child with words planted in two classes and a file, a plan besides, and the ids of what was planted."""

    child: Child
    kept: Document
    entries: tuple[UUID, ...]


@pytest.fixture
def planted(house: House) -> Planted:
    house.switch(on=True, plugin="exams")
    placed = PlacedOnRegister("K", ("SLCN",), date(2025, 9, 8), date(2025, 9, 9), f"{CANARY} at the table.")
    subject = house.pupil(placed, PlanIssued(date(2026, 1, 12)), surname=NAME)
    senco = house.desk(email_of("senco", NORTH), NORTH)
    kept = senco.keep(subject, EVIDENCE, f"{WRITTEN}, says the letter.".encode())
    filed = EvidenceFiled("comment", "", date(2026, 10, 2), kept, f"{WRITTEN} in class")
    senco.record([New(subject, filed)], command_id=UUID(int=7))
    entries = tuple(event.event_id for event in house.facts(PlacedOnRegister) + house.facts(EvidenceFiled))
    return Planted(Child(house, subject), kept, entries)


def everything(house: House, someone: Browser, planted: Planted) -> Iterator[tuple[str, bytes]]:
    """Every page, list, file and answer to a program that this person may have, with the child in each address."""
    subject = planted.child.subject
    addresses = {route.address(NORTH, subject) for route in closed(house.app) if route.method == "GET"}
    addresses |= {f"/{NORTH}/exams/evidence/{subject}/documents/{planted.kept.document_id}"}
    for entry in planted.entries:
        addresses |= {f"/{NORTH}/audit/{entry}", f"/{NORTH}/pupils/{subject}/entries/{entry}/withdraw"}
    addresses |= {f"/{NORTH}/exports/register/register.{kind}" for kind in ("csv", "xlsx")}
    addresses |= {f"/{NORTH}/audit?log=reads", f"/{NORTH}/audit?plugin=register", f"/{NORTH}/register?enrolment=all"}
    for view, plugin in (("support", "register"), ("plan", "register"), ("evidence", "exams")):
        addresses.add(f"/api/v1/{NORTH}/{plugin}/views/{view}/{subject}")
    for path, field in ((f"/{NORTH}/pupils", "q"), (f"/{NORTH}/register", "q"), (f"/{NORTH}/audit", "pupil")):
        if someone.get(path).status_code == 200:
            addresses.add(someone.post(path, **{field: NAME}).headers["location"])
    for address in sorted(addresses):
        answer = someone.get(address)
        if answer.status_code == 200:
            yield address, unpacked(answer.content)


def unpacked(content: bytes) -> bytes:
    """What a file says, a workbook's parts out of their zip."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("role", ["senco", "head"])
def test_nothing_anybody_may_open_shows_it(house: House, planted: Planted, role: str) -> None:
    someone = house.as_role(role)
    before = {at for at, page in everything(house, someone, planted) if any(one.encode() in page for one in CANARIES)}
    assert len(before) >= 4, before
    for record in (SUPPORT, EVIDENCE):
        planted.child.destroy(record)
    for at, page in everything(house, someone, planted):
        assert [one for one in CANARIES if one.encode() in page] == [], at
    assert verify(house.building.store).ok


def test_the_child_is_gone_from_the_list_and_reads_on_elsewhere(house: House, planted: Planted) -> None:
    senco, subject = house.as_role("senco"), planted.child.subject
    files = [f"/{NORTH}/exports/register/register.{kind}" for kind in ("csv", "xlsx")]
    for file in files:
        assert NAME.encode() in unpacked(senco.get(file).content)
    planted.child.destroy()
    for file in files:
        assert NAME.encode() not in unpacked(senco.get(file).content)
    assert NAME in senco.get(f"/{NORTH}/pupils").text
    page = text_of(senco.get(f"/{NORTH}/pupils/{subject}").text)
    assert "EHC plan made on 12 January 2026" in page
    assert "Placed on the register" not in page
    answer = senco.get(f"/api/v1/{NORTH}/register/views/support/{subject}").json()
    assert answer["value"] is None
    assert senco.get(f"/api/v1/{NORTH}/register/views/plan/{subject}").json()["value"]["made_on"] == "2026-01-12"
    line = Line({"TALLYSTICK_HOME": str(house.home)}, email_of("senco", NORTH))
    line._building = house.building
    for view, says in (("support", "none"), ("plan", "12 January 2026")):
        typed = ["register", view, "--academy", NORTH, "--subject", str(subject)]
        assert says in CliRunner().invoke(see_command, typed, obj=line).output


def test_a_file_kept_in_it_cannot_be_opened(house: House, planted: Planted) -> None:
    planted.child.destroy(EVIDENCE)
    (told,) = planted.child.disposed
    assert (told.entries, told.files) == (1, 1)
    with pytest.raises(Erased):
        house.building.store.log(NORTH).document(Stream(planted.child.subject, EVIDENCE), planted.kept)


def test_who_looked_at_it_is_gone_with_it_and_who_looked_at_the_rest_is_not(house: House, planted: Planted) -> None:
    house.as_role("senco").get(f"/{NORTH}/pupils/{planted.child.subject}")
    planted.child.destroy()
    looked = {event.record for event in house.facts(Opened, f"{NORTH}-reads")}
    assert SUPPORT not in looked
    assert {PLAN, "core.identity"} <= looked


def test_another_process_shows_nothing_from_its_next_answer_on(house: House, planted: Planted) -> None:
    second = house.open()
    found = second.person_by_email(email_of("senco", NORTH))
    assert found is not None
    assert Desk(second, *found, house.academy_id()).see(support, planted.child.subject)
    planted.child.destroy()
    desk = Desk(second, *found, house.academy_id())
    assert desk.see(support, planted.child.subject) is None
    assert [event.record for event in desk.history(planted.child.subject)].count(SUPPORT) == 0


def test_a_real_server_shows_nothing_from_its_next_answer_on(house: House, planted: Planted) -> None:
    house.building.store.sign_all()
    with serving(house.home) as (client, _):
        signed_in(client, email_of("senco", NORTH))
        path = f"/{NORTH}/pupils/{planted.child.subject}"
        assert CANARY in client.get(path)
        planted.child.destroy()
        client.close()  # the server hangs up on who is silent for some seconds
        page = client.get(path)
        assert CANARY not in page
        assert WRITTEN in page
        with pytest.raises(RuntimeError, match="404"):
            client.get(f"/{NORTH}/audit/{planted.entries[0]}")
        client.close()


def signed_in(client: Client, email: str) -> None:
    client.post("/sign-in", client.get("/sign-in"), email=email, password=PASSWORD)


def test_its_keys_are_nowhere_in_the_key_store_s_files(house: House, planted: Planted) -> None:
    house.as_role("senco").get(f"/{NORTH}/pupils/{planted.child.subject}")
    stream, wraps = Stream(planted.child.subject, SUPPORT), []
    for name in (NORTH, f"{NORTH}-reads"):
        log = house.building.store.log(name)
        key = log.keys.find(stream)
        assert key
        with house.building.store.keys.database.reading() as connection:
            wraps.append(
                connection.execute(
                    select(data_keys.c.wrapped).where(data_keys.c.log == log.id, data_keys.c.key_id == key.key_id)
                ).scalar_one()
            )
    assert all(wrap in on_disk(house) for wrap in wraps)
    planted.child.destroy()
    assert not any(wrap[5:] in on_disk(house) for wrap in wraps)


def on_disk(house: House) -> bytes:
    return b"".join(path.read_bytes() for path in house.home.glob("keys.db*"))


def test_what_was_told_from_it_and_files_on_their_way_are_dropped(house: House, planted: Planted) -> None:
    measured(house.building)
    assert house.building._kept
    store, of = house.building.desk_store, {urn: house.person(email_of("senco", urn)) for urn in (NORTH, SOUTH)}
    for urn, person in of.items():
        store.keep_upload(UUID(int=int(urn)), person, NAME.encode())
    planted.child.destroy()
    assert house.building._kept == {}
    assert store.upload(UUID(int=int(NORTH)), of[NORTH]) is None
    assert store.upload(UUID(int=int(SOUTH)), of[SOUTH]) == NAME.encode()


def test_of_a_secret_class_the_others_find_no_trace_of_its_end_either(counselled: House) -> None:
    child = Child(counselled, counselled.pupil())
    tell_secret(counselled, child.subject)
    senco = counselled.as_role("senco")
    assert child.destroy("counsel.session").status_code == 303
    trail = f"/{NORTH}/audit"
    pages = [senco.get(trail).text, senco.get(f"{trail}?log=reads").text]
    told = [event for event in counselled.events() if not isinstance(event.fact, PluginSwitchedOn)]
    pages += [senco.get(f"{trail}/{event.event_id}").text for event in told]
    assert "The key of a record was destroyed" in pages[0]
    assert [page for page in pages if "counsel.session" in page] == []
