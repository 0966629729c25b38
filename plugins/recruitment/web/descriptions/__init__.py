"""Job descriptions: listed, imported, shown version by version, changed, taken away."""

from .editing import DescriptionEditing
from .importing import DescriptionImport
from .pages import Descriptions

__all__ = ["DescriptionEditing", "DescriptionImport", "Descriptions"]
