"""Sentences for recruitment. None names an applicant, a referee or what was disclosed."""

from core.wording import named
from events import Fact

from . import facts
from .codes import CHECKS, ROUTES, STATES

_CHECK = "{check:" + ",".join(f"{key}={one.title}" for key, one in CHECKS.value.items()) + "}"
_TO = "{to:" + named({str(key): title for key, title in STATES.items()}) + "}"
_ROUTE = f"{{route:{named(ROUTES)}}}"
_STAGE = "{stage:sift=at the sift,interview=at the interview}"
_AWARD = "{award:nasenco=National Award,npq=NPQ for SENCOs}"

WORDINGS: dict[type[Fact], str] = {
    facts.DescriptionWritten: "Job description written: {title}",
    facts.VacancyDrafted: "Vacancy drafted: {title}",
    facts.PanelMemberNamed: "Panel member named[, trained in safer recruitment on {trained_on}]",
    facts.PanelMemberLeft: "Panel member left",
    facts.VacancyApproved: "Vacancy approved. Money: {budget}",
    facts.VacancyAdvertised: "Vacancy advertised until {closes_on}, {closes_at}",
    facts.VacancyClosed: "Campaign ended: {outcome:appointed=appointed,not_appointed=nobody appointed,"
    "withdrawn=withdrawn}. {reason}",
    facts.ApplicationEntered: "Application {number} came",
    facts.GapExplained: "Gap explained: {from_on} to {until_by}",
    facts.ApplicationMoved: "Application now: " + _TO,
    facts.OfferMade: "Offered on condition of the checks, from {starts_on}",
    facts.SheetScored: "Scored " + _STAGE,
    facts.ScoresModerated: "Scores talked over " + _STAGE,
    facts.GateJudged: "Gate {criterion}: {met:True=met,False=not met}",
    facts.InterestDeclared: "Interest declared by a panel member",
    facts.InterviewHeld: "Interview held: {appointable:True=appointable,False=not appointable}",
    facts.PersonNamed: "Named on the record",
    facts.EngagementBegan: "Engagement as {title} from {starts_on}",
    facts.EngagementChanged: "Engagement became {title} from {from_on}",
    facts.EngagementEnded: "Engagement ended on {ended_on}",
    facts.VolunteeringTold: "Volunteering pattern recorded: {weekly:True=weekly,False=not weekly}",
    facts.TrainingTold: "Training on {done_on}: {course:safeguarding=safeguarding,safer_recruitment=safer recruitment,"
    "induction=induction}",
    facts.CheckRecorded: _CHECK + " recorded, made on {checked_on}. " + _ROUTE,
    facts.UpdateServiceSeen: "DBS Update Service looked up",
    facts.ScopeAnswered: _CHECK + ": {needed:True=needed,False=not needed}",
    facts.ReferenceReceived: "Reference received",
    facts.ReferenceSettled: "Reference settled",
    facts.RiskAssessed: "Start without a certificate risk-assessed, reviewed by {review_by}",
    facts.CheckWaived: _CHECK + " waived. {reason}",
    facts.PersonCleared: "{verdict:CLEAR=Cleared to start,CLEAR_WITH_RISK_ASSESSMENT=Cleared to start under a risk "
    "assessment} on {starts_on}",
    facts.CopyKept: "Copy of a DBS certificate kept. {reason}",
    facts.CopyDeleted: "Copy of a DBS certificate destroyed",
    facts.FitnessTold: "Fitness for the post recorded",
    facts.SelfDisclosed: "Self-declaration received",
    facts.OnlineSearched: "Online search made",
    facts.DisclosureWeighed: "Disclosure weighed by two people",
    facts.SencoAppointed: "SENCO appointed from {from_on}",
    facts.SencoAwardTold: _AWARD + "[, begun {begun_on}][, completed {completed_on}]",
    facts.SencoEnded: "SENCO until {ended_on}",
    facts.PostPlanned: "Post planned: {title}, from {from_on}",
    facts.PostFilled: "Post filled from {from_on}",
    facts.PostLeft: "Post empty from the day after {left_on}",
}
