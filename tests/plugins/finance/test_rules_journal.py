"""Journals: each comes to nothing, stays whole, and lies in a file the ledger takes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.finance.rules import JournalLine, journal_files, journal_findings

POSTED_ON = date(2026, 11, 30)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def journal(narration: str, lines: int, posted_on: date = POSTED_ON) -> tuple[JournalLine, ...]:
    """A balanced journal of so many lines, two or more."""
    debits = tuple(JournalLine(narration, posted_on, "400", 100 + number) for number in range(lines - 1))
    return (*debits, JournalLine(narration, posted_on, "800", -sum(line.pence for line in debits)))


@pytest.mark.parametrize(
    ("sizes", "files"),
    [
        pytest.param((300, 300, 12), [300, 300, 12], id="rule 39, 612 lines"),
        pytest.param((100, 200, 150, 150, 12), [300, 300, 12], id="rule 39, of several journals"),
        pytest.param((200, 200, 200, 12), [200, 200, 212], id="whole rather than full"),
        ((299,), [299]),
        ((299, 2), [299, 2]),
        ((), []),
    ],
)
def test_files_hold_whole_journals_of_300_lines_together_at_most(sizes: tuple[int, ...], files: list[int]) -> None:
    lines = tuple(line for number, size in enumerate(sizes) for line in journal(f"J{number}", size))
    assert [len(file) for file in journal_files(lines)] == files
    assert journal_findings(lines) == ()


def test_rule_39_a_journal_of_301_lines_is_refused() -> None:
    lines = journal("November", 301)
    (finding,) = journal_findings(lines)
    assert (finding.level, finding.code) == ("error", "too_long")
    assert finding.says.startswith("'November' of 30 November 2026 has 301 lines, and a file takes 300.")
    with pytest.raises(ValueError, match="more than 300"):
        journal_files(lines)


DEBIT, CREDIT = JournalLine("November", POSTED_ON, "400", 72_000), JournalLine("November", POSTED_ON, "800", -72_000)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((DEBIT, CREDIT), []),
        ((), []),
        pytest.param((DEBIT,), ["unbalanced"], id="rule 39, the sum is not 0p"),
        pytest.param(
            (DEBIT, JournalLine("November", POSTED_ON, "800", -72_001)), ["unbalanced"], id="rule 39, a penny out"
        ),
        pytest.param(
            (DEBIT, JournalLine("November", date(2026, 12, 1), "800", -72_000)),
            ["unbalanced"] * 2,
            id="another day is another journal",
        ),
        pytest.param(
            (DEBIT, JournalLine(" November", POSTED_ON, "800", -72_000)), [], id="spaces make no other journal"
        ),
        ((DEBIT, JournalLine("November", POSTED_ON, " ", -72_000)), ["no_account"]),
    ],
)
def test_a_journal_comes_to_nothing_and_every_line_has_its_account(
    lines: tuple[JournalLine, ...], found: list[str]
) -> None:
    assert codes(journal_findings(lines)) == [("error", code) for code in found]


@pytest.mark.parametrize(("line", "more"), [(DEBIT, "£720.00 more debits"), (CREDIT, "£720.00 more credits")])
def test_an_unbalanced_journal_says_what_there_is_too_much_of(line: JournalLine, more: str) -> None:
    (finding,) = journal_findings((line,))
    assert more in finding.says


def test_lines_without_an_account_are_counted() -> None:
    lines = [JournalLine("November", POSTED_ON, account, 0) for account in ("", "400", "")]
    (two,) = journal_findings(tuple(lines))
    assert "has 2 lines without an account" in two.says
    (one,) = journal_findings(tuple(lines[:2]))
    assert "has 1 line without an account" in one.says


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(-500, 500)), max_size=900))
def test_files_hold_every_line_once_and_no_journal_is_divided(rows: list[tuple[str, int]]) -> None:
    seen = Counter[str]()
    lines = []
    for narration, pence in rows:
        seen[narration] += 1
        lines.append(JournalLine(f"{narration}{seen[narration] // 300}", POSTED_ON, "400", pence))
    files = journal_files(tuple(lines))
    assert Counter(line for file in files for line in file) == Counter(lines)
    assert all(1 <= len(file) <= 300 for file in files)
    narrations = [narration for file in files for narration in {line.narration for line in file}]
    assert len(narrations) == len(set(narrations))
