"""Words of the command line that become values, and the complaint when they cannot.

Each parser is made for one option, whose name its complaint gives. Typer calls it with the word
that was typed, or with the default.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from sim.errors import SimError, StoreError
from sim.files import local_place, place

PlaceT = TypeVar("PlaceT")

_SHOWN = 40  # characters of a wrong word that a complaint repeats
_SHOWN_LONG = 80
_FAR = 10**6  # days; further than any horizon
#: A comma that ends one setting of a variant: what follows is another path and its sign.
_NEXT_SETTING = re.compile(r",\s*(?=[\w.-]+\s*=)")


class BadUse(SimError):
    """A command line that cannot be carried out."""


class Days(NamedTuple):
    """First and last day of a span, counted from the release."""

    first: int
    last: int


class Variant(NamedTuple):
    """A changed copy of a scenario: its name and its `PATH=VALUE` settings."""

    name: str
    settings: tuple[str, ...]


def near(word: str, known: Iterable[str]) -> str:
    """`, did you mean ...?` for the closest known word, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f", did you mean {found[0]}?" if found else ""


def whole(option: str, low: int, high: int) -> Callable[[object], int]:
    """A parser of whole numbers in digits alone, within two bounds."""

    def parse(word: object) -> int:
        text = str(word)
        digits = text.isascii() and text.isdigit() and len(text) <= len(str(high))
        if not (digits and low <= int(text) <= high):
            raise BadUse(
                f"{option}: must be a whole number from {low} to {high}, got {text[:_SHOWN]}"
            )
        return int(text)

    return parse


def number(option: str, low: float, high: float = math.inf) -> Callable[[object], float]:
    """A parser of numbers strictly between two bounds."""

    def parse(word: object) -> float:
        from sim.scenario.scalars import (
            as_number,
        )  # a tenth of a second, which --help need not wait

        text = str(word)
        value = as_number(text)
        if value is None or not low < value < high:
            bounds = f"above {low:g}" if high == math.inf else f"between {low:g} and {high:g}"
            raise BadUse(f"{option}: must be a number {bounds}, got {text[:_SHOWN]}")
        return float(value)

    return parse


def one_of(option: str, known: Sequence[str]) -> Callable[[object], str]:
    """A parser of one of a few words."""

    def parse(word: object) -> str:
        text = str(word)
        if text not in known:
            raise BadUse(
                f"{option}: must be one of {', '.join(known)}, got {text}{near(text, known)}"
            )
        return text

    return parse


def setting(word: str) -> str:
    """A parser of `path=value`; gives it without spaces around path and value."""
    path, sign, value = word.partition("=")
    if not (path.strip() and sign and value.strip()):
        raise BadUse(
            f"--set: must be path=value, got {word[:_SHOWN_LONG] or 'nothing'} "
            "(for example states.NAME.resolve=0.9)"
        )
    return f"{path.strip()}={value.strip()}"


def by_path(settings: Iterable[str]) -> dict[str, str]:
    """Values of settings by their dotted paths; the last one for a path counts."""
    parts = (one.partition("=") for one in settings)
    return {path: value for path, _, value in parts}


def address(word: str) -> str:
    """A parser of `--out`: a folder or an address; an unset variable of a shell gives nothing."""
    return str(_place(word, place))


def path(word: str) -> Path:
    """The same for what is written on this machine alone."""
    return _place(word, local_place)


def _place(word: str, read: Callable[[str], PlaceT]) -> PlaceT:
    if not word.strip():
        raise BadUse("--out: must be a folder or an address, got nothing")
    try:
        return read(word)
    except StoreError as error:
        raise BadUse(f"--out: {error}") from error


def days(text: str) -> Days:
    """A parser of `A:B`, two days after the release; a missing one stands for the first or last."""
    found = re.fullmatch(r"(-?\d{1,5})?:(-?\d{1,5})?", text)
    if not found:
        raise BadUse(
            "--days: must be A:B, two whole numbers of days after the release, "
            f"got {text[:_SHOWN]} (for example 1:30)"
        )
    span = Days(int(found[1] or -_FAR), int(found[2] or _FAR))
    if span.first > span.last:
        raise BadUse(f"--days: must not end before it begins, got {text}")
    return span


def variant(text: str) -> Variant:
    """A parser of `name: path=value, path=value`."""
    name, sign, rest = text.partition(":")
    changes = tuple(part.strip() for part in _NEXT_SETTING.split(rest))
    complete = all(re.match(r"[\w.-]+\s*=\s*\S", part) for part in changes)
    if not (name.strip() and sign and complete) or "=" in name:
        raise BadUse(
            '--variant: must be "name: path=value, path=value", '
            f'got {text[:_SHOWN_LONG] or "nothing"} (for example "calm: states.NAME.resolve=0.2")'
        )
    return Variant(name.strip(), changes)
