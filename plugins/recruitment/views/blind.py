"""An application as a panel reads it: whole once its writer is shortlisted, masked until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..rules import Identity, blind_view, is_blind, masked
from .applicants import Application
from .sifting import Applicant
from .vacancies import Vacancy

if TYPE_CHECKING:
    from core.desk import Desk

_FREE = ("employer", "title", "reason_left")
_SCHOOL = ("place", "award")


class Read(msgspec.Struct, frozen=True):
    """What of an application tells how its writer fits the post, and nothing of how to reach them."""

    called: str
    hidden: bool
    """Whether what tells who it is from is masked."""
    statement: str
    jobs: tuple[tuple[str, ...], ...]
    """Employer, post and reason for leaving of each, in the order of the form."""
    schooling: tuple[tuple[str, ...], ...]
    """Place and award of each."""


def is_hidden(vacancy: Vacancy, one: Application) -> bool:
    """Whether an applicant's name is kept from those who sift."""
    return vacancy.told.blind and is_blind(one.state, one.was_shortlisted)


def is_named(desk: Desk, vacancy: Vacancy, one: Applicant) -> bool:
    """Whether this person is told an applicant's name: HR from the start, the others once it is not hidden."""
    return desk.may("read", "recruitment.application", one.person) or not is_hidden(vacancy, one.application)


def identity_of(one: Application) -> Identity:
    """What tells who an applicant is."""
    told = one.told
    return Identity(
        (f"{told.forename} {told.surname}", *filter(None, told.former_names.replace(";", ",").split(","))),
        (told.address,) if told.address else (),
        (told.email,) if told.email else (),
        (told.phone,) if told.phone else (),
        told.ni_number,
        told.trn,
        told.born_on,
    )


def read_by(one: Applicant, *, hidden: bool) -> Read:
    """An application as it is read by a panel.

    Args:
        hidden: Whether whoever reads it is not to know who wrote it.
    """
    told, called = one.application.told, one.called
    answers = {"statement": told.statement}
    answers |= {f"job {at} {name}": getattr(job, name) for at, job in enumerate(told.jobs) for name in _FREE}
    answers |= {
        f"school {at} {name}": getattr(each, name) for at, each in enumerate(told.schooling) for name in _SCHOOL
    }
    if hidden:
        shown = blind_view(answers, identity_of(one.application))
    else:
        shown, called = answers, f"{told.forename} {told.surname}"
    return Read(
        called,
        hidden,
        shown["statement"],
        tuple(tuple(shown[f"job {at} {name}"] for name in _FREE) for at in range(len(told.jobs))),
        tuple(tuple(shown[f"school {at} {name}"] for name in _SCHOOL) for at in range(len(told.schooling))),
    )


def said_of(one: Applicant, text: str, *, hidden: bool) -> str:
    """What somebody wrote of an applicant, without what tells who it is where that is hidden."""
    return masked(text, identity_of(one.application)) if hidden else text
