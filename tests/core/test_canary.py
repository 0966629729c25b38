"""Words planted through every form and import are found in no file, no program log and no address."""

from __future__ import annotations

import logging
import tempfile
from datetime import date
from pathlib import Path

import httpx
import msgspec
import pytest

from core.web.lists import Listing
from tests.core.house import NORTH, OPERATOR, PASSWORD, Browser, House, email_of, hidden, on, upn
from tests.core.roll.web.test_importing import confirm, preview

NAME, FORENAME, NOTE, BORN = "Quillfeather", "Zebedine", "Xylotomous", date(2016, 7, 29)
UPN = upn(77_777_777)
EMAIL = "canary.person@keystone.example"
CANARIES = [NAME, FORENAME, NOTE, UPN, EMAIL, "2016-07-29", "29/07/2016", "29 July 2016", PASSWORD]
ROLL = (
    "UPN,Surname,Forename,Date of Birth,Year,Reg,SEN Status,SEN Need\r\n"
    f"{UPN},{NAME},{FORENAME},29/07/2016,5,5B,K,SLCN\r\n"
    f"{UPN[:-1]}9,{NAME},{FORENAME},29/07/2016,5,5B,{NOTE},SLCN\r\n"
).encode()


def spelt(word: str) -> list[bytes]:
    """A word as bytes may hold it."""
    return [
        word.encode(),
        word.encode("utf-16-le"),
        word.upper().encode(),
        word.lower().encode(),
        word.encode().hex().encode(),
    ]


def found_in(content: bytes) -> list[str]:
    return [word for word in CANARIES if any(bytes_ in content for bytes_ in spelt(word))]


def plant(house: House, locations: list[str]) -> None:
    """Every form there is, filled with canaries; the addresses it leads to."""

    def kept(answer: httpx.Response) -> httpx.Response:
        locations.append(answer.headers.get("location", ""))
        locations.append(str(answer.request.url))
        assert answer.status_code in (200, 303, 404, 422), answer.request.url
        return answer

    operator, senco = house.browser(OPERATOR), house.as_role("senco")
    kept(operator.post("/people/add", name=f"{FORENAME} {NAME}", email=EMAIL))
    person = house.person(EMAIL)
    kept(operator.post(f"/people/{person}", role="governor", academy=str(house.academy_id()), purpose=NOTE))
    grant = house.building.grants(person)[0].grant
    kept(operator.post(f"/people/{person}/end/{grant}", reason=NOTE))
    kept(operator.post("/people", q=NAME))
    kept(operator.post(f"/plugins/{NORTH}/register", reason=NOTE))
    kept(operator.post(f"/plugins/{NORTH}/register", reason=NOTE))
    kept(house.browser().sign_in(EMAIL, PASSWORD))
    kept(operator.post("/rules/register.review_due_by", **on("made_on", BORN)))
    kept(operator.post("/audit", pupil=NAME))
    _at_the_academy(house, senco, kept)
    nobody = house.browser()
    kept(nobody.get(f"/{NORTH}/pupils/{NAME}"))
    kept(senco.get(f"/{NORTH}/register?q={NAME}"))


def _at_the_academy(house: House, senco: Browser, kept: object) -> None:
    assert callable(kept)
    kept(senco.post(f"/{NORTH}/staff/add", name=f"{FORENAME} {NAME}", job=NOTE, **on("joined_on", BORN)))
    path, page = preview(senco, ROLL, f"{NAME}.csv")
    kept(confirm(senco, path, page.text))
    preview(senco, ROLL.replace(b"5B", b"5C"), f"{NAME}.csv")
    for where in ("pupils", "register", "staff"):
        kept(senco.post(f"/{NORTH}/{where}", q=NAME))
    kept(senco.post(f"/{NORTH}/audit", pupil=UPN))
    from core.roll.views import pupil

    (subject,) = house.desk(urn=NORTH).see_all(pupil)
    change = f"/{NORTH}/register/pupils/{subject}/change"
    fields = {"provision": "E", "need_1": "ASD", "reason": NOTE} | on("on", house.building.today)
    check = senco.raw_post(change, data=senco.form(change) | fields)
    kept(senco.raw_post(change, data=hidden(check.text, change) | {"go": "record"}))
    kept(senco.post(f"/{NORTH}/register/plans/{subject}/new", **on("made_on", BORN)))
    kept(senco.post(f"/{NORTH}/register/plans/{subject}", **on("ended_on", date(2026, 7, 29))))
    last = house.events()[-1].event_id
    kept(senco.post(f"/{NORTH}/pupils/{subject}/entries/{last}/withdraw", reason=NOTE))
    kept(senco.get(f"/{NORTH}/pupils/{subject}"))
    _pack(house, kept)
    for of in ("pupils", "register"):
        for kind in ("csv", "xlsx"):
            kept(senco.get(f"/{NORTH}/{of}/list.{kind}"))


def _pack(house: House, kept: object) -> None:
    """The pack itself leaves; nothing of it may stay behind."""
    assert callable(kept)
    house.grant("senco", email_of("dpo"))
    dpo = house.browser(email_of("dpo"))
    address = f"/{NORTH}/audit/pack"
    path = kept(dpo.post(address, purpose=NOTE, pupil=NAME)).headers["location"]
    kept(dpo.raw_post(path, data=dpo.form(path)))
    made = kept(dpo.post(f"{path}/make", page=f"{path}/check")).headers["location"]
    file = kept(dpo.get(made.replace("/made?", "/pack.zip?")))
    assert NAME.encode() in file.content


def test_planted_words_are_found_nowhere(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    locations: list[str] = []
    plant(house, locations)
    recorded = [msgspec.json.encode(event.fact) for name in (NORTH, "trust") for event in house.events(name)]
    for word in (NAME, FORENAME, NOTE, UPN, EMAIL, "2016-07-29"):
        assert any(word.encode() in fact for fact in recorded), word
    shown = house.as_role("senco").get(f"/{NORTH}/pupils").text
    assert NAME in shown  # it is there, for whoever may see it
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"tallystick.db", "tallystick.db-wal", "keys.db", "master.key"} <= {path.name for path in files}
    assert {path.name: found for path in files if (found := found_in(path.read_bytes()))} == {}
    assert list(temporary.iterdir()) == []
    out, err = capfd.readouterr()
    logged = [
        record.getMessage() for record in caplog.records if not record.name.startswith("http")
    ]  # not the client's
    assert found_in("\n".join([out, err, *logged]).encode()) == []
    ours = [address for address in locations if f"pupils/{NAME}" not in address and f"q={NAME}" not in address]
    assert len(ours) > 40
    assert found_in("\n".join(ours).encode()) == []
    house.building.store.sign_all()
    house.close_buildings()
    assert {path.name: found for path in tmp_path.rglob("*.db*") if (found := found_in(path.read_bytes()))} == {}


def test_an_error_of_ours_tells_the_program_log_no_name(
    house: House, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    senco = house.browser(email_of("senco", NORTH))
    house.pupil(surname=NAME, forename=FORENAME, upn=UPN, born_on=BORN)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{NAME} could not be drawn")

    monkeypatch.setattr(Listing, "cut", broken)
    answer = senco.get(f"/{NORTH}/pupils")
    assert answer.status_code == 500
    assert NAME not in answer.text
    out, err = capfd.readouterr()
    assert "request_failed" in out + err
    assert found_in((out + err).encode()) == []
