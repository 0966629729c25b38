"""Sentences for the register."""

from events import Fact

from . import facts

WORDINGS: dict[type[Fact], str] = {
    facts.PlacedOnRegister: "Placed on the register: {provision}, {needs}. Parents told: {parents_told_on}. {reason}",
    facts.MovedOnRegister: "Moved on the register: {provision}, {needs}. Parents told: {parents_told_on}. {reason}",
    facts.NeedsChanged: "Needs changed to {needs}. {reason}",
    facts.TakenOffRegister: "Taken off the register. Parents told: {parents_told_on}. {reason}",
    facts.PlanIssued: "EHC plan made on {made_on}",
    facts.ReviewEnded: "Annual review ended on {ended_on}",
}
