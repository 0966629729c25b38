"""One child's page, and what every page about one child begins with."""

from .opening import TITLE, asked, crumbs, home, known_child, readable
from .page import Children

__all__ = ["TITLE", "Children", "asked", "crumbs", "home", "known_child", "readable"]
