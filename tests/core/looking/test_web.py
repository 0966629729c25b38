"""The page that answers "who saw this child's record, when, and why"."""

from __future__ import annotations

import re
from uuid import UUID

from core.accounts.commands import EndGrant
from tests.core.house import NORTH, SOUTH, Browser, House, email_of


def rows(browser: Browser, path: str) -> list[str]:
    """The rows of a page's table, in words."""
    text = browser.get(path).text
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in found]


def looked(house: House, role: str, pupil: UUID) -> None:
    assert house.as_role(role).get(f"/{NORTH}/pupils/{pupil}").status_code == 200


def test_each_person_and_day_is_one_line_with_what_and_why(house: House) -> None:
    pupil = house.pupil()
    looked(house, "senco", pupil)
    looked(house, "senco", pupil)
    house.clock.forward(24 * 3600)
    looked(house, "senco", pupil)
    looked(house, "head", pupil)
    told = rows(house.as_role("dpo"), f"/{NORTH}/looks/{pupil}")
    assert len(told) == 4, "the data protection officer's own look stands there too"
    assert "Data Protection Officer Trust" in told[0]
    senco = [one for one in told if one.startswith("Senco 139204 SENCO")]
    assert len(senco) == 2
    assert all("Who they are" in one for one in senco)
    assert all(one.endswith("Their work") for one in senco)


def test_why_is_told_by_what_they_held_then_and_not_by_what_they_hold_now(house: House) -> None:
    pupil, senco = house.pupil(), house.person(email_of("senco", NORTH))
    looked(house, "senco", pupil)
    house.clock.forward(24 * 3600)
    grant = next(iter(house.building.grants(senco)))
    house.desk().do(EndGrant(grant.grant, "Moved"), senco)
    (told,) = [one for one in rows(house.as_role("dpo"), f"/{NORTH}/looks/{pupil}") if one.startswith("Senco")]
    assert told.endswith("Their work")


def test_whoever_may_not_read_the_trail_is_turned_away(house: House) -> None:
    pupil = house.pupil()
    for role in ("class_teacher", "governor", "hr_admin"):
        assert house.as_role(role).get(f"/{NORTH}/looks/{pupil}").status_code in {403, 404}, role
    assert house.as_role("senco", SOUTH).get(f"/{NORTH}/looks/{pupil}").status_code == 404
    assert house.as_role("dpo").get(f"/{NORTH}/looks/{UUID(int=7)}").status_code == 404


def test_the_pupil_s_page_leads_there(house: House) -> None:
    pupil = house.pupil()
    assert f'href="/{NORTH}/looks/{pupil}"' in house.as_role("senco").get(f"/{NORTH}/pupils/{pupil}").text


def test_what_stands_out_is_listed_with_the_day_it_happened(house: House) -> None:
    pupil = house.pupil(surname="139204")  # as every made-up person of this academy is called
    house.clock.forward(11 * 3600)
    looked(house, "senco", pupil)
    told = rows(house.as_role("dpo"), f"/{NORTH}/looks/unusual")
    assert [one.partition("2026 ")[2].removesuffix(" that day of Senco 139204") for one in told if "Senco" in one] == [
        "Opened 2 between 21:00 and 6:00.",
        "Opened the record of a child who bears the same family name.",
    ]
    house.clock.forward(31 * 24 * 3600)
    assert "Nothing stands out" in house.as_role("dpo").get(f"/{NORTH}/looks/unusual").text
    assert f'href="/{NORTH}/looks/unusual"' in house.as_role("dpo").get(f"/{NORTH}/audit?log=reads").text
