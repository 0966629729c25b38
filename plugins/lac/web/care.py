"""What is recorded of one child's care: episodes, orders, proof, life after care, and which authority does what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import about
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ..codes import (
    AUTHORITY_PARTS,
    CARE_KINDS,
    EPISODE_SOURCES,
    EVIDENCE_KINDS,
    KINSHIP_SETS,
    LEAVING_REASONS,
    LEGAL_STATUSES,
    PREVIOUS_CARE_SETS,
)
from ..commands import (
    BeginEpisode,
    ChangeLegalStatus,
    DeclareKinship,
    DeclarePreviousCare,
    EndEpisode,
    NameAuthority,
    SeeEvidence,
)
from ..rules import census_code_for
from ..telling import base
from ..views import Episode, Status, by_code, status
from .children import asked, crumbs, home, known_child
from .previous import kinship_says, left_care_by
from .words import authorities_to_choose, codes_on, name_of, options

_EVIDENCE = Ask("evidence", "What was seen?", "select")
_SEEN_ON = Ask("seen_on", "When was it seen?", "date", "The day you saw it. No copy is kept.")
_NO_CODE = "Families need not tell the school. “Not declared” says only that, and never that there was no care."
QUESTIONS = {
    "begin": Question(
        BeginEpisode,
        "Record an episode",
        (
            Ask("care", "What is it?", "radios"),
            Ask("legal", "Legal status", "select", "As the authority's letter says. It can be added later."),
            Ask("began_on", "From which day?", "date", "The day it began, not the day the school heard of it."),
            Ask("told_on", "When was the school told?", "date"),
            Ask("source", "Who told the school?", "radios"),
            Ask("authority", "Which authority looks after the child?", "select", "Its clocks count for the PEP."),
            Ask("dual_from", "Registered at another school too: from", "date", "Leave empty for a child of this one."),
            Ask("dual_until", "Registered at another school too: until", "date", "Leave empty while it goes on."),
        ),
    ),
    "legal": Question(
        ChangeLegalStatus,
        "Change the legal status",
        (Ask("legal", "Legal status", "select"), Ask("changed_on", "From which day?", "date")),
    ),
    "end": Question(
        EndEpisode,
        "End the episode",
        (
            Ask("ended_on", "On which day did it end?", "date", "What follows begins on this day."),
            Ask("cause", "Why, as the authority gives it?", "select"),
        ),
    ),
    "evidence": Question(SeeEvidence, "Record proof seen", (_EVIDENCE, _SEEN_ON)),
    "previous": Question(
        DeclarePreviousCare,
        "Record previous care",
        (
            Ask("code", "How did the child leave care?", "radios", _NO_CODE),
            Ask("declared_on", "When was this declared?", "date"),
            Ask("ordered_on", "What day is on the order?", "date", "Leave empty where it was not told."),
            _EVIDENCE,
            _SEEN_ON,
        ),
        says="Any answer but “not declared” needs sight of the proof: what it was, and when you saw it.",
    ),
    "kinship": Question(
        DeclareKinship,
        "Record kinship care",
        (
            Ask("code", "Does the child live with family or friends?", "radios", _NO_CODE),
            Ask("declared_on", "When was this declared?", "date"),
        ),
    ),
    "authority": Question(
        NameAuthority,
        "Name an authority",
        (
            Ask("authority", "Which authority is it?", "select"),
            Ask("source", "Which letter or person says so?"),
            Ask("named_on", "What day is on the letter?", "date"),
        ),
        says="As a letter says, never worked out. The other three stay as they are.",
    ),
}
_ABOUT_AN_EPISODE = {"legal", "end", "evidence"}


class Care(Controller):
    """The forms of one child's care."""

    path = "/care/{pupil_id:uuid}"

    @get("/{what:str}", guards=[may("write", "lac.status")])
    def ask(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """A form about the child."""
        return _page(desk, pupil_id, what, "", form)

    @post("/{what:str}", guards=[may("write", "lac.status")])
    def record(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, what, "", form)

    @get("/{what:str}/{of:str}", guards=[may("write", "lac.status")])
    def ask_of(
        self,
        pupil_id: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """A form about one episode, or one authority's part."""
        return _page(desk, pupil_id, what, of, form)

    @post("/{what:str}/{of:str}", guards=[may("write", "lac.status")])
    def record_of(
        self,
        pupil_id: FromPath[UUID],
        what: FromPath[str],
        of: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        return _record(desk, pupil_id, what, of, form)


def _record(desk: Desk, pupil_id: UUID, what: str, of: str, form: Form) -> Response[Any]:
    known_child(desk, pupil_id, "write", "lac.status")
    question, given = _asked(desk, pupil_id, what, of)

    def act() -> str:
        desk.do(question.read(form, **given), pupil_id, command_id=form.command_id, seen=form.seen)
        return home(desk, pupil_id)

    return form.attempt(act, lambda: _page(desk, pupil_id, what, of, form), "Recorded.")


def _asked(desk: Desk, pupil_id: UUID, what: str, of: str) -> tuple[Question, dict[str, Any]]:
    """What an address asks for, and the fields that the address itself tells; raises NotFound for any other."""
    if what == "authority" and of in AUTHORITY_PARTS:
        return QUESTIONS[what], {"part": of}
    if what in _ABOUT_AN_EPISODE and of:
        episode = _episode(_status(desk, pupil_id), of)
        if episode is not None:
            return QUESTIONS[what], {"episode": episode.episode}
    if what in QUESTIONS and not of and what not in {"legal", "end", "authority"}:
        return QUESTIONS[what], {}
    raise NotFound


def _status(desk: Desk, pupil_id: UUID) -> Status:
    return (desk.see(status, pupil_id) if desk.may("read", "lac.status", pupil_id) else None) or Status()


def _episode(now: Status, of: str) -> Episode | None:
    return next((one for one in now.episodes if str(one.episode) == of), None)


def _page(desk: Desk, pupil_id: UUID, what: str, of: str, form: Form) -> Page:
    who, now = known_child(desk, pupil_id, "write", "lac.status"), _status(desk, pupil_id)
    question, _ = _asked(desk, pupil_id, what, of)
    if not form.fields:
        _fill(form, now, what, of)
    return asked(
        question,
        form,
        crumbs=crumbs(desk, pupil_id, question.title),
        about=about(who),
        action=f"{base(desk)}/care/{pupil_id}/{what}" + (f"/{of}" if of else ""),
        seen=desk.seen_for(question.command, pupil_id),
        back_href=home(desk, pupil_id),
        now=_standing(desk, now, what, of),
        notes=_notes(desk, now, what),
        options=_options(desk, what),
    )


def _fill(form: Form, now: Status, what: str, of: str) -> None:
    """How it stands, where a form changes what stands."""
    told = now.authorities.get(of)
    episode = _episode(now, of)
    if what == "authority" and told is not None:
        form.fill(authority=told.authority)
    if what == "legal" and episode is not None:
        form.fill(legal=episode.legal)


def _standing(desk: Desk, now: Status, what: str, of: str) -> Options:
    """What stands already of what the form asks."""
    episode = _episode(now, of)
    if episode is not None:
        legal = LEGAL_STATUSES.value.get(episode.legal)
        return [
            {"label": "Episode", "value": f"{CARE_KINDS.value[episode.care].name}, from {day(episode.began_on)}"},
            {"label": "Legal status", "value": f"{legal.name} ({legal.code})" if legal else "not told"},
        ]
    if what == "authority":
        told = now.authorities.get(of)
        name = name_of(by_code(desk), told.authority) if told else ""
        part = AUTHORITY_PARTS[of]
        return [{"label": f"{part[0].upper()}{part[1:]}", "value": name or "unknown"}]
    says = {"previous": ("Previous care", left_care_by), "kinship": ("Kinship care", kinship_says)}.get(what)
    return [{"label": says[0], "value": says[1](now)}] if says else []


def _notes(desk: Desk, now: Status, what: str) -> list[str]:
    """What to know first: an authority to set up, or the code that an authority's reason leads to."""
    if what in {"begin", "authority"} and not by_code(desk):
        return ["No authority is set up here yet. Set it up first under Authorities, with its clocks, to choose it."]
    ended = next((one for one in reversed(now.episodes) if one.ended_on and one.cause), None)
    if what not in {"previous", "kinship"} or ended is None or ended.ended_on is None:
        return []
    follows = census_code_for(ended.cause, ended.ended_on)
    code = follows.code if what == "previous" else follows.kinship
    lead = [f"From the reason that the authority gave, {ended.cause}, follows {code}."] if code else []
    return [*lead, *(finding.says for finding in follows.findings)]


def _options(desk: Desk, what: str) -> dict[str, Options]:
    """The codes of the day's edition, each with its name."""
    today = desk.today
    legal = codes_on([LEGAL_STATUSES], today)
    return {
        "care": options(codes_on([CARE_KINDS], today)),
        "legal": options(legal, *([("", "Not told yet")] if what == "begin" else []), coded=True),
        "source": [{"value": text, "text": text} for text in EPISODE_SOURCES.values()],
        "authority": authorities_to_choose(by_code(desk), "Unknown"),
        "cause": options(codes_on(LEAVING_REASONS, today), ("", "Not told yet"), coded=True),
        "evidence": options(codes_on([EVIDENCE_KINDS], today), ("", "None seen" if what == "previous" else "")),
        "code": options(codes_on(PREVIOUS_CARE_SETS if what == "previous" else KINSHIP_SETS, today), coded=True),
    }
