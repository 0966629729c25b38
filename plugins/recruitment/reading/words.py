"""Reading a Word document (.docx) that anyone may have made: its paragraphs and tables, in order, as text.

A list's items come out with a bullet and headings with a hash before them, which is how `read_description` knows both.
What was struck out while changes were tracked is left out; what was written in is read. No number in the file decides
how much memory is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as Unpackable  # noqa: N812 - zlib gives it no better name

from core.roll.limits import Unreadable

from .headings import need_of

MOST_CHARACTERS = 200_000
_MOST_BYTES = 60_000_000  # of all parts, unpacked
_MOST_TIMES = 100  # the size of the packed file; asked from 10 MB on
_MOST_PARTS = 2_000
_MOST_DEEP = 200  # elements inside each other

_DAMAGED = "This Word document is damaged and cannot be read. Open it in Word, save it anew, and upload that file."
_BOMB = "This Word document unpacks to more than we open. Copy its text into a new document and upload that."
_LONG = "This document is longer than any job description. Upload the description alone, or paste its text."
_OTHERS = {
    "content.xml": "This is an OpenDocument file, which we do not read. Save it as Word (.docx) and upload that file.",
    "xl/workbook.xml": "This is an Excel workbook. Paste the text of the description, or upload it as Word (.docx).",
    "ppt/presentation.xml": "This is a presentation. Paste the text of the description, or upload it as Word (.docx).",
}
_ZIPPED = "This is a zip file, not a document. Unpack it and upload the file inside it."
_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")
_HEADING = re.compile(r"heading \d|title|subtitle")
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "rPr", "pPrChange"}


def word_text(content: bytes) -> str:
    """The text of the document: what stands at the head and foot of its pages first, then the body, then its notes.

    Raises:
        Unreadable: Not such a file, damaged, or larger than the limits.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            _measure(archive, len(content))
            styles = _Styles()
            names = archive.namelist()
            if "word/styles.xml" in names:
                _parse(archive, "word/styles.xml", styles)
            edges = [_part(archive, name, styles) for name in sorted(names) if _PARTS.fullmatch(name)]
            notes = [name for name in ("word/footnotes.xml", "word/endnotes.xml") if name in names]
            texts = [*dict.fromkeys(edges), *(_part(archive, name, styles) for name in ["word/document.xml", *notes])]
    except (BadZipFile, Unpackable, EOFError, RuntimeError, expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    return "\n\n".join(text for text in texts if text)


def _measure(archive: ZipFile, packed: int) -> None:
    """Refuse an archive that is no document, or claims too much; more than it claims is never unpacked."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or size > max(10_000_000, _MOST_TIMES * packed):
        raise Unreadable(_BOMB)
    if any(part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unreadable(_DAMAGED)
    names = set(archive.namelist())
    if "word/document.xml" not in names:
        raise Unreadable(next((says for name, says in _OTHERS.items() if name in names), _ZIPPED))


def _part(archive: ZipFile, name: str, styles: _Styles) -> str:
    body = _Body(styles)
    _parse(archive, name, body)
    return "\n".join(_lines(body.held))


def _parse(archive: ZipFile, name: str, reader: _Styles | _Body) -> None:
    """Go through a part. One with a DOCTYPE is refused: no document has it, and entities unfold."""

    def doctype(*_: object) -> None:
        raise Unreadable(_DAMAGED)

    deep = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal deep
        deep += 1
        if deep > _MOST_DEEP:
            raise Unreadable(_DAMAGED)
        reader.start(tag[tag.find(":") + 1 :], {key[key.find(":") + 1 :]: held for key, held in attributes.items()})

    def end(tag: str) -> None:
        nonlocal deep
        deep -= 1
        reader.end(tag[tag.find(":") + 1 :])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, reader.characters
    with archive.open(name) as stream:
        parser.ParseFile(stream)


class _Styles:
    """Which styles make a heading, and which an item of a list."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._numbered: set[str] = set()
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif tag == "name":
            self._names[self._style] = attributes.get("val", "").lower()
        elif tag == "basedOn":
            self._bases[self._style] = attributes.get("val", "")
        elif tag == "numId" and attributes.get("val") != "0":
            self._numbered.add(self._style)

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""

    def characters(self, _: str) -> None:
        """Styles hold no text."""

    def mark(self, style: str) -> str:
        """What stands before a paragraph of this style."""
        for _ in range(10):  # styles based on one another
            name = self._names.get(style, style.lower())
            if _HEADING.fullmatch(name):
                return "# "
            if style in self._numbered or name.startswith(("list bullet", "list number")):
                return "• "
            style = self._bases.get(style, "")
            if not style:
                break
        return ""


class _Paragraph:
    """A paragraph while it is read; its lines, when breaks stand in it."""

    def __init__(self) -> None:
        self.style, self.numbered = "", ""
        self.text: list[str] = []

    def marked(self, styles: _Styles) -> list[str]:
        lines = "".join(self.text).split("\n")
        mark = styles.mark(self.style)
        if mark != "# " and self.numbered:
            mark = "" if self.numbered == "0" else "• "
        return [f"{mark}{line}" if mark and line.strip() and not at else line for at, line in enumerate(lines)]


_Cell = list[Any]  # of lines, and of tables: rows of cells


class _Body:
    """Reads the paragraphs and tables of a part, tables within tables and text boxes too."""

    def __init__(self, styles: _Styles) -> None:
        self.held: _Cell = []
        self._styles = styles
        self._open: list[_Cell] = [self.held]
        self._tables: list[list[list[_Cell]]] = []
        self._paragraphs: list[_Paragraph] = []
        self._skipping = 0
        self._in_text = False
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
        elif tag == "p":
            self._count(1)
            self._paragraphs.append(_Paragraph())
        elif tag == "tbl":
            self._tables.append([])
        elif tag == "tr":
            self._tables[-1].append([])
        elif tag == "tc":
            self._open.append([])
        elif self._paragraphs:
            self._in_paragraph(tag, attributes)

    def _in_paragraph(self, tag: str, attributes: dict[str, str]) -> None:
        paragraph, value = self._paragraphs[-1], attributes.get("val", "")
        if tag == "pStyle":
            paragraph.style = value
        elif tag == "numId":
            paragraph.numbered = value
        elif tag == "t":
            self._in_text = True
        elif tag in {"tab", "ptab"} and not value:  # one with a value only sets a tab stop
            paragraph.text.append("\t")
        elif tag in {"br", "cr"}:
            self._count(1)
            paragraph.text.append("\n")
        elif tag == "noBreakHyphen":
            paragraph.text.append("-")
        elif tag == "sym":
            paragraph.text.append(chr(int(attributes.get("char", "20"), 16)))

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._count(len(text))
            self._paragraphs[-1].text.append(text)

    def _count(self, characters: int) -> None:
        self._size += characters
        if self._size > MOST_CHARACTERS:
            raise Unreadable(_LONG)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self._open[-1] += self._paragraphs.pop().marked(self._styles)
        elif tag == "tc":
            self._tables[-1][-1].append(self._open.pop())
        elif tag == "tbl":
            self._open[-1].append(self._tables.pop())


def _lines(cell: _Cell) -> Iterator[str]:
    """The lines of a cell, or of the whole; a table's rows one after the other."""
    for held in cell:
        if isinstance(held, str):
            yield held
        else:
            yield from _table(held)
            yield ""


def _table(rows: Sequence[Sequence[_Cell]]) -> Iterator[str]:
    """A row of single lines stays on one line; else its cells follow each other, under what their column is called.

    Only a column of what is essential or desirable repeats its heading: the rows would not say which they are.
    """
    flat = [[[line for line in _lines(cell) if line.strip()] for cell in row] for row in rows]
    heads = [" ".join(cell) for cell in flat[0]] if flat else []
    needs = [need_of(head) is not None and len(head.split()) <= 3 for head in heads]
    for at, cells in enumerate(flat):
        if at and any(needs):
            yield from _judged(cells, heads, needs)
        elif all(len(cell) <= 1 for cell in cells):
            yield "\t".join(line for cell in cells for line in cell)
        else:
            for cell in cells:
                yield from cell


def _judged(cells: Sequence[Sequence[str]], heads: Sequence[str], needs: Sequence[bool]) -> Iterator[str]:
    for at, cell in enumerate(cells):
        if at < len(needs) and needs[at] and cell:
            yield heads[at]
            yield from (line if line.startswith("• ") else f"• {line}" for line in cell)
        elif not at and cell:
            yield f"# {' '.join(cell)}"
        else:
            yield from cell
