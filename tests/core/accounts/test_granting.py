"""Who may grant what to whom."""

from __future__ import annotations

import pytest

from core.accounts.commands import Give
from core.accounts.roles import allowed
from core.errors import Refused
from tests.core.house import NORTH, House, email_of


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
    give(house, email_of("identity_admin"), "dpo", email_of("senco", NORTH))
    assert len(house.building.grants(person)) == before + 1
