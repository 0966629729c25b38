"""`user` and `grant`: who signs in, and what they may do."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import click

from core.accounts.commands import AddPerson, EndGrant, Give, RemovePerson
from core.accounts.dormant import reopen
from core.accounts.roles import ROLES, takes_two
from core.accounts.views import Person, proposals
from core.cli.asking import Line, answer, done, json_option
from core.cli.checking import checked
from core.cli.lending import break_glass_command, lend_command, lent_command, take_back_command
from core.cli.running import DAY
from core.cli.setting_up import insist_on_password
from core.desk import Desk
from core.errors import NotAllowed, Refused
from core.ids import uuid7
from core.roll.people import records_of
from core.signing_in.facts import FactorRemoved, LinkSent, PasswordSet
from core.signing_in.letters import INVITED, link
from core.signing_in.visiting import in_words, open_visit, visits_until
from events import New


@click.group()
def user_command() -> None:
    """People who sign in."""


@user_command.command("add")
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--password", help="Asked for when not given.")
@json_option
@click.pass_obj
def add(line: Line, name: str, email: str, password: str | None, as_json: bool) -> None:
    """Add someone; they see nothing until granted."""
    desk = line.desk()
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    insist_on_password(password, *desk.building.known_of(name, email))
    add_person(desk, name, email, password)
    done(f"{email} can sign in, and sees nothing until granted.", as_json)


def add_person(desk: Desk, name: str, email: str, password: str) -> UUID:
    """Adds someone with a password; their id."""
    if desk.building.person_by_email(email):
        raise Refused("Someone with this address is here already.", code="already", field="email")
    command_id = uuid7(desk.building.clock())
    subject = desk.building.desk_store.new_id(command_id, email)
    desk.do(checked(AddPerson, name=name, email=email, operator=False), subject, command_id=command_id)
    desk.building.desk_store.set_password(email, subject, password)
    return subject


@user_command.command("password")
@click.argument("email")
@click.option("--password", help="Asked for when not given.")
@json_option
@click.pass_obj
def set_password(line: Line, email: str, password: str | None, as_json: bool) -> None:
    """Give someone a new password; every session of theirs ends."""
    desk = line.desk()
    if not desk.may("write", "core.people"):
        raise NotAllowed
    subject, known = _who(desk, email)
    _insist_it_signs_in(known)
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    insist_on_password(password, *desk.building.known_of(known.name, email))
    reopen(desk, subject)
    desk.building.desk_store.set_password(email, subject, password)
    desk.building.desk_store.sessions.end_all(subject)
    desk.record([New(subject, PasswordSet(desk.today, "command line"))], command_id=uuid7(desk.building.clock()))
    done("The new password holds.", as_json)


@user_command.command("invite")
@click.argument("email")
@json_option
@click.pass_obj
def invite(line: Line, email: str, as_json: bool) -> None:
    """Make a link with which someone sets a password, to hand to them yourself. It works once, for three days."""
    desk = line.desk()
    if not desk.may("write", "core.people"):
        raise NotAllowed
    subject, known = _who(desk, email)
    _insist_it_signs_in(known)
    reopen(desk, subject)
    desk.record([New(subject, LinkSent(desk.today, "invited"))], command_id=uuid7(desk.building.clock()))
    address = link(desk.building, subject, INVITED)
    answer({"link": address}, as_json, [address, "Hand it to nobody else: whoever has it sets the password."])


@user_command.command("visit")
@click.argument("email")
@json_option
@click.pass_obj
def visit(line: Line, email: str, as_json: bool) -> None:
    """Make the link and the code with which someone from outside comes in, until their grant ends."""
    desk = line.desk()
    if not desk.may("write", "core.people"):
        raise NotAllowed
    subject, _ = _who(desk, email)
    until = visits_until(desk.building, subject)
    if until is None:
        raise Refused("This person is not here from outside, or their time is over.", code="no_visit")
    address, code = open_visit(desk.building, subject, desk.actor, until)
    told = {"link": address, "code": code, "until": until}
    answer(told, as_json, [address, f"Code: {code}", f"Both work until {in_words(until)}. Give them on two ways."])


@user_command.command("forget-app")
@click.argument("email")
@json_option
@click.pass_obj
def forget_app(line: Line, email: str, as_json: bool) -> None:
    """Take away the authenticator app and recovery codes of someone who lost both; every session of theirs ends."""
    desk = line.desk()
    if not desk.may("write", "core.people"):
        raise NotAllowed
    subject, _ = _who(desk, email)
    desk.building.desk_store.forget_factors(subject)
    desk.building.desk_store.sessions.end_all(subject)
    desk.record([New(subject, FactorRemoved(desk.today))], command_id=uuid7(desk.building.clock()))
    done("They sign in with their password alone, and are asked for a new app where they need one.", as_json)


@user_command.command("remove")
@click.argument("email")
@click.option("--reason", default="")
@json_option
@click.pass_obj
def remove(line: Line, email: str, reason: str, as_json: bool) -> None:
    """Let someone sign in no more; every session of theirs ends at once."""
    desk = line.desk()
    subject, _ = _who(desk, email)
    desk.do(checked(RemovePerson, reason=reason), subject)
    done(f"{email} cannot sign in any more.", as_json)


@user_command.command("list")
@json_option
@click.pass_obj
def list_people(line: Line, as_json: bool) -> None:
    """Everyone who signs in."""
    desk = line.desk()
    if not desk.may("read", "core.people"):
        raise NotAllowed
    people = desk.building.people().values()
    told = [{"name": one.name, "email": one.email, "left": one.left_on} for one in people]
    answer(told, as_json, [f"{one.email}  {one.name}{' (left)' if one.left_on else ''}" for one in people])


@click.group()
def grant_command() -> None:
    """What people may do."""


@grant_command.command("give")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)))
@click.option("--academy", "urns", multiple=True, help="URN; repeat for several; none for the whole trust.")
@click.option("--purpose", required=True)
@click.option("--until", type=DAY, help="Last day.")
@click.option(
    "--pupil",
    "upns",
    multiple=True,
    help="UPN, or number of a grown person's record: of whom, for someone from outside or a records officer.",
)
@json_option
@click.pass_obj
def give(
    line: Line,
    email: str,
    role: str,
    urns: tuple[str, ...],
    purpose: str,
    until: datetime | None,
    upns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Grant a role. Rights over accounts count once a second person agrees, on the pages."""
    desk = line.desk()
    subject, _ = _who(desk, email)
    give_role(desk, subject, role, urns, purpose, until.date() if until else None, upns)
    waiting = desk.log.see(proposals, subject)
    if waiting and takes_two(desk.building.role_allows(role)):
        done(f"{email} holds {ROLES[role].title} once a second person agrees.", as_json)
        return
    done(f"{email} holds {ROLES[role].title}.", as_json)


def give_role(
    desk: Desk,
    subject: UUID,
    role: str,
    urns: tuple[str, ...],
    purpose: str,
    until: date | None = None,
    upns: tuple[str, ...] = (),
) -> None:
    """Grants a role as it stands today."""
    by_urn = {academy.urn: key for key, academy in desk.academies.items()}
    if unknown := [urn for urn in urns if urn not in by_urn]:
        raise Refused(f"No academy of this trust has the URN {unknown[0]}.", code="no_academy")
    where = tuple(by_urn[urn] for urn in urns)
    allows, own = desk.building.role_allows(role), desk.building.role_allows(role, own=True)
    if upns and not ROLES[role].names:
        raise Refused("This role is for everyone it can be for. Leave the pupils out.", code="not_named")
    whom = records_of(desk.building, [desk.academies[key] for key in where], upns)
    desk.do(Give(role, where, allows, purpose, ROLES[role].subjects, whom, until_by=until, own=own), subject)


@grant_command.command("list")
@click.argument("email")
@json_option
@click.pass_obj
def list_grants(line: Line, email: str, as_json: bool) -> None:
    """What someone holds."""
    desk = line.desk()
    if not desk.may("read", "core.people"):
        raise NotAllowed
    subject, _ = _who(desk, email)
    held = desk.building.grants(subject)
    told = [
        {
            "grant": one.grant,
            "role": one.role,
            "subjects": one.subjects,
            "academies": sorted(desk.academies[key].urn for key in one.academies if key in desk.academies),
            "from": one.from_on,
            "until": one.until_by,
            "ended": one.ended_on,
            "purpose": one.purpose,
        }
        for one in held
    ]
    answer(
        told,
        as_json,
        [
            f"{one['grant']}  {one['role']} ({one['subjects']}) at {one['academies'] or 'the whole trust'}: "
            f"{one['purpose']}"
            for one in told
        ],
    )


@grant_command.command("end")
@click.argument("email")
@click.argument("grant", type=click.UUID)
@click.option("--reason", default="")
@json_option
@click.pass_obj
def end(line: Line, email: str, grant: UUID, reason: str, as_json: bool) -> None:
    """Take a grant back."""
    desk = line.desk()
    subject, _ = _who(desk, email)
    desk.do(checked(EndGrant, grant=grant, reason=reason), subject)
    done("The grant has ended.", as_json)


for _of_their_own in (lend_command, lent_command, take_back_command, break_glass_command):
    grant_command.add_command(_of_their_own)


def _insist_it_signs_in(known: Person) -> None:
    if not known.signs_in:
        raise Refused("This is a program, or they have left: neither has a password.", code="signs_in_never")


def _who(desk: Desk, email: str) -> tuple[UUID, Person]:
    found = desk.building.person_by_email(email)
    if found is None:
        raise Refused(f"Nobody signs in as {email}.", code="nobody")
    return found
