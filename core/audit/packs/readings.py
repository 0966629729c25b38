"""record.html, record.pdf and record.json: the same record for three readers, whole in themselves."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from core.audit.packs.telling import Looked, Record, Told
from core.printing import pdf
from core.web.pages import environment
from core.wording import counted, day, moment

_HERE = Path(__file__).parent
_STATIC = _HERE.parents[1] / "web" / "static"
_TYPEFACE = "vendor/atkinson-hyperlegible-next-latin-{}-normal.woff2"


def readings(record: Record) -> dict[str, bytes]:
    """The files, by name: the same bytes for the same record."""
    return {
        "record.html": _environment().get_template("audit/record.html").render(record=record, **_look()).encode(),
        "record.pdf": pdf((_HERE / "record.typ").read_bytes(), _printed(record)),
        "record.json": msgspec.json.format(msgspec.json.encode(record), indent=1),
    }


@cache
def _environment() -> Environment:
    return environment(["core.audit"])


@cache
def _look() -> dict[str, object]:
    """The house's sheet, typeface and mark, to stand in the page itself: it is read offline."""

    def inline(name: str, kind: str) -> str:
        return f"data:{kind};base64,{base64.b64encode((_STATIC / name).read_bytes()).decode()}"

    return {
        "sheet": Markup((_STATIC / "tallystick.css").read_text("utf-8")),  # noqa: S704 - ours, from our own folder
        "faces": [(weight, inline(_TYPEFACE.format(weight), "font/woff2")) for weight in (400, 700)],
        "mark": inline("mark.svg", "image/svg+xml"),
    }


class _Row(msgspec.Struct, frozen=True):
    """One entry on paper."""

    proof: str
    whose: str
    title: str
    says: str
    happened: str
    typed: str
    notes: tuple[str, ...]


class _Printed(msgspec.Struct, frozen=True):
    """What stands on paper."""

    title: str
    made: str
    lede: str
    about: tuple[tuple[str, str], ...]
    runs: tuple[str, ...]
    rows: tuple[_Row, ...]
    looks: tuple[tuple[str, str, str], ...] | None
    keys: tuple[str, ...]


def _printed(record: Record) -> _Printed:
    about = (
        ("For", record.purpose),
        ("Asked for", record.asked),
        ("Entries", f"{len(record.entries):,}"),
        ("Withheld", f"{counted(record.gaps, 'part', 'parts')}, with the reason" if record.gaps else "nothing"),
        ("Log", record.log),
        ("Checkpoint", f"{record.size:,} entries"),
    )
    lede = f"{record.where}, {record.trust}"
    rows = tuple(map(_row, record.entries))
    looks = None if record.looks is None else tuple(map(_look_row, record.looks))
    return _Printed(record.title, record.made, lede, about, record.runs, rows, looks, record.keys)


def _look_row(one: Looked) -> tuple[str, str, str]:
    return one.when, one.who, "; ".join(one.what)


def _row(one: Told) -> _Row:
    notes = [f"Withdrawn: {one.taken_back}"] if one.taken_back else []
    notes += [f"Document: {name}" for name in one.files]
    notes += [f"{gap.what} is withheld. {gap.why}" for gap in one.gaps]
    typed = ", ".join(filter(None, [moment(one.typed), one.late, f"by {one.by}", one.first]))
    return _Row(one.number, one.whose, one.title, one.says or "", day(one.happened), typed, tuple(notes))
