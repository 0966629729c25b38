"""The command line of exams: the list, and the import with the answer its pages give."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.accounts.facts import Exported
from core.cli.asking import Line
from core.errors import NotAllowed, NotFound, Refused
from plugins.exams.facts import EntryMade, PaperSet
from plugins.exams.lines import command_line
from tests.core.house import NORTH, SOUTH, House, email_of

from .candidates import told
from .timetables import CENTRE, agreed, approved, row, timetable, year_11


def run(house: House, *args: str, role: str = "exams_officer", urn: str = NORTH) -> Result:
    """One run in the house, by someone of a role; raises what it was refused with."""
    line = Line({"TALLYSTICK_HOME": str(house.home)}, email_of(role, urn))
    line._building = house.building
    return CliRunner().invoke(command_line(), args, obj=line, catch_exceptions=False)


def file(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "timetable.csv"
    path.write_bytes(timetable(*rows))
    return str(path)


def told_by(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.output)
    return found


def test_the_list_tells_codes_and_states_and_that_it_was_taken(house: House) -> None:
    first, _ = year_11(house)
    told(house, first, *approved("ET25", date(2026, 9, 1), percent=25), agreed("WP"))
    said = run(house, "list", "--academy", NORTH).output
    assert "): ET25, approved" in said
    assert said.endswith("2 arrangements.\n")
    listed = json.loads(run(house, "list", "--academy", NORTH, "--json").output)
    assert [(one["code"], one["until"]) for one in listed] == [("ET25", "2028-11-01"), ("WP", None)]
    assert [fact.rows for fact in house.recorded(Exported, f"{NORTH}-reads")] == [2, 2]


def test_the_list_is_for_those_who_may_read_it_where_exams_are_on(house: House) -> None:
    with pytest.raises(NotAllowed):
        run(house, "list", "--academy", NORTH, role="business_manager")
    with pytest.raises(NotFound):
        run(house, "list", "--academy", SOUTH, role="senco", urn=SOUTH)


def test_an_import_records_nothing_without_confirm_and_all_of_it_with(house: House, tmp_path: Path) -> None:
    year_11(house)
    args = ("import", file(tmp_path, row(1), row(2)), "--academy", NORTH, "--centre", CENTRE)
    said = run(house, *args).output
    assert "2 rows: 1 new papers, 0 changed papers, 2 new candidates, 0 numbers that change, 2 new entries." in said
    assert "Add --confirm to record it." in said
    assert house.facts(EntryMade) == []
    assert "Recorded: 5 entries of the log, all together." in run(house, *args, "--confirm").output
    assert len(house.facts(EntryMade)) == 2
    assert "Everything is recorded already." in run(house, *args, "--confirm").output
    assert len(house.facts(PaperSet)) == 1


def test_an_import_with_a_refused_row_records_nothing_and_says_which(house: House, tmp_path: Path) -> None:
    year_11(house)
    args = ("import", file(tmp_path, row(1), row(2, minutes="0")), "--academy", NORTH, "--centre", CENTRE)
    answer = run(house, *args, "--json")
    assert told_by(answer)["findings"] == [
        {
            "line": 3,
            "record": 2,
            "why": "Minutes is not a whole number of minutes from 1 to 600. Correct it.",
            "field": "minutes",
            "code": "no_minutes",
            "level": "error",
        }
    ]
    assert "refused, line 3 (record 2): Minutes is not" in run(house, *args).output
    with pytest.raises(Refused, match="Nothing was recorded"):
        run(house, *args, "--confirm")
    assert house.facts(EntryMade) == []


@pytest.mark.parametrize(
    ("content", "centre", "code"), [(b"%PDF-1", CENTRE, "unreadable"), (b"x", "12", "centre_number")]
)
def test_what_is_no_timetable_is_refused(house: House, tmp_path: Path, content: bytes, centre: str, code: str) -> None:
    path = tmp_path / "timetable.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        run(house, "import", str(path), "--academy", NORTH, "--centre", centre)
    assert refused.value.code == code


def test_who_may_not_write_entries_may_not_compare_a_timetable(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        run(
            house, "import", file(tmp_path, row(1)), "--academy", NORTH, "--centre", CENTRE,
            role="head",
        )  # fmt: skip
