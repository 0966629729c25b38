"""Who sits on a panel, who may not judge an applicant, and what hints that two people know each other."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites

from .alike import alike, domain, is_personal, mentions, words

_READ_ON = date(2026, 11, 22)
_LEAST_MEMBERS = 2
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_error = partial(Finding, "error")
_warning = partial(Finding, "warning")


class PanelMember(Struct, frozen=True):
    """Somebody on a panel."""

    member: str
    trained_on: date | None = None  # in safer recruitment; None when never


class Panel(Struct, frozen=True):
    """A panel, and whether it was approved with its vacancy."""

    members: tuple[PanelMember, ...]
    approved: bool = False


class Insider(Struct, frozen=True):
    """A member of the panel, as far as it may show that they know an applicant."""

    name: str
    surname: str
    address: str = ""
    email: str = ""
    manager: str = ""  # name or e-mail address of who manages them


class Outsider(Struct, frozen=True):
    """An applicant, as far as it may show that they know a member of the panel."""

    name: str
    surname: str
    address: str = ""
    email: str = ""
    manager: str = ""  # name or e-mail address of who manages them now
    referees: tuple[str, ...] = ()  # their names and e-mail addresses
    relations: str = ""  # the relationships they declare


@cites(
    "Keeping Children Safe in Education 2024, para 208; that an academy's panel has two is policy",
    "keepingchildrensafeineducation.co.uk/part_three_safe_recruit.html",
    as_at=_READ_ON,
    verified=False,
    edition="2024",
    rule="recruitment R33",
)
def panel_findings(panel: Panel, stepped_out: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What a panel lacks: approval, two members, one of them trained in safer recruitment.

    Args:
        stepped_out: Members who have declared an interest in the applicant that it is to judge.
    """
    found = []
    sitting = [one for one in panel.members if one.member not in stepped_out]
    if not panel.approved:
        found.append(_error("panel_not_approved", "Have the panel approved.", "panel"))
    if len({one.member for one in sitting}) < _LEAST_MEMBERS:
        found.append(_error("panel_too_small", "Name two people or more to the panel.", "panel"))
    if not any(one.trained_on for one in sitting):
        says = "Name somebody to the panel who is trained in safer recruitment, and give the day of the training."
        found.append(_error("nobody_trained", says, "panel"))
    return tuple(found)


@cites("Tallystick: who may know an applicant", "", as_at=_READ_ON, verified=False, rule="recruitment R39")
def conflict_hints(member: Insider, applicant: Outsider, own_domains: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What hints that a member of the panel knows an applicant. Whether they do, a person asks them.

    While the sift is blind a hint tells who an applicant is, so it is for HR and not for the panel. Addresses where
    anybody can have a mailbox do not count as a shared one.

    Args:
        own_domains: What stands behind the @ in the trust's own addresses.
    """
    shared = domain(member.email)
    own = {one.casefold().lstrip("@") for one in own_domains}
    hints = (
        (alike(member.surname, applicant.surname), "same_surname", "They have the same surname."),
        (_same_home(member.address, applicant.address), "same_address", "They live at the same address."),
        (
            bool(shared) and shared == domain(applicant.email) and shared not in own and not is_personal(member.email),
            "same_domain",
            f"Both have an e-mail address at {shared}, which is not the trust's.",
        ),
        (any(_is(one, member) for one in applicant.referees), "is_referee", "The applicant names them as a referee."),
        (_is(applicant.manager, member), "line_manager", "They manage the applicant now."),
        (_is(member.manager, applicant), "line_manager", "The applicant manages them now."),
        (
            mentions(applicant.relations, member.name) or mentions(applicant.relations, member.surname),
            "declared",
            "The applicant declares a relationship to them, or to somebody of their name.",
        ),
    )
    ask = "Ask whether they have an interest to declare."
    return tuple(_warning(code, f"{says} {ask}", "member") for there, code, says in hints if there)


def _is(written: str, person: Insider | Outsider) -> bool:
    """Whether a name or an e-mail address is that of a person."""
    return alike(written, person.name) or alike(written, person.email)


def _same_home(one: str, other: str) -> bool:
    """Whether two addresses are one: all of their words, or the postcode and where the first line begins."""
    first, second = _POSTCODE.search(one), _POSTCODE.search(other)
    if first is None or second is None:
        return alike(one, other)
    return alike("".join(first.groups()), "".join(second.groups())) and words(one)[:1] == words(other)[:1]


@cites("Tallystick: nobody judges whom they know", "", as_at=_READ_ON, verified=False, rule="recruitment R39")
def scoring_findings(member: str, interested: tuple[str, ...]) -> tuple[Finding, ...]:
    """Why a member of the panel may not score an applicant: they declared an interest.

    Args:
        interested: Who declared an interest in this applicant.
    """
    if member not in interested:
        return ()
    says = "An interest in this applicant is declared. Have somebody else score them."
    return (_error("has_interest", says, "scorer"),)


@cites(
    "Keeping Children Safe in Education 2022, para 220; that the searcher is not on the panel is practice",
    "brownejacobson.com",
    as_at=_READ_ON,
    verified=False,
    edition="2022",
    rule="recruitment R41",
)
def search_findings(searcher: str, panel: tuple[str, ...]) -> tuple[Finding, ...]:
    """That whoever searches online for a shortlisted applicant had better not sit on the panel.

    Args:
        searcher: Their name, or their id as the panel has it.
    """
    if not any(alike(searcher, one) for one in panel):
        return ()
    says = "Have somebody off the panel search, and write down only what matters for suitability."
    return (_warning("searcher_on_panel", says, "searcher"),)
