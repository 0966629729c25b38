"""What recruitment answers the core: days, counts, lists to take away. The pupil's page has nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.answers import Cell, Deadline, Export, Known, Measure, NavItem
from core.wording import day

from .rules import delete_copy_on, erase_on, right_to_work_reminders, right_to_work_state
from .views import (
    LEFT_OUT,
    Engagement,
    File,
    Vacancy,
    applications,
    checks,
    cover_gap,
    gaps_in,
    in_post,
    on_record,
    person,
    qualified,
    role_of,
    sencos,
    vacancy,
)
from .views.record import columns, record_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.desk import Desk
    from events import Log

_OPEN = {"draft", "approved", "advertised"}


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}/recruitment" if desk.academy else ""


def people(log: Log) -> Mapping[UUID, Known]:
    """Applicants, and everybody on the record; one who was appointed is told as on the record."""
    found = {}
    for key, held in log.see_all(applications).items():
        last = max((one.told for one in held.values()), key=lambda told: told.made_on)
        about = f"Applied for a post, last on {day(last.made_on)}"
        found[key] = Known(last.surname, last.forename, about, "recruitment.application", last.former_names)
    for key, one in log.see_all(person).items():
        born = f" · born {day(one.told.born_on)}" if one.told.born_on else ""
        about = f"Works, helps or governs here, or did{born}"
        told = one.told
        found[key] = Known(told.surname, told.forename, about, "recruitment.engagement", told.former_names)
    return found


def navigation(desk: Desk) -> list[NavItem]:
    return [
        NavItem(
            "Vacancies",
            f"{base(desk)}/vacancies",
            ("read", "recruitment.vacancy"),
            (f"{base(desk)}/descriptions",),
        ),
        NavItem("Central record", f"{base(desk)}/record", ("read", "recruitment.checks"), (f"{base(desk)}/people",)),
        NavItem("SENCO", f"{base(desk)}/senco", ("read", "recruitment.senco")),
        NavItem("Posts", f"{base(desk)}/posts", ("read", "recruitment.posts")),
    ]


def working_here(desk: Desk) -> Iterator[tuple[UUID, File, Engagement]]:
    """Every open engagement on the record, with the file of whose it is; for those who may read the checks."""
    for subject, file in on_record(desk).items():
        for one in file.person.engagements.values():
            if one.is_open(desk.today):
                yield subject, file, one


def deadlines(desk: Desk, until: date) -> list[Deadline]:
    """Rights to work that run out, reviews of risk, copies to destroy, applications to erase, the SENCO's clock."""
    return sorted(
        (one for one in (*_of_people(desk), *_of_vacancies(desk), *_of_senco(desk)) if one.due_by <= until),
        key=lambda one: one.due_by,
    )


def _of_people(desk: Desk) -> Iterator[Deadline]:
    for subject, file, one in working_here(desk):
        href, name = f"{base(desk)}/people/{subject}", file.person.full_name
        right = file.checks.latest("right_to_work")
        if right is not None and right.expires_on is not None and right_to_work_reminders(right.expires_on, desk.today):
            says = f"{name}. {_state(right.expires_on, desk.today)}"
            rule = "recruitment.right_to_work_reminders"
            yield Deadline("Check the right to work again", right.expires_on, rule, says, href)
        risks, certificate = file.checks.risks.get(one.id), file.checks.latest("dbs")
        if risks and (certificate is None or certificate.outcome == "awaiting"):
            rule = "recruitment.risk_start_findings"
            yield Deadline("Review a start without a DBS certificate", risks[-1].review_by, rule, f"{name}.", href)
    if desk.may("read", "recruitment.checks"):
        for subject, told in desk.see_all(checks).items():
            for copy in told.copies.values():
                due_by = delete_copy_on(copy.received_on)
                text = "Destroy the copy of a DBS certificate"
                yield Deadline(text, due_by, "recruitment.delete_copy_on", "", f"{base(desk)}/people/{subject}")


def _state(expires_on: date, today: date) -> str:
    if right_to_work_state(expires_on, today) == "at_risk":
        return f"It ran out on {day(expires_on)}. Talk to HR today; nobody is dismissed by a program."
    return f"It runs out at the end of {day(expires_on)}."


def _of_vacancies(desk: Desk) -> Iterator[Deadline]:
    for key, one in desk.see_all(vacancy).items():
        href = f"{base(desk)}/vacancies/{key}"
        if one.closed and desk.may("write", "recruitment.application"):
            due_by = erase_on(one.closed.closed_on)
            if due_by is not None:
                text = "Erase unsuccessful applications"
                yield Deadline(text, due_by, "recruitment.erase_on", one.told.title, href)
        if one.state == "advertised" and one.advertised is not None and desk.may("write", "recruitment.vacancy"):
            rule = "recruitment.advert_findings"
            yield Deadline("Applications close", one.advertised.closes_on, rule, one.told.title, href)


def _of_senco(desk: Desk) -> Iterator[Deadline]:
    if not desk.may("read", "recruitment.senco"):
        return
    known = desk.see(sencos, desk.here)
    href = f"{base(desk)}/senco"
    for one in in_post(known, desk.today):
        state = qualified(one, desk.today)
        if state.state not in {"HELD", "EXEMPT"}:
            rule = "recruitment.qualified_by"
            yield Deadline("SENCO qualification held", state.dates.alarm_by, rule, state.says, href)
        if state.state in {"IN_TIME", "WARN", "RED"}:
            rule = "recruitment.latest_npq_start"
            yield Deadline("NPQ for SENCOs begun", state.dates.red_on, rule, state.says, href)
    gap = cover_gap(known, desk.today)
    if gap is not None and not in_post(known, desk.today):
        since = gap.since or desk.on["recruitment"].since
        yield Deadline("Name a SENCO", since, "recruitment.senco_findings", gap.says, href)


def measures(desk: Desk) -> list[Measure]:
    """Gaps of the record, major ones first; whether the SENCO is qualified; open vacancies."""
    here = [line for line in working_here(desk) if role_of(line[2], desk.today) not in LEFT_OUT]
    graded = [{gap.level for gap in gaps_in(file, one, desk.today)} for _, file, one in here]
    major, whole = sum("major" in levels for levels in graded), len(here)
    minor = sum(bool(levels) and "major" not in levels for levels in graded)
    open_now = sum(one.state in _OPEN for one in desk.see_all(vacancy).values())
    gap = cover_gap(desk.see(sencos, desk.here), desk.today)
    among = "engagements on the record"
    return [
        Measure(
            "recruitment.major",
            "Central record: checks not evidenced",
            major,
            whole,
            "recruitment.checks",
            shown_as="gaps",
            among=among,
            called=("engagement", "engagements"),
            href="recruitment/record",
        ),
        Measure(
            "recruitment.senco",
            "No qualified SENCO",
            int(gap is not None),
            max(whole, 1),
            "recruitment.senco",
            shown_as="gaps",
            among=among,
            called=("", ""),
            href="recruitment/senco",
            of_people=False,
        ),
        Measure(
            "recruitment.minor",
            "Central record: details missing",
            minor,
            whole,
            "recruitment.checks",
            shown_as="gaps",
            among=among,
            called=("engagement", "engagements"),
            href="recruitment/record",
        ),
        Measure(
            "recruitment.vacancies",
            "Open vacancies",
            open_now,
            max(whole, open_now),
            "recruitment.vacancy",
            shown_as="count",
            among=among,
            called=("vacancy", "vacancies"),
            of_people=False,
        ),
    ]


def exports(desk: Desk) -> list[Export]:
    return [
        Export("record", "Single central record", "recruitment.checks", lambda: record_table(desk)),
        Export("vacancies", "Vacancies", "recruitment.vacancy", lambda: vacancies_table(desk)),
    ]


def record_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """The single central record of this academy: current people, statutory columns first; no health, no disclosure."""
    header = [column.title for column in columns(desk.today)]
    return header, [list(row.cells) for row in record_rows(desk)]


def vacancies_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """A row for each vacancy."""
    header = ["Post", "State", "Drafted", "Approved", "Advertised", "Closes", "Closed", "Outcome"]
    rows: list[list[Cell]] = [_vacancy_row(one) for one in desk.see_all(vacancy).values()]
    return header, rows


def _vacancy_row(one: Vacancy) -> list[Cell]:
    return [
        one.told.title,
        one.state,
        one.told.drafted_on,
        one.approved.approved_on if one.approved else None,
        one.advertised.advertised_on if one.advertised else None,
        one.advertised.closes_on if one.advertised else one.told.closes_on,
        one.closed.closed_on if one.closed else None,
        one.closed.outcome if one.closed else "",
    ]
