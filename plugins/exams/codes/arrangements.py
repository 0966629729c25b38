"""The access arrangements of the exam boards: who decides each, and what the centre holds for it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition, in_force

Route = Literal["D", "A", "R", "O"]
ROUTES: dict[Route, str] = {
    "D": "The centre decides; there is no application.",
    "A": "The centre applies on Access Arrangements Online.",
    "R": "The awarding body decides.",
    "O": "The centre orders the paper on Access Arrangements Online.",
}

HELD = {
    "normal_way": "evidence of the normal way of working",
    "file_note": "a signed file note",
    "form_8": "Form 8, Parts 1 to 3",
    "form_8_part_1": "Form 8 Part 1",
    "form_9": "Form 9",
    "form_bd25": "the dictionary form (BD25)",
    "marked_test": "a marked test or mock",
    "comment": "a teacher comment",
    "specialist": "a letter or report from a specialist",
    "plan": "the EHC plan",
    "rest_breaks": "a trial of supervised rest breaks in a timed test",
    "policy": "the centre's word processor policy",
    "medical_note": "a medical note",
}
"""The kinds of evidence a file may hold."""


class Arrangement(Struct, frozen=True):
    """One access arrangement, as the regulations list it."""

    key: str
    title: str
    section: str  # in chapter 5 of the regulations; empty where none is known
    routes: tuple[Route, ...]  # its steps, in their order
    source: str
    verified: bool = True
    scores: Literal["never", "learning", "always"] = "never"  # "learning": for a learning difficulty alone
    holds: tuple[str, ...] = ("normal_way",)  # kinds of evidence; each is needed
    one_of: tuple[str, ...] = ()  # kinds of evidence; one of them will do
    per_subject: bool = False  # besides, a marked test and a teacher comment in each relevant subject
    limits: str = ""


_D: tuple[Route, ...] = ("D",)
_A: tuple[Route, ...] = ("A",)
_R: tuple[Route, ...] = ("R",)
_READING = ("file_note", "form_8_part_1", "form_9", "comment", "normal_way")
_FORMS = ("form_8", "form_9")
_SPEED = "Not where speed is assessed."
_MINDS = "Remarkable Minds; Devon County Council, 2025-26"
_DAWSON = "L. Dawson, update 2023-24"
_OCR = "OCR, assessing SPaG with a scribe"
_LIST = "Lancashire dyslexia specialists, from JCQ 2024"
_READER = "SEND Pathways, 2022; Rising Stars, 2019"
_EAL = "Salford, 2023-24; Hampshire EMTAS, 2021-22"
_GENERAL = "General professional knowledge"

_APPLIED = (
    Arrangement(
        "ET25",
        "25% extra time, learning difficulty",
        "5.2",
        _A,
        _MINDS,
        scores="always",
        holds=("form_8",),
        per_subject=True,
        limits=_SPEED,
    ),
    Arrangement(
        "ET25-N",
        "25% extra time, other need",
        "5.2",
        _A,
        _DAWSON,
        holds=("form_9", "rest_breaks"),
        one_of=("specialist", "plan"),
        per_subject=True,
        limits=_SPEED,
    ),
    Arrangement(
        "ET25-E",
        "25% extra time, EHC plan",
        "5.2",
        _A,
        _DAWSON,
        holds=("form_9", "plan"),
        per_subject=True,
        limits=f"{_SPEED} A plan alone is not enough.",
    ),
    Arrangement(
        "ET50",
        "26% to 50% extra time",
        "5.3",
        ("A", "R"),
        "JCQ, earlier AAO questions, old",
        verified=False,
        scores="learning",
        one_of=_FORMS,
        limits="Rare. Two scores of 69 or less for a learning difficulty.",
    ),
    Arrangement(
        "ET50+",
        "More than 50% extra time",
        "5.4",
        _R,
        "JCQ, earlier AAO questions, old",
        verified=False,
        one_of=_FORMS,
        limits="Very rare. Consider rest breaks first.",
    ),
    Arrangement(
        "CR", "Computer reader", "5.5", _A, _READER, holds=(), one_of=_READING, limits="Also where reading is tested."
    ),
    Arrangement(
        "RD", "Reader", "5.5", _A, _READER, holds=(), one_of=_READING, limits="Not in a paper that tests reading."
    ),
    Arrangement(
        "SC",
        "Scribe",
        "5.7",
        _A,
        _OCR,
        scores="learning",
        holds=(),
        one_of=_FORMS,
        limits="A cover sheet with every script.",
    ),
    Arrangement(
        "SRT",
        "Speech recognition",
        "5.7",
        _A,
        _OCR,
        scores="learning",
        holds=(),
        one_of=_FORMS,
        limits="As for a scribe.",
    ),
    Arrangement(
        "WP-S",
        "Word processor as a scribe, checkers on",
        "5.7",
        _A,
        _OCR,
        scores="learning",
        holds=(),
        one_of=_FORMS,
        limits="No marks for spelling.",
    ),
    Arrangement(
        "LM", "Language modifier", "5.11", _A, _LIST, False, "always", ("form_8", "specialist"), limits="Rare."
    ),
    Arrangement(
        "PA",
        "Practical assistant",
        "5.14",
        ("A", "R"),
        "JCQ, earlier AAO questions, old; ICE 2013-14",
        holds=(),
        one_of=("form_9", "medical_note"),
        limits="Not where the practical skill itself is assessed.",
    ),
    Arrangement("SITE", "Alternative site", "5.15", _A, _LIST, False, holds=(), one_of=("form_9", "medical_note")),
    Arrangement(
        "REMOTE", "Remote invigilation", "", _R, "JCQ, Form 9, undated", holds=("form_9",), limits="Exceptional."
    ),
    Arrangement("EXM", "Exemption from a component", "5.17", _R, _GENERAL, False, limits="At most 40% of the marks."),
    Arrangement("TMP", "Temporary injury", "", _A, "Pearson, access arrangements FAQs", False, holds=("medical_note",)),
    Arrangement(
        "BD25",
        "Bilingual dictionary with extra time",
        "5.18",
        _A,
        _EAL,
        holds=("form_bd25",),
        limits="In the UK for less than three years. Level 3 only exceptionally.",
    ),
    Arrangement(
        "MP", "Modified paper", "", ("O",), "JCQ, AAO questions; AQA, 2025-26", limits="Ordered paper by paper."
    ),
)
_DELEGATED = (
    Arrangement("SRB", "Supervised rest breaks", "5.1", _D, "Education Elephant, 2024-25", one_of=_READING[:2]),
    Arrangement(
        "PEN",
        "Examination reading pen",
        "5.6",
        _D,
        "Hampshire EMTAS, 2021-22",
        False,
        limits="No dictionary, no storage.",
    ),
    Arrangement("RA", "Reading aloud", "5.6", _D, "Samworth Church Academy", limits="In a room of their own."),
    Arrangement(
        "WP",
        "Word processor, checkers off",
        "5.8",
        _D,
        "Egham Park School, October 2025",
        holds=("policy", "normal_way"),
        limits="Subject by subject. Preference or faster typing is no reason.",
    ),
    Arrangement("BT", "Braille transcript", "5.9", _D, _GENERAL, False),
    Arrangement("PR", "Prompter", "5.10", _D, "Samworth Church Academy", limits="Not prompting on content."),
    Arrangement("LS", "Live speaker", "5.12", _D, _LIST, False, limits="Listening papers."),
    Arrangement(
        "CP", "Communication professional", "5.13", _D, _LIST, False, limits="Signs the questions, explains no terms."
    ),
    Arrangement("RM", "Alternative rooming", "", _D, _LIST, False, limits="Exam nerves alone are not enough."),
    Arrangement("OV", "Coloured overlay or reading ruler", "", _D, _LIST, False),
    Arrangement("COL", "Paper enlarged or printed in colour by the centre", "", _D, _LIST, False),
    Arrangement("CN", "Colour naming", "", _D, _LIST, False, limits="Not where knowledge of colours is tested."),
    Arrangement(
        "AIDS", "Aid to sight, hearing or attention", "", _D, _LIST, limits="Silent, and looked at by the invigilator."
    ),
    Arrangement("MED", "Medical device", "", _D, "Samworth Church Academy", False, holds=("medical_note",)),
    Arrangement("BD", "Bilingual dictionary", "5.18", _D, _EAL, limits="Not in some GCSE subjects."),
)

ARRANGEMENTS: tuple[Edition[tuple[Arrangement, ...]], ...] = (
    Edition("2025-26", date(2025, 9, 1), None, "JCQ, AARA 2025-26, as read elsewhere", False, (*_APPLIED, *_DELEGATED)),
)
"""The section numbers, but for 5.1, 5.2 and 5.18, are those of before March 2026."""


def arrangement_on(key: str, on_day: date) -> Arrangement | None:
    """An arrangement as it stood that day; None when there was none of that key, or no edition is held."""
    edition = in_force(ARRANGEMENTS, on_day)
    return next((one for one in edition.value if one.key == key), None) if edition else None


def listed(key: str) -> Arrangement | None:
    """An arrangement as any edition lists it, the newest first: what was done before the first is recorded too."""
    every = (one for edition in reversed(ARRANGEMENTS) for one in edition.value)
    return next((one for one in every if one.key == key), None)
