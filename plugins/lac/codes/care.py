"""Legal statuses, kinds of care, proofs, and the census codes of how a child left care or lives in kinship care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeVar

from msgspec import Struct

from core.law import Edition

Part = Literal["looking_after", "school_area", "plan", "funding"]
Pep = Literal["due", "if_it_goes_on", "ask", "none"]  # ask: the virtual school says whether it wants one


class Code(Struct, frozen=True):
    """A code and its name."""

    code: str
    name: str


class LegalStatus(Struct, frozen=True):
    """A legal status, by the code of the authority's return, and what follows from it."""

    code: str
    name: str
    looked_after: Literal["yes", "during_breaks"]
    pep: Pep
    premium: Literal["authority"] | None  # who holds pupil premium plus; None when there is none by default
    verified: bool = True


class CareKind(Struct, frozen=True):
    """A kind of episode, and what follows from it where no legal status says more."""

    code: str
    name: str
    looked_after: bool | None  # None: some are and some are not
    pep: Pep
    premium: Literal["authority", "school"] | None  # None: there is none
    verified: bool = True


class Evidence(Struct, frozen=True):
    """A proof of how a child left care, and the census codes it can prove."""

    code: str
    name: str
    proves: tuple[str, ...]


class LeavingReason(Struct, frozen=True):
    """Why an authority's episode ended, and the census codes that follow."""

    code: str
    name: str
    census: str | None  # None: still looked after, by another authority
    kinship: str | None  # None: nothing follows from the reason, so the family is asked


Coded = TypeVar("Coded", Code, LegalStatus, CareKind, Evidence, LeavingReason)


def by_code(*rows: Coded) -> Mapping[str, Coded]:
    """Rows, to be looked up by their code."""
    return {row.code: row for row in rows}


LEGAL_STATUSES = Edition(
    "2026",
    date.min,
    None,
    "Public SSDA903 look-up table; domain notes, lac section 2",
    True,
    by_code(
        LegalStatus("V2", "Accommodated, section 20", "yes", "due", "authority"),
        LegalStatus("V3", "Series of short breaks, each recorded", "during_breaks", "ask", None, verified=False),
        LegalStatus(
            "V4", "Series of short breaks, the agreement recorded", "during_breaks", "ask", None, verified=False
        ),
        LegalStatus("C1", "Interim care order, section 38", "yes", "due", "authority"),
        LegalStatus("C2", "Care order, section 31", "yes", "due", "authority"),
        LegalStatus("E1", "Placement order", "yes", "due", "authority"),
        LegalStatus("L1", "Police protection", "yes", "if_it_goes_on", "authority"),
        LegalStatus("L2", "Emergency protection order, section 44", "yes", "if_it_goes_on", "authority"),
        LegalStatus("L3", "Child assessment order, accommodated", "yes", "if_it_goes_on", "authority"),
        LegalStatus("J1", "Remand to the authority or youth detention", "yes", "ask", "authority", verified=False),
    ),
)
"""Not verified: what V3 and V4 are called apart, that neither has a PEP or premium, whether custody is funded."""

CARE_KINDS = Edition(
    "2026",
    date.min,
    None,
    "Domain notes, lac section 2",
    True,
    by_code(
        CareKind("looked_after", "Looked after", True, "due", "authority"),
        CareKind("unaccompanied", "Looked after: unaccompanied asylum-seeking child", True, "due", "authority"),
        CareKind("kinship_foster", "Looked after: fostered by family or friends", True, "due", "authority"),
        CareKind("previously_looked_after", "Previously looked after", False, "none", "school"),
        CareKind("kinship_after_care", "Order to family or friends, after care", False, "none", "school"),
        CareKind("kinship_order", "Order to family or friends, never in care", False, "none", None),
        CareKind("kinship_informal", "With family or friends, no order; private fostering", False, "none", None),
        CareKind("returned_home", "Returned home from care", False, "none", None),
        CareKind("care_leaver", "Care leaver", None, "ask", None, verified=False),
        CareKind("social_worker", "Has a social worker, not looked after", False, "none", None),
    ),
)

AUTHORITY_PARTS: Mapping[str, str] = {
    "looking_after": "looks after the child",
    "school_area": "area of the school",
    "plan": "EHC plan",
    "funding": "pays for the EHC plan",
}

EPISODE_SOURCES: Mapping[str, str] = {
    "social_worker": "Letter or call from the social worker",
    "virtual_school": "Virtual school",
    "order_seen": "Court order seen",
    "family": "Word of the parent, carer or guardian",
}

EVIDENCE_KINDS = Edition(
    "2026",
    date.min,
    None,
    "Our reading of sight of the order, or word from the authority: domain notes, lac section 8",
    False,
    by_code(
        Evidence("adoption_order", "Adoption order", ("A", "O")),
        Evidence("special_guardianship_order", "Special guardianship order", ("G",)),
        Evidence("child_arrangements_order", "Child arrangements order", ("C",)),
        Evidence("residence_order", "Residence order", ("R",)),
        Evidence("care_abroad", "Proof of state care outside England and Wales", ("O",)),
        Evidence("authority_letter", "Letter from the social worker or virtual school", ("A", "G", "C", "R", "O")),
    ),
)

_SEED = "Common basic data set, public seed of 2026-06-26"
_LEFT_CARE = (
    Code("N", "Not declared"),
    Code("A", "Left care by adoption, England and Wales"),
    Code("G", "Left care by special guardianship"),
    Code("R", "Left care by residence order"),
    Code("C", "Left care by child arrangements order"),
)
_ABROAD = Code("O", "Adopted from state care outside England and Wales")
PREVIOUS_CARE_SETS = (
    Edition("before Autumn 2022", date.min, date(2022, 8, 31), _SEED, False, by_code(*_LEFT_CARE)),
    Edition("2022", date(2022, 9, 1), None, f"{_SEED}; devon.gov.uk, 2022-09-01", True, by_code(*_LEFT_CARE, _ABROAD)),
)
"""School census, CS087: post looked-after arrangements."""

KINSHIP_SETS = (
    Edition(
        "2026",
        date(2026, 9, 1),
        None,
        f"{_SEED}; support.arbor-education.com",
        True,
        by_code(
            Code("ND", "Not declared"),
            Code("KF", "Formal kinship care"),
            Code("KI", "Informal kinship care"),
            Code("KU", "Kinship care, arrangement unknown"),
        ),
    ),
)
"""School census, CS134: asked in the Autumn census only, from 2026."""


def _leaving(order: str) -> Mapping[str, LeavingReason]:
    """The map of reasons, with the census code that E41 has."""
    return by_code(
        LeavingReason("E11", "Adopted, unopposed", "A", "ND"),
        LeavingReason("E12", "Adopted, consent dispensed with", "A", "ND"),
        LeavingReason("E13", "Left to live with someone, without an order", "N", None),
        LeavingReason("E3", "Care taken over by another authority", None, None),
        LeavingReason("E41", "Residence order or child arrangements order", order, None),
        LeavingReason("E45", "Special guardianship, former foster carer, family or friend", "G", "KF"),
        LeavingReason("E46", "Special guardianship, former foster carer, not family or friend", "G", "ND"),
        LeavingReason("E47", "Special guardianship, other carer, family or friend", "G", "KF"),
        LeavingReason("E48", "Special guardianship, other carer, not family or friend", "G", "ND"),
        LeavingReason("E4A", "Returned home, as planned", "N", None),
        LeavingReason("E4B", "Returned home, not as planned", "N", None),
    )


_MAP = "Domain notes, lac section 3.2: derived from the return's reasons and the census codes"
LEAVING_REASONS = (
    Edition("before child arrangements orders", date.min, date(2014, 4, 21), _MAP, False, _leaving("R")),
    Edition("2014", date(2014, 4, 22), None, _MAP, False, _leaving("C")),
)
