"""What an advertisement, a form and a panel must have; who may not judge an applicant."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace

from core.law import Finding
from plugins.recruitment.rules import (
    Advert,
    Insider,
    Outsider,
    Panel,
    PanelMember,
    advert_findings,
    conflict_hints,
    form_findings,
    panel_findings,
    scoring_findings,
    search_findings,
)

TODAY = date(2026, 11, 22)
TRAINED = PanelMember("head", date(2025, 3, 1))
PANEL = Panel((TRAINED, PanelMember("governor")), approved=True)
WHOLE = Advert(
    safeguarding="We are committed to safeguarding. Checks will be made.",
    exempt_notice="This post is exempt from the Rehabilitation of Offenders Act 1974.",
    description_version="3",
    specification_version="3",
    closes_on=date(2026, 12, 11),
    closes_at="12:00",
    panel=PANEL,
)
LACKING: dict[str, dict[str, Any]] = {
    "no_safeguarding_statement": {"safeguarding": " "},
    "no_exempt_notice": {"exempt_notice": ""},
    "no_description": {"description_version": ""},
    "no_specification": {"specification_version": ""},
    "no_closing_day": {"closes_on": None},
    "no_closing_time": {"closes_at": ""},
    "panel_not_approved": {"panel": replace(PANEL, approved=False)},
}


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def errors_of(findings: tuple[Finding, ...]) -> list[str]:
    return [code for level, code in codes(findings) if level == "error"]


def test_a_whole_vacancy_may_be_advertised() -> None:
    assert advert_findings(WHOLE, TODAY) == ()


@pytest.mark.parametrize("missing", [*combinations(LACKING, 1), *combinations(LACKING, 2), tuple(LACKING)])
def test_everything_missing_is_listed_at_once(missing: tuple[str, ...]) -> None:
    advert = WHOLE
    for code in missing:
        advert = replace(advert, **LACKING[code])
    assert errors_of(advert_findings(advert, TODAY)) == list(missing)


@pytest.mark.parametrize(
    ("closes_on", "closes_at", "found"),
    [
        (TODAY, "23:59", []),
        (date(2026, 11, 21), "12:00", ["closes_before"]),
        (TODAY, "24:00", ["no_closing_time"]),
        (TODAY, "noon", ["no_closing_time"]),
        (TODAY, "9:00", ["no_closing_time"]),
        (TODAY, "09:00", []),
    ],
)
def test_it_closes_at_a_time_of_a_day_to_come(closes_on: date, closes_at: str, found: list[str]) -> None:
    assert errors_of(advert_findings(replace(WHOLE, closes_on=closes_on, closes_at=closes_at), TODAY)) == found


@pytest.mark.parametrize(
    ("panel", "stepped_out", "found"),
    [
        (PANEL, (), []),
        (replace(PANEL, approved=False), (), ["panel_not_approved"]),
        (replace(PANEL, members=(TRAINED,)), (), ["panel_too_small"]),
        (replace(PANEL, members=(TRAINED, TRAINED)), (), ["panel_too_small"]),
        (replace(PANEL, members=(PanelMember("a"), PanelMember("b"))), (), ["nobody_trained"]),
        (Panel(()), (), ["panel_not_approved", "panel_too_small", "nobody_trained"]),
        pytest.param(
            Panel((TRAINED, PanelMember("a"), PanelMember("b")), approved=True),
            ("head",),
            ["nobody_trained"],
            id="R39, the trained member drops out",
        ),
        (Panel((TRAINED, PanelMember("a"), PanelMember("b")), approved=True), ("a",), []),
        (PANEL, ("governor",), ["panel_too_small"]),
    ],
)
def test_a_panel_is_approved_has_two_members_and_one_is_trained(
    panel: Panel, stepped_out: tuple[str, ...], found: list[str]
) -> None:
    assert errors_of(panel_findings(panel, stepped_out)) == found


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Send your CV to the office.", True),
        ("Please send a cv and a letter of two pages.", True),
        ("CV-only applications are welcome", True),
        ("Apply with a C.V. and a letter", True),
        ("Curriculum  vitae by e-mail", True),
        ("Send a résumé.", True),
        ("Send your resume.", True),
        ("Do not telephone, send a CV.", True),
        ("Not sure? Your CV is enough.", True),
        ("We do not telephone but we read every CV.", True),
        ("We cannot accept CVs.", False),
        ("CVs will not be accepted.", False),
        ("Applications by form only; no CVs, please.", False),
        ("Lessons resume in September.", False),
        ("Apply on our form.", False),
        ("", False),
    ],
)
def test_an_advertisement_that_asks_for_a_cv_is_flagged(text: str, asks: bool) -> None:
    assert codes(form_findings(has_form=True, advert_text=text)) == ([("warning", "asks_for_cv")] if asks else [])


def test_a_cv_alone_is_no_application() -> None:
    assert codes(form_findings(has_form=False)) == [("error", "no_form")]


MEMBER = Insider(
    name="Maria Okoro",
    surname="Okoro",
    address="4 Elm Road, Colchester, CO1 2AB",
    email="maria@okoro.example",
    manager="Sam Hill",
)
APPLICANT = Outsider(
    name="Ana Reyes", surname="Reyes", address="12 Mill Lane, Colchester, CO3 4CD", email="a@reyes.example"
)


@pytest.mark.parametrize(
    ("member", "applicant", "found"),
    [
        (MEMBER, APPLICANT, []),
        (MEMBER, Outsider("", ""), []),
        (Insider("", ""), Outsider("", ""), []),
        (MEMBER, replace(APPLICANT, surname="OKORO"), ["same_surname"]),
        (replace(MEMBER, surname="Müller-Ray"), replace(APPLICANT, surname="muller ray"), ["same_surname"]),
        (MEMBER, replace(APPLICANT, address="4 Elm Road\nColchester\nCO1 2AB"), ["same_address"]),
        (MEMBER, replace(APPLICANT, address="4 Elm Rd, CO12AB"), ["same_address"]),
        (MEMBER, replace(APPLICANT, address="6 Elm Road, Colchester, CO1 2AB"), []),
        (MEMBER, replace(APPLICANT, address="4 Oak Road, Colchester, CO1 2AC"), []),
        (replace(MEMBER, address="The Mill"), replace(APPLICANT, address="the mill"), ["same_address"]),
        (MEMBER, replace(APPLICANT, email="ana@OKORO.example"), ["same_domain"]),
        (MEMBER, replace(APPLICANT, referees=("Sam Hill", "Maria Okoro")), ["is_referee"]),
        (MEMBER, replace(APPLICANT, referees=("Maria@okoro.example",)), ["is_referee"]),
        (MEMBER, replace(APPLICANT, manager="maria okoro"), ["line_manager"]),
        (replace(MEMBER, manager="a@reyes.example"), APPLICANT, ["line_manager"]),
        (MEMBER, replace(APPLICANT, relations="My aunt, Maria Okoro, works there."), ["declared"]),
        (MEMBER, replace(APPLICANT, relations="Mrs Okoro is my aunt."), ["declared"]),
        (MEMBER, replace(APPLICANT, relations="None"), []),
        (
            MEMBER,
            replace(APPLICANT, surname="Okoro", address="4 Elm Road, Colchester, CO1 2AB"),
            ["same_surname", "same_address"],
        ),
    ],
)
def test_hints_that_a_member_of_the_panel_knows_an_applicant(
    member: Insider, applicant: Outsider, found: list[str]
) -> None:
    assert codes(conflict_hints(member, applicant)) == [("warning", code) for code in found]


@pytest.mark.parametrize(
    ("shared", "own", "found"),
    [
        ("okoro.example", (), ["same_domain"]),
        ("okoro.example", ("@Okoro.example",), []),
        ("gmail.com", (), []),
    ],
)
def test_the_trust_s_own_addresses_and_everybody_s_are_no_hint(
    shared: str, own: tuple[str, ...], found: list[str]
) -> None:
    member, applicant = replace(MEMBER, email=f"m@{shared}"), replace(APPLICANT, email=f"a@{shared}")
    assert codes(conflict_hints(member, applicant, own)) == [("warning", code) for code in found]


def test_who_declares_an_interest_does_not_score() -> None:
    assert codes(scoring_findings("head", ("head",))) == [("error", "has_interest")]
    assert scoring_findings("governor", ("head",)) == ()


def test_the_searcher_had_better_not_sit_on_the_panel() -> None:
    assert codes(search_findings("maria okoro", ("Sam Hill", "Maria Okoro"))) == [("warning", "searcher_on_panel")]
    assert search_findings("Ines Duarte", ("Sam Hill", "Maria Okoro")) == ()
    assert search_findings("", ("", "Sam Hill")) == ()
