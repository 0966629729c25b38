"""The arrangements of primary assessments: the key stage 2 tests and the multiplication tables check."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

KeyStage2Class = Literal["apply", "notify", "delegated", "order"]
KEY_STAGE_2_CLASSES: dict[KeyStage2Class, str] = {
    "apply": "Apply on the NCA Portal.",
    "notify": "Notify STA on the NCA Portal.",
    "delegated": "The school decides. It must be normal classroom practice.",
    "order": "Order the test on the NCA Portal, in the autumn.",
}

KEY_STAGE_2_FORMATS = {
    "standard": "Standard test",
    "enlarged": "Enlarged test",
    "modified_large_print": "Modified large print",
    "braille": "Braille",
}


class KeyStage2Arrangement(Struct, frozen=True):
    """An arrangement of the key stage 2 tests, in its class."""

    key: str
    title: str
    handled: KeyStage2Class


KEY_STAGE_2: tuple[Edition[tuple[KeyStage2Arrangement, ...]], ...] = (
    Edition(
        "2026",
        date(2025, 10, 13),
        None,
        "STA, key stage 2 access arrangements guidance 2026; early opening and compensatory marks: B&NES, 2018",
        False,
        (
            KeyStage2Arrangement("additional_time", "Additional time", "apply"),
            KeyStage2Arrangement("early_opening", "Early opening by more than an hour", "apply"),
            KeyStage2Arrangement("compensatory_marks", "Compensatory marks for spelling", "apply"),
            KeyStage2Arrangement("scribe", "Scribe", "notify"),
            KeyStage2Arrangement("transcript", "Transcript", "notify"),
            KeyStage2Arrangement("electronic_aid", "Word processor or other electronic aid", "notify"),
            KeyStage2Arrangement("reader", "Reader", "delegated"),
            KeyStage2Arrangement("prompter", "Prompter", "delegated"),
            KeyStage2Arrangement("rest_breaks", "Rest breaks", "delegated"),
            KeyStage2Arrangement("translation", "Translation", "delegated"),
            KeyStage2Arrangement("accessibility_objects", "Accessibility objects", "delegated"),
            KeyStage2Arrangement("highlighters", "Highlighters", "delegated"),
            KeyStage2Arrangement("keeping_focused", "An adult who keeps the pupil focused", "delegated"),
            KeyStage2Arrangement("modified_test", "Modified test", "order"),
        ),
    ),
)
"""The guidance of 13 October 2025; that for the tests of 2027 was not read, so it runs on until another is entered."""


class CheckCode(Struct, frozen=True):
    """An on-screen arrangement of the multiplication tables check, by the letters of its service."""

    code: str
    title: str
    needs_reason: bool = False
    needs_assistant: bool = False


CHECK_CODES: tuple[Edition[tuple[CheckCode, ...]], ...] = (
    Edition(
        "letters",
        date.min,
        None,
        "Public code of the DfE's multiplication tables check service",
        False,
        (
            CheckCode("ATA", "Audible time alert"),
            CheckCode("CCT", "Colour contrast"),
            CheckCode("FTS", "Font size"),
            CheckCode("ITA", "Input assistance", needs_reason=True, needs_assistant=True),
            CheckCode("NBQ", "Pause between questions"),
            CheckCode("QNR", "Question reader", needs_reason=True),
            CheckCode("RON", "Remove the on-screen number pad"),
        ),
    ),
)
"""The numbers of these codes differ between files of that service, so the letters are used."""
