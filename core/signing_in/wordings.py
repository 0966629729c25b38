"""Sentences for the way in."""

from core.signing_in import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.PasswordSet: "Set another password, by {how}",
    facts.LinkSent: "Was sent a link to set a password: {why}",
    facts.FactorAdded: "Added an authenticator app as second factor",
    facts.PasskeyAdded: "Added a passkey as second factor: {called}",
    facts.PasskeyRemoved: "Took a passkey away: {called}",
    facts.FactorRemoved: "The second factor was taken away",
    facts.IdentityLinked: "Signed in by {provider} for the first time; that account is theirs now",
    facts.TokenMade: "Made a token for a program, good until {until_by}: {called}",
    facts.TokenEnded: "Ended a token of a program",
    facts.SignInRefused: "Somebody tried to sign in as them and failed ({at})",
}
