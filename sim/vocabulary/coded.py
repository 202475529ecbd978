"""What a coded word is: a member of an enumeration, whose number is kept and whose word is read.

`Stance.RESTRAIN` is the number 1 in a row of the world, in the log and in the ledger, and
"restrain" in a scenario file, a table or a sentence. A `Coded` word is only that; a `Row` has
columns too, one for each thing that code asks about it. In compiled code a member is its number
(`sim/engine/jit.py`).
"""

from __future__ import annotations

from enum import IntEnum
from inspect import get_annotations
from typing import Any, Self


class VocabularyError(Exception):
    """A vocabulary that contradicts itself, or lacks something; raised when it is imported."""


def require(holds: bool, place: str, rule: str) -> None:
    """Refuse a vocabulary that breaks a rule, with the place and the rule."""
    if not holds:
        raise VocabularyError(f"{place}: {rule}")


class CodedWord(IntEnum):
    """A word with a number; numbers count from 0 in the order of the words."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        numbers = [int(member) for member in cls.__members__.values()]
        require(
            numbers == list(range(len(numbers))),
            cls.__name__,
            f"must number its words from 0 in their order, got {numbers}",
        )

    @property
    def word(self) -> str:
        """The word as files, tables and keys of words have it: the name in small letters."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Self:
        """The member with a word; a `KeyError` if there is none."""
        return cls[word.upper()]


class Row(CodedWord):
    """A coded word that is a row of a table; the columns are the annotations of its class.

    Rows are numbered from 0 as they stand. A row with a column too few or too many fails the
    import.
    """

    def __new__(cls, *_columns: Any) -> Self:
        number = len(cls.__members__)
        member = int.__new__(cls, number)
        member._value_ = number
        return member

    def __init__(self, *columns: Any) -> None:
        names = columns_of(type(self))
        require(
            len(columns) == len(names),
            f"{type(self).__name__}.{self._name_}",
            f"must have the {len(names)} columns {', '.join(names)}, got {len(columns)}",
        )
        for name, value in zip(names, columns, strict=True):
            setattr(self, name, value)


def columns_of(table: type[Row]) -> tuple[str, ...]:
    """Names of the columns of a table, in their order."""
    return tuple(get_annotations(table))


def words(kind: type[CodedWord]) -> tuple[str, ...]:
    """All words of an enumeration, in the order of their numbers."""
    return tuple(member.word for member in kind)
