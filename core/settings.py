"""The settings, read once from the environment."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from core.errors import WillNotStart
from core.signing_in.providers import Provider, providers
from events.holders import KeyFile, KeyHolder, MasterKey
from events.notes import COSIGNATURE, ML_DSA_44, NoteKey

PLUGINS = ("register", "exams", "lac", "recruitment", "finance")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to set. Each has its own environment variable; README lists them."""

    home: Path
    database: str
    keys: str
    origin: str = "http://127.0.0.1:8000"
    plugins: tuple[str, ...] = PLUGINS
    second_factor: Literal["required", "offered"] = "required"
    """Whether whoever may read restricted records needs one; "offered" is for made-up trusts."""
    providers: tuple[Provider, ...] = ()
    """Directories whose people may sign in, by OpenID Connect."""
    idle_minutes: int = 20
    session_hours: int = 12
    upload_megabytes: int = 20
    calls_a_minute: int = 600
    """How many calls of one program are heard in a minute, by each server."""
    argon2: tuple[int, int, int] = (3, 65536, 4)
    """Argon2id: passes, KiB of memory, lanes (RFC 9106's second choice)."""
    master_key: str = ""
    """The key itself in base64 or hex; empty when it is in a file."""
    credentials: Path | None = None
    """systemd's credentials directory."""
    key_backup_days: int = 35
    """How long backups of the key store are kept: so long may one hold a key that was destroyed."""
    age_identity: Path | None = None
    """The age identity that opens a master key sealed with age."""
    witnesses: tuple[NoteKey, ...] = ()
    """Verifier keys of those whose lines under our checkpoints are kept."""
    smtp: str = ""
    """The mail server, with name and password: smtps://name:password@host:port."""
    halves_to: tuple[str, ...] = ()
    """Who gets the half by mail, every day."""
    second_place: Path | None = None
    """A folder on another disk or share that gets the half, every day."""

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def host(self) -> str:
        """The host in every log's origin."""
        return urlsplit(self.origin).hostname or "localhost"

    @property
    def key_file(self) -> Path:
        """systemd's credential, else `master.key.age` or `master.key` in the home folder."""
        if self.credentials and (held := self.credentials / "tallystick-master-key").exists():
            return held
        sealed = self.home / "master.key.age"
        return sealed if sealed.exists() else self.home / "master.key"

    def holder(self) -> KeyHolder:
        """The master key's holder; raises NotReady when there is none or it is not a key."""
        if self.master_key:
            return MasterKey(_decoded(self.master_key))
        return KeyFile(self.key_file, self.age_identity)


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings from TALLYSTICK_HOME, _DATABASE, _KEYS, _ORIGIN, _PLUGINS, _SECOND_FACTOR, _PROVIDERS, _IDLE_MINUTES,
    _UPLOAD_MB, _CALLS_A_MINUTE, _MASTER_KEY, _AGE_IDENTITY, _WITNESSES, _SMTP, _HALVES_TO, _SECOND_PLACE,
    _KEY_BACKUP_DAYS.

    Raises:
        WillNotStart: One of them is not what it must be.
    """
    home = Path(environ.get("TALLYSTICK_HOME") or Path.home() / ".tallystick").absolute()
    plugins = environ.get("TALLYSTICK_PLUGINS", "").replace(",", " ").split()
    origin = environ.get("TALLYSTICK_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
    if urlsplit(origin).scheme not in ("http", "https") or not urlsplit(origin).hostname:
        raise WillNotStart("TALLYSTICK_ORIGIN must be an address such as https://tallystick.keystone.example.")
    credentials = environ.get("CREDENTIALS_DIRECTORY")
    identity = environ.get("TALLYSTICK_AGE_IDENTITY")
    return Settings(
        home=home,
        database=environ.get("TALLYSTICK_DATABASE") or f"sqlite:///{home / 'tallystick.db'}",
        keys=environ.get("TALLYSTICK_KEYS") or f"sqlite:///{home / 'keys.db'}",
        origin=origin,
        plugins=tuple(plugins) or PLUGINS,
        second_factor=_second_factor(environ.get("TALLYSTICK_SECOND_FACTOR") or "required"),
        providers=providers(Path(listed)) if (listed := environ.get("TALLYSTICK_PROVIDERS")) else (),
        idle_minutes=_number(environ, "TALLYSTICK_IDLE_MINUTES", 20, 240),
        upload_megabytes=_number(environ, "TALLYSTICK_UPLOAD_MB", 20, 200),
        calls_a_minute=_number(environ, "TALLYSTICK_CALLS_A_MINUTE", 600, 100_000),
        key_backup_days=_number(environ, "TALLYSTICK_KEY_BACKUP_DAYS", 35, 400),
        master_key=environ.get("TALLYSTICK_MASTER_KEY", ""),
        credentials=Path(credentials) if credentials else None,
        age_identity=Path(identity) if identity else None,
        witnesses=_witnesses(environ.get("TALLYSTICK_WITNESSES", "")),
        **_mail(environ),
        second_place=_second_place(environ.get("TALLYSTICK_SECOND_PLACE", ""), home),
    )


def _witnesses(told: str) -> tuple[NoteKey, ...]:
    """Verifier keys, as they are or one a line in a file, where lines that begin with # are passed over."""
    try:
        if told and "+" not in told:
            lines = Path(told).read_text("utf-8").splitlines()
            told = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        keys = tuple(NoteKey.parse(text) for text in told.split())
    except (OSError, ValueError):
        raise WillNotStart(
            "TALLYSTICK_WITNESSES must be verifier keys, or a file that can be read with one a line."
        ) from None
    if any(key.kind not in (COSIGNATURE, ML_DSA_44) for key in keys):
        raise WillNotStart("TALLYSTICK_WITNESSES names a key that signs logs, not a witness's.")
    return keys


def _mail(environ: Mapping[str, str]) -> dict[str, Any]:
    smtp, to = environ.get("TALLYSTICK_SMTP", ""), environ.get("TALLYSTICK_HALVES_TO", "").replace(",", " ").split()
    try:
        url = urlsplit(smtp)
        right = url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0
    except ValueError:
        right = False
    if smtp and not right:
        raise WillNotStart("TALLYSTICK_SMTP must be a mail server such as smtps://name:password@mail.example:465.")
    if to and not smtp:
        raise WillNotStart("TALLYSTICK_HALVES_TO needs a mail server: set TALLYSTICK_SMTP too.")
    if any(not re.fullmatch(r"[^@\s]+@[^@\s]+", one) for one in to):
        raise WillNotStart("TALLYSTICK_HALVES_TO must be mail addresses, with a comma between two.")
    return {"smtp": smtp, "halves_to": tuple(to)}


def _second_place(told: str, home: Path) -> Path | None:
    folder = Path(told)
    if not told:
        return None
    if not folder.is_absolute() or folder.resolve().is_relative_to(home.resolve()):
        raise WillNotStart(
            "TALLYSTICK_SECOND_PLACE must be a folder on another disk or share, outside TALLYSTICK_HOME."
        )
    return folder


def _second_factor(told: str) -> Literal["required", "offered"]:
    if told not in ("required", "offered"):
        raise WillNotStart("TALLYSTICK_SECOND_FACTOR must be required or offered.")
    return "offered" if told == "offered" else "required"


def _number(environ: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = environ.get(name) or str(usual)
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise WillNotStart(f"{name} must be a whole number from 1 to {most}.")
    return int(text)


def _decoded(text: str) -> bytes:
    try:
        return bytes.fromhex(text) if len(text) == 64 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise WillNotStart("TALLYSTICK_MASTER_KEY is neither base64 nor hex.") from None
