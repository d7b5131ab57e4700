"""Word lists written as running text."""


def word_set(line: str) -> frozenset[str]:
    return frozenset(line.split())
