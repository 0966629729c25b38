"""Sentences for requests about data."""

from core.requests import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.RequestReceived: "A request or complaint about data came ({sort})",
    facts.PeopleNamed: "It was decided whose records are gathered",
    facts.RecordsPromised: "It was decided whether educational records are given in 15 school days",
    facts.IdentityProved: "It was shown who asks, and that they may: {how}",
    facts.ClarificationAsked: "They were asked what they mean: {what}",
    facts.ClarificationGiven: "They said what they mean",
    facts.RequestExtended: "They were told that it takes longer: {reason}",
    facts.RequestAcknowledged: "They were told that their complaint has come",
    facts.PartsDecided: "It was decided which parts are given",
    facts.RecordLeftOut: "It was decided whether a kind of record is given ({record_class})",
    facts.PackSealed: "The pack was made: {entries} entries, {withheld} parts withheld",
    facts.SecondRead: "A second person read what is to be given. {remarks}",
    facts.RequestAnswered: "They were answered ({outcome}): {words}",
}
