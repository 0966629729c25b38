"""A stranger's plugin that is as it must be, and asks the register something."""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import Controller, Response

from core.hookspecs import hookimpl
from core.manifest import Ask, Manifest, RecordClass
from core.web.guards import may
from core.web.routes import get
from events import Fact, folds


class SeatBooked(Fact, frozen=True, tag="transport.seat_booked/1", record="transport.seat", on="booked_on"):
    """A seat in the minibus."""

    booked_on: date


class PlanSeen(msgspec.Struct, frozen=True):
    """What is needed of a plan to book a seat."""

    made_on: date


@folds("transport.seat")
def seat(known: date | None, fact: Fact) -> date | None:
    """The day a seat is booked for."""
    return fact.booked_on if isinstance(fact, SeatBooked) else known


class Seats(Controller):
    @get("/", guards=[may("read", "transport.seat")])
    def show(self) -> Response[str]:
        return Response("seats")


@hookimpl
def about() -> Manifest:
    return Manifest(
        name="transport",
        title="Transport",
        purpose="Seats in the minibus.",
        facts=(SeatBooked,),
        views=(seat,),
        wordings={SeatBooked: "Seat booked for {booked_on}"},
        records=(RecordClass("transport.seat", "Seats", "One year.", "public task"),),
        roles={"senco": {"transport.seat": "read write"}},
        asks=(Ask("register.plan", PlanSeen, "Travel is in the plan"),),
        controllers=(Seats,),
    )
