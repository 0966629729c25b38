"""A passkey in software, as a browser would hold it: for tests alone, made with the library's own structures."""

from __future__ import annotations

import hashlib
import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

_PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Key:
    """One passkey.

    Args:
        origin: Of the page it believes it is shown by.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.counter = 0
        self.id = os.urandom(32)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def made(self, options: str, wrong: str = "") -> str:
        """What a browser answers that was asked for a new passkey; with something wrong about the key itself."""
        wanted = json.loads(options)
        public = ES256.from_cryptography_key(self._private.public_key())  # type: ignore[no-untyped-call]
        if wrong == "no such curve":
            public = CoseKey({**public, 3: -9999})
        if wrong == "no point":
            public = CoseKey({**public, -2: b"\1" * 32, -3: b"\1" * 32})
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        flags = _PRESENT_AND_VERIFIED | (AuthenticatorData.FLAG.AT if wrong != "no key" else AuthenticatorData.FLAG(0))
        rest = bytes(credential) if wrong != "no key" else b""
        data = AuthenticatorData.create(_hash(wanted["rp"]["id"]), flags, self.counter, rest)
        client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, wanted["challenge"], self.origin)
        told = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(told)

    def signed(self, options: str) -> str:
        """What a browser answers that was asked to have something signed."""
        wanted = json.loads(options)
        self.counter += 1
        data = AuthenticatorData.create(_hash(wanted["rpId"]), _PRESENT_AND_VERIFIED, self.counter)
        client = CollectedClientData.create(CollectedClientData.TYPE.GET, wanted["challenge"], self.origin)
        signature = self._private.sign(data + client.hash, ec.ECDSA(SHA256()))
        told = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        return self._answer(told)

    def _answer(self, told: dict[str, str]) -> str:
        named = websafe_encode(self.id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": told})


def _hash(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()
