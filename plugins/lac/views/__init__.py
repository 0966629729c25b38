"""What the academy knows of the children in care it teaches, and what follows from it today."""

from .alerts import Alerts, Suspension, alerts, sessions_lost, to_tell
from .dues import Child, Due, dues, handings, interim_wanted
from .gathering import CareTold, FundingTold, by_code, care_told, child, funding_told
from .money import Claim, Premium, Sums, agreed_by_term, claims, financial_year, premium, sums, term_sum
from .peps import Pep, Peps, Target, peps, wellbeing
from .sending import FUND, NO_VOICE, OUTCOMES, Copy, missing_before_ready, not_smart, written_out
from .setting import Authority, Designated, Wanted, authority, authority_id, designated, posts, wanted
from .status import Episode, Status, is_looked_after, status

__all__ = [
    "FUND",
    "NO_VOICE",
    "OUTCOMES",
    "Alerts",
    "Authority",
    "CareTold",
    "Child",
    "Claim",
    "Copy",
    "Designated",
    "Due",
    "Episode",
    "FundingTold",
    "Pep",
    "Peps",
    "Premium",
    "Status",
    "Sums",
    "Suspension",
    "Target",
    "Wanted",
    "agreed_by_term",
    "alerts",
    "authority",
    "authority_id",
    "by_code",
    "care_told",
    "child",
    "claims",
    "designated",
    "dues",
    "financial_year",
    "funding_told",
    "handings",
    "interim_wanted",
    "is_looked_after",
    "missing_before_ready",
    "not_smart",
    "peps",
    "posts",
    "premium",
    "sessions_lost",
    "status",
    "sums",
    "term_sum",
    "to_tell",
    "wanted",
    "wellbeing",
    "written_out",
]
