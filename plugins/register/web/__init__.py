"""Pages of the register."""

from .listing import Register
from .plans import Plans
from .status import Status

__all__ = ["Plans", "Register", "Status"]
