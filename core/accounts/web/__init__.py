"""Pages of people."""

from core.accounts.web.conflicts import Conflicts
from core.accounts.web.glass import Glass
from core.accounts.web.granting import Granting
from core.accounts.web.leaving import Leaving
from core.accounts.web.lending import Lending
from core.accounts.web.people import People
from core.accounts.web.programs import Programs
from core.accounts.web.report import Report
from core.accounts.web.roles import Roles

__all__ = ["Conflicts", "Glass", "Granting", "Leaving", "Lending", "People", "Programs", "Report", "Roles"]
