"""What is asked for on the last day: what is kept of a child, and samples for governors."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from core.accounts.commands import Give
from core.building import Building
from core.by_name import command_here, filled
from core.demo.clock import Clock, at_hour
from core.demo.people import Staff
from core.demo.places import SITES, Site
from core.desk import Desk
from core.errors import NotFound, Refused
from core.ids import uuid7
from core.requests.commands import NamePeople, ReceiveRequest
from core.roll.people import people_at
from core.roll.views import pupil

_ASKED_AT, _GOVERNED_AT = "cawdor", "kestrel"
_WORDS = "Everything that you have about my child, since Year 7."
_ASKS_STAFF = "Everything that is kept about me, with what my referees said."
_ASKS_PAPER = "How many pupils have a plan, and what the academy spends on each kind of help."


def ask(building: Building, clock: Clock, staff: Staff, today: date) -> None:
    """A mother's letter came some days ago, and two may read what is kept of her child; two SENCOs drew samples.

    Args:
        today: It is told on the weekday before, in holidays too: letters come all year.
    """
    eve = today - timedelta(days={0: 3, 6: 2}.get(today.weekday(), 1))
    clock.set(at_hour(eve, 16, 30))
    for site in SITES:
        found = building.academy(site.urn)
        if found and site.key in (_ASKED_AT, _GOVERNED_AT):
            senco = staff.desk("senco", site, found[0])
            _sample(senco, eve)
            if site.key == _ASKED_AT:
                _request(building, staff, site, senco, eve)


def _request(building: Building, staff: Staff, site: Site, senco: Desk, today: date) -> None:
    where, child = senco.here, _well_known(senco)[0]
    dpo, head = staff.desk("dpo", None, where), staff.desk("head", site, where)
    came = ReceiveRequest("access", today - timedelta(days=6), "The mother, by letter", _WORDS, False, child)
    dpo.do(came, uuid7(building.clock()))
    allows, until = building.role_allows("records_officer"), today + timedelta(days=30)
    for reader in (dpo, head):
        why = "A mother asked what is kept of her child"
        give = Give("records_officer", (where,), allows, why, "named", (child,), until_by=until)
        staff.desk("operator", None, None).do(give, reader.person_id)
    _others(building, dpo, today)


def _others(building: Building, dpo: Desk, today: date) -> None:
    """Somebody who works here asks what is kept of them, and a paper for information."""
    paper = ReceiveRequest("information", today - timedelta(days=9), "A local paper, by e-mail", _ASKS_PAPER, False)
    dpo.do(paper, uuid7(building.clock()))
    case = uuid7(building.clock())
    dpo.do(
        ReceiveRequest("access", today - timedelta(days=2), "Somebody who works here, in person", _ASKS_STAFF, False),
        case,
    )
    people = people_at(building, dpo.academy) if dpo.academy else {}
    works = sorted(key for key, one in people.items() if one.record == "recruitment.engagement")
    if works:
        dpo.do(NamePeople(tuple(works[:1])), case)


def _sample(senco: Desk, today: date) -> None:
    drawn = {
        "pupils": [str(key) for key in _well_known(senco)[:3]],
        "until_by": str(today + timedelta(days=13)),
        "why": "For the committee of this month",
    }
    try:
        decider = command_here(senco, "register", "draw-sample")
        senco.do(filled(decider.command, drawn, lambda _, value: value, strict=True))
    except (NotFound, Refused):
        return  # nobody there is on the register, or the register is off


def _well_known(senco: Desk) -> list[UUID]:
    """Pupils on roll, those of whom most is kept first."""
    here = [key for key, one in senco.see_all(pupil).items() if one.is_on_roll(senco.today)]
    return sorted(here, key=lambda key: (-len(senco.history(key)), key))
