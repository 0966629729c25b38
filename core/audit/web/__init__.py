"""Pages of the trail."""

from core.audit.web.handing import Fetching
from core.audit.web.packs import Packs
from core.audit.web.pages import AcademyTrail, TrustTrail

__all__ = ["AcademyTrail", "Fetching", "Packs", "TrustTrail"]
