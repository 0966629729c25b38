"""The rules of the register: provision, needs and their ranks, changes of status, annual reviews, cells of exports."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise

from msgspec import Struct

from core.law import Finding, cites, plain
from core.periods import last_day, weeks_after

from .codes import NEED_LABELS, NEED_SETS, PROVISION_LABELS, PROVISION_SETS, code_in, offer_for, pieces, use_findings

_READ_ON = date(2026, 11, 22)
_WITH_SEN = {"K", "E"}
_error = partial(Finding, "error")
_warning = partial(Finding, "warning")


class Need(Struct, frozen=True):
    """A need with its rank; rank 1 is the primary need."""

    code: str
    rank: int


class ProvisionRow(Struct, frozen=True):
    """A stretch on one provision; open while it has no end."""

    provision: str
    started_on: date
    ended_on: date | None = None  # its last day


class ProvisionRead(Struct, frozen=True):
    """A provision as read from an export; history when no pupil can be on it today."""

    code: str
    history: bool


class NeedsRead(Struct, frozen=True):
    """The needs of one cell in its order, and what is to be said of them."""

    codes: tuple[str, ...]
    findings: tuple[Finding, ...]


@cites("SEN in the school census, Devon", "devon.gov.uk", as_at=_READ_ON, edition="2025-01-09", rule="register 1")
def provision_findings(code: str, ended_on: date | None) -> tuple[Finding, ...]:
    """Whether a provision may be recorded: N, K or E while it is open, with no end; an older code only in history."""
    if (found := use_findings(PROVISION_SETS, code, ended_on or date.max, "provision")) is not None:
        return found
    return (_error("unknown_provision", f"'{code}' is not a SEN provision. Use N, K or E.", "provision"),)


@cites("ScholarPack help, recording SEN", "support.scholarpack.com", as_at=_READ_ON, rule="register 2")
def open_provision_findings(rows: tuple[ProvisionRow, ...]) -> tuple[Finding, ...]:
    """Whether a pupil has more than one provision open at one academy."""
    if [row.ended_on for row in rows].count(None) <= 1:
        return ()
    says = "Two provisions are open at once. End the earlier one on the day before the later one began."
    return (_error("two_open_provisions", says, "ended_on"),)


@cites("Tallystick: provisions follow each other", "", as_at=_READ_ON, verified=False, rule="register 3")
def provision_order_findings(rows: tuple[ProvisionRow, ...]) -> tuple[Finding, ...]:
    """Where a provision does not begin on the day after the one before it ended."""
    found = []
    for earlier, later in pairwise(sorted(rows, key=lambda row: row.started_on)):
        begins = f"{later.provision} begins on {plain(later.started_on)}"
        if earlier.ended_on is None or later.started_on <= earlier.ended_on:
            says = f"{begins}, before {earlier.provision} has ended. Correct one of the two days."
            found.append(_warning("provision_overlap", says, "started_on"))
        elif (later.started_on - earlier.ended_on).days > 1:
            says = f"{begins}, but {earlier.provision} ended on {plain(earlier.ended_on)}. Record what held in between."
            found.append(_warning("provision_gap", says, "started_on"))
    return tuple(found)


@cites("Tallystick: days in their order", "", as_at=_READ_ON, verified=False, rule="register 38")
def provision_date_findings(row: ProvisionRow, born_on: date, review_on: date | None = None) -> tuple[Finding, ...]:
    """What is wrong with the days of a provision: first birth, then its start, then its end and its review."""
    found = []
    if born_on > row.started_on:
        says = "The provision starts before the child was born. Correct one of the two days."
        found.append(_error("born_after_start", says, "started_on"))
    if row.ended_on and row.ended_on < row.started_on:
        says = "The provision ends before it starts. Correct one of the two days."
        found.append(_error("end_before_start", says, "ended_on"))
    if review_on and review_on < row.started_on:
        says = "The review comes before the provision starts. Correct one of the two days."
        found.append(_error("review_before_start", says, "review_on"))
    return tuple(found)


@cites("SEN2 code sets", "github.com/MastodonC/witan.sen2", as_at=_READ_ON, edition="2026-06-18", rule="register 4")
def need_findings(code: str, on_day: date) -> tuple[Finding, ...]:
    """Whether a need code belongs to the code set of that day; SpLD and SPLD are the same.

    The day is one on which the code is used, such as a census day, not the day the need began. A word that is no code
    is refused with the code to offer, and never turned into it: dyslexia may be SPLD.
    """
    if (found := use_findings(NEED_SETS, code, on_day, "need")) is not None:
        return found
    offer = offer_for(code)
    hint = f"If the school agrees, use {offer} and keep the word as a description." if offer else "Choose a code."
    return (_error("unknown_need", f"'{code}' is not a SEN need code. {hint}", "need"),)


@cites("SEN2 code sets", "github.com/MastodonC/witan.sen2", as_at=_READ_ON, edition="2026-06-18", rule="register 5")
def nsa_findings(provision: str, codes: tuple[str, ...]) -> tuple[Finding, ...]:
    """What NSA, no specialist assessment, asks for: a task beside K; another code beside E."""
    if "NSA" in codes and provision == "E":
        says = "SEN2 has no NSA, so the authority cannot return it. Record the need that the plan holds."
        return (_warning("nsa_with_plan", says, "need"),)
    if "NSA" in codes and provision == "K":
        says = "No specialist has assessed the type of need. Plan an assessment."
        return (Finding("note", "nsa_to_assess", says, "need"),)
    return ()


_cites_ranks = cites(
    "Redcar and Cleveland SEND census",
    "informationdirectory.redcar-cleveland.gov.uk",
    as_at=_READ_ON,
    rule="register 6",
)


@_cites_ranks
def rank_findings(provision: str, needs: tuple[Need, ...]) -> tuple[Finding, ...]:
    """What is wrong with the ranks of a pupil's open needs: one primary need, no ties.

    K and E ask for a need of rank 1, and so does any other need. Ranks run from 1 to 99 and may leave gaps.
    """
    found, ranks = [], [need.rank for need in needs]
    if 1 not in ranks and (needs or provision in _WITH_SEN):
        found.append(_error("no_primary_need", "There is no primary need. Give one need rank 1.", "rank"))
    if len(set(ranks)) < len(ranks):
        found.append(_error("rank_tie", "Two needs share a rank. Give each need a rank of its own.", "rank"))
    if any(not 1 <= rank <= 99 for rank in ranks):
        found.append(_error("rank_out_of_range", "A rank is a number from 1 to 99. Correct it.", "rank"))
    if len({need.code for need in needs}) < len(needs):
        found.append(_warning("need_twice", "One need is recorded twice. End one of the two.", "need"))
    return tuple(found)


@_cites_ranks
def census_needs(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs that the spring census takes: rank 1, then rank 2."""
    return tuple(sorted((need for need in needs if need.rank in {1, 2}), key=lambda need: need.rank))


@cites("School census, as a public MIS exporter writes it", "", as_at=_READ_ON, verified=False, rule="register 7")
def no_sen_findings(
    provision: str, needs: tuple[Need, ...], in_sen_unit: bool = False, in_resourced: bool = False
) -> tuple[Finding, ...]:
    """What a pupil on N cannot have: open needs, a place in a SEN unit or in resourced provision."""
    found = []
    if provision == "N" and needs:
        says = "A pupil without SEN has open needs. End the needs, or choose K or E."
        found.append(_error("needs_without_sen", says, "need"))
    if provision == "N" and (in_sen_unit or in_resourced):
        says = "A pupil without SEN has a place in a SEN unit or resourced provision. Take it off, or choose K or E."
        found.append(_error("place_without_sen", says, "in_sen_unit" if in_sen_unit else "in_resourced"))
    return tuple(found)


@cites(
    "Children and Families Act 2014, s.68; Code of Practice 6.48; coming off: Redcar and Cleveland",
    "legislation.gov.uk/ukpga/2014/6/section/68",
    as_at=_READ_ON,
    verified=False,
    rule="register 13",
)
def status_change_findings(
    before: str | None, after: str, on_day: date | None, reason: str, parents_told_on: date | None, final: bool = True
) -> tuple[Finding, ...]:
    """What a change of provision still lacks: its day, its reason, the day on which the parents were told.

    Parents are told when SEN support begins and when a pupil comes off the register. A draft may leave that open.

    Args:
        before: None when no provision is known, which counts as N.
        final: It is to be recorded, not kept as a draft.
    """
    found = []
    if on_day is None:
        found.append(_error("no_day", "Give the day from which the change holds.", "on_day"))
    if not reason.strip():
        found.append(_error("no_reason", "Say why the provision changes.", "reason"))
    begins, ends = before in {None, "N"} and after == "K", before in _WITH_SEN and after == "N"
    if final and parents_told_on is None and (begins or ends):
        says = "Give the day on which the parents were told. Until then, keep the change as a draft."
        found.append(_error("parents_not_told", says, "parents_told_on"))
    return tuple(found)


@cites(
    "Children and Families Act 2014, s.44(1)",
    "legislation.gov.uk/ukpga/2014/6/section/44",
    as_at=_READ_ON,
    verified=False,
    rule="register 26",
)
def review_due_by(made_on: date, reviewed_on: date | None = None) -> date:
    """The last day on which the annual review of an EHC plan is in time.

    "12 months starting with" a day count that day as the first, so the last is the eve of the anniversary: a plan first
    made on 1 September 2025 is due by 31 August 2026. A review is complete when the authority gives its decision, not
    when the meeting ends. An amendment outside a review does not start the period again: our reading.

    Args:
        reviewed_on: The day the last review ended; None before the first.
    """
    return last_day(months=12, starting_with=reviewed_on or made_on)


@cites("SEND Regulations 2014, reg 20(10)", "legislation.gov.uk/uksi/2014/1530", as_at=_READ_ON, rule="register 26")
def review_meeting_by(made_on: date, reviewed_on: date | None = None) -> date:
    """The last day for the review meeting that leaves the authority its four weeks to decide in time."""
    return weeks_after(review_due_by(made_on, reviewed_on), -4)


_cites_exports = cites("MIS reports, general knowledge", "", as_at=_READ_ON, verified=False, rule="register 37")


@_cites_exports
def provision_from(text: str) -> ProvisionRead | None:
    """The provision a cell of an export means: "K - SEN Support", "SEN Support" or "K"; None when it is not understood.

    The code before the dash or in brackets counts, else the label; a part of a label is not understood.
    """
    code = code_in(text, PROVISION_LABELS)
    return ProvisionRead(code, history=code not in {"N", "K", "E"}) if code else None


@_cites_exports
def needs_from(text: str, on_day: date) -> NeedsRead:
    """The needs a cell of an export lists, by code or by label, in its order.

    A code in brackets beats its label. Words that are no need come back as findings, with the code to offer if any.
    """
    read = [(piece, code_in(piece, NEED_LABELS)) for piece in pieces(text, offer_for)]
    codes = tuple(code for _, code in read if code)
    return NeedsRead(codes, tuple(found for piece, code in read for found in need_findings(code or piece, on_day)))
