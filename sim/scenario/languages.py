"""A scenario in another language: its texts as `languages` of the file gives them.

Only what is read changes. Keys, numbers, names of outcomes in tables, the resolved form and the
digest stay, so that a result is the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from sim.scenario.build import ACTORS, INVENTED
from sim.scenario.fields import Block, specs
from sim.scenario.quantities import SET
from sim.scenario.reading import one_line
from sim.scenario.resolve import LANGUAGES
from sim.scenario.schema import Language, ScenarioFile
from sim.scenario.spec import Quantity

#: Tables whose entries have names of their own in a language.
NAMED = (*ACTORS, "sectors", "borders")


#: What the program says where a file says nothing, with its key among the words.
OURS = {INVENTED: "common.invented", str(specs(ScenarioFile)["question"].default): "common.next"}


class Translation:
    """The texts of a language, put in the place of those of a scenario.

    `ours` are the program's own in that language, for those of `OURS` that the file does not
    translate itself.
    """

    def __init__(self, language: Language, ours: Mapping[str, str]) -> None:
        self.language = language
        own = {one_line(text): said for text, said in language.texts.items()}
        self.texts = {**ours, **own}

    def say(self, text: str) -> str:
        """A text in the language; as it is where there is no translation."""
        return self.texts.get(one_line(text), text)

    def file(self, file: ScenarioFile) -> ScenarioFile:
        """All that a scenario says."""
        tables = {table: self._with_names(table, getattr(file, table)) for table in NAMED}
        made: Any = attrs.evolve(self._block(file), **tables)
        roles = {self._role(name, role): role for name, role in made.teaching.roles.items()}
        if len(roles) == len(made.teaching.roles):  # two of one name stay as they are
            made = attrs.evolve(made, teaching=attrs.evolve(made.teaching, roles=roles))
        whole: ScenarioFile = made
        return whole

    def _role(self, name: str, role: Any) -> str:
        """The name of a role: its own text, or that of its actor."""
        if one_line(name) in self.texts or role.actor is None:
            return self.say(name)
        titles = (getattr(self.language, table).get(role.actor) for table in ACTORS)
        return next((one.title for one in titles if one is not None and one.title), name)

    def _with_names(self, table: str, entries: Mapping[str, Any]) -> dict[str, Any]:
        names = getattr(self.language, table)
        return {
            key: attrs.evolve(self._block(entry), **_name_fields(table, names[key]))
            if key in names
            else self._block(entry)
            for key, entry in entries.items()
        }

    def _block(self, block: Block) -> Any:
        changes = {
            spec.name: self._value(getattr(block, spec.name), phrase=spec.phrase)
            for spec in specs(type(block)).values()
            if spec.key != LANGUAGES
        }
        return attrs.evolve(block, **changes)

    def _value(self, value: Any, *, phrase: bool) -> Any:
        if isinstance(value, str):
            return self.say(value) if phrase else value
        if isinstance(value, Quantity):
            changes: dict[str, Any] = {
                key: self.say(getattr(value, key)) for key in _words_of(value)
            }
            return attrs.evolve(value, **changes)
        if isinstance(value, Block):
            return self._block(value)
        if isinstance(value, list):
            return [self._value(item, phrase=phrase) for item in value]
        if isinstance(value, dict):
            return {key: self._value(item, phrase=phrase) for key, item in value.items()}
        return value


def texts_of(file: ScenarioFile) -> Iterator[tuple[str, str]]:
    """Dotted path and text of all that a scenario says and that has no name by its key."""
    for key, spec in specs(ScenarioFile).items():
        if key != LANGUAGES:
            yield from _texts(getattr(file, spec.name), key, phrase=spec.phrase)
    for name, role in file.teaching.roles.items():
        if role.actor is None:
            yield f"teaching.roles.{name}", name


def _texts(value: Any, path: str, *, phrase: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if phrase and value.strip():
            yield path, value
    elif isinstance(value, Quantity):
        yield from ((f"{path}.{key}", getattr(value, key)) for key in _words_of(value))
    elif isinstance(value, Block):
        named = _NAMES if path.count(".") == 1 and path.partition(".")[0] in NAMED else ()
        for key, spec in specs(type(value)).items():
            if key not in named:
                yield from _texts(getattr(value, spec.name), f"{path}.{key}", phrase=spec.phrase)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _texts(item, f"{path}.{i}", phrase=phrase)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}", phrase=phrase)


_NAMES = ("title", "prose", "short", "crossing")


def _name_fields(table: str, name: Any) -> dict[str, str]:
    """The fields of an entity in which its name in a language stands."""
    if isinstance(name, str):
        return {"crossing" if table == "borders" else "title": name}
    return {key: text for key in ("title", "prose", "short") if (text := getattr(name, key))}


def _words_of(number: Quantity) -> list[str]:
    """The fields in which a number of the scenario says something to a reader."""
    if number.default or number.file == SET:
        return []
    return [key for key in ("assumed", "note") if getattr(number, key)]
