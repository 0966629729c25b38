"""Pages of requests about data."""

from core.requests.web.answering import Answering
from core.requests.web.gathering import Gathering
from core.requests.web.naming import Naming
from core.requests.web.requests import Requests

__all__ = ["Answering", "Gathering", "Naming", "Requests"]
