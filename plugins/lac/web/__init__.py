"""Pages of looked-after children."""

from collections.abc import Mapping

from events import Fact

from ..facts import AuthorityNamed, EpisodeEnded, KinshipDeclared, LegalStatusChanged
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

FORMS: Mapping[type[Fact], str] = {
    LegalStatusChanged: "care/{subject}/legal/{episode}",
    EpisodeEnded: "care/{subject}/end/{episode}",
    KinshipDeclared: "care/{subject}/kinship",
    AuthorityNamed: "care/{subject}/authority/{part}",
}
"""Where each is recorded, and a wrong one answered."""
