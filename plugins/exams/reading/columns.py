"""What the columns of a timetable are called in the exports of exams officers."""

from __future__ import annotations

from core.roll.columns import PUPIL_COLUMNS, Column

_UPN = next(column for column in PUPIL_COLUMNS if column.name == "upn")

ENTRY_COLUMNS = (
    Column("upn", _UPN.label, _UPN.aliases, owner="exams", identifies=True),
    Column(
        "number",
        "Candidate number",
        ("Candidate Number", "Candidate No", "Cand No", "Cand Number", "Candidate Num", "Exam Number", "Exam No",
         "Examination Number", "Exam Candidate Number", "Candidate"),
        owner="exams",
        identifies=True,
    ),
    Column(
        "uci",
        "UCI",
        ("UCI", "UCI Number", "UCI No", "Unique Candidate Identifier", "Candidate UCI", "Unique Candidate ID"),
        owner="exams",
        identifies=True,
    ),
    Column(
        "series",
        "Series",
        ("Series", "Exam Series", "Season", "Exam Season", "Examination Season", "Exam Session Name", "Sitting"),
        required=True,
        owner="exams",
    ),
    Column(
        "board",
        "Board",
        ("Board", "Exam Board", "Awarding Body", "Awarding Organisation", "Examining Board", "Exam Body", "AB", "AO"),
        required=True,
        owner="exams",
    ),
    Column(
        "level",
        "Qualification",
        ("Qualification", "Qualification Level", "Qualification Type", "Qual", "Qual Type", "Level", "Exam Level",
         "Award Level", "Exam Type"),
        required=True,
        owner="exams",
    ),
    Column(
        "subject",
        "Subject",
        ("Subject", "Subject Name", "Subject Title", "Exam Subject", "Course", "Course Name", "Subject Area"),
        required=True,
        owner="exams",
    ),
    Column(
        "code",
        "Paper code",
        ("Component Code", "Paper Code", "Comp Code", "Component", "Unit Code", "Element Code", "Module Code",
         "Exam Code", "Entry Code", "Code", "Paper"),
        required=True,
        owner="exams",
    ),
    Column(
        "title",
        "Title",
        ("Component Title", "Paper Title", "Component Name", "Paper Name", "Element Title", "Unit Title",
         "Module Title", "Exam Title", "Title", "Exam Name", "Description"),
        owner="exams",
    ),
    Column(
        "sits_on",
        "Date",
        ("Exam Date", "Date", "Date of Exam", "Paper Date", "Component Date", "Sitting Date", "Exam Day",
         "Timetabled Date", "Start Date"),
        required=True,
        owner="exams",
    ),
    Column(
        "start",
        "Start",
        ("Start Time", "Start", "Time", "Exam Start", "Exam Time", "Starts", "Starts At", "Begins", "Time of Exam",
         "Exam Start Time"),
        required=True,
        owner="exams",
    ),
    Column(
        "minutes",
        "Minutes",
        ("Minutes", "Duration", "Length", "Duration (mins)", "Duration (minutes)", "Duration in Minutes", "Mins",
         "Length (mins)", "Length (minutes)", "Exam Duration", "Exam Length", "Time Allowed", "Paper Length",
         "Standard Duration"),
        required=True,
        owner="exams",
    ),
    Column(
        "tests",
        "Tests",
        ("Tests", "What It Tests", "Tests What", "Tags", "Assesses"),
        owner="exams",
    ),
)  # fmt: skip
"""Names, dates of birth and rooms are no columns of ours: a pupil is found by UPN, or by a number on record."""
