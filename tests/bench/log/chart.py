"""A chart of lines over a logarithmic axis, as SVG with its title and description."""

from __future__ import annotations

from html import escape
from math import log10
from typing import NamedTuple

_WIDTH, _HEIGHT = 760, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 240, 50, 50
_SAID = 'role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13"'
_COLOURS = ("#005a9c", "#b35900", "#00703c")


class Line(NamedTuple):
    """A named line through (entries, share of the speed at the start)."""

    name: str
    points: list[tuple[int, float]]
    dashed: bool = False


def chart(title: str, description: str, lines: list[Line]) -> str:
    """The picture; lines take three colours in turn, and say their names at the right."""
    sizes = [size for size, _ in lines[0].points]
    top = max(1.2, *(share for line in lines for _, share in line.points)) * 1.05

    def x(size: float) -> float:
        span = log10(sizes[-1]) - log10(sizes[0])
        return _LEFT + (log10(size) - log10(sizes[0])) / span * (_WIDTH - _LEFT - _RIGHT)

    def y(share: float) -> float:
        return _HEIGHT - _BOTTOM - share / top * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_SAID}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
    ]
    for share in (0, 0.5, 1):
        parts.append(f'<path d="M{_LEFT} {y(share):.1f}H{_WIDTH - _RIGHT}" stroke="#b1b4b6"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y(share) + 4:.1f}" text-anchor="end">{share:g}</text>')
    below = _HEIGHT - _BOTTOM + 20
    parts += [f'<text x="{x(size):.1f}" y="{below}" text-anchor="middle">{size:,}</text>' for size in sizes]
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 8}">entries in the log; speed beside that at {sizes[0]:,}</text>')
    ends = _spread([y(line.points[-1][1]) for line in lines])
    for at, (line, end) in enumerate(zip(lines, ends, strict=True)):
        colour, dashes = _COLOURS[at % len(_COLOURS)], ' stroke-dasharray="6 4"' if line.dashed else ""
        path = "L".join(f"{x(size):.1f} {y(share):.1f}" for size, share in line.points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashes}/>')
        said = escape(f"{line.name}: {line.points[-1][1]:.2f}")
        parts.append(f'<text x="{_WIDTH - _RIGHT + 8}" y="{end + 4:.1f}" fill="{colour}">{said}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _spread(places: list[float], apart: float = 17) -> list[float]:
    """The places, moved down as far as needed for names to stand apart."""
    moved, last = dict[int, float](), 0.0
    for at in sorted(range(len(places)), key=places.__getitem__):
        last = moved[at] = max(places[at], last + apart)
    return [moved[at] for at in range(len(places))]
