"""The building: the databases, the logs, the plugins and the trust, put together once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from typing import Any, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from core import academies, accounts, backups, disposal, looking, outside, roll, signing_in
from core.academies.facts import AcademyAdded, TrustNamed
from core.academies.views import Academy, PluginOn, academy, plugins_on, trust_name
from core.accounts.views import Grant, Person, conflicts, grants, person
from core.deskstore import STEPS as DESK_STEPS
from core.deskstore import DeskStore
from core.errors import WillNotStart
from core.manifest import Manifest
from core.periods import london_today
from core.plugins import Plugins
from core.settings import Settings
from events import Actor, Database, Log, New, NotReady, Store, Tampered
from events.halves import TRUST
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from events.store import now_us

T = TypeVar("T")
_log = structlog.get_logger()
_GROWN_MUCH, _GROWN_SOME = 1000, 100
"""Entries the next start would have to read: so many are worth keeping snapshots for while serving, and at the end."""


def rooms() -> list[Manifest]:
    """The core's own rooms, which are never switched off."""
    abouts = (academies, accounts, signing_in, looking, roll, outside, disposal, backups)
    return [room.about() for room in abouts]


def prepare(settings: Settings) -> None:
    """Makes the home folder and brings both databases up to the newest tables; harmless when they are."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for url, steps in ((settings.database, (LOG_STEPS, DESK_STEPS)), (settings.keys, (KEY_STEPS,))):
        database = Database(url)
        try:
            upgrade(database, *steps)
        finally:
            database.close()


class Building:
    """Everything the pages, the API and the command line stand on; one for each process.

    Args:
        clock: Microseconds since 1970 UTC; only tests and the made-up trust pass another.
        serving: Whether this process is the server.
        found: Entry points of plugins; those installed, unless a test gives its own.

    Raises:
        WillNotStart, NotReady: The installation is not as it must be; the message says how to mend it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], int] = now_us,
        serving: bool = True,
        found: Iterable[EntryPoint] | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.plugins = Plugins(settings.plugins, rooms(), found)
        catalog = self.plugins.catalog()
        holder = settings.holder()
        database = Database(settings.database, serving=serving)
        self.store = Store(
            database, Database(settings.keys, serving=serving), holder, catalog, host=settings.host, clock=clock
        )
        self.desk_store = DeskStore(database, self.store.keys.desk_key(), lambda: clock() / 1e6, settings.argon2)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._soon = ThreadPoolExecutor(2, "soon")
        self._underway: set[Future[object]] = set()
        self._kept: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}

    # The trust

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock() / 1e6, UTC)

    @property
    def today(self) -> date:
        """The date in London."""
        return london_today(self.now)

    @property
    def trust(self) -> Log:
        """The trust's own log, brought up to date.

        Raises:
            WillNotStart: There is no trust here yet.
        """
        try:
            log = self.store.log(TRUST)
        except KeyError:
            raise WillNotStart("There is no trust here yet. Run: tallystick init") from None
        log.refresh()
        return log

    @property
    def trust_id(self) -> UUID:
        return UUID(bytes=self.store.log(TRUST).id)

    @property
    def trust_name(self) -> str:
        return self.trust.see(trust_name, self.trust_id) or "The trust"

    def found_trust(self, name: str, command_id: UUID, founder: UUID) -> None:
        """Makes the trust's two logs and names it; finishes what a crash left undone."""
        log = self.store.create(TRUST)
        self.store.create(f"{TRUST}-reads")
        fact = TrustNamed(name, self.today)
        log.append([New(self.trust_id, fact)], command_id=command_id, actor=Actor(founder, "operator"))

    def academies(self) -> dict[UUID, Academy]:
        """Every academy of the trust, by name."""
        found = self.trust.see_all(academy)
        return dict(sorted(found.items(), key=lambda item: item[1].name))

    def academy(self, urn: str) -> tuple[UUID, Academy] | None:
        return next(((key, one) for key, one in self.academies().items() if one.urn == urn), None)

    def academy_log(self, one: Academy) -> Log:
        """An academy's log, brought up to date."""
        log = self.store.log(one.log_name)
        log.refresh()
        return log

    def reads_log(self, one: Academy | None) -> Log:
        """The log of who looked, of an academy or of the trust's centre."""
        return self.store.log(f"{one.log_name if one else TRUST}-reads")

    def new_academy(self, urn: str, name: str, laestab: str, phase: str, authority: str) -> New:
        """Makes an academy's two logs; the fact that it joined is for the trust's log."""
        records = self.store.create(urn)
        reads = self.store.create(f"{urn}-reads")
        fact = AcademyAdded(urn, name, laestab, phase, authority, UUID(bytes=reads.id), self.today)  # type: ignore[arg-type]
        return New(UUID(bytes=records.id), fact)

    def plugins_on(self, academy_id: UUID, log: Log) -> dict[str, PluginOn]:
        """Those on at an academy and installed here, in the order of the settings."""
        on = log.see(plugins_on, academy_id) or {}
        return {name: on[name] for name in self.plugins.manifests if name in on}

    # People

    def people(self) -> dict[UUID, Person]:
        return self.trust.see_all(person)

    def person(self, person_id: UUID) -> Person | None:
        return self.trust.see(person, person_id)

    def person_by_email(self, email: str) -> tuple[UUID, Person] | None:
        wanted = email.strip().casefold()
        return next(((key, one) for key, one in self.people().items() if one.email.casefold() == wanted), None)

    def grants(self, person_id: UUID) -> list[Grant]:
        return list((self.trust.see(grants, person_id) or {}).values())

    def reads_restricted(self, person_id: UUID) -> bool:
        """Whether any grant they hold today, anywhere, opens a record whose every reading is recorded."""
        restricted = self.plugins.restricted
        held = (one for one in self.grants(person_id) if one.runs(self.today))
        return any(actions and record in restricted for one in held for record, actions in one.opens.items())

    def needs_second_factor(self, person_id: UUID) -> bool:
        """Whether their password alone opens nothing here."""
        return self.settings.second_factor == "required" and self.reads_restricted(person_id)

    def conflicts(self, person_id: UUID) -> Mapping[UUID, date]:
        """Pupils of whom this person opens nothing, whatever was granted; since when."""
        return self.trust.see(conflicts, person_id) or {}

    def has_centre(self, person_id: UUID) -> bool:
        """Whether they hold anything at the trust's centre."""
        return any(grant.covers(None, self.today) for grant in self.grants(person_id))

    def first_page(self, person_id: UUID) -> str:
        """Where someone's work begins: the centre, or the first academy they hold something at."""
        held = [grant for grant in self.grants(person_id) if grant.covers(None, self.today)]
        if held and not any("read" in grant.allows.get("core.running", ()) for grant in held):
            return "/people"
        if not held:
            for key, one in self.academies().items():
                if any(grant.covers(key, self.today) for grant in self.grants(person_id)):
                    return f"/{one.urn}"
        return "/"

    # Running

    def keep_signed(self, seconds: float = 30) -> None:
        """Signs every log that has grown, now and then, until `close`; keeps snapshots of what has grown much."""

        def sign() -> None:
            self.store.sign_all()
            self.store.keep_snapshots(_GROWN_MUCH)

        self.every("signer", seconds, sign)

    def soon(self, name: str, work: Callable[[], object]) -> None:
        """Does something once, beside, so that whoever asked need not wait and cannot tell by the time it takes what
        was done; what fails is logged."""

        def ended(future: Future[object]) -> None:
            if error := future.exception():
                _log.error("work_failed", work=name, error=type(error.__cause__ or error).__name__)
            self._underway.discard(future)

        future = self._soon.submit(work)
        self._underway.add(future)
        future.add_done_callback(ended)

    def settle(self) -> None:
        """Waits until nothing that was to be done soon is left."""
        while self._underway:
            wait([*self._underway])

    def every(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        """Does something again and again until `close`, in a thread of its own; what stops it once is logged."""

        def run() -> None:
            while not self._stop.wait(seconds):
                try:
                    work()
                except (Tampered, NotReady, DBAPIError) as error:
                    _log.error("round_failed", work=name, error=type(error).__name__)

        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def kept(self, what: tuple[object, ...], told_at: tuple[object, ...], make: Callable[[], T]) -> T:
        """A value told from the logs, kept until it is told at another position or day; of each, the newest only."""
        held = self._kept.get(what)
        if held is None or held[0] != told_at:
            held = self._kept[what] = (told_at, make())
        found: T = held[1]
        return found

    def let_go(self, academy_id: UUID) -> None:
        """Drops what was told from an academy's log, and files on their way from those who work there: a key of that
        log was destroyed, and some of it may say the same."""
        self._kept.clear()
        here = [key for key in self.people() if any(one.covers(academy_id, self.today) for one in self.grants(key))]
        self.desk_store.drop_uploads_of(here)

    def close(self) -> None:
        """Answers what waits, signs what has grown and keeps snapshots of it, lets go of the databases.

        Raises:
            Tampered: A log is doubtful.
        """
        self._stop.set()
        self.settle()
        self._soon.shutdown()
        for thread in self._threads:
            thread.join()
        try:
            if all(appender.doubt is None for appender in self.store.appenders):
                self.store.sign_all()
                self.store.keep_snapshots(_GROWN_SOME)
        finally:
            self.store.close()
