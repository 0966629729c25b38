"""The single central record: its columns in their order, and who stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

Status = Literal["needed", "statutory", "practice", "optional"]  # needed: without it the row makes no sense
Appears = Literal["must", "practice", "no"]


class Column(Struct, frozen=True):
    """A column of the record."""

    key: str
    title: str
    status: Status
    check: str = ""  # the check it tells of; empty for none


_COLUMNS = (
    Column("name", "Name", "needed"),
    Column("role", "Role", "needed"),
    Column("academy", "Academy", "needed"),
    Column("starts_on", "Start date", "needed"),
    Column("identity", "Identity checked", "statutory", "identity"),
    Column("barred_list", "Children's barred list checked", "statutory", "barred_list"),
    Column("dbs_requested_on", "Enhanced DBS requested", "statutory", "dbs"),
    Column("dbs", "Enhanced DBS certificate obtained", "statutory", "dbs"),
    Column("prohibition", "Prohibition from teaching checked", "statutory", "prohibition"),
    Column("overseas", "Overseas checks made", "statutory", "overseas"),
    Column("qualifications", "Qualifications checked", "statutory", "qualifications"),
    Column("right_to_work", "Right to work checked", "statutory", "right_to_work"),
    Column("section_128", "Section 128 checked", "statutory", "section_128"),
    Column("supply_confirmed_on", "Supply: confirmation received", "statutory"),
    Column("supply_certificate_seen", "Supply: certificate seen", "statutory"),
    Column("supply_certificate_on", "Supply: date of certificate", "statutory"),
    Column("checked_by", "Checked by", "practice"),
    Column("evidence", "Evidence seen", "practice"),
    Column("dbs_number", "DBS number", "optional", "dbs"),
    Column("update_service_on", "Update Service status checked", "optional", "dbs"),
    Column("references", "References", "optional", "references"),
    Column("medical", "Medical check made", "optional", "medical"),
    Column("online_search", "Online search made", "optional"),
    Column("childcare", "Childcare declaration", "optional", "childcare"),
    Column("safeguarding_training", "Safeguarding training", "optional"),
    Column("safer_recruitment_training", "Safer recruitment training", "optional"),
    Column("induction", "Induction", "optional"),
    Column("right_to_work_expires_on", "Right to work expires", "optional", "right_to_work"),
)

COLUMNS: tuple[Edition[tuple[Column, ...]], ...] = (
    Edition("2021", date.min, date(2025, 8, 31), "KCSIE 2021, para. 253; scrtracker.com", True, _COLUMNS),
    Edition("2025", date(2025, 9, 1), None, "KCSIE 2025 and 2026, part three not read: as before", False, _COLUMNS),
)
"""Those that make sense of a row first, then the statutory ones of an academy. None tells of health or a disclosure."""

APPEARS: Edition[Mapping[str, Appears]] = Edition(
    "2021",
    date.min,
    None,
    "KCSIE 2021, para. 251",
    True,
    {
        "senco_leadership": "must",
        "senco": "must",
        "leader": "must",
        "teacher": "must",
        "teaching_assistant_teaching": "must",
        "teaching_assistant": "must",
        "other_staff": "must",
        "trainee_salaried": "must",
        "trainee_fee": "practice",
        "agency_teacher": "must",
        "contractor": "practice",
        "trustee": "must",
        "volunteer_regular": "practice",
        "volunteer_occasional": "no",
        "parent": "no",
    },
)
"""Whether a role stands in the record, by the key of the role; an agency teacher even for one day."""
