"""One person's page, the forms of their checks, and the decision that they may start."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Opened
from core.errors import Refused
from events import Fact, New
from plugins.recruitment import commands as c
from plugins.recruitment.facts import (
    CheckRecorded,
    DisclosureWeighed,
    EngagementBegan,
    EngagementEnded,
    PersonCleared,
    PersonNamed,
    RiskAssessed,
    VolunteeringTold,
)
from plugins.recruitment.views import clearance_in, file_of, gaps_in
from tests.core.house import NORTH, SOUTH, House, error_links, errors, hidden, on
from tests.plugins.recruitment.staff import (
    GOOD,
    PEOPLE,
    RECORD,
    TODAY,
    check,
    checked,
    desk_of,
    do,
    engagement,
    somebody,
    trust,
)
from tests.plugins.recruitment.vacancies import drafted

STARTS = date(2027, 1, 4)
SECRET = "Sciatica"


F = TypeVar("F", bound=Fact)


@pytest.fixture(scope="module")
def house(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One trust for all: each test has people of its own."""
    made = trust(lambda **more: House(tmp_path_factory.mktemp("people") / "trust", house_template, **more))
    yield made
    made.close()


def told_of(house: House, subject: UUID, kind: type[F]) -> list[F]:
    """The facts of one kind about a person, in order."""
    return [event.fact for event in house.facts(kind) if event.subject == subject and isinstance(event.fact, kind)]


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def senco_to_be(house: House, *left_out: str) -> tuple[UUID, str]:
    """A SENCO on the leadership team from 4 January 2027, with every check but some; and the page of their start."""
    subject = somebody(house, "Newman", "senco_leadership", title="SENCO", starts_on=STARTS, born_on=date(1985, 2, 3))
    checked(house, subject, *left_out)
    if "medical" not in left_out:
        do(house, subject, c.RecordFitness("fit", TODAY, "OH"))
    if "references" not in left_out:
        for referee in ("Pat", "Sam"):
            reference = c.ReceiveReference(referee, referee, TODAY, "none", True, True, "", TODAY, "AB", "rang")
            do(house, subject, reference)
    return subject, f"{PEOPLE}/{subject}/engagements/{engagement(house, subject)}/start"


def missing(page: str) -> list[str]:
    """What a start still needs, by the numbers of the checks, in the order of the page."""
    return re.findall(r"<strong>(\d+)</strong>", page)


def typed(what: str, **more: Any) -> dict[str, str]:
    """The form of a check as somebody fills it in."""
    outcome = more.pop("outcome", GOOD.get(what, ""))
    return {"outcome": outcome, "route": "seen", "checked_by": "AB", **on("checked_on", TODAY), **more}


# Who somebody is, and what they do


def test_somebody_is_added_with_their_work_and_the_page_tells_what_is_missing(house: House) -> None:
    hr = house.as_role("hr_admin")
    path = f"{PEOPLE}/new"
    answer = hr.post(path, surname="Reyes")
    assert answer.status_code == 422
    assert {"forename", "role", "title", "starts_on"} <= set(error_links(answer.text))
    assert 'value="Reyes"' in answer.text
    told = {"surname": "Brandnew", "forename": "Ana", "role": "teacher", "title": "Class teacher, Year 4"}
    answer = hr.post(path, **told, **on("starts_on", date(2026, 11, 2)), **on("born_on", date(1984, 3, 14)))
    assert answer.status_code == 303
    page = hr.get(answer.headers["location"]).text
    assert "<title>Person · North Primary · Tallystick</title>" in page
    says = text_of(page)
    assert "Class teacher, Year 4" in says
    assert "1 Identity must be made none major Identity: " in says
    assert "/rules/recruitment.record_gaps" in page
    again = hr.post(path, **told, **on("starts_on", TODAY), **on("born_on", date(1984, 3, 14)))
    assert error_links(again.text) == ["surname"]


def test_an_engagement_changes_and_ends_and_the_record_lets_go_of_them(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house, "Parting")
    forms = f"{PEOPLE}/{subject}/engagements/{engagement(house, subject)}"
    shown = hr.get(f"{forms}/change").text
    assert 'value="Class teacher"' in shown
    work = {"role": "senco", "title": "Assistant head and SENCO"}
    assert hr.post(f"{forms}/change", **work, **on("from_on", TODAY)).status_code == 303
    page = hr.get(f"{PEOPLE}/{subject}").text
    assert "SENCO, not on the leadership team" in page
    assert "/rules/recruitment.names_management" in page
    assert hr.post(f"{forms}/end", **on("ended_on", TODAY - timedelta(days=1))).status_code == 303
    assert told_of(house, subject, EngagementEnded)[0].ended_on == TODAY - timedelta(days=1)
    assert "They do nothing here now." in text_of(hr.get(f"{PEOPLE}/{subject}").text)
    assert "Parting" not in hr.get(RECORD).text


def test_a_volunteers_days_tell_whether_it_is_regulated_activity(house: House) -> None:
    hr = house.as_role("hr_admin")
    subject = somebody(house, "Vale", "volunteer_occasional", title="Reading helper", starts_on=date(2026, 9, 7))
    path = f"{PEOPLE}/{subject}/engagements/{engagement(house, subject)}/volunteering"
    told = {"weekly": "false", "overnight": "false", "supervised": "true"}
    answer = hr.post(path, **told, days="2/11/2026\nsoon")
    assert error_links(answer.text) == ["days"]
    assert "soon" in errors(answer.text)[0]
    assert hr.post(path, **told, days="2/11/2026\n9/11/2026\n16/11/2026\n30/11/2026").status_code == 303
    assert len(told_of(house, subject, VolunteeringTold)[0].days) == 4
    page = hr.get(f"{PEOPLE}/{subject}").text
    says = text_of(page)
    assert "Volunteer at or over the threshold" in says
    assert "It is regulated activity: 4 days, supervised." in says
    assert "Act now: no such help until it is made." in says
    assert "/rules/recruitment.volunteer_findings" in page
    assert hr.post(path, **told, days="2/11/2026").status_code == 303
    assert "It is not regulated activity: 1 day, supervised." in text_of(hr.get(f"{PEOPLE}/{subject}").text)


def test_an_entry_that_was_wrong_is_taken_back_by_whoever_may_write_it(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    do(house, subject, check("identity"))
    page = hr.get(f"{PEOPLE}/{subject}").text
    (path, *_) = re.findall(r'href="([^"]*/withdraw)"', page)
    assert hr.post(path, reason="Of another person").status_code == 303
    assert "1 Identity must be made none" in text_of(hr.get(f"{PEOPLE}/{subject}").text)
    assert house.as_role("dsl").get(path).status_code == 403


def test_a_wrong_check_is_answered_by_the_right_one_in_one_go(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    do(house, subject, check("identity"))
    page = hr.get(f"{PEOPLE}/{subject}").text
    (path, *_) = re.findall(r'href="([^"]*/withdraw)"', page)
    answer = path.replace("/withdraw", "/answer")
    assert f'href="{answer}"' in hr.get(path).text
    size = house.log_size()
    form = hr.post(answer, reason="It was the driving licence").headers["location"]
    assert form.startswith(f"{PEOPLE}/{subject}/checks/identity?answers=")
    assert house.log_size() == size
    fields = hidden(hr.get(form).text, form.partition("?")[0])
    right = {"outcome": GOOD["identity"], "evidence": "driving licence", "checked_by": "Hal", "route": "seen"}
    told = hr.raw_post(form.partition("?")[0], data=fields | right | on("checked_on", TODAY))
    assert told.status_code == 303, errors(told.text)
    assert house.log_size() == size + 2
    page = text_of(hr.get(f"{PEOPLE}/{subject}").text)
    assert "It was the driving licence" in page
    assert "driving licence" in page
    assert house.as_role("dsl").get(answer).status_code == 403


# Who sees what


def test_each_sees_only_the_classes_they_were_granted_and_that_they_looked_is_recorded(house: House) -> None:
    subject, start = senco_to_be(house)
    do(house, subject, c.WeighDisclosure("dbs", False, "Pat", "Sam", SECRET))
    here = f"{PEOPLE}/{subject}"
    hr = text_of(house.as_role("hr_admin").get(here).text)
    assert "2 Medical fitness" in hr
    assert "Whether they may start" in hr
    dsl = text_of(house.as_role("dsl").get(here).text)
    assert "Medical fitness" not in dsl
    assert "Fitness" not in dsl
    assert "Whether they may start" not in dsl
    assert house.as_role("dsl").get(start).status_code == 404
    office = text_of(house.as_role("business_manager").get(here).text)
    assert "SENCO, on the leadership team" in office
    assert "Enhanced DBS" not in office
    for role in ("governor", "class_teacher", "senco"):
        for path in (here, start, f"{here}/checks/dbs", f"{here}/fitness", f"{here}/weigh"):
            answer = house.as_role(role).get(path)
            assert answer.status_code == 403
            assert "Newman" not in answer.text
    looked = {
        event.record
        for event in house.facts(Opened, f"{NORTH}-reads")
        if event.subject == subject and event.actor and event.actor.role == "Designated safeguarding lead"
    }
    assert looked == {"recruitment.engagement", "recruitment.checks", "recruitment.disclosure"}
    for name in ("hr_admin", "head", "dsl"):
        assert SECRET not in house.as_role(name).get(here).text


def test_a_hard_outcome_is_told_to_the_head_and_hr_only(house: House) -> None:
    subject = somebody(house)
    checked(house, subject)
    do(house, subject, check("prohibition", "prohibited", checked_on=TODAY))
    start = f"{PEOPLE}/{subject}/engagements/{engagement(house, subject)}/start"
    head = text_of(house.as_role("head").get(start).text)
    assert "They may not start yet" in head
    assert "Nobody may decide otherwise." in head
    assert "5 Prohibition from teaching: prohibited." in head
    assert "Prohibited" in text_of(house.as_role("head").get(f"{PEOPLE}/{subject}").text)
    dsl = house.as_role("dsl")
    assert "prohibited" not in text_of(dsl.get(f"{PEOPLE}/{subject}").text).casefold()
    assert "The head and HR know how this stands." in text_of(dsl.get(f"{PEOPLE}/{subject}").text)
    assert "prohibited" not in text_of(dsl.get(RECORD).text).casefold()


# Checks


def test_each_check_has_a_form_of_its_own_outcomes(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    for key, good in GOOD.items():
        path = f"{PEOPLE}/{subject}/checks/{key}"
        answer = hr.post(path, **typed(key, outcome="somehow"))
        assert error_links(answer.text) == ["outcome"]
        assert 'value="AB"' in answer.text
        assert hr.post(path, **typed(key)).headers["location"] == f"{PEOPLE}/{subject}#{key}"
        fact = told_of(house, subject, CheckRecorded)[-1]
        assert (fact.check, fact.outcome, fact.checked_on) == (key, good, TODAY)
    assert hr.get(f"{PEOPLE}/{subject}/checks/references").status_code == 404


def test_a_right_to_work_that_runs_out_is_told_with_the_next_reminder(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    told = typed("right_to_work", outcome="time_limited", **on("expires_on", date(2027, 1, 10)))
    assert hr.post(f"{PEOPLE}/{subject}/checks/right_to_work", **told).status_code == 303
    says = text_of(hr.get(f"{PEOPLE}/{subject}").text)
    assert "expires soon, reminder 11 December 2026" in says
    assert "holds until the end of 10 January 2027" in says


def test_a_barred_list_is_not_looked_at_before_somebody_said_what_the_work_is(house: House) -> None:
    hr = house.as_role("hr_admin")
    subject = somebody(house, role="contractor", title="Sports coach")
    path = f"{PEOPLE}/{subject}/checks/barred_list"
    assert "first say whether the work is regulated activity" in text_of(hr.get(path).text)
    assert error_links(hr.post(path, **typed("barred_list")).text) == ["check"]
    scope = f"{PEOPLE}/{subject}/checks/scope/barred_list"
    assert error_links(hr.post(scope, needed="true").text) == ["reason"]
    assert hr.post(scope, needed="true", reason="Teaches on their own").status_code == 303
    assert hr.post(path, **typed("barred_list", route="separate")).status_code == 303
    assert "needed, answered on 16 November 2026" in text_of(hr.get(f"{PEOPLE}/{subject}").text)


def test_the_update_service_stands_for_a_certificate_only_where_all_of_it_holds(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    path = f"{PEOPLE}/{subject}/checks/update-service"
    told = {"consent": "false", "original_seen": "true", "identity_checked": "true", "workforce": "child"}
    told |= {"level": "enhanced", "status": "nothing_current", "checked_by": "AB", **on("seen_on", TODAY)}
    says = errors(hr.post(path, **told).text)[0]
    assert "Ask for consent" in says
    assert "Not of the level needed" in says
    told |= {"consent": "true", "level": "enhanced_with_list"}
    assert hr.post(path, **told).status_code == 303
    assert told_of(house, subject, CheckRecorded)[0].route == "update_service"


def test_a_reference_is_received_verified_and_its_concern_resolved_in_words(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    here = f"{PEOPLE}/{subject}"
    told = {"referee": "Pat Head", "organisation": "Old School", "email": "pat@gmail.com", "concern": "open"}
    told |= {"last_employer": "true", "with_children": "true", **on("received_on", TODAY)}
    assert hr.post(f"{here}/checks/reference", **told).status_code == 303
    page = hr.get(here).text
    assert "Ring Old School to verify." in text_of(page)
    (path,) = set(re.findall(rf'href="({here}/checks/reference/[^"]+)"', page))
    settled = {"concern": "resolved", "verified_by": "AB", "verified_how": "rang", **on("verified_on", TODAY)}
    assert error_links(hr.post(path, **settled).text) == ["words"]
    assert hr.post(path, **settled, words="They were cleared of it").status_code == 303
    says = text_of(hr.get(here).text)
    assert "1 reference, 1 verified" in says
    assert "concern resolved" in says


def test_a_copy_of_a_certificate_has_a_reason_and_a_day_by_which_it_goes(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    here = f"{PEOPLE}/{subject}"
    received = on("received_on", date(2026, 5, 15))
    assert error_links(hr.post(f"{here}/checks/copy", **received).text) == ["reason"]
    assert hr.post(f"{here}/checks/copy", **received, reason="It is being weighed").status_code == 303
    page = hr.get(here).text
    assert "Destroy it by 15 November 2026 overdue" in text_of(page)
    (path,) = set(re.findall(rf'href="({here}/checks/copy/[^"]+)"', page))
    assert hr.post(path, **on("deleted_on", TODAY)).status_code == 303
    assert "Destroy it by" not in text_of(hr.get(here).text)


def test_fitness_has_no_room_for_a_reason_and_is_for_hr_to_record(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    form = hr.get(f"{PEOPLE}/{subject}/fitness").text
    assert "<textarea" not in form
    assert hr.post(f"{PEOPLE}/{subject}/fitness", **typed("medical", outcome="fit")).status_code == 303
    assert "2 Medical fitness must be made Fit 16 November 2026 by AB" in text_of(hr.get(f"{PEOPLE}/{subject}").text)
    assert house.as_role("head").get(f"{PEOPLE}/{subject}/fitness").status_code == 403


def test_what_was_disclosed_is_weighed_by_two_named_people(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house)
    path = f"{PEOPLE}/{subject}/weigh"
    told = {"check": "dbs", "accepted": "true", "first": "Pat Head", "reasons": "Long ago, and of no bearing"}
    assert error_links(hr.post(path, **told, second="pat head").text) == ["second"]
    assert hr.post(path, **told, second="Sam Chair").status_code == 303
    assert told_of(house, subject, DisclosureWeighed)[0].accepted


# Whether they may start


def test_a_start_is_blocked_with_what_is_missing_in_the_order_of_the_checks(house: House) -> None:
    left_out = ("medical", "qualifications", "prohibition", "section_128", "overseas", "childcare")
    _, start = senco_to_be(house, *left_out)
    page = house.as_role("head").get(start).text
    assert missing(page) == ["2", "4", "5", "10", "11", "12"]
    assert "They may not start yet" in text_of(page)
    assert "/rules/recruitment.clearance" in page
    assert 'name="reason"' not in page


def test_somebody_with_every_check_is_cleared_by_whoever_signs(house: House) -> None:
    subject, start = senco_to_be(house)
    assert "They may start" in text_of(house.as_role("hr_admin").get(start).text)
    assert 'name="reason"' not in house.as_role("hr_admin").get(start).text
    assert house.as_role("hr_admin").raw_post(start).status_code == 403
    head = house.as_role("head")
    assert head.post(start, reason="Welcome").status_code == 303
    (fact,) = told_of(house, subject, PersonCleared)
    assert (fact.verdict, fact.missing, fact.edition, fact.starts_on) == ("CLEAR", (), "2026-09", STARTS)
    page = text_of(head.get(start).text)
    assert "with every check" in page
    assert "cleared on 16 November 2026" in text_of(head.get(f"{PEOPLE}/{subject}").text)


def awaiting(house: House) -> tuple[UUID, str]:
    """Somebody who only waits for their certificate, and the page of their start."""
    subject, start = senco_to_be(house, "dbs", "barred_list")
    awaited = c.RecordCheck("dbs", "awaiting", "AB", requested_on=date(2026, 11, 12))
    do(house, subject, awaited, check("barred_list", route="separate"))
    return subject, start


def test_only_the_certificate_may_be_awaited_under_a_risk_assessment(house: House) -> None:
    head = house.as_role("head")
    subject, start = awaiting(house)
    page = text_of(head.get(start).text)
    assert "They may not start yet" in page
    assert "Name who supervises them." in page
    told = {"supervisor": "Pat Head", "measures": "Never alone with pupils"}
    assert head.post(f"{start}/risk", **told, **on("review_by", STARTS + timedelta(days=14))).status_code == 303
    assert told_of(house, subject, RiskAssessed)[0].supervisor == "Pat Head"
    page = head.get(start).text
    assert "They may start under a risk assessment" in text_of(page)
    assert missing(page) == ["7"]
    assert head.post(start, reason="").status_code == 303
    (fact,) = told_of(house, subject, PersonCleared)
    assert (fact.verdict, fact.missing) == ("CLEAR_WITH_RISK_ASSESSMENT", ("dbs",))


def test_every_assessment_counts_towards_the_days_without_a_certificate(house: House) -> None:
    subject, _ = awaiting(house)
    work, signer = engagement(house, subject), desk_of(house, "head").person_id
    signed = (STARTS - timedelta(days=1), STARTS + timedelta(days=13))
    told = [RiskAssessed(work, "Pat", day + timedelta(days=14), signer, day, "Never alone") for day in signed]
    desk_of(house).record([New(subject, one) for one in told], command_id=uuid4())
    file = file_of(desk_of(house), subject)
    assert file
    one = file.person.engagements[work]
    assert clearance_in(file, one).verdict == "CLEAR_WITH_RISK_ASSESSMENT"  # by the one signed before the start
    for days, levels in ((20, []), (40, ["major"])):
        gaps = gaps_in(file, one, STARTS + timedelta(days=days))
        assert [gap.level for gap in gaps if gap.check == "dbs"] == levels
    assert text_of(house.as_role("head").get(f"{PEOPLE}/{subject}/engagements/{work}/start").text).count("Pat") == 2


def test_a_check_that_should_be_made_is_waived_by_a_second_person(house: House) -> None:
    _, start = senco_to_be(house, "self_disclosure")
    assert missing(house.as_role("head").get(start).text) == ["6"]
    hr, head = house.as_role("hr_admin"), house.as_role("head")
    told = {"check": "self_disclosure", "reason": "They have worked here for twenty years"}
    assert errors(hr.post(f"{start}/waive", **told).text) == ["Ask somebody else to waive it: you recorded the checks."]
    assert head.post(f"{start}/waive", **told).status_code == 303
    assert "They may start" in text_of(head.get(start).text)


def test_a_start_from_a_campaign_waits_for_its_proofs_too(house: House) -> None:
    subject, _ = senco_to_be(house)
    vacancy, began = drafted(house), uuid4()
    told = EngagementBegan(began, "senco_leadership", "SENCO", (), "", vacancy, STARTS, TODAY)
    desk_of(house).record([New(subject, told)], command_id=uuid4())
    start = f"{PEOPLE}/{subject}/engagements/{began}/start"
    says = text_of(house.as_role("head").get(start).text)
    assert "Appoint a panel with somebody trained in safer recruitment." in says
    assert says.index("Appoint a panel") < says.index("Have two people score the application.")
    assert "Make sure of each reference by a call" not in says
    with pytest.raises(Refused):
        desk_of(house, "head").do(c.ClearPerson(began), subject)


def test_one_person_at_two_academies_is_one_person_with_one_id(house: House) -> None:
    born = on("born_on", date(1984, 3, 14))
    told = {"surname": "Twice", "forename": "Ana", "role": "teacher", "title": "Teacher", **on("starts_on", TODAY)}
    for urn in (NORTH, SOUTH):
        path = f"/{urn}/recruitment/people/new"
        assert house.as_role("hr_admin", urn).post(path, **told, **born).status_code == 303
    named = [event for urn in (NORTH, SOUTH) for event in house.facts(PersonNamed, urn)]
    ids = {event.subject for event in named if isinstance(event.fact, PersonNamed) and event.fact.surname == "Twice"}
    assert len(ids) == 1


def test_an_id_of_nobody_tells_nothing(house: House) -> None:
    hr, nobody = house.as_role("hr_admin"), uuid4()
    for path in ("", "/name", "/checks/dbs", "/fitness", f"/engagements/{nobody}/start", f"/engagements/{nobody}/end"):
        assert hr.get(f"{PEOPLE}/{nobody}{path}").status_code == 404
