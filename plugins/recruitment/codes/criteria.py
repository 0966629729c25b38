"""Criteria that person specifications for a SENCO mostly have, and how each is mostly judged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

ASSESSED: Mapping[str, str] = {
    "application": "Application",
    "interview": "Interview",
    "task": "Task",
    "references": "References",
    "documents": "Documents",
}
"""How a criterion may be judged; a specification writes the first letter."""
WEIGHTS = range(10)
"""What a criterion may weigh; of weight 0, it is not scored."""


class UsualCriterion(Struct, frozen=True):
    """A criterion as it is told from its words, with where it begins: the panel may judge it otherwise.

    Attributes:
        pattern: A regular expression; capitals do not matter.
        weight: 0 where it repeats another and is not scored twice.
        assessed: Letters of `ASSESSED`.
    """

    key: str
    pattern: str
    assessed: str
    essential: bool = True
    gate: bool = False
    weight: int = 1

    @property
    def ways(self) -> tuple[str, ...]:
        return ways_in(self.assessed)


_AWARD = r"national award|\bNASENCO\b|\bNPQ\b|national professional qualification"
USUAL_CRITERIA = (
    UsualCriterion("q1", r"\bQ\.?T\.?S\b|qualified teacher", "AD", gate=True),
    UsualCriterion("q2", rf"(?:{_AWARD}).*\b(?:willing|complet|gain|working towards|studying|or will)", "AD"),
    UsualCriterion("q2", _AWARD, "AD", essential=False),
    UsualCriterion("q3", r"\bdegree\b", "AD"),
    UsualCriterion("e1", r"\byears?\b.*\bteaching|\byears?\b.*\bexperience", "AIR", essential=False),
    UsualCriterion("e2", r"whole[- ]school", "AIR"),
    UsualCriterion("e3", r"self[- ]evaluation|(?:development|improvement) plan", "AI"),
    UsualCriterion("e4", r"\binset\b|(?:conduct|deliver|run|lead|provid)\w*(?: \w+)? training", "AIT"),
    UsualCriterion("e5", r"line[- ]manag|\bdeploy", "AIR"),
    UsualCriterion("k1", r"\bcode of practice\b|\bSEND? code\b", "AIT"),
    UsualCriterion("k2", r"quality[- ]first", "IT"),
    UsualCriterion("k3", r"evaluat\w* (?:\w+ )?interventions?|interventions?.*evaluat", "AT"),
    UsualCriterion("k4", r"\bdata\b", "T"),
    UsualCriterion("k5", r"communicat", "AIT"),
    UsualCriterion("k6", r"working relationships?", "IR"),
    UsualCriterion("k7", r"influenc|negotiat", "I"),
    UsualCriterion("k8", r"record[- ]keeping|keep\w* (?:\w+ )?records", "TR"),
    UsualCriterion("p5", r"safeguard", "AIR"),
    UsualCriterion("p2", r"equal opportunit|\bequality\b", "AI"),
    UsualCriterion("p1", r"best outcomes|\bethos\b", "I"),
    UsualCriterion("p3", r"under pressure|prioriti[sz]", "TR"),
    UsualCriterion("p4", r"confidential", "IR"),
    UsualCriterion("p6", r"communicat", "", weight=0),
)
"""Domain notes, recruitment section 1.3, whose defaults are ours: the first that fits and is not taken yet."""


def ways_in(letters: str) -> tuple[str, ...]:
    """The ways of judging that letters stand for, each once, in their own order; what is no such letter is left out."""
    return tuple(way for way, title in ASSESSED.items() if title[0] in letters.upper())


def usual_criterion(text: str, taken: Collection[str] = ()) -> UsualCriterion | None:
    """The usual criterion that a text is, by its words; None for any other.

    Args:
        taken: Keys of those found already: each is found once.
    """
    found = (one for one in USUAL_CRITERIA if one.key not in taken and re.search(one.pattern, text, re.IGNORECASE))
    return next(found, None)
