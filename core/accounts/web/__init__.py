"""Pages of people, and the way in."""

from core.accounts.web.people import People
from core.accounts.web.signing_in import SigningIn

__all__ = ["People", "SigningIn"]
