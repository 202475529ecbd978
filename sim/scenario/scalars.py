"""What a scalar without quotes means, and what it does not mean to everybody.

The core schema of YAML 1.2, less what YAML 1.1 or a hurried eye reads as something else: `0120` is
120 to the one and 80 to the other, so it is no number here but a mistake with a hint. Numbers have
the digits 0 to 9 alone, and underscores between groups of three of them only.
"""

from __future__ import annotations

import math
import re

MAX_NUMBER = 40

_WHOLE = r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(_[0-9]{3})+)"
NUMBER = re.compile(rf"[-+]?({_WHOLE}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
NULL = ("", "~", "null", "Null", "NULL")
#: Booleans of YAML 1.1, which other readers may speak.
OLD_FLAGS = frozenset({"y", "n", "yes", "no", "on", "off"})

_IN_FRONT = re.compile(r"([-+]?)(0[0-9_]+(\.[0-9]*)?([eE][-+]?[0-9]+)?)")
_OTHER_BASE = re.compile(r"([-+]?)0([oxb])([0-9a-fA-F_]+)")
_GROUPED = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?")
_SIXTIES = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_BASES = {"o": 8, "x": 16, "b": 2}


def meaning(text: str) -> bool | int | float | str | None:
    """What a scalar without quotes means; a number too long to be meant is text."""
    if text in NULL:
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text[0] in "tT"
    if NOT_FINITE.fullmatch(text):
        return float(text.lower().replace(".", ""))
    if len(text) <= MAX_NUMBER and NUMBER.fullmatch(text):
        plain = text.replace("_", "")
        if plain.lstrip("+-").isdigit():
            return int(plain)
        value = float(plain)
        return text if _vanishes(plain, value) else value
    return text


def as_number(text: str) -> int | float | None:
    """The finite number that a text is to all readers, in a call too; None for any other."""
    value = meaning(text.strip())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) else None


def _vanishes(text: str, value: float) -> bool:
    """Whether a number is so small that it would be read as 0."""
    return value == 0 and re.search("[1-9]", re.split("[eE]", text)[0]) is not None


def trap(text: str) -> str:
    """What to write in place of a text that other readers of YAML take for a number.

    Empty for a text that nobody does.
    """
    if len(text) > MAX_NUMBER:
        return ""
    if found := _OTHER_BASE.fullmatch(text):
        return _in_base(found[3].replace("_", ""), _BASES[found[2]], found[1])
    if found := _IN_FRONT.fullmatch(text):
        digits = found[2].replace("_", "")
        octal = re.fullmatch("[0-7]+", digits)
        also = f"YAML 1.1 reads {text} as {found[1]}{int(digits, 8)}" if octal else "no zero leads"
        short = re.sub("^0+(?=[0-9])", "", digits)
        return f"write {found[1]}{short}: {also}"
    if NUMBER.fullmatch(text):
        small = isinstance(meaning(text), str)
        return "it is too small for a number of the machine: write 0" if small else ""
    if "_" in text and _GROUPED.fullmatch(text):
        return f"write {text.replace('_', '')}: underscores stand between groups of three digits"
    if _SIXTIES.fullmatch(text):
        return f"YAML 1.1 reads it as {_sixties(text):g}: write the number that you mean"
    if not text.isascii() and any(sign.isdigit() for sign in text):
        return "write it with the digits 0 to 9"
    return ""


def _in_base(digits: str, base: int, sign: str) -> str:
    try:
        return f"write {sign}{int(digits, base)}"
    except ValueError:
        return ""


def _sixties(text: str) -> float:
    value = 0.0
    for part in text.lstrip("+-").replace("_", "").split(":"):
        value = value * 60 + float(part)
    return -value if text.startswith("-") else value


def mistaken(text: str) -> str:
    """What YAML 1.1 takes a text without quotes for that is read as text here, or empty."""
    if text.lower() in OLD_FLAGS:
        return "true" if text.lower() in ("y", "yes", "on") else "false"
    return "a number" if text.isascii() and trap(text) else ""
