"""`tallystick pack`: the same pack as the page makes, under the same grants."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from events.packs import verify
from tests.core.cli.test_cli import PASSWORD, URN, home, imported, run, template

__all__ = ["home", "template"]  # fixtures

DPO = ["--as", "dee@keystone.example"]


@pytest.fixture
def pupils(home: Path) -> Path:
    """With a roll, and a data protection officer who was granted what a SENCO may read."""
    imported(home, "roll-census-style.csv", "--confirm")
    run(home, "user", "add", "--name", "Dee", "--email", DPO[1], "--password", PASSWORD)
    for role, where in (("dpo", []), ("senco", ["--academy", URN])):
        assert run(home, "grant", "give", DPO[1], "--role", role, *where, "--purpose", "A request").code == 0
    return home


def made(home: Path, *given: str) -> tuple[dict[str, Any], bytes]:
    answer = run(home, *DPO, "pack", "--academy", URN, "--purpose", "Ofsted", "--json", *given)
    assert answer.code == 0, answer.err
    return answer.json, Path(answer.json["file"]).read_bytes()


def test_a_pack_of_a_pupil_is_written_and_proves(pupils: Path, tmp_path: Path) -> None:
    upn = run(pupils, *DPO, "register", "list", "--academy", URN, "--json").json[0]["upn"]
    out = str(tmp_path / "one.zip")
    said, raw = made(pupils, "--pupil", upn, "--withhold-by", "other_person", "--out", out)
    report = verify.check(raw, [verify.read_key(said["keys"][0])], [])
    assert (report["answer"], report["wrong"]) == ("proved", [])
    assert said["entries"] == len(report["entries"]) - 1
    assert all(one["withheld"] for one in report["entries"][1:])
    half = tmp_path / "half.txt"
    half.write_text(run(pupils, "checkpoint", "--json").json[URN])
    _, again = made(pupils, "--pupil", upn, "--since", str(half), "--out", out)
    assert verify.check(again, [], verify.read_held(half))["answer"] == "proved"


def test_single_parts_are_withheld_by_their_number(pupils: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "some.zip")
    _, raw = made(pupils, "--plugin", "register", "--out", out)
    first = next(one for one in verify.check(raw, [], [])["entries"] if one["kind"] == "register.placed/1")
    part = str(UUID(first["event"]))
    _, raw = made(pupils, "--entry", part, "--withhold", f"{part}.2=confidence", "--out", out)
    shown = verify.check(raw, [], [])["entries"]
    assert [one["withheld"] for one in shown if one["event"] == first["event"]] == [
        [{"part": 2, "why": "It was given in confidence."}]
    ]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "This has not been granted."),
        ([*DPO, "--withhold", "x.2=because"], "'because' is no reason."),
        ([*DPO, "--withhold", "x.2=harm"], "No part of these entries is called x.2."),
        ([*DPO, "--pupil", "Z0000000000000"], "There is nothing there, or nothing that has been granted."),
        ([*DPO, "--plugin", "nothing"], "Nothing was recorded that fits, and that you may show."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    pupils: Path, tmp_path: Path, given: list[str], says: str
) -> None:
    as_whom, asked = (given[:2], given[2:]) if given[:1] == DPO[:1] else ([], given)
    out = tmp_path / "none.zip"
    answer = run(pupils, *as_whom, "pack", "--academy", URN, "--purpose", "Ofsted", *asked, "--out", str(out))
    assert answer.code == 1
    assert says in answer.err
    assert not out.exists()
