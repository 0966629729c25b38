"""What is put into a candidate's file, under which name; and by which route an assessor may assess."""

from __future__ import annotations

from collections.abc import Mapping

from .arrangements import HELD

NEEDS: Mapping[str, str] = {
    "learning": "A learning difficulty",
    "other": "Another need: medical, sensory, physical, communication or mental health",
    "plan": "A need named in an EHC plan",
}
"""The one principal need an application rests on: Form 8 for the first, Form 9 for the others."""

FORMS: Mapping[str, str] = {
    "8": "Form 8: learning difficulty",
    "9": "Form 9: profile of need",
    "note": "File note",
    "BD25": "Dictionary form (BD25)",
}

FILED: Mapping[str, str] = {
    key: f"{HELD[key][0].upper()}{HELD[key][1:]}"
    for key in ("marked_test", "comment", "normal_way", "specialist", "plan", "medical_note")
}
"""Pieces of evidence that are filed one by one; forms and trials of rest breaks are recorded as such."""

OF_THE_CENTRE = frozenset({"policy"})
"""What the centre holds once, for every candidate: filed of the academy itself."""

BY_SUBJECT = frozenset({"marked_test", "comment"})
"""Pieces that say something of one subject only."""

ASSESSOR_ROUTES: Mapping[str, str] = {
    "level_7": "Access arrangements assessor: Level 7 course with 100 hours",
    "psychologist": "Practitioner psychologist, HCPC registered",
    "apc": "Specialist assessor with a current practising certificate",
}
"""From an old edition of the regulations; whether a test-user certificate alone will do is not verified."""
