"""Pages of the trail."""

from core.audit.web.packs import Packs
from core.audit.web.pages import AcademyTrail, TrustTrail

__all__ = ["AcademyTrail", "Packs", "TrustTrail"]
