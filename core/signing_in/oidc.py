"""OpenID Connect, as far as signing in needs it: the code flow with PKCE, state and nonce, and one token, checked."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

import httpx2
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from core.signing_in.providers import Provider

_ALGORITHMS = ["RS256", "PS256", "ES256"]
_LEEWAY = 60  # seconds that clocks may differ
_SECONDS = 10
_ANEW = 300  # seconds ago at most that somebody was asked anew, where the provider says when
_LARGEST = 200_000  # bytes of an answer
_KEPT = 3600  # seconds for which what a provider says of itself is believed
_AGAIN = 60  # seconds before its keys are asked for again because one was not among them
_SCOPES = "openid email profile"


class NotBelieved(Exception):
    """The provider's answer is not one we can rest on. The message is for the program log: it names no person."""


class Underway(msgspec.Struct, frozen=True):
    """A sign-in that has gone to the provider and is not back; sealed in a cookie meanwhile."""

    provider: str
    state: str
    nonce: str
    verifier: str
    began_at: int
    after: str
    again: bool = False
    """Whether someone signed in proves again who they are: the provider is to ask them anew."""


class Claims(msgspec.Struct, frozen=True):
    """What a provider says of somebody, once it is believed."""

    issuer: str
    subject: str
    email: str
    name: str
    second_factor: bool


class _Told(msgspec.Struct):
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Answer(msgspec.Struct):
    id_token: str


def begin(provider: str, after: str, now: int, *, again: bool = False) -> Underway:
    """A sign-in at its start: what must come back, and what only we know."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Underway(provider, state, nonce, verifier, now, after, again)


class Client:
    """Speaks with one provider. Many threads may use one at once.

    Args:
        back: Our own address to which the provider leads back.
    """

    def __init__(self, provider: Provider, back: str) -> None:
        self.provider = provider
        self._back = back
        self._lock = threading.Lock()
        self._told: tuple[float, _Told] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def address(self, underway: Underway) -> str:
        """Where the browser goes, to sign in with the provider; raises NotBelieved when it cannot be asked."""
        challenge = urlsafe_b64encode(hashlib.sha256(underway.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self._back,
            "scope": _SCOPES,
            "state": underway.state,
            "nonce": underway.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        } | ({"prompt": "login", "max_age": "0"} if underway.again else {})
        return f"{self._of_itself().authorization_endpoint}?{urlencode(asked)}"

    def claims(self, underway: Underway, code: str, now: int) -> Claims:
        """What the provider says of whoever brought this code.

        Raises:
            NotBelieved: It does not answer, or anything in its token is not as it must be.
        """
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "client_id": self.provider.client_id,
            "client_secret": self._secret(),
            "code_verifier": underway.verifier,
        }
        answer = self._read("POST", self._of_itself().token_endpoint, _Answer, body)
        return self._believed(self._opened(answer.id_token), underway, now)

    def _opened(self, token: str) -> dict[str, Any]:
        """The claims of a token that one of the provider's keys signed; its keys are asked for again when none did."""
        why = ""
        for again in (False, True):
            try:
                return dict(jwt.decode(token, self._key_set(again=again), algorithms=_ALGORITHMS).claims)
            except (JoseError, ValueError) as error:
                why = type(error).__name__
        raise NotBelieved(f"the token is not signed by the provider: {why}")

    def _believed(self, claims: dict[str, Any], underway: Underway, now: int) -> Claims:
        """Every claim that sign-in rests on, each exactly as it must be (OpenID Connect Core 3.1.3.7)."""
        mine, audience = self.provider.client_id, claims.get("aud")
        wrong = {
            "iss": claims.get("iss") != self.provider.issued_by,
            "aud": audience not in (mine, [mine]),
            "azp": claims.get("azp", mine) != mine,
            "nonce": claims.get("nonce") != underway.nonce,
            "sub": not isinstance(claims.get("sub"), str) or not claims.get("sub"),
            "exp": not _is_ahead(claims.get("exp"), now),
            "iat": not _is_past(claims.get("iat"), now),
            "auth_time": underway.again and not _is_recent(claims.get("auth_time", now), now),
            "nbf": not _is_past(claims.get("nbf", now), now),
        }
        if faults := [name for name, is_wrong in wrong.items() if is_wrong]:
            raise NotBelieved(f"the token's {', '.join(faults)} is not as it must be")
        factors = claims.get("amr")
        second = self.provider.second_factor or (isinstance(factors, list) and "mfa" in factors)
        return Claims(claims["iss"], claims["sub"], self._email(claims), str(claims.get("name") or ""), second)

    def _email(self, claims: dict[str, Any]) -> str:
        """The address the provider vouches for, in a domain it may speak for.

        Entra says of no address that it was checked; but in one tenant, the user's name there is given by its
        administrators alone.
        """
        preset, domains = self.provider.preset, self.provider.domains
        if preset == "entra":
            if claims.get("tid") != self.provider.tenant:
                raise NotBelieved("the token is of another tenant")
            email = claims.get("preferred_username")
        else:
            if claims.get("email_verified") is not True:
                raise NotBelieved("the provider has not checked the address")
            if preset == "google" and claims.get("hd") not in domains:
                raise NotBelieved("the account is of another organisation")
            email = claims.get("email")
        if not isinstance(email, str) or email.count("@") != 1 or len(email) > 254:
            raise NotBelieved("the token names no address")
        if domains and email.rpartition("@")[2].casefold() not in {one.casefold() for one in domains}:
            raise NotBelieved("the address is of another domain")
        return email

    def _of_itself(self) -> _Told:
        """What the provider says of itself, at the address its issuer fixes."""
        with self._lock:
            if self._told and time.monotonic() - self._told[0] < _KEPT:
                return self._told[1]
            address = f"{self.provider.issued_by.rstrip('/')}/.well-known/openid-configuration"
            told: _Told = self._read("GET", address, _Told)
            if told.issuer != self.provider.issued_by:
                raise NotBelieved("the provider names another issuer")
            self._told = (time.monotonic(), told)
            return told

    def _key_set(self, *, again: bool) -> KeySet:
        address = self._of_itself().jwks_uri
        with self._lock:
            age = time.monotonic() - self._keys[0] if self._keys else _KEPT
            if self._keys is None or age >= (_AGAIN if again else _KEPT):
                told = self._read("GET", address, dict[str, Any])
                try:
                    self._keys = (time.monotonic(), KeySet.import_key_set(told))
                except (JoseError, ValueError, KeyError, TypeError) as error:
                    raise NotBelieved("the provider's keys cannot be read") from error
            return self._keys[1]

    def _secret(self) -> str:
        try:
            return self.provider.secret()
        except OSError as error:
            raise NotBelieved("the client secret cannot be read") from error

    def _read(self, method: str, address: str, kind: Any, sent: dict[str, str] | None = None) -> Any:
        """The provider's answer as JSON, of a bounded size; raises NotBelieved for anything else."""
        try:
            with httpx2.Client(timeout=_SECONDS) as http, http.stream(method, address, data=sent) as answer:
                body = b""
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > _LARGEST:
                        raise NotBelieved("the provider's answer is too long")
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NotBelieved(f"the provider does not answer: {type(error).__name__}") from error
        if answer.status_code != 200:
            raise NotBelieved(f"the provider answers {answer.status_code}")
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.MsgspecError as error:
            raise NotBelieved("the provider's answer cannot be read") from error


def _is_ahead(told: Any, now: int) -> bool:
    return isinstance(told, int | float) and told + _LEEWAY >= now  # so that what is no number at all is not


def _is_past(told: Any, now: int) -> bool:
    return isinstance(told, int | float) and told - _LEEWAY <= now


def _is_recent(told: Any, now: int) -> bool:
    return isinstance(told, int | float) and told + _ANEW >= now
