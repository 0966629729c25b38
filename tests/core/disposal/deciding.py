"""The errand of the tests: two people destroy a record by the pages."""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from uuid import UUID

import httpx

from core.disposal.facts import Disposed
from core.disposal.views import Keeping, Proposal, keeping
from tests.core.house import NORTH, Browser, House

CANARY = "Xylotomous"
SUPPORT, PLAN, IDENTITY = "register.support", "register.plan", "core.identity"
LIST = f"/{NORTH}/disposal"


class Child(NamedTuple):
    """A subject, and what the tests do about their records."""

    house: House
    subject: UUID

    @property
    def records(self) -> str:
        return f"{LIST}/{self.subject}"

    @property
    def kept(self) -> Keeping:
        return self.house.desk(urn=NORTH).log.see(keeping, self.subject) or Keeping()

    @property
    def waiting(self) -> Proposal:
        (one,) = self.kept.proposals.values()
        return one

    def propose(self, by: Browser, record: str = SUPPORT, **more: str) -> httpx.Response:
        fields = {"ground": "retention_ended", "reason": "They left long ago."} | more
        return by.post(f"{self.records}/propose/{record}", **fields)

    def approve(self, by: Browser) -> httpx.Response:
        return by.post(f"{self.records}/{self.waiting.disposal}/approve")

    def destroy(self, record: str = SUPPORT) -> httpx.Response:
        """Proposed by the data protection officer, who agrees to it by that, and agreed to by the head."""
        self.propose(self.house.as_role("dpo"), record)
        return self.approve(self.house.as_role("head"))

    @property
    def disposed(self) -> list[Disposed]:
        return self.house.recorded(Disposed)


def text_of(page: str) -> str:
    """What a page says, without its tags, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
