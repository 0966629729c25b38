"""What a password must be. As the NCSC advises: long, none that everyone uses, and never changed for its age alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from zxcvbn import zxcvbn

from core.law import Edition, Finding, cites, in_force

LENGTHS: tuple[Edition[int], ...] = (
    Edition(
        "Shortest password",
        date(2022, 1, 24),
        None,
        "Cyber Essentials, requirements for IT infrastructure: 12 characters where only length protects",
        verified=False,
        value=12,
    ),
)
LONGEST = 1000
_LOOKED_AT = 72  # characters; what stands beyond them only makes a password better
_GUESSES = 10**8  # zxcvbn's bound between "somewhat" and "safely" unguessable


@cites(
    "NCSC, Password policy: updating your approach",
    "www.ncsc.gov.uk/collection/passwords/updating-your-approach",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="trust C-11",
)
def password_findings(password: str, about: Sequence[str], today: date) -> tuple[Finding, ...]:
    """What is wrong with a password, the first thing only; () when it will do.

    Args:
        about: What anyone knows of its owner, such as their name and address: no password is made of it.
    """
    edition = in_force(LENGTHS, today)
    if edition and len(password) < edition.value:
        says = f"A password needs {edition.value} characters or more: three words will do."
        return (Finding("error", "too_short", says, "password"),)
    if len(password) > LONGEST:
        return (Finding("error", "too_long", f"A password has {LONGEST:,} characters at most.", "password"),)
    known = re.findall(r"\w{3,}", " ".join(about))
    if zxcvbn(password[:_LOOKED_AT], user_inputs=known)["guesses"] < _GUESSES:
        says = "That password is on the lists that are tried first, or close to one. Choose three words that are yours."
        return (Finding("error", "common", says, "password"),)
    return ()
