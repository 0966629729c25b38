"""What is asked of each check, of references, of copies, of fitness and of what was disclosed."""

from __future__ import annotations

from core.web.questions import Ask, Options, Question

from ...codes import CHECKS, CONDITIONS, ROUTES, CheckKind
from ...commands import (
    AnswerScope,
    DeleteCopy,
    KeepCopy,
    ReceiveReference,
    RecordCheck,
    RecordFitness,
    SeeUpdateService,
    SettleReference,
    WeighDisclosure,
)

_ROUTES = {"dbs": ("seen", "carried", "confirmed"), "barred_list": ("within_dbs", "separate", "confirmed")}
_WHO = Ask("checked_by", "Who looked?")
_VERIFIED = (
    Ask("verified_on", "When was it verified?", "date", "Leave empty until somebody has made sure that it is genuine."),
    Ask("verified_by", "Who verified it?"),
    Ask("verified_how", "How?", hint="For example, rang the school's own number."),
)
_CONCERNS = {"none": "No concern", "open": "A concern that is open", "resolved": "A concern that is resolved"}
_LEVELS = {
    "enhanced_with_list": "Enhanced, with the children's barred list",
    "enhanced": "Enhanced",
    "standard": "Standard",
    "basic": "Basic",
}
_ANSWERS = {
    "nothing_current": "Nothing revealed, and current",
    "information_current": "Information revealed before, and current",
    "not_current": "No longer current",
    "details_differ": "The details do not match",
}
_WORKFORCES = {"child": "Child", "adult": "Adult", "other": "Other"}
_DISCLOSED = {
    "dbs": "DBS certificate",
    "self_disclosure": "Self-declaration",
    "online": "Online search",
    "prohibition": "Prohibition from teaching",
    "overseas": "Overseas checks",
    "section_128": "Section 128",
}
_FITNESS = ("awaiting", "fit", "fit_with_adjustments", "not_fit")


def listed(names: dict[str, str]) -> Options:
    return [{"value": value, "text": text} for value, text in names.items()]


def question_of(kind: CheckKind) -> Question:
    """The form of one check, with its own outcomes only."""
    asks = [
        Ask("outcome", "What came of it?", "radios", options=_outcomes(kind)),
        Ask("route", "How was it made?", "radios", options=_routes(kind)),
        Ask("checked_on", "When?", "date", "Leave empty only while it is awaited." if kind.key == "dbs" else ""),
        _WHO,
        Ask("evidence", "What was seen?", hint="For example, passport, council tax bill. Nothing that was disclosed."),
    ]
    if kind.key == "dbs":
        asks += [
            Ask("requested_on", "When was the certificate asked for?", "date"),
            Ask("certificate_on", "Which day stands on the certificate?", "date"),
            Ask("number", "Number of the certificate", hint="You may leave this empty."),
        ]
    if kind.key == "right_to_work":
        asks.append(
            Ask("expires_on", "Until which day does it hold?", "date", "Leave empty where it is without limit.")
        )
    asks.append(Ask("confirmed_by", "Who confirmed it?", hint="Only where somebody else's written word stands for it."))
    return Question(RecordCheck, f"Record: {kind.title.lower() if kind.key != 'dbs' else kind.title}", tuple(asks))


def _outcomes(kind: CheckKind) -> Options:
    return [{"value": one.key, "text": one.title, "hint": one.to_do} for one in kind.outcomes]


def _routes(kind: CheckKind) -> Options:
    return [{"value": route, "text": ROUTES[route]} for route in _ROUTES.get(kind.key, ("seen", "confirmed"))]


def scope_question(check: str) -> Question:
    """Whether a check is needed for this person, with what the table looks at."""
    where = [one.title for one in CONDITIONS.values() if one.check == check]
    says = f"It is needed where the person {', or '.join(where)}." if where else ""
    asks = (Ask("needed", "Is it needed?", "yes_no"), Ask("reason", "Why?", "words"))
    return Question(AnswerScope, f"{CHECKS.value[check].title}: is it needed?", asks, says=says)


UPDATE_SERVICE = Question(
    SeeUpdateService,
    "Record a look at the DBS Update Service",
    (
        Ask("consent", "Did they agree to it?", "yes_no"),
        Ask("original_seen", "Was the original certificate seen?", "yes_no"),
        Ask("identity_checked", "Was their identity checked?", "yes_no"),
        Ask("workforce", "Which workforce stands on the certificate?", "radios", options=listed(_WORKFORCES)),
        Ask("level", "Of which level is it?", "radios", options=listed(_LEVELS)),
        Ask("status", "What did the service answer?", "radios", options=listed(_ANSWERS)),
        Ask("seen_on", "When?", "date"),
        _WHO,
        Ask("certificate_on", "Which day stands on the certificate?", "date"),
    ),
    says="A certificate stands by the service only where all of this holds. Otherwise ask for a new one.",
)
REFERENCE = Question(
    ReceiveReference,
    "Record a reference",
    (
        Ask("referee", "Who wrote it?"),
        Ask("organisation", "Where do they work?"),
        Ask("email", "From which address did it come?"),
        Ask("received_on", "When did it come?", "date"),
        Ask("last_employer", "Is it the last employer's?", "yes_no"),
        Ask("with_children", "Did they work with children there?", "yes_no"),
        Ask("concern", "Does it raise a concern?", "radios", options=listed(_CONCERNS)[:2]),
        *_VERIFIED,
    ),
    says="Straight from the referee, on the academy's own questions. A letter the applicant brings does not count.",
)
SETTLE = Question(
    SettleReference,
    "Verify or settle a reference",
    (
        Ask("concern", "How does the concern stand?", "radios", options=listed(_CONCERNS)),
        *_VERIFIED,
        Ask("words", "How was the concern resolved?", "words", "Nothing of anybody's health."),
    ),
)
COPY = Question(
    KeepCopy,
    "Keep a copy of a DBS certificate",
    (Ask("received_on", "When did it come?", "date"), Ask("reason", "Why is it kept?", "words")),
    says="No copy is best. One may be kept for six months at most, for a reason that is written down.",
)
DESTROYED = Question(
    DeleteCopy, "Record that a copy was destroyed", (Ask("deleted_on", "When was it destroyed?", "date"),)
)
FITNESS = Question(
    RecordFitness,
    "Record fitness for the post",
    (
        Ask(
            "outcome",
            "What was found?",
            "radios",
            options=[
                {"value": one.key, "text": one.title, "hint": one.to_do}
                for one in CHECKS.value["medical"].outcomes
                if one.key in _FITNESS
            ],
        ),
        Ask("checked_on", "When?", "date"),
        _WHO,
    ),
    says="After an offer only. Whether they are fit, never why: no diagnosis has a place here.",
)
WEIGH = Question(
    WeighDisclosure,
    "Weigh what was disclosed",
    (
        Ask("check", "What disclosed it?", "radios", options=listed(_DISCLOSED)),
        Ask(
            "accepted",
            "What did the two decide?",
            "radios",
            options=[
                {"value": "true", "text": "It does not stand against the work"},
                {"value": "false", "text": "It stands against the work"},
            ],
        ),
        Ask("first", "Who was the first of the two?"),
        Ask("second", "Who was the second?"),
        Ask(
            "reasons",
            "What were their reasons?",
            "words",
            "Do not repeat what was disclosed. Protected matters never count.",
        ),
    ),
    says="Two named people decide, on the nature of the matter, how long ago it was and what the work is.",
)
