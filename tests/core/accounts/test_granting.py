"""Who may grant what to whom."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts.commands import EndGrant, Give
from core.accounts.facts import Granted, GrantEnded
from core.accounts.roles import allowed
from core.errors import Refused
from core.roll.facts import StaffJoined
from events import New
from plugins.register.facts import PlacedOnRegister, PlanIssued
from plugins.register.views import plan
from tests.core.house import NORTH, House, HouseMaker, email_of
from tests.core.strangers import OURS, point
from tests.core.strangers.mentors import MentorNamed

SEPTEMBER = date(2026, 9, 1)
TEACHER = email_of("designated_teacher", NORTH)


def give(house: House, who: str, role: str, to: str) -> None:
    desk = house.desk(who)
    allows = allowed(role, house.building.plugins.everything)
    desk.do(Give(role, (), allows, "Because"), house.person(to))


def test_nobody_grants_to_themselves(house: House) -> None:
    admin = email_of("identity_admin")
    with pytest.raises(Refused) as refused:
        give(house, admin, "send_director", admin)
    assert refused.value.code == "own_grant"


def test_only_an_operator_names_another(house: House) -> None:
    with pytest.raises(Refused) as refused:
        give(house, email_of("identity_admin"), "operator", email_of("senco", NORTH))
    assert refused.value.code == "operator_only"


def test_whoever_looks_after_people_grants_to_others(house: House) -> None:
    person = house.person(email_of("senco", NORTH))
    before = len(house.building.grants(person))
    give(house, email_of("identity_admin"), "trust_dsl", email_of("senco", NORTH))
    assert len(house.building.grants(person)) == before + 1


# What a role may for its own caseload only


def grants_of(house: House, email: str) -> list[Granted]:
    """What was granted to someone, in order."""
    events = house.facts(Granted, "trust")
    return [event.fact for event in events if event.subject == house.person(email) and isinstance(event.fact, Granted)]


def two_pupils(house: House) -> tuple[UUID, UUID]:
    """One in the form that the designated teacher is tutor of, and one in another; each with a plan."""
    house.tell(house.person(TEACHER), StaffJoined("Ms Cole", "Teacher", "4B", SEPTEMBER))
    placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen")
    return house.pupil(placed, PlanIssued(SEPTEMBER)), house.pupil(placed, PlanIssued(SEPTEMBER), form="4C")


def test_a_manifest_s_own_is_apart_from_the_rest(house: House) -> None:
    everything = house.building.plugins.everything
    assert "register.plan" not in allowed("designated_teacher", everything)
    assert allowed("designated_teacher", everything, own=True)["register.plan"] == ("read",)
    assert allowed("senco", everything)["register.plan"] == ("export", "read", "sign", "write")
    assert "register.plan" not in allowed("senco", everything, own=True)


def test_a_role_in_two_parts_is_two_grants_of_one_command(house: House) -> None:
    whole, own = grants_of(house, TEACHER)
    assert (whole.subjects, own.subjects) == ("all", "caseload")
    assert "core.identity" in whole.allows
    assert set(own.allows) >= {"register.headline", "register.plan"}
    assert set(own.allows).isdisjoint(whole.allows)
    assert (whole.role, whole.academies, whole.purpose) == (own.role, own.academies, own.purpose)
    first, second = (event for event in house.facts(Granted, "trust") if event.subject == house.person(TEACHER))
    assert first.event_id == whole.grant
    assert (second.position, second.recorded_at > first.recorded_at) == (first.position + 1, True)


def test_what_is_for_the_own_caseload_reaches_no_further(house: House) -> None:
    own, other = two_pupils(house)
    desk = house.desk(TEACHER, NORTH)
    assert set(desk.see_all(plan)) == {own}
    assert desk.may("read", "core.identity", other)
    assert (desk.may("read", "register.plan", own), desk.may("read", "register.plan", other)) == (True, False)
    teacher = house.browser(TEACHER)
    assert "EHC plan" in teacher.get(f"/{NORTH}/pupils/{own}").text
    assert "EHC plan" not in teacher.get(f"/{NORTH}/pupils/{other}").text


def test_what_a_plugin_reads_to_tell_the_caseload_does_not_narrow_it(make_house: HouseMaker) -> None:
    house = make_house(plugins=("register", "mentors@acme-transport"), found=[OURS, point("mentors", "mentors")])
    house.switch(on=True, plugin="mentors")
    house.grant("senco")
    own, other = two_pupils(house)
    named = [New(pupil, MentorNamed(house.person(TEACHER), SEPTEMBER)) for pupil in (own, other)]
    house.desk(email_of("senco", NORTH), NORTH).record(named, command_id=uuid4())
    desk = house.desk(TEACHER, NORTH)
    assert desk.caseload == {own, other}  # told while the other was not to be read yet
    assert set(desk.see_all(plan)) == {own, other}
    assert desk.may("read", "register.headline", other)


def test_ending_either_part_ends_both(house: House) -> None:
    person = house.person(TEACHER)
    for part in (0, 1):
        before = [one.grant for one in house.building.grants(person) if one.ended_on is None]
        house.desk().do(EndGrant(before[part]), person)
        ended = [fact.grant for fact in house.recorded(GrantEnded, "trust")[-2:]]
        assert ended == before
        assert all(one.ended_on for one in house.building.grants(person))
        with pytest.raises(Refused):
            house.desk().do(EndGrant(before[1 - part]), person)
        house.grant("designated_teacher")


def test_pages_show_one_role_with_both_its_parts(house: House) -> None:
    admin, person = house.as_role("identity_admin"), house.person(TEACHER)
    page = html.unescape(admin.get(f"/people/{person}").text)
    assert page.count('<section class="ts-grant"') == 1
    assert re.search(r"EHC plan and its reviews</th><td>read, own caseload only", page)
    assert re.search(r"Who they are</th><td>read<", page)
    listed = admin.get("/people?role=designated_teacher").text
    assert listed.count("Designated teacher, North Primary") == 1
    (end,) = re.findall(rf"/people/{person}/end/[0-9a-f-]+", page)
    assert admin.post(end, reason="Left the post").status_code == 303
    page = admin.get(f"/people/{person}").text
    assert "None: this person can sign in and sees nothing." in page
    assert page.count('<section class="ts-grant"') == 1


def test_a_role_with_nothing_but_its_own_part_is_one_grant(house: House) -> None:
    give_own = Give("governor", (house.academy_id(),), {}, "Because", own={"register.plan": ("read",)})
    house.desk().do(give_own, house.person("nelly@keystone.example"))
    (granted,) = grants_of(house, "nelly@keystone.example")
    assert (granted.subjects, granted.allows) == ("caseload", {"register.plan": ("read",)})
