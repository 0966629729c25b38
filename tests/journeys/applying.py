"""Three who apply for a post, how HR enters what they sent, and how a panel that may not know them judges it."""

from __future__ import annotations

from typing import NamedTuple

from tests.journeys.visiting import Visitor
from tests.journeys.world import HEAD, PANEL

GATE = "Teaching degree, or a degree and a teaching certificate"


class Applies(NamedTuple):
    """Somebody who applies, and the marks two scorers give them for everything."""

    forename: str
    surname: str
    award: str
    marks: tuple[int, int]

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def statement(self) -> str:
        return f"At Thistledown Academy {self.forename} set up a reading scheme, and wrote to every family each month."


CHOSEN = Applies("Xanthe", "Winterhazel", "NPQ for SENCOs", (3, 3))
SECOND = Applies("Yorick", "Thornapple", "NPQ for SENCOs", (2, 2))
THIRD = Applies("Zelda", "Marrowgate", "None", (0, 1))
APPLICANTS = (CHOSEN, SECOND, THIRD)


def enters_an_application(lewis: Visitor, vacancy: str, one: Applies) -> None:
    """As the form came; the one who is chosen left half a year untold."""
    lewis.goes_to(f"{vacancy}/applicants/new")
    lewis.answers("Did it come on the trust\N{RIGHT SINGLE QUOTATION MARK}s own form?", "Yes")
    lewis.fills("Forename", one.forename)
    lewis.fills("Surname", one.surname)
    lewis.fills("E-mail address", f"{one.forename.casefold()}@mail.example")
    lewis.answers("Do they hold qualified teacher status?", "Yes")
    lewis.picks(one.award)
    history = (
        ("Job 1", {"Employer": "Thistledown Academy", "Post": "Teacher", "From": "2016-01-04"}),
        ("Course 1", {"Where": "University of Westmoor", "Award": "PGCE", "From": "2014-09-01", "To": "2015-07-10"}),
    )
    for legend, fields in history:
        for label, typed in fields.items():
            lewis.fills(f"{legend}: {label}", typed)
    lewis.chooses("Job 1: With children?", "Yes")
    lewis.fills("What they write in support", one.statement)
    lewis.presses("Record the application")
    lewis.reads("The application is recorded.")


def moves(lewis: Visitor, vacancy: str, one: Applies, to: str, why: str = "") -> None:
    lewis.goes_to(f"{vacancy}/applicants")
    lewis.follows(one.name)
    lewis.follows(to)
    if why:
        lewis.fills("Why?", why)
    lewis.presses("Record")
    lewis.reads("Recorded.")


def sift_them_blind(miriam: Visitor, ada: Visitor, vacancy: str) -> None:
    """Each scores alone, by number; no page of theirs says who it is, nor what the other gave."""
    for at, scorer in enumerate((miriam, ada)):
        for number, one in enumerate(APPLICANTS, 1):
            scorer.goes_to(f"{vacancy}/applicants")
            is_blind(scorer)
            scorer.follows(f"Applicant {number}")
            is_blind(scorer)
            if scorer == miriam:
                scorer.follows(f"Judge {GATE}")
                scorer.picks("Yes")
                scorer.fills("How do you know?", "Check a teacher's record")
                scorer.presses("Record")
            scorer.follows("Score At the sift")
            is_blind(scorer)
            for mark in scorer.page.locator(f"input[type=radio][value='{one.marks[at]}']").all():
                mark.check()
            scorer.presses("Hand in my marks")
            scorer.reads("Your marks are handed in.")
            is_blind(scorer)
    miriam.goes_to(f"{vacancy}/applicants")
    miriam.follows("Applicant 1")
    miriam.reads("2 of 2 sheets are handed in.", HEAD.name, PANEL.name)


def is_blind(scorer: Visitor) -> None:
    for one in APPLICANTS:
        scorer.does_not_read(one.forename, one.surname, one.forename.casefold())


def shortlists_two(miriam: Visitor, vacancy: str) -> None:
    """The list ranks; a person decides. Only then are there names."""
    miriam.goes_to(f"{vacancy}/applicants/ranking")
    is_blind(miriam)
    for number in (1, 2):
        miriam.picks(f"Yes Applicant {number} goes forward")
    miriam.fills("How many are wanted for interview?", "2")
    miriam.presses("Shortlist those ticked")
    miriam.reads("The shortlist is decided.", CHOSEN.name, SECOND.name)
    miriam.does_not_read(THIRD.surname)
