"""The trail: newest first, filtered, in words and as JSON, and whether all of it stands."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from datetime import date
from uuid import uuid4

from core.accounts.facts import Opened
from plugins.register.facts import PlacedOnRegister
from tests.core.house import NORTH, OPERATOR, SOUTH, Browser, House, email_of, verified

SEPTEMBER = date(2026, 9, 1)
TRAIL = f"/{NORTH}/audit"


def placed(reason: str = "Seen in class") -> PlacedOnRegister:
    return PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, reason)


def positions(page: str) -> list[int]:
    return [int(one) for one in re.findall(r"Entry </span>([\d,]+)</a>", page.replace(",", ""))]


def filtered(someone: Browser, path: str = TRAIL, **fields: str) -> str:
    answer = someone.post(path, **fields)
    assert answer.status_code == 303
    return someone.get(answer.headers["location"]).text


def json_of(page: str) -> str:
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_the_trail_is_newest_first_and_goes_on_over_pages(house: House) -> None:
    for _ in range(60):
        house.pupil()
    senco = house.as_role("senco")
    first = senco.get(TRAIL)
    shown = positions(first.text)
    assert shown == list(range(house.log_size() - 1, house.log_size() - 51, -1))
    second = positions(senco.get(f"{TRAIL}?page=2").text)
    assert second[0] == shown[-1] - 1
    assert 0 in second


def test_the_trail_is_filtered_by_person_pupil_plugin_and_day(house: House) -> None:
    one, other = house.pupil(placed(), surname="Adams"), house.pupil(surname="Brown")
    senco = house.as_role("senco")
    house.clock.move_to(date(2026, 11, 18))
    senco.sign_in(email_of("senco", NORTH))
    (event,) = house.facts(PlacedOnRegister)
    withdrawn = event.position
    senco.post(f"/{NORTH}/pupils/{one}/entries/{event.event_id}/withdraw", reason="Another child")
    last = house.log_size() - 1
    by_senco = positions(filtered(senco, person=str(house.person(email_of("senco", NORTH)))))
    assert by_senco == [last]
    assert set(positions(filtered(senco, pupil="adams"))) == {last, withdrawn, withdrawn - 1}
    assert positions(filtered(senco, plugin="register")) == [withdrawn]
    assert positions(filtered(senco, to="2026-11-17"))[0] == last - 1
    assert positions(filtered(senco, **{"from": "2026-11-18"})) == [last]
    assert "No entry fits these filters." in filtered(senco, pupil="nobody of this name")
    assert senco.get(f"{TRAIL}?from=x&to=y&person=z&pupil=q&plugin=none&page=0").status_code == 200
    assert f"/{NORTH}/pupils/{other}" in senco.get(TRAIL).text


def test_the_centre_s_trail_leads_on_to_an_academy_s(house: House) -> None:
    dpo = house.as_role("dpo")
    south = str(house.academy_id(SOUTH))
    answer = dpo.get(f"/audit?academy={south}&plugin=roll")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{SOUTH}/audit?plugin=roll"
    assert str(house.events("trust")[-1].event_id) in dpo.get("/audit").text


def test_an_entry_is_told_in_words_and_as_json(house: House) -> None:
    pupil = house.pupil()
    (entry,) = house.tell(pupil, placed("Speech, not hearing"))
    page = house.as_role("senco").get(f"{TRAIL}/{entry}").text
    assert "Placed on the register" in page
    assert "Speech, not hearing" in page
    told = json.loads(json_of(page))
    assert told["fact"]["kind"] == "register.placed/1"
    assert told["subject"] == str(pupil)
    assert told["by"] == str(house.person(OPERATOR))
    (event,) = house.facts(PlacedOnRegister)
    assert (told["event"], told["position"]) == (str(event.event_id), event.position)
    assert f"Entry {event.position:,}" in page
    assert event.leaf.hex() in page
    assert "No checkpoint covers it yet" in page
    house.building.store.sign_all()
    assert "Covered by the checkpoint" in house.as_role("senco").get(f"{TRAIL}/{entry}").text


def test_whoever_holds_no_class_sees_that_something_was_recorded_and_no_words(house: House) -> None:
    pupil = house.pupil()
    (entry,) = house.tell(pupil, placed("Speech, not hearing"))
    dpo = house.as_role("dpo")
    for address in (TRAIL, f"{TRAIL}/{entry}"):
        page = dpo.get(address).text
        assert "Something was recorded in register.support" in page
        assert "Speech, not hearing" not in page
        assert "SLCN" not in page
    assert json_of(dpo.get(f"{TRAIL}/{entry}").text).startswith("withheld")
    assert "Sample" in dpo.get(TRAIL).text  # of whom, and not what
    assert house.as_role("hr_admin").get(TRAIL).status_code == 403
    assert house.as_role("hr_admin").get(f"{TRAIL}/{entry}").status_code == 403


def test_who_looked_is_a_trail_of_its_own(house: House) -> None:
    pupil = house.pupil(placed())
    senco = house.as_role("senco")
    senco.get(f"/{NORTH}/pupils/{pupil}")
    page = senco.get(f"{TRAIL}?log=reads").text
    assert page.count("Opened this record") == len(house.facts(Opened, f"{NORTH}-reads")) == 2
    address = html.unescape(re.findall(rf'href="({TRAIL}/[0-9a-f-]{{36}}\?log=reads)"', page)[0])
    entry = senco.get(address).text
    assert "Opened this record" in entry
    assert "accounts.opened/1" in json_of(entry)


def test_an_entry_that_is_not_there_is_not_found(house: House) -> None:
    assert house.as_role("senco").get(f"{TRAIL}/{uuid4()}").status_code == 404


def test_verify_now_reads_every_log(house: House) -> None:
    house.pupil(placed())
    page = verified(house.as_role("dpo"))
    assert "Every notch stands" in page
    for name in house.building.store.names():
        assert f">{name}<" in page


def test_verify_now_names_what_was_changed(house: House) -> None:
    house.pupil(placed())
    house.building.store.sign_all()
    position = house.log_size() - 1
    log_id = house.building.store.log(NORTH).id
    attacker = sqlite3.connect(house.home / "tallystick.db")
    with attacker:
        for (name,) in attacker.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            attacker.execute(f"DROP TRIGGER {name}")
        (sealed,) = attacker.execute(
            "SELECT sealed FROM entries WHERE log = ? AND position = ?", (log_id, position)
        ).fetchone()
        flipped = bytes([sealed[0], sealed[1], sealed[2] ^ 1]) + sealed[3:]
        attacker.execute("UPDATE entries SET sealed = ? WHERE log = ? AND position = ?", (flipped, log_id, position))
    attacker.close()
    page = verified(house.as_role("dpo"))
    assert "The log does not hold" in page
    assert re.search(rf'<th scope="row">{NORTH}</th><td class="r" data-l="Position">{position}</td>', page)
    assert "Stop recording" in page


def test_someone_else_s_verification_is_not_shown(house: House) -> None:
    dpo, director = house.as_role("dpo"), house.as_role("send_director")
    address = dpo.post("/audit/verify", page="/audit").headers["location"]
    assert director.get(address).status_code == 404


def test_the_half_of_the_stick_can_be_taken_away(house: House) -> None:
    answer = house.as_role("dpo").get("/audit/checkpoint")
    assert answer.headers["content-disposition"] == 'attachment; filename="checkpoints.txt"'
    for name in house.building.store.names():
        note = house.building.store.checkpoint(house.building.store.log(name))
        assert note is not None
        assert note in answer.text


def test_a_record_that_is_not_as_it_was_written_is_never_shown(house: House) -> None:
    subject = house.pupil(placed("Canary words"))
    senco = house.as_role("senco")
    attacker = sqlite3.connect(house.home / "tallystick.db")
    with attacker:
        attacker.execute("DROP TRIGGER entries_no_update")
        attacker.execute("UPDATE entries SET recorded_at = recorded_at + 1")
    answer = senco.get(f"/{NORTH}/pupils/{subject}")
    with attacker:  # put back, so that the house can sign and close
        attacker.execute("UPDATE entries SET recorded_at = recorded_at - 1")
    attacker.close()
    assert answer.status_code == 500
    assert "not as it was written" in html.unescape(answer.text)
    assert "Canary words" not in answer.text
