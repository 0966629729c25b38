"""The authorities that look after the story's children, and what is written in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AUTHORITIES: tuple[Mapping[str, Any], ...] = (
    {
        "code": "898",
        "name": "Eastshire",
        "start_days": 10,
        "complete_days": 20,
        "provision_days": 20,
        "scheme": "St Helens v1",
        "ceiling_pence": 55000,
        "portal": "Welfare Call",
        "window": "half_term",
    },
    {
        "code": "899",
        "name": "Westmoor",
        "complete_days": 20,
        "provision_days": 20,
        "scheme": "Gateshead",
        "ceiling_pence": 50000,
        "portal": "ePEP Online",
        "carries_over": True,
    },
    {
        "code": "897",
        "name": "Northvale",
        "start_days": 5,
        "complete_days": 20,
        "scheme": "Lancashire",
        "ends": "birthday",
    },
    {
        "code": "896",
        "name": "Harbourside",
        "start_days": 10,
        "complete_days": 30,
        "scheme": "Devon",
        "ceiling_pence": 70000,
    },
)
"""Four authorities with different clocks, schemes, sums and portals; all made up."""

VOICE = "I like it when I can start in the library. I want to read to the little ones. Maths is too loud."
NEEDS = (
    (
        "Reading",
        "Reads aloud to an adult for 20 minutes and retells the chapter, four weeks running.",
        "Retells one page.",
    ),
    ("Friendships", "Joins one lunchtime club each week and stays to its end, ten weeks running.", "None joined."),
    ("Number", "Knows every fact of the times tables up to 12, nine of ten in the weekly quiz.", "Six of ten."),
)
ITEM = "Twelve sessions with a specialist teacher, one to one"
