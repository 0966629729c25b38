"""The rows of a list of postings, read against the budget here: what each falls on, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from core.law import Finding, errors
from core.money import pence_in, pounds
from core.roll import rules as roll
from core.roll.columns import plain
from core.roll.reading import ListRead, RowFinding, Table, formula_findings, list_sheet, row_findings
from core.roll.sheets import Sheet

from ..codes import FUNDS, RETURN_LINES
from ..commands import MOST_PENCE, Posting
from ..facts import BudgetLine, Posted
from ..views import Books, month_of, same_bill, year_of
from .columns import POSTING_COLUMNS

MOST_ROWS = 20_000
_LONGEST = 100
_LABELS = {column.name: column.label for column in POSTING_COLUMNS}
_FUND_NAMES = {plain(word): key for key, fund in FUNDS.items() for word in (key, fund.title)}
_FUND_NAMES |= {"gag": "core", "notionalsen": "notional", "topups": "top_up", "imf": "inclusive", "pp": "premium"}
_SORTS = {
    "invoice": ("invoice", "purchaseinvoice", "pi", "pinv", "bill", "accpay"),
    "payroll": ("payroll", "pay", "salary", "salaries", "wages"),
    "journal": ("journal", "jnl", "manualjournal", "adjustment"),
    "income": ("income", "receipt", "salesinvoice", "si", "accrec"),
    "card": ("card", "procurementcard", "creditcard", "expense"),
}
_MEANT = {word: sort for sort, words in _SORTS.items() for word in words}
Known = tuple[object, ...]
"""What tells a posting from others."""


class Taken(msgspec.Struct, frozen=True):
    """A row that can be read, and the budget line it falls on; None where there is none."""

    line: int
    posting: Posting
    budget_line: BudgetLine | None


class Read(ListRead, frozen=True):
    """What a list of postings says."""

    taken: tuple[Taken, ...]
    elsewhere: int
    """Rows of other academies: passed over."""

    @property
    def net_pence(self) -> int:
        return sum(one.posting.net_pence for one in self.taken)

    @property
    def on_no_line(self) -> int:
        """How many postings of what was spent fall on no budget line."""
        return sum(one.posting.line is None and one.posting.sort != "income" for one in self.taken)


def digest_of(found: Read) -> str:
    """What the list says, in whatever order and on whatever lines it falls: the same again is noticed; SHA-256 in
    hex."""
    said = sorted(msgspec.json.encode(msgspec.structs.replace(one.posting, line=None)) for one in found.taken)
    return sha256(b"\n".join(said)).hexdigest()


def previewed(found: Read) -> str:
    """What a person confirms: these postings on these lines, in this order; SHA-256 in hex."""
    return sha256(msgspec.json.encode([one.posting for one in found.taken])).hexdigest()


def posting_sheet(content: bytes, filename: str) -> Table:
    """The table in an uploaded list of postings, as `list_sheet` has it."""
    return list_sheet(content, filename, POSTING_COLUMNS, MOST_ROWS)


def read_postings(found: Books, sheet: Sheet, mapping: Sequence[str | None], called: frozenset[str]) -> Read:
    """Reads a list of postings; nothing is recorded by it.

    Args:
        called: What the academy may be called in the file: its name, its URN.
    """
    places = {name: at for at, name in enumerate(mapping) if name}
    own = {plain(name) for name in called}
    known = _posted_before(found)
    taken, findings, elsewhere, seen = list[Taken](), list[RowFinding](), 0, set[Known]()
    for row in sheet.rows:
        cells = {name: row.cells[at].strip() for name, at in places.items()}
        if cells.get("academy") and plain(cells["academy"]) not in own:
            elsewhere += 1
            continue
        posting, said = _posting(found, cells)
        if row.problem:
            said.append(Finding("error", "shifted", row.problem, ""))
        if posting is not None:
            said += _doubts(posting, cells, known, seen)
        if posting is not None and not errors(said):
            line = found.budgets.line(posting.line) if posting.line else None
            taken.append(Taken(row.line, posting, line[1] if line else None))
        findings += row_findings(row, said)
    return Read(tuple(findings), len(sheet.rows), tuple(taken), elsewhere)


def _bill(one: Posting | Posted) -> Known:
    """What a bill is known by, whenever it was posted."""
    return (*same_bill(one.supplier, one.reference), one.net_pence)


def _whole(one: Posting | Posted) -> Known:
    """What a posting is known by that has no reference, such as one of payroll."""
    return (one.posted_on, one.code, one.fund, plain(one.cost_centre), *_bill(one))


def _posted_before(found: Books) -> set[Known]:
    return {key for one in found.posted for key in ((_bill(one), _whole(one)) if one.reference else (_whole(one),))}


def _doubts(posting: Posting, cells: Mapping[str, str], known: set[Known], seen: set[Known]) -> list[Finding]:
    """What a person should look at in a row that can be read."""
    said, whole = [], _whole(posting)
    if whole in known or (posting.reference and _bill(posting) in known):
        said.append(Finding("warning", "posted_before", "A posting like this was taken over before.", "reference"))
    if whole in seen:
        said.append(Finding("warning", "row_twice", "The same posting stands in this file twice.", "reference"))
    seen.add(whole)
    if posting.line is None and posting.sort != "income":
        says = "No budget line has this fund, code and cost centre: it counts on none until one has."
        said.append(Finding("warning", "no_line", says, "code"))
    return [*said, *formula_findings(cell for cell in cells.values() if pence_in(cell) is None)]


def _posting(found: Books, cells: Mapping[str, str]) -> tuple[Posting | None, list[Finding]]:
    said = [_wrong(name, "is too long") for name, cell in cells.items() if len(cell) > _LONGEST]
    day, net = roll.uk_date(cells["posted_on"]), pence_in(cells["net"])
    fund, code = _FUND_NAMES.get(plain(cells["fund"]), ""), cells["code"].upper()
    vat, gross = _sum(cells.get("vat", "")), _sum(cells.get("gross", ""))
    said += [
        _wrong(name, such)
        for name, value, such in (
            ("posted_on", day, "is not a day such as 30/11/2026"),
            ("net", net, "is not an amount such as 1,234.56 or (12.00)"),
            ("vat", vat, "is not an amount such as 20.00"),
            ("gross", gross, "is not an amount such as 120.00"),
        )
        if value is None
    ]
    said += [
        _wrong(name, "is too large")
        for name, value in (("net", net), ("vat", vat), ("gross", gross))
        if value is not None and abs(value) > MOST_PENCE
    ]
    if not fund or FUNDS[fund].memo:
        said.append(_wrong("fund", "is no fund that pays"))
    if code not in RETURN_LINES:
        said.append(_wrong("code", "is no line of the accounts return, such as BAE030"))
    if day is not None and month_of(day) in found.budgets.closed:
        said.append(_wrong("posted_on", f"lies in {day:%B %Y}, which is closed"))
    if said or day is None or net is None or vat is None or gross is None:
        return None, said
    if gross and gross != net + vat:
        says = f"Net and VAT come to {pounds(net + vat)}, not to the gross. The net counts."
        said.append(Finding("warning", "not_gross", says, "gross"))
    line = _line(found, cells, fund, code, year_of(month_of(day)))
    return (
        Posting(
            day,
            cells["cost_centre"],
            code,
            fund,
            cells.get("supplier", ""),
            cells.get("reference", ""),
            _sort(cells.get("sort", ""), code),
            net,
            vat,
            gross or net + vat,
            line,
        ),
        said,
    )


def _sort(typed: str, code: str) -> str:
    """What kind of posting it is; its code says whether it is income, so that a supplier's refund is less spending."""
    if RETURN_LINES[code].income:
        return "income"
    meant = _MEANT.get(plain(typed), "journal")
    return "journal" if meant == "income" else meant


def _sum(text: str) -> int | None:
    return pence_in(text) if text.strip() else 0


def _line(found: Books, cells: Mapping[str, str], fund: str, code: str, year: int) -> UUID | None:
    """The line a posting falls on: the one it names, else the only one of its fund, code and cost centre."""
    if RETURN_LINES[code].income:
        return None
    standing = found.budgets.standing(year)
    lines = [line for line in (standing.told.lines if standing else ()) if line.fund == fund]
    if named := plain(cells.get("line", "")):
        return next((line.line for line in lines if plain(line.name) == named), None)
    fitting = [
        line.line for line in lines if line.code == code and plain(line.cost_centre) == plain(cells["cost_centre"])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _wrong(name: str, such: str) -> Finding:
    return Finding("error", f"no_{name}", f"{_LABELS[name]} {such}. Correct it.", name)
