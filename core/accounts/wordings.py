"""Sentences for people, grants, and who looked."""

from core.accounts import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.PersonAdded: "{name} was added as someone who may sign in",
    facts.PersonLeft: "May not sign in any more",
    facts.AccountReopened: "They may sign in again, though nobody did for long",
    facts.ProgramNamed: "It is a program, and comes by tokens only",
    facts.OperatorNamed: "Named as operator of this installation",
    facts.Granted: "Granted the role {role}. Purpose: {purpose}",
    facts.GrantProposed: "Shall be granted the role {role}, once a second person agrees. Purpose: {purpose}",
    facts.GrantRefused: "The second person did not agree to a grant. Reason: {reason}",
    facts.RoleProposed: "The role {role} shall be changed, once a second person agrees. Reason: {reason}",
    facts.RoleSet: "A second person agreed to the change of a role",
    facts.RoleRefused: "The second person did not agree to the change of a role. Reason: {reason}",
    facts.GlassBroken: "Broke glass: opened what their role hides of one pupil. Reason: {reason}",
    facts.GrantEnded: "A grant was ended. Reason: {reason}",
    facts.ConflictNamed: "Opens nothing of a pupil close to them any more. Reason: {reason}",
    facts.ConflictEnded: "May open the record of a pupil once close to them again. Reason: {reason}",
    facts.SignedIn: "Signed in, with {how}",
    facts.TurnedAway: "Asked for what they have not been granted: {action}[ {record_class}]",
    facts.Opened: "Opened this record",
    facts.Exported: "Exported {what}: {rows} rows",
    facts.PackFetched: "A pack that was handed over by link was fetched",
    facts.PackMade: "Made a pack for someone outside, with entries of this record: {entries}. {purpose}",
}
