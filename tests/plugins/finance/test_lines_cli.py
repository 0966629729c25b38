"""The command line of the SEN budget: the statement, and the import with the answer its pages give."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from core.accounts.facts import Exported
from core.cli.asking import Line
from core.errors import NotAllowed, NotFound, Refused
from plugins.finance.facts import LedgerTaken, Posted
from plugins.finance.lines import command_line
from tests.core.house import NORTH, SOUTH, House, HouseMaker, email_of
from tests.plugins.finance.budgeted import STAFF, THERAPY, budget, known_of, school

HEADING = "Date,Cost Centre,Nominal Code,Fund,Net\n"
ROWS = "31/10/2026,SEN,BAE030,core,4000.00\n31/10/2026,SEN,BAE040,core,12.00\n"


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def run(house: House, *args: str, role: str = "business_manager", urn: str = NORTH) -> Result:
    """One run in the house, by someone of a role; raises what it was refused with."""
    line = Line({"TALLYSTICK_HOME": str(house.home)}, email_of(role, urn))
    line._building = house.building
    return CliRunner().invoke(command_line(), args, obj=line, catch_exceptions=False)


def args(tmp_path: Path, content: str | bytes = HEADING + ROWS) -> tuple[str, ...]:
    path = tmp_path / "postings.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return ("import", str(path), "--academy", NORTH)


def code_of(house: House, *given: str) -> str:
    with pytest.raises(Refused) as refused:
        run(house, *given)
    return str(refused.value.code)


def test_the_statement_tells_each_line_and_that_it_was_taken(autumn: tuple[House, dict[str, UUID]]) -> None:
    house, _ = autumn
    said = run(house, "statement", "--academy", NORTH).output
    assert "Teaching assistants: £48,000.00, ends at £54,270.00 (red)\n" in said
    assert said.endswith("5 lines.\n")
    told = json.loads(run(house, "statement", "--academy", NORTH, "--json").output)
    assert (told[0]["line"], told[0]["outturn variance"]) == ("Teaching assistants", "-£6,270.00")
    exported = [event.fact for event in house.facts(Exported, f"{NORTH}-reads")]
    assert [(fact.what, fact.rows) for fact in exported][-2:] == [  # type: ignore[union-attr]
        ("Monthly statement on the command line", 5)
    ] * 2


def test_one_line_is_a_line(house: House) -> None:
    budget(house, STAFF)
    assert run(house, "statement", "--academy", NORTH).output.endswith("\n1 line.\n")


def test_the_lines_are_for_those_who_may_and_where_the_plugin_is_on(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        run(house, "statement", "--academy", NORTH, role="class_teacher")
    for role in ("senco", "head", "governor"):
        with pytest.raises(NotAllowed):
            run(house, *args(tmp_path), role=role)
    house.switch(SOUTH, on=False, plugin="finance")
    with pytest.raises(NotFound):
        run(house, "statement", "--academy", SOUTH, urn=SOUTH)


def test_an_import_records_nothing_without_confirm_and_all_of_it_with(house: House, tmp_path: Path) -> None:
    budget(house, STAFF, THERAPY)
    given = (*args(tmp_path), "--control", "4012")
    told = json.loads(run(house, *given, "--json").output)
    doubt = "No budget line has this fund, code and cost centre: it counts on none until one has."
    assert told == {
        "rows": 2,
        "postings": 2,
        "net_pence": 4_012_00,
        "control_pence": 4_012_00,
        "on_no_line": 1,
        "elsewhere": 0,
        "refused": [],
        "doubtful": [{"line": 3, "why": doubt}],
        "recorded": False,
    }
    said = run(house, *given).output
    assert said == f"look at, line 3: {doubt}\n2 postings, £4,012.00 net. Nothing was recorded.\n"
    assert not known_of(house).posted
    assert run(house, *given, "--confirm").output.endswith("2 postings, £4,012.00 net. Recorded.\n")
    assert (len(house.facts(LedgerTaken)), len(house.facts(Posted))) == (1, 2)
    assert "line 2: A posting like this was taken over before." in run(house, *given).output
    assert code_of(house, *given, "--confirm") == "no_change"
    assert len(house.facts(Posted)) == 2


def test_an_import_with_a_refused_row_or_another_total_records_nothing(house: House, tmp_path: Path) -> None:
    budget(house)
    given = args(tmp_path, HEADING + "31/10/2026,SEN,BAE030,core,1.00\n31/10/2026,SEN,BAE030,nobody,1.00\n")
    said = run(house, *given).output
    assert "refused, line 3: Fund is no fund that pays. Correct it.\n1 posting, £1.00 net." in said
    assert code_of(house, *given, "--confirm") == "refused_rows"
    given = (*args(tmp_path), "--control", "4,012.01")
    assert "The ledger says £4,012.01; these rows come to £4,012.00.\n" in run(house, *given).output
    assert code_of(house, *given, "--confirm") == "unreconciled"
    assert house.facts(LedgerTaken) == []


def test_rows_of_other_academies_are_told_and_passed_over(house: House, tmp_path: Path) -> None:
    rows = "31/10/2026,SEN,BAE030,core,1.00,Elsewhere\n"
    said = run(house, *args(tmp_path, f"{HEADING.strip()},School\n{rows}")).output
    assert said == "1 row of other academies passed over.\n0 postings, £0.00 net. Nothing was recorded.\n"


@pytest.mark.parametrize(
    ("content", "control", "code"), [(b"%PDF-1", "", "unreadable"), (HEADING + ROWS, "lots", "no_amount")]
)
def test_what_is_no_list_is_refused(
    house: House, tmp_path: Path, content: str | bytes, control: str, code: str
) -> None:
    assert code_of(house, *args(tmp_path, content), "--control", control) == code
