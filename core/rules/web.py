"""Every rule with its source, and a form to try it; whether the program is up; what we know of its accessibility."""

from __future__ import annotations

from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.law import plain
from core.trying import BadArguments, Parameter, Rule, Tried
from core.web.forms import Form
from core.web.guards import anyone, signed_in
from core.web.pages import Page, page
from core.web.routes import get, post


class RulePages(Controller):
    """What each rule says, and where it comes from."""

    @get("/rules", guards=[signed_in])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every rule, by room and plugin."""
        groups = [
            {"title": manifest.title, "rules": [_line(rule) for rule in manifest.rules]}
            for manifest in desk.building.plugins.everything
            if manifest.rules
        ]
        lede = "Each deadline, check and figure is told by one of these. A rule not read at its source says so."
        return page("rules/list.html", lede=lede, groups=groups)

    @get("/rules/{name:str}", guards=[signed_in])
    def one(self, name: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """One rule, and the form that tries it."""
        return _rule_page(_rule(desk, name), form, None)

    @post("/rules/{name:str}", guards=[signed_in])
    def try_it(self, name: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The rule's answer to what was typed. Records nothing."""
        rule = _rule(desk, name)
        given = {one.name: _typed(one, form) for one in rule.parameters}
        try:
            answer = rule.try_with({name: text for name, text in given.items() if text})
        except BadArguments as error:
            for fault in error.faults:
                form.wrong(fault.field or None, fault.message)
            shown = _rule_page(rule, form, None)
            shown.status_code = 422
            return shown
        return _rule_page(rule, form, answer)

    @get("/nothing-yet", guards=[signed_in])
    def nothing_yet(self) -> Page:
        """For someone who can sign in and holds no grant."""
        return page("nothing_yet.html")


class Health(Controller):
    """For whatever watches the process."""

    @get("/health", guards=[anyone("says only that the program is up")])
    def health(self) -> Response[dict[str, str]]:
        return Response({"status": "up"})

    @get("/static/idle/{minutes:int}", guards=[anyone("when a page hides itself, the same for all")])
    def idle(self, minutes: FromPath[int]) -> Response[str]:
        """Hides what a page shows once nothing was sent from it for so long; what was typed can still be sent."""
        rule = f"animation: ts-hide 0s {60 * minutes}s forwards"
        css = f".ts-top, .ts-nav, .ts-page, .ts-foot {{ {rule}; }} .ts-idle {{ {rule.replace('hide', 'show')}; }}"
        return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=86400"})

    @get("/accessibility", guards=[anyone("the same for all, and nothing in it")])
    def accessibility(self) -> Page:
        """What works for whom, and how to say when it does not."""
        return page("accessibility.html")


def _rule(desk: Desk, name: str) -> Rule:
    found = desk.building.plugins.rules().get(name)
    if found is None:
        raise NotFound
    return found


def _line(rule: Rule) -> dict[str, Any]:
    citation = rule.citation
    return {
        "name": rule.name,
        "href": f"/rules/{rule.name}",
        "words": rule.summary,
        "source": citation.source,
        "source_href": f"https://{citation.address}" if citation.address else None,
        "as_at": citation.as_at,
        "verified": citation.verified,
    }


def _rule_page(rule: Rule, form: Form, answer: Tried | None) -> Page:
    line = _line(rule)
    paragraphs = [part.strip() for part in rule.wording.split("\n\n")]
    return page(
        "rules/rule.html",
        crumbs=[{"text": "Rules and sources", "href": "/rules"}, {"text": rule.name, "href": None}],
        name=rule.name,
        words=rule.summary,
        reading=[part for part in paragraphs[1:] if not part.startswith(("Args:", "Raises:", "Returns:"))]
        or [rule.summary],
        source=line["source"],
        source_href=line["source_href"],
        edition=rule.citation.edition or None,
        as_at=rule.citation.as_at,
        verified=rule.citation.verified,
        fields=[_field(one) for one in rule.parameters],
        form=form,
        token=form.token(),
        action=f"/rules/{rule.name}",
        answer={"value": answer.says, "says": f"By {rule.citation.source}."} if answer else None,
        examples=[],
    )


def _field(one: Parameter) -> dict[str, Any]:
    kinds = [kind for kind in one.kinds if kind is not NoneType]
    label = one.name.replace("_", " ").capitalize()
    hint = "" if one.required else f"Leave empty for {plain(one.default)}."
    if date in kinds:
        return {"name": one.name, "label": label, "hint": hint, "kind": "date", "options": []}
    if bool in kinds:
        return {"name": one.name, "label": label, "hint": hint, "kind": "yes", "options": []}
    if any(get_origin(kind) is Literal for kind in kinds):
        options = [{"value": text, "text": text} for kind in kinds for text in get_args(kind)]
        return {"name": one.name, "label": label, "hint": hint, "kind": "select", "options": options}
    wants = f"Give {one.wants}. {hint}".strip() if one.as_json else hint
    return {"name": one.name, "label": label, "hint": wants, "kind": "text", "options": []}


def _typed(one: Parameter, form: Form) -> str:
    parts = [form.text(f"{one.name}-{part}") for part in ("year", "month", "day")]
    if any(parts):
        return f"{parts[0]}-{parts[1].zfill(2)}-{parts[2].zfill(2)}"
    text = form.text(one.name)
    return {"yes": "true", "no": "false"}.get(text, text) if bool in one.kinds else text
