"""Reading a text file of rows: its encoding, its lines as an editor counts them, its cells."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from core.roll.limits import EXPORT_AGAIN, MOST_LINES, SAVE_AS, Unreadable, too_long

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")  # what no text holds; NUL first of all

_MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 with BOM"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")  # an accented letter in UTF-8; in Windows-1252 no name holds it
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|table|\?xml|meta|style)", re.IGNORECASE)
_QUOTED_LATE = re.compile(r'[,;\t|] +"')


def text_in(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of the encoding it was read as.

    A byte order mark decides; without one it is UTF-8 if it can be, else Windows-1252.

    Raises:
        Unreadable: Not text, or text in two encodings, where names would come out wrong.
    """
    codec, called = next((_MARKS[mark] for mark in _MARKS if content.startswith(mark)), ("utf-8", "UTF-8"))
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if codec != "utf-8":
            raise _not_text(_lines(content[: error.start].decode(codec, "ignore"))) from error
        text, called = _windows(content, error.start), "Windows-1252"
    if found := CONTROL.search(text):
        raise _not_text(_lines(text[: found.start()]))
    if not text.strip():
        raise Unreadable(f"This file is empty. {EXPORT_AGAIN}")
    if _WEB_PAGE.match(text):
        raise Unreadable(f"This is a web page or XML, whatever its name says. {SAVE_AS}")
    return text, called


def lines_in(text: str) -> list[str]:
    """The lines as a text editor counts them, each with its end: CRLF, LF or CR.

    Raises:
        Unreadable: More lines than any list has.
    """
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise Unreadable(f"This file has more than {MOST_LINES:,} lines. {EXPORT_AGAIN}")
    return StringIO(text, newline="").readlines()


def records_in(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each record that is not blank, with the line it starts on; a quoted cell may run over several lines."""
    late = any(_QUOTED_LATE.search(line) for line in lines[:1])  # some write a space after each comma
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=late)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise too_long(line) from error


def all_closed(lines: Sequence[str], delimiter: str, line: int) -> None:
    """Refuse a file that ends inside quotation marks, which swallow every row after them.

    Args:
        line: Where the last record starts.
    """
    try:
        list(csv.reader(lines[line - 1 :], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise Unreadable(
                f"A quotation mark opened on line {line}, or below it, is never closed, or the file was cut off there. "
                f"{EXPORT_AGAIN}"
            ) from error


def _windows(content: bytes, broken_at: int) -> str:
    if pair := _UTF8_PAIR.search(content):
        utf8, other = (_lines(content[:at].decode("latin-1")) for at in (pair.start(), broken_at))
        raise Unreadable(
            f"Line {utf8} of this file is written in UTF-8 and line {other} is not, so some names would come out "
            f"wrong. {EXPORT_AGAIN}"
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _not_text(_lines(content[: error.start].decode("cp1252"))) from error


def _lines(before: str) -> int:
    """The line on which this text ends, from 1."""
    return len(_LINE_END.findall(before)) + 1


def _not_text(line: int) -> Unreadable:
    return Unreadable(
        f"Line {line} of this file holds characters that are not text, so it is no CSV file or a damaged one. "
        "Open it in Excel, choose Save As, CSV UTF-8 or Excel Workbook (.xlsx), and upload that file."
    )
