"""The centre's word processor policy: filed once for everybody, with its document."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs
from core.web.files import as_document
from core.web.forms import Form, Upload
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.web.uploads import LARGEST_FORM, document_in
from core.wording import day

from ..commands import FileEvidence
from ..facts import EvidenceFiled
from ..telling import base
from ..views import case_file
from .evidence import kept

_QUESTION = Question(
    FileEvidence,
    "Word processor policy",
    (
        Ask("dated_on", "What day is on the policy?", "date"),
        Ask("note", "What does it say of who may use one?", "words"),
        Ask("document", "The policy, if you have the file", "file", "PDF, JPEG, PNG or plain text, up to 10 MB."),
    ),
    record="File the policy",
    says="A word processor is the centre's to give, by its own policy: filed once, it counts for every candidate.",
)


class Policy(Controller):
    """What the centre holds for all its candidates."""

    path = "/policy"
    request_max_body_size = LARGEST_FORM

    @get("/", guards=[may("write", "exams.evidence")])
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The policy on file, and the form that files a newer one."""
        return _page(desk, form)

    @post("/", guards=[may("write", "exams.evidence")])
    def record(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Files it, its document sealed first."""

        def act() -> str:
            given: dict[str, Any] = {"evidence": "policy"}
            command = _QUESTION.read(form, **given)
            upload = form.files.get("document")
            if upload is not None and upload.content:
                content, _ = document_in(upload, "document")
                desk.would(command, desk.here)
                given["document"] = kept(desk, desk.here, form.command_id, content)
                command = _QUESTION.read(form, **given)
            desk.do(command, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/policy"

        return form.attempt(act, lambda: _page(desk, form), "Filed.")

    @get("/document", guards=[may("read", "exams.evidence")])
    def document(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        """The policy's document as it was filed."""
        named = filed[-1].document if (filed := _filed(desk)) else None
        if named is None:
            raise NotFound
        content = desk.document(desk.here, "exams.evidence", named)
        return as_document(content, document_in(Upload("policy", content))[1], "word-processor-policy")


def _filed(desk: Desk) -> list[EvidenceFiled]:
    held = desk.see(case_file, desk.here)
    return [one for one in held.pieces if one.evidence == "policy"] if held else []


def _page(desk: Desk, form: Form) -> Page:
    filed = _filed(desk)
    on_file: dict[str, Any] = {"label": "On file", "value": "none yet"}
    if filed:
        on_file["value"] = f"The policy of {day(filed[-1].dated_on)}"
        if filed[-1].document:
            on_file["action"] = {"text": "Open", "href": f"{base(desk)}/policy/document"}
    return _QUESTION.shown(
        form,
        crumbs=crumbs(desk, [("Exams", "exams")], _QUESTION.title),
        action=f"{base(desk)}/policy",
        seen=desk.seen_for(FileEvidence, desk.here),
        back_href=base(desk),
        now=[on_file],
    )
