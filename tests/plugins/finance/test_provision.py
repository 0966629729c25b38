"""Pages of posts and of provision: costed, priced, shared."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from uuid import uuid4

import pytest

from core.accounts.facts import Opened
from events import New
from plugins.finance.facts import CostShared, ProvisionPriced, StaffCosted
from plugins.recruitment.facts import PostPlanned
from tests.core.house import NORTH, House, HouseMaker, error_links, errors, on
from tests.plugins.finance.budgeted import FINANCE, FOUND, TODAY, desk_of, school, text_of
from tests.plugins.finance.helped import BEGAN, ENDS, post

PROVISION, PAY = f"{FINANCE}/provision", f"{FINANCE}/pay"


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


# Posts


def test_a_post_is_costed_from_hours_weeks_and_per_cent_as_people_type_them(house: House) -> None:
    manager = house.as_role("business_manager")
    typed = {
        "title": "Teaching assistant",
        "staff": "support",
        "full_time_pence": "25,185",
        "weekly_minutes": "32:30",
        "full_weekly_minutes": "37",
        "paid_weeks": "44.6",
        "contact_minutes": "1,235",
        **on("from_on", BEGAN),
    }
    answer = manager.post(f"{PAY}/new", **typed | {"weekly_minutes": "32.55555", "pension": "9000"})
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["weekly_minutes", "pension"])
    assert 'value="44.6"' in answer.text
    assert manager.post(f"{PAY}/new", **typed).status_code == 303
    (told,) = house.recorded(StaffCosted)
    assert (told.weekly_minutes, told.paid_weeks, told.pension) == (1950, 44_600, 2200)  # the local rate, left empty
    page = text_of(manager.get(PAY).text)
    assert "£18,921.80 £2,088.27 £4,162.80 22 % £25,172.87 1,235 hours £20.38 £774.55 Cost it again" in page
    assert "not verified" in page
    assert "Recruitment did not say which posts there are." in page
    again = manager.get(f"{PAY}/new?post={told.post}").text
    assert 'value="32.5"' in again
    assert (
        manager.post(f"{PAY}/new", page=f"{PAY}/new?post={told.post}", **typed | {"pension": "20.5"}).status_code == 303
    )
    assert house.recorded(StaffCosted)[-1].post == told.post
    assert house.as_role("head").get(PAY).status_code == 200
    assert house.as_role("head").get(f"{PAY}/new").status_code == 403
    assert house.as_role("senco").get(PAY).status_code == 403


def test_a_post_recruitment_knows_of_is_costed_without_typing_it_again(make_house: HouseMaker) -> None:
    found = [*FOUND, EntryPoint("recruitment", "plugins.recruitment", "tallystick.plugins")]
    house, key = school(make_house, "recruitment.posts", found=found), uuid4()
    house.switch(on=True, plugin="recruitment")
    house.grant("business_manager")
    told = PostPlanned(key, "SENCO", "senco", 80, 50_000_00, 3_000_00, BEGAN, None, TODAY)
    desk_of(house, "business_manager").record([New(house.academy_id(), told)], command_id=uuid4())
    manager = house.as_role("business_manager")
    assert "SENCO 80 % of full time, £53,000.00 a year at full time Cost it" in text_of(manager.get(PAY).text)
    form = manager.get(f"{PAY}/new?post={key}").text
    for value in ("SENCO", "£50,000.00", "£3,000.00", "29.6"):
        assert f'value="{value}"' in form
    rest = {"staff": "teacher", "full_weekly_minutes": "37", "paid_weeks": "52.143", "contact_minutes": "1012"}
    rest |= {"title": "SENCO", "full_time_pence": "50,000", "weekly_minutes": "29.6", "allowances_pence": "3,000"}
    answer = manager.post(f"{PAY}/new", page=f"{PAY}/new?post={key}", **rest, **on("from_on", BEGAN))
    assert answer.status_code == 303
    (costed,) = house.recorded(StaffCosted)
    assert (costed.post, costed.pension) == (key, 2868)
    assert "Posts that are not costed" not in text_of(manager.get(PAY).text)


# Provision


def test_provision_is_priced_shared_and_priced_again(house: House) -> None:
    senco, ada, bea = house.as_role("senco"), house.pupil(surname="Byron"), house.pupil(surname="Lovell", year="3")
    assert "No post is costed yet." in text_of(senco.get(f"{PROVISION}/new").text)
    assistant = post(house)
    typed = {"name": "Talk group", "area": "communication", "group": "2", "weekly": "3", "minutes": "30", "weeks": "12"}
    typed |= {"preparation_minutes": "10"} | on("from_on", BEGAN) | on("until_by", ENDS)
    answer = senco.post(f"{PROVISION}/new", **typed)
    assert (answer.status_code, list(error_links(answer.text))) == (422, ["post"])
    here = senco.post(f"{PROVISION}/new", post=str(assistant), **typed).headers["location"]
    assert "£489.19" in text_of(senco.get(here).text)
    assert "shared among nobody yet" in text_of(senco.get(here).text)
    form = senco.get(f"{here}/share?from=4").text
    assert "Byron" in form
    assert "Lovell" not in form
    answer = senco.post(f"{here}/share?from=4", pupils=[str(ada), str(bea)])
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    page = text_of(senco.get(here).text)
    assert "shared among 2 pupils" in page
    assert page.count("£244.60") + page.count("£244.59") == 2
    assert {event.subject for event in house.facts(Opened, f"{NORTH}-reads") if event.record == "finance.pupil"} == {
        ada,
        bea,
    }
    again = senco.post(f"{here}/price", post=str(assistant), **typed | {"weeks": "13"})
    assert again.status_code == 303
    assert "priced again since: share it again" in text_of(senco.get(here).text)
    assert len(house.recorded(ProvisionPriced)) == 2
    many = senco.post(f"{here}/share?from=4", pupils=[str(ada), str(bea), str(house.pupil())])
    assert "This is for 2 at a time." in errors(many.text)[0]
    assert sorted(one.pence for one in house.recorded(CostShared)) == [24459, 24460]
