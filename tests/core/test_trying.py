"""Every rule of every plugin can be tried by whoever signs in: the longest, latest and largest has an answer too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from core.law import LARGEST, LONGEST, YEARS, BadArguments, Parameter, Rule
from tests.core.house import House

_DAYS = (f"{YEARS[0]}-01-01", f"{YEARS[-1]}-12-31")


def most(hint: Any, size: int, first: int, length: int) -> Any:
    """Something of this kind for JSON: numbers of a size, first days and last ones in turn, lists of a length."""
    kind, inner = get_origin(hint), [one for one in get_args(hint) if one not in (NoneType, Ellipsis)]
    if kind is Literal:
        return inner[first % len(inner)]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return {key: most(one, size, at, length) for at, (key, one) in enumerate(get_type_hints(hint).items())}
    if kind in (dict, Mapping):
        return {str(most(inner[0], size, first, 1)): most(inner[1], size, first, 1)}
    if kind in (list, set, frozenset) or Ellipsis in get_args(hint):
        return [most(inner[0], size, at, 1) for at in range(length)]
    if kind is tuple:
        return [most(one, size, at, 1) for at, one in enumerate(inner)]
    if inner:
        return most(inner[0], size, first, length)
    known: dict[Any, Any] = {bool: True, int: size, float: size, date: _DAYS[first % 2], str: "words"}
    return known.get(hint, "2027-05-04T09:00:00Z" if hint is datetime else "0195c2a0-7c00-7000-8000-000000000001")


def typed(one: Parameter, size: int, first: int) -> str:
    """The most of it that a form takes."""
    if not one.as_json:
        value = most(next(kind for kind in one.kinds if kind is not NoneType), size, first, 1)
        return json.dumps(value).strip('"')
    lengths = (json.dumps(most(one.hint, size, first, length)) for length in (1000, 300, 100, 30, 10, 3, 1))
    return next(text for text in lengths if len(text) <= LONGEST)


@pytest.mark.parametrize(("size", "first"), [(LARGEST, 0), (LARGEST, 1), (-LARGEST, 0)])
def test_every_rule_has_an_answer_to_the_most_that_can_be_typed(house: House, size: int, first: int) -> None:
    rules = house.building.plugins.rules().values()
    assert len(rules) > 200
    assert sum(answers(rule, size, first) for rule in rules) > 100


def answers(rule: Rule, size: int, first: int) -> bool:
    """Whether a rule can be worked out; it says so where it cannot."""
    given = {one.name: typed(one, size, first + at) for at, one in enumerate(rule.parameters)}
    try:
        rule.try_with(given)
    except BadArguments:
        return False
    return True
