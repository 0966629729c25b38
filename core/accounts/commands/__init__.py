"""What the trust decides about people."""

from .granting import (
    AgreeToGrant,
    EndGrant,
    Give,
    RefuseGrant,
    agree_to_grant,
    end_grant,
    give,
    refuse_grant,
)
from .people import (
    AddPerson,
    EndConflict,
    NameConflict,
    RemovePerson,
    ReopenAccount,
    add_person,
    end_conflict,
    name_conflict,
    remove_person,
    reopen_account,
)
from .roles import (
    AgreeToRole,
    ProposeRole,
    RefuseRole,
    agree_to_role,
    propose_role,
    refuse_role,
)

__all__ = [
    "AddPerson",
    "AgreeToGrant",
    "AgreeToRole",
    "EndConflict",
    "EndGrant",
    "Give",
    "NameConflict",
    "ProposeRole",
    "RefuseGrant",
    "RefuseRole",
    "RemovePerson",
    "ReopenAccount",
    "add_person",
    "agree_to_grant",
    "agree_to_role",
    "end_conflict",
    "end_grant",
    "give",
    "name_conflict",
    "propose_role",
    "refuse_grant",
    "refuse_role",
    "remove_person",
    "reopen_account",
]
