"""Columns of the tables of a world: each field of a row is one 64-bit word."""

from __future__ import annotations

Fields = tuple[tuple[str, str], ...]


def reals(*names: str) -> Fields:
    """Columns of real numbers."""
    return tuple((name, "f8") for name in names)


def whole(*names: str) -> Fields:
    """Columns of whole numbers."""
    return tuple((name, "i8") for name in names)


#: What the random draws of an entity are addressed by.
KEY: Fields = (("key", "u8"),)
