"""Work under way, as a page that asks for itself again, without a script."""

from __future__ import annotations

from typing import Any

from litestar import Request

from core.web.jobs import Job, Jobs
from core.web.pages import Page, page


def jobs_of(request: Request[Any, Any, Any]) -> Jobs:
    """The work under way in this process."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def progress_page(title: str, work: Job, meanwhile: str, says: str = "") -> Page:
    """How far it is; the browser asks again after a second."""
    shown = page(
        "progress.html",
        title=title,
        says=says or f"{work.done:,} of {work.total:,}",
        done=work.done,
        total=work.total,
        steps=[],
        meanwhile=meanwhile,
        stop=None,
    )
    shown.headers["Refresh"] = "1"
    return shown
