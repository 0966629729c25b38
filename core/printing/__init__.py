"""The printing room: a tagged PDF from a template and what is to stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

__all__ = ["Misprinted", "pdf"]

_HERE = Path(__file__).parent  # the library every template may import: "/tallystick.typ"
_TYPEFACE = _HERE.parent / "web" / "static" / "vendor"
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed with')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")  # as Rust writes a text to be debugged
_BY_LETTER = {"t": "\t", "n": "\n", "r": "\r", "0": "\0"}


class Misprinted(Exception):
    """A template is at fault: it does not compile, is not accessible, or draws a warning."""


def pdf(template: bytes, data: msgspec.Struct) -> bytes:
    """A document as tagged PDF (PDF/UA-1): the same bytes for the same template and data.

    The template imports "/tallystick.typ", which says what it offers; it finds the data there as `data`. Data is never
    read as markup, so nothing typed by a person can change the document. A character no font here has is shown by its
    number, such as [U+1F600], so that nothing is left out unseen; white space of any kind by a space.

    Args:
        template: Typst, UTF-8.
        data: Its values are words, numbers, lists and structs; days are written out before they come here.

    Raises:
        Misprinted: With what the compiler says of the template.
    """
    values = msgspec.to_builtins(data)
    compiler = typst.Compiler(root=_HERE, font_paths=_fonts(), ignore_system_fonts=True)
    unshown: set[str] = set()
    while True:
        told = msgspec.json.encode(_spelled(values, unshown)).decode()
        try:
            made, warnings = compiler.compile_with_warnings(
                template, format="pdf", sys_inputs={"data": told}, pdf_standards=["ua-1"]
            )
        except typst.TypstError as error:
            found = {_ESCAPED.sub(_unescaped, one) for one in _UNSHOWN.findall(error.diagnostic)}
            if found <= unshown:
                raise Misprinted(error.diagnostic) from error
            unshown |= found
            continue
        if warnings or not isinstance(made, bytes):
            raise Misprinted(" ".join(warning.message for warning in warnings) or "The template made no document.")
        return made


@cache
def _fonts() -> typst.Fonts:
    """The house's typeface, and the compiler's own for the letters it has not."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_TYPEFACE)])


def _spelled(value: Any, unshown: Iterable[str]) -> Any:
    """A value in which what no font shows is spelled by its numbers."""
    match value:
        case str():
            value = value.replace("\t", " ")  # drawn as nothing at all, and the words beside it would run together
            for cluster in sorted(unshown, key=len, reverse=True):
                value = value.replace(cluster, "".join(_number(letter) for letter in cluster))
            return value
        case dict():
            return {key: _spelled(held, unshown) for key, held in value.items()}
        case list() | tuple():
            return [_spelled(held, unshown) for held in value]
    return value


def _number(letter: str) -> str:
    if letter.isspace():
        return " "
    return letter if " " < letter <= "~" else f"[U+{ord(letter):04X}]"


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _BY_LETTER.get(found[2], found[2])
