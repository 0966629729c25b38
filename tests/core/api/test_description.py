"""The description of the API: every command and view is in it, and each example fits what it describes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from core.api.describing import description
from core.api.said import ACADEMY, CENTRE
from core.by_name import commands_of, filled, views_of
from core.plugins import Plugins
from core.settings import PLUGINS
from core.trust import rooms
from tests.core.api.test_tokens import call, made
from tests.core.house import NORTH, House, email_of

EVERY = Plugins(list(PLUGINS), rooms())
TOLD = description(EVERY.by_name.values(), "1", "https://keystone.example")
BESIDE = ("changes", "changes at the centre", "looks", "unusual looks", "processing", "due")
COMMANDS = [(plugin, name) for plugin, one in EVERY.by_name.items() for name in commands_of(one)]


def test_every_command_and_view_is_described_in_words() -> None:
    views = [(plugin, name) for plugin, one in EVERY.by_name.items() for name in views_of(one)]
    assert len(TOLD["paths"]) == len(COMMANDS) + 2 * len(views) + len(BESIDE)
    operations = [operation for path in TOLD["paths"].values() for operation in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["description"].strip() and one["summary"] for one in operations)


def test_everything_referred_to_is_there() -> None:
    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            if place := thing.get("$ref"):
                found = TOLD
                for part in place.removeprefix("#/").split("/"):
                    found = found[part]
            for one in thing.values():
                walk(one)
        elif isinstance(thing, list):
            for one in thing:
                walk(one)

    walk(TOLD)


@pytest.mark.parametrize(("plugin", "name"), COMMANDS)
def test_each_example_reads_as_its_command(plugin: str, name: str) -> None:
    base = CENTRE if EVERY.by_name[plugin].by_name == "centre" else ACADEMY
    operation = TOLD["paths"][f"{base}/{plugin}/commands/{name}"]["post"]
    example = dict(operation["requestBody"]["content"]["application/json"]["example"])
    example.pop("subject", None)
    decider = commands_of(EVERY.by_name[plugin])[name]
    assert isinstance(filled(decider.command, example, lambda _, value: value, strict=True), decider.command)


def test_it_is_told_to_whoever_is_signed_in_and_to_programs(house: House) -> None:
    assert house.browser().get("/api/v1/openapi.json").status_code == 403
    told = house.browser(email_of("senco", NORTH)).get("/api/v1/openapi.json")
    assert told.status_code == 200
    assert "/api/v1/{urn}/register/commands/issue-plan" in told.json()["paths"]
    assert call(house, made(house), "/api/v1/openapi.json").json() == told.json()
    assert msgspec.json.decode(told.content)["openapi"] == "3.1.0"
