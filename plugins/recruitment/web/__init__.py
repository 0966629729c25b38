"""Pages."""

from collections.abc import Mapping

from events import Fact

from ..facts import CheckRecorded, EngagementChanged, EngagementEnded, PersonNamed, TrainingTold, VolunteeringTold
from .applicants import ApplicantList, ApplicantPage, ApplicationImport, Entering, TakingBack
from .centre import CentreRecord, CentreSencos
from .checks import CheckForms, SensitiveForms, Starting
from .declarations import Declarations
from .descriptions import DescriptionEditing, DescriptionImport, Descriptions
from .offers import Offers
from .people import People, PersonHistory, Recording
from .posts import Posts
from .record import SingleRecord
from .record_import import RecordImport
from .senco import SencoPages
from .sift import Judging, RankingPage, Sheets
from .vacancies import Advertising, Drafting, PanelPages, Vacancies, VacancySteps

CONTROLLERS: tuple[type, ...] = (
    Advertising,
    ApplicantList,
    ApplicantPage,
    ApplicationImport,
    CheckForms,
    Declarations,
    DescriptionEditing,
    DescriptionImport,
    Descriptions,
    Drafting,
    Entering,
    Judging,
    Offers,
    PanelPages,
    People,
    PersonHistory,
    Posts,
    RankingPage,
    RecordImport,
    Recording,
    SencoPages,
    SensitiveForms,
    Sheets,
    TakingBack,
    SingleRecord,
    Starting,
    Vacancies,
    VacancySteps,
)
FORMS: Mapping[type[Fact], str] = {
    PersonNamed: "people/{subject}/name",
    TrainingTold: "people/{subject}/training",
    EngagementChanged: "people/{subject}/engagements/{engagement}/change",
    EngagementEnded: "people/{subject}/engagements/{engagement}/end",
    VolunteeringTold: "people/{subject}/engagements/{engagement}/volunteering",
    CheckRecorded: "people/{subject}/checks/{check}",
}
"""Where each is recorded, and a wrong one answered."""
CENTRE_CONTROLLERS: tuple[type, ...] = (CentreRecord, CentreSencos)
