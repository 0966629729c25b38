"""Staff and applicants ask what is kept of them, as pupils do: gathered from every plugin, read, given."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

import msgspec

from core.accounts.commands import Give
from core.accounts.views import Grant
from core.requests.gathering import items, kept
from core.requests.views import request
from core.roll.facts import StaffJoined, StaffLeft
from plugins.recruitment.facts import SheetScored
from tests.core.house import NORTH, errors
from tests.core.requests.asking import ADMIN, DPO, HEAD, NOTE, TODAY, Asking, finds, put
from tests.core.requests.test_web import day, does


def test_from_a_name_to_the_pack_that_is_given(asking: Asking) -> None:
    dpo, path = asking.dpo, asking.path
    assert "Find what is kept of them" in dpo.get(path).text
    found = finds(dpo, path, "rey ana").text
    assert found.count('type="checkbox"') == 2
    assert "Applied for a post, last on 16 November 2026" in found
    assert "Staff · Teaching assistant" in found
    assert "Larsson" not in found
    assert asking.names(asking.applicant, asking.staff) == []
    assert "Ana Reyes, Staff · Teaching assistant" in dpo.get(path).text
    page = dpo.get(f"{path}/gather").text
    assert "How applicants were judged" in page
    assert f"staff records officer for this request, for as long as it takes (records {asking.applicant}" in page
    assert "You may not read" in dpo.get(f"{path}/whole").text
    asking.let_in(DPO, HEAD)
    parts = dpo.get(f"{path}/gather/recruitment.scoring").text
    assert "Xanthe Quillfeather" in parts
    (note,) = re.findall(r'<label class="ts-each" for="([^"]+)">Note<', parts)
    assert errors(dpo.post(f"{path}/gather/recruitment.scoring", **{note: "other_person"}).text) == []
    assert does(asking.head, path, "whole", remarks="Read") == []
    answer = dpo.post(f"{path}/pack", page=f"{path}/whole")
    assert answer.status_code == 303, errors(answer.text)
    href = re.search(r'href="([^"]*pack\.zip[^"]*)"', dpo.get(answer.headers["location"]).text)
    assert href
    pack = ZipFile(BytesIO(dpo.get(href[1]).content))
    told = msgspec.json.decode(pack.read("record.json"))
    assert told["title"] == "Record of Ana Reyes"
    assert "Teaching assistant" in str(told)
    assert "I have led provision" in str(told)
    assert NOTE not in str(told)
    assert "How applicants were judged" in str(told["looks"])
    given = {**day("answered_on", TODAY), "outcome": "part", "words": "All but a remark on somebody else"}
    assert does(dpo, path, "answer", **given) == []


def test_the_head_who_may_sit_on_a_panel_is_told_of_no_applicant(asking: Asking) -> None:
    head, path = asking.head, asking.path
    assert asking.names(asking.applicant) == []
    page = head.get(path).text
    assert "Ana Reyes, Applied" not in page
    assert f"Record {asking.applicant.hex[:8]}" in page
    assert "Gather what is kept" not in page
    for place in ("gather", "gather/recruitment.application", "whole"):
        assert head.get(f"{path}/{place}").status_code == 403
    asking.let_in(HEAD)
    assert "Ana Reyes, Applied" in head.get(path).text
    assert head.get(f"{path}/gather").status_code == 200


def test_a_request_of_nobody_who_is_kept_here_is_read_and_answered_without_a_pack(asking: Asking) -> None:
    assert does(asking.head, asking.path, "read", remarks="Nothing is kept") == []
    given = {**day("answered_on", TODAY), "outcome": "given", "words": "Nothing is kept of you"}
    assert does(asking.dpo, asking.path, "answer", **given) == []


def test_a_staff_records_officer_is_named_by_the_number_of_a_record(asking: Asking) -> None:
    """Whoever looks after accounts need not see who it is."""
    admin, person = asking.house.browser(ADMIN), asking.house.person(DPO)
    page = f"/people/{person}"
    fields = {
        "role": "staff_records_officer",
        "academy": str(asking.house.academy_id()),
        "purpose": "Answers a request",
        **day("until_by", date(2026, 12, 16)),
    }
    wrong = admin.post(page, page=page, upns=str(uuid4()), **fields)
    assert errors(wrong.text) == ["Nobody there has one of these UPNs, or record numbers."]
    right = admin.post(page, page=page, upns=str(asking.applicant), **fields)
    assert errors(right.text) == []
    grants: list[Grant] = [one for one in asking.house.building.grants(person) if one.role == fields["role"]]
    assert [one.named for one in grants] == [{asking.applicant}]
    assert "recruitment.scoring" in grants[0].allows
    assert "recruitment.senco" not in grants[0].allows
    assert "core.people" not in grants[0].allows


def test_a_staff_records_officer_for_one_reads_nobody_else(asking: Asking) -> None:
    house, nelly = asking.house, "nelly@keystone.example"
    allows = house.building.role_allows("staff_records_officer")
    give = Give(
        "staff_records_officer", (house.academy_id(),), allows, "A request", "named", (asking.staff,),
        until_by=date(2026, 12, 1),
    )  # fmt: skip
    house.desk(ADMIN).do(give, house.person(nelly))
    desk = house.desk(nelly, NORTH)
    own, other = (desk.log.stream(key, "core.identity") for key in (asking.staff, house.pupil()))
    assert desk.discloses(own[0])
    assert not desk.discloses(own[0], alone=True)
    assert not desk.discloses(other[0])
    assert not desk.discloses(desk.log.stream(asking.applicant, "recruitment.application")[0])


def test_another_applicant_is_marked(asking: Asking) -> None:
    told = SheetScored(uuid4(), asking.scorer, "sift", (), TODAY, "Weaker than Bo Larsson at interview")
    put(asking.house, asking.applicant, told)
    assert asking.names(asking.applicant) == []
    asking.let_in(DPO)
    parts = asking.dpo.get(f"{asking.path}/gather/recruitment.scoring").text
    assert re.search(r"may name</\w+> [^<]*Larsson", parts)


def test_nobody_reads_gives_out_or_answers_their_own_file(asking: Asking) -> None:
    house, own = asking.house, asking.house.person(HEAD)
    put(house, own, StaffJoined("Head Teacher", "Head", "", TODAY))
    assert asking.names(own) == []
    house.let_in("staff_records_officer", own, named=[own])
    says = "This is about you. Somebody else does it."
    assert says in asking.head.post(f"{asking.path}/whole", remarks="").text
    given = {**day("answered_on", TODAY), "outcome": "refused", "words": "No"}
    assert does(asking.head, asking.path, "answer", **given) == [says]


def test_where_everything_is_left_out_it_is_read_and_answered_without_a_pack(asking: Asking) -> None:
    assert asking.names(asking.staff) == []
    asking.let_in(DPO, HEAD)
    path = f"{asking.path}/gather/core.identity"
    assert errors(asking.dpo.post(f"{path}/all", page=path, code="harm").text) == []
    assert does(asking.head, asking.path, "whole", remarks="Nothing is given") == []
    assert "Make the pack" not in asking.dpo.get(asking.path).text
    assert "Make the pack" not in asking.dpo.get(f"{asking.path}/whole").text
    given = {**day("answered_on", TODAY), "outcome": "refused", "words": "It would harm"}
    assert does(asking.dpo, asking.path, "answer", **given) == []


def test_one_of_two_records_that_is_not_to_be_read_holds_up_the_class(asking: Asking) -> None:
    other = uuid4()
    put(asking.house, other, StaffJoined("Ana Reyes", "Cook", "", TODAY))
    put(asking.house, asking.staff, StaffLeft(TODAY))
    put(asking.house, other, StaffLeft(TODAY))
    assert asking.names(asking.staff, other) == []
    desk, case = asking.house.desk(DPO, NORTH), UUID(asking.path.rpartition("/")[2])
    one = desk.see(request, case)
    assert one is not None
    assert [item.event.position for item in items(desk, one, "core.identity")] == sorted(
        event.position for key in (asking.staff, other) for event in desk.log.stream(key, "core.identity")
    )
    nelly = "nelly@keystone.example"
    asking.house.let_in("staff_records_officer", asking.house.person(nelly), named=[asking.staff])
    (kind,) = kept(asking.house.desk(nelly, NORTH), one)
    assert (kind.entries, kind.readable) == (4, False)
