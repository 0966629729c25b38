"""Pages of a person's checks, and of the decision that they may start."""

from .recording import CheckForms, SensitiveForms
from .starting import Starting

__all__ = ["CheckForms", "SensitiveForms", "Starting"]
