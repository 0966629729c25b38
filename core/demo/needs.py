"""How often which need is the first one, roughly as in England; and the words a SENCO types."""

from __future__ import annotations

from datetime import date
from random import Random

SUPPORT = {
    "SLCN": 26.5, "SEMH": 20.5, "MLD": 15.0, "SPLD": 14.5, "ASD": 10.0, "OTH": 4.5, "NSA": 3.5, "PD": 2.3, "HI": 1.6,
    "VI": 0.9, "SLD": 0.3, "MSI": 0.3, "DS": 0.1,
}  # fmt: skip
PLANS = {
    "ASD": 33.5, "SLCN": 20.5, "SEMH": 20.0, "MLD": 8.5, "SLD": 5.0, "PD": 3.8, "SPLD": 3.6, "OTH": 1.7, "HI": 1.6,
    "VI": 0.9, "DS": 0.9,
}  # fmt: skip
SPECIAL = {"ASD": 40.0, "SLD": 22.0, "SEMH": 11.0, "MLD": 9.0, "SLCN": 6.0, "PMLD": 7.0, "PD": 2.5, "DS": 2.5}
"""Shares in per cent of pupils by first need, after the January 2026 release in size only."""

_DS_FROM = date(2025, 1, 1)
_EARLIER = {"SLCN": 1.35, "SEMH": 0.8, "SPLD": 0.7}
_LATER = {"SLCN": 0.75, "SEMH": 1.15, "SPLD": 1.2}

PLACED = """
Reading two years behind in the autumn screening; class adaptations tried for two half-terms.
Speech and language therapist's report of last month; targets agreed with the class teacher.
Parents raised it at the review meeting; observed in class on three days since.
Anxious at the start of each day and out of lessons often; support plan agreed.
Fine motor difficulties; occupational therapist's advice followed from now on.
Progress in number stays well below the class after a term of catch-up.
Support at the last school continues here; their file has come.
Finds friendships and changes of routine hard; pathway referral made.
""".strip().splitlines()
MOVED = """
Final plan received from the authority.
The authority agreed the assessment in spring; plan issued after it.
Plan in force after the tribunal's consent order.
""".strip().splitlines()
CHANGED = """
Educational psychologist's report changes what comes first.
Reviewed with parents: the second need has come to the front.
Assessed by a specialist teacher; type of need now clear.
Language is age-appropriate after therapy; the other need remains.
""".strip().splitlines()
TAKEN_OFF = """
Three reviews on target; class teaching is enough now.
Reading age caught up; parents agree that support ends.
Settled for a year without support; pastoral team keeps an eye.
""".strip().splitlines()
WRONG_DAY = "Typed with the wrong day; recorded again with the right one."
WRONG_CHILD = "Recorded for the wrong child: two in the year share a surname."


def needs(rng: Random, provision: str, index: int, on_day: date, *, special: bool = False) -> tuple[str, ...]:
    """Needs in rank, of a child in that year group; a code not in use yet on that day is told as OTH."""
    shares = dict(SPECIAL if special else PLANS if provision == "E" else SUPPORT)
    weights = _LATER if index > 6 else _EARLIER
    shares = {code: share * weights.get(code, 1.0) for code, share in shares.items()}
    count = 1 + (rng.random() < (0.7 if provision == "E" else 0.32)) + (rng.random() < 0.1)
    drawn = [_drawn(rng, shares, on_day)]
    others = {code: share for code, share in SUPPORT.items() if code not in {"NSA", *drawn}}
    while len(drawn) < count and drawn != ["NSA"]:
        more = _drawn(rng, others, on_day)
        drawn += [more] if more not in drawn else []
    return tuple(drawn)


def _drawn(rng: Random, shares: dict[str, float], on_day: date) -> str:
    (code,) = rng.choices(list(shares), list(shares.values()))
    return "OTH" if code == "DS" and on_day < _DS_FROM else code
