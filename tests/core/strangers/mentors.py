"""A stranger's plugin that adds to a person's caseload, and reads what they may read already to tell by how much."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from litestar import Controller, Response

from core.desk import Desk
from core.hookspecs import hookimpl
from core.manifest import Manifest, RecordClass
from core.web.guards import may
from core.web.routes import get
from events import Fact, folds


class MentorNamed(Fact, frozen=True, tag="mentors.mentor_named/1", record="mentors.mentor", on="named_on"):
    """Someone looks after the pupil from now on."""

    mentor: UUID
    named_on: date


@folds("mentors.mentor")
def mentor(known: UUID | None, fact: Fact) -> UUID | None:
    """Who looks after the pupil."""
    return fact.mentor if isinstance(fact, MentorNamed) else known


class Mentors(Controller):
    @get("/", guards=[may("read", "mentors.mentor")])
    def show(self) -> Response[str]:
        return Response("mentors")


@hookimpl
def about() -> Manifest:
    return Manifest(
        name="mentors",
        title="Mentors",
        purpose="Who looks after whom.",
        facts=(MentorNamed,),
        views=(mentor,),
        wordings={MentorNamed: "Mentor named"},
        records=(RecordClass("mentors.mentor", "Mentors", "One year.", "public task"),),
        roles={"senco": {"mentors.mentor": "read write"}},
        controllers=(Mentors,),
    )


@hookimpl
def caseload(desk: Desk) -> set[UUID]:
    """The pupils this person is mentor of, but for those whose headline they may read as it is."""
    mine = {pupil for pupil, who in desk.log.see_all(mentor).items() if who == desk.person_id}
    return {pupil for pupil in mine if not desk.may("read", "register.headline", pupil)}
