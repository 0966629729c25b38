"""Pages of disposal: what waits and is held, one person's records, the decisions, the certificates."""

from core.disposal.web.certificates import Certificates
from core.disposal.web.deciding import Deciding
from core.disposal.web.due import Overdue
from core.disposal.web.holding import Holding
from core.disposal.web.listing import Disposals
from core.disposal.web.schedule import Schedule

__all__ = ["Certificates", "Deciding", "Disposals", "Holding", "Overdue", "Schedule"]
