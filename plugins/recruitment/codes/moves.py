"""The states an application goes through, one step after the other, and the ways in which it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

ApplicationState = Literal[
    "draft",
    "submitted",
    "longlisted",
    "shortlisted",
    "interview",
    "offer_conditional",
    "accepted_pending_checks",
    "cleared",
    "started",
    "withdrawn",
    "rejected_sift",
    "rejected_interview",
    "declined",
    "offer_withdrawn",
    "conditions_not_met",
]


class Exit(Struct, frozen=True):
    """A way in which an application ends before anybody starts."""

    leaves: tuple[ApplicationState, ...]  # the states it is open from
    by_us: bool  # whether the academy ends it, and so says why


STATES: Mapping[ApplicationState, str] = {
    "draft": "Draft",
    "submitted": "Submitted",
    "longlisted": "Longlisted",
    "shortlisted": "Shortlisted",
    "interview": "Interview",
    "offer_conditional": "Conditional offer",
    "accepted_pending_checks": "Accepted, checks under way",
    "cleared": "Cleared",
    "started": "Started",
    "withdrawn": "Withdrawn",
    "rejected_sift": "Not shortlisted",
    "rejected_interview": "Not appointed",
    "declined": "Offer declined",
    "offer_withdrawn": "Offer withdrawn",
    "conditions_not_met": "Conditions not met",
}

STEPS: tuple[ApplicationState, ...] = (
    "draft",
    "submitted",
    "longlisted",
    "shortlisted",
    "interview",
    "offer_conditional",
    "accepted_pending_checks",
    "cleared",
    "started",
)
"""The way to the first day at work. Nobody skips a step."""

EXITS: Mapping[ApplicationState, Exit] = {
    "withdrawn": Exit(STEPS[:-1], by_us=False),
    "rejected_sift": Exit(("submitted", "longlisted"), by_us=True),
    "rejected_interview": Exit(("shortlisted", "interview"), by_us=True),
    "declined": Exit(("offer_conditional",), by_us=False),
    "offer_withdrawn": Exit(("offer_conditional", "accepted_pending_checks", "cleared"), by_us=True),
    "conditions_not_met": Exit(("accepted_pending_checks", "cleared"), by_us=True),
}
"""The notes name the exits and not where each begins, but for `withdrawn`; the rest is our reading."""

FROM_OFFER = frozenset(STEPS[STEPS.index("offer_conditional") :])
"""The steps at which health may be asked about."""

FROM_SHORTLIST = frozenset(STEPS[STEPS.index("shortlisted") :])
"""The steps at which convictions may be asked about, and names are known."""
