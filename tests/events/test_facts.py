"""Facts as they are declared, events as they are kept."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from events import Event, Fact, FreeText, New, Stream, Unread, Withdrawn
from events.facts import apart_fields
from events.open_facts import LogOpened
from tests.events.home import ANN, MONDAY, Looked, Noted, Paid


class Both(Fact, frozen=True, tag="tests.both/1", record="tests.notes", on="seen_on"):
    seen_on: date
    words: FreeText
    code: str
    more: FreeText | None = None
    lines: list[FreeText] = []


def event(fact: Fact | Unread | LogOpened) -> Event:
    recorded_at = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    return Event(bytes(16), 0, uuid4(), bytes(16), 0, recorded_at, fact, bytes(32), bytes(32))


def test_a_fact_says_its_kind_its_class_and_its_day() -> None:
    fact = Noted(MONDAY, "hello")
    assert fact.__struct_config__.tag == "tests.noted/1"
    assert (Noted.record, Noted.on, fact.day) == ("tests.notes", "noted_on", MONDAY)


def test_a_fact_never_changes() -> None:
    with pytest.raises(AttributeError):
        Noted(MONDAY).words = "other"  # type: ignore[misc]


def test_free_text_stands_apart_and_says_what_it_is_when_left_out() -> None:
    assert apart_fields(Both) == {"words": "", "more": None, "lines": ""}
    assert apart_fields(Paid) == {}
    assert apart_fields(Withdrawn) == {"reason": ""}


@pytest.mark.parametrize(
    ("fact", "record", "stream"),
    [
        (Noted(MONDAY), "", "tests.notes"),
        (Noted(MONDAY), "tests.notes", "tests.notes"),
        (Looked(MONDAY), "tests.notes", "tests.notes"),
        (Withdrawn(uuid4(), MONDAY, ""), "tests.money", "tests.money"),
    ],
)
def test_a_new_fact_stands_in_the_stream_of_its_class_or_of_the_one_given(fact: Fact, record: str, stream: str) -> None:
    assert New(ANN, fact, record).stream == Stream(ANN, stream)


@pytest.mark.parametrize(
    ("fact", "record"),
    [(Looked(MONDAY), ""), (Looked(MONDAY), "*"), (Noted(MONDAY), "tests.money"), (Noted(MONDAY), "*")],
)
def test_a_new_fact_of_no_class_or_of_two_is_refused(fact: Fact, record: str) -> None:
    with pytest.raises(ValueError, match="cannot be recorded under the class"):
        _ = New(ANN, fact, record).stream


@pytest.mark.parametrize(
    ("fact", "kind", "day"),
    [
        (Noted(MONDAY), "tests.noted/1", MONDAY),
        (Unread("gone.away/3", {"on": "2020-01-01"}), "gone.away/3", date(2026, 12, 1)),
        (LogOpened("139204"), "events.log_opened/1", date(2026, 12, 1)),
    ],
)
def test_an_event_is_of_the_day_it_happened_or_else_was_recorded(
    fact: Fact | Unread | LogOpened, kind: str, day: date
) -> None:
    assert (event(fact).kind, event(fact).day) == (kind, day)
