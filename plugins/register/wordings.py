"""Sentences for the register."""

from events import Fact

from . import facts

_PROVISION = "{provision:K=SEN support,E=EHC plan}"

WORDINGS: dict[type[Fact], str] = {
    facts.PlacedOnRegister: "Placed on the register: "
    + _PROVISION
    + ", {needs}. Parents told: {parents_told_on}. {reason}",
    facts.MovedOnRegister: "Moved on the register: "
    + _PROVISION
    + ", {needs}. Parents told: {parents_told_on}. {reason}",
    facts.NeedsChanged: "Needs changed to {needs}. {reason}",
    facts.TakenOffRegister: "Taken off the register. Parents told: {parents_told_on}. {reason}",
    facts.SampleDrawn: "A sample without names was drawn for governors, until {until_by}. {why}",
    facts.PlanIssued: "EHC plan made on {made_on}",
    facts.ReviewEnded: "Annual review ended on {ended_on}",
}
