"""The words of one language: texts by key, and its numbers, dates and lists."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from numbers import Number
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from sim.errors import ModelError
from sim.words.reading import HOME, OTHER, PLAIN, Catalogue, Entry, fill_in, tags

NONE = "–"  # stands where there is no number
MINUS = "\u2212"  # does not break at the end of a line, and is read aloud
#: Signs around a text that is written from left to right whatever stands around it.
APART, TOGETHER = "\u2066", "\u2069"
_WHOLE, _FEW = 100, 2  # from which size no decimals are worth reading; digits below one
_RARE = 0.01  # a share this near to none or all gets one decimal
_LEAST = 0.001  # a share nearer than this to none or all is said to be below or above it


@dataclass(frozen=True)
class Words:
    """The words of a language.

    `language` is its tag, `locale` what CLDR knows about it, `direction` ltr or rtl, `own` its
    texts and `plain` the English ones, which stand in for those that it lacks; `more` are those
    that a scenario adds.
    """

    language: str
    locale: Locale
    direction: str
    own: Catalogue
    plain: Catalogue
    more: Mapping[str, str] = field(default_factory=dict, compare=False)

    def with_texts(self, texts: Mapping[str, str]) -> Words:
        """The same with texts of a scenario by dotted key, which come before those of files."""
        return replace(self, more={**self.more, **texts})

    @property
    def name(self) -> str:
        """The language in its own words."""
        return str(self.locale.language_name)

    @property
    def tag(self) -> str:
        """Tag of the locale that writes its numbers and dates, for a page's script."""
        return str(self.locale).replace("_", "-")

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its full dotted key."""
        return self.plain.entries() | self.own.entries()

    def text(self, key: str, **values: object) -> str:
        """A word or sentence by its dotted key.

        Parameters
        ----------
        key : section and name, such as common.days
        values : what is filled in: a number is written as the language writes numbers, all else as
            it stands; `n` decides between the plural forms

        Raises
        ------
        KeyError : if neither this language nor English has the key, or a value is missing
        """
        entry, locale = self.own.get(key), self.locale
        if entry is None:
            entry, locale = self._from_plain(self.plain.get(key)), self.plain.locale
        if entry is None:
            raise KeyError(key)
        if not isinstance(entry, str):
            entry = entry.get(_category(values.get("n"), locale), entry[OTHER])
        said = {name: self._value(value) for name, value in values.items()}
        return fill_in(entry, said, self.own.joins)

    def term(self, group: str, name: str) -> str:
        """The word for a name of the model, such as an outcome; the name where there is none."""
        key = f"{group}.{name}"
        entry = self.more.get(key) or self.own.get(key) or self.plain.get(key)
        return entry if isinstance(entry, str) else name

    def count(self, n: float, noun: str) -> str:
        """A count with its noun, one of `common.counts`: 1 replication, 2,000 replications."""
        return self.text(f"common.counts.{noun}", n=n)

    def join(self, parts: Iterable[str], last: Literal["and", "or"] = "and") -> str:
        """Parts in a row, with `and` or `or` before the last one: a, b and c."""
        style = "standard" if last == "and" else "or"
        return format_list(list(parts), style=style, locale=self.locale)  # type: ignore[arg-type]

    def number(
        self, value: float | None, *, decimals: int | None = None, significant: int | None = None
    ) -> str:
        """A number, thousands apart.

        Parameters
        ----------
        value : None and nan are shown as a dash
        decimals : how many to show
        significant : or how many digits count; if both are left out, as many as are worth reading
        """
        if value is None or math.isnan(value):
            return NONE
        if math.isinf(value):
            return f"{MINUS if value < 0 else ''}∞"
        if significant is not None:
            return self._decimal(Decimal(f"{value:.{significant}g}"))
        if decimals is None:
            size = abs(value)
            if size >= _WHOLE or float(value).is_integer():
                return self._decimal(round(value))
            shown = f"{value:.{_FEW}g}" if size < 1 else f"{value:.1f}".removesuffix(".0")
            return self._decimal(Decimal(shown))
        return self._decimal(Decimal(f"{value:.{decimals}f}"), _pattern(decimals))

    def exact(self, value: float) -> str:
        """A number as it was given, up to ten digits."""
        return self.number(value, significant=10)

    def with_sign(
        self, value: float, *, decimals: int | None = None, significant: int | None = None
    ) -> str:
        """A number with its sign; what is shown as zero has none."""
        size = self.number(abs(value), decimals=decimals, significant=significant)
        if size == self.number(0, decimals=decimals, significant=significant):
            return size
        return f"{MINUS if value < 0 else '+'}{size}"

    def percent(self, share: float | None, *, decimals: int | None = None) -> str:
        """A share in per cent, without decimals unless it is nearly none or nearly all."""
        if share is None or math.isnan(share):
            return NONE
        if decimals is not None:
            return self._percent(share, decimals)
        if 0 < share < _LEAST:
            return self.text("common.below", value=self._percent(_LEAST, 1))
        if 1 - _LEAST < share < 1:
            return self.text("common.above", value=self._percent(1 - _LEAST, 1))
        return self._percent(share, 1 if 0 < share < _RARE or 1 - _RARE < share < 1 else 0)

    def points(self, difference: float | None) -> str:
        """A difference of two shares in percentage points, without the unit."""
        if difference is None or math.isnan(difference):
            return NONE
        size = 100 * abs(difference)
        text = self.number(size, decimals=decimals_of(size))
        return f"{MINUS}{text}" if difference < 0 else text

    def range(self, low: str, high: str) -> str:
        """Two ends that are written already: 3 to 5."""
        return self.text("common.to", low=low, high=high)

    def date(self, day: date, *, weekday: bool = False) -> str:
        """A date, with the day of the week or without."""
        return str(format_date(day, "full" if weekday else "long", locale=self.locale))

    def section(self, *names: str) -> dict[str, Entry]:
        """All entries below some sections or groups, by full dotted key, for a page's script."""
        found: dict[str, Entry] = {}
        for name in names:
            for catalogue in (self.plain, self.own):
                entries = catalogue.section(name.partition(".")[0])
                own = catalogue is self.own
                found |= {
                    key: entry if own else self._from_plain(entry)
                    for key, entry in entries.items()
                    if key.startswith(f"{name}.")
                }
            found |= {k: text for k, text in self.more.items() if k.startswith(f"{name}.")}
        return found

    def _from_plain(self, entry: Entry | None) -> Any:
        """An English text within a language that is written from the other side, set apart."""
        if entry is None or self.direction == self.plain.locale.text_direction:
            return entry
        if isinstance(entry, str):
            return f"{APART}{entry}{TOGETHER}"
        return {category: f"{APART}{text}{TOGETHER}" for category, text in entry.items()}

    def _value(self, value: object) -> object:
        is_number = isinstance(value, Number) and not isinstance(value, bool)
        return self.number(value) if is_number else value  # type: ignore[arg-type]

    def _decimal(self, value: Decimal | int, pattern: str | None = None) -> str:
        text = format_decimal(value, pattern, locale=self.locale, decimal_quantization=False)
        return text.replace("-", MINUS)

    def _percent(self, share: float, decimals: int) -> str:
        pattern = self.locale.percent_formats[None].pattern
        shown = pattern.replace("#,##0", _pattern(decimals))
        return format_percent(share, shown, locale=self.locale).replace("-", MINUS)


@cache
def words(language: str = PLAIN, home: Path = HOME) -> Words:
    """The words of a language.

    Parameters
    ----------
    language : a tag such as en or fr, the name of a file or folder in `home`
    home : where it lies

    Raises
    ------
    ModelError : if there is no such language, with those that there are, or if it breaks a rule
    """
    if language not in languages(home):
        raise ModelError(f"language: must be one of {', '.join(languages(home))}, got {language}")
    # English is read a section at a time, since every command needs some of it
    plain = words().plain if home != HOME or language != PLAIN else Catalogue(PLAIN)
    own = plain if language == PLAIN and home == HOME else Catalogue(language, home)
    if own is not plain:
        own.compare(plain)
    return Words(language, own.locale, str(own.locale.text_direction), own, plain)


@cache
def languages(home: Path = HOME) -> tuple[str, ...]:
    """Tags of the languages that there are in a folder."""
    return tags(home)


def decimals_of(percent: float) -> int:
    """Decimals of a difference in percentage points: whole ones from about 1, below it one digit.

    What is not nothing is never written as 0, save beyond a millionth of a point.
    """
    size = abs(percent)
    if size >= 0.95 or size < 1e-6:
        return 0
    return max(1, -math.floor(math.log10(size * 1.05)))


def _category(n: object, locale: Locale) -> str:
    """The CLDR category of a number; the general one where a text is asked for without a number."""
    if not isinstance(n, Number):
        return OTHER
    return str(locale.plural_form(abs(float(n))))  # type: ignore[arg-type]


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
