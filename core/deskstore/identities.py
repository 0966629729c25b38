"""Which account with a provider belongs to whom. Neither issuer nor subject can be read in the database."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select

from core.deskstore.sealing import DeskKey
from core.deskstore.tables import identities
from events import Database


class Identities:
    """The accounts that were linked, each to one person; a person may have several."""

    def __init__(self, database: Database, key: DeskKey) -> None:
        self._database = database
        self._key = key

    def whose(self, issuer: str, subject: str) -> UUID | None:
        """The person an account belongs to; None when it is linked to nobody."""
        wanted = select(identities.c.person).where(identities.c.lookup == self._lookup(issuer, subject))
        with self._database.reading() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return UUID(bytes=found) if found else None

    def link(self, issuer: str, subject: str, person: UUID) -> bool:
        """Whether the account is this person's from now on; of two who link it at once, the first has it."""
        row = {"lookup": self._lookup(issuer, subject), "person": person.bytes}
        with self._database.writing() as connection:
            return connection.execute(self._database.insert_new(identities), row).rowcount > 0

    def forget(self, person: UUID) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(identities).where(identities.c.person == person.bytes))

    def _lookup(self, issuer: str, subject: str) -> bytes:
        return self._key.lookup("identity", f"{issuer}\0{subject}")
