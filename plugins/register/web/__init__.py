"""Pages of the register."""

from collections.abc import Mapping

from events import Fact

from ..facts import MovedOnRegister, NeedsChanged, PlacedOnRegister, PlanIssued, ReviewEnded, TakenOffRegister
from .listing import Register
from .plans import Plans
from .samples import Samples
from .status import Status

__all__ = ["FORMS", "Plans", "Register", "Samples", "Status"]

_STATUS: tuple[type[Fact], ...] = (PlacedOnRegister, MovedOnRegister, NeedsChanged, TakenOffRegister)
FORMS: Mapping[type[Fact], str] = {
    **dict.fromkeys(_STATUS, "pupils/{subject}/change"),
    PlanIssued: "plans/{subject}/new",
    ReviewEnded: "plans/{subject}",
}
"""Where each is recorded, and a wrong one answered."""
