"""What is asked of one plan: voice, sections, attendance, targets, meeting; and what the virtual school said of it."""

from __future__ import annotations

import msgspec

from core.web.questions import Ask, Options, Question

from ...codes import GRADE_SCHEMES, PARTS_IN_A_PEP, SECTIONS
from ...commands import (
    AgreePep,
    CountAttendance,
    GiveVoice,
    HoldMeeting,
    JudgeTarget,
    MakeReady,
    ReturnPep,
    SendPep,
    SetTarget,
    TakeBack,
    WriteSection,
)
from ...facts import AuthoritySet
from ...views import NO_VOICE, OUTCOMES

APART = {"voice", "attendance", "targets"}
"""Sections that a plan's own parts tell: nothing is typed twice."""
_METHODS = ("in their own words", "in writing", "by drawing", "with symbols or pictures", "to an adult they trust")
_PARTS = tuple({"value": part, "text": name} for part, name in PARTS_IN_A_PEP.items())
QUESTIONS = {
    "voice": Question(
        GiveVoice,
        "Record the child's voice",
        (
            Ask(
                "method",
                "How did the child say it?",
                "radios",
                options=(
                    *({"value": method, "text": method.capitalize()} for method in _METHODS),
                    {"value": NO_VOICE, "text": "The child said nothing: say why below"},
                ),
            ),
            Ask("given_on", "When?", "date", "Before the meeting, with an adult the child trusts."),
            Ask("words", "What does the child say?", "words", "Their own words; or why there are none."),
        ),
    ),
    "section": Question(
        WriteSection,
        "Write a section",
        (
            Ask(
                "section",
                "Which section?",
                "select",
                options=tuple({"value": key, "text": name} for key, name in SECTIONS.items() if key not in APART),
            ),
            Ask("contributor", "Whose words are they?", "select", options=_PARTS),
            Ask("words", "What does it say?", "words", "It replaces what stands there; history keeps both."),
        ),
    ),
    "attendance": Question(
        CountAttendance,
        "Record attendance",
        (
            Ask("from_on", "From which day?", "date"),
            Ask("until_by", "Up to which day?", "date"),
            Ask("possible", "Sessions the child could attend", "number", "Without those at another school."),
            Ask("missed", "Sessions the child missed", "number"),
        ),
    ),
    "target": Question(
        SetTarget,
        "Set a target",
        (
            Ask("need", "Which need does it answer?", "words"),
            Ask("words", "What will the child do, and how is it measured?", "words"),
            Ask("baseline", "Where does the child start from?", "words", "A number, or a sentence."),
            Ask("owner", "Who sees to it?"),
            Ask("how_often", "How often and how long?", hint="Such as twice a week, 30 minutes."),
            Ask("by_on", "By which day should it be met?", "date", "No later than the next meeting."),
            Ask("cost_pence", "Cost", "money", "What it costs beyond what every pupil has; 0 when nothing."),
        ),
    ),
    "judge": Question(
        JudgeTarget,
        "Judge a target",
        (
            Ask(
                "outcome",
                "Was it met?",
                "radios",
                options=tuple({"value": code, "text": name} for code, name in OUTCOMES.items()),
            ),
            Ask("judged_on", "When was this judged?", "date"),
            Ask("evidence", "What shows it?", "words"),
        ),
    ),
    "meeting": Question(
        HoldMeeting,
        "Record the meeting",
        (
            Ask("held_on", "When was it held?", "date"),
            Ask("attended", "Who was there?", "checks", options=_PARTS),
            Ask("next_on", "When is the next meeting?", "date"),
        ),
    ),
    "ready_on": Question(
        MakeReady,
        "Make it ready",
        (Ask("ready_on", "When was the school's part done?", "date"),),
    ),
    "back_on": Question(
        TakeBack,
        "Take it up again",
        (Ask("taken_back_on", "From which day does the school write in it again?", "date"),),
    ),
    "send": Question(
        SendPep,
        "Record that it was sent",
        (Ask("sent_on", "When did it go to the virtual school?", "date", "By its portal, or another way."),),
        says="Copy the text of the plan into the portal first. What was sent is kept as a fingerprint of that text.",
    ),
    "return": Question(
        ReturnPep,
        "Record that it came back",
        (
            Ask("returned_on", "When did it come back?", "date"),
            Ask("reason", "What is to be changed?", "words", "As the virtual school says it."),
        ),
    ),
}
_AGREE = Question(AgreePep, "Record that it was agreed", (Ask("agreed_on", "When was it agreed?", "date"),))


def agreeing(setting: AuthoritySet | None) -> Question:
    """What the virtual school said of the plan, in the words of the scheme that the plan was started under."""
    scheme = GRADE_SCHEMES.get(setting.scheme) if setting else None
    if scheme is None:
        return msgspec.structs.replace(_AGREE, asks=(*_AGREE.asks, Ask("grade", "Grade, if it told one")))
    colours: Options = [
        {"value": "", "text": ""},
        *({"value": one, "text": one.capitalize()} for one in scheme.colours),
    ]
    areas = [
        Ask(f"area_{number}", f"Area {number} of {scheme.areas}", "select", options=colours)
        for number in range(1, (scheme.areas or 0) + 1)
    ]
    hint = "Leave empty where the areas tell it." if areas else ""
    grade = Ask("grade", f"Grade of the whole plan, by {scheme.name}", "select", hint, colours)
    return msgspec.structs.replace(_AGREE, asks=(*_AGREE.asks, *areas, grade))
