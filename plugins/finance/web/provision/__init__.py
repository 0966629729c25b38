"""Pages of provision: what each kind of help costs, and who is helped by it."""

from .pricing import Pricing
from .sharing import Sharing
from .showing import ProvisionPages

__all__ = ["Pricing", "ProvisionPages", "Sharing"]
