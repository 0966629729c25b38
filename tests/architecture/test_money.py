"""No float comes near money: where it is counted, there are whole pence, fractions and floor division only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNTING = (
    "core/money.py",
    *(f"plugins/finance/{layer}" for layer in ("rules", "facts", "views", "commands", "codes")),
)
INEXACT = {"float", "round", "truediv", "fsum"}


def inexact(source: str) -> Iterator[tuple[int, str]]:
    """Each place where a module leaves whole numbers and fractions: its line, and what stands there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, ast.unparse(node)
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield node.lineno, "/"
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in INEXACT:
                yield node.lineno, name


def counting() -> list[Path]:
    """The modules that count money, in a file or a folder."""
    found = []
    for name in COUNTING:
        place = ROOT / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    return found


def test_money_is_counted_without_floats() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {what}"
        for path in counting()
        for line, what in inexact(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_place_where_money_is_counted_is_looked_at() -> None:
    looked_at = {path.relative_to(ROOT).as_posix() for path in counting()}
    assert all(any(path.startswith(place.removesuffix(".py")) for path in looked_at) for place in COUNTING)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("pence = pounds * 1.5", ["1.5"]),
        ("share = pence / 12", ["/"]),
        ("pence /= 12", ["/"]),
        ("rate: float = 1", ["float"]),
        ("pence = round(amount)", ["round"]),
        ("pence = math.fsum(parts)", ["fsum"]),
        ("from operator import truediv", ["truediv"]),
        ("pence = 1e3", ["1000.0"]),
        ("each, left = divmod(pence, 12)\nshare = Fraction(pence, 12) * 7 // 1  # 7 / 12", []),
        ("def share(pence, /): return f'{pence // 100}/{pence % 100}'", []),
    ],
)
def test_the_check_sees_what_is_inexact(source: str, found: list[str]) -> None:
    assert [what for _, what in inexact(source)] == found
