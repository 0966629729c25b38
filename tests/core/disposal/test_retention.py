"""How long records are kept: the schedule, what falls due by it, what a change would bring, and what is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts.commands import NameConflict
from core.disposal.facts import DisposalProposed, RetentionSet
from core.disposal.rules import kept_no_longer_from
from core.disposal.schedule import due, in_words
from core.disposal.views import Keeping, keeping
from core.manifest import Ends
from core.roll.facts import PupilLeft
from plugins.register.facts import PlacedOnRegister
from tests.core.disposal.deciding import IDENTITY, LIST, SUPPORT, text_of
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, errors

DUE, SCHEDULE = f"{LIST}/due", "/retention"
LONG_AGO = date(1995, 3, 4)


@pytest.mark.parametrize(
    ("since", "months", "day"),
    [
        (date(1995, 3, 4), 372, date(2026, 3, 4)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2008, 2, 29), 300, date(2033, 3, 1)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
    ],
)
def test_the_first_day_it_is_kept_no_longer(since: date, months: int, day: date) -> None:
    assert kept_no_longer_from(since, months) == day


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (Ends("born", 372, "", LONG_AGO), "31 years after birth"),
        (Ends("left", 6, "", LONG_AGO), "6 months after they leave"),
        (Ends("last_entry", 18, "", LONG_AGO), "1 year and 6 months after the last entry"),
        (Ends("last_entry", 0, "", LONG_AGO), "0 months after the last entry"),
        (None, "Until people decide"),
    ],
)
def test_a_rule_in_words(ends: Ends | None, words: str) -> None:
    assert in_words(ends) == words


def grown(house: House, born: date = LONG_AGO, urn: str = NORTH) -> UUID:
    """A pupil who left long ago, with a record of support."""
    placed = PlacedOnRegister("K", ("SLCN",), date(2001, 9, 3), date(2001, 9, 3), "Seen")
    return house.pupil(
        placed, PupilLeft(date(2013, 7, 19)), urn=urn, born_on=born, surname="Oldacre", entered_on=date(2001, 9, 3)
    )


def decides(someone: Browser, record: str = SUPPORT, **fields: Any) -> list[str]:
    """Sets a rule, by both pages."""
    usual = {"trigger": "left", "months": "12", "reviewer": "dpo", "reason": "The governors said so"}
    answer = someone.post(f"{SCHEDULE}/{record}", **(usual | fields))
    if answer.status_code != 303:
        return errors(answer.text)
    return errors(someone.post(answer.headers["location"]).text)


def test_what_is_over_is_proposed_together_and_two_people_still_decide(house: House) -> None:
    subject, young = grown(house), grown(house, date(1996, 1, 1))
    dpo = house.as_role("dpo")
    assert "Time is over (1)" in dpo.get(LIST).text
    page = text_of(dpo.get(DUE).text)
    assert "Robin Oldacre" in page
    assert "4 March 2026" in page
    assert str(young) not in dpo.get(DUE).text
    assert errors(dpo.post(DUE).text) == ["Choose the records that may go."]
    assert errors(dpo.post(DUE, chosen=f"{subject} {SUPPORT}").text) == []
    (proposed,) = house.recorded(DisposalProposed)
    assert (proposed.ground, proposed.record_class) == ("retention_ended", SUPPORT)
    assert ">proposed<" in dpo.get(DUE).text
    assert errors(dpo.post(DUE, chosen=f"{subject} {SUPPORT}").text) == []
    assert len(house.recorded(DisposalProposed)) == 1


def test_who_they_are_goes_last(house: House) -> None:
    subject = grown(house)
    found = {(one.subject, one.kind.record.name) for one in due(house.desk(email_of("dpo"), NORTH))}
    assert found == {(subject, SUPPORT)}
    only = house.pupil(PupilLeft(date(2013, 7, 19)), born_on=LONG_AGO, entered_on=date(2001, 9, 3))
    here = house.pupil(born_on=LONG_AGO)
    found = {(one.subject, one.kind.record.name) for one in due(house.desk(email_of("dpo"), NORTH))}
    assert (only, IDENTITY) in found
    assert (here, IDENTITY) not in found


def test_the_first_day_on_which_it_need_not_be_kept_is_told_and_the_day_before_is_not(house: House) -> None:
    first, next_day = date(1995, 11, 16), date(1995, 11, 17)  # kept for 31 years after birth; today is 16 November 2026
    over, _ = grown(house, first), grown(house, next_day)
    assert [one.subject for one in due(house.desk(email_of("dpo"), NORTH))] == [over]


def test_what_is_held_is_not_proposed(house: House) -> None:
    subject = grown(house)
    dpo = house.as_role("dpo")
    held = {"reason": "A claim", "review_by-day": "1", "review_by-month": "6", "review_by-year": "2027", "record": ""}
    assert errors(dpo.post(f"{LIST}/{subject}/hold", **held).text) == []
    assert ">held<" in dpo.get(DUE).text
    dpo.post(DUE, chosen=f"{subject} {SUPPORT}")
    assert house.recorded(DisposalProposed) == []


def test_whoever_is_close_to_a_child_is_told_nothing_of_theirs(house: House) -> None:
    mine, other = grown(house), grown(house)
    house.desk(email_of("identity_admin")).do(NameConflict(mine, "Their child"), house.person(email_of("dpo")))
    dpo = house.as_role("dpo")
    assert "Time is over (1)" in dpo.get(LIST).text
    page = dpo.get(DUE).text
    assert str(other) in page
    assert str(mine) not in page
    picked = {"chosen": [f"{other} {SUPPORT}", f"{mine} {SUPPORT}"]}
    assert dpo.raw_post(DUE, data=dpo.form(DUE) | picked).status_code == 303
    assert [one.proposal(SUPPORT) is not None for one in _kept(house, other, mine)] == [True, False]
    asked = {"trigger": "born", "months": "1", "reviewer": "dpo", "reason": "To see"}
    weighing = dpo.post(f"{SCHEDULE}/{SUPPORT}", **asked).headers["location"]
    assert "North Primary 1 1" in text_of(dpo.get(weighing).text)


def _kept(house: House, *subjects: UUID) -> list[Keeping]:
    return [house.desk(urn=NORTH).log.see(keeping, one) or Keeping() for one in subjects]


def test_whoever_weighed_what_was_decided_meanwhile_looks_again(house: House) -> None:
    dpo, other = house.as_role("dpo"), house.as_role("dpo")
    asked = {"trigger": "left", "months": "12", "reviewer": "dpo", "reason": "To see"}
    weighing = dpo.post(f"{SCHEDULE}/{SUPPORT}", **asked).headers["location"]
    typed = dpo.form(weighing)
    assert decides(other, months="24") == []
    assert dpo.raw_post(weighing, data=typed).status_code == 409
    assert len([one for one in house.building.trust.events() if isinstance(one.fact, RetentionSet)]) == 1


def test_a_rule_that_was_typed_for_one_class_is_decided_for_no_other(house: House) -> None:
    dpo = house.as_role("dpo")
    asked = {"trigger": "left", "months": "12", "reviewer": "dpo", "reason": "To see"}
    draft = dpo.post(f"{SCHEDULE}/{SUPPORT}", **asked).headers["location"].rpartition("/")[2]
    for record in ("register.plan", "core.identity"):
        assert dpo.get(f"{SCHEDULE}/{record}/{draft}").status_code == 404
        data = dpo.form(f"{SCHEDULE}/{SUPPORT}/{draft}")
        assert dpo.raw_post(f"{SCHEDULE}/{record}/{draft}", data=data).status_code == 404
    pack = dpo.post(f"/{NORTH}/audit/pack", purpose="A request", from_on="").headers.get("location", "")
    assert dpo.get(f"{SCHEDULE}/{SUPPORT}/{pack.rpartition('/')[2] or UUID(int=1)}").status_code == 404


def test_the_trust_decides_how_long_after_it_saw_what_would_fall_due(house: House) -> None:
    grown(house, date(1996, 1, 1))
    grown(house, date(1996, 1, 1), urn=SOUTH)
    dpo = house.as_role("dpo")
    asked = {"trigger": "left", "months": "12", "reviewer": "head", "reason": "The governors said so"}
    weighing = dpo.post(f"{SCHEDULE}/{SUPPORT}", **asked).headers["location"]
    page = text_of(dpo.get(weighing).text)
    assert "North Primary 0 1" in page
    assert "South Primary 0 1" in page
    assert house.building.trust.size == (before := house.building.trust.size)
    assert errors(dpo.post(weighing).text) == []
    house.building.trust.refresh()
    assert house.building.trust.size == before + 1
    page = text_of(dpo.get(SCHEDULE).text)
    assert "1 year after they leave" in page
    assert "The governors said so" in page
    assert "Time is over (1)" in dpo.get(LIST).text
    assert "Head" in text_of(dpo.get(DUE).text)
    assert "1 year after they leave: the trust's own decision." in text_of(
        house.as_role("dpo").get(f"/{NORTH}/processing").text
    )


def test_a_rule_can_be_left_to_people(house: House) -> None:
    grown(house)
    dpo = house.as_role("dpo")
    assert decides(dpo, trigger="hand", months="0") == []
    assert "Time is over (0)" in dpo.get(LIST).text
    assert "Nothing." in text_of(dpo.get(DUE).text)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"months": "1201"}, "How many months is not in the right form."),
        ({"months": "six"}, "How many months is not in the right form."),
        ({"trigger": "born yesterday"}, "Choose from when it is counted from the list."),
        ({"reviewer": "nobody"}, "Choose a role from the list."),
        ({"reviewer": "class_teacher"}, "Choose a role from the list."),
        ({"reason": ""}, "Enter the reason."),
    ],
)
def test_what_was_typed_wrong_is_told_and_kept(house: House, fields: dict[str, str], says: str) -> None:
    usual = {"trigger": "left", "months": "12", "reviewer": "dpo", "reason": "The governors said so"}
    answer = house.as_role("dpo").post(f"{SCHEDULE}/{SUPPORT}", **(usual | fields))
    assert answer.status_code == 422
    assert errors(answer.text) == [says]


@pytest.mark.parametrize("role", ["senco", "head", "chief_executive"])
def test_nobody_else_decides_it(house: House, role: str) -> None:
    someone = house.as_role(role)
    assert someone.get(f"{SCHEDULE}/{SUPPORT}").status_code in (403, 404)
    assert someone.get(SCHEDULE).status_code in (403, 404)
    assert not [one for one in house.building.trust.events() if isinstance(one.fact, RetentionSet)]


@pytest.mark.parametrize("role", ["senco", "dsl"])
def test_nobody_else_sees_whose_time_is_over(house: House, role: str) -> None:
    assert house.as_role(role).get(DUE).status_code == 403


def test_a_class_of_nobody_has_no_rule(house: House) -> None:
    dpo = house.as_role("dpo")
    assert dpo.get(f"{SCHEDULE}/core.running").status_code == 404
    assert dpo.get(f"{SCHEDULE}/{SUPPORT}/{UUID(int=1)}").status_code == 404
