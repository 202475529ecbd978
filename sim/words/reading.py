"""Reads the file or the folder of a language, and refuses what cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from sim.errors import ModelError
from sim.words import vocabulary_keys

HOME = Path(__file__).parent
PLAIN = "en"  # the language that has every key
HEAD = "language"  # the file of a folder that says something about the language itself
HEAD_KEYS = ("locale", "complete", "joins")
SEAM = "|"  # in a key of `joins`: where the value begins
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of CLDR
OTHER = "other"  # the category that every language has
PLACEHOLDER = re.compile(r"{(\w+)}")
_FILLED_IN = re.compile(r"{{|}}|{(\w+)}")
_SHOWN = 5  # keys that an error names

Entry = str | Mapping[str, str]  # a text, or texts by CLDR category


class Catalogue:
    """The texts of one language, read a section at a time.

    Parameters
    ----------
    language : its tag, the name of its file or folder
    home : the folder in which that lies

    Raises
    ------
    ModelError : if CLDR does not know the language, or a section that is read breaks a rule
    """

    def __init__(self, language: str, home: Path = HOME) -> None:
        self.language = language
        self.file = home / f"{language}.yaml"
        self.folder = home / language
        self._whole = _load(self.file) if self.file.exists() else None
        head = self._whole if self._whole is not None else _load(self.folder / f"{HEAD}.yaml")
        self.complete = tuple(head.get("complete") or ())
        self.joins = {str(seam): str(text) for seam, text in (head.get("joins") or {}).items()}
        for seam in self.joins:
            if seam.count(SEAM) != 1:
                rule = f"must have one {SEAM} where the value begins, got {seam}"
                raise self._error("joins", rule)
        self.locale = self._locale(str(head.get("locale") or language))
        self._sections: dict[str, dict[str, Entry]] = {}

    def sections(self) -> list[str]:
        """Names of the sections that there are."""
        if self._whole is not None:
            return [name for name in self._whole if name not in HEAD_KEYS]
        return sorted(path.stem for path in self.folder.glob("*.yaml") if path.stem != HEAD)

    def section(self, name: str) -> dict[str, Entry]:
        """The entries of a section by full dotted key; none if it does not exist."""
        if name not in self._sections:
            entries = self._read(name)
            if self.language == PLAIN:
                self._require_coded_words(name, entries)
            self._sections[name] = entries
        return self._sections[name]

    def get(self, key: str) -> Entry | None:
        """One entry by its full dotted key."""
        return self.section(key.partition(".")[0]).get(key)

    def entries(self) -> dict[str, Entry]:
        """The entries of all sections by full dotted key."""
        return {key: entry for name in self.sections() for key, entry in self.section(name).items()}

    def compare(self, plain: Catalogue) -> None:
        """Raise a `ModelError` for keys or placeholders that English lacks, and for gaps."""
        known, own = plain.entries(), self.entries()
        for key, entry in own.items():
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f" (did you mean {near[0]}?)" if near else ""
                raise self._error(key, f"must be a key that {plain.language} has{hint}")
            strange = sorted(placeholders(entry) - placeholders(known[key]) - {"n"})
            if strange:
                allowed = ", ".join(sorted(placeholders(known[key]))) or "none"
                raise self._error(
                    key,
                    f"must use the placeholders of {plain.language} ({allowed}), got {strange[0]}",
                )
        for section in self.complete:
            if section not in plain.sections():
                sections = ", ".join(plain.sections())
                raise self._error("complete", f"must name sections ({sections}), got {section}")
            missing = [key for key in plain.section(section) if key not in own]
            if missing:
                shown, rest = missing[:_SHOWN], len(missing) - _SHOWN
                more = f" and {rest} more" if rest > 0 else ""
                raise self._error(
                    f"complete: {section}",
                    f"must have every key of {plain.language}, lacks {', '.join(shown)}{more}",
                )

    def _require_coded_words(self, section: str, entries: Mapping[str, Entry]) -> None:
        """Refuse a section that lacks the words of an action, a rung, a kind of event and so on."""
        needed = [key for key in vocabulary_keys.needed_keys() if key.partition(".")[0] == section]
        missing = [key for key in needed if key not in entries]
        if missing:
            raise self._error(
                missing[0],
                "must be there for a row of sim/vocabulary, in English and in each language in "
                f"which {section} is complete{_also(missing[1:])}",
            )

    def _read(self, name: str) -> dict[str, Entry]:
        if self._whole is not None:
            tree = self._whole.get(name) or {}
        else:
            path = self.folder / f"{name}.yaml"
            tree = _load(path) if path.exists() else {}
        return dict(self._flat(tree, name))

    def _flat(self, tree: Mapping[Any, Any], above: str) -> Iterator[tuple[str, Entry]]:
        for name, value in tree.items():
            key = f"{above}.{name}"
            if not isinstance(value, Mapping):
                yield key, str(value)
            elif set(value) & set(CATEGORIES):
                yield key, self._forms(key, value)
            else:
                yield from self._flat(value, key)

    def _forms(self, key: str, forms: Mapping[str, Any]) -> dict[str, str]:
        """The texts of a key by category, checked against the plural rule of the language."""
        used = [*(one for one in CATEGORIES if one in self.locale.plural_form.tags), OTHER]
        for category in forms:
            if category not in CATEGORIES:
                raise self._error(
                    key, f"must be a category of CLDR ({', '.join(CATEGORIES)}), got {category}"
                )
            if category not in used:
                raise self._error(
                    key,
                    f"must be a category that {self.locale.english_name} counts with "
                    f"({', '.join(dict.fromkeys(used))}), got {category}",
                )
        if OTHER not in forms:
            raise self._error(key, f"must have the category {OTHER}, got {', '.join(forms)} alone")
        return {category: str(text) for category, text in forms.items()}

    def _locale(self, tag: str) -> Locale:
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise self._error(
                "locale", f"must be a language that CLDR knows, got {tag} (such as pt or pt-BR)"
            ) from error

    def _error(self, key: str, rule: str) -> ModelError:
        section = key.partition(".")[0]
        file = self.file if self._whole is not None else self.folder / f"{section}.yaml"
        return ModelError(f"{file}: {key}: {rule}")


def tags(home: Path = HOME) -> tuple[str, ...]:
    """Tags of the languages in a folder."""
    files = {path.stem for path in home.glob("*.yaml")}
    folders = {path.parent.name for path in home.glob(f"*/{HEAD}.yaml")}
    return tuple(sorted(files | folders))


def placeholders(entry: Entry) -> set[str]:
    """Names that an entry fills in, in any of its forms."""
    texts: Iterable[str] = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def fill_in(entry: str, values: Mapping[str, object], joins: Mapping[str, str]) -> str:
    """A text with its values put in, and joined to them as the language wants it.

    Parameters
    ----------
    entry : with placeholders
    values : by the names of placeholders
    joins : what stands in place of an end of a text and the beginning of the value behind it, which
        a key parts with `|`: `de |le ` becomes `du `

    Raises
    ------
    KeyError : if a value is missing
    """
    text, place = "", 0
    for found in _FILLED_IN.finditer(entry):
        text += entry[place : found.start()]
        place = found.end()
        if found[1] is None:  # a brace that stands for itself is written twice
            text += found[0][0]
            continue
        value = str(values[found[1]])
        for seam, instead in joins.items():
            end, start = seam.split(SEAM)
            whole = text.endswith(end) and not text[: -len(end)][-1:].isalpha()
            if whole and value.startswith(start):
                text, value = text[: -len(end)] + instead, value[len(start) :]
                break
        text += value
    return text + entry[place:]


def _also(missing: Sequence[str]) -> str:
    return f"; so must {', '.join(missing[:_SHOWN])}" if missing else ""


def _load(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        tree = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "something else"
        raise ModelError(f"{path}{place}: must be YAML, got an error: {problem}") from error
    if not isinstance(tree or {}, dict):
        raise ModelError(f"{path}: must be a mapping of keys to texts, got {type(tree).__name__}")
    return dict(tree or {})
