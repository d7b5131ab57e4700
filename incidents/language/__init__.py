"""Sentences, tokens, dependencies and entities of an English text."""

from incidents.language.parse import parse

__all__ = ["parse"]
