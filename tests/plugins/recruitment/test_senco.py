"""The SENCO of an academy and of every academy; the academy's posts."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from typing import Any

import pytest

from plugins.recruitment import commands as c
from plugins.recruitment.facts import PostFilled, PostPlanned, SencoAppointed, SencoAwardTold
from plugins.recruitment.telling import deadlines
from tests.core.house import NORTH, SOUTH, House, HouseMaker, error_links, on
from tests.plugins.recruitment.staff import TODAY, check, desk_of, do, somebody, trust

SENCO, POSTS = f"/{NORTH}/recruitment/senco", f"/{NORTH}/recruitment/posts"
CENTRE = "/centre/recruitment/sencos"


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return trust(make_house)


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


def appointed(house: House, from_on: date, urn: str = NORTH, **more: bool) -> None:
    """A qualified teacher is SENCO from a day on."""
    subject = somebody(house, "Reyes", "senco", urn=urn, title="SENCO")
    usual: dict[str, Any] = {"qts": True, "induction": True, "teaches_here": True}
    desk_of(house, urn=urn).do(c.AppointSenco(subject, from_on, **(usual | more)))


def test_a_senco_is_named_and_the_three_years_run_as_a_line(house: House) -> None:
    hr, subject = house.as_role("hr_admin"), somebody(house, "Reyes", "senco", title="SENCO")
    assert "Nobody is SENCO here." in text_of(hr.get(SENCO).text)
    told = {"qts": "true", "induction": "true", "teaches_here": "true", "head": "false", "served_days": "0"}
    path = f"{SENCO}/new"
    answer = hr.post(path, **told)
    assert {"person", "from_on"} <= set(error_links(answer.text))
    assert hr.post(path, **told, person=str(subject), **on("from_on", date(2025, 9, 1))).status_code == 303
    assert house.recorded(SencoAppointed)[0].person == subject
    page = hr.get(SENCO).text
    says = text_of(page)
    assert "Ana Reyes begin the NPQ now" in says
    assert "Begin the NPQ now, and by 1 March 2027 at the latest." in says
    assert "1 September 2028 Qualification held by" in says
    assert "<svg" in page
    assert "First day as SENCO: 1 September 2025." in page
    assert "/rules/recruitment.qualification_state" in page


def test_the_line_ends_once_the_outcome_came(house: House) -> None:
    appointed(house, date(2024, 9, 2))
    hr = house.as_role("hr_admin")
    (path,) = set(re.findall(rf'href="({SENCO}/[^"]+/award)"', hr.get(SENCO).text))
    assert error_links(hr.post(path, award="npq").text) == ["begun_on"]
    dates = on("begun_on", date(2025, 1, 10)) | on("completed_on", date(2026, 7, 1))
    assert hr.post(path, award="npq", **dates).status_code == 303
    assert house.recorded(SencoAwardTold)[0].completed_on == date(2026, 7, 1)
    page = hr.get(SENCO).text
    assert "Ana Reyes qualified" in text_of(page)
    assert "The three years" not in page


def test_a_gap_is_told_with_the_day_since_when(house: House) -> None:
    appointed(house, date(2024, 9, 2))
    hr = house.as_role("hr_admin")
    (path,) = set(re.findall(rf'href="({SENCO}/[^"]+/end)"', hr.get(SENCO).text))
    assert hr.post(path, **on("ended_on", date(2026, 10, 30))).status_code == 303
    says = text_of(hr.get(SENCO).text)
    assert "No qualified SENCO since 31 October 2026" in says
    assert "Before" in says


def test_whoever_may_not_be_senco_leaves_a_gap_from_the_first_day(house: House) -> None:
    appointed(house, date(2026, 9, 1), teaches_here=False)
    says = text_of(house.as_role("hr_admin").get(SENCO).text)
    assert "No qualified SENCO since 1 September 2026" in says
    assert "A SENCO works as a teacher at this academy." in says


def test_whoever_may_read_of_sencos_and_not_of_people_is_told_no_name(house: House) -> None:
    appointed(house, date(2025, 9, 1))
    page = house.as_role("senco").get(SENCO).text
    assert "Reyes" not in page
    assert "begin the NPQ now" in page
    assert "/new" not in page
    for role in ("governor", "class_teacher", "dsl"):
        assert house.as_role(role).get(SENCO).status_code == 403


def test_the_trust_sees_which_academy_has_no_qualified_senco_since_when(house: House) -> None:
    appointed(house, date(2022, 9, 1), urn=SOUTH)
    appointed(house, date(2025, 9, 1))
    for role in ("send_director", "hr_director"):
        says = text_of(house.as_role(role).get(CENTRE).text)
        assert "1 academy has no qualified SENCO." in says
        rows = says.partition("What to do")[2]
        assert rows.index("South Primary") < rows.index("North Primary")
        assert "out of time" in rows
        assert "2 September 2025" in rows
    assert "Reyes" not in house.as_role("send_director").get(CENTRE).text
    assert house.as_role("chief_executive").get(CENTRE).status_code == 403
    assert house.as_role("senco").get(CENTRE).status_code == 404


def test_the_clock_and_the_record_say_by_when_something_must_be_done(house: House) -> None:
    appointed(house, date(2025, 9, 1))
    limited = somebody(house, "Stone")
    until = date(2027, 1, 10)
    do(
        house,
        limited,
        check("right_to_work", "time_limited", expires_on=until),
        c.KeepCopy(date(2026, 6, 1), "Weighed"),
    )
    due = {one.text: (one.due_by, one.rule) for one in deadlines(desk_of(house), date(2029, 1, 1))}
    assert due == {
        "Destroy the copy of a DBS certificate": (date(2026, 12, 1), "recruitment.delete_copy_on"),
        "Check the right to work again": (until, "recruitment.right_to_work_reminders"),
        "NPQ for SENCOs begun": (date(2027, 3, 1), "recruitment.latest_npq_start"),
        "SENCO qualification held": (date(2028, 9, 1), "recruitment.qualified_by"),
    }


def test_a_post_is_planned_filled_and_emptied_and_names_nobody(house: House) -> None:
    hr = house.as_role("hr_admin")
    told = {"title": "SENCO", "role": "senco", "share": "80", "pay_pence": "£45,352", "allowances_pence": "0"}
    path = f"{POSTS}/new"
    assert error_links(hr.post(path, **told | {"pay_pence": "much"}, **on("from_on", TODAY)).text) == ["pay_pence"]
    assert hr.post(path, **told, **on("from_on", date(2026, 9, 1))).status_code == 303
    assert house.recorded(PostPlanned)[0].pay_pence == 4_535_200
    page = hr.get(POSTS).text
    assert "SENCO SENCO, not on the leadership team 80% £45,352.00 none 1 September 2026" in text_of(page)
    (fill,) = set(re.findall(rf'href="({POSTS}/[^"]+/fill)"', page))
    assert hr.post(fill, pay_pence="44000", **on("from_on", date(2026, 9, 1))).status_code == 303
    assert house.recorded(PostFilled)[0].pay_pence == 4_400_000
    page = hr.get(POSTS).text
    assert "filled since 1 September 2026" in text_of(page)
    (leave,) = set(re.findall(rf'href="({POSTS}/[^"]+/leave)"', page))
    assert hr.post(leave, ends="true", **on("left_on", date(2026, 11, 1))).status_code == 303
    assert "SENCO ended on 1 November 2026" in text_of(hr.get(POSTS).text)
    rows = list(csv.reader(io.StringIO(hr.get(f"{POSTS}/list.csv").content.decode("utf-8-sig"))))
    assert rows[1][0] == "SENCO"


def test_a_post_is_corrected_and_others_see_nothing_of_it(house: House) -> None:
    hr = house.as_role("hr_admin")
    desk_of(house).do(c.PlanPost("SENCO", "senco", 100, 4_500_000, TODAY))
    (change,) = set(re.findall(rf'href="({POSTS}/[^"]+/change)"', hr.get(POSTS).text))
    assert 'value="45,000.00"' in hr.get(change).text
    told = {"title": "SENCO", "role": "senco_leadership", "share": "60", "pay_pence": "45,000.00"}
    assert hr.post(change, **told, allowances_pence="0", **on("from_on", TODAY)).status_code == 303
    assert "SENCO, on the leadership team 60%" in text_of(hr.get(POSTS).text)
    assert house.as_role("business_manager").get(POSTS).status_code == 200
    for role in ("governor", "class_teacher", "senco", "dsl"):
        assert house.as_role(role).get(POSTS).status_code == 403
