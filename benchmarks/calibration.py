"""How often what is said with a confidence is right: bins of a reliability diagram (Murphy & Winkler 1977), and its drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_BINS = 5
# Of Wilson's interval (1927), which stays inside 0 and 1 for few of a kind: 90 %.
_Z = 1.645
_SIZE, _MARGIN = 320, 44


class Judged(NamedTuple):
    confidence: float
    right: bool


class Bin(NamedTuple):
    """The answers of a stretch of confidence: their mean confidence, the share that is right, and its 90 % interval."""

    low: float
    high: float
    count: int
    mean: float
    right: float
    least: float
    most: float


def bins(judged: Iterable[Judged]) -> list[Bin]:
    """Fifths of the confidence, empty ones left out."""
    parts: list[list[Judged]] = [[] for _ in range(_BINS)]
    for each in judged:
        parts[min(int(each.confidence * _BINS), _BINS - 1)].append(each)
    return [_bin(index, part) for index, part in enumerate(parts) if part]


def _bin(index: int, part: Sequence[Judged]) -> Bin:
    count = len(part)
    right = sum(each.right for each in part) / count
    mean = sum(each.confidence for each in part) / count
    return Bin(index / _BINS, (index + 1) / _BINS, count, mean, right, *_wilson(right, count))


def _wilson(share: float, count: int) -> tuple[float, float]:
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return middle - half, middle + half


def plot(parts: Sequence[Bin]) -> str:
    """An SVG: on the diagonal confidence and truth agree; the bars are the 90 % intervals, the area of a dot its count."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE + 2 * _MARGIN} {_SIZE + 2 * _MARGIN}"'
            ' font-family="sans-serif" font-size="12" text-anchor="middle">',
            '<rect width="100%" height="100%" fill="white"/>',
            *_axes(),
            *(line for part in parts for line in _dot(part)),
            "</svg>\n",
        ]
    )


def _axes() -> Iterator[str]:
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="4"/>'
    yield f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333"/>'
    for tenth in range(0, 11, 2):
        share = tenth / 10
        yield f'<text x="{_x(share)}" y="{_y(0) + 18}">{share}</text>'
        yield f'<text x="{_x(0) - 16}" y="{_y(share) + 4}">{share}</text>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 36}">confidence</text>'
    yield f'<text transform="translate(12 {_y(0.5)}) rotate(-90)">strictly right</text>'


def _dot(part: Bin) -> Iterator[str]:
    x, y = _x(part.mean), _y(part.right)
    yield f'<path d="M{x} {_y(part.least)}V{_y(part.most)}" stroke="#0b6e99"/>'
    yield f'<circle cx="{x}" cy="{y}" r="{math.sqrt(part.count):.1f}" fill="#0b6e99"/>'
    yield f'<text x="{x + 14}" y="{y - 8}" text-anchor="start">{part.count}</text>'


def _x(share: float) -> float:
    return round(_MARGIN + share * _SIZE, 1)


def _y(share: float) -> float:
    return round(_MARGIN + (1 - share) * _SIZE, 1)
