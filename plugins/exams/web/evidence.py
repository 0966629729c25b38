"""What goes into a candidate's file: need, scores, forms, evidence, trials, language; and its documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import about
from core.web.files import as_document
from core.web.forms import Form, Upload
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.web.uploads import LARGEST_FORM, document_in
from events import Document
from events.documents import file_hash

from ..codes import PROFICIENCY, SUB_AREAS, standing
from ..codes.filing import FILED, FORMS, NEEDS
from ..commands import (
    CompletePart,
    FileEvidence,
    NameNeed,
    RecordLanguage,
    RecordScore,
    TellCandidate,
    TryRestBreaks,
)
from ..telling import base
from ..views import assessor, case_file
from .opening import crumbs, home, opened

_NEEDS = tuple({"value": code, "text": name} for code, name in NEEDS.items())
_FORMS = tuple({"value": code, "text": name} for code, name in FORMS.items())
_FILED = tuple({"value": code, "text": name} for code, name in FILED.items())
_BANDS = (
    {"value": "", "text": "Not assessed"},
    *({"value": code, "text": f"{code}: {name}"} for code, name in PROFICIENCY.items()),
)
_DOCUMENT = Ask("document", "The document, if there is one", "file", "PDF, JPEG, PNG or plain text, up to 10 MB.")
QUESTIONS = {
    "need": Question(
        NameNeed,
        "Name the principal need",
        (
            Ask("need", "What do applications rest on?", "radios", "One need: two must not be mixed.", _NEEDS),
            Ask("named_on", "When was this decided?", "date"),
            Ask("picture", "How does it show in class?", "words", "What teachers see, in a few sentences."),
        ),
    ),
    "score": Question(
        RecordScore,
        "Record a score",
        (
            Ask("sub_area", "What was measured?", "select"),
            Ask("score", "Standardised score", "number", "From 40 to 160; 100 is average."),
            Ask("unrecognisable", "Of spelling: were words impossible to recognise?", "yes_no"),
            Ask("test", "Test and edition"),
            Ask("assessed_on", "When was it assessed?", "date"),
            Ask("assessor", "Who assessed?", "select"),
        ),
    ),
    "form": Question(
        CompletePart,
        "Record a form",
        (
            Ask("form", "Which form was completed?", "radios", options=_FORMS),
            Ask("part", "Which part of Form 8?", "number", "1, 2 or 3. Leave empty for any other form."),
            Ask("completed_on", "When was it signed?", "date"),
            _DOCUMENT,
        ),
    ),
    "piece": Question(
        FileEvidence,
        "File a piece of evidence",
        (
            Ask("evidence", "What is it?", "select", options=_FILED),
            Ask("taught", "Subject", hint="For a marked test or a teacher's comment."),
            Ask("dated_on", "What day is on it?", "date"),
            Ask("note", "What does it show?", "words"),
            _DOCUMENT,
        ),
    ),
    "breaks": Question(
        TryRestBreaks,
        "Record a trial of rest breaks",
        (
            Ask("taught", "Subject"),
            Ask("tried_on", "When was the timed test or mock?", "date"),
            Ask("enough", "Were rest breaks enough, without more time?", "yes_no"),
            Ask("note", "What was seen?", "words"),
        ),
    ),
    "language": Question(
        RecordLanguage,
        "Record language",
        (
            Ask("english_irish_or_welsh", "Is English, Irish or Welsh the pupil's first language?", "yes_no"),
            Ask("came_on", "When did the pupil come to the United Kingdom?", "date", "Leave empty if born here."),
            Ask("prior_english", "Was the pupil taught in English before?", "yes_no"),
            Ask("english_at_home", "Is English spoken at home?", "yes_no"),
            Ask("band", "Proficiency in English on arrival", "select", options=_BANDS),
        ),
    ),
    "told": Question(
        TellCandidate,
        "Record that the candidate was told",
        (
            Ask("told_on", "When?", "date"),
            Ask("told_by", "By whom?"),
        ),
        says="The candidate must know that an application is processed, by whom and why. No signature is needed.",
    ),
}


class Evidence(Controller):
    """One candidate's file."""

    path = "/evidence/{pupil_id:uuid}"
    request_max_body_size = LARGEST_FORM

    @get("/{what:str}", guards=[may("write", "exams.evidence")])
    def ask(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for one kind of evidence."""
        return _page(desk, pupil_id, what, form)

    @post("/{what:str}", guards=[may("write", "exams.evidence")])
    def record(
        self, pupil_id: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it, its document sealed first."""
        question = _question(what)
        opened(desk, pupil_id, "write", "exams.evidence")

        def act() -> str:
            command = question.read(form)
            upload = form.files.get("document")
            if upload is not None and upload.content:
                content, _ = document_in(upload, "document")
                desk.would(command, pupil_id)
                command = question.read(form, document=kept(desk, pupil_id, form.command_id, content))
            desk.do(command, pupil_id, command_id=form.command_id, seen=form.seen)
            return home(desk, pupil_id)

        return form.attempt(act, lambda: _page(desk, pupil_id, what, form), "Recorded.")

    @get("/documents/{document:uuid}", guards=[may("read", "exams.evidence")])
    def document(
        self, pupil_id: FromPath[UUID], document: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """A document as it was filed; that it was opened is recorded."""
        opened(desk, pupil_id, "read", "exams.evidence")
        held = desk.see(case_file, pupil_id)
        named = held.documents().get(document) if held else None
        if named is None:
            raise NotFound
        content = desk.document(pupil_id, "exams.evidence", named)
        name = f"evidence-{str(document)[:8]}"
        _, media_type = document_in(Upload(name, content))
        return as_document(content, media_type, name)


def _question(what: str) -> Question:
    if what not in QUESTIONS:
        raise NotFound
    return QUESTIONS[what]


def kept(desk: Desk, subject: UUID, command_id: UUID, content: bytes) -> Document:
    """The document, sealed; the one sealed before where the same form comes again with the same file."""
    before = desk.log.find_command(command_id, 1)
    named = desk.log.event(before.places[0].position).fact if before else None
    sealed = getattr(named, "document", None)
    if isinstance(sealed, Document) and file_hash(sealed.salt, content) == sealed.file:
        return sealed
    return desk.keep(subject, "exams.evidence", content)


def _page(desk: Desk, pupil_id: UUID, what: str, form: Form) -> Page:
    question, one = _question(what), opened(desk, pupil_id, "write", "exams.evidence")
    assessors = [("", "Nobody named here"), *((str(key), it.name) for key, it in desk.see_all(assessor).items())]
    return question.shown(
        form,
        crumbs=crumbs(desk, pupil_id, question.title),
        about=about(one),
        action=f"{base(desk)}/evidence/{pupil_id}/{what}",
        seen=desk.seen_for(question.command, pupil_id),
        back_href=home(desk, pupil_id),
        options={
            "sub_area": [{"value": one.key, "text": one.title} for one in standing(SUB_AREAS, desk.today).value],
            "assessor": [{"value": key, "text": name} for key, name in assessors],
        },
    )
