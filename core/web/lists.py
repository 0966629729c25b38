"""Lists: filters, sort and pages, all in the address, so that a list can be sent to a colleague as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
_PER_PAGE = 50
Choices = Sequence[tuple[str, str]]


class Listing:
    """One drawing of a list: what the address asks for, and the addresses of what else may be asked.

    Args:
        names: Fields of the filter; anything else in the address is ignored.
    """

    def __init__(self, path: str, query: Mapping[str, str], names: Sequence[str]) -> None:
        self.path = path
        self.chosen = {name: query.get(name, "").strip()[:200] for name in names}
        self.sort = query.get("sort", "")[:40]
        text = query.get("page", "1")
        self.number = int(text) if text.isdecimal() and 0 < int(text) < 10_000 else 1

    def href(self, **changes: str) -> str:
        """This list's address with these fields changed; blank ones left out."""
        kept = {**self.chosen, "sort": self.sort, **changes}
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def filters(self, labels: Mapping[str, str], choices: Mapping[str, Choices]) -> dict[str, Any]:
        """For `ui.filters`."""
        told = {name: dict(options) for name, options in choices.items()}
        applied = [
            {"text": f"{labels[name]}: {told.get(name, {}).get(value, value)}", "href": self.href(**{name: ""})}
            for name, value in self.chosen.items()
            if value and name in labels
        ]
        return {
            "action": self.path,
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


def share(part: int, whole: int) -> float:
    """Per cent, to one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0
