"""What is refused of scoring and of a shortlist."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from core.errors import NotAllowed, Refused
from plugins.recruitment.commands import (
    DecideShortlist,
    DeclareInterest,
    JudgeGate,
    ModerateScores,
    MoveApplication,
    ScoreSheet,
    TakeApplications,
)
from plugins.recruitment.facts import ApplicationMoved, GateJudged, Mark, PanelMemberNamed, ScoresModerated
from plugins.recruitment.views import applications, scoring, wants_moderation
from tests.core.house import House
from tests.plugins.recruitment.commands.applying import declared, entering, refused
from tests.plugins.recruitment.sifting import NELLY, SIFTED, TODAY, applicant, desk_of, scored, sheet, step, tell


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
    for to, code in (("interview", "no_such_move"), ("rejected_sift", "no_reason")):
        assert refused(house, MoveApplication(vacancy, to), person)[0] == code  # type: ignore[arg-type]
    step(house, vacancy, person, "longlisted")
    assert refused(house, MoveApplication(vacancy, "shortlisted"), person) == ("decide_shortlist", "to")
    assert refused(house, MoveApplication(uuid4(), "longlisted"), person)[0] == "no_application"
    step(house, vacancy, person, "withdrawn")
    assert refused(house, MoveApplication(vacancy, "longlisted"), person) == ("no_reason", "reason")
    step(house, vacancy, person, "longlisted", reason="They rang and want to stay in")


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
