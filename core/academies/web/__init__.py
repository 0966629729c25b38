"""Pages of the trust and of each academy."""

from core.academies.web.academy import AcademyPages
from core.academies.web.exports import ExportPages
from core.academies.web.measures import MeasurePages
from core.academies.web.switching import Switching
from core.academies.web.trust import TrustPages

__all__ = ["AcademyPages", "ExportPages", "MeasurePages", "Switching", "TrustPages"]
