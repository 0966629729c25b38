"""A stranger's plugin with a secret: that a pupil sees the counsellor, only those who must know may know at all."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from core.answers import Cell, Deadline, Export, Line, Measure, NavItem, Panel
from core.command import Command, decides
from core.desk import Desk
from core.errors import Refused
from core.hookspecs import hookimpl
from core.manifest import Manifest, RecordClass
from core.roll.views import pupil as pupil_view
from core.web.guards import may
from core.web.routes import get
from events import Fact, FreeText, folds

FORMS = ("Form 4A", "Form 4B", "Form 4C")


class SessionHeld(Fact, frozen=True, tag="counsel.session_held/1", record="counsel.session", on="held_on"):
    """The counsellor saw the pupil."""

    held_on: date
    minutes: int
    kind_of: str
    topics: tuple[str, ...]
    agreed: bool
    note: FreeText


class RoomSet(Fact, frozen=True, tag="counsel.room_set/1", record="counsel.room", on="from_on"):
    """Where the counsellor sits."""

    room: str
    from_on: date


class ClubStarted(Fact, frozen=True, tag="counsel.club_started/1", record="counsel.room", on="started_on"):
    """A club meets at the counsellor's; it has a history of its own."""

    name: str
    started_on: date


class Sessions(msgspec.Struct, frozen=True):
    """A pupil's sessions with the counsellor."""

    count: int
    last_on: date


@folds("counsel.session")
def sessions(known: Sessions | None, fact: Fact) -> Sessions | None:
    """The pupil's sessions; None for one who never came."""
    match fact:
        case SessionHeld(held_on):
            return Sessions((known.count if known else 0) + 1, held_on)
    return known


@folds("counsel.room")
def room(known: str | None, fact: Fact) -> str | None:
    """Where the counsellor sits."""
    return fact.room if isinstance(fact, RoomSet) else known


@folds("counsel.room")
def club(known: str | None, fact: Fact) -> str | None:
    """What a club is called."""
    return fact.name if isinstance(fact, ClubStarted) else known


class HoldSession(Command, frozen=True):
    """The counsellor saw the pupil."""

    held_on: Annotated[date, Meta(title="the day")]
    minutes: Annotated[int, Meta(title="how long it took", ge=1, le=240)]
    kind_of: Annotated[Literal["alone", "group"], Meta(title="the kind")] = "alone"
    topics: tuple[str, ...] = ()
    agreed: bool = False
    note: Annotated[str, Meta(max_length=4000)] = ""


class SetRoom(Command, frozen=True):
    """The counsellor sits somewhere else."""

    room: Annotated[str, Meta(title="the room", min_length=1)]


class StartClub(Command, frozen=True):
    """A club starts, or takes another name."""

    name: Annotated[str, Meta(title="its name", min_length=1)]


@decides(HoldSession, given={"known": sessions})
def hold_session(command: HoldSession, known: Sessions | None, today: date) -> SessionHeld:
    if command.held_on > today:
        raise Refused("The day must be today or in the past.", code="in_future", field="held_on")
    if known is not None and known.last_on == command.held_on:
        raise Refused("This session is recorded already.", code="no_change", field="held_on")
    return SessionHeld(**msgspec.structs.asdict(command))


@decides(SetRoom, about="academy")
def set_room(command: SetRoom, today: date) -> RoomSet:
    if command.room == "nowhere":
        raise Refused("Nowhere is not a room.", code="no_room", field="room")
    return RoomSet(command.room, today)


@decides(StartClub, given={"known": club}, about="itself")
def start_club(command: StartClub, known: str | None, today: date) -> ClubStarted:
    if command.name == known:
        raise Refused("It is called so already.", code="no_change", field="name")
    return ClubStarted(command.name, today)


class Pages(Controller):
    @get("/{pupil_id:uuid}", guards=[may("read", "counsel.session")])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Response[str]:
        known = desk.see(sessions, pupil_id)
        desk.opened(pupil_id, ["counsel.session"])
        return Response(f"{known.count if known else 0} sessions")


@hookimpl
def about() -> Manifest:
    return Manifest(
        name="counsel",
        title="Counselling",
        purpose="Who sees the counsellor.",
        facts=(SessionHeld, RoomSet, ClubStarted),
        views=(sessions, room, club),
        deciders=(hold_session, set_room, start_club),
        wordings={
            SessionHeld: "Saw the counsellor for {minutes} minutes",
            RoomSet: "The counsellor sits in {room}",
            ClubStarted: "The club {name} meets",
        },
        records=(
            RecordClass("counsel.session", "Sessions", "One year.", "public task", restricted=True, need_to_know=True),
            RecordClass("counsel.flag", "Whether they come at all", "One year.", "public task", need_to_know=True),
            RecordClass("counsel.room", "Rooms", "One year.", "public task"),
        ),
        roles={
            "designated_teacher": {"counsel.session": "read write export count", "counsel.flag": "read"},
            "dsl": {"counsel.session": "read", "counsel.flag": "read"},
            "head": {"counsel.room": "read write"},
            "send_director": {"counsel.session": "count"},
        },
        counts=("counsel.session",),
        duties=("Sessions with the counsellor",),
        controllers=(Pages,),
    )


@hookimpl
def panels(desk: Desk, pupil: UUID) -> list[Panel]:
    known = desk.see(sessions, pupil) if desk.may("read", "counsel.session", pupil) else None
    if known is None:
        return []
    return [Panel("Counselling", [Line("Sessions", str(known.count))], records=("counsel.session",))]


@hookimpl
def deadlines(desk: Desk, until: date) -> list[Deadline]:
    return [
        Deadline("Next session", known.last_on, "counsel.next", subject=pupil)
        for pupil, known in desk.see_all(sessions).items()
        if known.last_on <= until
    ]


@hookimpl
def measures(desk: Desk) -> list[Measure]:
    """How many were seen, form by form too; how many of them this month; and how many have no note of consent."""
    pupils = {key: one for key, one in desk.see_all(pupil_view).items() if one.is_on_roll(desk.today)}
    seen = {key: known for key, known in desk.see_all(sessions).items() if key in pupils}
    told = []
    for of in ("", *FORMS):
        many = [known for key, known in seen.items() if of in ("", f"Form {pupils[key].form}")]
        lately = sum((known.last_on.year, known.last_on.month) == (desk.today.year, desk.today.month) for known in many)
        told += [
            Measure("counsel.seen", "Seen", len(many), len(pupils), "counsel.session", of, shown_as="count"),
            Measure("counsel.lately", "Lately", lately, len(many), "counsel.session", of, among="those seen"),
        ]
    gone = sum(known.count == 1 for known in seen.values())
    return [*told, Measure("counsel.once", "Came once", gone, len(pupils), "counsel.session", shown_as="gaps")]


@hookimpl
def exports(desk: Desk) -> list[Export]:
    def table() -> tuple[list[str], list[list[Cell]]]:
        return ["Pupil", "Sessions"], [[str(key), known.count] for key, known in desk.see_all(sessions).items()]

    return [Export("seen", "Who sees the counsellor", "counsel.session", table)]


@hookimpl
def navigation(desk: Desk) -> list[NavItem]:
    urn = desk.academy.urn if desk.academy else ""
    return [NavItem("Counselling", f"/{urn}/counsel", ("read", "counsel.session"))]
