"""What every plugin must have, ours and the core's own rooms alike; each fact kind's golden sample decodes for ever."""

from __future__ import annotations

import inspect
import json
import string
from importlib.metadata import entry_points
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from core import hookspecs
from core.accounts.roles import OWN, ROLES
from core.by_name import commands_of, views_of
from core.manifest import ACTIONS, Manifest
from core.plugins import GROUP, Plugins
from core.trust import rooms
from core.wording import patterns_of
from events import GIVEN, Fact, Withdrawn

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/facts"
NAMES = sorted(point.name for point in entry_points(group=GROUP))
PLUGINS = Plugins(NAMES, rooms())
ROOMS = [manifest.name for manifest in PLUGINS.rooms]
EVERYTHING = {manifest.name: manifest for manifest in PLUGINS.everything}
FACTS: list[type[Fact]] = [Withdrawn, *(fact for manifest in PLUGINS.everything for fact in manifest.facts)]
HOOKS = [name for name, thing in vars(hookspecs).items() if hasattr(thing, "tallystick_spec")]


def kind_of(fact: type[Fact]) -> str:
    return str(fact.__struct_config__.tag)


@pytest.fixture(params=sorted(EVERYTHING))
def manifest(request: pytest.FixtureRequest) -> Manifest:
    return EVERYTHING[request.param]


def test_every_fact_has_a_sentence_and_every_sentence_a_fact(manifest: Manifest) -> None:
    assert set(manifest.wordings) == set(manifest.facts)


def test_a_sentence_names_fields_there_are_and_no_personal_word(manifest: Manifest) -> None:
    personal = {"surname", "forename", "born_on", "upn"}
    for fact, pattern in manifest.wordings.items():
        named = {field.partition(".")[0] for _, field, _, _ in string.Formatter().parse(pattern) if field}
        assert named <= {field.name for field in msgspec.structs.fields(fact)}, fact
        assert named.isdisjoint(personal), fact


def test_every_fact_s_class_and_every_view_s_is_declared(manifest: Manifest) -> None:
    declared = {one.name for other in PLUGINS.rooms for one in other.records} | {one.name for one in manifest.records}
    for fact in manifest.facts:
        assert fact.record in declared | {GIVEN}, fact
    for view in manifest.views:
        assert view.record in declared, view
    for decider in manifest.deciders:
        assert {view.record for view in decider.given.values()} <= declared, decider.command


def test_every_class_of_record_says_how_long_it_is_kept_and_on_what_basis(manifest: Manifest) -> None:
    for record in manifest.records:
        assert record.title, record.name
        assert record.kept.endswith("."), record.name
        assert record.basis, record.name
        assert record.name.startswith(f"{manifest.name}." if manifest.name in NAMES else "core."), record.name


def test_a_role_starts_with_actions_on_classes_there_are(manifest: Manifest) -> None:
    declared = {one.name for one in manifest.records} | {"core.running", "core.identity", "core.people", "core.trail"}
    for role, allows in manifest.roles.items():
        assert role in ROLES
        for record, actions in allows.items():
            assert record in declared, (role, record)
            words = actions.split()
            assert set(words[words[:1] == [OWN] :]) <= set(ACTIONS), (role, record)


def test_a_command_is_decided_once(manifest: Manifest) -> None:
    commands = [decider.command for other in PLUGINS.everything for decider in other.deciders]
    assert len(commands) == len(set(commands))
    for decider in manifest.deciders:
        assert decider.takes >= set(decider.given), decider.command
        assert inspect.getdoc(decider.command), decider.command


def test_a_command_and_a_view_are_called_by_a_name_of_their_own(manifest: Manifest) -> None:
    assert len(commands_of(manifest)) == sum(decider.by_name for decider in manifest.deciders)
    assert len(views_of(manifest)) == len(manifest.views) - len(manifest.apart)
    for decider in manifest.deciders:
        fields = {field.name for field in msgspec.structs.fields(decider.command)}
        assert "subject" not in fields, decider.command  # a program says by it whom the command concerns


def test_every_rule_is_cited_and_dated(manifest: Manifest) -> None:
    for rule in manifest.rules:
        assert rule.citation.source, rule.name
        assert rule.citation.rule or manifest.name in ROOMS, rule.name
        assert rule.summary.endswith("."), rule.name
        assert not rule.citation.verified or rule.citation.address, rule.name
    assert len({rule.name for rule in manifest.rules}) == len(manifest.rules)


def test_every_rule_says_what_to_type_and_can_read_it(manifest: Manifest) -> None:
    for rule in manifest.rules:
        for asked in rule.parameters:
            sample = asked.wants.removeprefix("JSON, such as ")
            assert not asked.as_json or asked.read(sample) is not None, (rule.name, asked.name)


def test_what_is_counted_is_declared(manifest: Manifest) -> None:
    assert set(manifest.counts) <= {record.name for record in manifest.records}


def test_facts_views_and_offers_keep_to_their_own_name(manifest: Manifest) -> None:
    assert all(kind_of(fact).startswith(f"{manifest.name}.") for fact in manifest.facts)
    assert all(kind_of(fact).rpartition("/")[2].isdecimal() for fact in manifest.facts)
    for offer in manifest.offers:
        assert offer.name.startswith(f"{manifest.name}.")
        assert offer.told_from in manifest.views
        assert offer.read_under in {record.name for record in manifest.records}


@pytest.mark.parametrize("name", NAMES)
def test_a_plugin_says_what_is_no_longer_watched_when_it_is_off(name: str) -> None:
    manifest = EVERYTHING[name]
    assert manifest.title
    assert manifest.purpose
    assert manifest.facts
    assert manifest.controllers
    assert not hasattr(PLUGINS.modules[name], "deadlines") or manifest.duties


@pytest.mark.parametrize("name", NAMES)
def test_a_plugin_answers_no_question_nobody_asks(name: str) -> None:
    answers = {word for word, thing in vars(PLUGINS.modules[name]).items() if hasattr(thing, "tallystick_impl")}
    assert "about" in answers
    assert answers <= set(HOOKS)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_tells_every_fact_rule_offer_ask_and_hook(name: str) -> None:
    manifest, module = EVERYTHING[name], PLUGINS.modules[name]
    readme = (Path(module.__file__).parent / "README.md").read_text("utf-8")
    wanted = [kind_of(fact) for fact in manifest.facts]
    wanted += [rule.name.partition(".")[2] for rule in manifest.rules]
    wanted += [offer.name for offer in manifest.offers] + [ask.name for ask in manifest.asks]
    wanted += [word for word in HOOKS if word != "about" and hasattr(module, word)]
    assert [word for word in wanted if word not in readme] == []
    for rule in manifest.rules:
        assert rule.citation.rule.rpartition(" ")[2] in readme, rule.name


@pytest.mark.parametrize("name", NAMES)
def test_a_form_s_address_is_made_of_the_subject_and_fields_of_its_fact(name: str) -> None:
    for fact, pattern in EVERYTHING[name].forms.items():
        assert fact in EVERYTHING[name].facts, fact
        named = {field for _, field, _, _ in string.Formatter().parse(pattern) if field}
        assert "subject" in named, pattern
        assert named <= {"subject", *(field.name for field in msgspec.structs.fields(fact))}, pattern


def test_every_offer_converts_into_every_ask_of_it() -> None:
    for manifest in PLUGINS.manifests.values():
        for ask in manifest.asks:
            found = PLUGINS.offer(ask.name)
            assert found is not None, f"{manifest.name} asks for {ask.name}, which nobody offers"
            assert found[0] != manifest.name
            assert ask.reason.strip()
            told = _told(found[1].view)
            msgspec.convert(_sample(told), ask.shape, from_attributes=True)


def test_every_offer_can_be_told() -> None:
    for manifest in PLUGINS.manifests.values():
        for offer in manifest.offers:
            assert issubclass(_told(offer.view), msgspec.Struct), offer.name


def _told(view: Any) -> type:
    """The struct an offered view answers with."""
    answer = get_type_hints(view)["return"]
    kinds = get_args(answer) if get_origin(answer) in (Union, UnionType) else (answer,)
    (told,) = (kind for kind in kinds if kind is not type(None))
    assert isinstance(told, type)
    return told


def _sample(kind: type) -> Any:
    """Some value of a struct."""
    values: dict[Any, Any] = {str: "words", int: 1, bool: True, float: 1.0}
    told = {}
    for field in msgspec.structs.fields(kind):
        hint = get_type_hints(kind)[field.name]
        some = [
            one
            for one in (get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,))
            if one is not type(None)
        ]
        told[field.name] = values.get(some[0], "2026-09-01" if "date" in str(some[0]) else [])
    return msgspec.convert(told, kind)


# Golden samples: a fact once released reads back for ever


def test_every_kind_of_fact_has_a_golden_sample() -> None:
    wanted = {f"{kind_of(fact).replace('/', '-')}.json" for fact in FACTS}
    assert wanted <= {path.name for path in GOLDEN.glob("*.json")}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_golden_sample_decodes(path: Path) -> None:
    catalog = PLUGINS.catalog()
    sample = json.loads(path.read_text("utf-8"))
    assert f"{sample['kind'].replace('/', '-')}.json" == path.name
    fact = msgspec.json.decode(path.read_bytes(), type=catalog.kinds[sample["kind"]])
    assert json.loads(msgspec.json.encode(fact)) == sample
    parts = catalog.fact_parts(fact)
    assert catalog.fact([parts[0], *parts[1]]) == fact


def test_what_a_view_folds_to_comes_back_from_a_snapshot_as_it_was(manifest: Manifest) -> None:
    catalog = PLUGINS.catalog()
    samples = [(GOLDEN / f"{kind_of(fact).replace('/', '-')}.json").read_bytes() for fact in manifest.facts]
    facts = [msgspec.json.decode(raw, type=fact) for raw, fact in zip(samples, manifest.facts, strict=True)]
    for view in manifest.views:
        value, told = None, False
        for fact in [one for one in facts if one.record in (view.record, GIVEN)]:
            value = view(value, fact)
            values = tuple(value if one is view else None for one in catalog.views(view.record))
            raw = msgspec.msgpack.encode((fact.day, values))
            assert catalog.folded(view.record).decode(raw) == (fact.day, values), (view, fact)
            told = told or value is not None
        assert told, view


def test_a_pattern_is_known_for_every_kind() -> None:
    kinds = {kind for manifest in PLUGINS.everything for kind in patterns_of(manifest.wordings)}
    assert {kind_of(fact) for fact in FACTS} - {kind_of(Withdrawn)} == kinds
