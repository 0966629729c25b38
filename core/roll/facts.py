"""Who is a pupil or a member of staff of this academy: identity and enrolment only; class core.identity."""

from __future__ import annotations

from datetime import date

from events import Fact


class PupilEnrolled(Fact, frozen=True, tag="roll.pupil_enrolled/1", record="core.identity", on="entered_on"):
    """A pupil came on roll."""

    upn: str
    surname: str
    forename: str
    born_on: date
    year: str
    """National curriculum year: N1, N2, R, 1 to 14, X."""
    form: str
    entered_on: date


class PupilDetailsChanged(
    Fact, frozen=True, tag="roll.pupil_details_changed/1", record="core.identity", on="changed_on"
):
    """What the school's own system says of the pupil is different now; only what changed is given."""

    changed_on: date
    upn: str | None = None
    surname: str | None = None
    forename: str | None = None
    born_on: date | None = None
    year: str | None = None
    form: str | None = None


class PupilLeft(Fact, frozen=True, tag="roll.pupil_left/1", record="core.identity", on="left_on"):
    """The pupil is no longer on roll, from the day after."""

    left_on: date


class StaffJoined(Fact, frozen=True, tag="roll.staff_joined/1", record="core.identity", on="joined_on"):
    """Someone works here. Their id is the one they sign in with, where they do."""

    name: str
    job: str
    form: str
    """The form they are tutor of; empty when none."""
    joined_on: date


class StaffLeft(Fact, frozen=True, tag="roll.staff_left/1", record="core.identity", on="left_on"):
    """They work here no more, from the day after."""

    left_on: date
