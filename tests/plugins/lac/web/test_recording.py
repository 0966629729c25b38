"""What is recorded of a child's care, and what is refused."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core.roll.facts import PupilEnrolled
from plugins.lac.facts import (
    AuthorityNamed,
    EpisodeBegan,
    EvidenceSeen,
    KinshipDeclared,
    LegalStatusChanged,
)
from tests.core.house import SOUTH, Browser, House, error_links, errors, on
from tests.plugins.lac.care import (
    LAC,
    A,
    B,
    desk_of,
    episode,
    in_care,
    tell,
)
from tests.plugins.lac.web.reading import MONDAY, OCTOBER, child

# What is recorded


def begun(**more: Any) -> dict[str, str]:
    """A form that begins an episode."""
    usual = {"care": "looked_after", "legal": "C2", "source": "Virtual school", "authority": A}
    return usual | on("began_on", OCTOBER) | on("told_on", date(2026, 11, 9)) | more


def record(browser: Browser, path: str, **fields: Any) -> tuple[int, str]:
    """Fills the form in and sends it; the answer's status, and its errors."""
    answer = browser.raw_post(path, data=browser.form(path) | fields)
    return answer.status_code, " ".join(errors(answer.text))


def test_an_episode_is_recorded_with_its_authority_and_the_child_stands_in_the_list(
    house: House, teacher: Browser
) -> None:
    pupil = house.pupil(surname="Newcomer")
    path = f"{LAC}/care/{pupil}/begin"
    answer = teacher.raw_post(path, data=teacher.form(path) | begun())
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LAC}/children/{pupil}")
    (began,) = house.facts(EpisodeBegan)
    assert (began.day, began.fact.told_on) == (OCTOBER, date(2026, 11, 9))  # type: ignore[union-attr]
    assert house.facts(AuthorityNamed)[-1].fact.authority == A  # type: ignore[union-attr]
    shown = teacher.get(LAC).text
    assert "Newcomer" in shown
    assert "Recorded." in shown


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (begun(**on("began_on", date(2026, 11, 17))), "began_on-day"),
        (begun(**on("began_on", date(2010, 1, 1))), "began_on-day"),
        (begun(source=""), "source"),
        (begun(care="imagined"), "care"),
        (begun(legal="Z9"), "legal"),
        (begun(authority="999"), "authority"),
        (begun(**{"told_on-day": "", "told_on-month": "", "told_on-year": ""}), "told_on-day"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    house: House, teacher: Browser, fields: dict[str, str], field: str
) -> None:
    pupil = house.pupil()
    path, before = f"{LAC}/care/{pupil}/begin", house.log_size()
    answer = teacher.raw_post(path, data=teacher.form(path) | fields)
    assert answer.status_code == 422
    assert field in set(error_links(answer.text))
    assert house.log_size() == before
    for name, value in fields.items():
        kept = html.escape(value)
        if value and name not in {"care", "legal", "authority", "source"}:
            assert (
                f'id="{name}" name="{name}" type="text" inputmode="numeric" autocomplete="off" value="{kept}"'
                in answer.text
            )
        elif name == "source" and value:
            assert re.search(f'name="source" type="radio" value="{kept}" checked', answer.text)


def test_a_form_left_open_is_stale_and_says_what_was_recorded(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/begin"
    form = teacher.form(path)
    tell(house, pupil, KinshipDeclared("KF", MONDAY))
    answer = teacher.raw_post(path, data=form | begun())
    assert answer.status_code == 409
    assert "Kinship care declared" in html.unescape(answer.text)
    assert house.facts(EpisodeBegan) == []


def test_a_double_click_is_recorded_once(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/begin"
    sent = teacher.form(path) | begun()
    assert [teacher.raw_post(path, data=sent).status_code for _ in range(3)] == [303, 303, 303]
    assert len(house.facts(EpisodeBegan)) == 1


def test_a_legal_status_an_end_and_a_proof_are_recorded_of_one_episode(house: House, teacher: Browser) -> None:
    pupil, began = house.pupil(), episode(OCTOBER, legal="C1")
    tell(house, pupil, began)
    care = f"{LAC}/care/{pupil}"
    assert record(teacher, f"{care}/legal/{began.episode}", legal="C2", **on("changed_on", MONDAY))[0] == 303
    assert (
        record(teacher, f"{care}/evidence/{began.episode}", evidence="authority_letter", **on("seen_on", MONDAY))[0]
        == 303
    )
    assert record(teacher, f"{care}/end/{began.episode}", cause="E47", **on("ended_on", MONDAY))[0] == 303
    assert [event.fact.episode for event in house.facts(LegalStatusChanged)] == [began.episode]  # type: ignore[union-attr]
    assert [event.fact.seen_by for event in house.facts(EvidenceSeen)] == [desk_of(house).person_id]  # type: ignore[union-attr]
    shown = child(teacher, pupil)
    assert "ended" in shown
    assert "End it" not in shown


def test_previous_care_needs_its_proof_unless_it_is_not_declared(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    path = f"{LAC}/care/{pupil}/previous"
    status, says = record(teacher, path, code="A", **on("declared_on", MONDAY))
    assert (status, "Until then use N" in says) == (422, True)
    assert record(teacher, path, code="N", **on("declared_on", MONDAY))[0] == 303
    shown = child(teacher, pupil)
    assert "Previous care not declared" in shown
    proof = {"evidence": "adoption_order", **on("seen_on", MONDAY), **on("ordered_on", date(2026, 3, 2))}
    assert record(teacher, path, code="A", **on("declared_on", MONDAY), **proof)[0] == 303
    assert "Left care by adoption, England and Wales (A)" in child(teacher, pupil)


def test_kinship_is_recorded_with_or_without_previous_care(house: House, teacher: Browser) -> None:
    pupil = house.pupil()
    assert record(teacher, f"{LAC}/care/{pupil}/kinship", code="KU", **on("declared_on", MONDAY))[0] == 303
    assert "Kinship care, arrangement unknown (KU)" in child(teacher, pupil)


def test_naming_one_authority_changes_no_other(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    path = f"{LAC}/care/{pupil}/authority"
    told = {"source": "Letter of 2 November", **on("named_on", MONDAY)}
    assert record(teacher, f"{path}/plan", authority=B, **told)[0] == 303
    shown = child(teacher, pupil)
    assert "Looks after the child Eastshire" in shown
    assert "EHC plan Westshire" in shown
    assert "Area of the school unknown" in shown
    assert record(teacher, f"{path}/plan", authority=A, source="", **on("named_on", MONDAY))[0] == 422
    assert record(teacher, f"{path}/plan", authority="", **told)[0] == 303
    assert "EHC plan unknown" in child(teacher, pupil)


def offered(text: str, name: str) -> set[str]:
    """The values a form offers for a field."""
    select = re.search(rf'<select [^>]*name="{name}".*?</select>', text, re.DOTALL)
    found = re.findall(r'<option value="([^"]*)"', select[0]) if select else []
    return set(found) | set(re.findall(rf'name="{name}" type="radio" value="([^"]*)"', text))


@pytest.mark.parametrize(
    ("page", "field", "codes"),
    [
        ("kinship", "code", {"ND", "KF", "KI", "KU"}),
        ("previous", "code", {"N", "A", "G", "R", "C", "O"}),
        ("begin", "legal", {"", "V2", "V3", "V4", "C1", "C2", "E1", "L1", "L2", "L3", "J1"}),
        ("begin", "authority", {"", A, B}),
    ],
)
def test_a_form_offers_the_codes_of_its_day_each_with_its_name(
    house: House, teacher: Browser, page: str, field: str, codes: set[str]
) -> None:
    shown = teacher.get(f"{LAC}/care/{house.pupil()}/{page}").text
    assert offered(shown, field) == codes
    assert all(f"({code})" in shown for code in codes - {""})


@pytest.mark.parametrize(
    "path", ["imagined", "legal", "end", "authority", "authority/imagined", "legal/{0}", "begin/{0}"]
)
def test_a_form_that_is_none_is_not_there(house: House, teacher: Browser, path: str) -> None:
    assert teacher.get(f"{LAC}/care/{in_care(house)}/{path.format(uuid4())}").status_code == 404


def test_a_child_in_care_at_another_academy_of_the_trust_is_told_without_an_id(house: House) -> None:
    pupil = in_care(house, surname="Twice")
    house.switch(SOUTH, on=True, plugin="lac")
    house.grant("designated_teacher", urn=SOUTH)
    enrolled = desk_of(house).log.stream(pupil, "core.identity")[0].fact
    assert isinstance(enrolled, PupilEnrolled)
    house.tell(pupil, enrolled, urn=SOUTH)
    teacher, path = house.as_role("designated_teacher", SOUTH), f"/{SOUTH}/lac/care/{pupil}/begin"
    status, says = record(teacher, path, **begun(authority=""))
    assert status == 422
    assert "is open at North Primary and South Primary." in says
    assert str(pupil) not in says
