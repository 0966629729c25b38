"""What can happen in recruitment, in checks and to the SENCO's post."""

from .applications import ApplicationEntered, ApplicationMoved, GapExplained, Job, OfferMade, Referee, Schooling
from .checks import (
    CheckRecorded,
    CheckWaived,
    CopyDeleted,
    CopyKept,
    PersonCleared,
    ReferenceReceived,
    ReferenceSettled,
    RiskAssessed,
    ScopeAnswered,
    UpdateServiceSeen,
)
from .descriptions import Criterion, DescriptionWritten, Duty
from .engagements import (
    EngagementBegan,
    EngagementChanged,
    EngagementEnded,
    PersonNamed,
    TrainingTold,
    VolunteeringTold,
)
from .posts import PostFilled, PostLeft, PostPlanned
from .scoring import GateJudged, InterestDeclared, InterviewHeld, Mark, ScoresModerated, SheetScored
from .senco import SencoAppointed, SencoAwardTold, SencoEnded
from .sensitive import DisclosureWeighed, FitnessTold, OnlineSearched, SelfDisclosed
from .vacancies import (
    PanelMemberLeft,
    PanelMemberNamed,
    VacancyAdvertised,
    VacancyApproved,
    VacancyClosed,
    VacancyDrafted,
)

__all__ = [
    "ApplicationEntered",
    "ApplicationMoved",
    "CheckRecorded",
    "CheckWaived",
    "CopyDeleted",
    "CopyKept",
    "Criterion",
    "DescriptionWritten",
    "DisclosureWeighed",
    "Duty",
    "EngagementBegan",
    "EngagementChanged",
    "EngagementEnded",
    "FitnessTold",
    "GapExplained",
    "GateJudged",
    "InterestDeclared",
    "InterviewHeld",
    "Job",
    "Mark",
    "OfferMade",
    "OnlineSearched",
    "PanelMemberLeft",
    "PanelMemberNamed",
    "PersonCleared",
    "PersonNamed",
    "PostFilled",
    "PostLeft",
    "PostPlanned",
    "Referee",
    "ReferenceReceived",
    "ReferenceSettled",
    "RiskAssessed",
    "Schooling",
    "ScopeAnswered",
    "ScoresModerated",
    "SelfDisclosed",
    "SencoAppointed",
    "SencoAwardTold",
    "SencoEnded",
    "SheetScored",
    "TrainingTold",
    "UpdateServiceSeen",
    "VacancyAdvertised",
    "VacancyApproved",
    "VacancyClosed",
    "VacancyDrafted",
    "VolunteeringTold",
]
