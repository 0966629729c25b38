"""Second factors: the secret of an authenticator app, and recovery codes for whoever has lost it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, insert, select, update

from core.deskstore.sealing import DeskKey, as_spoken, spoken_code
from core.deskstore.tables import factors, recovery
from events import Database

CODES = 10
_STEP = 30  # seconds (RFC 6238)


class Factors:
    """Everyone's second factor: one app each, and their recovery codes.

    Args:
        clock: Seconds since 1970 UTC.
    """

    def __init__(self, database: Database, key: DeskKey, clock: Callable[[], float]) -> None:
        self._database = database
        self._key = key
        self._clock = clock

    def has(self, person: UUID) -> bool:
        with self._database.reading() as connection:
            return (
                connection.execute(select(factors.c.person).where(factors.c.person == person.bytes)).first() is not None
            )

    def fits(self, secret: str, code: str) -> int | None:
        """The step of the code, when it is one that an app with this secret shows now, or did half a minute ago, or
        will: clocks differ. None otherwise."""
        step = int(self._clock()) // _STEP
        totp = pyotp.TOTP(secret)
        typed = code.encode()  # only bytes are compared in even time whatever was typed
        shown = ((one, totp.at(one * _STEP).encode()) for one in (step, step - 1, step + 1))
        return next((one for one, right in shown if secrets.compare_digest(right, typed)), None)

    def set_app(self, person: UUID, secret: str, step: int) -> None:
        """This app is the person's second factor from now on, and the code it was set up with is used."""
        row = {
            "person": person.bytes,
            "secret": self._key.seal(secret.encode(), person.bytes),
            "added_at": int(self._clock()),
            "last_step": step,
        }
        with self._database.writing() as connection:
            connection.execute(delete(factors).where(factors.c.person == person.bytes))
            connection.execute(insert(factors), row)

    def check_app(self, person: UUID, code: str) -> bool:
        """Whether the code is one of the person's app, now, and was not taken before."""
        with self._database.writing() as connection:
            mine = factors.c.person == person.bytes
            row = connection.execute(select(factors).where(mine).with_for_update()).one_or_none()
            step = None if row is None else self.fits(self._key.open(row.secret, person.bytes).decode(), code)
            if row is None or step is None or step <= row.last_step:
                return False
            connection.execute(update(factors).where(mine).values(last_step=step))
            return True

    def new_codes(self, person: UUID) -> list[str]:
        """Fresh recovery codes; the ones before open nothing more. Shown once: only what they are known by is kept."""
        codes = [spoken_code() for _ in range(CODES)]
        with self._database.writing() as connection:
            connection.execute(delete(recovery).where(recovery.c.person == person.bytes))
            rows = [{"lookup": self._lookup(person, code), "person": person.bytes} for code in codes]
            connection.execute(insert(recovery), rows)
        return codes

    def use_code(self, person: UUID, code: str) -> bool:
        """Whether this is a recovery code of theirs; it is used up by this."""
        with self._database.writing() as connection:
            used = connection.execute(delete(recovery).where(recovery.c.lookup == self._lookup(person, code)))
            return used.rowcount > 0

    def codes_left(self, person: UUID) -> int:
        with self._database.reading() as connection:
            wanted = select(func.count()).where(recovery.c.person == person.bytes)
            return int(connection.execute(wanted).scalar_one())

    def forget(self, person: UUID, *, but_codes: bool = False) -> None:
        """Takes away the app and the codes; or the app alone, where the codes stand in for a passkey too."""
        with self._database.writing() as connection:
            for table in (factors,) if but_codes else (factors, recovery):
                connection.execute(delete(table).where(table.c.person == person.bytes))

    def _lookup(self, person: UUID, code: str) -> bytes:
        return self._key.lookup("recovery", f"{person.hex}\0{as_spoken(code)}")
