"""Journals for the trust's ledger: balanced, whole, and in files that it takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites, plain
from core.money import pounds

from ..codes import JOURNAL_LINES

_READ_ON = date(2026, 11, 22)
_MOST_LINES = JOURNAL_LINES.value
_error = partial(Finding, "error")


class JournalLine(Struct, frozen=True):
    """A line of a journal. Lines of one narration and one day are one journal."""

    narration: str
    posted_on: date
    account: str
    pence: int  # a debit; below zero, a credit
    description: str = ""
    tax_rate: str = ""
    cost_centre: str = ""
    fund: str = ""


_cites_xero = cites(
    "Xero: import manual journals", "help.xero.com", as_at=_READ_ON, edition="ManualJournalsImport", rule="finance 39"
)


@_cites_xero
def journal_findings(lines: tuple[JournalLine, ...]) -> tuple[Finding, ...]:
    """Why journals cannot be exported: one does not come to nothing, is too long for a file, or has no account."""
    found = []
    for journal in _journals(lines):
        named = f"'{journal[0].narration}' of {plain(journal[0].posted_on)}"
        if over := sum(line.pence for line in journal):
            more = "debits" if over > 0 else "credits"
            says = f"{named} has {pounds(abs(over))} more {more}. A journal comes to nothing: find what is missing."
            found.append(_error("unbalanced", says, "pence"))
        if len(journal) > _MOST_LINES:
            says = (
                f"{named} has {len(journal)} lines, and a file takes {_MOST_LINES}. "
                "Give a part of it another narration: each part must come to nothing."
            )
            found.append(_error("too_long", says, "narration"))
        if missing := sum(not line.account.strip() for line in journal):
            says = f"{named} has {missing} {'line' if missing == 1 else 'lines'} without an account. Map their codes."
            found.append(_error("no_account", says, "account"))
    return tuple(found)


@_cites_xero
def journal_files(lines: tuple[JournalLine, ...]) -> tuple[tuple[JournalLine, ...], ...]:
    """The lines in files of at most 300, each journal whole in one of them, in the order in which they begin.

    Raises:
        ValueError: A journal is too long for any file.
    """
    files: list[tuple[JournalLine, ...]] = []
    for journal in _journals(lines):
        if len(journal) > _MOST_LINES:
            raise ValueError(f"'{journal[0].narration}' has {len(journal)} lines, more than {_MOST_LINES}")
        if files and len(files[-1]) + len(journal) <= _MOST_LINES:
            files[-1] += journal
        else:
            files.append(journal)
    return tuple(files)


def _journals(lines: Iterable[JournalLine]) -> tuple[tuple[JournalLine, ...], ...]:
    """The lines of each journal together; upper and lower case matter, spaces around a narration do not."""
    journals: dict[tuple[str, date], list[JournalLine]] = {}
    for line in lines:
        journals.setdefault((line.narration.strip(), line.posted_on), []).append(line)
    return tuple(map(tuple, journals.values()))
