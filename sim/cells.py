"""Text in CSV files, so that no program takes it for something else.

A spreadsheet computes a cell that begins with `=`; pandas reads `NA` as a missing value and `1` as
a number. Such a text gets an apostrophe before it, as spreadsheets do themselves, and so does a
text that begins with one: `plain` takes exactly that apostrophe off again. Numbers stay as they
are. A line end is written as a newline alone, since a bare carriage return ends a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pandas import DataFrame

MARK = "'"
#: What begins a formula or a command of a spreadsheet, also where it is a wide character.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", MARK)
#: What pandas, R and others read as a missing or a logical value, in small letters.
_NO_TEXT = frozenset(
    {
        *("na", "n/a", "#n/a", "#n/a n/a", "#na", "<na>", "nan", "-nan", "null", "none", "nil"),
        *("1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "true", "false"),
    }
)

Value = TypeVar("Value")


def cell(text: str) -> str:
    """The text as a cell of a CSV file; the same text unless a program would misread it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{MARK}{text}" if is_misread(text) else text


def plain(cell: str) -> str:
    """The text of a cell."""
    return cell.removeprefix(MARK)


def table_html(title: str, rows: Mapping[str, str]) -> str:
    """A small table as a notebook shows it: no cell is taken for markup."""
    lines = (
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td style='text-align:left'>{escape(text)}</td></tr>"
        for name, text in rows.items()
        if text
    )
    return f"<table><caption>{escape(title)}</caption>{''.join(lines)}</table>"


def is_misread(text: str) -> bool:
    """Whether a program would take the text for a formula, a number or a missing value."""
    return (
        text.lstrip(" ").startswith(_FORMULA)
        or text.strip().lower() in _NO_TEXT
        or _is_number(text)
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def safe(value: Value) -> Value | str:
    """A value of any kind, texts as cells."""
    return cell(value) if isinstance(value, str) else value


def safe_frame(frame: DataFrame) -> DataFrame:
    """The same rows, with all texts and the names of columns as cells."""
    from pandas.api.types import is_numeric_dtype

    words = {
        name: [safe(value) for value in frame[name].astype(object)]
        for name in frame.columns
        if not is_numeric_dtype(frame[name].dtype)
    }
    return frame.assign(**words).rename(columns=safe)
