"""What may be asked of an applicant only later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.command import Command
from core.errors import Refused
from plugins.recruitment.commands import RecordFitness, SearchOnline, WeighDisclosure
from tests.core.house import House
from tests.plugins.recruitment.commands.applying import TOMORROW, declared, offer, refused
from tests.plugins.recruitment.sifting import TODAY, applicant, desk_of, interviewed, shortlisted, step


def searched(vacancy: UUID, **more: Any) -> SearchOnline:
    usual: dict[str, Any] = {"searcher": "Ms Grey", "relevant": False, "searched_on": TODAY}
    return SearchOnline(vacancy, **(usual | more))


ASKED: list[Callable[..., Command]] = [declared, searched]


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_is_declared_or_searched_for_before_the_shortlist_or_after_the_end(
    house: House, vacancy: UUID, asked: Callable[..., Command]
) -> None:
    person = applicant(house, vacancy)
    assert refused(house, asked(vacancy), person)[0] == "before_shortlist"
    assert refused(house, asked(uuid4()), person)[0] == "no_application"
    shortlisted(house, vacancy, person)
    desk_of(house, "head").do(asked(vacancy), person)
    step(house, vacancy, person, "withdrawn")
    assert refused(house, asked(vacancy), person)[0] in {"has_ended", "before_shortlist"}


def test_a_declaration_says_what_is_protected_and_a_search_keeps_only_what_matters(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    shortlisted(house, vacancy, person)
    no_notice = declared(vacancy, notice="Tell us everything")
    assert refused(house, no_notice, person) == ("no_protected_notice", "notice")
    assert refused(house, declared(vacancy, received_on=TOMORROW), person) == ("in_future", "received_on")
    assert refused(house, declared(vacancy, discussed_on=TOMORROW), person) == ("in_future", "discussed_on")
    assert refused(house, searched(vacancy, words="Likes cats"), person) == ("not_relevant", "words")
    assert refused(house, searched(vacancy, searched_on=TOMORROW), person) == ("in_future", "searched_on")


def test_health_is_recorded_from_the_offer_on_and_of_nobody_unknown(house: House, vacancy: UUID) -> None:
    person, fit = applicant(house, vacancy), RecordFitness("fit", TODAY, "Occupational health")
    interviewed(house, vacancy, person)
    assert refused(house, fit, person) == ("before_offer", "outcome")
    assert refused(house, fit, uuid4()) == ("nobody", None)
    desk_of(house).do(offer(vacancy), person)
    assert refused(house, RecordFitness("fit", TOMORROW, "Dr Grey"), person) == ("in_future", "checked_on")
    desk_of(house).do(fit, person)


def test_a_disclosure_is_weighed_by_two_people(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    command = WeighDisclosure("self_disclosure", True, "Ms Grey", "Ms Grey", "Long ago")
    with pytest.raises(Refused):
        desk_of(house).do(command, person)
