"""Pupils with help that costs: a post, lines of provision, who is in them, top-ups, and a strategy that is complete."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

from msgspec.structs import replace

from plugins.finance.codes import PRINCIPLES
from plugins.finance.commands import (
    AgreeTopUp,
    CostPost,
    NewLine,
    NoteImpact,
    PriceProvision,
    ReceiveTopUp,
    SetAuthority,
    ShareCost,
    WriteRequest,
    WriteStrategy,
)
from plugins.finance.facts import Activity, Band, FundingNotified
from plugins.finance.views import Costs, costs
from plugins.register.facts import PlacedOnRegister
from tests.core.house import House
from tests.plugins.finance.budgeted import YEAR, budget, desk_of, tell

BEGAN, ENDS = date(2026, 9, 1), date(2027, 8, 31)
ASSISTANT = CostPost("Teaching assistant", "support", 25_185_00, 1950, 2220, 2200, 74_100, BEGAN, paid_weeks=44_600)
"""The assistant of the domain notes: 2,038.289p an hour."""
TALK = PriceProvision("Talk group", "communication", 4, 3, 30, 12, BEGAN, date(2026, 12, 18), preparation_minutes=10)
"""24 hours of the assistant: 489.19 pounds."""
BOUGHT = PriceProvision("Sound system", "sensory", 1, 0, 0, 39, BEGAN, ENDS, bought_pence=6_120_00)


class Helped(NamedTuple):
    """Ids of what was set up."""

    first: UUID
    second: UUID
    talk: UUID
    system: UUID
    top_up: UUID


def post(house: House) -> UUID:
    """The assistant, costed by the business manager."""
    key = uuid4()
    desk_of(house, "business_manager").do(ASSISTANT, command_id=key)
    return key


def priced(house: House, command: PriceProvision, line: UUID | None = None) -> UUID:
    """A line of provision, priced by the SENCO."""
    key = line or uuid4()
    desk_of(house, "senco").do(command, key)
    return key


def share(house: House, line: UUID, *pupils: UUID) -> None:
    desk_of(house, "senco").do(ShareCost(pupils), line)


def costs_of(house: House, pupil: UUID) -> Costs:
    return desk_of(house, "senco").see(costs, pupil) or Costs()


def on_register(house: House, **about: str) -> UUID:
    """A pupil with SEN support since September."""
    return house.pupil(PlacedOnRegister("K", ("SLCN",), BEGAN, BEGAN, ""), **about)


def set_authority(house: House) -> None:
    """Eastshire counts by months, and 655 pounds for an hour a week."""
    band = Band("Band 2", 4_250_00)
    desk_of(house, "business_manager").do(SetAuthority("Eastshire", "months", BEGAN, "Letter of May", 655_00, (band,)))


def helping(house: House) -> Helped:
    """North's pupils: one with help over the threshold and a top-up, one with a part of a group."""
    set_authority(house)
    assistant = post(house)
    first = on_register(house, surname="Byron", forename="Ada", year="4")
    second = on_register(house, surname="Lovell", forename="Bea", year="3", form="3A")
    talk = priced(house, replace(TALK, post=assistant, authority="Eastshire", bought_pence=1))  # two even halves
    system = priced(house, BOUGHT)
    share(house, talk, first, second)
    share(house, system, first)
    senco, top_up = desk_of(house, "senco"), uuid4()
    agreed = AgreeTopUp("Eastshire", 4_250_00, BEGAN, date(2026, 9, 14), "Band 2")
    senco.do(agreed, first, command_id=top_up)
    senco.do(ReceiveTopUp(top_up, 354_17, date(2026, 10, 5)), first)
    senco.do(NoteImpact(talk, 33, 30, True, "Uses 40 words in sentences, by the speech therapist's list."), first)
    senco.do(
        WriteRequest(
            "Eastshire",
            "Ada does not follow spoken instructions without a picture.",
            "Ada follows two steps without help by July.\nAda speaks in whole sentences.",
            "A speech therapist once a week, and an assistant in the afternoons.",
            (date(2026, 10, 1), date(2026, 11, 9)),
        ),
        first,
    )
    return Helped(first, second, talk, system, top_up)


def tagged_budget(house: House) -> list[UUID]:
    """A line of two thousand pounds for each principle, all of the allocation; their ids."""
    lines = [
        NewLine(one.title, "inclusive", "BAE030", 2_000_00, principle=key) for key, one in PRINCIPLES.value.items()
    ]
    tell(house, FundingNotified(uuid4(), "inclusive", "financial", YEAR, "", 14_000_00, "IMF", date(2026, 6, 25)))
    return budget(house, *lines)


def complete(lines: list[UUID]) -> WriteStrategy:
    """An activity for each principle, paid from its line."""
    activities = tuple(
        Activity(key, f"What we do: {one.title.lower()}", line, 2_000_00, "SENCO", "Asked twice a year")
        for line, (key, one) in zip(lines, PRINCIPLES.value.items(), strict=True)
    )
    return WriteStrategy(YEAR, activities, "Every pupil belongs.\nWe plan with families.")
