"""What the columns of a list of postings are called in the exports of ledgers."""

from __future__ import annotations

from core.roll.columns import Column

POSTING_COLUMNS = (
    Column(
        "posted_on",
        "Date",
        (
            "Date",
            "Posting Date",
            "Posted",
            "Transaction Date",
            "Trans Date",
            "Journal Date",
            "Doc Date",
            "Document Date",
        ),
        required=True,
        owner="finance",
        identifies=True,
    ),
    Column(
        "cost_centre",
        "Cost centre",
        ("Cost Centre", "Cost Center", "CC", "Department", "Dept", "Tracking Option", "Tracking"),
        required=True,
        owner="finance",
    ),
    Column(
        "code",
        "Ledger code",
        (
            "Ledger Code",
            "Nominal",
            "Nominal Code",
            "Account",
            "Account Code",
            "AccountCode",
            "GL Code",
            "AAR Code",
            "Code",
        ),
        required=True,
        owner="finance",
        identifies=True,
    ),
    Column("fund", "Fund", ("Fund", "Fund Code", "Funding", "Grant", "Income Stream"), required=True, owner="finance"),
    Column(
        "net",
        "Net",
        ("Net", "Net Amount", "Amount", "Net Value", "Value", "Amount GBP", "Net GBP"),
        required=True,
        owner="finance",
    ),
    Column("vat", "VAT", ("VAT", "VAT Amount", "Tax", "Tax Amount"), owner="finance"),
    Column("gross", "Gross", ("Gross", "Gross Amount", "Total", "Total Amount"), owner="finance"),
    Column(
        "supplier",
        "Supplier",
        ("Supplier", "Supplier Name", "Vendor", "Payee", "Creditor", "Contact", "Name"),
        owner="finance",
    ),
    Column(
        "reference",
        "Reference",
        ("Reference", "Ref", "Invoice", "Invoice Number", "Invoice No", "Document", "Doc No", "Voucher", "Journal"),
        owner="finance",
    ),
    Column("sort", "Type", ("Type", "Transaction Type", "Trans Type", "Source", "Kind"), owner="finance"),
    Column("line", "Budget line", ("Budget Line", "Line", "Budget"), owner="finance"),
    Column("academy", "Academy", ("Academy", "School", "URN", "Entity", "Company", "Site"), owner="finance"),
)
"""None of them names a pupil."""
