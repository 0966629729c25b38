"""Why something is held back from whoever asks what is kept: dated codes, each with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition


class Exemption(Struct, frozen=True):
    """A reason to hold something back: as the reader is told it, and its source."""

    says: str
    source: str


EXEMPTIONS: tuple[Edition[Mapping[str, Exemption]], ...] = (  # the Act's paragraphs were not read (unverified)
    Edition(
        "Reasons to hold something back",
        date(2018, 5, 25),
        None,
        "Data Protection Act 2018, Schedules 2 and 3; domain notes, trust section 5.1 (S66, S67)",
        verified=False,
        value={
            "other_person": Exemption(
                "It would make another person known, who has not agreed.", "DPA 2018 Sch 2 para 16"
            ),
            "confidence": Exemption("It was given in confidence.", "domain notes, trust section 5.1"),
            "harm": Exemption(
                "Showing it would be likely to do serious harm to someone's health.", "DPA 2018 Sch 3, education data"
            ),
            "abuse": Exemption(
                "It concerns abuse of a child, and showing it would not be in the child's interest.",
                "DPA 2018 Sch 3, child abuse data",
            ),
            "reference": Exemption("It is a reference given in confidence.", "DPA 2018 Sch 2, references"),
            "not_asked": Exemption("It is not part of what was asked for.", "UK GDPR Art 15"),
        },
    ),
)

REASONS: Mapping[str, str] = {code: one.says for edition in EXEMPTIONS for code, one in edition.value.items()}
"""Each code there ever was, in its newest words: a pack tells its reasons for ever."""
