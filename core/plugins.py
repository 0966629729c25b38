"""Plugins: installed (an entry point), allowed (named in the settings), on (a fact of each academy)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points, packages_distributions
from typing import Any

import msgspec
import pluggy

from core import hookspecs
from core.command import Command, Decider
from core.errors import WillNotStart
from core.manifest import Manifest, Offer
from core.trying import Rule
from core.wording import patterns_of
from events import Catalog, Event, Fact, Withdrawn
from events.open_facts import KeyDestroyed

GROUP = "tallystick.plugins"
OURS = "tallystick"
ROOMS = ("core", "events", "plugins")
_OF_THE_LOG: Mapping[type[msgspec.Struct], str] = {
    Withdrawn: "Withdrawn on {withdrawn_on}. Reason: {reason}",
    KeyDestroyed: "The key of a record was destroyed. Backups hold it until {backups_until}",
}


def own_names_only(owners: Mapping[str, Sequence[str]] | None = None) -> None:
    """Refuses to start where another distribution owns one of our package names: it may have overwritten our files.

    Raises:
        WillNotStart: It does; the message names it and says how to mend it.
    """
    found = packages_distributions() if owners is None else owners
    for room in ROOMS:
        strangers = sorted(set(found.get(room, ())) - {OURS})
        if strangers:
            raise WillNotStart(
                f"The package {strangers[0]!r} also installs a folder named {room!r}, over Tallystick's own. "
                "Install Tallystick again in an environment of its own."
            )


class Plugins:
    """The plugins this installation allows, loaded and checked.

    Args:
        allowed: Names as the settings give them: "register", or "transport@acme-transport" for a stranger's.
        rooms: The core's own manifests, always there and never switched off.
        found: Entry points; those installed, unless a test gives its own.

    Raises:
        WillNotStart: A name is not installed, is claimed twice, or belongs to a distribution the settings do not name.
    """

    def __init__(
        self, allowed: Iterable[str], rooms: Iterable[Manifest], found: Iterable[EntryPoint] | None = None
    ) -> None:
        self._hooks = pluggy.PluginManager("tallystick")
        self._hooks.add_hookspecs(hookspecs)
        self.rooms = tuple(rooms)
        self.modules: dict[str, Any] = {}
        self.manifests: dict[str, Manifest] = {}
        installed: dict[str, list[EntryPoint]] = {}
        for point in entry_points(group=GROUP) if found is None else found:
            installed.setdefault(point.name, []).append(point)
        for wanted in allowed:
            name, _, distribution = wanted.partition("@")
            self._load(name, distribution or OURS, installed.get(name, []))
        self._hooks.check_pending()
        self.patterns = {
            kind: pattern for manifest in self.everything for kind, pattern in patterns_of(manifest.wordings).items()
        }
        self.patterns |= {str(kind.__struct_config__.tag): pattern for kind, pattern in _OF_THE_LOG.items()}

    @property
    def everything(self) -> tuple[Manifest, ...]:
        """The core's rooms and the plugins."""
        return (*self.rooms, *self.manifests.values())

    @cached_property
    def by_name(self) -> dict[str, Manifest]:
        """The plugins, and the rooms whose commands and views programs may call."""
        return {one.name: one for one in self.rooms if one.by_name} | self.manifests

    def form_of(self, event: Event) -> str | None:
        """Where what an entry says is recorded, below an academy's address; None where its plugin names no form."""
        fact = event.fact
        if not isinstance(fact, Fact):
            return None
        for manifest in self.manifests.values():
            if pattern := manifest.forms.get(type(fact)):
                return f"{manifest.name}/{pattern.format(subject=event.subject, **msgspec.structs.asdict(fact))}"
        return None

    def title(self, name: str) -> str:
        """What a room or plugin is called; its name where it is not installed."""
        return next((one.title for one in self.everything if one.name == name), name)

    def catalog(self) -> Catalog:
        """Every fact and view there is.

        Raises:
            WillNotStart: Two claim one kind of fact.
        """
        try:
            return Catalog(
                [fact for manifest in self.everything for fact in manifest.facts],
                [view for manifest in self.everything for view in manifest.views],
                [record.name for manifest in self.everything for record in manifest.records],
            )
        except ValueError as error:
            raise WillNotStart(f"Two plugins do not fit together: {error}.") from None

    def ask_all(self, question: str, on: Iterable[str], **arguments: Any) -> list[tuple[str, Any]]:
        """Each answering plugin's name and its answer, in the order the settings name them."""
        answering = set(on)
        answers = []
        for name, module in self.modules.items():
            implementation = getattr(module, question, None)
            if name in answering and implementation is not None:
                silent = [other for other in self.modules.values() if other is not module]
                caller = self._hooks.subset_hook_caller(question, remove_plugins=silent)
                answers += [(name, answer) for answer in caller(**arguments)]
        return answers

    def decider(self, command: type[Command]) -> tuple[Manifest, Decider]:
        """The room or plugin that decides a command, and what decides it."""
        for manifest in self.everything:
            for decider in manifest.deciders:
                if decider.command is command:
                    return manifest, decider
        raise LookupError(f"nothing decides {command.__name__}")

    def offer(self, name: str) -> tuple[str, Offer] | None:
        """The plugin that offers a view by this name, and the offer."""
        for owner, manifest in self.manifests.items():
            for offer in manifest.offers:
                if offer.name == name:
                    return owner, offer
        return None

    def asker(self, name: str, shape: type) -> str:
        """The plugin whose manifest asks for a view in this shape; "" when none does."""
        return next(
            (own for own, one in self.manifests.items() for ask in one.asks if (ask.name, ask.shape) == (name, shape)),
            "",
        )

    def rules(self) -> dict[str, Rule]:
        return {rule.name: rule for manifest in self.everything for rule in manifest.rules}

    def owner_of(self, record: str) -> str:
        """The plugin, or core room, a record class belongs to; "" when none is installed."""
        for manifest in self.everything:
            if any(one.name == record for one in manifest.records):
                return manifest.name
        return ""

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each record class is called, by its name."""
        return {one.name: one.title for manifest in self.everything for one in manifest.records}

    @cached_property
    def final(self) -> frozenset[str]:
        """Classes of which no entry is taken back."""
        return frozenset(one.name for manifest in self.everything for one in manifest.records if one.final)

    @cached_property
    def restricted(self) -> frozenset[str]:
        """Classes of which every reading is recorded, of all that is installed."""
        return frozenset(one.name for manifest in self.everything for one in manifest.records if one.restricted)

    def need_to_know(self, name: str) -> frozenset[str]:
        """Classes a plugin marks so; none where it is not installed."""
        manifest = self.manifests.get(name)
        return frozenset(one.name for one in manifest.records if one.need_to_know) if manifest else frozenset()

    def _load(self, name: str, distribution: str, points: list[EntryPoint]) -> None:
        if not points:
            raise WillNotStart(f"TALLYSTICK_PLUGINS names {name!r}, and no such plugin is installed.")
        if len(points) > 1 or name in self.manifests or name in {room.name for room in self.rooms}:
            raise WillNotStart(f"Two plugins claim the name {name!r}; uninstall one of them.")
        owner = points[0].dist.name if points[0].dist else OURS
        if owner != distribution:
            raise WillNotStart(
                f"The plugin {name!r} comes from the package {owner!r}, which TALLYSTICK_PLUGINS does not allow. "
                f"To allow it, write {name}@{owner}."
            )
        module = points[0].load()
        manifest: Manifest = module.about()
        strange = [fact for fact in manifest.facts if not str(fact.__struct_config__.tag).startswith(f"{name}.")]
        if manifest.name != name or strange:
            raise WillNotStart(f"The plugin {name!r} does not keep to its own name in its manifest or its facts.")
        self._hooks.register(module, name)
        self.modules[name] = module
        self.manifests[name] = manifest
