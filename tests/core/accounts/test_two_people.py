"""Rights over accounts take two people: a grant of them, and a change of what a role may do."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.accounts.commands import AgreeToGrant, AgreeToRole, EndGrant, Give, NameConflict, ProposeRole, RefuseRole
from core.accounts.facts import ConflictNamed, Granted, GrantEnded, GrantProposed, GrantRefused, RoleSet
from core.accounts.views import proposals, roles_edited
from core.errors import NotAllowed, Refused
from events import New
from tests.core.house import NORTH, OPERATOR, Browser, House, HouseMaker, agree_to_all, email_of, errors

ADMIN, DPO, CHIEF = email_of("identity_admin"), email_of("dpo"), email_of("chief_executive")
NELLY = "nelly@keystone.example"


def asked(house: House, by: str = ADMIN, role: str = "identity_admin", days: int = 90) -> UUID:
    """A grant to Nelly that somebody asked for; its id."""
    until = house.building.today + timedelta(days=days)
    house.desk(by).do(Give(role, (), house.building.role_allows(role), "Cover", until_by=until), house.person(NELLY))
    waiting = house.building.trust.see(proposals, house.person(NELLY))
    assert waiting is not None
    return next(iter(waiting))


def holds(house: House, email: str, action: str, record: str) -> bool:
    return house.desk(email).may(action, record)


def refused_as(house: House, email: str, command: Give | AgreeToGrant | ProposeRole | AgreeToRole) -> str:
    subject = house.person(NELLY) if isinstance(command, Give | AgreeToGrant) else None
    with pytest.raises(Refused) as refused:
        house.desk(email).do(command, subject)
    return refused.value.code


@pytest.mark.parametrize("role", ["identity_admin", "dpo", "chief_executive"])
def test_who_may_grant_or_agree_is_granted_by_two(house: House, role: str) -> None:
    grant = asked(house, role=role)
    assert house.building.in_force(house.person(NELLY)) == []
    house.desk(DPO).do(AgreeToGrant(grant), house.person(NELLY))
    (held,) = house.building.in_force(house.person(NELLY))
    assert (held.grant, held.role) == (grant, role)
    assert refused_as(house, CHIEF, AgreeToGrant(grant)) == "not_waiting"


def test_neither_who_asked_nor_whom_it_is_for_can_be_the_second(house: House) -> None:
    house.grant("dpo", ADMIN)
    grant = asked(house)
    assert refused_as(house, ADMIN, AgreeToGrant(grant)) == "same_person"
    asked(house, by=OPERATOR, role="dpo")
    agree_to_all(house.building, house.person(NELLY))
    assert refused_as(house, NELLY, AgreeToGrant(asked(house, by=OPERATOR))) == "same_person"


@pytest.mark.parametrize("role", ["senco", "head", "identity_admin", "trustee"])
def test_whoever_may_not_sign_agrees_to_nothing(house: House, role: str) -> None:
    grant = asked(house, by=OPERATOR)
    email = email_of(role) if role in ("identity_admin", "trustee") else email_of(role, NORTH)
    with pytest.raises(NotAllowed):
        house.desk(email).do(AgreeToGrant(grant), house.person(NELLY))


def test_rights_over_accounts_are_for_a_year_at_most(house: House) -> None:
    allows = house.building.role_allows("identity_admin")
    today = house.building.today
    assert refused_as(house, ADMIN, Give("identity_admin", (), allows, "Cover")) == "no_end"
    late = today + timedelta(days=366)
    assert refused_as(house, ADMIN, Give("identity_admin", (), allows, "Cover", until_by=late)) == "too_long"
    asked(house, days=365)


def test_an_installation_begins_with_one_person(make_house: HouseMaker) -> None:
    house = make_house()
    desk = house.desk()
    for email in (DPO, CHIEF):
        person = house.person(email)
        ended = [New(person, GrantEnded(one.grant, desk.today)) for one in house.building.in_force(person)]
        desk.record(ended, command_id=uuid4())
    allows = house.building.role_allows("dpo")
    desk.do(Give("dpo", (), allows, "The first"), house.person(NELLY))
    assert holds(house, NELLY, "sign", "core.people")


def test_by_pages_it_is_asked_for_looked_at_and_refused_with_a_reason(house: House) -> None:
    admin, dpo = house.browser(ADMIN), house.browser(DPO)
    nelly = house.person(NELLY)
    page = f"/people/{nelly}"
    last = {"until_by-day": "1", "until_by-month": "12", "until_by-year": "2026"}
    assert admin.post(page, role="identity_admin", purpose="Cover for a while", **last).status_code == 303
    assert "Look, and decide" not in admin.get(page).text
    assert f'href="{page}"' in dpo.get("/people").text
    (decide,) = set(re.findall(rf'href="({page}/decide/[^"]+)"', dpo.get(page).text))
    shown = dpo.get(decide).text
    assert "Cover for a while" in shown
    assert admin.get(decide).status_code == 403
    assert errors(dpo.post(decide).text) == ["Say whether you agree."]
    assert dpo.post(decide, decision="refuse").status_code == 422
    assert dpo.post(decide, decision="refuse", reason="One is enough").status_code == 303
    assert dpo.get(decide).status_code == 404
    assert [one.reason for one in house.recorded(GrantRefused, "trust")] == ["One is enough"]
    assert house.building.in_force(nelly) == []


# Roles


def proposed(house: House, role: str, allows: dict[str, tuple[str, ...]], *, holders: bool = False) -> UUID:
    house.desk(ADMIN).do(ProposeRole(role, allows, "It is better so", holders))
    edited = house.building.trust.see(roles_edited, house.building.trust_id)
    assert edited is not None
    return next(iter(edited.waiting))


def test_a_role_is_changed_once_a_second_person_agrees(house: House) -> None:
    proposal = proposed(house, "class_teacher", {"register.headline": (), "register.plan": ("own", "read")})
    before = house.building.role_allows("class_teacher")
    assert refused_as(house, ADMIN, AgreeToRole(proposal)) == "same_person"
    with pytest.raises(NotAllowed):
        house.desk(email_of("trustee")).do(AgreeToRole(proposal))
    house.desk(DPO).do(AgreeToRole(proposal))
    after = house.building.role_allows("class_teacher")
    assert "register.headline" in before
    assert "register.headline" not in after
    assert house.building.role_allows("class_teacher", own=True)["register.plan"] == ("read",)
    assert len(house.recorded(RoleSet, "trust")) == 1


@pytest.mark.parametrize("holders", [False, True])
def test_who_holds_it_keeps_what_was_granted_or_is_granted_the_same(house: House, holders: bool) -> None:
    senco = email_of("senco", NORTH)
    proposal = proposed(house, "senco", {"register.plan": ("read",)}, holders=holders)
    house.desk(DPO).do(AgreeToRole(proposal))
    assert holds_at(house, senco, "write", "register.plan") is not holders
    assert holds_at(house, senco, "write", "register.support")
    (held,) = house.building.in_force(house.person(senco))
    assert held.purpose == "Their work"
    assert len([one for one in house.recorded(Granted, "trust") if one.grant == held.grant]) == 1


def holds_at(house: House, email: str, action: str, record: str) -> bool:
    return house.desk(email, NORTH).may(action, record)


def test_who_could_agree_is_not_got_rid_of_first(house: House) -> None:
    for email in (DPO, CHIEF):
        person = house.person(email)
        for one in house.building.in_force(person):
            house.desk(ADMIN).do(EndGrant(one.grant, "Gone"), person)
    allows = house.building.role_allows("identity_admin")
    until = house.building.today + timedelta(days=9)
    assert refused_as(house, ADMIN, Give("identity_admin", (), allows, "x", until_by=until)) == "nobody_agrees"
    assert refused_as(house, ADMIN, ProposeRole("senco", {"register.plan": ()}, "x")) == "nobody_agrees"


def test_rights_over_accounts_are_whole(house: House) -> None:
    rights: dict[str, tuple[str, ...]] = {"core.people": ("read", "write")}
    until = house.building.today + timedelta(days=9)
    for command in (
        Give("trustee", (), {}, "x", own=rights, until_by=until),
        Give("trustee", (), rights, "x", "caseload", until_by=until),
        Give("trustee", (), rights, "x", until_at=house.building.now + timedelta(hours=1)),
    ):
        assert refused_as(house, ADMIN, command) == "not_whole"


def test_a_visitor_who_is_granted_anew_keeps_the_pupils_they_were_named(house: House) -> None:
    sampled, inspector = house.pupil(), house.person(email_of("inspector", NORTH))
    house.let_in("inspector", inspector, named=[sampled])
    proposal = proposed(house, "inspector", {"register.support": ("count",)}, holders=True)
    house.desk(DPO).do(AgreeToRole(proposal))
    held = house.building.in_force(inspector)
    assert {one.subjects: one.named for one in held} == {"all": {sampled}, "named": {sampled}}
    assert not any("read" in one.allows.get("register.support", ()) for one in held)
    assert any("read" in one.allows.get("register.plan", ()) for one in held if one.subjects == "named")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ProposeRole("nobody", {"register.plan": ("read",)}, "x"), "no_role"),
        (ProposeRole("senco", {}, "x"), "no_change"),
        (ProposeRole("senco", {"register.nothing": ("read",)}, "x"), "no_class"),
        (ProposeRole("senco", {"register.plan": ("burn",)}, "x"), "no_action"),
        (ProposeRole("identity_admin", {"register.plan": ("read",)}, "x"), "never_content"),
        (ProposeRole("operator", {"core.people": ()}, "x"), "operator_only"),
        (ProposeRole("class_teacher", {"core.people": ("read", "write")}, "x"), "never_content"),
        (ProposeRole("identity_admin", {"core.identity": ("own", "read")}, "x"), "never_content"),
        (ProposeRole("trustee", {"core.people": ("own", "write")}, "x"), "not_whole"),
        (ProposeRole("trustee", {"core.people": ("sign",)}, "x", holders=True), "by_name"),
    ],
)
def test_what_no_role_can_be(house: House, command: ProposeRole, code: str) -> None:
    assert refused_as(house, ADMIN, command) == code


def test_a_change_can_be_refused(house: House) -> None:
    proposal = proposed(house, "senco", {"register.plan": ()})
    house.desk(DPO).do(RefuseRole(proposal, "They need it"))
    assert "register.plan" in house.building.role_allows("senco")
    with pytest.raises(Refused):
        house.desk(CHIEF).do(AgreeToRole(proposal))


def ticked(browser: Browser, path: str) -> dict[str, list[str]]:
    """What is ticked on a role's page."""
    found: dict[str, list[str]] = {}
    boxes = r'type="checkbox" id="[^"]+" name="([^"]+)" value="([^"]+)" checked'
    for name, value in re.findall(boxes, browser.get(path).text):
        found.setdefault(name, []).append(value)
    return found


def test_the_matrix_is_shown_and_changed_by_pages(house: House) -> None:
    admin, dpo = house.browser(ADMIN), house.browser(DPO)
    shown = admin.get("/people/roles?of=register").text
    assert "Local authority SEND officer" in shown
    page = "/people/roles/governor?of=register"
    before = ticked(admin, page)
    count = ["count"]
    assert before == {"may-register.support": count, "may-register.plan": count, "may-register.sample": ["read"]}
    same = admin.post("/people/roles/governor", page=page, reason="Why not", **before)
    assert errors(same.text) == ["Nothing would change."]
    after = {"may-register.support": ["count", "read"], "own-register.support": "yes", "may-register.sample": ["read"]}
    sent = admin.post("/people/roles/governor", page=page, reason="Counts alone", **after)
    assert sent.headers["location"] == "/people/roles?of=register"
    (decide,) = set(re.findall(r'href="(/people/roles/decide/[^"]+)"', dpo.get("/people/roles").text))
    assert "count → count, read; own only" in dpo.get(decide).text
    assert "count → nothing" in dpo.get(decide).text
    assert dpo.post(decide, decision="agree").status_code == 303
    told = dpo.get("/people/roles?of=register").text
    assert "count, read; own only" in told
    assert told.count(">yours<") == 2
    assert house.building.role_allows("governor").get("register.plan") is None


def test_whoever_may_not_look_after_people_sees_no_matrix(house: House) -> None:
    for role in ("senco", "head"):
        assert house.as_role(role).get("/people/roles").status_code == 404
    assert house.as_role("trustee").get("/people/roles").status_code == 403
    assert house.browser(DPO).get("/people/roles/governor?of=register").status_code == 403
    assert house.browser(ADMIN).get("/people/roles?of=nothing").status_code == 404
    assert house.browser(ADMIN).get("/people/roles/nobody?of=register").status_code == 404


def test_nothing_about_people_is_taken_back_by_one_of_them(house: House) -> None:
    """A grant's end, a conflict or a second person's no would else be undone by whoever may write."""
    grant, nelly = asked(house), house.person(NELLY)
    house.desk(DPO).do(AgreeToGrant(grant), nelly)
    house.desk(ADMIN).do(EndGrant(grant, "Enough"), nelly)
    house.desk(ADMIN).do(NameConflict(house.pupil(), "Their child"), house.person(ADMIN))
    for kind in (GrantProposed, Granted, GrantEnded, ConflictNamed):
        event = house.facts(kind, "trust")[-1]
        with pytest.raises(Refused) as refused:
            house.desk(ADMIN).withdraw(event, "Not needed", uuid4())
        assert refused.value.code == "final", kind
    assert house.building.in_force(nelly) == []
