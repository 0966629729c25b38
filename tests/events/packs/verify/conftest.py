"""The true pack, which the tests change."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from events.packs import Disclosed
from tests.events.home import BEN, Home, note
from tests.events.packs.packing import WHY, erase, events_of, packed, told
from tests.events.packs.verify.forging import Sound


@pytest.fixture(scope="package")
def true(sqlite_urls: Callable[[Path], list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    """Proofs 1 and 8 to 10 are the log's own; 2 to 6 and 11 Ann's, and 4 withholds part 3; 7 is Ben's, and erased."""
    home = Home(*sqlite_urls(tmp_path_factory.mktemp("packs") / "home"))
    store = home.store()
    log = store.create("139204")
    told(store, log)
    old_key = str(log.keys.signing.signers(log.origin)[0].key)
    chosen = [*events_of(log), *events_of(log, BEN)]
    chosen[2] = Disclosed(chosen[2].event_id, {3: WHY})
    erase(log, BEN)
    store.add_signer(log)
    store.retire_signers(log)
    note(log, "after the keys changed")
    chosen.append(events_of(log)[-1])
    halves = [row[0] for row in home.attack("SELECT note FROM checkpoints ORDER BY size")]
    elsewhere = store.create("139205")
    told(store, elsewhere)
    other, _ = packed(store, elsewhere, events_of(elsewhere))
    raw, key = packed(store, log, chosen, since=halves[:-1])
    yield Sound(raw, key, log.keys.signing.signers(log.origin)[0], halves, old_key, other)
    home.close()
