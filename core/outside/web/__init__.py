"""What anyone may fetch of the logs; and the page that says where halves went."""

from core.outside.web.page import OutsidePage
from core.outside.web.well_known import WellKnown

__all__ = ["OutsidePage", "WellKnown"]
