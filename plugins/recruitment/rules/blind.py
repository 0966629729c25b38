"""A sift without names: what is hidden, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import cites

from ..codes import FROM_SHORTLIST, ApplicationState
from .alike import fold
from .hiding import (
    address_strings,
    hide,
    spans_of_birth,
    spans_of_names,
    spans_of_phones,
    spans_of_strings,
    spans_unknown,
)

_READ_ON = date(2026, 11, 22)
_AFTER_SHORTLIST = FROM_SHORTLIST | {"rejected_interview", "declined", "offer_withdrawn", "conditions_not_met"}
_HIDDEN = frozenset(
    {
        "name",
        "surname",
        "forename",
        "former_names",
        "address",
        "email",
        "phone",
        "ni_number",
        "trn",
        "born_on",
        "photo",
        "equality",
        "relations",
        "document",
        "file_name",
    }
)
_cites_blind = cites(
    "DfE, Teaching Vacancies, anonymise_applications_form.rb; masking what is written freely is ours",
    "github.com/DFE-Digital/teaching-vacancies",
    as_at=_READ_ON,
    edition="2026-08-21",
    rule="recruitment R42",
)


class Identity(Struct, frozen=True):
    """What tells who an applicant is."""

    names: tuple[str, ...] = ()  # each whole, forename first; former names too
    addresses: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    ni_number: str = ""
    trn: str = ""
    born_on: date | None = None  # None when it is not known
    file_names: tuple[str, ...] = ()


@_cites_blind
def masked(text: str, known: Identity) -> str:
    """A text with a mask over whatever tells who wrote it, small letters and capitals alike.

    Names and their parts of two letters or more, as whole words, however accented, hyphenated, run together or broken
    over lines; addresses and their lines, other than a single word; e-mail addresses, telephone, National Insurance and
    teacher reference numbers and dates of birth, those we know and what looks like one.
    """
    strings = (*known.emails, *known.file_names, known.ni_number, known.trn)
    strings += tuple(string for address in known.addresses for string in address_strings(address))
    while True:
        folded = fold(text)
        spans = [
            *spans_of_names(text, folded, known.names),
            *spans_of_strings(text, folded, strings),
            *spans_of_phones(folded, known.phones),
            *(spans_of_birth(folded, known.born_on) if known.born_on else ()),
            *spans_unknown(folded),
        ]
        if not spans:
            return text
        text = hide(text, folded, spans)  # and once more: what is left may only now stand alone


@_cites_blind
def blind_view(answers: Mapping[str, str], known: Identity, also_hidden: tuple[str, ...] = ()) -> Mapping[str, str]:
    """An application as those see it who sift: without the fields that say who wrote it, and the others masked.

    Args:
        answers: What was filled in, by field.
        also_hidden: Fields the trust hides too, such as the years of school.
    """
    hidden = _HIDDEN | set(also_hidden)
    return {field: masked(text, known) for field, text in answers.items() if field not in hidden}


@cites(
    "DfE, Teaching Vacancies, job_application.rb shows who was rejected; that it stays hidden is ours",
    "github.com/DFE-Digital/teaching-vacancies",
    as_at=_READ_ON,
    edition="2026-08-21",
    rule="recruitment R43",
)
def is_blind(state: ApplicationState, was_shortlisted: bool = False) -> bool:
    """Whether an applicant's name stays hidden from those who sift: until they are shortlisted.

    Whoever is rejected at the sift stays hidden for ever; whoever withdraws stays as they were.

    Args:
        was_shortlisted: Whether they ever were; it matters only for who has withdrawn.
    """
    if state == "withdrawn":
        return not was_shortlisted
    return state not in _AFTER_SHORTLIST
