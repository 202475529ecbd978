"""The words that people read, one file a language beside this one: the news of a replication and the pages for the classroom.

A file gives its `language` (a tag of BCP 47), `name`, `direction` (ltr or rtl), the numbers that
take the singular (`one`), the sections that are `complete`, and the sections: words by key, in
which `{n}` is filled in, and a pair of words `{one, other}` where a count decides. What a language
lacks is said in English. Texts of a scenario (labels, goals, names of its own outcomes) stay in the
language of the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sim.errors import ModelError

HOME = Path(__file__).parent
PLAIN = "en"  # what every key has
ABOUT = ("language", "name", "direction", "one", "complete")


@dataclass(frozen=True)
class Words:
    """The words of a language; `text` gives one of them, filled in."""

    language: str
    name: str
    direction: str
    one: tuple[int, ...]
    complete: tuple[str, ...]
    entries: Mapping[str, Any]

    def text(self, key: str, **values: object) -> str:
        """A word or sentence by its dotted key, `{name}` filled in from `values`; `n` decides between one and other.

        Raises
        ------
        KeyError : if neither this language nor English has the key
        """
        found = self.entries[key]
        if isinstance(found, dict):
            found = found["one" if values.get("n") in self.one else "other"]
        return str(found).format(**values) if values else str(found)

    def term(self, section: str, name: str) -> str:
        """The word for a name of the model (a rung, an outcome); the name itself where there is none."""
        return str(self.entries.get(f"{section}.{name}", name))

    def number(self, value: float, form: str) -> str:
        """A number as the language writes it; `form` is a format of Python, such as ".2f"."""
        return format(value, form).replace(".", str(self.entries["common.decimal"]))

    def date(self, day: date) -> str:
        """A date as the language writes it."""
        return self.text(
            "common.date", day=day.day, month=self.text(f"common.months.{day.month}"), year=day.year
        )

    def section(self, *names: str) -> dict[str, Any]:
        """All entries below some sections, by full dotted key, as a page's script wants them."""
        return {
            key: value
            for key, value in self.entries.items()
            if key.startswith(tuple(f"{name}." for name in names))
        }


@cache
def words(language: str = PLAIN) -> Words:
    """The words of a language.

    Parameters
    ----------
    language : a tag such as en or fr, the name of a file beside this one

    Raises
    ------
    ModelError : if there is no such language, with those that there are
    """
    if language not in languages():
        raise ModelError(f"language: must be one of {', '.join(languages())}, got {language}")
    own = read(language)
    entries = dict(flat(read(PLAIN))) | dict(flat(own))
    return Words(
        str(own["language"]),
        str(own["name"]),
        str(own["direction"]),
        tuple(own["one"]),
        tuple(own["complete"]),
        entries,
    )


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages that there are."""
    return tuple(sorted(path.stem for path in HOME.glob("*.yaml")))


def read(language: str) -> dict[str, Any]:
    """The file of a language as it stands."""
    from ruamel.yaml import YAML

    return dict(
        YAML(typ="safe", pure=True).load((HOME / f"{language}.yaml").read_text(encoding="utf-8"))
    )


def flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Entries of all sections by dotted key; a pair of singular and plural stays together."""
    found: list[tuple[str, Any]] = []
    for key, value in tree.items():
        if not above and key in ABOUT:
            continue
        here = f"{above}{key}"
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            found += flat(value, f"{here}.")
        else:
            found.append((here, value))
    return found
