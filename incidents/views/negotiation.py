"""Which of several forms of one answer a client takes (RFC 9110, section 12.5.3)."""

from __future__ import annotations

from collections.abc import Sequence


def content_coding(header: str | None, offered: Sequence[str]) -> str:
    """The coding of `offered`, best first, that `Accept-Encoding` prefers; "" for the plain form.

    Without the header the plain form is sent: a program that did not ask may not unpack.
    """
    weights = _weights(header or "")
    rest = weights.get("*", 0.0)
    best = max(offered, key=lambda coding: weights.get(coding, rest))
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _weights(header: str) -> dict[str, float]:
    found = {}
    for part in header.split(","):
        coding, *parameters = (word.strip().lower() for word in part.split(";"))
        if coding:
            found["gzip" if coding == "x-gzip" else coding] = _weight(parameters)
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
