"""Pages of requests about data."""

from core.requests.web.requests import Requests

__all__ = ["Requests"]
