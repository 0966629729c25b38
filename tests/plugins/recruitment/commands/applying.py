"""An application, an offer that was accepted, and how a command is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.command import Command
from core.errors import Refused
from plugins.recruitment.commands import EnterApplication, MakeOffer, ReceiveDeclaration
from tests.core.house import House
from tests.plugins.recruitment.sifting import TODAY, applicant, desk_of, interviewed, step

PROTECTED = "Protected cautions and protected convictions need not be told."
TOMORROW = TODAY + timedelta(days=1)


def entering(vacancy: UUID, **more: Any) -> EnterApplication:
    usual: dict[str, Any] = {
        "vacancy": vacancy,
        "surname": "Quillfeather",
        "forename": "Xanthe",
        "email": f"{vacancy.hex}@mail.example",
        "made_on": TODAY,
        "qts": True,
        "award": "npq",
        "own_form": True,
    }
    return EnterApplication(**(usual | more))


def refused(house: House, command: Command, subject: UUID, role: str = "hr_admin") -> tuple[str, str | None]:
    """With which code, and at which field, a command is refused."""
    with pytest.raises(Refused) as found:
        desk_of(house, role).do(command, subject)
    return found.value.code, found.value.field


def offer(vacancy: UUID, **more: Any) -> MakeOffer:
    usual: dict[str, Any] = {"starts_on": date(2027, 1, 4), "pay_pence": 4_000_000, "in_writing": True}
    return MakeOffer(vacancy, **(usual | {"offered_on": TODAY} | more))


def accepted(house: House, vacancy: UUID) -> UUID:
    person = applicant(house, vacancy)
    interviewed(house, vacancy, person)
    desk_of(house).do(offer(vacancy), person)
    step(house, vacancy, person, "accepted_pending_checks")
    return person


def declared(vacancy: UUID, **more: Any) -> ReceiveDeclaration:
    usual: dict[str, Any] = {"anything": False, "notice": PROTECTED, "received_on": TODAY}
    return ReceiveDeclaration(vacancy, **(usual | more))
