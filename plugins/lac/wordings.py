"""Sentences for looked-after children. They are shown to nobody without the grant."""

from core.wording import named
from events import Fact

from . import facts
from .codes import CARE_KINDS, EVIDENCE_KINDS, SECTIONS, WHO_IS_TOLD

_PART = "{part:looking_after=Looking-after authority,school_area=Authority of the school's area,plan=Authority of the "
_PART += "EHC plan,funding=Authority that pays}"
_WHY = "{why:initial=first,termly=termly,provision=new school,interim=interim}"

WORDINGS: dict[type[Fact], str] = {
    facts.EpisodeBegan: f"{{care:{named(CARE_KINDS.value)}}}, from {{began_on}}. The school was told on {{told_on}}",
    facts.LegalStatusChanged: "Legal status became {legal}",
    facts.EpisodeEnded: "The episode ended on {ended_on}[, reason {cause}]",
    facts.EvidenceSeen: f"Proof seen: {{evidence:{named(EVIDENCE_KINDS.value)}}}",
    facts.PreviousCareDeclared: "Previous care declared: code {code}[, order of {ordered_on}]",
    facts.KinshipDeclared: "Kinship care declared: code {code}",
    facts.AuthorityNamed: _PART + ": [{authority}]. Source: {source}",
    facts.AuthoritySet: "{name} set up, as it works from {from_on}",
    facts.DesignatedTeacherNamed: "Designated teacher named from {from_on}",
    facts.DesignatedTeacherTrained: "Designated teacher trained: {course}",
    facts.DesignatedTeacherEnded: "Designated teacher until {ended_on}",
    facts.PepStarted: "PEP started (" + _WHY + ")",
    facts.MeetingHeld: "PEP meeting held. Next: {next_on}",
    facts.VoiceGiven: "The child's voice recorded. {words}",
    facts.SectionWritten: f"PEP section written: {{section:{named(SECTIONS)}}}. {{words}}",
    facts.AttendanceCounted: "Attendance: {missed} of {possible} sessions missed, up to {until_by}",
    facts.TargetSet: "Target set for {by_on}. {words}",
    facts.TargetJudged: "Target judged: {outcome:met=met,part=partly met,not=not met}. {evidence}",
    facts.PepMadeReady: "PEP ready to send",
    facts.PepTakenBack: "PEP taken up again",
    facts.PepSent: "PEP sent to the virtual school",
    facts.PepReturned: "PEP returned by the virtual school. {reason}",
    facts.PepAgreed: "PEP agreed by the virtual school[, graded {grade}]",
    facts.CareReviewHeld: "The authority reviewed the child's care",
    facts.SdqScored: "Questionnaire: [total {score}][no total, reason {cause}]",
    facts.SuspensionDecided: "{permanent:True=Permanently excluded,False=Suspended} from {from_on},"
    " {sessions} sessions",
    facts.SuspensionTold: f"Suspension told. {{whom:{named(WHO_IS_TOLD)}}}, by {{channel}}",
    facts.SessionsLostElsewhere: "{sessions} sessions lost to suspension at other schools in {year}",
    facts.ClaimMade: "Premium asked for a target. {item}",
    facts.ClaimAgreed: "Premium agreed by the authority",
    facts.ClaimRefused: "Premium refused by the authority. {reason}",
    facts.ClaimPaid: "Premium paid by the authority",
    facts.ClaimSpent: "Premium spent. {on_what}",
    facts.SchoolPremiumPaid: "Premium for {pupils} previously looked-after pupils paid",
    facts.SchoolPremiumSpent: "Premium for previously looked-after pupils spent. {on_what}",
}
