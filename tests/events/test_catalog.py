"""Facts written into parts and read back, whatever becomes of the code that wrote them."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import GIVEN, Catalog, Fact, FreeText, Unread, View, Withdrawn, folds
from events.open_facts import LogOpened, SigningKeyAdded
from tests.events.home import FACTS, MONDAY, VIEWS, Looked, Noted, Paid, told


class Need(Enum):
    """Two kinds of need."""

    SPEECH = "SLCN"
    SIGHT = "VI"


class Part(msgspec.Struct, frozen=True):
    name: str
    weight: Decimal


class Everything(Fact, frozen=True, tag="tests.everything/1", record="tests.all", on="seen_on"):
    """A field of each sort, with texts apart."""

    seen_on: date
    words: FreeText
    number: int
    share: float
    amount: Decimal
    need: Need
    who: UUID
    at: datetime
    parts: tuple[Part, ...]
    by_rank: dict[int, str]
    more: FreeText | None = None


class Plain(Fact, frozen=True, tag="tests.plain/1", record="tests.all", on="seen_on"):
    """The same without texts: it takes the shorter way."""

    seen_on: date
    number: int
    need: Need
    parts: tuple[Part, ...] = ()


class MovedHouse(Fact, frozen=True, tag="tests.moved_house/2", record="tests.all", on="moved_on"):
    """The second version: the street stands apart."""

    moved_on: date
    postcode: str
    street: FreeText = ""


class MovedHouse1(Fact, frozen=True, tag="tests.moved_house/1", record="tests.all", on="moved_on"):
    """The first version, all in one line."""

    moved_on: date
    address: str

    def upgrade(self) -> MovedHouse:
        street, _, postcode = self.address.rpartition(", ")
        return MovedHouse(self.moved_on, postcode, street)


CATALOG = Catalog([*FACTS, Everything, Plain, MovedHouse, MovedHouse1], VIEWS)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
days = st.dates()


def parts_of(fact: Fact) -> list[bytes]:
    coded, apart = CATALOG.fact_parts(fact)
    return [coded, b'{"subject":"x"}', b'{"why":"y"}', *apart]


everything = st.builds(
    Everything,
    seen_on=days,
    words=texts,
    number=st.integers(-(2**63), 2**63),
    share=st.floats(allow_nan=False, allow_infinity=False),
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    need=st.sampled_from(Need),
    who=st.uuids(),
    at=st.datetimes(timezones=st.just(UTC)),
    parts=st.lists(st.builds(Part, texts, st.decimals(allow_nan=False, allow_infinity=False)), max_size=3).map(tuple),
    by_rank=st.dictionaries(st.integers(0, 9), texts, max_size=3),
    more=st.none() | texts,
)


@given(everything | st.builds(Plain, days, st.integers(-9, 9), st.sampled_from(Need)) | st.builds(Noted, days, texts))
def test_a_fact_reads_back_as_it_was_written(fact: Fact) -> None:
    assert CATALOG.fact(parts_of(fact)) == fact


def test_each_text_is_a_part_of_its_own_and_an_empty_one_is_none() -> None:
    coded, apart = CATALOG.fact_parts(Noted(MONDAY, "She was upset."))
    assert json.loads(coded) == {"fact": {"kind": "tests.noted/1", "noted_on": "2026-11-16"}}
    assert apart == [b'{"fact":{"words":"She was upset."}}']
    assert CATALOG.fact_parts(Noted(MONDAY)) == (coded, [])


def test_no_text_and_an_empty_text_are_told_apart_where_both_can_be() -> None:
    def of(more: str | None) -> Everything:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return Everything(MONDAY, "", 1, 1.0, Decimal(1), Need.SIGHT, UUID(int=1), at, (), {}, more)

    for more in (None, "", "x"):
        assert CATALOG.fact(parts_of(of(more))) == of(more)


@pytest.mark.parametrize(
    "fact",
    [
        Noted(MONDAY, "x" * 4001),  # longer than a text may be
        Noted("2026-11-16"),  # type: ignore[arg-type]
        Paid(MONDAY, "12"),  # type: ignore[arg-type]
        Paid(MONDAY, 1.5),  # type: ignore[arg-type]
        Plain(MONDAY, 1, "SLCN"),  # type: ignore[arg-type]
        Plain(MONDAY, 1, Need.SIGHT, [Part("a", Decimal(1))]),  # type: ignore[arg-type]
    ],
)
def test_what_would_not_read_back_as_it_is_is_never_written(fact: Fact) -> None:
    with pytest.raises(ValueError, match=r"tests\.\w+/1 cannot be recorded"):
        CATALOG.fact_parts(fact)


def test_the_refusal_repeats_nothing_of_what_was_typed() -> None:
    with pytest.raises(ValueError, match="cannot be recorded") as refused:
        CATALOG.fact_parts(Plain(MONDAY, 1, "Ann Onymous"))  # type: ignore[arg-type]
    assert "Ann" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_fact_whose_code_is_gone_is_still_its_kind_and_fields() -> None:
    without = Catalog([Paid], [])
    assert without.fact(parts_of(Noted(MONDAY, "hello"))) == Unread(
        "tests.noted/1", {"noted_on": "2026-11-16", "words": "hello"}
    )


def test_an_older_version_is_upgraded_when_it_is_read() -> None:
    old = MovedHouse1(MONDAY, "1 High Street, AB1 2CD")
    assert CATALOG.fact(parts_of(old)) == MovedHouse(MONDAY, "AB1 2CD", "1 High Street")


def test_a_field_added_later_takes_its_default_in_facts_written_before() -> None:
    parts = [b'{"fact":{"kind":"tests.noted/1","noted_on":"2026-11-16"}}']
    assert CATALOG.fact(parts) == Noted(MONDAY, "")


@pytest.mark.parametrize(
    "parts",
    [
        [b'{"fact":{"kind":"tests.noted/1"}}'],
        [b'{"fact":{"noted_on":"2026-11-16"}}'],
        [b'{"fact":{"kind":"tests.paid/1","paid_on":"2026-11-31","pence":1}}'],
        [b'{"subject":"x"}'],
        [b"{"],
    ],
)
def test_parts_that_are_no_fact_are_refused(parts: list[bytes]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - msgspec's own words
        CATALOG.fact(parts)


def test_only_the_open_kinds_are_read_without_a_key() -> None:
    for fact in (LogOpened("139204"), SigningKeyAdded(1, "00" * 32)):
        assert CATALOG.open_fact([b'{"fact":' + msgspec.json.encode(fact) + b"}"]) == fact
    with pytest.raises(ValueError, match="Invalid value"):
        CATALOG.open_fact([CATALOG.fact_parts(Paid(MONDAY, 1))[0]])


class Twin(Fact, frozen=True, tag="tests.noted/1", record="tests.notes", on="noted_on"):
    noted_on: date


class NoClass(Fact, frozen=True, tag="tests.no_class/1", on="on_day"):
    on_day: date


class NoDay(Fact, frozen=True, tag="tests.no_day/1", record="tests.notes"):
    on_day: date


class NoSuchDay(Fact, frozen=True, tag="tests.no_such_day/1", record="tests.notes", on="day_on"):
    on_day: date


class NotADay(Fact, frozen=True, tag="tests.not_a_day/1", record="tests.notes", on="on_day"):
    on_day: date | None


@pytest.mark.parametrize("fact", [NoClass, NoDay, NoSuchDay, NotADay])
def test_a_fact_without_a_class_or_a_day_is_refused_at_the_door(fact: type[Fact]) -> None:
    with pytest.raises(ValueError, match="does not say its record class, or which field is its day"):
        Catalog([fact], [])


def test_two_facts_of_one_kind_and_a_view_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="two facts claim the kind"):
        Catalog([Noted, Twin], [])
    with pytest.raises(ValueError, match="which no fact is of"):
        Catalog([Paid], [told])


def test_a_catalog_knows_its_classes_and_the_views_over_each() -> None:
    catalog = Catalog(FACTS, VIEWS)
    assert catalog.records == ["tests.money", "tests.notes"]  # never the class that is given
    assert GIVEN not in catalog.records
    assert Catalog(FACTS, VIEWS, ["tests.flag", "tests.notes"]).classes == ["tests.flag", "tests.money", "tests.notes"]
    assert Looked in catalog.kinds.values()
    assert Withdrawn in catalog.kinds.values()
    assert [view.name.rpartition(".")[2] for view in catalog.views("tests.notes")] == ["told", "place"]
    assert list(catalog.views("tests.nothing")) == []


def test_a_view_keeps_the_name_and_words_of_its_fold() -> None:
    @folds("tests.notes")
    def first(known: Any, fact: Fact) -> Any:
        """The first thing that happened."""
        return known or fact

    assert isinstance(first, View)
    assert first.__doc__ == "The first thing that happened."
    assert first.name in repr(first)
    assert first.name.endswith("first")
    assert first(None, Noted(MONDAY)) == Noted(MONDAY)
