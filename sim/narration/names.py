"""Names of actors and places as a person writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.options import ActionOption, action_options, option_words
from sim.scenario.schema import Group
from sim.words.names import place_name, readable_name

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.schema import Mediator, ScenarioFile, State
    from sim.vocabulary.decisions import DecisionKind
    from sim.words import Words


def title_of(entity: State | Group | Mediator, name: str) -> str:
    """A state, group or mediator as a heading names it, by its key in the file."""
    if entity.title:
        return entity.title
    return (entity.short if isinstance(entity, Group) else None) or readable_name(name)


def titles_of(file: ScenarioFile) -> dict[str, str]:
    """Every actor of a scenario as a heading names it, by its key in the file."""
    tables = (file.states, file.groups, file.mediators)
    return {name: title_of(one, name) for table in tables for name, one in table.items()}


def own_meaning(one: ActionOption, words: Words) -> str:
    """A plain sentence on an option of the scenario's own."""
    return words.text("play.own_option", does=one.does, rung=words.exact(one.height))


class Names:
    """Names of the entities of a scenario in sentences, by the indices that the world uses."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.states, self.groups, self.mediators = (
            [entity.prose or title_of(entity, name) for name, entity in table.items()]
            for table in (file.states, file.groups, file.mediators)
        )
        self.mediator_of = {name: number for number, name in enumerate(file.mediators)}
        self.name_of = {
            **dict(zip(file.states, self.states, strict=True)),
            **dict(zip(file.groups, self.groups, strict=True)),
            **dict(zip(file.mediators, self.mediators, strict=True)),
        }
        self.actions = action_options(file)
        self.own_options = {one.word: one.label for one in self.actions if one.label}
        self.sectors = [place_name(sector.title, name) for name, sector in file.sectors.items()]

    def begin(self, text: str) -> str:
        """A text that begins a sentence: with a capital, if a name with an article stands first."""
        for name in self.name_of.values():
            if name[:1].islower() and text.startswith(name):
                return name[0].upper() + text[1:]
        return text

    def option(self, name: str, words: Words) -> str:
        """An option of a decision in words; the scenario's own is called as the file says."""
        return self.own_options.get(name) or words.term("vocabulary.options", name)

    def option_of(self, kind: DecisionKind, number: int, words: Words) -> str:
        """The same by its kind of decision and its number."""
        return self.option(option_words(kind, self.actions)[number], words)

    def actor(self, index: int) -> str:
        """A state or, counted on from the states, a group."""
        return (
            self.states[index]
            if index < len(self.states)
            else self.groups[index - len(self.states)]
        )
