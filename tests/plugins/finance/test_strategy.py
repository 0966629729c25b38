"""Pages of the inclusion strategy: written row by row, complete, taken away, published."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Exported
from plugins.finance.commands import PublishStrategy
from plugins.finance.facts import StrategyPublished, StrategyWritten
from plugins.finance.views import strategy
from tests.core.house import NORTH, House, HouseMaker, error_links, errors, on
from tests.plugins.finance.budgeted import FINANCE, TODAY, YEAR, desk_of, school, text_of
from tests.plugins.finance.helped import complete, tagged_budget

HERE = f"{FINANCE}/strategy"


@pytest.fixture(scope="module")
def north(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, UUID]:
    """A strategy that is complete and not published; nothing of it is changed."""
    house = school(lambda **more: House(tmp_path_factory.mktemp("north"), house_template, **more))
    return house, written(house)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def written(house: House) -> UUID:
    """A complete version, by the SENCO."""
    version = uuid4()
    desk_of(house, "senco").do(complete(tagged_budget(house)), command_id=version)
    return version


def test_it_is_written_in_rows_without_a_script_and_hears_all_that_it_lacks(house: House) -> None:
    tagged_budget(house)
    senco, write = house.as_role("senco"), f"{HERE}/write?year={YEAR}"
    assert "Nothing is written yet." in text_of(senco.get(HERE).text)
    fresh = senco.get(write).text
    assert fresh.count("<textarea") == 1 + 2 * 7  # a row for each principle to begin with
    assert "Early and evidence-based support: Early and evidence-based support, £2,000.00" in fresh
    typed = {"what-1": "Governors hear of it each term", "principle-1": "leadership", "pence-1": "2,000"}
    more = senco.post(write, more="1", **typed | {"pence-2": "lots"})
    assert (more.status_code, more.text.count("<textarea")) == (200, 1 + 2 * 10)
    assert "Governors hear of it each term" in more.text
    wrong = senco.post(write, **typed | {"pence-2": "lots", "principle-2": "teaching"})
    assert (wrong.status_code, list(error_links(wrong.text))) == (422, ["pence-2"])
    assert 'value="lots"' in wrong.text
    assert list(error_links(senco.post(write).text)) == ["what-1"]
    assert senco.post(write, several_years="true", **typed | {"what-2": "Training"}).status_code == 303
    page = text_of(senco.get(HERE).text)
    for says in (
        "Activity 2 is for none of the principles.",
        "Give the cost of activity 2, or 0 when it costs nothing.",
        "Say what is done for: Adaptive teaching. It may cost nothing.",
        "Enriching provision: £0.00 here, £2,000.00 in the budget.",
        "Say by when it is reviewed",
        "£12,000.00 under the allocation",
        "Due by 31 December 2026",
    ):
        assert says in page, says
    assert "strategy.pdf" not in senco.get(HERE).text
    (version,) = house.recorded(StrategyWritten)
    assert senco.get(f"{HERE}/versions/{version.version}/strategy.pdf").status_code == 404
    head = house.as_role("head")
    assert "publish/" not in head.get(HERE).text
    refused = head.post(f"{HERE}/publish/{version.version}", address="https://n.example/a", **on("published_on", TODAY))
    assert refused.status_code == 422
    assert "Adaptive teaching" in errors(refused.text)[0]
    assert "Enriching provision" in errors(refused.text)[0]


def test_a_complete_one_goes_as_a_page_that_stands_alone_and_as_a_tagged_pdf(north: tuple[House, UUID]) -> None:
    house, version = north
    senco, here = house.as_role("senco"), f"{HERE}/versions/{version}"
    page = text_of(senco.get(HERE).text)
    assert "£14,000.00 the allocation, exactly" in page
    assert "not alike" not in page
    before = len(house.facts(Exported, f"{NORTH}-reads"))
    alone = senco.get(f"{here}/strategy.html")
    assert alone.headers["content-disposition"] == 'attachment; filename="inclusion-strategy.html"'
    assert not re.search(r"<link|<script|src=|href=|/static/|Sign out", alone.text)
    assert '<html lang="en-GB">' in alone.text
    assert alone.text.count("<h1>") == 1
    assert alone.text.count("<h2>") == 7
    assert "Every pupil belongs." in alone.text
    assert "Asked twice a year" in alone.text
    paper = senco.get(f"{here}/strategy.pdf")
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert b"/StructTreeRoot" in paper.content
    assert len(house.facts(Exported, f"{NORTH}-reads")) == before + 2
    assert senco.get(f"{HERE}/versions/{uuid4()}").status_code == 404


def test_it_is_published_by_who_signs_and_its_versions_stand(house: House) -> None:
    version, head, senco = written(house), house.as_role("head"), house.as_role("senco")
    publish = f"{HERE}/publish/{version}"
    assert senco.get(publish).status_code == 403
    assert publish in head.get(HERE).text
    wrong = head.post(publish, address="north.example", **on("published_on", date(2026, 11, 17)))
    assert list(error_links(wrong.text)) == ["address"]
    later = head.post(publish, address="https://north.example/inclusion", **on("published_on", date(2026, 11, 17)))
    assert list(error_links(later.text)) == ["published_on-day"]
    answer = head.post(publish, address="https://north.example/inclusion", **on("published_on", TODAY))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}?year={YEAR}")
    assert len(house.recorded(StrategyPublished)) == 1
    assert "Published on 16 November 2026" in text_of(senco.get(HERE).text)
    write = f"{HERE}/write?year={YEAR}"
    filled = senco.get(write).text
    assert "What we do: adaptive teaching" in filled
    again = senco.post(write, **{"what-1": "Only this", "principle-1": "leadership", "pence-1": "0"})
    assert again.status_code == 303
    old = text_of(senco.get(f"{HERE}/versions/{version}").text)
    assert "This is a version of before." in old
    assert "What we do: adaptive teaching" in old
    assert "https://north.example/inclusion" in text_of(senco.get(HERE).text)


def test_after_its_day_it_is_late_and_stays_late(house: House) -> None:
    version = written(house)
    house.clock.move_to(date(2027, 1, 4))
    page = house.as_role("senco").get(HERE).text
    assert '<span class="ts-t ts-t-late">Due by 31 December 2026</span>' in page
    assert "It was due by 31 December 2026. Publish it now." in text_of(page)
    desk_of(house, "head").do(PublishStrategy(version, "https://north.example/a", date(2027, 1, 4)))
    assert "It was published on 4 January 2027." in text_of(house.as_role("senco").get(HERE).text)
    known = desk_of(house, "head").see(strategy, house.academy_id())
    assert known is not None
    assert known.published_of(YEAR) is not None


@pytest.mark.parametrize("role", ["governor", "class_teacher", "chief_executive"])
def test_a_stranger_is_shown_nothing(north: tuple[House, UUID], role: str) -> None:
    house, version = north
    for path in ("", "/write", f"/versions/{version}", f"/versions/{version}/strategy.pdf", f"/publish/{version}"):
        assert house.as_role(role).get(HERE + path).status_code in (403, 404)


def test_readers_read_and_do_not_write(north: tuple[House, UUID]) -> None:
    house, _ = north
    director = house.as_role("finance_director")
    assert "Write the next version" not in director.get(HERE).text
    assert director.get(f"{HERE}/write").status_code == 403
