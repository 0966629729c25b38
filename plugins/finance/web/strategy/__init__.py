"""Pages of the inclusion strategy: written, complete, published, taken away."""

from .publishing import PublishStrategyPages
from .showing import StrategyPages
from .writing import StrategyForms

__all__ = ["PublishStrategyPages", "StrategyForms", "StrategyPages"]
