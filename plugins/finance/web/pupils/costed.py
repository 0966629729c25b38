"""One pupil's costs of a year, as every page about them needs them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from core.answers import UNSAID
from core.desk import Desk
from core.money import pounds
from core.roll.views import Pupil
from core.wording import day

from ...facts import ProvisionPriced
from ...rules import PartOfYear
from ...telling import SupportSeen
from ...views import Budgets, Costs, PupilCost, TopUpYear, budgets, provision, pupil_cost, setting_of, top_up_years

_SUPPORT = {"K": "SEN support", "E": "EHC plan", "N": "No support"}
NOT_SAID = "The register did not say"
_UNITS = {"months": "months", "days": "days", "weeks": "school weeks"}


class Costed(msgspec.Struct, frozen=True):
    """A pupil with what their help costs in an academic year."""

    who: Pupil
    known: Costs
    told: PupilCost
    top_ups: tuple[TopUpYear, ...]

    @property
    def agreed_pence(self) -> int:
        """For a year, of every top-up."""
        return sum(one.told.yearly_pence for one in self.top_ups)

    @property
    def due_pence(self) -> int:
        return sum(one.due_pence for one in self.top_ups)

    @property
    def received_pence(self) -> int:
        return sum(one.received_pence for one in self.top_ups)


def costed(desk: Desk, known: Costs, who: Pupil, year: int) -> Costed:
    """What is known of a pupil's costs, reckoned as the authority has it.

    How it reckons and what provision costs are no secret of the budget's readers: they are taken as they stand.
    """
    money: Budgets = desk.log.see(budgets, desk.here) or Budgets()
    priced: Mapping[UUID, ProvisionPriced] = desk.log.see_all(provision)
    setting = setting_of(known, money, desk.today)
    return Costed(
        who,
        known,
        pupil_cost(known, priced, who, setting, year),
        top_up_years(known, who.left_on, year, desk.today),
    )


def support_said(desk: Desk, pupil_id: UUID) -> str:
    """What the register says of a pupil's support."""
    said = desk.ask("register.support", pupil_id, SupportSeen)
    if said is UNSAID:
        return NOT_SAID
    if said.value is None:
        return "Not on the register"
    return f"{_SUPPORT.get(said.value.provision, said.value.provision)} since {day(said.value.since)}"


def part_said(part: PartOfYear) -> str:
    """How much of the year a pupil was on roll: 7 of 12 months."""
    return f"{part.count} of {part.of} {_UNITS[part.basis]}"


def authority_figure(told: PupilCost) -> str:
    """The cost by the authority's own rate; "" where a line has none."""
    return "" if told.authority_pence is None else pounds(told.authority_pence)
