"""The rows of a strategy being written: drawn from a version, typed, read."""

from __future__ import annotations

from uuid import UUID

from core.money import pence_in, pounds
from core.web.forms import Form
from core.web.questions import Options

from ...codes import PRINCIPLES
from ...commands import WriteStrategy
from ...facts import Activity, StrategyWritten
from ...views import Budgets

MOST = 60
"""Rows one form can carry."""
_SPARE = 3
_FIELDS = ("principle", "what", "line", "pence", "owner", "measure")


def begin(form: Form, version: StrategyWritten | None) -> Form:
    """The form filled with a version's activities; with a row for each principle where nothing is written."""
    if version is None:
        form.fill(**{f"principle-{n}": key for n, key in enumerate(PRINCIPLES.value, start=1)})
        return form.fill(rows=str(len(PRINCIPLES.value)), several_years="false")
    for number, one in enumerate(version.activities[:MOST], start=1):
        told = {
            "principle": one.principle,
            "what": one.what,
            "line": str(one.line) if one.line else "",
            "pence": "" if one.pence is None else pounds(one.pence).removeprefix("£"),
            "owner": one.owner,
            "measure": one.measure,
        }
        form.fill(**{f"{name}-{number}": value for name, value in told.items()})
    return form.fill(
        rows=str(min(len(version.activities) + 1, MOST)),
        introduction=version.introduction,
        several_years="true" if version.several_years else "false",
        review_by=version.review_by,
    )


def count(form: Form) -> int:
    """How many rows the form has."""
    typed = form.text("rows")
    return min(int(typed), MOST) if typed.isdecimal() and len(typed) < 4 else _SPARE


def more(form: Form) -> None:
    """Empty rows at the end."""
    form.fields["rows"] = [str(min(count(form) + _SPARE, MOST))]


def line_options(money: Budgets, year: int) -> Options:
    """Lines of the inclusive mainstream fund, by the principle they are tagged to."""
    standing = money.standing(year)
    lines = [line for line in (standing.told.lines if standing else ()) if line.fund == "inclusive"]
    order = list(PRINCIPLES.value)
    tagged = sorted((line for line in lines if line.principle in order), key=lambda line: order.index(line.principle))
    return [
        {"value": "", "text": "None yet"},
        *(
            {
                "value": str(line.line),
                "text": f"{PRINCIPLES.value[line.principle].title}: {line.name}, "
                f"{pounds(line.pence + money.moved(line.line))}",
            }
            for line in tagged
        ),
    ]


def read(form: Form, year: int) -> WriteStrategy:
    """The version as typed; rows left empty are no activities. Each wrong field is told; raises Invalid."""
    activities = [_read(form, number) for number in range(1, count(form) + 1) if _is_used(form, number)]
    if not activities:
        form.wrong("what-1", "Enter at least one activity.")
    return form.read(WriteStrategy, year=year, activities=tuple(activities))


def _is_used(form: Form, number: int) -> bool:
    """Whether anything was typed of it. A principle alone is no activity."""
    return any(form.text(f"{name}-{number}") for name in _FIELDS[1:])


def _read(form: Form, number: int) -> Activity:
    told = {name: form.text(f"{name}-{number}") for name in _FIELDS}
    pence = pence_in(told["pence"]) if told["pence"] else None
    if told["pence"] and pence is None:
        form.wrong(f"pence-{number}", f"Activity {number}: enter an amount in pounds, such as 2,000, or nothing yet.")
    return Activity(told["principle"], told["what"], _line(told["line"]), pence, told["owner"], told["measure"])


def _line(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
