"""Who else may say who somebody is: the trust's directory, by OpenID Connect, as TALLYSTICK_PROVIDERS lists it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from core.errors import WillNotStart

_ENTRA = "https://login.microsoftonline.com/{tenant}/v2.0"
_GOOGLE = "https://accounts.google.com"
_HERE = {"localhost", "127.0.0.1"}


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One directory whose people may sign in.

    Raises:
        ValueError: It does not say whom it speaks for: a directory that anyone may join says nothing.
    """

    key: str
    """Stands in addresses: /sign-in/with/<key>."""
    title: str
    """On the button: "Keystone staff account"."""
    preset: Literal["entra", "google", "plain"] = "plain"
    issuer: str = ""
    """For "plain"; the others know theirs."""
    tenant: str = ""
    """For "entra": the directory's id, never "common"."""
    domains: tuple[str, ...] = ()
    """Of the addresses that are believed; needed for "google" and "plain"."""
    client_id: str
    client_secret_file: str
    second_factor: bool = False
    """Whether the directory itself insists on one for this application; then ours is not asked for."""

    def __post_init__(self) -> None:
        if not self.key.isalnum() or not self.key.islower():
            raise ValueError("its key must be small letters and digits")
        if self.preset == "entra" and len(self.tenant) != 36:
            raise ValueError("entra needs its tenant, the directory's id of 36 characters")
        if self.preset != "entra" and not self.domains:
            raise ValueError("it needs the domains whose addresses are believed")
        url = urlsplit(self.issuer)
        secure = url.scheme == "https" or (url.scheme == "http" and url.hostname in _HERE)
        if (self.preset == "plain") != bool(self.issuer) or (self.issuer and not secure):
            raise ValueError("plain needs an issuer that begins with https://, and nobody else has one")

    @property
    def issued_by(self) -> str:
        """The issuer that its tokens must name, to the letter."""
        return {"entra": _ENTRA.format(tenant=self.tenant), "google": _GOOGLE, "plain": self.issuer}[self.preset]

    def secret(self) -> str:
        """The client secret; raises OSError where its file cannot be read."""
        return Path(self.client_secret_file).read_text("utf-8").strip()


class _Listed(msgspec.Struct, forbid_unknown_fields=True):
    provider: tuple[Provider, ...]


def providers(path: Path) -> tuple[Provider, ...]:
    """The providers a TOML file lists, each under [[provider]].

    Raises:
        WillNotStart: It cannot be read, or one of them is not what it must be.
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_Listed).provider
    except (OSError, ValueError) as error:  # what msgspec and tomllib raise are both ValueErrors
        raise WillNotStart(f"TALLYSTICK_PROVIDERS: {error}") from None
    if len({one.key for one in found}) < len(found):
        raise WillNotStart("TALLYSTICK_PROVIDERS: two providers have the same key.")
    return found
