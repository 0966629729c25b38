"""Pages of looked-after children."""

from .authorities import Authorities
from .care import Care
from .children import Children
from .designated import DesignatedTeachers
from .funding import Funding
from .listing import ChildrenList
from .money import Claims, Money
from .peps import Plan, Starting, Writing
from .premium import PremiumPages
from .report import ReportPages
from .suspensions import Suspensions

CONTROLLERS: tuple[type, ...] = (
    *(ChildrenList, Children, Care, Starting, Plan, Writing),
    *(Money, Claims, Suspensions),
    *(Authorities, DesignatedTeachers, PremiumPages, Funding, ReportPages),
)
