"""Sentences for what happens to the half outside."""

from core.outside import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.HalfSent: "The half went outside ({place}) on {sent_on}, covering {entries} entries of the trust's log"
}
