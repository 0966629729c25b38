"""Reading the sheets of an XLSX file that anyone may have made.

A workbook is a zip of XML, and both can be small and unfold to anything. Libraries trust the numbers written in it:
the one we measured (calamine 0.9.1) asks for 96 GB because a count says so, for 500 GB because two cells lie far
apart, and takes the process down with it. Here no number in a file decides how much memory is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import basename, dirname, join, normpath
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as Unpackable  # noqa: N812 - zlib gives it no better name

from core.roll.cells import column_number, day_text, is_of_days, number_text, plain_text
from core.roll.limits import EXPORT_AGAIN, MOST_BYTES, MOST_CELLS, MOST_PARTS, MOST_TIMES, SAVE_AS, Unreadable, within

_MOST_DEEP = 100  # elements inside each other
_MOST_LISTED = 100_000  # sheets, links or styles

_ALONE = "Copy the list alone into a new workbook and upload that."
_BOMB = f"This workbook unpacks to more than we open ({MOST_BYTES // 1_000_000} MB). {_ALONE}"
_CROWDED = f"This workbook has more than {MOST_CELLS:,} cells. {_ALONE}"
_DAMAGED = f"This workbook is damaged and cannot be read. {SAVE_AS}"
_ZIPPED = "This is a zip file, not a list. Unpack it and upload the CSV or Excel file inside it."
_OTHERS = {
    "xl/workbook.bin": f"This is a binary workbook (.xlsb), which we do not read. {SAVE_AS}",
    "content.xml": "This is an OpenDocument file, which we do not read. Save it as Excel (.xlsx) and upload that file.",
    "word/document.xml": f"This is a Word document. {EXPORT_AGAIN}",
}


def sheets_in(content: bytes) -> Iterator[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    """Name and rows of each visible sheet in order; with each row its number. Rows of nothing are left out.

    Raises:
        Unreadable: Not such a file, damaged, protected, or larger than the limits.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            _measure(archive, len(content))
            yield from _sheets(archive)
    except (BadZipFile, Unpackable, EOFError, RuntimeError, expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error


def _measure(archive: ZipFile, packed: int) -> None:
    """Refuse an archive that is no workbook, or claims too much; more than it claims is never unpacked."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_BYTES or size > max(10_000_000, MOST_TIMES * packed):
        raise Unreadable(_BOMB)
    if any(part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unreadable(_DAMAGED)
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise Unreadable(next((says for name, says in _OTHERS.items() if name in names), _ZIPPED))


def _sheets(archive: ZipFile) -> Iterator[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    links = _links(archive, "xl/workbook.xml")
    parts = dict(links.values())
    reader = _Cells()
    if "sharedStrings" in parts:
        reader.read(archive, parts["sharedStrings"])
    if "styles" in parts:
        reader.days = _day_styles(archive, parts["styles"])
    for tag, attributes in _elements(archive, "xl/workbook.xml", {"sheet", "workbookPr"}):
        if tag == "workbookPr":
            reader.from_1904 = attributes.get("date1904") in ("1", "true")
        elif attributes.get("state", "visible") == "visible":
            link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            kind, part = links.pop(link, ("", ""))  # no sheet is read twice
            if kind == "worksheet":
                reader.rows = []
                reader.read(archive, part)
                yield attributes["name"], reader.rows


def _links(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part is made of, by the names it has for that: the kind of each, and where it is."""
    folder = dirname(part)
    links = _elements(archive, join(folder, "_rels", f"{basename(part)}.rels"), {"Relationship"})
    return {
        link["Id"]: (basename(link["Type"]), normpath(join("/", folder, link["Target"])).lstrip("/"))
        for _, link in links
        if link.get("TargetMode") != "External"
    }


def _day_styles(archive: ZipFile, part: str) -> frozenset[int]:
    """The styles that show a number as a day or a time, by their place."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    of_cells = False
    for tag, attributes in _elements(archive, part, {"numFmt", "xf", "cellXfs", "cellStyleXfs"}):
        if tag == "numFmt":
            formats.setdefault(attributes["numFmtId"], attributes["formatCode"])
        elif tag != "xf":
            of_cells = tag == "cellXfs"
        elif of_cells:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(place for place, number in enumerate(styles) if is_of_days(int(number), formats.get(number)))


def _elements(archive: ZipFile, part: str, wanted: set[str]) -> list[tuple[str, dict[str, str]]]:
    """Some elements of a part with their attributes, in order."""
    found: list[tuple[str, dict[str, str]]] = []
    deep = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal deep
        deep += 1
        tag = name[name.find(":") + 1 :]
        if tag in wanted:
            found.append((tag, attributes))
        if deep > _MOST_DEEP or len(found) > _MOST_LISTED:
            raise Unreadable(_DAMAGED)

    def end(_: str) -> None:
        nonlocal deep
        deep -= 1

    _parse(archive, part, start, end)
    return found


def _parse(
    archive: ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through a part. One with a DOCTYPE is refused: no workbook has it, and entities unfold."""

    def doctype(*_: object) -> None:
        raise Unreadable(_DAMAGED)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


class _Cells:
    """Reads the shared texts, then sheet after sheet."""

    def __init__(self) -> None:
        self.days = frozenset[int]()
        self.from_1904 = False
        self.rows: list[tuple[int, tuple[str, ...]]] = []
        self._strings: list[str] = []
        self._cells: dict[int, str] = {}
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._line = self._column = self._number = self._size = 0
        self._deep, self._in_text, self._aside = 0, False, False

    def read(self, archive: ZipFile, part: str) -> None:
        self._line = self._deep = 0
        _parse(archive, part, self._start, self._end, self._characters)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name[name.find(":") + 1 :]
        self._deep += 1
        if self._deep > _MOST_DEEP:
            raise Unreadable(_DAMAGED)
        if tag == "c":
            at = attributes.get("r")
            self._column = column_number(at.rstrip("0123456789")) if at else self._column + 1
            self._cell = attributes
            self._text = []
        elif tag in {"v", "t"}:
            self._in_text = not self._aside
        elif tag == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._column = 0
            self._cells = {}
        elif tag == "si":
            self._text = []
        elif tag == "rPh":  # how a word is spoken, in Japanese
            self._aside = True

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name[name.find(":") + 1 :]
        self._deep -= 1
        if tag in {"v", "t"}:
            self._in_text = False
        elif tag == "c":
            if self._text:
                self._cells[self._column] = self._shown("".join(self._text))
        elif tag == "row":
            if self._cells:
                self._end_row()
        elif tag == "si":
            self._strings.append(plain_text("".join(self._text)))
            self._count(1, len(self._strings[-1]))
        elif tag == "rPh":
            self._aside = False

    def _end_row(self) -> None:
        width = max(self._cells)
        within(len(self.rows), width)
        self._count(len(self._cells), sum(map(len, self._cells.values())))
        self.rows.append((self._line, tuple(self._cells.get(at, "") for at in range(1, width + 1))))

    def _count(self, cells: int, characters: int) -> None:
        self._number += cells
        self._size += characters
        if self._number > MOST_CELLS:
            raise Unreadable(_CROWDED)
        if self._size > MOST_BYTES:
            raise Unreadable(_BOMB)

    def _shown(self, text: str) -> str:
        match self._cell.get("t", "n"):
            case "s":
                return self._strings[int(text)]
            case "n" if int(self._cell.get("s", "0")) in self.days:
                return day_text(text, self.from_1904)
            case "n":
                return number_text(text)
            case "b":
                return "TRUE" if text.strip() == "1" else "FALSE"
            case "d":
                return text.removesuffix("Z").removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
        return plain_text(text)
