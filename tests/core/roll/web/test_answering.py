"""A wrong entry is answered by the right one, on the plugin's own form: one command, and history shows both."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest

from core.errors import NotFound
from core.web.guards import handlers
from events import Event, Withdrawn, verify
from plugins.register.facts import PlacedOnRegister, PlanIssued, ReviewEnded
from plugins.register.views import plan, support
from tests.core.house import NORTH, Browser, House, email_of, hidden, on

WRONG, RIGHT = date(2026, 9, 21), date(2026, 9, 12)


class Mistaken(NamedTuple):
    """A pupil with a plan of the wrong day, the entry that says so, and whoever mends it the day after."""

    pupil: UUID
    entry: UUID
    senco: Browser

    @property
    def answer(self) -> str:
        return f"/{NORTH}/pupils/{self.pupil}/entries/{self.entry}/answer"


@pytest.fixture
def mistaken(house: House) -> Mistaken:
    pupil = house.pupil(PlanIssued(WRONG))
    (entry,) = (event.event_id for event in house.facts(PlanIssued))
    house.clock.move_to(date(2026, 11, 17))
    return Mistaken(pupil, entry, house.as_role("senco"))


def goes_on(one: Mistaken, reason: str = "The digits were turned round.") -> str:
    """Says why, and is led to the form."""
    answer = one.senco.post(one.answer, reason=reason)
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    assert reason.rpartition(" ")[2] not in address
    return str(address)


def mended(one: Mistaken, day: date = RIGHT) -> str:
    """Records the right day on the form; where that leads."""
    address = goes_on(one)
    page = one.senco.get(address).text
    assert "You are recording the right one." in page
    path = address.partition("?")[0]
    answer = one.senco.raw_post(path, data=hidden(page, path) | on("made_on", day))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def last(house: House, count: int) -> list[Event]:
    return house.events()[-count:]


def test_both_are_recorded_by_one_command_and_readers_see_the_right_one(house: House, mistaken: Mistaken) -> None:
    before = house.log_size()
    mended(mistaken)
    withdrawn, right = last(house, 2)
    assert house.log_size() == before + 2
    assert (withdrawn.fact, right.fact) == (
        Withdrawn(mistaken.entry, date(2026, 11, 17), "The digits were turned round."),
        PlanIssued(RIGHT),
    )
    told = house.desk(urn=NORTH).log.see(plan, mistaken.pupil)
    assert told is not None
    assert told.made_on == RIGHT
    assert verify(house.building.store).ok


def test_the_timeline_shows_both_with_both_days(house: House, mistaken: Mistaken) -> None:
    page = text_of(mistaken.senco.get(mended(mistaken)).text)
    for words in (
        "happened Sat 12 Sep 2026 EHC plan made on 12 September 2026 Answers: EHC plan made on 21 September 2026, 21",
        "typed 17 Nov 2026",
        "happened Mon 21 Sep 2026 EHC plan made on 21 September 2026 withdrawn",
        "Withdrawn on 17 November 2026. Reason: The digits were turned round.",
        "Answered by: EHC plan made on 12 September 2026, 12 September 2026 typed 16 Nov 2026",
    ):
        assert words in page, words


def test_each_entry_s_page_leads_to_the_other(house: House, mistaken: Mistaken) -> None:
    mended(mistaken)
    _, right = last(house, 2)
    wrong = mistaken.senco.get(f"/{NORTH}/audit/{mistaken.entry}").text
    assert f"Answered by Entry {right.position:,}: EHC plan made on 12 September 2026" in text_of(wrong)
    assert f'href="/{NORTH}/audit/{right.event_id}"' in wrong
    assert "/answer" not in wrong
    other = mistaken.senco.get(f"/{NORTH}/audit/{right.event_id}").text
    assert "EHC plan made on 21 September 2026" in text_of(other).partition("Answers Entry")[2]
    assert f'href="/{NORTH}/audit/{mistaken.entry}"' in other


def test_the_way_there_begins_on_the_entry_s_page_and_on_the_one_that_withdraws(mistaken: Mistaken) -> None:
    for path in (f"/{NORTH}/audit/{mistaken.entry}", mistaken.answer.replace("/answer", "/withdraw")):
        assert mistaken.answer in mistaken.senco.get(path).text


def test_it_is_decided_as_though_the_wrong_one_had_never_been(house: House) -> None:
    """Needs that change are decided on what stood before the wrong entry, through a page that is checked first."""
    placed = PlacedOnRegister("K", ("SLCN",), date(2026, 9, 8), date(2026, 9, 9), "Typed for another child.")
    pupil = house.pupil(placed)
    (entry,) = (event.event_id for event in house.facts(PlacedOnRegister))
    one = Mistaken(pupil, entry, house.as_role("senco"))
    address = goes_on(one, "Another child was meant.")
    page = one.senco.get(address).text
    assert "Place on the SEN register" in page
    path = address.partition("?")[0]
    typed = {"provision": "K", "need_1": "SLCN", "reason": "Seen in class."} | on("on", date(2026, 9, 15))
    typed |= on("told", date(2026, 9, 15))
    check = one.senco.raw_post(path, data=hidden(page, path) | typed)
    assert "Check before it is recorded" in check.text
    assert one.senco.raw_post(path, data=hidden(check.text, path) | {"go": "record"}).status_code == 303
    assert isinstance(last(house, 1)[0].fact, PlacedOnRegister)
    told = house.desk(urn=NORTH).log.see(support, pupil)
    assert told is not None
    assert told.since == date(2026, 9, 15)


def test_a_form_sent_twice_answers_once(house: House, mistaken: Mistaken) -> None:
    address = goes_on(mistaken)
    path = address.partition("?")[0]
    fields = hidden(mistaken.senco.get(address).text, path) | on("made_on", RIGHT)
    size = house.log_size()
    assert [mistaken.senco.raw_post(path, data=fields).status_code for _ in range(2)] == [303, 303]
    assert house.log_size() == size + 2


def test_of_two_who_answer_the_same_one_is_told(house: House, mistaken: Mistaken) -> None:
    address = goes_on(mistaken)
    path = address.partition("?")[0]
    fields = hidden(mistaken.senco.get(address).text, path) | on("made_on", RIGHT)
    mended(mistaken, date(2026, 9, 11))
    size = house.log_size()
    assert mistaken.senco.raw_post(path, data=fields).status_code == 409
    assert house.log_size() == size


def test_what_is_wrong_on_the_form_is_shown_with_what_is_answered_still_there(mistaken: Mistaken) -> None:
    address = goes_on(mistaken)
    path = address.partition("?")[0]
    fields = hidden(mistaken.senco.get(address).text, path) | on("made_on", date(2027, 1, 1))
    answer = mistaken.senco.raw_post(path, data=fields)
    assert answer.status_code == 422
    assert "You are recording the right one." in answer.text
    assert hidden(answer.text, path)["token"].count(".") == 3


def test_it_is_nobody_else_s_to_send_and_of_nobody_else(house: House, mistaken: Mistaken) -> None:
    address = goes_on(mistaken)
    assert house.as_role("send_admin").get(address).status_code == 404
    other = house.pupil(PlanIssued(WRONG))
    elsewhere = address.replace(str(mistaken.pupil), str(other))
    path = elsewhere.partition("?")[0]
    fields = hidden(mistaken.senco.get(elsewhere).text, path) | on("made_on", RIGHT)
    size = house.log_size()
    assert mistaken.senco.raw_post(path, data=fields).status_code == 404
    assert house.log_size() == size
    assert mistaken.senco.get(f"{path}?answers=nonsense").status_code == 404
    assert mistaken.senco.get(path).status_code == 200


def test_who_may_not_write_such_a_record_answers_none(house: House, mistaken: Mistaken) -> None:
    assert house.as_role("hr_admin").get(mistaken.answer).status_code in (403, 404)
    assert house.as_role("class_teacher").get(mistaken.answer).status_code in (403, 404)
    stranger = house.desk(email_of("hr_admin", NORTH), NORTH)
    (wrong,) = house.facts(PlanIssued)
    stranger.answers = stranger.carried(wrong, "x")
    with pytest.raises(NotFound):
        _ = stranger.answering


def test_what_was_withdrawn_already_is_not_answered(house: House, mistaken: Mistaken) -> None:
    address = goes_on(mistaken)
    mistaken.senco.post(mistaken.answer.replace("/answer", "/withdraw"), reason="No plan at all.")
    path = address.partition("?")[0]
    answer = mistaken.senco.raw_post(path, data=hidden(mistaken.senco.get(address).text, path) | on("made_on", RIGHT))
    assert answer.status_code == 422
    assert "withdrawn already" in answer.text


def test_a_withdrawal_alone_answers_nothing(house: House, mistaken: Mistaken) -> None:
    mistaken.senco.post(mistaken.answer.replace("/answer", "/withdraw"), reason="No plan at all.")
    house.tell(mistaken.pupil, PlanIssued(RIGHT), ReviewEnded(date(2026, 10, 1)))
    page = mistaken.senco.get(f"/{NORTH}/pupils/{mistaken.pupil}").text
    assert "Answers:" not in page
    assert "Answered by:" not in page


def test_every_form_a_plugin_names_is_a_page_that_takes_what_is_typed(house: House) -> None:
    shapes = {
        (re.sub(r"\{[^}]*\}", "*", path), method) for path, one in handlers(house.app) for method in one.http_methods
    }
    for name, manifest in house.building.plugins.manifests.items():
        for pattern in manifest.forms.values():
            address = "/*/" + name + "/" + re.sub(r"\{[^}]*\}", "*", pattern)
            fits = {method for shape, method in shapes if _fits(shape, address)}
            assert {"GET", "POST"} <= {str(method) for method in fits}, address


def _fits(shape: str, address: str) -> bool:
    ours, theirs = shape.strip("/").split("/"), address.strip("/").split("/")
    return len(ours) == len(theirs) and all(one in ("*", other) for one, other in zip(ours, theirs, strict=True))
