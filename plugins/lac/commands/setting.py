"""What is decided about authorities and designated teachers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of
from core.errors import Refused
from core.roll.views import staff
from events import New

from ..codes import GRADE_SCHEMES
from ..facts import AuthoritySet, DesignatedTeacherEnded, DesignatedTeacherNamed, DesignatedTeacherTrained
from ..views import Designated, authority, authority_id, designated

if TYPE_CHECKING:
    from core.desk import Desk

Days = Annotated[int, Meta(ge=1, le=60)]


class SetAuthority(Command, frozen=True):
    """How an authority's virtual school works from a day on."""

    code: Annotated[str, Meta(title="the authority's code", pattern=r"^[0-9]{3}$", examples=["850"])]
    name: Annotated[str, Meta(title="the authority's name", min_length=1, max_length=100)]
    from_on: Annotated[date, Meta(title="the day it holds from")]
    scheme: Annotated[str, Meta(title="its grade scheme")]
    start_days: Annotated[Days | None, Meta(title="working days until a PEP is started")] = None
    complete_days: Annotated[Days | None, Meta(title="working days until a PEP is complete")] = None
    provision_days: Annotated[Days | None, Meta(title="working days after a new school")] = None
    begins: Annotated[Literal["authority", "school"], Meta(title="who starts a PEP")] = "authority"
    window: Annotated[Literal["term", "half_term"], Meta(title="when meetings are held")] = "term"
    carries_over: bool = False
    ends: Annotated[Literal["academic_year", "birthday"], Meta(title="when PEPs end")] = "academic_year"
    ceiling_pence: Annotated[Annotated[int, Meta(ge=0, le=100_000_00)] | None, Meta(title="the premium for a term")] = (
        None
    )
    portal: Annotated[str, Meta(max_length=100)] = ""
    contact: Annotated[str, Meta(max_length=1000)] = ""


class NameDesignatedTeacher(Command, frozen=True):
    """The academy named its designated teacher."""

    staff: Annotated[UUID, Meta(title="the member of staff")]
    from_on: Annotated[date, Meta(title="the first day")]
    qualified: bool = False
    head: bool = False


class TrainDesignatedTeacher(Command, frozen=True):
    """The designated teacher was trained."""

    post: UUID
    trained_on: Annotated[date, Meta(title="the day of the training")]
    course: Annotated[str, Meta(title="the course", min_length=1, max_length=200)]


class EndDesignatedTeacher(Command, frozen=True):
    """The last day of a designated teacher."""

    post: UUID
    ended_on: Annotated[date, Meta(title="the last day")]


@decides(SetAuthority, about="academy")
def set_authority(command: SetAuthority, command_id: UUID, desk: Desk) -> New:
    """Another version; a plan keeps the one it was started under."""
    one_of(command.scheme, GRADE_SCHEMES, "scheme", "a grade scheme")
    subject = authority_id(command.code)
    fact = AuthoritySet(
        command_id,
        command.code,
        command.name,
        command.start_days,
        command.complete_days,
        command.provision_days,
        command.begins,
        command.window,
        command.carries_over,
        command.scheme,
        command.ends,
        command.ceiling_pence,
        command.portal,
        command.from_on,
        command.contact,
    )
    known = desk.log.see(authority, subject)
    before = known.on(command.from_on) if known else None
    if before is not None and before.setting != command_id and _alike(before, fact):
        raise Refused("Nothing of it has changed.", code="no_change")
    return New(subject, fact)


def _alike(before: AuthoritySet, after: AuthoritySet) -> bool:
    own = [name for name in AuthoritySet.__struct_fields__ if name not in {"setting", "from_on"}]
    return all(getattr(before, name) == getattr(after, name) for name in own)


@decides(NameDesignatedTeacher, given={"known": designated}, about="academy")
def name_designated_teacher(
    command: NameDesignatedTeacher, known: tuple[Designated, ...] | None, command_id: UUID, desk: Desk
) -> DesignatedTeacherNamed:
    """One named, accountable designated teacher at a time: a day may be in the future, two at once may not be."""
    if desk.log.see(staff, command.staff) is None:
        raise Refused("Choose a member of staff from the list.", code="no_staff", field="staff")
    for one in known or ():
        if one.until_by is None or one.until_by >= command.from_on:
            raise Refused(
                "Somebody else is designated teacher on that day. Give their last day first.",
                code="somebody_else",
                field="from_on",
            )
    return DesignatedTeacherNamed(command_id, command.staff, command.qualified, command.head, command.from_on)


@decides(TrainDesignatedTeacher, given={"known": designated}, about="academy")
def train_designated_teacher(
    command: TrainDesignatedTeacher, known: tuple[Designated, ...] | None, today: date
) -> DesignatedTeacherTrained:
    if _post(known, command.post).from_on > today:
        raise Refused("Record it once they have begun.", code="not_begun")
    not_ahead(command.trained_on, today, "trained_on")
    return DesignatedTeacherTrained(command.post, command.trained_on, command.course, today)


@decides(EndDesignatedTeacher, given={"known": designated}, about="academy")
def end_designated_teacher(
    command: EndDesignatedTeacher, known: tuple[Designated, ...] | None
) -> DesignatedTeacherEnded:
    one = _post(known, command.post)
    if one.until_by is not None:
        raise Refused("The last day is recorded already.", code="no_change", field="ended_on")
    if command.ended_on < one.from_on:
        raise Refused("That is before the first day.", code="before_first", field="ended_on")
    return DesignatedTeacherEnded(command.post, command.ended_on)


def _post(known: tuple[Designated, ...] | None, post: UUID) -> Designated:
    for one in known or ():
        if one.post == post:
            return one
    raise Refused("There is no such designated teacher.", code="no_post")
