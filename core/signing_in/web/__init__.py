"""Pages of the way in, and of one's own account."""

from core.signing_in.web.account import Accounts
from core.signing_in.web.arriving import SigningIn
from core.signing_in.web.links import Links
from core.signing_in.web.passkeys import ByPasskey, Passkeys
from core.signing_in.web.providing import ByProvider
from core.signing_in.web.second import SecondFactor
from core.signing_in.web.tokens import TokenPages
from core.signing_in.web.visits import Visitors, Visits

__all__ = [
    "Accounts",
    "ByPasskey",
    "ByProvider",
    "Links",
    "Passkeys",
    "SecondFactor",
    "SigningIn",
    "TokenPages",
    "Visitors",
    "Visits",
]
