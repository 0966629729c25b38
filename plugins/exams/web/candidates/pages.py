"""One candidate: what may be used when, what the rules say, what is on file, and what to do next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.answers import Said
from core.desk import Desk
from core.roll.views import Pupil
from core.roll.web.child import crumbs
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day as said_day

from ...telling import NeedsSeen, base
from ...views import Arrangements, Case, arrangements, candidate, case_of, entered, working
from ..checking import asked_today
from ..opening import opened
from .arranged import arrangement_rows, primary_rows
from .filed import file_part, need_words, working_rows
from .sitting import sitting_part

_SHOWN = ("exams.evidence", "exams.working", "exams.entries")
_PROVISIONS = {"K": "SEN support", "E": "EHC plan", "N": "Not on the register now"}


class CandidatePages(Controller):
    """One candidate."""

    path = "/pupils/{pupil_id:uuid}"

    @get("/", guards=[may("read", "exams.arrangements")])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Everything this person may see of a candidate; that it was opened is recorded."""
        reads = {record for record in _SHOWN if desk.may("read", record, pupil_id)}
        who = opened(desk, pupil_id, "read", "exams.arrangements", *reads)
        held = desk.see(arrangements, pupil_id) or Arrangements()
        reads_file = "exams.evidence" in reads
        one = (
            case_of(desk, pupil_id)
            if reads_file
            else Case(who.born_on, held=held, papers=tuple(entered(desk, pupil_id).values()))
        )
        rules = desk.building.plugins.rules()
        needs = desk.ask("register.needs", pupil_id, NeedsSeen)
        return page(
            "exams/candidate.html",
            crumbs=crumbs(desk, [("Exams", "exams")], f"Year {who.year}"),
            name=who.full_name,
            lede=_lede(who),
            actions=_actions(desk, pupil_id),
            about=_about(desk, pupil_id, one if reads_file else None, needs),
            arrangements=arrangement_rows(desk, pupil_id, one),
            new=_new(desk, pupil_id),
            today=asked_today(desk, one, rules) if reads_file else None,
            try_href=f"{base(desk)}/check/{pupil_id}",
            papers=sitting_part(desk, pupil_id, rules) if _sees_papers(desk, pupil_id) else None,
            file=file_part(desk, pupil_id, one) if reads_file else None,
            uses=working_rows(desk.see(working, pupil_id) or ()) if "exams.working" in reads else None,
            note_href=f"{base(desk)}/working/{pupil_id}" if desk.may("write", "exams.working", pupil_id) else None,
            primary=primary_rows(desk, pupil_id, one, rules, has_plan=_has_plan(one, needs)),
            opened="You opened this record, and that is recorded.",
        )


def _sees_papers(desk: Desk, pupil: UUID) -> bool:
    return desk.may("read", "exams.entries", pupil) and desk.may("read", "exams.papers")


def _lede(who: Pupil) -> str:
    form = f", form {who.form}" if who.form else ""
    return f"Year {who.year}{form} · born {said_day(who.born_on)}"


def _actions(desk: Desk, pupil: UUID) -> list[dict[str, Any]]:
    """The first is the main one: to check, for whoever may read the file; to note, for a teacher."""
    actions: list[dict[str, Any]] = []
    if desk.may("read", "exams.evidence", pupil):
        actions.append({"text": "Check eligibility", "href": f"{base(desk)}/check/{pupil}"})
    if desk.may("write", "exams.working", pupil):
        actions.append({"text": "Note what was used", "href": f"{base(desk)}/working/{pupil}"})
    for action in actions[:1]:
        action["main"] = True
    return [*actions, {"text": "All entries", "href": base(desk).replace("/exams", f"/pupils/{pupil}")}]


def _about(desk: Desk, pupil: UUID, one: Case | None, needs: Any) -> list[dict[str, Any]]:
    """What comes first: the need, and who they are to the exam boards."""
    rows: list[dict[str, Any]] = [{"label": "On the register", "value": _register_says(needs)}]
    if one is not None:
        rows.append({"label": "Need for exams", "value": need_words(one.file)})
        if desk.may("write", "exams.evidence", pupil):
            href = f"{base(desk)}/evidence/{pupil}/need"
            rows[-1]["action"] = {"text": "Name" if one.file.need is None else "Change", "href": href}
    if desk.may("read", "exams.entries", pupil):
        known = desk.see(candidate, pupil)
        numbered = known is not None and known.number
        number = f"{known.number}, centre {known.centre}" if known and numbered else "No number yet"
        rows.append({"label": "Candidate", "value": number + (f", UCI {known.uci}" if known and known.uci else "")})
        if desk.may("write", "exams.entries", pupil):
            href = f"{base(desk)}/numbers/{pupil}"
            rows[-1]["action"] = {"text": "Change" if numbered else "Give numbers", "href": href}
    return rows


def _register_says(needs: Any) -> str:
    """What the register says of the pupil's need; that it did not say is never told as "no"."""
    match needs:
        case Said(None):
            return "Never on the register here."
        case Said(NeedsSeen(code, _, titles)):
            provision = _PROVISIONS.get(code, code)
            return f"{provision}: {', '.join(titles)}" if titles else provision
    return "The register did not say: it is off here, not approved, or not yours to read."


def _has_plan(one: Case, needs: Any) -> bool:
    """Whether the pupil has an EHC plan, as the file or the register says; False also where neither may be read."""
    match needs:
        case Said(NeedsSeen("E")):
            return True
    return one.need == "plan"


def _new(desk: Desk, pupil: UUID) -> list[dict[str, str]]:
    if not desk.may("write", "exams.arrangements", pupil):
        return []
    below = f"{base(desk)}/decisions/{pupil}"
    return [
        {"text": "Record an application", "href": f"{below}/apply"},
        {"text": "Agree one", "href": f"{below}/agree"},
        {"text": "Primary test", "href": f"{below}/primary"},
    ]
