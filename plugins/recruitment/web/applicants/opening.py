"""What every page about applicants begins with: the vacancy, the applicant, what they are called, and the way back.

An applicant's address is made with the installation's own key: it leads from the vacancy to one of its applicants, and
to nothing else that is known of them.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs as crumbs_below

from ...telling import base
from ...views import Applicant, Vacancy, applicants, is_named, may_sift, vacancy

APPLICATION = "recruitment.application"
SIFTED = "recruitment.sift"


def vacancy_of(desk: Desk, wanted: UUID) -> Vacancy:
    """The vacancy, for those who may see who applied; raises NotFound for everybody else."""
    one = desk.see(vacancy, wanted)
    if one is None or not may_sift(desk, one):
        raise NotFound
    return one


def applicant_of(desk: Desk, wanted: UUID, key: UUID) -> tuple[Vacancy, Applicant]:
    """The vacancy and one who applied for it, by their address; raises NotFound for none."""
    told = vacancy_of(desk, wanted)
    found = next((one for one in applicants(desk, wanted) if key_of(desk, wanted, one.person) == key), None)
    if found is None:
        raise NotFound
    return told, found


def key_of(desk: Desk, wanted: UUID, person: UUID) -> UUID:
    """By what an applicant is addressed under a vacancy."""
    return desk.building.desk_store.new_id("applicant of", wanted, person)


def list_href(desk: Desk, wanted: UUID) -> str:
    return f"{base(desk)}/vacancies/{wanted}/applicants"


def href(desk: Desk, wanted: UUID, one: Applicant) -> str:
    """Where an applicant's page is."""
    return f"{list_href(desk, wanted)}/{key_of(desk, wanted, one.person)}"


def called(desk: Desk, told: Vacancy, one: Applicant) -> str:
    """An applicant's name, for those who may know it; else what a blind panel calls them by."""
    form = one.application.told
    return f"{form.forename} {form.surname}" if is_named(desk, told, one) else one.called


def opened(desk: Desk, told: Vacancy, *many: Applicant) -> None:
    """Records that these applications were opened, before they are shown.

    A panel's look is recorded under the address: whoever opened it reads that entry, and a person's id would tell them
    who on the record has applied.
    """
    for one in many:
        if desk.may("read", APPLICATION, one.person):
            desk.opened(one.person, [APPLICATION])
        else:
            desk.opened(key_of(desk, one.application.told.vacancy, one.person), [SIFTED])


def list_crumbs(desk: Desk, told: Vacancy, wanted: UUID) -> list[dict[str, str | None]]:
    """Crumbs of the list itself."""
    return crumbs_below(desk, _above(told, wanted), "Applicants")


def crumbs(
    desk: Desk, told: Vacancy, wanted: UUID, here: str, *between: tuple[str, str]
) -> list[dict[str, str | None]]:
    """Crumbs of a page below a vacancy's applicants.

    Args:
        between: Words and where they lead, below the list's own address.
    """
    path = f"recruitment/vacancies/{wanted}/applicants"
    below = ((text, f"{path}/{address}") for text, address in between)
    return crumbs_below(desk, [*_above(told, wanted), ("Applicants", path), *below], here)


def _above(told: Vacancy, wanted: UUID) -> list[tuple[str, str]]:
    return [("Vacancies", "recruitment/vacancies"), (told.told.title, f"recruitment/vacancies/{wanted}")]


def rule(desk: Desk, name: str) -> dict[str, Any]:
    """A rule's source, and where it is shown."""
    found = desk.building.plugins.rules()[f"recruitment.{name}"]
    return {"source": found.citation.source, "href": f"/rules/recruitment.{name}"}
