"""What the cells of an old central record mean: a day, yes without one, not needed; what kind of work a title is."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct

from core.roll.columns import plain
from core.roll.rules import uk_date

from ..codes import ROLES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES = _words(
    "yes y done seen verified checked ok clear cleared complete completed held true x received satisfactory valid "
    "yesnodate"
)
_NO = _words("no n none outstanding missing tbc todo false nil notseen notreceived notyet")
_NOT_NEEDED = _words("na notrequired notapplicable notneeded outofscope notteachingwork exempt")
_WITHIN = _words("withindbs indbs partofdbs includedindbs withinthedbscertificate withdbs onthedbs")
_AWAITED = _words("awaited awaiting pending applied appliedfor requested inprogress")
_WITH_WHO = re.compile(r"(.*\d{4}|\d{4}\S+)[\s,/(-]+([A-Za-z][A-Za-z. ]{0,30})\)?")
Kind = Literal["day", "yes", "no", "not_needed", "within", "awaited"]

_ROLES = (
    (r"\bsend?co\b|special (educational )?needs co-?ordinator", "senco"),
    (r"\bsupply\b|\bagency\b", "agency_teacher"),
    (r"\bcontractors?\b", "contractor"),
    (r"\btrainee\b|\bstudent teacher\b|\bscitt\b|\bpgce\b", "trainee_fee"),
    (r"\btrustees?\b|\bgovernors?\b|^members?$|\bclerk to governors\b", "trustee"),
    (r"\bvolunteers?\b", "volunteer_regular"),
    (r"\b(head ?teacher|principal|executive head|deputy head|assistant head)\b|^(acting |co-?)?head$", "leader"),
    (r"\bhlta\b|higher level teaching", "teaching_assistant_teaching"),
    (r"\b(teaching|learning|classroom) (support )?assistant|\blsas?\b|\btas?\b|\blearning support\b|\bta level",
     "teaching_assistant"),
    (r"\bteacher\b|\bects?\b|\bnqt\b|^head of\b|\blead practitioner\b", "teacher"),
    (
        r"admin|office|secretar|caretaker|site|premises|clean|cook|kitchen|cater|midday|lunch|technician|bursar|\bhr\b",
        "other_staff",
    ),
    (
        r"business manager|finance|reception|librar|data|exams|\bit\b|network|welfare|pastoral|attendance|family|nurse",
        "other_staff",
    ),
)  # fmt: skip


class Said(Struct, frozen=True):
    """What a cell says of a check."""

    kind: Kind
    day: date | None = None
    who: str = ""


def said_in(cell: str) -> Said | None:
    """What a cell says; None for what cannot be read. A day may have initials behind it: 14/09/2023 AB."""
    text = cell.strip()
    if not text or text in {"-", "\u2013", "\u2014"}:
        return Said("no")
    if text in {"✓", "✔", "☑", "✅"}:
        return Said("yes")
    day = uk_date(text)
    if day is not None:
        return Said("day", day)
    told = plain(text)
    kinds: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("yes", _YES),
        ("no", _NO),
        ("not_needed", _NOT_NEEDED),
        ("within", _WITHIN),
        ("awaited", _AWAITED),
    )
    for kind, words in kinds:
        if told in words:
            return Said(kind)
    if (found := _WITH_WHO.fullmatch(text)) and (day := uk_date(found[1].strip())):
        return Said("day", day, found[2].strip())
    return None


def role_in(title: str) -> str | None:
    """The kind of work a title tells of, as the table of checks has it; None where nobody can say."""
    told = " ".join(title.casefold().split())
    for key, role in ROLES[-1].value.items():
        if plain(title) in {plain(key), plain(role.title)}:
            return key
    found = next((role for pattern, role in _ROLES if re.search(pattern, told)), None)
    if found == "senco" and re.search(r"assistant head|deputy|leadership|\bslt\b", told):
        return "senco_leadership"
    if found == "trainee_fee" and "salaried" in told:
        return "trainee_salaried"
    return found


def names_in(name: str) -> tuple[str, str]:
    """Surname and forename of a name in one cell: "Reyes, Ana", or "Ana Reyes" whose last word is the surname."""
    before, comma, after = name.partition(",")
    if comma:
        return " ".join(before.split()), " ".join(after.split())
    words = name.split()
    return (words[-1], " ".join(words[:-1])) if words else ("", "")
