"""What the SEN budget answers the core: days, counts, one pupil's panel, lists to take away."""

from .asks import ASKS, FundingSeen, PostSeen, PostsSeen, SupportSeen, posts_asked
from .duties import deadlines
from .lists import exports, orders_table, statement_table, tenths
from .places import base, navigation
from .standing import measures, panels

__all__ = [
    "ASKS",
    "FundingSeen",
    "PostSeen",
    "PostsSeen",
    "SupportSeen",
    "base",
    "deadlines",
    "exports",
    "measures",
    "navigation",
    "orders_table",
    "panels",
    "posts_asked",
    "statement_table",
    "tenths",
]
