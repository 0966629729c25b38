"""Arrangements of the key stage 2 tests and the multiplication tables check."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec import Struct

from core.law import cites, in_force, plain

from ..codes import CHECK_CODES, KEY_STAGE_2, KEY_STAGE_2_CLASSES, standing
from .outcome import READ_ON, Outcome, gravest_first, starred
from .timing import extra_minutes

_GUIDANCE = "gov.uk/government/publications/key-stage-2-tests-access-arrangements"
_AUTOMATIC = {"modified_large_print", "braille"}

_cites_time = cites(
    "STA, key stage 2 access arrangements guidance 2026, 13 October 2025",
    _GUIDANCE,
    as_at=READ_ON,
    verified=False,
    edition="2026",
    rule="exams R26",
)


@_cites_time
def key_stage_2_time(decided_on: date, has_plan: bool, form: str = "standard", percent: int = 25) -> Outcome:
    """Whether additional time in a key stage 2 test takes an application: not with an EHC plan, large print or Braille.

    Args:
        form: Of the test: standard, enlarged, modified_large_print or braille.
        percent: Up to 25; what goes beyond is not held.
    """
    edition = in_force(KEY_STAGE_2, decided_on)
    if edition is None:
        return _no_guidance("R26", decided_on)
    say = partial(Outcome, rule="R26", edition=edition.name)
    if not 0 < percent <= 25:
        says = f"No rule is held for additional time of {percent}%. Look it up in the guidance of the year."
        return say("UNKNOWN", "other_percentage", says)
    if has_plan or form in _AUTOMATIC:
        return say("OK", "automatic", f"Additional time of {percent}% is automatic. Make no application.")
    says = f"Apply for additional time of {percent}% on the NCA Portal, with evidence of normal classroom practice."
    return say("OK", "apply", says)


@_cites_time
def key_stage_2_minutes(base_minutes: int, percent: int = 25) -> int:
    """How long a key stage 2 test lasts with additional time; a started minute counts."""
    return base_minutes + extra_minutes(base_minutes, percent)


@cites(
    "STA, key stage 2 access arrangements guidance 2026, 13 October 2025",
    _GUIDANCE,
    as_at=READ_ON,
    verified=False,
    edition="2026",
    rule="exams R27",
)
def key_stage_2(
    decided_on: date, arrangement: str, reading_test: bool = False, confirmed: tuple[str, ...] = ()
) -> Outcome:
    """What an arrangement of the key stage 2 tests takes: an application, a notification, an order, or none of them.

    A reader may read the tests of mathematics and grammar, but not the reading test.

    Args:
        arrangement: A key, such as scribe, prompter or reader.
        reading_test: It is for the English reading test.
        confirmed: Doubtful points the centre has confirmed.
    """
    edition = in_force(KEY_STAGE_2, decided_on)
    if edition is None:
        return _no_guidance("R27", decided_on)
    say = partial(Outcome, rule="R27", edition=edition.name)
    found = next((one for one in edition.value if one.key == arrangement), None)
    if found is None:
        says = f"'{arrangement}' is not an arrangement of the key stage 2 tests. Choose one from the list."
        return say("UNKNOWN", "unknown_arrangement", says)
    if found.key == "reader" and reading_test:
        says = "A reader reads general instructions alone in the English reading test, no text and no question."
        return starred(say("BLOCK", "reading_test", says), ("key_stage_2_reading",), decided_on, confirmed)
    return say("OK", found.handled, f"{found.title}. {KEY_STAGE_2_CLASSES[found.handled]}")


def _no_guidance(rule: str, decided_on: date) -> Outcome:
    says = f"No guidance of STA is held for {plain(decided_on)}. Look it up in the guidance of that year."
    return Outcome("UNKNOWN", "no_edition", says, rule=rule)


class CheckArrangement(Struct, frozen=True):
    """An on-screen arrangement of the multiplication tables check, for one pupil."""

    code: str
    reason: str = ""
    assistant: str = ""  # who helps with input, by name


@cites(
    "Public code of the multiplication tables check service; no extra time: a note on STA's guidance",
    "",
    as_at=READ_ON,
    verified=False,
    rule="exams R28",
)
def multiplication_check(
    decided_on: date, arrangements: tuple[CheckArrangement, ...], extra_time: bool = False
) -> tuple[Outcome, ...]:
    """Whether the arrangements of a pupil can be set in the multiplication tables check, gravest first.

    There are seven, each with its letters. Two ask for a reason, one of them for the assistant's name as well. There is
    no extra time to answer.
    """
    edition = standing(CHECK_CODES, decided_on)
    say = partial(Outcome, "BLOCK", rule="R28", edition=edition.name)
    codes = {one.code: one for one in edition.value}
    found = []
    for one in arrangements:
        if (code := codes.get(one.code.upper())) is None:
            says = f"'{one.code}' is not an arrangement of the check. Use one of {', '.join(codes)}."
            found.append(say("unknown_arrangement", says))
            continue
        asked = {"a reason": code.needs_reason and not one.reason.strip()}
        asked["the assistant's name"] = code.needs_assistant and not one.assistant.strip()
        if missing := tuple(thing for thing, lacks in asked.items() if lacks):
            says = f"{code.title} ({code.code}) needs {' and '.join(missing)}."
            found.append(say("evidence_missing", says, missing))
    if extra_time:
        found.append(say("no_extra_time", "The check has no extra time to answer. Consider a pause between questions."))
    if found:
        return gravest_first(found)
    return (
        Outcome("OK", "set_in_service", "Set them in the service before the check.", rule="R28", edition=edition.name),
    )
