"""The trust: its databases and logs, its academies and its people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from uuid import UUID

from core import academies, accounts, backups, disposal, looking, outside, processing, requests, roll, signing_in
from core.academies.facts import AcademyAdded, Phase, TrustNamed
from core.academies.views import Academy, PluginOn, academy, plugins_on, trust_name
from core.accounts.roles import ADMINISTERS, ROLES, allowed
from core.accounts.views import GLASS, Grant, Person, RolesEdited, conflicts, grants, person, roles_edited
from core.deskstore import DeskStore
from core.errors import WillNotStart
from core.manifest import Manifest
from core.periods import london_today
from core.plugins import Plugins
from core.settings import Settings
from events import Actor, Database, Log, New, Store
from events.halves import TRUST


def rooms() -> list[Manifest]:
    """The core's own rooms, which are never switched off."""
    abouts = (academies, accounts, signing_in, looking, roll, outside, disposal, requests, processing, backups)
    return [room.about() for room in abouts]


class Trust:
    """The databases, the logs and the plugins, put together, and what the trust's own log says.

    Args:
        clock: Microseconds since 1970 UTC; only tests and the made-up trust pass another.
        serving: Whether this process is the server.
        found: Entry points of plugins; those installed, unless a test gives its own.

    Raises:
        WillNotStart, NotReady: The installation is not as it must be; the message says how to mend it.
    """

    def __init__(
        self, settings: Settings, clock: Callable[[], int], *, serving: bool, found: Iterable[EntryPoint] | None
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

    def new_academy(self, urn: str, name: str, laestab: str, phase: Phase, authority: str) -> New:
        """Makes an academy's two logs; the fact that it joined is for the trust's log."""
        records = self.store.create(urn)
        reads = self.store.create(f"{urn}-reads")
        fact = AcademyAdded(urn, name, laestab, phase, authority, UUID(bytes=reads.id), self.today)
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

    def known_of(self, name: str, email: str) -> list[str]:
        """What anyone knows of whoever signs in here: no password is made of it."""
        return [name, email, self.trust_name, *(one.name for one in self.academies().values())]

    def grants(self, person_id: UUID) -> list[Grant]:
        return list((self.trust.see(grants, person_id) or {}).values())

    def every_grant(self) -> dict[UUID, list[Grant]]:
        """Everyone's, read at once: for pages that tell of all."""
        return {key: list(held.values()) for key, held in self.trust.see_all(grants).items()}

    def in_force(self, person_id: UUID) -> list[Grant]:
        """Those of their grants that count now; what was lent, while its lender holds it there themselves."""
        return self.counting(self.grants(person_id))

    def counting(self, held: Iterable[Grant]) -> list[Grant]:
        """Those of these grants that count now."""
        now = self.now
        return [one for one in held if one.runs(now) and self._stands(one)]

    def _stands(self, grant: Grant) -> bool:
        if grant.lead is None:
            return True
        lender = self.person(grant.lead)
        if lender is None or lender.left_on is not None:
            return False
        own = [
            one
            for one in self.grants(grant.lead)
            if one.lead is None and one.role != GLASS and one.subjects == "all" and one.runs(self.now)
        ]
        return all(
            any(not one.academies or where in one.academies for one in own if words <= one.allows.get(record, set()))
            for where in grant.academies
            for record, words in grant.allows.items()
            if record != "core.running"
        )

    def role_allows(self, role: str, *, own: bool = False) -> dict[str, tuple[str, ...]]:
        """What a role may do: as the manifests say, and as the trust itself decided."""
        edited = self.trust.see(roles_edited, self.trust_id) or RolesEdited()
        return allowed(role, self.plugins.everything, edited.allows.get(role), own=own)

    def every_role(self) -> dict[str, tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]:
        """What each role may do: for whomever it is held, and for the own caseload only."""
        edited, everything = self.trust.see(roles_edited, self.trust_id) or RolesEdited(), self.plugins.everything
        return {
            role: (
                allowed(role, everything, edited.allows.get(role)),
                allowed(role, everything, edited.allows.get(role), own=True),
            )
            for role in ROLES
        }

    def who_agrees(self, *, but: Iterable[UUID]) -> list[UUID]:
        """Everyone who could be the second person where account administration is decided: at the centre, for all."""
        left_out, people = set(but), self.people()
        return [
            key
            for key, held in self.every_grant().items()
            if key not in left_out and people[key].signs_in and any(map(_agrees, self.counting(held)))
        ]

    def reads_restricted(self, person_id: UUID) -> bool:
        """Whether any grant they hold today, anywhere, opens a record whose every reading is recorded."""
        restricted = self.plugins.restricted
        held = (one.opens for one in self.in_force(person_id))
        return any(actions and record in restricted for opens in held for record, actions in opens.items())

    def needs_second_factor(self, person_id: UUID) -> bool:
        """Whether their password alone opens nothing here."""
        return self.settings.second_factor == "required" and self.reads_restricted(person_id)

    def conflicts(self, person_id: UUID) -> Mapping[UUID, date]:
        """Pupils of whom this person opens nothing, whatever was granted; since when."""
        return self.trust.see(conflicts, person_id) or {}

    def has_centre(self, person_id: UUID) -> bool:
        """Whether they hold anything at the trust's centre."""
        return any(not grant.academies for grant in self.in_force(person_id))

    def first_page(self, person_id: UUID) -> str:
        """Where someone's work begins: the centre, or the first academy they hold something at."""
        everything = self.in_force(person_id)
        held = [grant for grant in everything if not grant.academies]
        if held and not any("read" in grant.allows.get("core.running", ()) for grant in held):
            return "/people"
        if not held:
            for key, one in self.academies().items():
                if any(key in grant.academies for grant in everything):
                    return f"/{one.urn}"
        return "/"


def _agrees(held: Grant) -> bool:
    """Whether a grant lets its person be the second one: at the centre, and for everybody."""
    return not held.academies and held.subjects == "all" and "sign" in held.allows.get(ADMINISTERS, ())
