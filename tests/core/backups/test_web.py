"""The page of backups: what was done, and in red what was not."""

from datetime import timedelta
from uuid import uuid4

from core.backups.facts import BackupMade, DrillHeld
from events import Fact, New
from tests.core.house import House


def record(house: House, *facts: Fact) -> None:
    desk = house.desk()
    desk.record([New(desk.here, fact) for fact in facts], command_id=uuid4())


def test_before_the_first_both_are_missing(house: House) -> None:
    text = house.as_role("send_director").get("/audit/backups").text
    assert "No backup was ever made: run tallystick backup" in text
    assert "No drill was ever held" in text
    assert text.count("Left undone") == 2  # one banner: its name and its heading


def test_what_was_done_is_told_newest_first(house: House) -> None:
    today = house.building.today
    record(house, BackupMade(today - timedelta(days=1), "tallystick-1", 1204, 0))
    record(house, DrillHeld(today, "tallystick-1", ok=True, entries=930, seconds=12))
    text = house.as_role("send_director").get("/audit/backups").text
    assert "Left undone" not in text
    assert "1,204 rows" in text
    assert "930 entries back in 12 seconds" in text
    assert text.index("Drill held with the backup tallystick-1") < text.index("Backup made: tallystick-1")
    assert "35 days" in text


def test_a_drill_that_failed_is_red(house: House) -> None:
    today = house.building.today
    record(house, BackupMade(today, "tallystick-1", 1204, 0))
    record(house, DrillHeld(today, "tallystick-1", ok=False, entries=0, seconds=1, wrong="The file is cut short."))
    text = house.as_role("send_director").get("/audit/backups").text
    assert "The last drill found something wrong" in text
    assert "Wrong: The file is cut short." in text
    assert "found wrong" in text


def test_the_trail_leads_there_and_who_may_not_read_it_is_turned_away(house: House) -> None:
    assert 'href="/audit/backups"' in house.as_role("send_director").get("/audit").text
    assert house.as_role("identity_admin").get("/audit/backups").status_code == 403
