"""What can be done about a request, each with its question."""

from __future__ import annotations

import msgspec

from core.requests.commands import (
    AcknowledgeComplaint,
    AnswerRequest,
    AskClarification,
    ExtendRequest,
    ProveIdentity,
    ReadSecond,
    TakeClarification,
)
from core.web.questions import Ask, Question

_ROUTES = "Tell them too that they can complain to you, to the Information Commissioner, and go to court."
_GIVEN = [
    {"value": "given", "text": "Everything was given"},
    {"value": "part", "text": "Part of it was held back"},
    {"value": "refused", "text": "It was refused"},
]


class Step(msgspec.Struct, frozen=True):
    """One thing that can be done."""

    name: str
    does: str
    question: Question


STEPS = {
    one.name: one
    for one in (
        Step(
            "proved",
            "It is shown who asks",
            Question(
                ProveIdentity,
                "It is shown who asks",
                (
                    Ask("proved_on", "On which day?", "date"),
                    Ask("how", "How?", "words", "What you saw, not a copy of it."),
                ),
                says="The clock begins with this day.",
            ),
        ),
        Step(
            "clarify",
            "Ask what they mean",
            Question(
                AskClarification,
                "Ask what they mean",
                (Ask("asked_on", "On which day were they asked?", "date"), Ask("what", "What was asked?", "words")),
                says="The clock stands still until they answer. Ask only what you cannot do without.",
            ),
        ),
        Step(
            "clarified",
            "They answered",
            Question(TakeClarification, "They answered", (Ask("given_on", "On which day?", "date"),)),
        ),
        Step(
            "extend",
            "Tell them it takes longer",
            Question(
                ExtendRequest,
                "Tell them it takes longer",
                (
                    Ask("told_on", "On which day were they told?", "date"),
                    Ask("reason", "Why does it take longer?", "words"),
                ),
                says="Up to two months more, where it is complex. They must be told within the first month.",
            ),
        ),
        Step(
            "acknowledge",
            "Tell them it has come",
            Question(
                AcknowledgeComplaint,
                "Tell them it has come",
                (Ask("acknowledged_on", "On which day were they told?", "date"),),
            ),
        ),
        Step(
            "read",
            "Read it as the second person",
            Question(
                ReadSecond,
                "Read it as the second person",
                (Ask("remarks", "Remarks", "words", "What you would hold back besides, or give."),),
                record="I have read all of it",
                says="You read what is to be given: who else is named, what would harm, what was told in confidence. "
                "Somebody else sends it.",
            ),
        ),
        Step(
            "answer",
            "Record the answer",
            Question(
                AnswerRequest,
                "Record the answer",
                (
                    Ask("answered_on", "On which day were they answered?", "date"),
                    Ask("outcome", "What came of it?", "radios", options=_GIVEN),
                    Ask("words", "What was given, what was held back, and why?", "words", _ROUTES),
                ),
                record="Record it",
            ),
        ),
    )
}
