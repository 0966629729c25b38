"""Sentences for what is kept and destroyed."""

from core.disposal import facts
from core.disposal.grounds import every_ground
from core.wording import named
from events import Fact

_SINCE = {"born": "from birth", "left": "from when they leave", "last_entry": "from the last entry", "hand": "by hand"}
_GROUND = "{ground:" + named({code: one.says for code, one in every_ground().items()}) + "}"

WORDINGS: dict[type[Fact], str] = {
    facts.DisposalProposed: "Proposed to be destroyed: {record_class}. " + _GROUND + ". {reason}",
    facts.DisposalApproved: "Agreed that it be destroyed",
    facts.DisposalRefused: "It is kept. {reason}",
    facts.HoldPlaced: "Held until reviewed by {review_by}[: {record_class}]. {reason}",
    facts.HoldLifted: "The hold was lifted. {reason}",
    facts.RetentionSet: "How long it is kept was decided: {record_class}, {trigger:" + named(_SINCE) + "}"
    ", {months} months. {reason}",
    facts.Disposed: "Destroyed: {record_class}, {entries} entries. " + _GROUND + ". Backups hold its key until "
    "{backups_until}",
}
