"""The forms of decisions: what is asked, in which words, and what may be chosen."""

from __future__ import annotations

from datetime import date

from core.law import in_force
from core.web.questions import Ask, Options, Question

from ...codes import ARRANGEMENTS, CHECK_CODES, KEY_STAGE_2, QUALIFICATIONS, standing
from ...commands import (
    AgreeArrangement,
    ApplyForArrangement,
    ApproveApplication,
    ArrangePrimary,
    EndArrangement,
    NumberCandidate,
    ReferApplication,
    RefuseApplication,
)
from ...views import Primary

ASSESSMENTS = {"KS2": "Key stage 2 tests", "MTC": "Multiplication tables check"}
TESTS = {"": "All tests", "reading": "English reading", "grammar": "Grammar and spelling", "maths": "Mathematics"}
_REASON = Ask("reason", "Why?", "words", "Needed where the check says that something is missing.")
_LEVELS = tuple({"value": one.code, "text": one.title} for one in QUALIFICATIONS)
_ASSESSMENTS = tuple({"value": code, "text": title} for code, title in ASSESSMENTS.items())
_TESTS = tuple({"value": code, "text": title} for code, title in TESTS.items())
NEW = {
    "agree": Question(
        AgreeArrangement,
        "Agree an arrangement",
        (
            Ask("arrangement", "Which arrangement?", "select"),
            Ask("agreed_on", "When was it agreed?", "date"),
            Ask("break_minutes", "Minutes of planned breaks in a paper", "number", "For rest breaks only."),
            _REASON,
        ),
        says="For what the centre may give itself. The program decides nothing: it records what you decided.",
    ),
    "apply": Question(
        ApplyForArrangement,
        "Record an application",
        (
            Ask("arrangement", "What was applied for?", "select"),
            Ask("level", "For which qualification?", "select", options=_LEVELS),
            Ask("applied_on", "When was it applied for?", "date"),
            Ask("percent", "Per cent of extra time", "number", "Only where it is more than 25 per cent."),
            Ask("reference", "Reference of the application", hint="As Access Arrangements Online gives it."),
            _REASON,
        ),
        says="Apply on Access Arrangements Online; here it is recorded that you did, and what the check said.",
    ),
    "primary": Question(
        ArrangePrimary,
        "Record an arrangement for a primary test",
        (
            Ask("assessment", "Which assessment?", "radios", options=_ASSESSMENTS),
            Ask("year", "Year of the test", "number"),
            Ask("arrangement", "Which arrangement?", "select"),
            Ask("test", "For which test?", "select", options=_TESTS),
            Ask("percent", "Per cent of additional time", "number", "Only for additional time."),
            Ask("cause", "Reason", hint="Only where the multiplication check asks for one."),
            Ask("assistant", "Who helps with input?", hint="Only where the multiplication check asks for the name."),
            Ask("arranged_on", "When was it decided?", "date"),
        ),
    ),
}
NEXT = {
    "approve": Question(
        ApproveApplication,
        "Record the approval",
        (
            Ask("approved_on", "What day is on the approval?", "date"),
            Ask("expires_on", "When does it run out?", "date", "As it prints. Leave empty if it prints no day."),
            Ask("reference", "Reference, if it is a new one"),
        ),
    ),
    "refuse": Question(
        RefuseApplication,
        "Record the refusal",
        (Ask("refused_on", "When was it refused?", "date"), Ask("reason", "What did they say?", "words")),
    ),
    "refer": Question(
        ReferApplication,
        "Record the referral",
        (
            Ask("board", "Which awarding body did it go to?", hint="Such as AQA or Pearson."),
            Ask("referred_on", "When was it sent?", "date"),
        ),
    ),
    "end": Question(
        EndArrangement,
        "End the arrangement",
        (Ask("ended_on", "What was the last day?", "date"), Ask("reason", "Why?", "words")),
    ),
}
NUMBERS = Question(
    NumberCandidate,
    "Candidate numbers",
    (
        Ask("centre", "Centre number", "number", "Five digits."),
        Ask("number", "Candidate number", "number", "Four digits, such as 0417."),
        Ask("uci", "Unique candidate identifier, if known", hint="12 digits and a letter."),
    ),
)


def primary_title(one: Primary) -> str:
    """What a primary arrangement is called, with its test: KS2 2027: Reader, English reading."""
    if one.assessment == "MTC":
        titles = {code.code: code.title for code in standing(CHECK_CODES, one.arranged_on).value}
    else:
        edition = in_force(KEY_STAGE_2, one.arranged_on)
        titles = {kept.key: kept.title for kept in (edition.value if edition else ())}
    test = f", {TESTS.get(one.test, one.test)}" if one.test else ""
    return f"{one.assessment} {one.year}: {titles.get(one.arrangement, one.arrangement)}{test}"


def arrangement_options(today: date, *, centre_gives: bool) -> Options:
    """The arrangements of today that the centre gives itself, or that it applies for."""
    edition = in_force(ARRANGEMENTS, today)
    listed = [one for one in (edition.value if edition else ()) if (one.routes == ("D",)) == centre_gives]
    return [
        {"value": "", "text": "Choose one"},
        *({"value": one.key, "text": f"{one.title} ({one.key})"} for one in listed),
    ]


def primary_options(today: date) -> Options:
    edition = in_force(KEY_STAGE_2, today)
    tests = [{"value": one.key, "text": one.title} for one in (edition.value if edition else ())]
    check = [{"value": one.code, "text": f"{one.title} ({one.code})"} for one in standing(CHECK_CODES, today).value]
    return [
        {"value": "", "text": "Choose one"},
        {"group": ASSESSMENTS["KS2"], "options": tests},
        {"group": ASSESSMENTS["MTC"], "options": check},
    ]
