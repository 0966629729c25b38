"""What pages of packs share: what can be decided of a part, and the pack that was made, to take away."""

from __future__ import annotations

from core.audit.packs import Made
from core.audit.reasons import REASONS
from core.web.pages import Page, page
from core.wording import counted


def shown_or_why() -> list[dict[str, str]]:
    """What can be decided of a part."""
    return [{"value": "", "text": "Shown"}, *({"value": code, "text": says} for code, says in REASONS.items())]


def made_page(made: Made, href: str, crumbs: list[dict[str, str | None]], then: dict[str, str]) -> Page:
    """A pack that was made, to take away from `href`.

    Args:
        then: {text, href}, what else can be done.
    """
    return page(
        "audit/pack_made.html",
        crumbs=crumbs,
        made=made,
        about=[
            {"label": "File", "value": made.name},
            {"label": "Size", "value": f"{-(-len(made.content) // 1000):,} kB"},
            {"label": "Holds", "value": counted(made.entries, "entry", "entries")},
            {"label": "Withheld", "value": counted(made.gaps, "part", "parts") if made.gaps else "nothing"},
            {"label": "For", "value": made.purpose},
            {"label": "SHA-256", "value": made.sha256},
        ],
        href=href,
        then=then,
    )
