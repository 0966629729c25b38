"""Documents that are not as they were sealed."""

import os
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events import Document, New, Stream, verify
from events.documents import document_key, seal_chunks
from tests.events.home import ANN, BEN, FACTS, MONDAY, SENCO, Home, erase
from tests.events.test_documents import Filed
from tests.events.verify.breaking import NAME, flips

# Documents


class Shelf:
    """A log with two documents that entries name, and one that none does."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.store = home.store(facts=[*FACTS, Filed])
        self.store.create("139205").keep(Stream(ANN, "tests.notes"), b"beside another log")
        self.log = self.store.create(NAME)
        self.letter, self.report, self.orphan = (
            self.log.keep(Stream(subject, "tests.notes"), os.urandom(70_000)) for subject in (ANN, BEN, ANN)
        )
        self.letter_at, self.report_at = self.filed(ANN, self.letter), self.filed(BEN, self.report)
        self.store.sign_all()
        assert verify(self.store).ok

    def filed(self, subject: UUID, kept: Document) -> int:
        """Records that a document was filed; returns the position."""
        new = New(subject, Filed(MONDAY, kept))
        return self.log.append([new], command_id=uuid4(), actor=SENCO).places[0].position

    def row(self, kept: Document) -> tuple[Any, ...]:
        """A document's row: log, document_id, key_id, sealed."""
        (row,) = self.home.attack("SELECT * FROM documents WHERE document_id = :id", id=kept.document_id.bytes)
        return tuple(row)

    def put(self, kept: Document, log: bytes, document_id: bytes, key_id: bytes, sealed: bytes) -> None:
        """Puts another row where a document's was."""
        self.home.attack("DELETE FROM documents WHERE document_id = :id", id=kept.document_id.bytes)
        insert = "INSERT INTO documents VALUES (:log, :id, :key, :sealed)"
        self.home.attack(insert, log=log, id=document_id, key=key_id, sealed=sealed)

    def faults(self) -> set[tuple[str, int | None, str]]:
        """What is found: log, position and words."""
        return {(fault.log, fault.position, fault.what) for fault in verify(self.store).faults}


@pytest.fixture
def shelf(home: Home) -> Shelf:
    return Shelf(home)


def other(kept: Document) -> str:
    return f"the document {kept.document_id.hex} is not as it was written"


def missing(kept: Document) -> str:
    return f"the document {kept.document_id.hex} is missing"


def test_one_bit_of_a_document_is_found_by_its_id_and_by_the_entry_that_names_it(shelf: Shelf) -> None:
    for kept, position in ((shelf.letter, shelf.letter_at), (shelf.orphan, None)):
        log_id, document_id, key_id, sealed = shelf.row(kept)
        changed = [(log_id, document_id, key_id, one) for one in (*flips(sealed), sealed[:-1], sealed + b"\0", b"")]
        changed += [(log_id, document_id, one, sealed) for one in (*flips(key_id), shelf.row(shelf.report)[2])]
        for row in changed:
            shelf.put(kept, *row)
            assert shelf.faults() == {(NAME, position, other(kept))}
        shelf.put(kept, log_id, document_id, key_id, sealed)
        assert verify(shelf.store).ok


def test_a_document_under_another_id_is_missed_there_and_wrong_where_it_stands(shelf: Shelf) -> None:
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    for moved in flips(document_id):
        shelf.put(shelf.letter, log_id, moved, key_id, sealed)
        stands = f"the document {moved.hex()} is not as it was written"
        assert shelf.faults() == {(NAME, None, stands), (NAME, shelf.letter_at, missing(shelf.letter))}
        shelf.home.attack("DELETE FROM documents WHERE document_id = :id", id=moved)


def test_a_document_under_the_id_of_another_log_or_of_none_is_found(shelf: Shelf) -> None:
    log_id, *rest = shelf.row(shelf.letter)
    gone = (NAME, shelf.letter_at, missing(shelf.letter))
    shelf.put(shelf.letter, shelf.store.log("139205").id, *rest)
    assert shelf.faults() == {gone, ("139205", None, other(shelf.letter))}
    stray = f"the document {shelf.letter.document_id.hex} stands under the id of no log"
    shelf.put(shelf.letter, flips(log_id)[0], *rest)
    assert shelf.faults() == {gone, (NAME, shelf.letter_at, stray)}
    shelf.put(shelf.letter, log_id, *rest)
    _, *rest = shelf.row(shelf.orphan)
    shelf.put(shelf.orphan, flips(log_id)[0], *rest)
    assert shelf.faults() == {("", None, "a row of documents stands under the id of no log")}


def test_a_document_taken_away_is_missed_where_an_entry_names_it(shelf: Shelf) -> None:
    shelf.home.attack("DELETE FROM documents WHERE log = :log", log=shelf.log.id)
    assert shelf.faults() == {
        (NAME, shelf.letter_at, missing(shelf.letter)),
        (NAME, shelf.report_at, missing(shelf.report)),
    }


def test_a_document_that_several_entries_name_is_told_of_at_each(shelf: Shelf) -> None:
    again = shelf.filed(ANN, shelf.letter)
    elsewhere = shelf.filed(BEN, shelf.letter)  # in whose file it was never put
    assert shelf.faults() == {(NAME, elsewhere, other(shelf.letter))}
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    shelf.put(shelf.letter, log_id, document_id, key_id, flips(sealed)[0])
    assert shelf.faults() == {(NAME, at, other(shelf.letter)) for at in (shelf.letter_at, again, elsewhere)}


def test_an_operator_who_seals_another_file_in_its_place_is_found_by_the_entry(shelf: Shelf) -> None:
    log_id, document_id, key_id, sealed = shelf.row(shelf.letter)
    key = shelf.log.keys.by_id(key_id, 1)
    cipher = AESGCM(document_key(key.data_key, log_id, key_id, document_id, sealed[3:19]))
    shelf.put(shelf.letter, log_id, document_id, key_id, seal_chunks(cipher, sealed[:19], os.urandom(70_000)))
    assert shelf.faults() == {(NAME, shelf.letter_at, other(shelf.letter))}


def test_an_erased_document_is_no_fault_and_none_can_be_made_to_look_erased(shelf: Shelf) -> None:
    destroyed = shelf.row(shelf.report)[2]
    erase(shelf.log, shelf.log.keys.by_id(destroyed, 1).stream)
    assert shelf.faults() == set()
    log_id, document_id, _, sealed = shelf.row(shelf.letter)
    shelf.put(shelf.letter, log_id, document_id, destroyed, sealed)
    what = f"the document {document_id.hex()} names a key that was destroyed"
    assert shelf.faults() == {(NAME, shelf.letter_at, what)}
