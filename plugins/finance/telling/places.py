"""Where the pages of finance begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.answers import NavItem

if TYPE_CHECKING:
    from core.desk import Desk


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/finance" if desk.academy else ""


def navigation(desk: Desk) -> list[NavItem]:
    return [
        NavItem("SEN budget", base(desk), ("read", "finance.budget")),
        NavItem("Orders", f"{base(desk)}/orders", ("read", "finance.spending"), (f"{base(desk)}/suppliers",)),
        NavItem("Costs of pupils", f"{base(desk)}/pupils", ("read", "finance.pupil")),
        NavItem("Costs without names", f"{base(desk)}/costs", ("read", "finance.costs")),
        NavItem("Inclusion strategy", f"{base(desk)}/strategy", ("read", "finance.strategy")),
    ]
