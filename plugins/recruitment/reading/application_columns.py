"""What the columns of a list of applications are called."""

from __future__ import annotations

from collections.abc import Sequence

from core.roll.columns import Column

JOBS, COURSES, REFEREES = 8, 4, 3
"""How many jobs, courses and referees a row may tell."""


def _numbered(prefix: str, title: str, count: int, parts: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    """Columns of the first, the second and further rows of a form, such as "Job 2 employer"."""
    return tuple(
        Column(
            f"{prefix}_{at}_{name}",
            f"{title} {at} {label[0].lower()}{label[1:]}",
            (f"{label} {at}", f"{title}{at} {label}"),
        )
        for at in range(1, count + 1)
        for name, label in parts
    )


APPLICATION_COLUMNS = (
    Column("surname", "Surname", ("Last Name", "Family Name"), required=True, owner="recruitment", identifies=True),
    Column("forename", "Forename", ("First Name", "Given Name"), required=True, owner="recruitment", identifies=True),
    Column(
        "email",
        "E-mail",
        ("Email", "Email Address", "E-mail Address"),
        required=True,
        owner="recruitment",
        identifies=True,
    ),
    Column("made_on", "Came on", ("Date Received", "Submitted", "Date Submitted", "Application Date", "Received")),
    Column("qts", "Qualified teacher", ("QTS", "Qualified Teacher Status", "Has QTS"), required=True),
    Column("award", "SENCO qualification", ("NASENCO", "NPQ", "SENCO Award")),
    Column("own_form", "On our form", ("Own Form", "Application Form", "Form Used")),
    Column("former_names", "Former names", ("Previous Names", "Former Surname", "Previous Surname", "Maiden Name")),
    Column("phone", "Telephone", ("Phone", "Mobile", "Telephone Number", "Phone Number")),
    Column("address", "Address", ("Home Address", "Postal Address")),
    Column("ni_number", "National Insurance number", ("NI Number", "NINO", "National Insurance")),
    Column("trn", "Teacher reference number", ("TRN", "Teacher Ref", "DfE Number", "Teacher Number")),
    Column("born_on", "Date of birth", ("DoB", "Birth Date")),
    Column("relations", "Relationships declared", ("Relationships", "Related To", "Close Relationships")),
    Column("statement", "Statement", ("Personal Statement", "Supporting Statement", "Letter")),
    *_numbered(
        "job",
        "Job",
        JOBS,
        (
            ("employer", "Employer"),
            ("title", "Post"),
            ("from_on", "From"),
            ("until_by", "To"),
            ("with_children", "With children"),
            ("reason_left", "Reason for leaving"),
        ),
    ),
    *_numbered(
        "course", "Course", COURSES, (("place", "Where"), ("award", "Award"), ("from_on", "From"), ("until_by", "To"))
    ),
    *_numbered(
        "referee",
        "Referee",
        REFEREES,
        (
            ("name", "Name"),
            ("organisation", "Organisation"),
            ("email", "E-mail"),
            ("phone", "Telephone"),
            ("last_employer", "Last employer"),
            ("with_children", "With children"),
        ),
    ),
)
"""Health, convictions and equality answers are no columns of ours: they are not asked, or not of those who select."""
