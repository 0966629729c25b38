"""Lists: filters, sort and pages, all in the address, so that a list can be sent to a colleague as it stands.

Words searched for may be a child's name: they stand in the address sealed, and only this installation can read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from litestar import Response

from core.desk import Desk
from core.web.forms import Form
from core.web.pages import see_other
from core.wording import day

T = TypeVar("T")
_PER_PAGE = 50
_WORDS = {"q", "pupil"}
Choices = Sequence[tuple[str, str]]


class Listing:
    """One drawing of a list: what the address asks for, and the addresses of what else may be asked.

    Args:
        names: Fields of the filter; anything else in the address is ignored.
    """

    def __init__(self, desk: Desk, path: str, query: Mapping[str, str], names: Sequence[str]) -> None:
        self.path = path
        self._store = desk.building.desk_store
        self.chosen = {name: query.get(name, "").strip()[:400] for name in names}
        for name in _WORDS & self.chosen.keys():
            self.chosen[name] = self._store.open_words("search", self.chosen[name])
        self.sort = query.get("sort", "")[:40]
        text = query.get("page", "1")
        self.number = max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1

    def href(self, **changes: str) -> str:
        """This list's address with these fields changed; blank ones left out."""
        kept = {**self.chosen, "sort": self.sort, **changes}
        for name in _WORDS & kept.keys():
            kept[name] = self._store.seal_words("search", kept[name]) if kept[name] else ""
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def filters(self, form: Form, labels: Mapping[str, str], choices: Mapping[str, Choices]) -> dict[str, Any]:
        """For `ui.filters`. It posts, so that nothing typed stands in an address; `find` answers it."""
        told = {name: dict(options) for name, options in choices.items()}
        applied = [
            {
                "text": f"{labels[name]}: {told.get(name, {}).get(value) or _plain(value)}",
                "href": self.href(**{name: ""}),
            }
            for name, value in self.chosen.items()
            if value and name in labels
        ]
        return {
            "action": self.path,
            "token": form.token(),
            "chosen": self.chosen,
            "choices": {
                name: [{"value": value, "text": text} for value, text in options] for name, options in choices.items()
            },
            "applied": applied,
            "clear": self.path if applied else None,
            "sort": [{"name": "sort", "value": self.sort}] if self.sort else [],
        }

    def columns(self, columns: Sequence[tuple[str, str]], usual: str) -> list[dict[str, Any]]:
        """For `ui.columns`: each (text, key); a key of "" does not sort."""
        now = self.sort or usual
        told = []
        for text, key in columns:
            ascending = now == key
            sorted_now = "ascending" if ascending else "descending" if now == f"-{key}" else None
            href = self.href(sort=f"-{key}" if ascending else key) if key else None
            told.append({"text": text, "href": href, "sorted": sorted_now if key else None})
        return told

    def sorted(self, rows: Sequence[T], keys: Mapping[str, Callable[[T], Any]], usual: str) -> list[T]:
        """The rows by the column the address names; by the usual one where it names none."""
        wanted = self.sort or usual
        name = wanted.removeprefix("-")
        if name not in keys:
            wanted = name = usual
        return sorted(rows, key=keys[name], reverse=wanted.startswith("-"))

    def cut(self, rows: Sequence[T], called: str = "") -> tuple[list[T], str, dict[str, Any] | None]:
        """This page's rows, the caption that says which they are, and the links to the others."""
        last = max(1, -(-len(rows) // _PER_PAGE))
        number = min(self.number, last)
        start = (number - 1) * _PER_PAGE
        shown = list(rows[start : start + _PER_PAGE])
        caption = f"{start + 1:,} to {start + len(shown):,} of {len(rows):,}{called}" if rows else "None"
        if last == 1:
            return shown, caption, None
        near = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
        items: list[dict[str, Any]] = []
        for before, one in zip([0, *near], near, strict=False):
            if one - before > 1:
                items.append({"text": "", "href": None, "current": False})
            items.append({"text": str(one), "href": self.href(page=str(one)), "current": one == number})
        return (
            shown,
            caption,
            {
                "says": caption,
                "previous": self.href(page=str(number - 1)) if number > 1 else None,
                "next": self.href(page=str(number + 1)) if number < last else None,
                "items": items,
            },
        )


def _plain(value: str) -> str:
    """A day as people write it; anything else as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def find(desk: Desk, path: str, form: Form, names: Sequence[str]) -> Response[Any]:
    """Goes on to the list the filter asks for."""
    listing = Listing(desk, path, {}, names)
    listing.chosen = {name: form.text(name)[:200] for name in names}
    listing.sort = form.text("sort")[:40]
    return see_other(listing.href())
