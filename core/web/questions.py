"""A page that asks for one command: its fields in words, what stands already, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_type_hints

import msgspec

from core.command import Command
from core.money import pence_in
from core.web.forms import Form
from core.web.pages import Page, page

Kind = Literal["text", "number", "money", "clock", "date", "words", "radios", "select", "checks", "yes_no", "file"]
Options = Sequence[Mapping[str, Any]]
YES_NO: Options = ({"value": "true", "text": "Yes"}, {"value": "false", "text": "No"})


class Ask(msgspec.Struct, frozen=True):
    """One field of a question. Its name is the command's; a money field is typed in pounds and recorded in pence."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    options: Options = ()
    """{value, text, hint?}, or {group, options}; those known only when the page is drawn are given to `shown`."""


class Question(msgspec.Struct, frozen=True):
    """What is asked for one command."""

    command: type[Command]
    title: str
    asks: tuple[Ask, ...]
    record: str = "Record"
    says: str = ""

    @property
    def has_file(self) -> bool:
        return any(ask.kind == "file" for ask in self.asks)

    def read(self, form: Form, **given: Any) -> Any:
        """The command as typed, each wrong field told; raises Invalid."""
        for ask in self.asks:
            typed = form.text(ask.name)
            if ask.kind == "money" and typed:
                given[ask.name] = pence = pence_in(typed)
                if pence is None:
                    form.wrong(ask.name, "Enter an amount in pounds, such as 180 or 1,234.50.")
                elif not self._holds(ask.name, pence):
                    form.wrong(ask.name, "This amount is too small or too large.")
        return form.read(self.command, **given)

    def _holds(self, name: str, pence: int) -> bool:
        """Whether an amount lies within what the command allows."""
        try:
            msgspec.convert(pence, get_type_hints(self.command, include_extras=True)[name])
        except msgspec.ValidationError:
            return False
        return True

    def shown(
        self,
        form: Form,
        *,
        crumbs: Options,
        action: str,
        seen: int,
        back_href: str,
        about: str = "",
        now: Options = (),
        options: Mapping[str, Options] | None = None,
        notes: Sequence[str] = (),
        keep: Options = (),
        links: Options = (),
    ) -> Page:
        """The page.

        Args:
            about: Whom it is about, beneath the heading.
            now: [{label, value}], what stands already.
            options: For each field whose choices are known only now.
            notes: Sentences ahead of the fields: what is missing, what follows.
            keep: [{name, value}], what the form carries unseen.
            links: [{text, href}], what can be done instead.
        """
        known = options or {}
        asks = [
            {
                "name": ask.name,
                "label": ask.label,
                "kind": ask.kind,
                "hint": ask.hint,
                "options": known.get(ask.name, YES_NO if ask.kind == "yes_no" else ask.options),
            }
            for ask in self.asks
        ]
        return page(
            "question.html",
            crumbs=crumbs,
            title=self.title,
            about=about,
            says=self.says,
            now=now,
            notes=notes,
            asks=asks,
            files=self.has_file,
            action=action,
            token=form.token(seen),
            keep=keep,
            links=links,
            form=form,
            record=self.record,
            back_href=back_href,
        )
