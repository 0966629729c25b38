"""The post being filled in the story: its description, its advertisement, and three who apply. All made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from core.demo.entries import Thing

_HR = "hr_admin"
_MARKED = ("K1", "K2", "K3", "E1")


def _criterion(key: str, group: str, text: str, assessed: tuple[str, ...], **more: Any) -> dict[str, Any]:
    told = {"key": key, "group": group, "text": text, "essential": True, "gate": False, "weight": 1}
    return {**told, "assessed": assessed, **more}


_TAUGHT = "Qualifications"
_FORM, _TALK = ("application", "interview"), ("interview", "task")
DESCRIPTION: dict[str, Any] = {
    "title": "Special educational needs co-ordinator (SENCO)",
    "location": "Cawdor High School",
    "reports_to": "Deputy head",
    "responsible_for": "Eight learning support assistants",
    "pay": "Main or upper pay range",
    "allowances": "None",
    "hours": "Full time",
    "contract": "Permanent",
    "purpose": ("Leads what the school does for pupils with special educational needs, and teaches.",),
    "duties": tuple(
        {"group": group, "text": text}
        for group, text in (
            ("main", "Lead the plan for special educational needs with the head"),
            ("main", "See to it that every pupil's support happens as it was agreed"),
            ("main", "Advise colleagues, families and services"),
            ("strategy", "Keep an overview of how well support works, and report it to governors each term"),
            ("strategy", "Show what the money for additional needs achieves"),
            ("operation", "Keep the register and the provision map right from day to day"),
            ("operation", "Coach teachers in adaptive teaching"),
            ("operation", "Be the first contact of the local authority"),
            ("pupils", "Find out early who needs what"),
            ("pupils", "Chair annual reviews with pupil and family"),
            ("pupils", "Prepare moves to and from the school"),
            ("leadership", "Lead and train the learning support assistants"),
            ("leadership", "Arrange reasonable adjustments and access arrangements"),
            ("safeguarding", "Keep children safe, and follow the staff code of conduct"),
            ("general", "Take on other work at the level of the post"),
        )
    ),
    "criteria": (
        _criterion(
            "Q1", "Qualifications", "Qualified teacher status", ("application", "documents"), gate=True, weight=0
        ),
        _criterion("Q2", _TAUGHT, "NPQ for SENCOs, held or to be begun", ("documents",), weight=0),
        _criterion("K1", "Knowledge", "Knows the SEND Code of Practice and uses it", _FORM, weight=3),
        _criterion("K2", "Knowledge", "Plans interventions and shows what came of them", _FORM, weight=2),
        _criterion("K3", "Knowledge", "Writes clearly to families and services", _FORM, weight=1),
        _criterion("E1", "Experience", "Has led colleagues in a change", _FORM, essential=False, weight=1),
        _criterion("P1", "Personal qualities", "Stays calm and puts first things first", _TALK, weight=2),
    ),
    "checks": (
        "Identity",
        "Medical fitness",
        "References",
        "Qualifications",
        "Prohibition",
        "Enhanced DBS certificate",
    ),
    "statements": ("The trust is committed to safeguarding. Every appointment is subject to checks.",),
}
ADVERT = (
    "Cawdor High School looks for a SENCO from January, on the leadership team, with time to lead. The trust is "
    "committed to safeguarding; checks will be made. The post is exempt from the Rehabilitation of Offenders Act 1974. "
    "Apply on our form; we do not accept a CV."
)
_NOTICE = "You need not tell of protected cautions and protected convictions."


class Step(NamedTuple):
    """One thing that is typed about an applicant."""

    who: Thing
    day: date
    by: str
    command: str
    fields: Mapping[str, Any]


def vacancy(about: Thing, days: list[date]) -> dict[str, Any]:
    """The vacancy as it is drafted."""
    return {
        "title": "SENCO",
        "role": "senco_leadership",
        "flags": ("leadership", "teaching_work"),
        "description": about,
        "contract": "permanent",
        "pay_scale": "M4 to U3",
        "pay_from_pence": 4_094_100,
        "pay_to_pence": 5_283_500,
        "starts_on": date(days[0].year + 1, 1, 4),
        "closes_on": days[18],
        "closes_at": "12:00",
        "interviews_on": days[28],
        "safeguarding": "The trust is committed to safeguarding, and checks will be made.",
        "exempt_notice": "The post is exempt from the Rehabilitation of Offenders Act 1974.",
    }


_PEOPLE = (
    ("Imogen", "Farrell", "npq", "I lead the register for two year groups and have set up a phonics catch-up."),
    ("Tariq", "Mensah", "studying", "As head of year I wrote the plans of thirty pupils with their families."),
    ("Gwen", "Pillai", "none", "I teach in a unit for autistic pupils and have trained its assistants."),
)
_MARKS = (((3, 3, 3, 2), (3, 2, 3, 2)), ((2, 3, 2, 2), (3, 2, 2, 2)), ((1, 2, 2, 1), (1, 1, 2, 1)))


def applicants(post: Thing, days: list[date]) -> list[Step]:
    """Three who apply; two are shortlisted, one is offered the post; some of her checks are still open."""
    everybody = [Thing(f"applicant {at}") for at in range(len(_PEOPLE))]
    steps: list[Step] = []
    for at, (given, family, award, statement) in enumerate(_PEOPLE):
        who = everybody[at]
        form = _form(post, given, family, award, statement, days)
        steps.append(Step(who, days[14 + at], _HR, "EnterApplication", form))
        for scorer, marks in zip(("head", "panel_member"), _MARKS[at], strict=True):
            marked = tuple({"criterion": key, "points": mark} for key, mark in zip(_MARKED, marks, strict=True))
            sheet = {"vacancy": post, "stage": "sift", "marks": marked}
            steps.append(Step(who, days[20], scorer, "ScoreSheet", sheet))
        gate = {"vacancy": post, "criterion": "Q1", "met": True, "reason": "Seen on Check a teacher's record."}
        steps.append(Step(who, days[20], _HR, "JudgeGate", gate))
    chosen = {"places": 2, "chosen": tuple(everybody[:2])}
    steps.append(Step(post, days[22], _HR, "DecideShortlist", chosen))
    steps.append(_moved(everybody[2], days[23], post, "rejected_sift", "Two essential criteria were not shown."))
    for who in everybody[:2]:
        steps += _interviewed(who, post, days)
    steps.append(_moved(everybody[1], days[30], post, "rejected_interview", "Another candidate scored higher."))
    return [*steps, *_offered(everybody[0], post, days)]


def _interviewed(who: Thing, post: Thing, days: list[date]) -> list[Step]:
    declared = {"vacancy": post, "anything": False, "notice": _NOTICE, "received_on": days[24]}
    searched = {"vacancy": post, "searcher": "Trust HR", "relevant": False, "searched_on": days[25]}
    met = {"vacancy": post, "appointable": True, "held_on": days[28]}
    return [
        Step(who, days[24], _HR, "ReceiveDeclaration", declared),
        Step(who, days[25], _HR, "SearchOnline", searched),
        _moved(who, days[26], post, "interview"),
        Step(who, days[28], "head", "HoldInterview", met),
    ]


def _offered(who: Thing, post: Thing, days: list[date]) -> list[Step]:
    starts_on = date(days[0].year + 1, 1, 4)
    offer = {
        "vacancy": post,
        "starts_on": starts_on,
        "pay_pence": 4_694_000,
        "in_writing": True,
        "offered_on": days[29],
    }
    steps = [
        Step(who, days[29], _HR, "MakeOffer", {**offer, "offered_on": days[29]}),
        _moved(who, days[31], post, "accepted_pending_checks"),
    ]
    for check, outcome, evidence in (
        ("identity", "verified", "Passport, driving licence"),
        ("right_to_work", "continuous", "British passport"),
        ("self_disclosure", "discussed", "Form, talked over at interview"),
        ("prohibition", "clear", "Check a teacher's record"),
    ):
        told = {"check": check, "outcome": outcome, "evidence": evidence, "checked_by": "H. Marsh, HR"}
        steps.append(Step(who, days[33], _HR, "RecordCheck", {**told, "checked_on": days[33]}))
    for scope in ("overseas", "childcare"):
        answered = {"check": scope, "needed": False, "reason": "Asked at interview."}
        steps.append(Step(who, days[33], _HR, "AnswerScope", answered))
    awaited = {"check": "dbs", "outcome": "awaiting", "checked_by": "H. Marsh, HR", "requested_on": days[33]}
    steps.append(Step(who, days[33], _HR, "RecordCheck", awaited))
    return steps


def _moved(who: Thing, day: date, post: Thing, to: str, reason: str = "") -> Step:
    return Step(who, day, _HR, "MoveApplication", {"vacancy": post, "to": to, "reason": reason})


def _form(post: Thing, given: str, family: str, award: str, statement: str, days: list[date]) -> dict[str, Any]:
    began = date(days[0].year - 6, 9, 1)
    return {
        "vacancy": post,
        "surname": family,
        "forename": given,
        "email": f"{given}.{family}@mail.example".casefold(),
        "made_on": days[12],
        "qts": True,
        "award": award,
        "own_form": True,
        "statement": statement,
        "jobs": (
            {
                "employer": "Northvale Academy",
                "title": "Teacher",
                "from_on": began,
                "until_by": None,
                "with_children": True,
                "reason_left": "",
            },
        ),
        "schooling": (
            {
                "place": "University of Westmoor",
                "award": "PGCE",
                "from_on": date(began.year - 1, 9, 1),
                "until_by": date(began.year, 8, 20),
            },
        ),
    }
