"""Ana Reyes, who applied and works here, and asks what is kept of her."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

import httpx

from core.roll.facts import StaffJoined
from events import Fact, New
from plugins.recruitment.facts import ApplicationEntered, Mark, SheetScored
from tests.core.house import NORTH, Browser, House, email_of, errors
from tests.core.requests.test_web import came

DPO, HEAD, ADMIN = email_of("dpo"), email_of("head", NORTH), email_of("identity_admin")
TODAY = date(2026, 11, 16)
NOTE = "Answered like Xanthe Quillfeather's sister would"


def applied(vacancy: UUID, forename: str = "Ana", surname: str = "Reyes") -> ApplicationEntered:
    return ApplicationEntered(
        vacancy, 1, surname, forename, "", "ana@mail.example", "", "", "", "", None, True, "npq", (), (), (), "", True,
        None, TODAY, "I have led provision",
    )  # fmt: skip


def put(house: House, subject: UUID, *facts: Fact) -> None:
    """Into the log, whoever may write it."""
    desk = house.desk(urn=NORTH)
    desk.log.append([New(subject, fact) for fact in facts], command_id=uuid4(), actor=desk.actor)


class Asking:
    """Ana Reyes was an applicant and is on the roll as staff; she asks what is kept of her."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.switch_all_on()
        self.applicant, self.staff, self.scorer = uuid4(), uuid4(), house.person(HEAD)
        vacancy = uuid4()
        judged = SheetScored(vacancy, self.scorer, "sift", (Mark("K1", 2),), TODAY, NOTE)
        put(house, self.applicant, applied(vacancy), judged)
        put(house, self.staff, StaffJoined("Ana Reyes", "Teaching assistant", "", TODAY))
        put(house, uuid4(), applied(vacancy, "Bo", "Larsson"))
        house.pupil(surname="Quillfeather", forename="Xanthe")
        self.dpo, self.head = house.browser(DPO), house.browser(HEAD)
        self.path = came(self.dpo, whom="Ana Reyes, by e-mail", asks="Everything about me")

    def names(self, *people: UUID) -> list[str]:
        answer = self.dpo.post(f"{self.path}/whom", people=[str(one) for one in people])
        return errors(answer.text)

    def let_in(self, *emails: str, named: Sequence[UUID] = ()) -> None:
        whom = named or [self.applicant, self.staff]
        for email in emails:
            self.house.let_in("staff_records_officer", self.house.person(email), named=whom)


def finds(browser: Browser, path: str, name: str, **more: str) -> httpx.Response:
    """By the other button of the form."""
    return browser.raw_post(f"{path}/whom/find", data=browser.form(f"{path}/whom") | {"name": name} | more)
