"""How the outcomes of rules are told: each with its words, what is missing, its rule and its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.desk import Desk
from core.trying import Rule

from ...codes import arrangement_on
from ...rules import Level, Outcome
from ...views import Case, eligibility, in_question, percent_of, title_of

_LEVELS: dict[Level, tuple[str, str]] = {
    "OK": ("nothing stands against it", "well"),
    "WARN": ("in doubt", "soon"),
    "UNKNOWN": ("a person must look", "soon"),
    "REFER": ("awarding body", "soon"),
    "BLOCK": ("stands against it", "late"),
}
_TOLD_BY = {  # which rule of a number speaks in outcomes
    "R1": "edition_state",
    "R2": "assessed_in_time",
    "R3": "band",
    "R5": "pair",
    "R6": "extra_time_25_learning",
    "R7": "extra_time_25_other",
    "R8": "extra_time_over_25",
    "R9": "scribe",
    "R10": "reader",
    "R11": "component",
    "R12": "lapses",
    "R13": "form_order",
    "R15": "bilingual_dictionary",
    "R17": "session_clash",
    "R25": "centre_move",
    "R27": "key_stage_2",
    "R28": "multiplication_check",
    "1.1": "delegated",
}
_OWN = {
    ("R15", "BD25"): "bilingual_dictionary_25",
    ("R17", "day"): "day_clash",
    ("1.1", "SRB"): "rest_breaks",
    ("1.1", "WP"): "word_processor",
}


def tag_of(outcome: Outcome) -> dict[str, str]:
    """An outcome's level in words; never that anything is approved."""
    text, kind = _LEVELS[outcome.level]
    return {"text": "missing" if outcome.level == "BLOCK" and outcome.missing else text, "kind": kind}


def drawn(outcomes: Iterable[Outcome], rules: dict[str, Rule], about_what: str = "") -> list[dict[str, Any]]:
    """Outcomes for `parts.outcomes`: each with its words, what is missing, its rule and its edition.

    Args:
        about_what: An arrangement, or "day": some numbers belong to several rules.
    """
    return [
        {
            "tag": tag_of(outcome),
            **_around(outcome),
            "missing": outcome.missing,
            "rule": rule_of(outcome.rule, rules, about_what),
            "edition": outcome.edition,
        }
        for outcome in outcomes
    ]


def _around(outcome: Outcome) -> dict[str, str]:
    """What is said before and after what is missing, which stands in a list of its own."""
    before, listed, after = outcome.says.partition("; ".join(outcome.missing) or "\n")
    return {"says": before.strip(), "then": after.strip(". ") + "." if listed and after.strip(". ") else ""}


def rule_of(number: str, rules: dict[str, Rule], about_what: str = "") -> dict[str, str] | None:
    """Where the rule of an outcome is told, and its source; None for a number without one."""
    name = f"exams.{_OWN.get((number, about_what)) or _TOLD_BY.get(number, '')}"
    rule = rules.get(name)
    return {"number": number, "href": f"/rules/{name}", "source": rule.citation.source} if rule else None


def asked_today(desk: Desk, one: Case, rules: dict[str, Rule]) -> dict[str, Any]:
    """What the rules say today of each arrangement in question; whether the edition still counts is told once."""
    keys = in_question(one, desk.today, named=True)
    said = {key: apart(eligibility(one, key, percent_of(one, key), desk.today)) for key in keys}
    return {
        "of_all": drawn(next((edition for _, edition in said.values()), ()), rules),
        "asked": [
            {
                "key": key,
                "title": title_of(key, desk.today),
                "outcomes": drawn(own, rules, key),
                "check": "Try other scores" if _goes_by_scores(key, desk.today) else "Open the check",
            }
            for key, (own, _) in said.items()
        ],
    }


def _goes_by_scores(key: str, today: date) -> bool:
    row = arrangement_on(key, today)
    return row is not None and row.scores != "never"


def apart(outcomes: tuple[Outcome, ...]) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """What is said of the arrangement itself, and what of the edition, which goes for all of them alike."""
    own = tuple(outcome for outcome in outcomes if outcome.rule != "R1")
    return own, tuple(outcome for outcome in outcomes if outcome.rule == "R1")
