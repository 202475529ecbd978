"""Words of the command line that become values, and the complaint when they cannot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

from sim.errors import SimError


class BadUse(SimError):
    """A command line that cannot be obeyed."""


def near(word: str, known: Iterable[str]) -> str:
    """`, did you mean ...?` for the closest known word, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f", did you mean {found[0]}?" if found else ""


@overload
def whole(name: str, text: str, low: int, high: int) -> int: ...
@overload
def whole(name: str, text: None, low: int, high: int) -> None: ...
@overload
def whole(name: str, text: str | None, low: int, high: int) -> int | None: ...
def whole(name: str, text: str | None, low: int, high: int) -> int | None:
    """A whole number in digits alone, within its bounds; None stays None."""
    if text is None:
        return None
    if not (
        text.isascii()
        and text.isdigit()
        and len(text) <= len(str(high))
        and low <= int(text) <= high
    ):
        raise BadUse(f"{name}: must be a whole number from {low} to {high}, got {text[:40]}")
    return int(text)


def between(name: str, text: str | None, low: float, high: float) -> float | None:
    """A number strictly between two bounds; None stays None."""
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low < value < high:
        raise BadUse(f"{name}: must be a number between {low:g} and {high:g}, got {text[:40]}")
    return value


def settings(given: Sequence[str]) -> dict[str, str]:
    """Dotted paths and values of `--set path=value`; the last word on a path counts."""
    found = {}
    for word in given:
        path, sign, value = word.partition("=")
        if not (path.strip() and sign and value.strip()):
            raise BadUse(
                f"--set: must be path=value, got {word[:80] or 'nothing'} (for example states.NAME.resolve=0.9)"
            )
        found[path.strip()] = value.strip()
    return found


def given(out: str) -> str:
    """What `--out` names. Raise a `BadUse` for nothing, as an unset variable of a shell gives it."""
    if not out.strip():
        raise BadUse("--out: must be a folder or an address, got nothing")
    return out


def given_path(out: str) -> Path:
    """The same as a path."""
    return Path(given(out))


def positive(name: str, text: str) -> float:
    """A number above zero, as a plain decimal."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise BadUse(f"{name}: must be a number above 0, got {text[:40]}")
    return value
