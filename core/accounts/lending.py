"""Lending: a colleague stands in for what one may oneself, for a while; whoever lends it stays answerable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.accounts.facts import Granted, GrantEnded
from core.accounts.roles import STAND_IN
from core.accounts.rules import terms
from core.accounts.views import GLASS, Grant
from core.errors import NotFound, Refused
from events import New

if TYPE_CHECKING:
    from core.desk import Desk

LENT = ("summary", "read", "write")
"""What can be lent: signing, taking away and lending on cannot."""
_BESIDE = ("core.running", "core.identity")
_NEVER = {"core.people", "core.disposal", "core.requests", "core.trail"}
"""Classes that are never lent: what is decided there needs the very person, or is not a colleague's to read."""


def mine(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What this person could lend here: for each class of record, the actions. Never what was lent to them, nor what
    they have for some pupils only: whoever stands in could keep a child that they have lost."""
    found: dict[str, set[str]] = {}
    for one in desk.permissions.grants:
        if one.lead is None and one.role != GLASS and one.subjects == "all":
            for record, actions in one.allows.items():
                found.setdefault(record, set()).update(actions & set(LENT))
    return {
        record: tuple(one for one in LENT if one in actions)
        for record, actions in sorted(found.items())
        if actions and record not in _NEVER.union(_BESIDE) and desk.may("read", record)
    }


def lent(desk: Desk) -> list[tuple[UUID, Grant]]:
    """What this person has lent here that still counts, and to whom."""
    now = desk.building.now
    return [
        (key, one)
        for key, held in desk.building.every_grant().items()
        for one in held
        if one.lead == desk.person_id and one.covers(desk.here, now)
    ]


def lend(
    desk: Desk, email: str, records: Iterable[str], named: tuple[UUID, ...], until: date | None, purpose: str,
    command_id: UUID, *, writes: bool,
) -> None:  # fmt: skip
    """Lets a colleague stand in.

    Args:
        records: Classes that this person could lend; with what they may do there, but writing unless `writes`.
        named: The pupils; () for everyone here.

    Raises:
        NotAllowed: This person lends nothing.
        Refused: It cannot be.
    """
    if not desk.may("lend", "core.running"):
        raise desk.turned_away("lend", "core.running")
    building, own = desk.building, mine(desk)
    wanted = {one: tuple(act for act in own.get(one, ()) if writes or act != "write") for one in records}
    if building.trust.find_command(command_id, 1):
        return  # sent again
    found = building.person_by_email(email)
    if found is None or found[1].left_on is not None or found[0] == desk.person_id:
        raise Refused("No colleague signs in with this address.", code="nobody", field="email")
    if _domain(found[1].email) != _domain(desk.person.email):
        raise Refused(
            "A stand-in works for the same employer: their address ends like yours.", code="elsewhere", field="email"
        )
    if not wanted or not all(wanted.values()):
        raise Refused("Choose from what you hold yourself.", code="not_mine", field="records")
    if any(not desk.may("read", record, one) for record in wanted for one in named):
        raise Refused("One of these pupils is not among yours.", code="not_yours", field="upns")
    longest = terms(desk.today).loan
    if until is None or not 0 <= (until - desk.today).days < longest:
        raise Refused(f"Say until when: {longest} days at most.", code="no_end", field="until_by")
    if not 0 < len(purpose) <= 200:
        raise Refused("Say what for, in 200 characters at most.", code="purpose", field="purpose")
    beside = {record: ("read",) for record in _BESIDE if desk.may("read", record)}
    fact = Granted(
        command_id, STAND_IN, (desk.here,), "named" if named else "all", named, {**beside, **wanted}, desk.today,
        until, purpose, lead=desk.person_id,
    )  # fmt: skip
    building.trust.append([New(found[0], fact)], command_id=command_id, actor=desk.actor)


def take_back(desk: Desk, grant: UUID, command_id: UUID) -> None:
    """Ends what this person lent; raises NotFound for anything else."""
    if desk.building.trust.find_command(command_id, 1):
        return  # sent again
    held = next(((key, one) for key, one in lent(desk) if one.grant == grant), None)
    if held is None:
        raise NotFound
    fact = GrantEnded(grant, desk.today, "Taken back by whoever lent it")
    desk.building.trust.append([New(held[0], fact)], command_id=command_id, actor=desk.actor)


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()
