"""Rows of an application form: jobs, education, referees; as many as are wanted, blank ones left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from core.roll.rules import uk_date
from core.web.forms import Form

from ...facts import Job, Referee, Schooling

_YES_NO = ({"value": "", "text": ""}, {"value": "true", "text": "Yes"}, {"value": "false", "text": "No"})


class Cell(msgspec.Struct, frozen=True):
    """One thing a row asks for."""

    name: str
    label: str
    kind: str = "text"
    """text, day or yes_no."""
    called: str = ""
    """In an error, such as "the employer"; "" where it may be left out."""


class Rows(msgspec.Struct, frozen=True):
    """A kind of row."""

    name: str
    title: str
    called: str
    """One of them, such as "Job"."""
    hint: str
    cells: tuple[Cell, ...]
    at_first: int
    at_most: int
    make: Callable[[Mapping[str, Any]], Any]


JOBS = Rows(
    "jobs",
    "Work, the newest first",
    "Job",
    "Everything since education, other stretches such as caring or travel among it. Leave the last day empty while it "
    "goes on.",
    (
        Cell("employer", "Employer", called="the employer"),
        Cell("title", "Post", called="the post"),
        Cell("from_on", "From", "day", "the first day"),
        Cell("until_by", "To", "day"),
        Cell("with_children", "With children?", "yes_no", "whether it was with children"),
        Cell("reason_left", "Why they left"),
    ),
    5,
    25,
    lambda told: Job(**told),
)
SCHOOLING = Rows(
    "schooling",
    "Education and training",
    "Course",
    "From leaving school on.",
    (
        Cell("place", "Where", called="where it was"),
        Cell("award", "Award", called="the award"),
        Cell("from_on", "From", "day", "the first day"),
        Cell("until_by", "To", "day", "the last day"),
    ),
    3,
    15,
    lambda told: Schooling(**told),
)
REFEREES = Rows(
    "referees",
    "Referees",
    "Referee",
    "One is the last employer; one speaks for the last work with children.",
    (
        Cell("name", "Name", called="the name"),
        Cell("organisation", "Organisation"),
        Cell("email", "E-mail"),
        Cell("phone", "Telephone"),
        Cell("last_employer", "Last employer?", "yes_no", "whether they speak for the last employer"),
        Cell("with_children", "Last work with children?", "yes_no", "whether they speak for work with children"),
    ),
    2,
    6,
    lambda told: Referee(**told),
)
EVERY = (JOBS, SCHOOLING, REFEREES)


def count_of(rows: Rows, form: Form) -> int:
    """How many rows the form has now; the button that adds some names which."""
    typed = form.text(f"{rows.name}_count")
    now = min(int(typed), rows.at_most) if typed.isdecimal() and len(typed) < 4 else rows.at_first
    return min(now + (rows.at_first if form.text("more") == rows.name else 0), rows.at_most)


def drawn(rows: Rows, form: Form) -> dict[str, Any]:
    """The rows for `parts.rows`."""
    count = count_of(rows, form)
    return {
        "name": rows.name,
        "title": rows.title,
        "hint": rows.hint,
        "count": count,
        "more": f"More rows: {rows.title.partition(',')[0].lower()}" if count < rows.at_most else "",
        "rows": [
            {
                "legend": f"{rows.called} {at + 1}",
                "cells": [
                    {
                        "name": field(rows, at, cell.name),
                        "label": cell.label,
                        "kind": cell.kind,
                        "options": _YES_NO if cell.kind == "yes_no" else (),
                    }
                    for cell in rows.cells
                ],
            }
            for at in range(count)
        ],
    }


def field(rows: Rows, at: int, name: str) -> str:
    return f"{rows.name}_{at}_{name}"


def read(rows: Rows, form: Form) -> tuple[Any, ...]:
    """The rows somebody filled in; what is wrong with each stands in the form's errors."""
    found = []
    for at in range(count_of(rows, form)):
        typed = {cell.name: form.text(field(rows, at, cell.name)) for cell in rows.cells}
        if any(typed.values()):
            told = {cell.name: _value(rows, at, cell, typed[cell.name], form) for cell in rows.cells}
            if not any(form.error(field(rows, at, cell.name)) for cell in rows.cells):
                found.append(rows.make(told))
    return tuple(found)


def _value(rows: Rows, at: int, cell: Cell, text: str, form: Form) -> Any:
    """One cell's value; None with an error where there is none."""
    name, which = field(rows, at, cell.name), f"{rows.called} {at + 1}"
    if not text and cell.called:
        form.wrong(name, f"{which}: enter {cell.called}.")
        return None
    if cell.kind == "yes_no":
        return text == "true"
    if cell.kind != "day":
        return text[:400]
    if not text:
        return None
    found = uk_date(text)
    if found is None:
        form.wrong(name, f"{which}: enter a real date, such as 1/9/2024.")
    return found
