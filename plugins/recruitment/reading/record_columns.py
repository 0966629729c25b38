"""What the columns of a school's single central record are called."""

from __future__ import annotations

from core.roll.columns import Column

_OWNER = "recruitment"


def _column(name: str, label: str, *aliases: str, identifies: bool = False) -> Column:
    return Column(name, label, (label, *aliases), owner=_OWNER, identifies=identifies)


RECORD_COLUMNS = (
    _column("name", "Name", "Full Name", "Employee", "Employee Name", "Staff Name", "Person", identifies=True),
    _column("surname", "Surname", "Last Name", "Family Name", "Legal Surname", identifies=True),
    _column("forename", "Forename", "First Name", "Given Name", "Forenames", "First Names"),
    _column("born_on", "Date of birth", "DoB", "D.O.B.", "Birth Date", "Born"),
    _column("title", "Role", "Job Title", "Post", "Position", "Job Role", "Job", "Post Title", "Type of Worker"),
    _column(
        "starts_on", "Start date", "Date Started", "Date Commenced", "Employment Start Date", "Start", "Date of Start",
        "Appointment Date", "Start Date in Role", "Commencement Date",
    ),
    _column("left_on", "Leaving date", "Date Left", "End Date", "Date of Leaving", "Leaver", "Left"),
    _column("employer", "Employer", "Agency", "Supply Agency", "Agency Name", "Contractor", "Training Provider"),
    _column(
        "identity", "Identity checked", "Identity", "ID", "ID Check", "ID Checked", "Identity Check",
        "Identity Check Date", "ID Check Date", "Date ID Checked", "Identity Verified", "ID Seen",
    ),
    _column(
        "barred_list", "Children's barred list checked", "Barred List", "Barred List Check", "Children's Barred List",
        "Barred List Check Date", "List 99", "List 99 Check", "Barred List Checked", "Separate Barred List Check",
    ),
    _column(
        "dbs_requested_on", "Enhanced DBS requested", "DBS Requested", "DBS Applied", "Date DBS Requested",
        "DBS Application Date",
    ),
    _column(
        "dbs", "Enhanced DBS certificate obtained", "DBS", "DBS Date", "DBS Certificate Date", "DBS Check",
        "DBS Issue Date", "Enhanced DBS", "Enhanced DBS Date", "Date of DBS", "DBS Clearance Date", "DBS/CRB Date",
        "DBS Check Date", "Date DBS Seen",
    ),
    _column("dbs_number", "DBS number", "DBS No", "Certificate Number", "DBS Certificate Number", "Disclosure Number"),
    _column(
        "prohibition", "Prohibition from teaching checked", "Prohibition", "Prohibition Check", "Prohibition Order",
        "Prohibition from Teaching", "Teacher Prohibition", "Prohibition Order Check", "TRA Check", "NCTL Check",
        "Prohibition Check Date", "Teacher Prohibition Check",
    ),
    _column(
        "overseas", "Overseas checks made", "Overseas", "Overseas Check", "Overseas Checks", "EEA Check",
        "Further Overseas Checks", "Lived Outside the UK", "Overseas Check Date",
    ),
    _column(
        "qualifications", "Qualifications checked", "Qualifications", "Qualification", "QTS", "QTS Check",
        "Qualifications Check", "Qualification Check Date", "Qualifications Seen", "Professional Qualifications",
    ),
    _column(
        "right_to_work", "Right to work checked", "Right to Work", "Right to Work in UK", "RTW", "RTW Check",
        "Right to Work in the UK", "Right to Work Check Date", "Right to Work Date", "RTW Date",
    ),
    _column(
        "right_to_work_expires_on", "Right to work expires", "Right to Work Expiry", "RTW Expiry", "Visa Expiry",
        "Right to Work Expiry Date", "Visa Expiry Date",
    ),
    _column(
        "section_128", "Section 128 checked", "Section 128", "S128", "S.128", "Section 128 Check", "S128 Check",
        "Section 128 Direction", "Section 128 Date",
    ),
    _column("references", "References", "Reference", "References Received", "References Date", "2 References"),
    _column(
        "childcare", "Childcare declaration", "Childcare Disqualification", "Disqualification",
        "Disqualification Check", "Disqualification by Association", "Childcare Disqualification Declaration",
    ),
    _column(
        "supply_confirmed_on", "Supply: confirmation received", "Agency Confirmation", "Written Confirmation",
        "Confirmation Received", "Agency Confirmation Date", "Supply Confirmation", "Letter of Assurance",
    ),
    _column(
        "supply_certificate_seen", "Supply: certificate seen", "Agency DBS Seen", "Supply DBS Seen", "DBS Seen",
    ),
    _column("supply_certificate_on", "Supply: date of certificate", "Agency DBS Date", "Supply DBS Date"),
    _column("checked_by", "Checked by", "Checked By (Initials)", "Initials", "Verified By", "Seen By", "Completed By"),
    _column("evidence", "Evidence seen", "Evidence", "ID Evidence", "Documents Seen", "ID Type", "Document Seen"),
    _column("safeguarding", "Safeguarding training", "Safeguarding Training Date", "Child Protection Training"),
    _column("safer_recruitment", "Safer recruitment training", "Safer Recruitment", "Safer Recruitment Training Date"),
    _column("induction", "Induction", "Induction Date", "Safeguarding Induction"),
)  # fmt: skip
"""Health, and what was disclosed, are no columns of ours on purpose: they do not stand on the record."""
