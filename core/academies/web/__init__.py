"""Pages of the trust and of each academy."""

from core.academies.web.academy import AcademyPages
from core.academies.web.switching import Switching
from core.academies.web.trust import TrustPages

__all__ = ["AcademyPages", "Switching", "TrustPages"]
