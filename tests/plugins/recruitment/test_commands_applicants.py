"""What is refused of applications, of their scoring, and of what may be asked only later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.command import Command
from core.errors import NotAllowed, Refused, Stale
from core.roll.importing import digest
from plugins.recruitment.commands import (
    ChangeEngagement,
    ClearPerson,
    CloseVacancy,
    DecideShortlist,
    DeclareInterest,
    EnterApplication,
    ExplainGap,
    HoldInterview,
    JudgeGate,
    MakeOffer,
    ModerateScores,
    MoveApplication,
    ReceiveDeclaration,
    ReceiveReference,
    RecordCheck,
    RecordFitness,
    ScoreSheet,
    SearchOnline,
    TakeApplications,
    WeighDisclosure,
    new_applications,
)
from plugins.recruitment.facts import (
    ApplicationMoved,
    EngagementBegan,
    EngagementEnded,
    GateJudged,
    Mark,
    PanelMemberNamed,
    PersonCleared,
    PersonNamed,
    PostFilled,
    Schooling,
    ScoresModerated,
)
from plugins.recruitment.facts import Job as Worked
from plugins.recruitment.views import applicant_id, applications, scoring, wants_moderation
from tests.core.house import SOUTH, House, email_of
from tests.plugins.recruitment.sifting import (
    NELLY,
    SIFTED,
    TODAY,
    academy,
    advertised,
    applicant,
    desk_of,
    interviewed,
    scored,
    sheet,
    shortlisted,
    step,
    tell,
)
from tests.plugins.recruitment.staff import GOOD, check

PROTECTED = "Protected cautions and protected convictions need not be told."
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(scope="module")
def house(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = academy(lambda **more: House(tmp_path_factory.mktemp("recruitment") / "trust", house_template, **more))
    yield made
    made.close()


@pytest.fixture
def vacancy(house: House) -> UUID:
    return advertised(house)


def entering(vacancy: UUID, **more: Any) -> EnterApplication:
    usual: dict[str, Any] = {
        "vacancy": vacancy,
        "surname": "Quillfeather",
        "forename": "Xanthe",
        "email": f"{vacancy.hex}@mail.example",
        "made_on": TODAY,
        "qts": True,
        "award": "npq",
        "own_form": True,
    }
    return EnterApplication(**(usual | more))


def refused(house: House, command: Command, subject: UUID, role: str = "hr_admin") -> tuple[str, str | None]:
    """With which code, and at which field, a command is refused."""
    with pytest.raises(Refused) as found:
        desk_of(house, role).do(command, subject)
    return found.value.code, found.value.field


# Applications come


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"surname": " "}, "no_name", "surname"),
        ({"email": "nowhere"}, "not_an_address", "email"),
        ({"made_on": TOMORROW}, "in_future", "made_on"),
        ({"born_on": TOMORROW}, "in_future", "born_on"),
        ({"made_on": date(2026, 11, 1)}, "not_open", "made_on"),
        ({"own_form": False}, "no_form", "own_form"),
        ({"jobs": (Worked("A", "B", TODAY, date(2026, 1, 1), True, ""),)}, "turned_round", "jobs"),
        ({"schooling": (Schooling("A", "B", TODAY, date(2026, 1, 1)),)}, "turned_round", "schooling"),
    ],
)
def test_an_application_that_cannot_be_is_refused_at_its_field(
    house: House, vacancy: UUID, more: dict[str, Any], code: str, field: str
) -> None:
    assert refused(house, entering(vacancy, **more), uuid4()) == (code, field)
    assert refused(house, TakeApplications((entering(vacancy, **more),)), vacancy) == (code, field)


def test_nobody_applies_twice_for_one_vacancy_a_pupil_for_none_and_none_comes_once_it_is_closed(
    house: House, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    assert refused(house, entering(vacancy), person) == ("no_change", None)
    assert refused(house, entering(vacancy), house.pupil()) == ("is_pupil", None)
    assert refused(house, entering(uuid4()), uuid4()) == ("not_in_list", "vacancy")
    desk_of(house).do(CloseVacancy("withdrawn"), vacancy)
    assert refused(house, entering(vacancy), uuid4()) == ("not_open", "made_on")


def test_numbers_go_on_from_the_highest_and_never_name_two(house: House, vacancy: UUID) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    for person in (first, second):
        desk_of(house).do(entering(vacancy), person)
    event = next(event for event in desk_of(house).history(first) if event.record == "recruitment.application")
    desk_of(house).withdraw(event, "Typed for the wrong vacancy", uuid4())
    desk_of(house).do(entering(vacancy), third)
    made = desk_of(house).see_all(applications)
    assert [made[person][vacancy].told.number for person in (second, third)] == [2, 3]


def test_one_person_has_one_id_by_name_and_e_mail_or_by_name_and_birth_on_the_record(house: House) -> None:
    desk = desk_of(house)
    one = applicant_id(desk, "Mo Chridhe", "Ana", "ana@mail.example")
    assert applicant_id(desk, " mo  chridhe", "ANA", "Ana@Mail.Example ") == one
    assert applicant_id(desk, "Mo Chridhe", "Ana", "other@mail.example") != one
    known = uuid4()
    tell(house, known, PersonNamed("Zephyrson", "Ida", "", date(1990, 1, 2), TODAY))
    assert applicant_id(desk, "zephyrson", "Ida", "x@mail.example", date(1990, 1, 2)) == known
    assert applicant_id(desk, "Zephyrson", "Ida", "x@mail.example", date(1990, 1, 3)) != known
    south = house.desk(email_of("hr_director")).at(house.academy_id(SOUTH))
    assert applicant_id(south, "Mo Chridhe", "Ana", "ana@mail.example") == one
    assert applicant_id(south, "Zephyrson", "ida", "x@mail.example", date(1990, 1, 2)) == known


def test_a_list_is_taken_whole_under_the_digest_that_was_shown_and_adds_only_what_is_new(
    house: House, vacancy: UUID
) -> None:
    rows = tuple(entering(vacancy, email=f"{at}{vacancy.hex}@mail.example") for at in range(3))
    with pytest.raises(Stale):
        desk_of(house).do(TakeApplications(rows, "another digest"), vacancy)
    assert refused(house, TakeApplications((entering(uuid4()),)), vacancy) == ("another_vacancy", "file")
    assert refused(house, TakeApplications(rows), uuid4()) == ("not_in_list", "vacancy")
    assert len(desk_of(house).do(TakeApplications((*rows, rows[0])), vacancy)) == 3
    assert refused(house, TakeApplications(rows), vacancy) == ("no_change", "file")


def test_whoever_may_not_read_applications_is_not_told_by_a_refusal_who_has_applied(
    house: House, vacancy: UUID
) -> None:
    row, head = entering(vacancy), desk_of(house, "head")
    desk_of(house).do(TakeApplications((row,)), vacancy)
    who = applicant_id(head, row.surname, row.forename, row.email)
    for command, subject in ((TakeApplications((row,), digest([])), vacancy), (row, who), (row, uuid4())):
        with pytest.raises(NotAllowed):
            head.would(command, subject)


def test_the_numbers_of_a_list_do_not_follow_the_order_of_its_names(house: House, vacancy: UUID) -> None:
    names = ("Abara", "Bell", "Cole", "Dietz", "Evans", "Frost", "Gill", "Hart")
    rows = tuple(entering(vacancy, surname=name, email=f"{name}@{vacancy.hex}.example") for name in names)
    turned = tuple(reversed(rows))
    for one, other in zip(
        new_applications(rows, desk_of(house)), new_applications(turned, desk_of(house)), strict=True
    ):
        assert one == other
    early = entering(vacancy, surname="Young", made_on=TODAY - timedelta(days=1))
    assert new_applications((*rows, early), desk_of(house))[0].fact.surname == "Young"  # type: ignore[attr-defined]


def test_a_gap_is_explained_of_an_application_from_a_first_to_a_last_day(house: House, vacancy: UUID) -> None:
    person, day = applicant(house, vacancy), date(2020, 1, 1)
    assert refused(house, ExplainGap(vacancy, day, day - timedelta(days=1), "Away"), person)[0] == "turned_round"
    assert refused(house, ExplainGap(vacancy, day, TOMORROW, "Away"), person) == ("in_future", "until_by")
    assert refused(house, ExplainGap(uuid4(), day, day, "Away"), person) == ("no_application", None)


# The sift


def marks(*points: int) -> tuple[Mark, ...]:
    return tuple(Mark(key, given) for key, given in zip(SIFTED, points, strict=False))


def test_a_sheet_has_one_mark_from_0_to_3_for_each_criterion_of_its_stage(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    for given in (marks(1, 2), marks(1, 2, 4), (*marks(1, 2, 3), Mark("K7", 1))):
        assert refused(house, ScoreSheet(vacancy, "sift", given), person, "head")[1] == "marks"
    assert refused(house, ScoreSheet(vacancy, "sift", (*marks(1, 2, 3), Mark("K1", 1))), person, "head")[0] == "twice"
    assert refused(house, ScoreSheet(vacancy, "interview", ()), person, "head") == ("wrong_step", None)


def test_only_the_panel_scores_and_nobody_whom_they_know(house: House, vacancy: UUID) -> None:
    person, command = applicant(house, vacancy), ScoreSheet(vacancy, "sift", marks(1, 2, 3))
    for role in ("hr_admin", NELLY):
        with pytest.raises(NotAllowed):
            desk_of(house, role).do(command, person)
    desk_of(house, "head").do(DeclareInterest(vacancy), person)
    assert refused(house, command, person, "head")[0] == "has_interest"
    assert refused(house, JudgeGate(vacancy, "Q1", True, "Known"), person, "head")[0] == "has_interest"
    assert refused(house, ModerateScores(vacancy, "sift", "Agreed"), person, "head")[0] == "has_interest"
    assert refused(house, DeclareInterest(vacancy), person, "head")[0] == "no_change"
    assert refused(house, DeclareInterest(vacancy), uuid4(), "head")[0] == "wrong_step"


def test_a_sheet_may_be_changed_until_a_second_one_is_there_to_be_seen(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    for points in (1, 2):
        desk_of(house, "head").do(ScoreSheet(vacancy, "sift", marks(points, 2, 3)), person)
    assert refused(house, ModerateScores(vacancy, "sift", "Agreed"), person, "head")[0] == "too_few_scorers"
    desk_of(house, "panel_member").do(ScoreSheet(vacancy, "sift", marks(0, 2, 3)), person)
    assert refused(house, ScoreSheet(vacancy, "sift", marks(0, 2, 3)), person, "head")[0] == "sheet_stands"
    desk_of(house, "head").do(ModerateScores(vacancy, "sift", "Agreed"), person)


def test_a_note_is_of_those_who_scored_and_a_sheet_that_comes_later_that_day_wants_another(
    house: House, vacancy: UUID
) -> None:
    person, third = applicant(house, vacancy), house.person(NELLY)
    tell(house, vacancy, PanelMemberNamed(third, False, TODAY, TODAY))
    scored(house, vacancy, person, (3, 2, 1), (0, 2, 1))
    assert refused(house, ModerateScores(vacancy, "sift", "Agreed"), person, NELLY) == ("not_scored", None)
    desk_of(house, "head").do(ModerateScores(vacancy, "sift", "Agreed"), person)
    assert not wants_moderation(desk_of(house).log.see(scoring, person)[vacancy], "sift")  # type: ignore[index]
    desk_of(house, NELLY).do(ScoreSheet(vacancy, "sift", marks(2, 0, 3)), person)
    assert wants_moderation(desk_of(house).log.see(scoring, person)[vacancy], "sift") == ("K1", "K2", "E4")  # type: ignore[index]
    assert refused(house, DecideShortlist(1, (person,)), vacancy)[1] == "chosen"


def test_a_gate_is_judged_by_hr_or_the_panel_of_somebody_who_applied(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    desk_of(house).do(JudgeGate(vacancy, "Q1", True, "Seen on the register"), person)
    with pytest.raises(NotAllowed):
        desk_of(house, NELLY).do(JudgeGate(vacancy, "Q1", True, "Seen"), person)
    assert refused(house, JudgeGate(vacancy, "K1", True, "Seen"), person) == ("not_in_list", "criterion")
    assert refused(house, JudgeGate(vacancy, "Q1", True, "Seen"), uuid4())[0] == "wrong_step"
    assert refused(house, JudgeGate(uuid4(), "Q1", True, "Seen"), person)[0] == "no_vacancy"


# The shortlist


def test_a_shortlist_wants_two_sheets_of_everybody_a_note_where_they_are_apart_and_every_gate(
    house: House, vacancy: UUID
) -> None:
    one, other = applicant(house, vacancy, 1), applicant(house, vacancy, 2)
    command = DecideShortlist(1, (one,))
    scored(house, vacancy, one, (3, 2, 1), (2, 2, 1))
    tell(house, other, sheet(house, vacancy, "head", 3, 0, 0))
    assert refused(house, command, vacancy) == ("too_few_scorers", "chosen")
    tell(house, other, sheet(house, vacancy, "panel_member", 1, 0, 0))
    assert refused(house, command, vacancy) == ("moderation_wanted", "chosen")
    tell(house, other, ScoresModerated(vacancy, "sift", TODAY, "Agreed"))
    assert refused(house, DecideShortlist(2, (one, other)), vacancy) == ("gate_not_judged", "chosen")
    tell(house, other, GateJudged(vacancy, "Q1", False, TODAY, "Not on the register"))
    assert refused(house, DecideShortlist(2, (one, other)), vacancy) == ("gate_not_met", "chosen")
    assert refused(house, DecideShortlist(1, ()), vacancy) == ("nobody_chosen", "chosen")
    assert refused(house, DecideShortlist(1, (uuid4(),)), vacancy) == ("not_in_list", "chosen")
    assert refused(house, command, uuid4()) == ("no_vacancy", None)
    desk_of(house).do(command, vacancy)
    assert desk_of(house).see_all(applications)[one][vacancy].states == ("submitted", "longlisted", "shortlisted")
    assert refused(house, command, vacancy) == ("not_in_list", "chosen")


def test_equals_go_forward_together_unless_the_panel_says_why_not(house: House, vacancy: UUID) -> None:
    """R36, R37: B and D have 14, C has 13, A has 12.5."""
    sheets = [((3, 2, 1), (2, 2, 1)), ((2, 3, 2), (2, 3, 2)), ((3, 2, 1), (3, 1, 1)), ((2, 2, 3), (3, 2, 2))]
    a, b, c, d = (applicant(house, vacancy, number) for number in (1, 2, 3, 4))
    for person, (first, second) in zip((a, b, c, d), sheets, strict=True):
        scored(house, vacancy, person, first, second)
    with pytest.raises(Refused, match="Applicant 4 would go forward by score") as found:
        desk_of(house).do(DecideShortlist(1, (b,)), vacancy)
    assert (found.value.code, found.value.field) == ("left_out", "reason")
    assert refused(house, DecideShortlist(1, (b, d, c)), vacancy) == ("taken_in", "reason")
    desk_of(house).do(DecideShortlist(1, (b, d)), vacancy)
    assert refused(house, DecideShortlist(1, (c,)), vacancy) == ("taken_in", "reason")
    desk_of(house).do(DecideShortlist(3, (c,)), vacancy)
    assert [one.to for one in house.recorded(ApplicationMoved) if one.vacancy == vacancy].count("shortlisted") == 3


def test_a_step_is_refused_where_the_table_has_none_or_another_decision_takes_it(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    for to, code in (
        ("interview", "no_such_move"),
        ("rejected_sift", "no_reason"),
    ):
        assert refused(house, MoveApplication(vacancy, to), person)[0] == code  # type: ignore[arg-type]
    step(house, vacancy, person, "longlisted")
    assert refused(house, MoveApplication(vacancy, "shortlisted"), person) == ("decide_shortlist", "to")
    assert refused(house, MoveApplication(uuid4(), "longlisted"), person)[0] == "no_application"
    step(house, vacancy, person, "withdrawn")
    assert refused(house, MoveApplication(vacancy, "longlisted"), person) == ("no_reason", "reason")
    step(house, vacancy, person, "longlisted", reason="They rang and want to stay in")


# The interview and the offer


def test_an_interview_is_held_by_two_of_whom_one_is_trained_and_none_has_an_interest(
    house: House, vacancy: UUID
) -> None:
    person = applicant(house, vacancy)
    assert refused(house, HoldInterview(vacancy, True, TODAY), person, "head")[0] == "wrong_step"
    shortlisted(house, vacancy, person)
    step(house, vacancy, person, "interview")
    assert refused(house, HoldInterview(vacancy, True, TOMORROW), person, "head") == ("in_future", "held_on")
    before = HoldInterview(vacancy, True, date(2026, 11, 8))
    assert refused(house, before, person, "head") == ("before_application", "held_on")
    with pytest.raises(NotAllowed):
        desk_of(house, NELLY).do(HoldInterview(vacancy, True, TODAY), person)
    desk_of(house, "panel_member").do(DeclareInterest(vacancy), person)
    assert refused(house, HoldInterview(vacancy, True, TODAY), person, "head")[0] == "panel_too_small"


def offer(vacancy: UUID, **more: Any) -> MakeOffer:
    usual: dict[str, Any] = {"starts_on": date(2027, 1, 4), "pay_pence": 4_000_000, "in_writing": True}
    return MakeOffer(vacancy, **(usual | {"offered_on": TODAY} | more))


def test_an_offer_follows_an_interview_in_writing_with_every_gap_explained(house: House, vacancy: UUID) -> None:
    jobs = (Worked("Eastshire School", "Teacher", date(2012, 7, 1), None, True, ""),)
    person, other = applicant(house, vacancy, 1, jobs=jobs), applicant(house, vacancy, 2)
    assert refused(house, offer(vacancy), person)[0] == "no_such_move"
    shortlisted(house, vacancy, person, other)
    for one in (person, other):
        step(house, vacancy, one, "interview")
    assert refused(house, offer(vacancy), person)[0] == "not_appointable"
    desk_of(house, "head").do(HoldInterview(vacancy, False, TODAY), other)
    assert refused(house, offer(vacancy), other)[0] == "not_appointable"
    desk_of(house, "head").do(HoldInterview(vacancy, True, TODAY), person)
    assert refused(house, offer(vacancy, in_writing=False), person) == ("not_in_writing", "in_writing")
    assert refused(house, offer(vacancy, starts_on=date(2026, 11, 1)), person) == ("before_offer", "starts_on")
    assert refused(house, offer(vacancy, offered_on=TOMORROW), person) == ("in_future", "offered_on")
    early = offer(vacancy, offered_on=TODAY - timedelta(days=1))
    assert refused(house, early, person) == ("before_interview", "offered_on")
    assert refused(house, offer(vacancy), person)[0] == "gap_not_explained"
    desk_of(house).do(ExplainGap(vacancy, date(2010, 7, 1), date(2012, 6, 30), "Cared for a parent"), person)
    assert refused(house, MoveApplication(vacancy, "offer_conditional"), person) == ("make_offer", "to")
    desk_of(house).do(offer(vacancy), person)


def accepted(house: House, vacancy: UUID) -> UUID:
    person = applicant(house, vacancy)
    interviewed(house, vacancy, person)
    desk_of(house).do(offer(vacancy), person)
    step(house, vacancy, person, "accepted_pending_checks")
    return person


def test_who_accepts_stands_on_the_record_and_starts_only_when_somebody_cleared_them(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    began = [one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]
    assert [(one.role, one.starts_on) for one in began] == [("senco_leadership", date(2027, 1, 4))]
    assert refused(house, MoveApplication(vacancy, "cleared"), person) == ("not_cleared", None)
    cleared = PersonCleared(
        began[0].engagement, "CLEAR", (), "2026", date(2027, 1, 4), desk_of(house, "head").person_id, TODAY, ""
    )
    tell(house, person, cleared, role="head")
    step(house, vacancy, person, "cleared")
    step(house, vacancy, person, "started")
    assert house.recorded(PostFilled)[-1].pay_pence == 4_000_000
    assert len([one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]) == 1


def cleared_to_start(house: House, vacancy: UUID, person: UUID) -> None:
    began = [one for one in house.recorded(EngagementBegan) if one.vacancy == vacancy][-1]
    head = desk_of(house, "head").person_id
    told = PersonCleared(began.engagement, "CLEAR", (), "2026", began.starts_on, head, TODAY, "")
    tell(house, person, told, role="head")


def test_who_does_not_come_after_all_leaves_the_record_and_is_cleared_anew_when_taken_up_again(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "cleared")
    step(house, vacancy, person, "withdrawn")
    ended = house.recorded(EngagementEnded)[-1]
    assert (ended.ended_on, ended.reason) == (TODAY, "Never started.")
    step(house, vacancy, person, "cleared", reason="Changed their mind")
    began = [one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy]
    assert (len(began), began[0]) == (2, ended.engagement)
    assert refused(house, MoveApplication(vacancy, "started"), person) == ("not_cleared", None)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "started")


def test_nobody_starts_on_a_decision_that_the_work_or_a_hard_outcome_has_overtaken(house: House, vacancy: UUID) -> None:
    person = accepted(house, vacancy)
    cleared_to_start(house, vacancy, person)
    step(house, vacancy, person, "cleared")
    hr, start = desk_of(house), MoveApplication(vacancy, "started")
    hr.do(RecordCheck("identity", "mismatch", "AB", TODAY), person)
    assert refused(house, start, person) == ("cleared_before", None)
    hr.do(RecordCheck("identity", "verified", "AB", TODAY), person)
    engaged = next(one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy)
    hr.do(ChangeEngagement(engaged, "teacher", "Teacher", date(2027, 2, 1)), person)
    assert refused(house, start, person) == ("cleared_before", None)


def test_whoever_declared_an_interest_does_not_decide_on_the_start(house: House, vacancy: UUID) -> None:
    person, nelly = accepted(house, vacancy), house.person(NELLY)
    tell(house, vacancy, PanelMemberNamed(nelly, False, TODAY, TODAY))
    tell(house, person, sheet(house, vacancy, NELLY, 2, 2, 2))
    desk_of(house).do(RecordFitness("fit", TODAY, "Occupational health"), person)
    for key in GOOD:
        desk_of(house).do(check(key), person)
    for referee in ("Pat", "Sam"):
        received = ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang")
        desk_of(house).do(received, person)
    work = next(one.engagement for one in house.recorded(EngagementBegan) if one.vacancy == vacancy)
    head = desk_of(house, "head")
    head.would(ClearPerson(work), person)
    head.do(DeclareInterest(vacancy, "My cousin"), person)
    assert refused(house, ClearPerson(work), person, "head")[0] == "relative"


def test_conditions_are_not_met_only_with_the_check_and_what_the_candidate_answered(
    house: House, vacancy: UUID
) -> None:
    person = accepted(house, vacancy)
    told = {"reason": "The register shows a prohibition", "check": "prohibition", "reply": "They do not dispute it"}
    for lacking, code, field in (
        ("check", "no_check", "check"),
        ("reply", "no_reply", "reply"),
        ("reason", "no_reason", "reason"),
    ):
        command = MoveApplication(vacancy, "conditions_not_met", **(told | {lacking: ""}))
        assert refused(house, command, person) == (code, field)
    unknown = MoveApplication(vacancy, "conditions_not_met", **(told | {"check": "horoscope"}))
    assert refused(house, unknown, person) == ("not_in_list", "check")
    step(house, vacancy, person, "conditions_not_met", **told)


# What may be asked only later


def declared(vacancy: UUID, **more: Any) -> ReceiveDeclaration:
    usual: dict[str, Any] = {"anything": False, "notice": PROTECTED, "received_on": TODAY}
    return ReceiveDeclaration(vacancy, **(usual | more))


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


def test_whoever_scores_may_not_enter_move_or_decide_and_a_stranger_may_not_score(house: House, vacancy: UUID) -> None:
    person = applicant(house, vacancy)
    for role, command in (
        ("panel_member", MoveApplication(vacancy, "longlisted")),
        ("panel_member", DecideShortlist(1, (person,))),
        ("panel_member", TakeApplications((entering(vacancy),))),
        ("panel_member", declared(vacancy)),
        ("governor", ScoreSheet(vacancy, "sift", marks(1, 2, 3))),
        ("senco", DeclareInterest(vacancy)),
    ):
        whole = isinstance(command, DecideShortlist | TakeApplications)
        with pytest.raises(NotAllowed):
            desk_of(house, role).do(command, vacancy if whole else person)
