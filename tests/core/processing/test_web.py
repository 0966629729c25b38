"""The record of processing says what is kept here, of whom, why, how long and who sees it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from core.accounts.commands import AgreeToRole, ProposeRole
from core.accounts.views import roles_edited
from core.processing.telling import processing
from tests.core.house import NORTH, SOUTH, House, email_of

PAGE = f"/{NORTH}/processing"


def test_it_is_told_from_the_plugins_that_are_on(house: House) -> None:
    before = house.as_role("dpo").get(PAGE).text
    assert "EHC plan and its reviews" in before
    assert "Personal education plans" not in before
    house.switch_all_on()
    after = house.as_role("dpo").get(PAGE).text
    for words in ("Personal education plans", "to whoever was not granted it, it leaves no trace", "Applicants",
                  "31 years from the date of birth", "Local authority SEND officer (those named)"):  # fmt: skip
        assert words in after, words
    house.switch(on=False)
    assert "EHC plan and its reviews" not in house.as_role("dpo").get(PAGE).text


def test_everything_that_is_kept_of_people_says_why_and_how_long(house: House) -> None:
    house.switch_all_on()
    kept = [one for purpose in processing(house.desk(urn=NORTH)) for one in purpose.kept]
    assert len(kept) > 30
    assert all(one.basis != "not said by the plugin" and one.kept for one in kept)
    assert {one.of for one in kept} >= {"Pupils", "Staff", "Applicants"}


def test_it_follows_what_the_trust_decided_of_its_roles(house: House) -> None:
    assert "SEND governor" not in _seen(house, "EHC plan and its reviews")
    house.desk(email_of("identity_admin")).do(ProposeRole("governor", {"register.plan": ("read",)}, "They ask"))
    edited = house.building.trust.see(roles_edited, house.building.trust_id)
    assert edited
    house.desk(email_of("dpo")).do(AgreeToRole(next(iter(edited.waiting))))
    assert "SEND governor" in _seen(house, "EHC plan and its reviews")


def _seen(house: House, title: str) -> str:
    kept = [one for purpose in processing(house.desk(urn=NORTH)) for one in purpose.kept]
    return next(one.seen_by for one in kept if one.title == title)


def test_on_paper_it_is_tagged_and_says_the_same(house: House) -> None:
    answer = house.as_role("head").get(f"{PAGE}/record.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert b"/MarkInfo" in answer.content
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "EHC plan and its reviews" in said
    assert "Annex for an impact assessment" in said


@pytest.mark.parametrize(("role", "urn", "status"), [("senco", SOUTH, 404), ("trustee", NORTH, 200)])
def test_whoever_may_know_what_runs_here_reads_it(house: House, role: str, urn: str, status: int) -> None:
    assert house.as_role(role, urn).get(PAGE).status_code == status
