"""Passkeys (WebAuthn): what a browser is asked to have signed, and whether what it sends was."""

from __future__ import annotations

import ipaddress
import secrets
import struct
from contextlib import suppress
from typing import Any, Literal
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from core.building import Building
from core.settings import Settings

GOOD_FOR = 300  # seconds in which what was asked is answered
_WAITS = 60_000  # milliseconds for which the browser asks
_SEALED = "passkey"
_BROKEN = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, struct.error),
    *(AssertionError, NotImplementedError),  # the library's own, of an answer without a key, or with one it cannot use
)
"""What an answer that was put together by hand makes of its reading."""

Why = Literal["add", "prove"]


class Asked(msgspec.Struct, frozen=True):
    """What was sent to be signed, as a form carries it, sealed."""

    why: Why
    person: UUID
    state: dict[str, Any]
    until: int


class Added(msgspec.Struct, frozen=True):
    """A passkey that signed what it was sent."""

    credential_id: bytes
    credential: bytes
    counter: int


def offered(settings: Settings) -> bool:
    """Whether a browser makes passkeys for this address: for a name with TLS, or for localhost; never for a number."""
    try:
        ipaddress.ip_address(settings.host)
    except ValueError:
        return settings.secure or settings.host == "localhost"
    return False


def to_add(building: Building, person: UUID) -> tuple[str, str]:
    """What a browser is asked for a new passkey, in JSON, and the same sealed for the form that brings the answer."""
    known = building.person(person)
    user = PublicKeyCredentialUserEntity(
        id=person.bytes, name=known.email if known else "", display_name=known.name if known else ""
    )
    held = [AttestedCredentialData(one.credential) for one in building.desk_store.passkeys.of(person)]
    options, state = _server(building).register_begin(
        user, held, user_verification=UserVerificationRequirement.PREFERRED
    )
    return _said(options.public_key), _seal(building, "add", person, state)


def to_prove(building: Building, person: UUID) -> tuple[str, str]:
    """What a browser is asked to have signed by a passkey the person has, and the same sealed; see `to_add`."""
    held = [AttestedCredentialData(one.credential) for one in building.desk_store.passkeys.of(person)]
    options, state = _server(building).authenticate_begin(held, user_verification=UserVerificationRequirement.PREFERRED)
    return _said(options.public_key), _seal(building, "prove", person, state)


def added(building: Building, person: UUID, sealed: str, answer: str) -> Added | None:
    """The new passkey in a browser's answer; None where it is no answer to what was asked."""
    state = _opened(building, "add", person, sealed)
    if state is None:
        return None
    try:
        server = _server(building)
        told = server.register_complete(state, msgspec.json.decode(answer))
        data = told.credential_data
        if data is None or data.public_key.ALGORITHM not in {one.alg for one in server.allowed_algorithms}:
            return None
        with suppress(InvalidSignature):  # what is no key at all says so now, not at the next sign-in
            data.public_key.verify(b"", b"")
        return Added(data.credential_id, bytes(data), told.counter)
    except _BROKEN:
        return None


def proved(building: Building, person: UUID, sealed: str, answer: str) -> bool:
    """Whether one of the person's passkeys signed what was asked, now and for the first time."""
    state = _opened(building, "prove", person, sealed)
    if state is None:
        return False
    store = building.desk_store.passkeys
    held = [AttestedCredentialData(one.credential) for one in store.of(person)]
    try:
        told = AuthenticationResponse.from_dict(msgspec.json.decode(answer))
        used = _server(building).authenticate_complete(state, held, told)
        counter = told.response.authenticator_data.counter
    except _BROKEN:
        return False
    return store.use(person, used.credential_id, counter)


def _server(building: Building) -> Fido2Server:
    origin = building.settings.origin
    about = PublicKeyCredentialRpEntity(id=building.settings.host, name="Tallystick")
    server = Fido2Server(about, verify_origin=lambda told: secrets.compare_digest(told.encode(), origin.encode()))
    server.timeout = _WAITS  # type: ignore[assignment]  # which the library begins as None
    return server


def _said(options: Any) -> str:
    return msgspec.json.encode(dict(options)).decode()


def _seal(building: Building, why: Why, person: UUID, state: Any) -> str:
    asked = Asked(why, person, dict(state), int(building.clock() / 1e6) + GOOD_FOR)
    return building.desk_store.seal_words(_SEALED, msgspec.json.encode(asked).decode())


def _opened(building: Building, why: Why, person: UUID, sealed: str) -> dict[str, Any] | None:
    """What was asked of this person for this end, once; None for anything else, or where it is too late."""
    store = building.desk_store
    try:
        asked = msgspec.json.decode(store.open_words(_SEALED, sealed), type=Asked)
    except msgspec.DecodeError:
        return None
    late = building.clock() / 1e6 > asked.until
    if (asked.why, asked.person) != (why, person) or late:
        return None
    return asked.state if store.first_time("passkey", str(asked.state["challenge"]), 2 * GOOD_FOR) else None
