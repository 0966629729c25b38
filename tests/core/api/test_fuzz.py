"""Schemathesis sends every command and view what fits its description and what does not: each answer is described."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.api.describing import description
from core.app import make_app
from core.plugins import Plugins
from core.settings import PLUGINS
from core.trust import rooms
from tests.core.house import NORTH, OPERATOR, House

pytestmark = pytest.mark.xdist_group("fuzz")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TOLD = description(Plugins(list(PLUGINS), rooms()).by_name.values(), "1", "http://keystone.example")
SCHEMA = schemathesis.openapi.from_dict(TOLD)
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations() if isinstance(one, Ok)}


class Served(NamedTuple):
    """A trust behind a real server, and what a program of the SENCO's needs to speak with it."""

    origin: str
    pupil: str
    token: str


@pytest.fixture(scope="module")
def served(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    house = House(tmp_path_factory.mktemp("fuzz") / "home", house_template, origin=origin, calls_a_minute=1_000_000)
    house.switch_all_on()
    for role in ("senco", "head", "designated_teacher", "exams_officer", "hr_admin", "business_manager", "dsl"):
        house.grant(role, OPERATOR)
    house.grant("dpo", OPERATOR)
    pupil = house.pupil()
    token = house.building.desk_store.tokens.make(house.person(OPERATOR), "Fuzz", writes=True, seconds=3600)
    server = uvicorn.Server(uvicorn.Config(make_app(house.building), log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    yield Served(origin, str(pupil), token)
    server.should_exit = True
    thread.join()
    house.close()


def sent(operation: APIOperation[Any, Any, Any, Any]) -> SearchStrategy[Any]:
    """What fits the description and what does not, by turns."""
    return operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE)


# A test for each operation, by a name of its own: those of schemathesis share one, and of many alike xdist runs one.
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_described(label: str, served: Served) -> None:
    """Half of what is sent is of a pupil there is, so that it comes past the door."""
    headers = {"Authorization": f"Bearer {served.token}", "Connection": "close"}

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(sent(OPERATIONS[label]), st.booleans())
    def answered(case: Any, there_is: bool) -> None:
        if "urn" in case.path_parameters:
            case.path_parameters["urn"] = NORTH
        if there_is:
            if isinstance(case.body, dict) and "subject" in case.body:
                case.body["subject"] = served.pupil
            if "subject" in case.path_parameters:
                case.path_parameters["subject"] = served.pupil
        case.call_and_validate(base_url=served.origin, headers=headers, checks=CHECKS)

    answered()


def test_each_operation_has_a_name_of_its_own() -> None:
    """Else one of them hides the others."""
    assert len(OPERATIONS) == sum(len(each) for each in TOLD["paths"].values()) > 250
