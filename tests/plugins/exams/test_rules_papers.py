"""What a paper allows, how long an approval lasts, deadlines, minutes, clashes and the numbers of candidates."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.periods import is_working_day
from plugins.exams.codes import CHECK_LETTERS, SERIES, SUBJECTS, Kind
from plugins.exams.rules import (
    Candidacy,
    FormReuse,
    Paper,
    Rounding,
    bilingual_dictionary,
    bilingual_dictionary_25,
    candidate_number_state,
    centre_move,
    centre_number_state,
    component,
    day_clash,
    deadline,
    deadline_state,
    earliest_approval,
    expires_on,
    expiry_state,
    extra_minutes,
    finish,
    lapses,
    number_duplicates,
    percent_state,
    renew_by,
    session_clash,
    uci_state,
)

TODAY = date(2026, 11, 22)
EXAM = date(2027, 5, 12)
DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("arrangement", "qualification", "subject", "tags", "checkers_on", "level", "code"),
    [
        ("RD", "GCSE", "ENG-LANG", (), False, "OK", "may_be_used"),
        ("RD", "A-LEVEL", "", ("tests_reading",), False, "BLOCK", "tests_reading"),
        ("PA", "GCSE", "", ("tests_practical_skill",), False, "BLOCK", "tests_practical_skill"),
        ("PA", "GCSE", "", ("tests_reading",), False, "OK", "may_be_used"),
        ("BD", "gcse", "hist", (), False, "BLOCK", "barred_subject"),
        ("BD25", "GCSE", " English Literature ", (), False, "BLOCK", "barred_subject"),
        ("BD", "A-LEVEL", "HIST", (), False, "OK", "may_be_used"),
        ("BD", "GCSE", "", (), False, "OK", "may_be_used"),
        ("SC", "GCSE", "HIST", (), False, "OK", "may_be_used"),
        ("WP", "GCSE", "", (), False, "OK", "may_be_used"),
        ("WP", "GCSE", "", (), True, "WARN", "as_scribe"),
        ("WP-S", "GCSE", "", (), False, "WARN", "as_scribe"),
        ("SRB", "GCSE", "", (), True, "OK", "may_be_used"),
        ("??", "GCSE", "", (), False, "UNKNOWN", "unknown_arrangement"),
    ],
)
def test_a_paper_may_stand_against_an_arrangement(
    arrangement: str,
    qualification: str,
    subject: str,
    tags: tuple[str, ...],
    checkers_on: bool,
    level: str,
    code: str,
) -> None:
    found = component(TODAY, arrangement, qualification, subject, tags, checkers_on)
    assert (found.level, found.code) == (level, code)


@pytest.mark.parametrize("subject", [word for one in SUBJECTS for word in (one.code, one.title)])
def test_no_dictionary_in_a_gcse_subject_that_bars_it(subject: str) -> None:
    assert component(TODAY, "BD", "GCSE", subject).level == "BLOCK"


@pytest.mark.parametrize(
    ("first_language", "held", "level", "code"),
    [
        (False, ("normal_way",), "OK", "centre_gives"),
        (False, (), "BLOCK", "evidence_missing"),
        (True, ("normal_way",), "BLOCK", "first_language"),
    ],
)
def test_a_dictionary_is_for_another_first_language(
    first_language: bool, held: tuple[str, ...], level: str, code: str
) -> None:
    found = bilingual_dictionary(TODAY, first_language, held)
    assert (found.level, found.code) == (level, code)


LESS = "less than three years in the United Kingdom at the first exam"
NO_ENGLISH, AT_HOME, BAND = "no English before", "another language at home", "band A or B in English on arrival"
ENTRY, ARRIVAL_BAND = "the day of entry to the United Kingdom", "the band in English on arrival"


@pytest.mark.parametrize(
    ("came_on", "prior", "at_home", "proficiency", "qualification", "code", "missing"),
    [
        (date(2024, 9, 1), False, False, "A", "GCSE", "apply", ()),
        (date(2024, 9, 1), False, False, "b", "LEVEL-2", "apply", ()),
        (date(2024, 6, 18), False, False, "A", "GCSE", "may_finish_series", ()),  # three years on the last exam
        (date(2024, 6, 19), False, False, "A", "GCSE", "apply", ()),
        (date(2024, 5, 13), False, False, "A", "GCSE", "may_finish_series", ()),
        (date(2024, 5, 12), False, False, "A", "GCSE", "criteria_not_met", (LESS,)),  # three years that day
        (date(2024, 9, 1), True, False, "A", "GCSE", "criteria_not_met", (NO_ENGLISH,)),
        (date(2024, 9, 1), False, True, "A", "GCSE", "criteria_not_met", (AT_HOME,)),
        (date(2024, 9, 1), False, False, "C", "GCSE", "criteria_not_met", (BAND,)),
        (date(2020, 9, 1), True, True, "E", "GCSE", "criteria_not_met", (LESS, NO_ENGLISH, AT_HOME, BAND)),
        (None, True, False, "", "GCSE", "criteria_not_met", (NO_ENGLISH,)),
        (None, False, False, "A", "GCSE", "not_known", (ENTRY,)),
        (date(2024, 9, 1), False, False, "", "GCSE", "not_known", (ARRIVAL_BAND,)),
        (None, False, False, "", "GCSE", "not_known", (ENTRY, ARRIVAL_BAND)),
        (date(2024, 9, 1), False, False, "A", "A-LEVEL", "only_exceptionally", ()),
        (date(2024, 9, 1), False, False, "A", "IB", "only_exceptionally", ()),
    ],
)
def test_extra_time_with_a_dictionary_is_for_who_came_of_late_without_english(
    came_on: date | None,
    prior: bool,
    at_home: bool,
    proficiency: str,
    qualification: str,
    code: str,
    missing: tuple[str, ...],
) -> None:
    last = date(2027, 6, 18)
    found = bilingual_dictionary_25(TODAY, came_on, EXAM, last, prior, at_home, proficiency, qualification)
    assert (found.code, found.missing) == (code, missing)
    levels = {"criteria_not_met": "BLOCK", "not_known": "UNKNOWN", "only_exceptionally": "WARN"}
    assert found.level == levels.get(code, "OK")


@pytest.mark.parametrize(
    ("approved_on", "printed_on", "level"),
    [
        (date(2024, 11, 12), date(2027, 1, 12), "OK"),
        (date(2024, 11, 12), date(2027, 1, 11), "WARN"),
        (date(2024, 12, 31), date(2027, 2, 28), "OK"),
    ],
)
def test_the_day_an_approval_prints_is_held_against_the_one_we_compute(
    approved_on: date, printed_on: date, level: str
) -> None:
    assert expiry_state(approved_on, printed_on).level == level


def test_the_next_approval_is_seen_to_60_days_before() -> None:
    assert renew_by(date(2027, 3, 2)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("exam_days", "level", "day"),
    [
        ((), "OK", None),
        ((date(2027, 5, 2),), "OK", None),
        ((date(2027, 5, 3),), "WARN", date(2027, 5, 3)),
        ((date(2027, 5, 4), date(2027, 5, 3)), "BLOCK", date(2027, 5, 4)),
        ((date(2027, 6, 1), date(2027, 5, 20), date(2027, 4, 1)), "BLOCK", date(2027, 5, 20)),
    ],
)
def test_the_first_exam_past_the_expiry_is_named(exam_days: tuple[date, ...], level: str, day: date | None) -> None:
    found = lapses(date(2027, 5, 3), exam_days)
    assert (found.level, found.day) == (level, day)


@given(DAYS, DAYS)
def test_a_later_approval_never_expires_earlier(one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    assert expires_on(earlier) <= expires_on(later)
    assert timedelta(days=785) < expires_on(one) - one < timedelta(days=795)


@given(DAYS)
def test_the_earliest_approval_that_covers_an_exam_does_and_the_day_before_does_not(exam_on: date) -> None:
    approved_on = earliest_approval(exam_on)
    assert lapses(expires_on(approved_on), (exam_on,)).level == "OK"
    assert lapses(expires_on(approved_on - DAY), (exam_on,)).level != "OK"


ALL_SIX = FormReuse(True, True, True, True, True, True)


@pytest.mark.parametrize(
    ("new_centre", "before", "now", "form", "codes"),
    [
        (False, "GCSE", "GCSE", ALL_SIX, ["approval_stands"]),
        (False, "LEVEL-2", "GCSE", None, ["approval_stands"]),
        (False, "AS", "A-LEVEL", None, ["approval_stands"]),
        (False, "A-LEVEL", "GCSE", None, ["approval_stands"]),  # a resit
        (True, "GCSE", "GCSE", None, ["new_application"]),
        (True, "GCSE", "IB", ALL_SIX, ["new_application", "form_8_reusable"]),
        (False, "LEVEL-2", "LEVEL-3", None, ["new_application"]),
        (False, "gcse", "as", ALL_SIX, ["new_application", "form_8_reusable"]),
        (False, "IB", "A-LEVEL", ALL_SIX, ["unknown_qualification"]),
        (False, "GCSE", "IB", ALL_SIX, ["unknown_qualification"]),
    ],
)
def test_another_centre_or_a_higher_level_takes_a_new_application(
    new_centre: bool, before: str, now: str, form: FormReuse | None, codes: list[str]
) -> None:
    found = centre_move(new_centre, before, now, form)
    assert [one.code for one in found] == codes
    if codes == ["unknown_qualification"]:
        assert "'IB'" in found[0].says


@pytest.mark.parametrize("condition", FormReuse.__struct_fields__)
def test_form_8_serves_again_only_where_all_six_conditions_hold(condition: str) -> None:
    application, form = centre_move(True, "GCSE", "GCSE", replace(ALL_SIX, **{condition: False}))
    assert application.level == form.level == "BLOCK"
    assert len(form.missing) == 1
    assert form.missing[0] in form.says


@pytest.mark.parametrize(
    ("series", "kind", "today", "level", "code", "act_on"),
    [
        ("2027-06", "other", date(2027, 2, 20), "OK", "ahead", date(2027, 3, 19)),  # 29 days
        ("2027-06", "other", date(2027, 2, 21), "WARN", "near", date(2027, 3, 19)),  # 28 days
        ("2027-06", "other", date(2027, 3, 21), "WARN", "near", date(2027, 3, 19)),  # the day itself
        ("2027-06", "other", date(2027, 3, 22), "WARN", "late", date(2027, 3, 19)),
        ("2026-11", "modified_papers", date(2026, 8, 1), "OK", "ahead", date(2026, 9, 18)),
        ("2027-01", "modified_papers", date(2026, 8, 1), "OK", "ahead", date(2026, 10, 2)),
        ("2026-06", "modified_papers", date(2026, 1, 5), "WARN", "near", date(2026, 1, 30)),
        ("2029-06", "other", TODAY, "UNKNOWN", "unknown_series", None),
    ],
)
def test_a_deadline_is_ahead_near_or_past_and_is_met_on_a_working_day(
    series: str, kind: Kind, today: date, level: str, code: str, act_on: date | None
) -> None:
    found = deadline_state(series, kind, today)
    assert (found.level, found.code, found.day) == (level, code, act_on)


@pytest.mark.parametrize(
    ("series", "kind", "due_by"),
    [
        ("2026-11", "modified_papers", date(2026, 9, 20)),
        ("2026-11", "other", date(2026, 11, 1)),
        ("2027-01", "modified_papers", date(2026, 10, 4)),
        ("2027-01", "other", date(2026, 10, 21)),
        ("2027-06", "modified_papers", date(2027, 1, 31)),
        ("2027-06", "other", date(2027, 3, 21)),
        ("2027-07", "other", None),
    ],
)
def test_each_series_has_its_deadlines(series: str, kind: Kind, due_by: date | None) -> None:
    assert deadline(series, kind) == due_by


def test_a_deadline_that_nobody_confirmed_says_so_in_single_days_too() -> None:
    read = deadline_state("2026-06", "other", date(2026, 3, 20))
    assert read.says == "1 day left to apply on Access Arrangements Online for June 2026: act by Friday 20 March 2026."
    assert "not confirmed" in deadline_state("2027-06", "other", TODAY).says


@given(st.sampled_from([edition.value.key for edition in SERIES]), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_the_day_to_act_is_a_working_day_in_time(series: str, today: date) -> None:
    due_by, act_on = deadline(series, "other"), deadline_state(series, "other", today).day
    assert due_by
    assert act_on
    assert is_working_day(act_on)
    assert timedelta(0) <= due_by - act_on <= 4 * DAY


@pytest.mark.parametrize(
    ("base", "percent", "up", "nearest"),
    [
        (60, 0, 0, 0),
        (60, 10, 6, 6),
        (60, 25, 15, 15),
        (90, 25, 23, 23),
        (90, 50, 45, 45),
        (105, 10, 11, 11),
        (105, 25, 27, 26),
        (105, 50, 53, 53),
        (135, 10, 14, 14),
        (135, 25, 34, 34),
        (135, 50, 68, 68),
        (50, 25, 13, 13),
        (45, 25, 12, 11),
    ],
)
def test_extra_time_is_whole_minutes(base: int, percent: int, up: int, nearest: int) -> None:
    assert extra_minutes(base, percent) == up
    assert extra_minutes(base, percent, "nearest") == nearest


@given(st.integers(0, 1439), st.integers(1, 400), st.integers(0, 100), st.integers(0, 120))
def test_no_paper_ends_before_it_starts_and_more_time_never_ends_it_earlier(
    starts: int, base: int, percent: int, breaks: int
) -> None:
    for rounding in ("up", "nearest"):
        ends = finish(starts, base, percent, breaks, rounding)
        assert starts + base + breaks <= ends <= finish(starts, base, percent + 1, breaks, rounding)
        assert abs(100 * (ends - starts - base - breaks) - base * percent) < 100


@given(st.integers(1, 400), st.integers(0, 100))
def test_rounding_up_never_gives_less(base: int, percent: int) -> None:
    assert 0 <= extra_minutes(base, percent) - extra_minutes(base, percent, "nearest") <= 1


@pytest.mark.parametrize(
    ("percent", "on_day", "level"),
    [
        *((percent, TODAY, "OK") for percent in (0, 25, 26, 50, 51, 100)),
        *((percent, TODAY, "BLOCK") for percent in (-25, 1, 9, 11, 24)),
        (10, date(2022, 8, 31), "OK"),
        (10, date(2022, 9, 1), "WARN"),
        (10, TODAY, "WARN"),
    ],
)
def test_extra_time_is_25_per_cent_or_more(percent: int, on_day: date, level: str) -> None:
    assert percent_state(percent, on_day).level == level


@pytest.mark.parametrize(
    ("papers", "rounding", "code"),
    [
        ((), "up", "no_clash"),
        ((Paper(180, 100),), "up", "no_clash"),
        ((Paper(90), Paper(90)), "up", "sit_all"),
        ((Paper(90), Paper(90, break_minutes=1)), "up", "move_one"),
        ((Paper(60), Paper(60), Paper(61)), "up", "move_one"),
        ((Paper(105, 25), Paper(48)), "up", "sit_all"),
        ((Paper(105, 25), Paper(49)), "up", "move_one"),
        ((Paper(105, 25), Paper(49)), "nearest", "sit_all"),
    ],
)
def test_papers_of_one_session_are_sat_in_three_hours_or_one_is_moved(
    papers: tuple[Paper, ...], rounding: Rounding, code: str
) -> None:
    assert session_clash(EXAM, papers, rounding).code == code


GCSE, GCE = Paper(115), Paper(115, qualification="A-LEVEL")


@pytest.mark.parametrize(
    ("papers", "code", "doubtful"),
    [
        ((), "fits_a_day", False),
        ((Paper(180), Paper(180)), "fits_a_day", False),  # two papers never
        ((Paper(110),) * 3, "fits_a_day", False),
        ((Paper(110), Paper(110), Paper(111)), "overnight_option", False),
        ((GCE,) * 3, "fits_a_day", False),
        ((replace(GCE, base_minutes=121),) * 3, "overnight_option", False),
        ((replace(GCE, qualification="AS"), GCE, GCE), "fits_a_day", False),
        ((GCSE, GCE, GCE), "overnight_option", True),
        ((replace(GCSE, base_minutes=90), GCE, GCE), "fits_a_day", False),
    ],
)
def test_a_day_of_three_papers_may_be_too_long(papers: tuple[Paper, ...], code: str, doubtful: bool) -> None:
    found = day_clash(EXAM, papers)
    assert found.code == code
    assert ("not confirmed" in found.says) == doubtful


@pytest.mark.parametrize(
    ("uci", "level", "code"),
    [
        ("68199 0 01 2058 g", "OK", "uci"),
        ("68199001205G", "BLOCK", "uci_shape"),
        ("681990012058", "BLOCK", "uci_shape"),
        ("681990012058GG", "BLOCK", "uci_shape"),
        ("68199001205\u0663G", "BLOCK", "uci_shape"),  # a digit, but not one of ours
        ("", "BLOCK", "uci_shape"),
        ("68199B012058G", "WARN", "uci_international"),
    ],
)
def test_a_uci_has_twelve_digits_and_their_letter(uci: str, level: str, code: str) -> None:
    found = uci_state(uci)
    assert (found.level, found.code) == (level, code)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TWELVE = st.text("0123456789", min_size=12, max_size=12)


@given(TWELVE)
def test_one_letter_belongs_to_any_twelve_digits(digits: str) -> None:
    fitting = [letter for letter in LETTERS if uci_state(digits + letter).level == "OK"]
    assert len(fitting) == 1
    assert fitting[0] in CHECK_LETTERS[0].value


@given(TWELVE, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(digits: str, at: int, more: int) -> None:
    wrong = digits[:at] + str((int(digits[at]) + more) % 10) + digits[at + 1 :]
    (letter,) = [letter for letter in LETTERS if uci_state(digits + letter).level == "OK"]
    assume(wrong != digits)
    assert uci_state(wrong + letter).level == "BLOCK"


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("0001", "OK"),
        ("9999", "OK"),
        ("0000", "BLOCK"),
        ("417", "BLOCK"),
        ("04170", "BLOCK"),
        ("O417", "BLOCK"),
        ("", "BLOCK"),
    ],
)
def test_a_candidate_number_has_four_digits_and_is_not_zero(number: str, level: str) -> None:
    assert candidate_number_state(number).level == level


@pytest.mark.parametrize(("centre", "level"), [("12345", "OK"), ("1234", "BLOCK"), ("123456", "BLOCK"), ("", "BLOCK")])
def test_a_centre_number_has_five_digits(centre: str, level: str) -> None:
    assert centre_number_state(centre).level == level


def test_a_number_may_come_back_in_another_series_or_centre() -> None:
    one = Candidacy("12345", "2027-06", "0417")
    others = (replace(one, series="2026-11"), replace(one, centre="54321"), replace(one, number="0418"))
    assert [found.code for found in number_duplicates((one, *others))] == ["numbers_differ"]
    twice = number_duplicates((one, *others, one, *others[:1], one))
    assert [found.code for found in twice] == ["number_twice"] * 2
    assert twice[0].says == "Centre 12345, 2027-06: number 0417 is given 3 times. Change all but one."
