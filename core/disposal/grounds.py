"""Why a record may be destroyed: dated codes, each with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition, in_force


class Ground(Struct, frozen=True):
    """A reason to destroy a record: as it is said, and its source."""

    says: str
    source: str


GROUNDS: tuple[Edition[Mapping[str, Ground]], ...] = (  # domain notes, trust section 5.3: UK text not read (unverified)
    Edition(
        "Grounds for destroying a record",
        date(2018, 5, 25),
        None,
        "UK GDPR Articles 5, 17 and 58; domain notes, trust sections 1 and 5.3",
        verified=False,
        value={
            "retention_ended": Ground("Its retention period has ended", "UK GDPR Art 5(1)(e)"),
            "erasure_granted": Ground("Erasure was asked for and granted", "UK GDPR Art 17(1)"),
            "wrong_person": Ground("It was recorded about the wrong person", "UK GDPR Art 5(1)(d)"),
            "unlawful": Ground("There was no lawful basis for recording it", "UK GDPR Art 17(1)(d)"),
            "handed_on": Ground("The next school has the file and keeps it", "UK GDPR Art 5(1)(e); trust, section 1"),
            "ordered": Ground("A court or the Commissioner ordered it", "UK GDPR Art 17(1)(e), 58(2)(g)"),
        },
    ),
)


def grounds(day: date) -> Mapping[str, Ground]:
    """The grounds in force on a day, by code; none before the first edition."""
    edition = in_force(GROUNDS, day)
    return edition.value if edition else {}


def every_ground() -> Mapping[str, Ground]:
    """Each code there ever was, in its newest words: what was decided on one is told for ever."""
    return {code: ground for edition in GROUNDS for code, ground in edition.value.items()}
