"""The lines of the list of candidates: who is on it, how far approvals reach, what the file lacks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from core.desk import Desk
from core.roll.views import Pupil
from core.roll.views import pupil as roll_pupil

from ..views import (
    Arrangements,
    Candidate,
    Case,
    CaseFile,
    Cover,
    Paper,
    arrangements,
    candidate,
    case_file,
    eligibility,
    in_question,
    paper,
    percent_of,
    reaches,
    working,
    year9_started_on,
)

_NOBODY = Candidate()


class Line(msgspec.Struct, frozen=True):
    """A candidate, as the list shows one."""

    pupil: UUID
    who: Pupil
    case: Case
    reads_file: bool
    """Whether this person may read the file: else neither the need nor what is missing is told."""
    reach: tuple[Cover, ...]
    """How far each approval reaches."""
    noted: bool
    """Whether a teacher noted what the pupil uses, as far as this person may read that."""

    @property
    def is_case(self) -> bool:
        """Whether there is more to the candidate than entries for papers."""
        one = self.case
        return bool(self.noted or one.file != CaseFile() or one.held.decisions or one.held.primary)

    @property
    def lapsing(self) -> bool:
        """Whether an approval lapses before an exam."""
        return any(one.missed for one in self.reach)

    @property
    def waiting(self) -> bool:
        """Whether an answer is waited for."""
        return any(one.state in {"applied", "referred"} for one in self.case.held.decisions.values())

    def expiring(self, today: date) -> bool:
        """Whether an approval that still holds is to be seen to by now."""
        return any(one.renew_by <= today < one.expires_on for one in self.reach)

    def missing(self, today: date) -> list[str]:
        """What the file lacks for what stands, was applied for or noted in use; nothing where it may not be read."""
        if not self.reads_file:
            return []
        keys = in_question(self.case, today)
        found = (eligibility(self.case, key, percent_of(self.case, key), today) for key in keys)
        return list(dict.fromkeys(one for outcomes in found for outcome in outcomes for one in outcome.missing))


def lines_of(desk: Desk) -> list[Line]:
    """Everyone on roll with anything on record that this person may read, by name."""
    known = [desk.see_all(view) for view in (case_file, working, arrangements, candidate)]
    wanted = {subject for told in known for subject in told}
    pupils = {key: one for key, one in desk.see_all(roll_pupil).items() if key in wanted}
    papers = desk.log.see_all(paper)
    lines = [_line(desk, key, one, papers) for key, one in pupils.items() if one.is_on_roll(desk.today)]
    return sorted(lines, key=lambda line: (line.who.name.casefold(), line.pupil))


def _line(desk: Desk, subject: UUID, who: Pupil, papers: dict[UUID, Paper]) -> Line:
    """One candidate. The rules look at everything, for whoever may read the file; how far an approval reaches is told
    to all who may read the approval."""
    see, may_read = desk.log.see, desk.may("read", "exams.evidence", subject)
    held = see(arrangements, subject) if desk.may("read", "exams.arrangements", subject) else None
    entered = (see(candidate, subject) or _NOBODY).papers
    case = Case(
        who.born_on,
        (see(case_file, subject) if may_read else None) or CaseFile(),
        (see(working, subject) if may_read else None) or (),
        held or Arrangements(),
        tuple(papers[key] for key in entered if key in papers),
        (see(case_file, desk.here) if may_read else None) or CaseFile(),
        year9_started_on(who, desk.today),
    )
    noted = desk.may("read", "exams.working", subject) and see(working, subject) is not None
    return Line(subject, who, case, may_read, tuple(reaches(case.held, case.papers, desk.today).values()), noted)
