"""Which checks a role needs, volunteers in regulated activity, the tables behind them, and the rules as typed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import Decoder

import plugins.recruitment.rules
from core.law import Edition, Finding, in_force
from core.trying import Rule, rules_of
from plugins.recruitment.codes import (
    APPEARS,
    CELLS,
    CHECKS,
    COLUMNS,
    CONDITIONS,
    DEPENDING,
    FLAGS,
    PAY_RANGES,
    RETENTION,
    ROLES,
    VOLUNTEER_RULES,
    answer,
    check_kind,
)
from plugins.recruitment.rules import (
    Need,
    help_counts,
    names_management,
    request_findings,
    required,
    volunteer_findings,
    volunteer_regulated,
)

RULES = {rule.name: rule for rule in rules_of("recruitment", plugins.recruitment.rules)}
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
ROLE_KEYS = tuple(ROLES[-1].value)
FLAG_SETS = st.frozensets(st.sampled_from(sorted(FLAGS)), max_size=8)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def need(role: str, check: str, *flags: str, day: date = TODAY) -> Need:
    return next(one for one in required(role, frozenset(flags), day) if one.check == check)


def november(*days: int) -> tuple[date, ...]:
    """Days of November 2026; 32 is 2 December."""
    return tuple(date(2026, 10, 31) + day * DAY for day in days)


@pytest.mark.parametrize(
    ("role", "check", "flags", "cell"),
    [
        pytest.param("teaching_assistant", "prohibition", (), "-", id="R1, no flags"),
        pytest.param("teaching_assistant", "prohibition", ("teaching_work",), "M", id="R1, teaching work"),
        pytest.param("teaching_assistant", "childcare", ("early_years",), "M", id="R1, in reception"),
        ("teaching_assistant", "childcare", ("later_years_care",), "M"),
        ("leader", "childcare", ("manages_childcare",), "M"),
        ("teaching_assistant", "childcare", (), "C"),
        ("teaching_assistant", "childcare", ("childcare_not_needed",), "-"),
        ("teaching_assistant", "childcare", ("childcare_not_needed", "early_years"), "M"),
        ("teaching_assistant", "overseas", ("lived_abroad",), "M"),
        ("teaching_assistant", "overseas", ("overseas_needed",), "M"),
        ("teaching_assistant", "overseas", ("overseas_not_needed",), "-"),
        ("teaching_assistant", "qualifications", ("qualifications_needed",), "M"),
        ("teacher", "section_128", (), "-"),
        ("teacher", "section_128", ("management",), "M"),
        ("teacher", "section_128", ("leadership",), "M"),
        ("other_staff", "prohibition", ("leadership",), "-"),
        ("other_staff", "section_128", (), "C"),
        ("agency_teacher", "overseas", ("lived_abroad",), "W"),
        ("agency_teacher", "identity", (), "M"),
        ("trustee", "barred_list", (), "C"),
        ("trustee", "barred_list", ("regulated_activity",), "M"),
        ("trustee", "barred_list", ("barred_list_not_needed",), "X"),
        ("contractor", "barred_list", ("barred_list_not_needed",), "X"),
        ("volunteer_occasional", "barred_list", (), "X"),
        ("volunteer_occasional", "barred_list", ("barred_list_needed",), "X"),
        ("volunteer_occasional", "barred_list", ("regulated_activity",), "M"),
        ("volunteer_occasional", "dbs", ("regulated_activity",), "M"),
        ("volunteer_occasional", "references", ("references_needed",), "M"),
        ("volunteer_occasional", "dbs", ("dbs_not_needed",), "-"),
        ("parent", "dbs", ("dbs_needed",), "X"),
        ("senco", "dbs", ("dbs_carried",), "-"),
        ("senco", "barred_list", ("dbs_carried",), "M"),
        ("agency_teacher", "dbs", ("dbs_carried",), "W"),
    ],
)
def test_a_cell_follows_from_what_the_work_involves(role: str, check: str, flags: tuple[str, ...], cell: str) -> None:
    assert need(role, check, *flags).cell == cell


@pytest.mark.parametrize(
    ("flags", "cell", "says"),
    [
        pytest.param(("line_manages",), "M", "line-manages staff", id="R2, line manager"),
        pytest.param(("reports_to_board",), "M", "reports to the board", id="R2, reports to the board"),
        pytest.param(("line_manages", "section_128_by_facts"), "M", "line-manages staff", id="R2, by facts"),
        pytest.param(("management_title", "title_reason_saved"), "M", "title", id="R2, title and reason"),
        pytest.param(
            ("management_title", "section_128_by_facts"), "C", "write down why", id="R2, never by title alone"
        ),
        ((), "M", "the trust checks every SENCO"),
        (("management_title",), "M", "the trust checks every SENCO"),
        (("section_128_not_needed",), "M", "the trust checks every SENCO"),
        (("section_128_by_facts",), "C", "scope not answered"),
        (("section_128_by_facts", "section_128_not_needed"), "-", "not needed"),
        (("section_128_by_facts", "section_128_needed"), "M", "by answer"),
        (("section_128_by_facts", "section_128_not_needed", "management"), "M", "managing the school"),
    ],
)
def test_section_128_of_a_senco_goes_by_facts_and_says_its_reason(flags: tuple[str, ...], cell: str, says: str) -> None:
    found = need("senco", "section_128", *flags)
    assert (found.cell, found.rule) == (cell, "R2")
    assert says in found.says


def test_a_senco_on_the_leadership_team_is_in_its_own_row() -> None:
    assert required("senco", frozenset({"leadership"}), TODAY) == required(
        "senco_leadership", frozenset({"leadership"}), TODAY
    )


@pytest.mark.parametrize(
    ("title", "management"),
    [
        ("SENCO and Assistant Headteacher", True),
        ("assistant  HEAD (inclusion)", True),
        ("Assistant-Head", True),
        ("SENCO", False),
        ("Teaching assistant", False),
    ],
)
def test_a_title_may_name_an_assistant_head(title: str, management: bool) -> None:
    assert names_management(title) is management


def test_every_need_says_its_edition_rule_and_what_will_do() -> None:
    for key in ROLE_KEYS:
        needs = required(key, frozenset(), TODAY)
        assert [one.check for one in needs] == list(CHECKS.value)
        for one in needs:
            assert one.edition == "2026-09"
            assert one.rule in {"R1", "R2"}
            assert one.says.startswith(check_kind(one.check).title)
            assert set(one.accepts) <= {outcome.key for outcome in check_kind(one.check).outcomes}
            assert (one.cell == "C") == ("scope not answered" in one.says)


def test_what_will_do_depends_on_the_work() -> None:
    assert need("senco", "qualifications").accepts == ("held", "in_progress")
    assert need("teacher", "qualifications").accepts == ("held", "not_required")
    assert need("teaching_assistant", "qualifications", "qualifications_needed").accepts == ("held",)
    assert "not_required" in need("teaching_assistant", "qualifications").accepts
    assert "out_of_scope" in need("senco", "childcare").accepts
    assert "out_of_scope" not in need("senco", "childcare", "early_years").accepts
    assert need("contractor", "barred_list", "regulated_activity").by_confirmation
    assert need("agency_teacher", "medical").by_confirmation
    assert not need("agency_teacher", "identity").by_confirmation
    assert not need("senco", "dbs").by_confirmation
    assert not need("trustee", "barred_list", "regulated_activity").by_confirmation


def test_a_role_or_flag_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no role 'sendco'"):
        required("sendco", frozenset(), TODAY)
    with pytest.raises(ValueError, match="no flag teachin"):
        required("senco", frozenset({"teachin"}), TODAY)
    with pytest.raises(ValueError, match="no check 'dbss'"):
        request_findings((), "dbss")


@given(st.sampled_from(ROLE_KEYS), FLAG_SETS, st.sampled_from(sorted(CONDITIONS)), st.dates())
def test_knowing_more_of_the_work_never_takes_away_what_must_be_checked(
    role: str, flags: frozenset[str], more: str, day: date
) -> None:
    before = required(role, flags, day)
    after = {one.check: one.cell for one in required(role, flags | {more}, day)}
    assert all(after[one.check] == "M" for one in before if one.cell == "M" and "dbs_carried" not in flags)


@given(st.sampled_from(ROLE_KEYS), FLAG_SETS, st.dates())
def test_nothing_is_open_once_every_scope_is_answered(role: str, flags: frozenset[str], day: date) -> None:
    answered = flags | {answer(check, needed=False) for check in DEPENDING}
    title_alone = "management_title" in flags and "title_reason_saved" not in flags
    still = [one for one in required(role, answered, day) if one.cell == "C"]
    assert not still or title_alone


@pytest.mark.parametrize(
    ("day", "flags", "cell"),
    [
        (date(2026, 8, 31), (), "C"),
        (date(2026, 8, 31), ("barred_list_not_needed",), "X"),
        (date(2026, 8, 31), ("regulated_activity",), "M"),
        (date(2026, 9, 1), (), "M"),
        (date(2026, 9, 1), ("barred_list_not_needed",), "M"),
    ],
)
def test_a_regular_volunteer_must_be_checked_against_the_list_since_september_2026(
    day: date, flags: tuple[str, ...], cell: str
) -> None:
    assert need("volunteer_regular", "barred_list", *flags, day=day).cell == cell


SAME_IN_JUNE = tuple(day.replace(month=6) for day in november(2, 9, 16, 30))


@pytest.mark.parametrize(
    ("days", "on_day", "patterns", "regulated"),
    [
        pytest.param(november(2, 9, 16, 30), TODAY, set(), True, id="R3, four days in thirty"),
        pytest.param(november(2, 9, 16, 32), TODAY, set(), False, id="R3, the fourth a day late"),
        pytest.param(november(2, 12, 22, 31), TODAY, set(), True, id="R3, both ends count"),
        pytest.param(SAME_IN_JUNE, date(2026, 6, 30), {"supervised"}, False, id="R4, June"),
        pytest.param(november(2, 9, 16, 30), TODAY, {"supervised"}, True, id="R4, November"),
        pytest.param(SAME_IN_JUNE, date(2026, 6, 30), set(), True, id="June, alone with children"),
        pytest.param((), TODAY, {"weekly"}, True, id="weekly"),
        pytest.param((), TODAY, {"overnight"}, True, id="overnight"),
        pytest.param((), date(2026, 8, 31), {"weekly", "supervised"}, False, id="weekly, the eve of the rule"),
        pytest.param((), date(2026, 9, 1), {"weekly", "supervised"}, True, id="weekly, the day of the rule"),
        pytest.param(november(2, 2, 2, 2), TODAY, set(), False, id="one day four times"),
        pytest.param(november(30, 2, 16, 9), TODAY, set(), True, id="in any order"),
        pytest.param(
            (date(2026, 8, 30), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)),
            TODAY,
            {"supervised"},
            False,
            id="supervised days before the rule do not count",
        ),
    ],
)
def test_a_volunteer_is_in_regulated_activity(
    days: tuple[date, ...], on_day: date, patterns: set[str], regulated: bool
) -> None:
    weekly, overnight, supervised = (name in patterns for name in ("weekly", "overnight", "supervised"))
    assert volunteer_regulated(days, on_day, weekly, overnight, supervised) is regulated


SOME_DAYS = st.lists(st.dates(date(2026, 6, 1), date(2026, 12, 31)), max_size=8)


@given(SOME_DAYS, st.booleans())
def test_four_days_in_thirty_are_any_four(days: list[date], supervised: bool) -> None:
    counted = {day for day in days if help_counts(day, supervised)}
    four = any((max(some) - min(some)).days < 30 for some in combinations(sorted(counted), 4))
    assert volunteer_regulated(tuple(days), TODAY, supervised=supervised) is four


@given(SOME_DAYS, st.dates(date(2026, 6, 1), date(2026, 12, 31)))
def test_another_day_of_help_never_ends_regulated_activity(days: list[date], more: date) -> None:
    assert volunteer_regulated((*days, more), TODAY) or not volunteer_regulated(tuple(days), TODAY)


@pytest.mark.parametrize(
    ("role", "flags", "check", "found"),
    [
        pytest.param("volunteer_occasional", (), "barred_list", [("error", "must_not")], id="R5"),
        ("trustee", ("barred_list_not_needed",), "barred_list", [("error", "must_not")]),
        ("trustee", (), "barred_list", [("error", "scope_not_answered")]),
        ("trustee", ("regulated_activity",), "barred_list", []),
        ("parent", (), "dbs", [("error", "must_not")]),
        ("parent", (), "identity", [("warning", "not_needed")]),
        ("senco", (), "overseas", []),
    ],
)
def test_a_check_that_must_not_be_made_may_not_be_asked_for(
    role: str, flags: tuple[str, ...], check: str, found: list[tuple[str, str]]
) -> None:
    assert codes(request_findings(required(role, frozenset(flags), TODAY), check)) == found


@pytest.mark.parametrize(
    ("regulated", "barred_list_on", "found"),
    [
        pytest.param(True, None, [("error", "act_now")], id="R6"),
        (True, TODAY + DAY, [("error", "act_now")]),
        (True, TODAY, []),
        (False, None, []),
    ],
)
def test_a_volunteer_who_became_regulated_is_for_now_and_no_old_gap(
    regulated: bool, barred_list_on: date | None, found: list[tuple[str, str]]
) -> None:
    assert codes(volunteer_findings(regulated, barred_list_on, TODAY)) == found


def test_the_checks_are_twelve_in_their_order() -> None:
    assert [kind.number for kind in CHECKS.value.values()] == list(range(1, 13))
    assert [key for key, kind in CHECKS.value.items() if not kind.statutory] == [
        "medical",
        "references",
        "self_disclosure",
        "childcare",
    ]
    for kind in CHECKS.value.values():
        keys = [outcome.key for outcome in kind.outcomes]
        assert len(set(keys)) == len(keys)
        for outcome in kind.outcomes:
            assert outcome.to_do or outcome.effect == "satisfied"


def test_what_nobody_may_override_is_what_the_notes_list() -> None:
    hard = {(kind.key, one.key) for kind in CHECKS.value.values() for one in kind.outcomes if one.effect == "hard"}
    assert hard == {
        ("identity", "mismatch"),
        ("prohibition", "prohibited"),
        ("prohibition", "interim"),
        ("barred_list", "barred"),
        ("right_to_work", "refused"),
        ("childcare", "disqualified"),
        ("childcare", "waiver_applied"),
        ("section_128", "direction_in_force"),
    }


def test_every_role_has_a_cell_for_every_check_and_a_place_on_the_record() -> None:
    for edition in ROLES:
        assert tuple(edition.value) == ROLE_KEYS == tuple(APPEARS.value)
        for role in edition.value.values():
            assert list(role.cells) == list(CHECKS.value)
            assert set(role.cells.values()) <= set(CELLS)
    assert [key for key, told in APPEARS.value.items() if told == "no"] == ["volunteer_occasional", "parent"]


def test_only_the_barred_list_of_a_regular_volunteer_changed_in_september_2026() -> None:
    before, now = (edition.value for edition in ROLES)
    changed = [
        (key, check) for key in ROLE_KEYS for check in CHECKS.value if before[key].cells[check] != now[key].cells[check]
    ]
    assert changed == [("volunteer_regular", "barred_list")]


@given(st.dates())
def test_a_day_never_has_two_editions(day: date) -> None:
    for editions in (ROLES, VOLUNTEER_RULES, COLUMNS, RETENTION):
        assert [edition.covers(day) for edition in editions].count(True) == 1
    assert [edition.covers(day) for edition in PAY_RANGES].count(True) <= 1


def test_pay_is_known_for_its_year_only_and_stale_figures_are_not_among_it() -> None:
    this_year = in_force(PAY_RANGES, TODAY)
    assert this_year
    main = this_year.value["main"]
    assert (main.least_pence, main.most_pence, main.verified) == (3_406_900, 4_694_000, False)
    assert (main.points[0], main.points[-1]) == (main.least_pence, main.most_pence)
    assert in_force(PAY_RANGES, date(2027, 9, 1)) is None
    assert in_force(PAY_RANGES, date(2025, 8, 31)) is None
    assert PAY_RANGES[0].value["main"].verified
    known = {
        pence for edition in PAY_RANGES for one in edition.value.values() for pence in (one.least_pence, one.most_pence)
    }
    assert known.isdisjoint({2_866_000, 4_729_700, 3_896_600, 253_900, 500_900, 927_200, 1_569_000})


def test_a_range_of_pay_runs_upwards() -> None:
    for edition in PAY_RANGES:
        for one in edition.value.values():
            assert (one.least_pence is None) == (one.most_pence is None)
            assert (one.least_pence or 0) <= (one.most_pence or 0)
            assert list(one.points) == sorted(one.points)


def test_the_tables_of_this_year_are_not_verified_as_their_source_was_not_read() -> None:
    for editions in (ROLES, COLUMNS, RETENTION, PAY_RANGES):
        edition: Edition[object] | None = in_force(editions, TODAY)  # type: ignore[arg-type]
        assert edition
        assert not edition.verified


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_can_be_typed(rule: Rule) -> None:
    assert rule.citation.rule
    for parameter in rule.parameters:
        assert parameter.wants
        assert not parameter.as_json or isinstance(Decoder(parameter.hint), Decoder)


def test_the_rules_about_checks_have_their_numbers() -> None:
    told = {rule.citation.rule.removeprefix("recruitment R") for rule in RULES.values()}
    listed_by_clearance = {10, 12}
    asked_of_the_record = {29}
    here = set(range(1, 30)) - listed_by_clearance - asked_of_the_record
    assert {str(number) for number in here | {40}} <= told


@pytest.mark.parametrize(
    ("name", "given_words", "says"),
    [
        ("qualified_by", {"first_senco_on": "2024-09-01"}, "1 September 2027"),
        ("may_carry_dbs", {"last_day": "2026-11-30", "starts_on": "2027-02-28"}, "yes"),
        ("erase_on", {"closed_on": "2026-11-22"}, "22 May 2027"),
        ("volunteer_regulated", {"days": "[]", "on_day": "2026-09-01", "weekly": "true"}, "yes"),
        ("volunteer_findings", {"regulated": "false", "barred_list_on": "", "on_day": "2026-09-01"}, "none"),
        ("copy_findings", {"reason": ""}, "Write down why a copy is kept, or keep none."),
    ],
)
def test_a_rule_answers_what_is_typed(name: str, given_words: dict[str, str], says: str) -> None:
    assert RULES[f"recruitment.{name}"].try_with(given_words).says == says


def test_the_table_can_be_asked_from_the_rules_page() -> None:
    told = RULES["recruitment.required"].try_with(
        {"role": "teaching_assistant", "flags": '["early_years"]', "day": "2026-11-22"}
    )
    assert (
        "Childcare disqualification: must be made, as the person cares for children up to and in reception."
        in told.says
    )
