"""Sentences for what happens to the trust and its academies."""

from core.academies import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.TrustNamed: "The trust was named {name}",
    facts.AcademyAdded: "{name} joined the trust: URN {urn}, {phase}, {authority}",
    facts.AcademyMovedOut: "It moved to the trust at {receiver}",
    facts.TermSet: "Term set: {name}, {starts_on} to {ends_on}",
    facts.ClosedDaySet: "Closed on {closed_on}",
    facts.PluginSwitchedOn: "Switched on: {plugin}. Reason: {reason}",
    facts.PluginSwitchedOff: "Switched off: {plugin}. Reason: {reason}",
}
