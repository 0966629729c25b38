"""The SEN columns a register plugin would bring; they move to the plugin."""

from __future__ import annotations

from core.roll.columns import Column

REGISTER_COLUMNS = (
    Column(
        "provision",
        "SEN provision",
        ("SEN Provision", "SEN Status", "SEN Code", "SEN Stage", "SEN", "SEND", "SEND Status", "SEND Code",
         "SEN Level", "SEND Provision", "SEN Provision Code", "SEN Status Code", "Current SEN Status",
         "SEN Category"),
        owner="register",
    ),
    Column(
        "need",
        "SEN need",
        ("SEN Need", "SEN Needs", "SEN Need Type", "SEN Type", "SEN Types", "Need", "Needs", "Need Type",
         "Type of Need", "Primary Need", "Secondary Need", "Primary SEN Need", "Secondary SEN Need",
         "SEN Primary Need", "SEN Secondary Need", "Primary SEN Type", "Secondary SEN Type", "SEN Type Code",
         "SEN Need Code", "Need Code", "SEND Need", "SEND Needs", "Need Description", "SEN Need Description",
         "Description"),
        many=True,
        owner="register",
    ),
    Column(
        "rank",
        "Rank of the need",
        ("Need Ranking", "Need Rank", "SEN Need Ranking", "SEN Need Rank", "SEN Type Rank", "Rank", "Ranking",
         "Priority", "Need Priority"),
        many=True,
        owner="register",
    ),
    Column(
        "started_on",
        "SEN start date",
        ("SEN Start Date", "SEN Provision Start Date", "SEN Provision Start", "Provision Start Date",
         "Provision Start", "SEN Status Start Date", "SEN Start", "SEND Start Date", "Date Placed on Register",
         "Date Placed on SEN Register", "Start Date", "Start"),
        owner="register",
    ),
)  # fmt: skip
