"""What is asked for on the last day: what is kept of a child, and a sample for governors."""

from __future__ import annotations

from datetime import date, timedelta

from core.accounts.commands import Give
from core.building import Building
from core.by_name import command_here, filled
from core.demo.people import Staff
from core.demo.places import SITES
from core.errors import NotFound, Refused
from core.ids import uuid7
from core.requests.commands import ReceiveRequest
from core.roll.views import pupil

_WHERE = "cawdor"


def ask(building: Building, staff: Staff, today: date) -> None:
    """A mother's letter came some days ago, and two may read what is kept of her child; the SENCO drew a sample for the
    committee."""
    site = next(one for one in SITES if one.key == _WHERE)
    found = building.academy(site.urn)
    if found is None:
        return
    dpo, senco = staff.desk("dpo", None, found[0]), staff.desk("senco", site, found[0])
    here = sorted(key for key, one in senco.see_all(pupil).items() if one.is_on_roll(today))
    entries = {key: len(senco.history(key)) for key in here}
    child = max(here, key=lambda key: entries[key])
    came = today - timedelta(days=6)
    asked = "Everything that you have about my child, since Year 7."
    dpo.do(ReceiveRequest("access", came, "The mother, by letter", asked, False, child), uuid7(building.clock()))
    centre, allows = staff.desk("operator", None, None), building.role_allows("records_officer")
    until, why = today + timedelta(days=30), "A mother asked what is kept of her child"
    for reader in (dpo, staff.desk("head", site, found[0])):
        give = Give("records_officer", (found[0],), allows, why, "named", (child,), until_by=until)
        centre.do(give, reader.person_id)
    drawn = {
        "pupils": [str(key) for key in sorted(here, key=lambda key: -entries[key])[:3]],
        "until_by": str(today + timedelta(days=13)),
        "why": "For the committee of this month",
    }
    try:
        decider = command_here(senco, "register", "draw-sample")
        senco.do(filled(decider.command, drawn, lambda _, value: value, strict=True))
    except (NotFound, Refused):
        return  # nobody there is on the register, or the register is off
