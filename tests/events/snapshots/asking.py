"""What a log can be asked, and the log the snapshots tests ask."""

from itertools import product
from typing import Any
from uuid import UUID, uuid4

from events import Log, Store, Stream
from tests.events.home import (
    ANN,
    BEN,
    SENCO,
    VIEWS,
)
from tests.events.test_folds import DAYS

ANNS, BENS, MONEY = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes"), Stream(ANN, "tests.money")
FAULT = "the snapshot of a stream up to here is not as it was written"


def says(log: Log, people: tuple[UUID, ...], moments: tuple[Any, ...] = (None,)) -> dict[Any, Any]:
    """What a log can be asked of its views and its trail."""
    size = log.refresh()
    index = log.index
    found: dict[Any, Any] = {"size": size, "instants": list(index.recorded_us), "length": len(index)}
    for view, as_at, known_at in product(VIEWS, (None, DAYS[2]), moments):
        found[view, as_at, known_at] = log.see_all(view, as_at=as_at, known_at=known_at)
    for who, view in product(people, VIEWS):
        stream = Stream(who, view.record)
        found[who, view] = log.see(view, who), log.count(stream), index.unfound({view.record: [who]})
        found[stream] = [log.moved_since(stream, at) for at in range(size + 1)]
    for whom, kind, day in product((None, *people), ("", "tests.noted", "tests.moved"), (None, DAYS[2])):
        found[whom, kind, day] = list(index.newest_first(subject=whom, kind_prefix=kind, from_on=day))
    found["by"] = list(index.newest_first(actor=SENCO.by)), list(index.newest_first(actor=uuid4()))
    found["columns"] = index.columns(Stream(who, view.record) for who, view in product(people, VIEWS))
    return found


def replayed(store: Store, name: str = "139204") -> Log:
    """A reading that has nothing to start from."""
    log = store.reopen(name)
    log.snapshots.drop()
    log.refresh()
    return log
