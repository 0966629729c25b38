"""The made-up trust: its academies, their school years, and who works there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from core.accounts.roles import ROLES, STAND_IN
from core.periods import Calendar, Term, bank_holidays, is_working_day

TRUST = "Keystone Learning Trust"
AUTHORITIES = {"Eastshire": "898", "Westmoor": "899"}
"""Made up, with codes no authority of England has."""

AT_FULL_SIZE = 6000
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)


class Site(NamedTuple):
    """An academy as it is made up."""

    key: str
    urn: str
    name: str
    number: str
    """The establishment's part of the LAESTAB: 2xxx a primary, 4xxx a secondary, 7xxx a special school."""
    phase: str
    authority: str
    years: tuple[int, int]
    """First and last year group; reception is 0."""
    each: int
    """Pupils in a year group, when the trust has 6,000."""
    sixth: int = 0
    """Pupils in each of years 12 and 13."""
    support: float = 0.0
    """Share of the roll on SEN support."""
    plans: float = 0.0
    """Share of the roll with an EHC plan."""

    @property
    def authority_code(self) -> str:
        return AUTHORITIES[self.authority]

    @property
    def laestab(self) -> str:
        return self.authority_code + self.number

    def size(self, index: int, pupils: int) -> int:
        """Pupils in one of its year groups, for a trust of about so many."""
        each = self.sixth if index > 11 else self.each
        return max(1, round(each * pupils / AT_FULL_SIZE))


_R6, _SECONDARY, _ALL = (0, 6), (7, 11), (0, 11)
SITES = (
    Site("birchfold", "902114", "Birchfold Primary School", "2041", "primary", "Eastshire", _R6, 60, 0, 0.152, 0.044),
    Site("kestrel", "902115", "Kestrel Bank Primary School", "2063", "primary", "Eastshire", _R6, 90, 0, 0.126, 0.036),
    Site("saltmarsh", "902118", "Saltmarsh Lane Primary", "2087", "primary", "Eastshire", _R6, 30, 0, 0.186, 0.062),
    Site("fernhollow", "902204", "Fernhollow Primary School", "2019", "primary", "Westmoor", _R6, 45, 0, 0.145, 0.04),
    Site("quarrydene", "902207", "Quarrydene Primary Academy", "2032", "primary", "Westmoor", _R6, 60, 0, 0.16, 0.052),
    Site("cawdor", "902131", "Cawdor High School", "4018", "secondary", "Eastshire", _SECONDARY, 300, 120, 0.152, 0.05),
    Site("tidewell", "902226", "Tidewell Academy", "4007", "secondary", "Westmoor", _SECONDARY, 320, 150, 0.132, 0.054),
    Site("lantern", "902140", "Lantern Hill School", "7003", "special", "Eastshire", _ALL, 11, 0, 0.0, 1.0),
)
SWITCHED_OFF = "fernhollow"
"""Where the plugins were on, then off."""
CHANGED_HANDS = "quarrydene"
"""Where one SENCO left and another came."""


class Post(NamedTuple):
    """A person's place in the trust, from a day to a day."""

    role: str
    site: Site | None
    email: str
    since: date | None = None
    """None: from the beginning."""
    left: date | None = None

    @property
    def says(self) -> str:
        title = ROLES[self.role].title
        return f"{title} at {self.site.name}" if self.site else f"{title}, {TRUST}"


_SHOWN_AT = {"senco": "cawdor", "send_admin": "cawdor", "exams_officer": "tidewell", "class_teacher": "birchfold"}
_SHOWN_AT |= {"teaching_assistant": "birchfold", "head_of_year": "tidewell", "governor": "kestrel"}
_SHOWN_AT |= {"panel_member": "cawdor"}
_EVERYWHERE = ("head", "senco", "send_admin", "designated_teacher", "hr_admin", "business_manager")


def posts() -> list[Post]:
    """Everyone who signs in, the operator first: each role once, and a head, SENCO and administrator everywhere."""
    found = []
    for role, about in ROLES.items():
        if about.names or role == STAND_IN:
            continue  # they come for a while, and are let in by those who are here
        shown = _SHOWN_AT.get(role, "cawdor")
        for site in SITES if about.level == "academy" else (None,):
            examines = role == "exams_officer" and site is not None and site.phase == "secondary"
            if site is None or site.key == shown or role in _EVERYWHERE or examines:
                place = f".{site.key}" if site else ""
                found.append(Post(role, site, f"{role.replace('_', '-')}{place}@keystone.example"))
    return found


def sign_ins() -> list[tuple[str, str]]:
    """One address for each role, and whose it is in plain words."""
    return [(post.email, post.says) for post in _one_each(posts())]


def _one_each(every: Iterable[Post]) -> list[Post]:
    by_role: dict[str, Post] = {}
    for post in every:
        if post.role not in by_role or (post.site and post.site.key == _SHOWN_AT.get(post.role, "cawdor")):
            by_role[post.role] = post
    return [*by_role.values()]


def terms(year: int) -> list[Term]:
    """The six half-terms of the academic year that begins in that calendar year, as many authorities set them."""
    october, february = _monday(date(year, 10, 28)), _monday(date(year + 1, 2, 17))
    christmas = _monday(date(year, 12, 24)) - 3 * _DAY
    easter = _monday(min(day for day in bank_holidays(year + 1) if day.weekday() == 4 and day.month in (3, 4)))
    may = _monday(date(year + 1, 5, 31))
    january = _first(_monday(date(year + 1, 1, 3) + 6 * _DAY))
    stretches = (
        ("Autumn", year, _first(date(year, 9, 1)), october - 3 * _DAY),
        ("Autumn", year, october + _WEEK, christmas),
        ("Spring", year + 1, january, february - 3 * _DAY),
        ("Spring", year + 1, february + _WEEK, easter - 3 * _DAY),
        ("Summer", year + 1, _first(easter + 2 * _WEEK), may - 3 * _DAY),
        ("Summer", year + 1, _first(may + _WEEK), date(year + 1, 7, 22)),
    )
    return [
        Term(f"{name} {of}, {'second' if at % 2 else 'first'} half", starts, _last(ends))
        for at, (name, of, starts, ends) in enumerate(stretches)
    ]


def inset_days(year: int, authority: str) -> list[date]:
    """Five days of an academic year without pupils; the two authorities differ in one."""
    half = [term.starts_on for term in terms(year)]
    june = _monday(date(year + 1, 6, 27)) + 4 * _DAY
    return [half[0], _first(half[0] + _DAY), half[1] if authority == "Westmoor" else june, half[2], half[4]]


class SchoolDays:
    """The days of one authority's schools: on which there is a lesson, on which someone is at a desk."""

    def __init__(self, authority: str, years: Iterable[int]) -> None:
        closed = {day for year in years for day in inset_days(year, authority)}
        self.calendar = Calendar(tuple(term for year in years for term in terms(year)), frozenset(closed))
        self.desk = [
            day for term in self.calendar.terms for day in _days(term.starts_on, term.ends_on) if is_working_day(day)
        ]
        self.lessons = [day for day in self.desk if day not in closed]

    def of_year(self, year: int) -> list[date]:
        """Days with lessons in one academic year."""
        return [day for day in self.lessons if date(year, 9, 1) <= day <= date(year + 1, 8, 31)]


def _days(first: date, last: date) -> Iterable[date]:
    return (first + _DAY * at for at in range((last - first).days + 1))


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()


def _first(day: date) -> date:
    return day if is_working_day(day) else _first(day + _DAY)


def _last(day: date) -> date:
    return day if is_working_day(day) else _last(day - _DAY)
