"""The sift: score sheets, gates, interests, the ranking and the shortlist."""

from .judging import Judging
from .ranking import RankingPage
from .sheets import Sheets

__all__ = ["Judging", "RankingPage", "Sheets"]
