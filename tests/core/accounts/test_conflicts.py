"""Whoever is close to a pupil opens nothing of theirs, whatever was granted."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts.commands import EndConflict, NameConflict
from core.errors import NotFound, Refused
from core.roll.views import pupil as pupil_view
from tests.core.house import NORTH, House, email_of, errors

SENCO = email_of("senco", NORTH)


@pytest.fixture
def child(house: House) -> UUID:
    """A pupil the SENCO is close to, beside another."""
    child = house.pupil(surname="Quillfeather")
    house.pupil(surname="Other")
    house.desk().do(NameConflict(child, "A parent"), house.person(SENCO))
    return child


def test_every_door_to_that_child_is_shut_and_every_other_stays_open(house: House, child: UUID) -> None:
    senco = house.browser(SENCO)
    assert "Quillfeather" not in senco.get(f"/{NORTH}/pupils").text
    assert "Other" in senco.get(f"/{NORTH}/pupils").text
    nobody = UUID(int=7)
    for path in ("pupils/{}", "looks/{}", "register/pupils/{}/change", "register/plans/{}"):
        there, nowhere = (senco.get(f"/{NORTH}/{path.format(one)}") for one in (child, nobody))
        assert there.status_code == nowhere.status_code == 404, path
        assert len(there.content) == len(nowhere.content)
    assert "Quillfeather" not in senco.get(f"/{NORTH}/pupils/list.csv").text
    assert "Quillfeather" not in senco.get(f"/{NORTH}/audit").text
    desk = house.desk(SENCO, NORTH)
    assert child not in desk.see_all(pupil_view)
    assert desk.history(child) == []
    with pytest.raises(NotFound):
        desk.see(pupil_view, child)
    assert house.as_role("head").get(f"/{NORTH}/pupils/{child}").status_code == 200


def test_it_beats_a_grant_that_names_the_very_child(house: House, child: UUID) -> None:
    house.grant("head", SENCO)
    assert house.browser(SENCO).get(f"/{NORTH}/pupils/{child}").status_code == 404


def test_nobody_lifts_it_for_themselves(house: House, child: UUID) -> None:
    house.grant("identity_admin", SENCO)
    person = house.person(SENCO)
    with pytest.raises(Refused, match="Somebody else"):
        house.desk(SENCO).do(EndConflict(child, "It is over"), person)
    house.desk().do(EndConflict(child, "It is over"), person)
    assert house.browser(SENCO).get(f"/{NORTH}/pupils/{child}").status_code == 200
    with pytest.raises(Refused, match="Nothing stands"):
        house.desk().do(EndConflict(child, "Again"), person)


def test_it_is_named_and_ended_by_pages_that_never_tell_whose_child(house: House) -> None:
    child = house.pupil(surname="Quillfeather")
    upn = house.desk(urn=NORTH).see_all(pupil_view)[child].upn
    admin, person = house.as_role("identity_admin"), house.person(SENCO)
    path, where = f"/people/{person}/conflict", str(house.academy_id())
    wrong = admin.post(path, academy=where, upn="A000000000000", reason="A parent")
    assert errors(wrong.text) == ["There is no pupil with this UPN at this academy."]
    assert admin.post(path, academy=where, upn=upn.lower(), reason="A parent").status_code == 303
    assert errors(admin.post(path, academy=where, upn=upn, reason="A parent").text) == ["This stands already."]
    shown = admin.get(f"/people/{person}").text
    assert "Opens nothing of one pupil since 16 November 2026." in shown
    assert "Quillfeather" not in shown
    assert admin.post(f"{path}/{child}/end", reason="A mistake").status_code == 303
    assert "Opens nothing of one pupil" not in admin.get(f"/people/{person}").text
