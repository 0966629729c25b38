"""The recruitment part of the story: who works where and how they were checked, the SENCOs, one post being filled."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from core.demo.entries import Deed, Of, Thing, Typing, Worker
from core.demo.names import forename, surname
from core.demo.vacancy import ADVERT, DESCRIPTION, applicants, vacancy
from core.periods import academic_year, months_after

_DAY = timedelta(days=1)
_HR = "hr_admin"
FILLING = "cawdor"
"""Where a SENCO is being found."""
WITHOUT = "saltmarsh"
"""Where nobody has been SENCO since the summer."""
_JOBS = (
    ("leader", "Head", ("leadership",)),
    ("leader", "Deputy head", ("leadership",)),
    ("teacher", "Class teacher", ()),
    ("teacher", "Class teacher", ()),
    ("teacher", "Class teacher", ()),
    ("teaching_assistant_teaching", "Higher level teaching assistant", ("teaching_work",)),
    ("teaching_assistant", "Teaching assistant", ()),
    ("teaching_assistant", "Learning support assistant", ()),
    ("other_staff", "School office", ("section_128_not_needed",)),
    ("trustee", "Governor", ("management", "barred_list_not_needed")),
    ("agency_teacher", "Supply teacher", ("section_128_not_needed",)),
    ("volunteer_regular", "Reading volunteer", ("regulated_activity",)),
)
_MADE = {  # what each check came to, and what was seen
    "identity": ("verified", "Passport, council tax bill"),
    "qualifications": ("held", "Degree and teaching certificates"),
    "prohibition": ("clear", "Check a teacher's record"),
    "dbs": ("clear", "Original certificate"),
    "barred_list": ("no_match", "Within the certificate"),
    "right_to_work": ("continuous", "British passport"),
    "section_128": ("clear", "Section 128 list"),
}
_TEACHES = ("identity", "qualifications", "prohibition", "dbs", "barred_list", "right_to_work")
_WANTED = {
    "leader": tuple(_MADE),
    "teacher": _TEACHES,
    "teaching_assistant_teaching": _TEACHES,
    "teaching_assistant": ("identity", "dbs", "barred_list", "right_to_work"),
    "other_staff": ("identity", "dbs", "barred_list", "right_to_work"),
    "trustee": ("identity", "dbs", "right_to_work", "section_128"),
    "agency_teacher": _TEACHES,
    "volunteer_regular": ("identity", "dbs", "barred_list"),
}
_SCOPES = ("overseas", "childcare")
_OF_ROLES = {  # what else depends on the work, and was answered
    "teaching_assistant": ("qualifications",),
    "teaching_assistant_teaching": (),
    "other_staff": ("qualifications",),
    "volunteer_regular": ("prohibition",),
}


class Recruiting:
    """One academy's people, its SENCO, and, where it is looked for, another."""

    def __init__(self, rng: Random, typing: Typing, today: date) -> None:
        self._rng = rng
        self._typing = typing
        self._today = today
        self._year = academic_year(today)
        self._begins = typing.days.of_year(self._year - 1)[4]

    def tell(self) -> None:
        """The record first, then who is SENCO, then the vacancy."""
        many = {"secondary": 3, "special": 2}.get(self._typing.site.phase, 1)
        for at, (role, title, flags) in enumerate(_JOBS * many):
            self._person(at, role, title, flags)
        self._senco()
        self._posts()
        if self._typing.site.key == FILLING:
            self._vacancy()

    def _person(self, at: int, role: str, title: str, flags: tuple[str, ...]) -> None:
        """Somebody on the record; of a few a check has no date, a right to work runs out, or one was never made."""
        who, day = Thing(f"person {at}"), self._begins + _DAY * (at // 6)
        started_on = months_after(date(self._year - 1, 9, 1), -self._rng.randrange(2, 96))
        born_on = date(1962 + self._rng.randrange(38), self._rng.randrange(1, 13), self._rng.randrange(1, 28))
        fields: dict[str, Any] = {"surname": surname(self._rng), "forename": forename(self._rng), "born_on": born_on}
        named = self._do(who, day, "NamePerson", **fields)
        employer = "Westmoor Supply" if role == "agency_teacher" else ""
        began = self._do(
            who,
            day,
            "BeginEngagement",
            after=named,
            role=role,
            title=title,
            starts_on=started_on,
            flags=flags,
            employer=employer,
        )
        if began is None:
            return
        for check in _WANTED[role]:
            if not (check == "prohibition" and at % 23 == 11):
                self._check(who, day, check, started_on, began, confirmed=bool(employer), at=at)
        asked = "Asked when they were appointed."
        for check in (*_SCOPES, *(_OF_ROLES.get(role, ()) if at % 7 else ())):
            self._do(who, day, "AnswerScope", after=began, check=check, needed=False, reason=asked)
        if role == "volunteer_regular":
            weekly: dict[str, Any] = {"weekly": True, "overnight": False, "supervised": True}
            self._do(who, day, "TellVolunteering", after=began, engagement=Of(began), **weekly)
        if at % 3 == 0:
            self._do(who, day, "TellTraining", after=began, course="safeguarding", done_on=date(self._year - 1, 9, 3))
        if at % 17 == 8:
            left_on = date(self._year, 8, 31)
            self._do(who, left_on, "EndEngagement", engagement=Of(began), ended_on=left_on, reason="Moved away")

    def _check(
        self, who: Thing, day: date, check: str, started_on: date, after: Deed, *, confirmed: bool, at: int
    ) -> None:
        outcome, evidence = _MADE[check]
        told: dict[str, Any] = {
            "check": check,
            "outcome": outcome,
            "evidence": evidence,
            "checked_by": "H. Marsh, HR",
            "checked_on": started_on - _DAY * self._rng.randrange(3, 40),
        }
        if check == "dbs":
            told |= {"certificate_on": told["checked_on"] - 5 * _DAY, "number": f"{self._rng.randrange(10**11):012d}"}
        if check == "barred_list":
            told["route"] = "within_dbs"
        if check == "right_to_work" and at % 19 == 6:
            told |= {"outcome": "time_limited", "evidence": "Share code", "expires_on": self._today + 70 * _DAY}
        if confirmed and check != "identity":
            told |= {"route": "confirmed", "confirmed_by": "Westmoor Supply"}
        self._do(who, day, "RecordCheck", after=after, **told)

    def _senco(self) -> None:
        """Most hold the qualification; some are on the way, one began too late; one academy has nobody."""
        key = self._typing.site.key
        who, day = Thing("person 1"), self._begins + 6 * _DAY
        first_on = date(self._year - 1, 9, 1)
        told: dict[str, Any] = {
            "person": who,
            "from_on": first_on,
            "qts": True,
            "induction": True,
            "teaches_here": True,
        }
        named = self._do(None, day, "AppointSenco", by="head", **told)
        if named is None:
            return
        if key in {"birchfold", "tidewell", "lantern", "quarrydene"}:
            award: dict[str, Any] = {
                "begun_on": date(2019, 9, 9),
                "completed_on": date(2020, 7, 14),
                "award": "nasenco",
            }
            self._do(None, day, "TellSencoAward", by="head", after=named, appointment=Of(named), **award)
        elif key in {"kestrel", "fernhollow"}:
            begun_on = date(self._year, 9, 28)
            self._do(None, begun_on, "TellSencoAward", by="head", appointment=Of(named), award="npq", begun_on=begun_on)
        elif key in {WITHOUT, FILLING}:
            ended_on = date(self._year, 8, 31) if key == WITHOUT else date(self._year, 12, 31)
            self._do(None, date(self._year, 7, 10), "EndSenco", by="head", appointment=Of(named), ended_on=ended_on)

    def _posts(self) -> None:
        """Two posts that are filled, for those who cost them."""
        day = self._begins + 8 * _DAY
        for title, role, share, pay in (
            ("SENCO", "senco_leadership", 100, 4_835_200),
            ("Teaching assistant", "teaching_assistant", 86, 2_518_500),
        ):
            first_on = date(self._year - 1, 9, 1)
            fields: dict[str, Any] = {
                "title": title,
                "role": role,
                "share": share,
                "pay_pence": pay,
                "from_on": first_on,
            }
            planned = self._do(None, day, "PlanPost", **fields)
            if planned:
                self._do(None, day, "FillPost", after=planned, post=Of(planned), from_on=first_on, pay_pence=pay)

    def _vacancy(self) -> None:
        """From the description to checks that are not all there yet."""
        days = self._typing.days.of_year(self._year)
        about, post = Thing("description"), Thing("vacancy")
        written = self._do(about, days[3], "WriteDescription", **DESCRIPTION)
        drafted = self._do(post, days[4], "DraftVacancy", after=written, **vacancy(about, days))
        for member, chairs in (("head", True), ("panel_member", False)):
            told: dict[str, Any] = {
                "member": Worker(member),
                "chairs": chairs,
                "trained_on": date(self._year - 1, 10, 14),
            }
            drafted = self._do(post, days[5], "NamePanelMember", after=drafted, **told) if drafted else None
        if drafted is None:
            return
        budget = "Line SENCO, trustees' minute 14"
        approved = self._do(post, days[6], "ApproveVacancy", by="head", after=drafted, budget=budget)
        advertised = self._do(post, days[7], "AdvertiseVacancy", after=approved, advert=ADVERT) if approved else None
        if advertised:
            for step in applicants(post, days):
                self._do(step.who, step.day, step.command, by=step.by, after=advertised, **step.fields)

    def _do(
        self, of: Thing | None, day: date, command: str, *, by: str = _HR, after: Deed | None = None, **fields: Any
    ) -> Deed | None:
        return self._typing.at_once(of, day, by, f"recruitment.{command}", fields, after)
