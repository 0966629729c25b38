"""Postings taken over from the trust's ledger, all or nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta, Struct

from core.command import Command, decides
from core.errors import Refused
from core.periods import academic_year
from events import Stream

from ..codes import FUNDS, RETURN_LINES
from ..facts import LedgerTaken, Posted
from ..views import Budgets, Ledger, budgets, ledger, month_of
from .approving import not_closed

if TYPE_CHECKING:
    from core.desk import Desk

Short = Annotated[str, Meta(max_length=100)]
MOST_PENCE = 100_000_000_00
Signed = Annotated[int, Meta(ge=-MOST_PENCE, le=MOST_PENCE)]
SORTS = ("invoice", "payroll", "journal", "income", "card")


class Posting(Struct, frozen=True, forbid_unknown_fields=True):
    """One posting as the file has it; less than nothing where it takes back."""

    posted_on: date
    cost_centre: Short
    code: Short
    fund: Short
    supplier: Short
    reference: Short
    sort: Short
    net_pence: Signed
    vat_pence: Signed = 0
    gross_pence: Signed = 0
    line: UUID | None = None


class TakePostings(Command, frozen=True):
    """A list of postings, as a file says and a person has looked through."""

    postings: Annotated[tuple[Posting, ...], Meta(min_length=1, max_length=20_000)]
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$", examples=["0" * 64])]
    control_pence: Signed | None = None


def _of_the_budget(desk: Desk, _: UUID) -> list[Stream]:
    """Months are closed, and lines begin and end, in the budget."""
    return [Stream(desk.here, budgets.record)]


@decides(TakePostings, given={"known": ledger}, about="itself", beside=_of_the_budget)
def take_postings(
    command: TakePostings, known: Ledger | None, today: date, subject: UUID, desk: Desk
) -> list[LedgerTaken | Posted]:
    """The same list is taken once; what it comes to is what the ledger says, to the penny."""
    lists = {key: one for key, one in desk.log.see_all(ledger).items() if key != subject}
    if known is not None or any(one.told and one.told.digest == command.digest for one in lists.values()):
        raise Refused("This list was taken over already.", code="no_change", field="file")
    now = desk.log.see(budgets, desk.here) or Budgets()
    total = sum(one.net_pence for one in command.postings)
    if command.control_pence is not None and command.control_pence != total:
        raise Refused(
            "The list does not come to what the ledger says. Look for a row that is missing or twice.",
            code="unreconciled",
            field="control",
        )
    for number, one in enumerate(command.postings, start=1):
        if one.fund not in FUNDS or FUNDS[one.fund].memo:
            raise Refused(f"Posting {number} is of no fund that pays.", code="not_in_list", field="file")
        if one.code not in RETURN_LINES or one.sort not in SORTS:
            raise Refused(
                f"Posting {number} has a code or a type that is in no list.", code="not_in_list", field="file"
            )
        if RETURN_LINES[one.code].income != (one.sort == "income"):
            says = f"Posting {number}: what stands under a code of income, and nothing else, is income."
            raise Refused(says, code="not_income", field="file")
        if one.posted_on > today:
            raise Refused(f"Posting {number} lies in the future.", code="in_future", field="file")
        not_closed(now, one.posted_on, "file")
        line = now.line(one.line) if one.line is not None else None
        if one.line is not None and (line is None or line[1].fund != one.fund):
            raise Refused(f"Posting {number} is of another fund than its line.", code="other_fund", field="file")
        if line is not None and line[0] != academic_year(one.posted_on):
            raise Refused(f"Posting {number} is of another year than its line.", code="other_year", field="file")
    taken = LedgerTaken(len(command.postings), total, command.control_pence, command.digest, today)
    return [taken, *(_posted(one) for one in command.postings)]


def _posted(one: Posting) -> Posted:
    return Posted(
        one.line,
        month_of(one.posted_on),
        one.cost_centre,
        one.code,
        one.fund,
        one.supplier,
        one.reference,
        one.sort,
        one.net_pence,
        one.vat_pence,
        one.gross_pence,
        one.posted_on,
    )
