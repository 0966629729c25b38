"""A rule is shown with its words and its source, and has an answer to whatever a person types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from types import ModuleType, NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from core.law import YEARS, Citation, cites
from core.trying import LARGEST, LONGEST, BadArgument, BadArguments, Parameter, Rule, Tried, rules_of
from tests.core.house import House

READ_ON = date(2026, 11, 22)


class Part(Struct, frozen=True):
    code: str
    rank: int


@cites("An Act, s.1", "legislation.gov.uk/x", as_at=READ_ON, edition="2014", rule="register 1")
def later(day: date, days: int = 1, strict: bool = False, parts: tuple[Part, ...] = ()) -> date | None:
    """The day some days later.

    Read so: a strict one
        is never found.
    """
    return None if strict else date.fromordinal(day.toordinal() + days + len(parts))


@cites("General knowledge", "", as_at=READ_ON, verified=False)
def first(word: str, kind: Literal["K", "N"], until: date | None) -> str:
    return f"{word} {kind} {until}"


@cites("General knowledge", "", as_at=READ_ON)
def _hidden() -> None: ...


def uncited() -> None:
    """No law says so."""


@pytest.fixture
def rules() -> dict[str, Rule]:
    return {
        rule.name: rule for rule in rules_of("test", written(later=later, first=first, _hidden=_hidden, one=uncited))
    }


def written(**names: Any) -> ModuleType:
    """This module, as if only these names were written in it."""
    module = ModuleType(__name__)
    vars(module).update(names)
    return module


def test_a_cited_function_stays_the_function_it_was() -> None:
    assert later(date(2026, 1, 1)) == date(2026, 1, 2)
    assert vars(later)["__citation__"] == Citation(
        "An Act, s.1", "legislation.gov.uk/x", READ_ON, True, "2014", "register 1"
    )


def test_rules_are_the_public_cited_functions_in_their_order(rules: dict[str, Rule]) -> None:
    assert list(rules) == ["test.later", "test.first"]


def test_a_rule_from_another_room_is_not_listed_again() -> None:
    module = ModuleType("plugins.other.rules")
    vars(module)["later"] = later
    assert rules_of("other", module) == ()


def test_a_rule_written_in_a_folder_is_listed_by_the_folder() -> None:
    module = ModuleType(__name__.rpartition(".")[0] or "tests")
    vars(module)["later"] = later
    assert [rule.name for rule in rules_of("x", module)] == ["x.later"]


def test_a_rule_says_its_words_and_what_it_asks_for(rules: dict[str, Rule]) -> None:
    rule = rules["test.later"]
    assert rule.summary == "The day some days later."
    assert rule.wording == "The day some days later.\n\nRead so: a strict one\n    is never found."
    assert [(known.name, known.required, known.default) for known in rule.parameters] == [
        ("day", True, None),
        ("days", False, 1),
        ("strict", False, False),
        ("parts", False, ()),
    ]
    assert [known.wants for known in rule.parameters] == [
        "a day, such as 2027-05-04",
        "a whole number",
        "true or false",
        'JSON, such as [{"code":"words","rank":1}]',
    ]


def test_a_rule_without_words_has_an_empty_wording(rules: dict[str, Rule]) -> None:
    assert rules["test.first"].wording == rules["test.first"].summary == ""


def test_what_is_wanted_is_said_for_choices_and_optional_things(rules: dict[str, Rule]) -> None:
    assert [known.wants for known in rules["test.first"].parameters] == [
        "some words",
        "one of K, N",
        "a day, such as 2027-05-04",
    ]
    optional = Parameter("parts", tuple[Part, ...] | None, required=True)
    assert optional.wants == 'JSON, such as [{"code":"words","rank":1}]'
    assert optional.read("") is None


def test_a_rule_answers_typed_words_with_value_words_and_source(rules: dict[str, Rule]) -> None:
    given_words = {"day": "2027-05-01", "days": "2", "parts": '[{"code": "ASD", "rank": 1}]'}
    tried = rules["test.later"].try_with(given_words)
    assert tried == Tried(date(2027, 5, 4), "4 May 2027", rules["test.later"].citation)


@pytest.mark.parametrize("blank", ["", " ", "none", "None"])
def test_a_blank_means_the_default_or_none(rules: dict[str, Rule], blank: str) -> None:
    assert rules["test.later"].try_with({"day": "2027-05-03", "days": blank}).says == "4 May 2027"
    assert rules["test.first"].try_with({"word": "x", "kind": "K", "until": blank}).value == "x K None"


def test_a_blank_text_is_a_text() -> None:
    (rule,) = rules_of("test", written(first=first))
    assert rule.try_with({"word": "", "kind": "K", "until": ""}).value == " K None"


def test_every_fault_is_told_at_once(rules: dict[str, Rule]) -> None:
    with pytest.raises(BadArguments) as refused:
        rules["test.later"].try_with({"days": "two", "strict": "perhaps", "parts": '[{"code": 1}]', "colour": "red"})
    assert refused.value.faults == (
        BadArgument("colour", "This rule does not ask for that."),
        BadArgument("day", "This is missing. Give a day, such as 2027-05-04."),
        BadArgument("days", "Give a whole number."),
        BadArgument("strict", "Give true or false."),
        BadArgument(
            "parts",
            'Give JSON, such as [{"code":"words","rank":1}]. Expected `str`, got `int` - at `$[0].code`.',
        ),
    )
    assert "colour: This rule does not ask for that." in str(refused.value)


@pytest.mark.parametrize("day", ["31/12/2026", "2026-02-30", "tomorrow", "", "20260101"])
def test_a_day_is_typed_the_iso_way(rules: dict[str, Rule], day: str) -> None:
    with pytest.raises(BadArguments) as refused:
        rules["test.later"].try_with({"day": day})
    assert refused.value.faults == (BadArgument("day", "Give a day, such as 2027-05-04."),)


def test_what_a_rule_cannot_work_out_is_a_fault_of_the_whole(rules: dict[str, Rule]) -> None:
    with pytest.raises(BadArguments) as refused:
        rules["test.later"].try_with({"day": "2199-12-31", "days": "1000000000"})
    assert [fault.field for fault in refused.value.faults] == [""]


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"days": "1000000000001"}, "days", "Give numbers up to 1,000,000,000,000."),
        ({"days": "-1000000000001"}, "days", "Give numbers up to 1,000,000,000,000."),
        ({"days": "9" * 4000}, "days", "Give numbers up to 1,000,000,000,000."),
        ({"day": "1899-12-31"}, "day", "Give a day from 1900 to 2199."),
        ({"day": "2200-01-01"}, "day", "Give a day from 1900 to 2199."),
        ({"parts": '[{"code": "x", "rank": 1000000000001}]'}, "parts", "Give numbers up to 1,000,000,000,000."),
        ({"parts": "[]" + " " * 9_999}, "parts", "Give 10,000 characters at most."),
    ],
)
def test_what_is_beyond_every_case_is_not_tried(
    rules: dict[str, Rule], given: dict[str, str], field: str, says: str
) -> None:
    with pytest.raises(BadArguments) as refused:
        rules["test.later"].try_with({"day": "2027-05-04"} | given)
    assert refused.value.faults == (BadArgument(field, says),)


def test_the_largest_that_may_be_tried_is(rules: dict[str, Rule]) -> None:
    text = '[{"code": "x", "rank": -1000000000000}]'.ljust(10_000)
    assert rules["test.later"].try_with({"day": "2199-12-31", "parts": text}).value == date(2200, 1, 2)


@given(st.text())
def test_no_typed_text_breaks_the_trial_of_a_rule(text: str) -> None:
    for rule in rules_of("test", written(later=later, first=first)):
        with suppress(BadArguments):
            assert isinstance(rule.try_with({known.name: text for known in rule.parameters}), Tried)


def test_a_rule_that_takes_and_gives_a_mapping_is_tried_in_plain_words() -> None:
    @cites("Tallystick", "", as_at=date(2026, 11, 22), verified=False, rule="house 1")
    def doubled(weights: Mapping[str, int]) -> dict[str, int]:
        """Each weight twice."""
        return {key: 2 * weight for key, weight in weights.items()}

    module = ModuleType("shares")
    doubled.__module__ = "shares"
    module.doubled = doubled  # type: ignore[attr-defined]
    (rule,) = rules_of("shares", module)
    assert rule.parameters[0].wants == 'JSON, such as {"words":1}'
    assert rule.try_with({"weights": '{"north": 2, "south": 3}'}).says == "north 4; south 6"
    assert rule.try_with({"weights": "{}"}).says == "none"


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
