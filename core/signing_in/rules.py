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
_GUESSES_OF_WORDS = 10**6  # and that between "very" and "somewhat": figures at the end of a word help little
_FIGURES = 6  # a year and two signs


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
    known = re.findall(r"\w{3,}", " ".join(about).casefold())
    guesses = zxcvbn(password[:_LOOKED_AT], user_inputs=known)["guesses"]
    if guesses < _GUESSES or _is_a_word_and_a_year(password[:_LOOKED_AT], known):
        says = "That password is on the lists that are tried first, or close to one. Choose three words that are yours."
        return (Finding("error", "common", says, "password"),)
    return ()


def _is_a_word_and_a_year(password: str, known: Sequence[str]) -> bool:
    """Whether nothing is left but a usual word once what anyone knows and a few figures and signs are taken out."""
    words = re.findall(r"[^\W\d_]+", password.casefold())
    figures = re.sub(r"[^\W\d_]|\s", "", password)
    if not words or len(figures) > _FIGURES:
        return False
    left = " ".join(word for word in words if word not in known)
    return not left or zxcvbn(left)["guesses"] < _GUESSES_OF_WORDS
