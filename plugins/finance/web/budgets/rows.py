"""The rows of a draft budget: drawn from a version, typed, read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.money import pence_in, pounds
from core.web.forms import Form
from core.web.questions import Options

from ...codes import FUNDS, PRINCIPLES, RETURN_LINES
from ...commands import DraftBudget, NewLine
from ...facts import BudgetLine
from ...rules import PROFILES
from ...views import FLAT, Budgets, Version

MOST = 45
"""Rows one form can carry."""
_SPARE = 3
_FIELDS = ("name", "fund", "code", "cost_centre", "pence", "principle", "profile", "owner", "line")
_PROFILES = {"payroll": "Alike in every month", "terms": "In September, January and April"}

FUND_OPTIONS: Options = [{"value": "", "text": "Choose"}] + [
    {"value": key, "text": one.title} for key, one in FUNDS.items() if not one.memo
]
CODE_OPTIONS: Options = [{"value": "", "text": "Choose"}] + [
    {"value": key, "text": f"{key} {one.title}"} for key, one in RETURN_LINES.items() if not one.income
]
PRINCIPLE_OPTIONS: Options = [{"value": "", "text": "None"}] + [
    {"value": key, "text": one.title} for key, one in PRINCIPLES.value.items()
]


def begin(form: Form, version: Version | None, year: int) -> Form:
    """The form filled with a version's lines; of another year as new lines."""
    lines = version.told.lines if version else ()
    for number, line in enumerate(lines[:MOST], start=1):
        same = version is not None and version.told.year == year
        told = {
            "name": line.name,
            "fund": line.fund,
            "code": line.code,
            "cost_centre": line.cost_centre,
            "pence": pounds(line.pence).removeprefix("£"),
            "principle": line.principle,
            "profile": _profile(line),
            "owner": line.owner,
            "line": str(line.line) if same else "",
        }
        form.fill(**{f"{name}-{number}": value for name, value in told.items()})
    return form.fill(rows=str(min(max(len(lines), 1) + _SPARE, MOST)))


def count(form: Form) -> int:
    """How many rows the form has."""
    typed = form.text("rows")
    return min(int(typed), MOST) if typed.isdecimal() and len(typed) < 4 else _SPARE


def more(form: Form) -> None:
    """Empty rows at the end."""
    form.fields["rows"] = [str(min(count(form) + _SPARE, MOST))]


def drawn(form: Form, known: Budgets, earlier: Mapping[UUID, BudgetLine]) -> list[dict[str, Any]]:
    """The rows for the page: what was typed, and of a line that was there before its fund and what was moved to it."""
    rows = []
    for number in range(1, count(form) + 1):
        was = earlier.get(_line_of(form, number) or UUID(int=0))
        rows.append(
            {
                "number": number,
                "line": str(was.line) if was else "",
                "fund": FUNDS[was.fund].title if was else "",
                "profiles": _profile_options(was),
                "moved": _moved(known.moved(was.line)) if was else "",
            }
        )
    return rows


def _moved(pence: int) -> str:
    return f"{pounds(abs(pence))} was moved {'here' if pence > 0 else 'away'} and stays so." if pence else ""


def read(form: Form, year: int, earlier: Mapping[UUID, BudgetLine]) -> DraftBudget:
    """The draft as typed; rows left empty are no lines. Each wrong field is told; raises Invalid."""
    lines = tuple(_read(form, number, earlier) for number in range(1, count(form) + 1) if _is_used(form, number))
    if not lines:
        form.wrong("name-1", "Enter at least one line.")
    return form.read(DraftBudget, year=year, lines=tuple(line for line in lines if line is not None))


def _is_used(form: Form, number: int) -> bool:
    """Whether anything was typed of it. A line that was there is left out by clearing its name."""
    if _line_of(form, number) is not None:
        return bool(form.text(f"name-{number}"))
    return any(form.text(f"{name}-{number}") for name in ("name", "fund", "code", "pence"))


def _read(form: Form, number: int, earlier: Mapping[UUID, BudgetLine]) -> NewLine | None:
    told = {name: form.text(f"{name}-{number}") for name in _FIELDS}
    was = earlier.get(_line_of(form, number) or UUID(int=0))
    pence = pence_in(told["pence"]) if told["pence"] else None
    faults = {
        "name": "" if 0 < len(told["name"]) <= 100 else "enter a name of up to 100 letters",
        "fund": "" if was or told["fund"] in FUNDS else "choose a fund",
        "code": "" if told["code"] in RETURN_LINES else "choose a code of the return",
        "pence": "" if pence is not None else "enter an amount in pounds, such as 12,000",
    }
    for name, says in faults.items():
        if says:
            form.wrong(f"{name}-{number}", f"Line {number}: {says}.")
    if any(faults.values()):
        return None
    whole = {
        **told,
        "fund": was.fund if was else told["fund"],
        "pence": pence,
        "cost_centre": told["cost_centre"] or "SEN",
        "profile": was.profile if was and told["profile"] == "kept" else PROFILES.value.get(told["profile"], FLAT),
        "line": was.line if was else None,
    }
    try:
        return msgspec.convert(whole, NewLine)
    except msgspec.ValidationError:
        form.wrong(f"pence-{number}", f"Line {number}: the amount is too small or too large, or a word too long.")
        return None


def _line_of(form: Form, number: int) -> UUID | None:
    try:
        return UUID(form.text(f"line-{number}"))
    except ValueError:
        return None


def _profile(line: BudgetLine) -> str:
    """What the form calls a line's profile."""
    named = (key for key, weights in PROFILES.value.items() if weights == (line.profile or FLAT))
    return next(named, "kept")


def _profile_options(was: BudgetLine | None) -> Options:
    kept = [{"value": "kept", "text": "As it was"}] if was and _profile(was) == "kept" else []
    return [{"value": key, "text": text} for key, text in _PROFILES.items()] + kept
