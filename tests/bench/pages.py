"""Pages and imports of a trust of forty academies, by uvicorn over loopback, on SQLite with every commit synced."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from core.accounts.facts import ConflictNamed
from core.building import Building
from core.ids import uuid7
from core.roll.views import pupil
from events import Actor, New
from tests.bench.made_up import ON_REGISTER, PUPILS, add_academy, census, open_trust
from tests.bench.measuring import Row, memory, row, telling, timed
from tests.bench.serving import Client, serving

ACADEMIES = 40
_NEW = 90  # number of the academy that joins empty
_ROWS = 5000


def run(home: Path) -> Iterator[Row]:
    """Every row about pages, memory, loading and imports."""
    with telling(f"making {ACADEMIES} academies of {PUPILS:,} pupils"):
        building = open_trust(home)
        urns = [add_academy(building, number) for number in range(ACADEMIES)]
        kept_from = _close_to_one(building, urns[7])
        building.close()
    yield from _loading(building, urns)
    with serving(home) as (client, pid):
        client.sign_in()
        with telling("pages"):
            yield from _pages(client, urns)
            yield from _hidden(client, f"/{urns[7]}/pupils", kept_from)
        now, most = memory(pid)
        yield Row(
            f"memory of the server, {ACADEMIES} academies loaded",
            f"{now:,.0f} MB",
            f"{most:,.0f} MB (at the most)",
            "1",
            f"600 MB: {'met' if most < 600 else '**missed**'}",
        )
        with telling("imports"):
            beside = Building(building.settings, serving=False)
            urn = add_academy(beside, _NEW, pupils=0)
            beside.close()
            client.get("/")
            yield from _imports(client, urn)
        now, most = memory(pid)
        yield Row("memory of the server after the imports", f"{now:,.0f} MB", f"{most:,.0f} MB (at the most)", "1")
    shutil.rmtree(home)


def _loading(building: Building, urns: list[str]) -> Iterator[Row]:
    """Replays each academy's log from its first entry, in this process."""
    with telling("cold load"):
        fresh = Building(building.settings)
        academies = {one.urn: one for one in fresh.academies().values()}
        seconds, sizes = [], []
        for urn in urns:
            seconds += timed(lambda urn=urn: fresh.academy_log(academies[urn]))  # type: ignore[misc]
            sizes.append(fresh.store.log(urn).refresh())
        fresh.close()
    size = sum(sizes) // len(sizes)
    yield row(f"cold load of one academy: {size:,} entries replayed", seconds, "ms", facts=size)


def _pages(client: Client, urns: list[str]) -> Iterator[Row]:
    yield row("first trust page after a start: every log replayed", timed(lambda: client.get("/")), "s")
    for urn in urns:
        if f"1 to 50 of {ON_REGISTER}" not in client.get(f"/{urn}/register"):
            raise RuntimeError("this is not the register that was made")
    base = f"/{urns[7]}"
    one = re.findall(rf'href="({base}/pupils/[0-9a-f-]+)"', client.get(f"{base}/register"))[0]
    for what, path, times, most in (
        (f"register page: {PUPILS:,} pupils, {ON_REGISTER} on the register", f"{base}/register", 400, 50),
        ("register page, by review due, last page", f"{base}/register?sort=review&page=5", 200, 50),
        (f"trust page: {ACADEMIES} academies", "/", 200, 100),
        ("academy page: what needs doing", base, 200, 0),
        ("list of pupils", f"{base}/pupils", 200, 0),
        ("one pupil's page", one, 200, 0),
        ("register as at last census day", f"{base}/register?as_at=2026-01-15", 20, 0),
    ):
        timed(lambda path=path: client.get(path), 10)  # type: ignore[misc]
        yield row(what, timed(lambda path=path: client.get(path), times), most=most)  # type: ignore[misc]


def _close_to_one(building: Building, urn: str) -> UUID:
    """Whoever is measured is close to one pupil there, and so opens nothing of theirs; who it is."""
    academies = {one.urn: one for one in building.academies().values()}
    pupil_id = max(building.academy_log(academies[urn]).see_all(pupil))
    reader = next(iter(building.people()))
    fact = New(reader, ConflictNamed(pupil_id, building.today, "Their child"))
    building.trust.append([fact], command_id=uuid7(building.clock()), actor=Actor(reader, "Operator", "bench"))
    return pupil_id


def _hidden(client: Client, base: str, kept_from: UUID) -> Iterator[Row]:
    """A child's page that is not theirs to open, and one of nobody, turn about: neither time nor size may tell."""
    paths = [f"{base}/{kept_from}", f"{base}/{uuid4()}"]
    if len({len(client.refused(path)) for path in paths}) > 1:
        raise RuntimeError("a hidden child and nobody are told apart by the size of the page")
    turns = [[*map(lambda path: timed(lambda: client.refused(path))[0], paths)] for _ in range(600)]
    for what, seconds in zip(
        ("a child they may not know of", "nobody, turn about"), zip(*turns, strict=True), strict=True
    ):
        yield row(f"the page of {what}", seconds)


def _imports(client: Client, urn: str) -> Iterator[Row]:
    base = f"/{urn}/import"
    mapping = client.upload(base, client.get(base), "census.csv", census(_NEW, _ROWS))

    def preview(mapping: str) -> str:
        page = client.get(mapping)
        chosen = re.findall(r'<select[^>]* name="(column_\d+)".*?</select>', page, re.DOTALL)
        values = re.findall(r'<select[^>]* name="column_\d+".*?<option value="(\w*)" selected', page, re.DOTALL)
        return client.post(mapping, page, **dict(zip(chosen, values, strict=True)), whole="whole")

    def previews(mapping: str) -> tuple[list[float], str]:
        pages: list[str] = []
        seconds = timed(lambda: pages.append(client.finished(preview(mapping))), 5)
        return seconds, pages[-1]

    new, shown = previews(mapping)
    told = re.search(r'name="previewed" value="(\w+)"', shown)
    if told is None:
        raise RuntimeError(f"this is no preview: {shown[-2000:]}")
    yield row(f"preview of {_ROWS:,} rows, all new", new, "s", most=5)
    recorded = timed(lambda: client.finished(client.post(f"{mapping}/confirm", shown, previewed=told[1])))
    yield row(f"confirm of the same: {_entries(shown):,} facts in one command", recorded, "s", facts=_entries(shown))
    again = client.upload(base, client.get(base), "census.csv", census(_NEW, _ROWS, moved=500))
    changed, shown = previews(again)
    if _entries(shown) != 500:
        raise RuntimeError("the second preview is not of 500 changes")
    yield row(f"preview of {_ROWS:,} rows, 500 changed", changed, "s", most=5)


def _entries(preview: str) -> int:
    told = re.search(r"Record ([\d,]+) entr", preview)
    return int(told[1].replace(",", "")) if told else 0
