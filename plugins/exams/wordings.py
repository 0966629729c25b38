"""Sentences for access arrangements."""

from core.wording import named
from events import Fact

from . import facts
from .codes import ARRANGEMENTS, HELD, SUB_AREAS

_ARRANGEMENT = f"{{arrangement:{named({one.key: one.title for one in ARRANGEMENTS[-1].value})}}}"
_MEASURED = f"{{sub_area:{named({one.key: one.title for one in SUB_AREAS[-1].value})}}}"
_SETTING = "{setting:lesson=in a lesson,timed_test=in a timed test,mock=in a mock}"
_EFFECT = "{effect:helped=It helped,no_difference=It made no difference,hindered=It got in the way}"
_NEED = "{need:learning=learning difficulty,other=a need other than a learning difficulty,plan=EHC plan}"

WORDINGS: dict[type[Fact], str] = {
    facts.CandidateNumbered: "Candidate {candidate} of centre {centre}[, UCI {uci}]",
    facts.EntryMade: "Entered for an exam paper",
    facts.EntryEnded: "Taken out of an exam paper. {reason}",
    facts.PaperSet: "{title} ({code}) sits on {sits_on}, {session}",
    facts.UseNoted: "Used: " + _ARRANGEMENT + ". Seen " + _SETTING + ", {taught}. " + _EFFECT + ". [{note}]",
    facts.NeedNamed: "Principal need for exams: " + _NEED + ". {picture}",
    facts.ScoreRecorded: "Assessed for exams: " + _MEASURED + ", standard score {score}[, by {test}]",
    facts.FormPartCompleted: "{form:8=Form 8,9=Form 9,note=File note,BD25=Dictionary form}[, Part {part},] completed",
    facts.EvidenceFiled: f"Evidence for exams filed: {{evidence:{named(HELD)}}}[, {{taught}}]. [{{note}}]",
    facts.RestBreaksTried: "Rest breaks tried in {taught}. They were {enough:True=enough,False=not enough}. [{note}]",
    facts.LanguageRecorded: "Language recorded for exams",
    facts.CandidateTold: "Candidate told how the application is processed. By {told_by}",
    facts.ArrangementAgreed: _ARRANGEMENT + ": agreed by the centre. The check said {checked}. [{reason}]",
    facts.ArrangementApplied: _ARRANGEMENT
    + ": applied for[, {percent} per cent]. The check said {checked}. [{reason}]",
    facts.ArrangementApproved: "Arrangement approved by the awarding bodies[, until {expires_on}]",
    facts.ArrangementRefused: "Arrangement refused by the awarding bodies. {reason}",
    facts.ApplicationReferred: "Application referred to {board}",
    facts.ArrangementEnded: "Arrangement ended. {reason}",
    facts.PrimaryArranged: "{assessment:KS2=Key stage 2 tests,MTC=Multiplication check} {year}: {arrangement}"
    "[, {test}]",
    facts.AssessorAppointed: "Assessor appointed, proof of qualification seen on {seen_on}",
    facts.AssessorEnded: "Assesses no more",
}
