"""What a PEP needs before it goes, how it moves, how it is graded, and what to make of it later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from hashlib import sha256

from msgspec import Struct

from core.law import Finding, cites, errors, plain

from ..codes import GRADE_SCHEMES, State

_READ_ON = date(2026, 11, 22)
_SHORTEST_REASON = 10  # characters
_error = partial(Finding, "error")

_MOVES: Mapping[State, tuple[State, ...]] = {
    "drafting": ("ready",),
    "ready": ("drafting", "sent"),
    "sent": ("returned", "agreed"),
    "returned": ("drafting", "ready"),
    "agreed": (),
}


class Target(Struct, frozen=True):
    """A target as it is written down."""

    need: str = ""
    words: str = ""  # what the child will do, and how it is measured
    baseline: str = ""
    owner: str = ""
    how_often: str = ""  # how often, and how long each time
    by_on: date | None = None
    cost_pence: int | None = None  # 0 when it costs nothing; None when nobody has said
    fund: str = ""
    open_to_all: bool = False  # what it pays for is there for every pupil


class PepContent(Struct, frozen=True):
    """What there is of a PEP when it is to be made ready."""

    voice: str = ""
    no_voice_reason: str = ""
    not_judged: int = 0  # targets of the last PEP without an outcome
    targets: tuple[Target, ...] = ()
    attendance: bool = False  # its figure is there
    next_on: date | None = None
    attended: tuple[str, ...] = ()


@cites("Lancashire virtual school, PEP quality assurance", "lancashire.gov.uk", as_at=_READ_ON, rule="lac 14")
def smart_findings(target: Target, next_pep_on: date | None = None) -> tuple[Finding, ...]:
    """What keeps a target from being SMART.

    It answers a need, says what the child will do and how that is measured, from which baseline, by whom, how often and
    how long, by a day no later than the next PEP, at what cost and from which fund. A cost of nothing is a cost.
    """
    needed = (
        (target.need.strip(), "no_need", "Say which need the target answers.", "need"),
        (target.words.strip(), "no_words", "Say what the child will do and how it is measured.", "words"),
        (target.baseline.strip(), "no_baseline", "Say where the child starts from.", "baseline"),
        (target.owner.strip(), "no_owner", "Name who sees to it.", "owner"),
        (target.how_often.strip(), "no_how_often", "Say how often and how long.", "how_often"),
        (target.by_on, "no_day", "Give the day by which it is to be met.", "by_on"),
        (target.cost_pence is not None, "no_cost", "Give the cost, or 0 when it costs nothing.", "cost_pence"),
        (target.fund.strip() or not target.cost_pence, "no_fund", "Say which fund pays for it.", "fund"),
    )
    found = _lacking(needed)
    if target.by_on and next_pep_on and target.by_on > next_pep_on:
        says = f"The next PEP is on {plain(next_pep_on)}. Choose a day by then."
        found.append(_error("after_next_pep", says, "by_on"))
    if target.open_to_all:
        says = "Every pupil has this. Say what this child gets beyond it."
        found.append(Finding("warning", "open_to_all", says, "words"))
    return tuple(found)


@cites("Lancashire virtual school, PEP quality assurance", "lancashire.gov.uk", as_at=_READ_ON, rule="lac 14")
def submit_gate(pep: PepContent) -> tuple[Finding, ...]:
    """What a PEP still lacks before it is ready; nothing when it may become so."""
    smart = any(not errors(smart_findings(target, pep.next_on)) for target in pep.targets)
    voice = pep.voice.strip() or pep.no_voice_reason.strip()
    needed = (
        (voice, "no_voice", "Add the child's voice, or why there is none.", "voice"),
        (pep.not_judged == 0, "not_judged", "Judge every target of the last PEP: met, part or not.", "targets"),
        (smart, "no_smart_target", "Set one target or more that is SMART.", "targets"),
        (pep.attendance, "no_attendance", "Add the attendance figure.", "attendance"),
        (pep.next_on, "no_next_day", "Give the day of the next meeting.", "next_on"),
        (pep.attended, "no_attendees", "Say who was at the meeting.", "attended"),
    )
    return tuple(_lacking(needed))


def _lacking(needed: Iterable[tuple[object, str, str, str]]) -> list[Finding]:
    """An error for each thing that is not there: whether it is, code, what to do, field."""
    return [_error(code, says, field) for there, code, says, field in needed if not there]


@cites(
    "Looked After Call, states of a PEP; the reason's length is ours",
    "contactgroup.atlassian.net/wiki",
    as_at=_READ_ON,
    rule="lac 15",
)
def move_findings(from_state: State, to_state: State, reason: str = "") -> tuple[Finding, ...]:
    """Why a PEP may not move from one state to another; nothing when it may.

    The school works on it until it is sent, and again when it is returned. An agreed PEP stays as it is.

    Args:
        reason: Why it is returned, in ten characters or more.
    """
    if from_state == "agreed":
        says = "This PEP is agreed and stays as it is. Start a new version of it."
        return (_error("agreed_stays", says),)
    if to_state not in _MOVES[from_state]:
        says = (
            f"A PEP that is {from_state} cannot become {to_state}. Next it becomes {' or '.join(_MOVES[from_state])}."
        )
        return (_error("no_such_move", says),)
    if to_state == "returned" and len(reason.strip()) < _SHORTEST_REASON:
        says = f"Say in {_SHORTEST_REASON} characters or more what is to be changed."
        return (_error("no_reason", says, "reason"),)
    return ()


@cites("St Helens virtual school, PEP grades", "virtualschool.sthelens.gov.uk", as_at=_READ_ON, rule="lac 16")
def grade(scheme: str, areas: tuple[str, ...]) -> str | None:
    """The grade of a PEP from the colours of its areas, by one version of one authority's scheme.

    Args:
        scheme: Its name and version, such as St Helens v1.

    Returns:
        None by a scheme that counts no areas: the virtual school grades the PEP as a whole.

    Raises:
        ValueError: No such scheme, a colour it does not have, or not as many areas as it counts.
    """
    known = GRADE_SCHEMES.get(scheme)
    if known is None:
        raise ValueError(f"There is no scheme {scheme!r}; there are {', '.join(GRADE_SCHEMES)}")
    if not known.steps:
        return None
    if strange := set(areas) - set(known.colours):
        raise ValueError(f"{scheme} has no {', '.join(sorted(strange))}; it has {', '.join(known.colours)}")
    if len(areas) != known.areas:
        raise ValueError(f"{scheme} counts {known.areas} areas, not {len(areas)}")
    return next(
        step.grade
        for step in known.steps
        if all(sum(area in count.colours for area in areas) >= count.least for count in step.holds)
    )


@cites("West Berkshire virtual school, pupil premium", "westberks.gov.uk", as_at=_READ_ON, rule="lac 36")
def repeated_items(terms: tuple[tuple[str, ...], ...]) -> tuple[Finding, ...]:
    """Support that was agreed three terms running: a longer need goes by the SEN route, not by premium.

    Args:
        terms: What was agreed in each term, term after term; upper or lower case and spaces do not matter.
    """
    spelt = [{_spelt(item): item for item in items if item.strip()} for items in terms]
    running = zip(spelt, spelt[1:], spelt[2:], strict=False)
    repeated = {key: third[key] for first, second, third in running for key in first if key in second and key in third}
    return tuple(
        Finding("warning", "consider_sen_route", f"{item}: agreed three terms running. Consider the SEN route.", "item")
        for item in repeated.values()
    )


def _spelt(item: str) -> str:
    return " ".join(item.casefold().split())


@cites("Tallystick: what was copied is what is kept", "", as_at=_READ_ON, verified=False, rule="lac 37")
def portal_copy_is_current(copied: str, text: str) -> bool:
    """Whether the copy in an authority's portal is the PEP as it stands; if not, the copy is out of date.

    Args:
        copied: SHA-256 of the text as it was copied, in hex.
        text: The PEP written out now.
    """
    return copied == sha256(text.encode()).hexdigest()
