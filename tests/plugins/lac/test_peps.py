"""A personal education plan from its start to its agreement, as the designated teacher goes through it."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from plugins.lac.facts import (
    CareReviewHeld,
    MeetingHeld,
    PepAgreed,
    PepMadeReady,
    PepReturned,
    PepSent,
    PepStarted,
    SdqScored,
    SectionWritten,
    TargetJudged,
    TargetSet,
    VoiceGiven,
)
from plugins.lac.views import peps
from tests.core.house import Browser, House, HouseMaker, error_links, errors, hidden, on
from tests.plugins.lac.care import (
    LAC,
    A,
    agreed_plan,
    clocks,
    desk_of,
    in_care,
    school,
    sent,
    set_up,
    started,
    tell,
    written,
)

OCTOBER, HELD, MONDAY = date(2026, 10, 28), date(2026, 11, 12), date(2026, 11, 16)
NEXT = date(2027, 2, 10)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.as_role("designated_teacher")


class Plan:
    """A child's first plan, on its page."""

    def __init__(self, house: House, browser: Browser, *, whole: bool = False) -> None:
        self.house, self.browser = house, browser
        self.pupil = in_care(house)
        self.pep = started(house, self.pupil, OCTOBER)
        self.path = f"{LAC}/peps/{self.pupil}/{self.pep}"
        if whole:
            tell(house, self.pupil, *written(self.pep, HELD, NEXT))

    @property
    def text(self) -> str:
        answer = self.browser.get(self.path)
        assert answer.status_code == 200
        return answer.text

    @property
    def shown(self) -> str:
        return plain(self.text)

    def send(self, what: str, **fields: Any) -> httpx.Response:
        """Fills in one of the plan's forms and sends it."""
        path = f"{self.path}/{what}"
        return self.browser.raw_post(path, data=self.browser.form(path) | fields)

    def record(self, what: str, **fields: Any) -> None:
        answer = self.send(what, **fields)
        assert (answer.status_code, answer.headers.get("location")) == (303, self.path), errors(answer.text)

    def press(self, what: str) -> httpx.Response:
        """Presses one of the page's own buttons."""
        path = f"{self.path}/{what}"
        return self.browser.raw_post(path, data=hidden(self.text, path))

    def refused(self, what: str, **fields: Any) -> str:
        answer = self.send(what, **fields)
        assert answer.status_code == 422
        return " ".join(errors(answer.text))


@pytest.fixture
def plan(house: House, teacher: Browser) -> Plan:
    """A plan with nothing in it."""
    return Plan(house, teacher)


@pytest.fixture
def whole(house: House, teacher: Browser) -> Plan:
    """A plan to which nothing is wanting."""
    return Plan(house, teacher, whole=True)


def plain(text: str) -> str:
    inner = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", inner)))


def copy_of(text: str) -> str:
    """What is to be copied into the portal."""
    return html.unescape(text.partition("readonly>")[2].partition("</textarea>")[0])


VOICE = {"method": "by drawing", "words": "I like maths\nand football", **on("given_on", HELD)}
ATTENDANCE = {
    "possible": "128",
    "missed": "13",
    **on("from_on", date(2026, 9, 2)),
    **on("until_by", date(2026, 10, 23)),
}
TARGET = {
    "need": "Reading",
    "words": "Reads 90 words a minute",
    "baseline": "60 words",
    "owner": "Ms Cole",
    "how_often": "twice a week, 30 minutes",
    "cost_pence": "180",
    **on("by_on", NEXT),
}
MEETING = {"attended": ["child", "carer"], **on("held_on", HELD), **on("next_on", NEXT)}


# A plan is started


def starting(**more: Any) -> dict[str, Any]:
    return {"why": "initial", "follows": "", **on("started_on", OCTOBER)} | more


def test_a_plan_is_started_under_the_authority_s_settings_of_that_day(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    path = f"{LAC}/peps/{pupil}"
    answer = teacher.raw_post(path, data=teacher.form(path) | starting())
    (fact,) = [event.fact for event in house.facts(PepStarted)]
    assert isinstance(fact, PepStarted)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}/{fact.pep}")
    assert (fact.authority, fact.since_on) == (A, date(2026, 10, 19))
    shown = plain(teacher.get(f"{path}/{fact.pep}").text)
    assert "First PEP" in shown
    assert "being written" in shown
    assert "Eastshire as it worked from 1 September 2025, graded by St Helens v1" in shown
    assert "Complete the first PEP by Mon 16 Nov 2026 today" in shown


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (starting(**on("started_on", date(2026, 10, 1))), "not looked after on that day"),
        (starting(**on("started_on", date(2026, 11, 17))), "today or in the past"),
        (starting(why="termly"), "Give the last day for this plan."),
        (starting(why=""), "Enter which plan it is."),
    ],
)
def test_a_start_that_cannot_be_is_refused_with_what_was_typed(
    house: House, teacher: Browser, fields: dict[str, str], says: str
) -> None:
    path = f"{LAC}/peps/{in_care(house)}"
    answer = teacher.raw_post(path, data=teacher.form(path) | fields)
    assert answer.status_code == 422
    assert says in " ".join(errors(answer.text))
    day = fields["started_on-day"]
    assert f'name="started_on-day" type="text" inputmode="numeric" autocomplete="off" value="{day}"' in answer.text


def test_no_plan_is_started_without_an_authority_or_beside_one_in_hand(house: House, teacher: Browser) -> None:
    unknown, busy = in_care(house, code=""), in_care(house)
    started(house, busy, OCTOBER)
    for pupil, says in ((unknown, "Name the looking-after authority first"), (busy, "Another plan is in hand")):
        path = f"{LAC}/peps/{pupil}"
        answer = teacher.raw_post(path, data=teacher.form(path) | starting())
        assert (answer.status_code, says in " ".join(errors(answer.text))) == (422, True)


def test_a_plan_of_another_child_is_not_there(house: House, teacher: Browser, plan: Plan) -> None:
    other = in_care(house)
    for address in (f"{other}/{plan.pep}", f"{plan.pupil}/{uuid4()}", f"{other}/{plan.pep}/voice"):
        assert teacher.get(f"{LAC}/peps/{address}").status_code == 404
    for what in ("imagined", "judge", f"judge/{uuid4()}", "section/imagined", "voice/imagined"):
        assert teacher.get(f"{plan.path}/{what}").status_code == 404


# It is written


def test_each_part_is_recorded_and_shown(plan: Plan) -> None:
    plan.record("voice", **VOICE)
    plan.record("attendance", **ATTENDANCE)
    plan.record("target", **TARGET)
    plan.record("meeting", **MEETING)
    plan.record("section", section="progress", contributor="designated_teacher", words="Working at the standard")
    shown = plan.shown
    assert "I like maths and football By drawing, 12 November 2026" in shown
    assert "13 of 128 sessions missed from 2 September 2026 to 23 October 2026." in shown
    assert "1. Reads 90 words a minute SMART" in shown
    assert "Cost £180.00" in shown
    assert "There Child, Carer" in shown
    assert "Next 10 February 2027" in shown
    assert "Working at the standard Designated teacher, 16 November 2026" in shown
    assert "Special educational needs not written" in shown
    assert plan.house.facts(MeetingHeld)[0].fact.attended == ("child", "carer")  # type: ignore[union-attr]
    assert plan.house.facts(TargetSet)[0].fact.cost_pence == 18_000  # type: ignore[union-attr]


def test_what_stands_is_there_to_be_changed(whole: Plan) -> None:
    whole.record("section", section="who", contributor="senco", words="Ms Cole knows Robin best")
    voice, section = (whole.browser.get(f"{whole.path}/{what}").text for what in ("voice", "section/who"))
    assert ">I like maths</textarea>" in voice
    assert 'value="by drawing" checked' in voice
    assert ">Ms Cole knows Robin best</textarea>" in section
    assert 'value="senco" selected' in section
    meeting = whole.browser.get(f"{whole.path}/meeting").text
    assert all(f'value="{part}" checked' in meeting for part in ("child", "carer", "social_worker"))
    assert 'value="parent" checked' not in meeting


def test_a_child_who_says_nothing_is_told_with_why(plan: Plan) -> None:
    plan.record("voice", **(VOICE | {"method": "none", "words": "Robin did not want to"}))
    assert "Robin did not want to The child said nothing, 12 November 2026" in plan.shown
    assert "Add the child's voice" not in plan.shown
    assert "Why the child said nothing (12 November 2026)\nRobin did not want to" in copy_of(plan.text)


@pytest.mark.parametrize(
    ("what", "fields", "field"),
    [
        ("voice", VOICE | {"words": ""}, "words"),
        ("voice", VOICE | on("given_on", date(2026, 11, 17)), "given_on-day"),
        ("attendance", ATTENDANCE | {"missed": "129"}, "missed"),
        ("attendance", ATTENDANCE | {"possible": "many"}, "possible"),
        ("attendance", ATTENDANCE | on("until_by", date(2026, 9, 1)), "until_by-day"),
        ("target", TARGET | {"cost_pence": "a lot"}, "cost_pence"),
        ("target", TARGET | on("by_on", OCTOBER), "by_on-day"),
        ("meeting", MEETING | {"attended": []}, "attended"),
        ("meeting", MEETING | on("next_on", HELD), "next_on-day"),
        ("section", {"section": "imagined", "contributor": "child", "words": "Mine"}, "section"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_keeps_the_rest(
    plan: Plan, what: str, fields: dict[str, Any], field: str
) -> None:
    before = plan.house.log_size()
    answer = plan.send(what, **fields)
    assert answer.status_code == 422
    assert field in set(error_links(answer.text))
    assert plan.house.log_size() == before
    for name in ("words", "need", "baseline", "owner", "how_often", "missed"):
        if kept := fields.get(name):
            assert html.escape(kept) in answer.text


def test_a_target_says_what_keeps_it_from_being_smart(whole: Plan) -> None:
    whole.record("target", **(TARGET | on("by_on", date(2027, 3, 1))))
    assert "not SMART yet" in whole.shown
    assert "The next PEP is on 10 February 2027. Choose a day by then." in whole.shown


def test_a_target_is_judged_once(whole: Plan) -> None:
    (target,) = [event.fact.target for event in whole.house.facts(TargetSet)]  # type: ignore[union-attr]
    told = {"outcome": "part", "evidence": "72 words", **on("judged_on", MONDAY)}
    whole.record(f"judge/{target}", **told)
    assert "partly met, 16 November 2026" in whole.shown
    assert "Judge it" not in whole.shown
    assert "judged already" in whole.refused(f"judge/{target}", **told)
    assert len(whole.house.facts(TargetJudged)) == 1


def test_a_form_left_open_is_stale_and_keeps_what_was_typed(plan: Plan) -> None:
    path = f"{plan.path}/voice"
    form = plan.browser.form(path)
    tell(plan.house, plan.pupil, VoiceGiven(plan.pep, "in writing", HELD, "I like art"))
    answer = plan.browser.raw_post(path, data=form | VOICE)
    assert answer.status_code == 409
    assert "I like art" in answer.text
    assert "I like maths" in answer.text
    assert len(plan.house.facts(VoiceGiven)) == 1


def test_a_double_click_is_recorded_once(plan: Plan) -> None:
    path = f"{plan.path}/section"
    form = plan.browser.form(path) | {"section": "sen", "contributor": "senco", "words": "SEN support"}
    assert [plan.browser.raw_post(path, data=form).status_code for _ in range(3)] == [303] * 3
    assert len(plan.house.facts(SectionWritten)) == 1


# It is made ready, and goes


MISSING: dict[str, tuple[str, dict[str, Any]]] = {
    "Add the child's voice, or why there is none.": ("voice", VOICE),
    "Set one target or more that is SMART.": ("target", TARGET),
    "Add the attendance figure.": ("attendance", ATTENDANCE),
    "Say who was at the meeting.": ("meeting", MEETING),
}


def test_what_is_missing_is_listed_with_the_form_that_mends_it_and_keeps_the_plan_from_being_ready(plan: Plan) -> None:
    for says, (what, fields) in MISSING.items():
        shown = plan.text
        assert says in plain(shown)
        assert f'href="{plan.path}/{what}"' in shown.partition('id="missing"')[2].partition("</section>")[0]
        answer = plan.press("ready")
        assert (answer.status_code, says in " ".join(errors(answer.text))) == (422, True)
        assert f'href="{plan.path}/{what}"' in answer.text
        plan.record(what, **fields)
    assert plan.house.facts(PepMadeReady) == []
    assert "Still missing" not in plan.shown
    assert plan.press("ready").status_code == 303
    assert "Ready to send." in plan.shown
    assert [event.day for event in plan.house.facts(PepMadeReady)] == [MONDAY]


def test_what_was_ready_on_an_earlier_day_is_told_so_and_no_sooner_than_it_is_whole(plan: Plan, whole: Plan) -> None:
    assert "Add the attendance figure." in plain(plan.browser.get(f"{plan.path}/ready_on").text)
    assert "Not ready yet." in plan.refused("ready_on", **on("ready_on", HELD))
    whole.record("ready_on", **on("ready_on", HELD))
    whole.record("send", **on("sent_on", HELD))
    assert "With the virtual school since 12 November 2026." in whole.shown


def test_the_last_plan_s_targets_are_judged_first(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    last = agreed_plan(house, pupil, OCTOBER, date(2026, 11, 5), date(2026, 11, 12))
    house.clock.move_to(date(2027, 1, 11))
    pep = started(house, pupil, date(2027, 1, 11), why="termly", due_by=date(2027, 3, 25))
    shown = house.as_role("designated_teacher").get(f"{LAC}/peps/{pupil}/{pep}").text
    assert "Judge every target of the last PEP: met, part or not." in shown
    assert f'href="{LAC}/peps/{pupil}/{last}#targets"' in shown


def test_a_plan_goes_to_the_virtual_school_comes_back_and_is_agreed(whole: Plan) -> None:
    whole.record("ready_on", **on("ready_on", HELD))
    whole.record("back_on", **on("taken_back_on", HELD))
    assert "being written" in whole.shown
    whole.record("ready_on", **on("ready_on", HELD))
    whole.record("send", **on("sent_on", date(2026, 11, 13)))
    assert "With the virtual school since 13 November 2026." in whole.shown
    assert "cannot be changed now" in whole.refused("voice", **VOICE)
    assert "10 characters or more" in whole.refused("return", reason="Too thin", **on("returned_on", MONDAY))
    whole.record("return", reason="Say more about reading", **on("returned_on", date(2026, 11, 14)))
    assert "The virtual school returned it on 14 November 2026: Say more about reading" in whole.shown
    whole.record("section", section="progress", contributor="senco", words="60 words a minute")
    assert whole.press("ready").status_code == 303
    assert whole.press("back").status_code == 303
    assert whole.press("ready").status_code == 303
    whole.record("send", **on("sent_on", MONDAY))
    whole.record("agree", grade="green", **on("agreed_on", MONDAY))
    shown = whole.shown
    assert "Agreed on 16 November 2026. It stays as it is." in shown
    assert (
        "Sent on 13 November 2026 Returned on 14 November 2026: Say more about reading Sent on 16 November 2026 "
        "Agreed on 16 November 2026" in shown
    )
    assert [len(whole.house.facts(kind)) for kind in (PepSent, PepReturned, PepAgreed)] == [2, 1, 1]


def agreed(whole: Plan) -> None:
    tell(whole.house, whole.pupil, *sent(whole.house, whole.pupil, whole.pep, date(2026, 11, 13)))
    tell(whole.house, whole.pupil, PepAgreed(whole.pep, MONDAY, (), "gold"))


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("voice", VOICE),
        ("target", TARGET),
        ("meeting", MEETING),
        ("ready_on", on("ready_on", MONDAY)),
        ("back_on", on("taken_back_on", MONDAY)),
        ("send", on("sent_on", MONDAY)),
        ("agree", on("agreed_on", MONDAY)),
    ],
)
def test_an_agreed_plan_stays_as_it_is(whole: Plan, what: str, fields: dict[str, Any]) -> None:
    agreed(whole)
    before = whole.house.log_size()
    assert "new version" in whole.refused(what, **fields)
    assert whole.house.log_size() == before


def test_a_new_version_follows_an_agreed_plan(whole: Plan) -> None:
    agreed(whole)
    start = f"{LAC}/peps/{whole.pupil}"
    assert f'href="{start}?follows={whole.pep}"' in whole.text
    form = whole.browser.form(f"{start}?follows={whole.pep}", start)
    assert f'<option value="{whole.pep}" selected>' in whole.browser.get(f"{start}?follows={whole.pep}").text
    told = starting(follows=str(whole.pep), **on("started_on", MONDAY))
    assert whole.browser.raw_post(start, data=form | told).status_code == 303
    assert house_plans(whole) == ["agreed", "drafting"]
    assert "a new version" in plain(whole.browser.get(f"{LAC}/children/{whole.pupil}").text)


def house_plans(plan: Plan) -> list[str]:
    known = desk_of(plan.house).see(peps, plan.pupil)
    return [one.state for one in known.plans.values()] if known else []


# How it is graded


def graded(plan: Plan, areas: list[str], grade: str = "") -> httpx.Response:
    tell(plan.house, plan.pupil, *sent(plan.house, plan.pupil, plan.pep, date(2026, 11, 13)))
    told = {f"area_{number}": area for number, area in enumerate(areas, 1)}
    return plan.send("agree", grade=grade, **told, **on("agreed_on", MONDAY))


@pytest.mark.parametrize(
    ("areas", "grade"),
    [
        (["gold"] * 7 + ["green"], "gold by St Helens v1"),
        (["green"] * 6 + ["amber"] * 2, "amber by St Helens v1"),
        (["green"] * 7 + ["red"], "red by St Helens v1"),
    ],
)
def test_the_areas_tell_the_grade_by_the_scheme_the_plan_was_started_under(
    whole: Plan, areas: list[str], grade: str
) -> None:
    set_up(whole.house, clocks(A, "Eastshire", scheme="St Helens v2", from_on=date(2026, 11, 1)))
    assert graded(whole, areas).status_code == 303
    assert f"Grade {grade}" in whole.shown
    assert grade in plain(whole.browser.get(f"{LAC}/children/{whole.pupil}").text)


def test_a_grade_that_was_told_and_the_areas_that_tell_another_are_both_shown(whole: Plan) -> None:
    assert graded(whole, ["green"] * 7 + ["red"], "green").status_code == 303
    assert "green as told; its areas count as red by St Helens v1" in whole.shown


def test_some_areas_without_the_others_are_refused_each_at_its_place(whole: Plan) -> None:
    answer = graded(whole, ["gold"] * 6)
    assert answer.status_code == 422
    assert set(error_links(answer.text)) == {"area_7", "area_8"}
    assert '<option value="gold" selected>' in answer.text
    assert whole.house.facts(PepAgreed) == []


def test_a_scheme_without_areas_asks_for_the_grade_alone(house: House, teacher: Browser) -> None:
    set_up(house, clocks(A, "Eastshire", scheme="Devon", from_on=date(2026, 10, 1)))
    plan = Plan(house, teacher, whole=True)
    form = teacher.get(f"{plan.path}/agree").text
    assert "area_1" not in form
    assert '<option value="approved">Approved</option>' in form
    assert graded(plan, [], "approved").status_code == 303
    assert "Grade approved by Devon" in plan.shown


# The copy in the portal


def test_the_text_for_the_portal_is_the_plan_as_it_stands(whole: Plan) -> None:
    told = copy_of(whole.text)
    assert "What the child says (by drawing, 12 November 2026)\nI like maths\n" in told
    assert "Meeting 12 November 2026: child, carer, social worker\n" in told
    assert "Target 1, by 10 February 2027\nReads 90 words\n" in told


def test_a_change_after_sending_marks_the_portal_s_copy_as_out_of_date(whole: Plan) -> None:
    tell(whole.house, whole.pupil, *sent(whole.house, whole.pupil, whole.pep, date(2026, 11, 13)))
    assert "out of date" not in whole.shown
    tell(whole.house, whole.pupil, PepReturned(whole.pep, MONDAY, "Say more about reading"))
    assert "out of date" not in whole.shown
    whole.record("section", section="progress", contributor="senco", words="60 words a minute")
    assert "The plan was changed after it was sent on 13 November 2026." in whole.shown


# What is recorded beside a plan


def beside(teacher: Browser, pupil: UUID, what: str, **fields: str) -> httpx.Response:
    path = f"{LAC}/peps/{pupil}/{what}"
    return teacher.raw_post(path, data=teacher.form(path) | fields)


def test_a_review_of_care_is_recorded_once(house: House, teacher: Browser) -> None:
    pupil = in_care(house)
    assert beside(teacher, pupil, "review", **on("held_on", MONDAY)).status_code == 303
    assert beside(teacher, pupil, "review", **on("held_on", MONDAY)).status_code == 422
    assert len(house.facts(CareReviewHeld)) == 1


@pytest.mark.parametrize("score", ["0", "40"])
def test_a_questionnaire_has_its_total(house: House, teacher: Browser, score: str) -> None:
    pupil = in_care(house)
    assert beside(teacher, pupil, "questionnaire", score=score, cause="", **on("scored_on", MONDAY)).status_code == 303
    assert [event.fact.score for event in house.facts(SdqScored)] == [int(score)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("score", "cause", "field"),
    [("41", "", "score"), ("39.5", "", "score"), ("ten", "", "score"), ("12", "SDQ1", "cause"), ("", "", "score")],
)
def test_a_questionnaire_has_a_total_or_a_reason_and_never_both(
    house: House, teacher: Browser, score: str, cause: str, field: str
) -> None:
    answer = beside(teacher, in_care(house), "questionnaire", score=score, cause=cause, **on("scored_on", MONDAY))
    assert answer.status_code == 422
    assert field in set(error_links(answer.text))
    assert f'value="{score}"' in answer.text
    assert house.facts(SdqScored) == []


def test_a_head_reads_a_plan_and_has_no_form_in_it(whole: Plan) -> None:
    shown = whole.house.as_role("head").get(whole.path).text
    assert "I like maths" in shown
    assert f"{whole.path}/" not in shown
