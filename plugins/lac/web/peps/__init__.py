"""Personal education plans: one plan with all its parts, its forms, and how it goes to the virtual school."""

from .plan import Plan
from .starting import Starting
from .writing import Writing

__all__ = ["Plan", "Starting", "Writing"]
