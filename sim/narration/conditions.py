"""What a scenario's own rules say, in words: conditions, chances, and what happens then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.narration.names import Names
from sim.narration.news import NewsWriter
from sim.scenario.fields import specs
from sim.scenario.options import fights
from sim.scenario.possible import BOUNDS, readings_of
from sim.scenario.schema import OwnAct
from sim.vocabulary.readings import PER_ROW
from sim.words.measures import measure_name
from sim.words.names import readable_name, script_name

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.schema import PossibleEvent, Threshold
    from sim.scenario.spec import Quantity
    from sim.vocabulary.readings import Reading
    from sim.words import Words

#: What the pattern of a reading calls the entities of its table.
_KINDS = ("state", "rival", "group", "sector", "event")
#: The numbers of an own action that say in what it differs from its act.
_FACTORS = tuple(
    name for name, spec in specs(OwnAct).items() if spec.form == "number" and name != "share"
)


class RuleWriter(Names):
    """Words the rules of a scenario in a language."""

    def __init__(self, scenario: Scenario, words: Words) -> None:
        super().__init__(scenario)
        self.words, self.scenario, self.file = words, scenario, scenario.file
        self.measures = {one.name: one for one in scenario.measures}
        self.readings = {one.name: one for one in readings_of(scenario.file, scenario.measures)}
        self.name_of |= dict(zip(scenario.file.sectors, self.sectors, strict=True))
        self.name_of |= {
            name: one.label or readable_name(name) for name, one in scenario.file.events.items()
        }

    def say(self, key: str, **values: object) -> str:
        return self.words.text(f"narration.rules.{key}", **values)

    def event(self, name: str) -> str:
        """When a possible event happens, how likely, how often, and what it does."""
        one = self.file.events[name]
        certain = one.chance.dist is None and one.chance.value == 1
        return self.say(
            "event",
            label=self.name_of[name],
            when=self.when(one.when),
            chance=self.say("certain")
            if certain
            else self.say("chance", chance=self._of(one.chance)),
            again=self.say("once") if one.again is None else self.say("again", n=one.again.value),
            does=self._does(one),
        )

    def flow(self, name: str) -> str:
        """What flows, how much a day, up to where, and when."""
        one = self.file.flows[name]
        limit = ""
        if one.limit is not None:
            key = "down_to" if one.amount.value < 0 else "up_to"
            limit = self.say(key, limit=self._of(one.limit))
        amount = self._of(one.amount)
        label = NewsWriter(self.scenario, self.words).flow_label(one)
        return self.say("flow", label=label, amount=amount, limit=limit, when=self.when(one.when))

    def own_act(self, name: str) -> str:
        """What an own action is a kind of, how often or how high, and in what it differs."""
        one = self.file.actions[name]
        factors = [
            self.say(f"factor.{key}", value=self._of(number))
            for key in _FACTORS
            if (number := getattr(one, key)) is not None and not number.default
        ]
        factors += [self.say("no_fight")] if not fights(one) else []
        said = {
            "label": one.label,
            "of": script_name(one.of, self.words),
            "whose": self.say("whose", state=self.name_of[one.by]) if one.by else "",
            "factors": "".join(factors),
        }
        if one.share is not None:
            return self.say("own_act", share=self._of(one.share), **said)
        return self.say("own_option", rung=self.words.exact(one.rung or 0.0), **said)

    def alliance(self, name: str) -> str:
        """Who stands with whom, against whom, how far, and whether only in defence."""
        one = self.file.alliances[name]
        names = [self.name_of[state] for state in one.between]
        if one.by is None:
            bond = self.say("mutual", pair=self.words.join(names))
        else:
            ally = next(state for state in one.between if state != one.by)
            bond = self.say("one_sided", state=self.name_of[one.by], ally=self.name_of[ally])
        enemies = self.words.join([self.name_of[state] for state in one.against])
        return self.say(
            "alliance",
            label=one.label or self.words.join(names),
            bond=bond,
            against=self.say("against", enemies=enemies) if one.against else "",
            commitment=self._of(one.commitment),
            factors="" if one.defensive else self.say("offensive"),
        )

    def when(self, conditions: Mapping[str, Threshold]) -> str:
        """The conditions of a rule, all of which must hold."""
        parts = [part for name, bounds in conditions.items() for part in self._bounds(name, bounds)]
        return self.say("when", conditions=self.words.join(parts)) if parts else self.say("always")

    def _bounds(self, name: str, bounds: Threshold) -> list[str]:
        reading = self.reading(self.readings[name])
        found = [
            self.say(key, reading=reading, value=self._of(bound))
            for key in BOUNDS
            if (bound := getattr(bounds, key)) is not None
        ]
        if bounds.never is not None:
            found.append(self.say("never" if bounds.never else "came", reading=reading))
        return found

    def reading(self, reading: Reading) -> str:
        """What a condition looks at, in words."""
        if reading.name in self.measures and reading.table != "possible":
            return measure_name(self.measures[reading.name], self.words)
        pattern = next((one.pattern for one in PER_ROW if one.key == reading.key), "")
        kinds = sorted((kind for kind in _KINDS if f"{{{kind}}}" in pattern), key=pattern.index)
        rows = reading.row.split(">")
        names = {kind: self.name_of.get(row, row) for kind, row in zip(kinds, rows, strict=False)}
        return self.words.text(f"vocabulary.readings.{reading.key}", **names)

    def _does(self, one: PossibleEvent) -> str:
        said = self.words.text
        parts = [
            said("narration.news.becomes", path=path, value=self._new_value(value))
            for path, value in one.set.items()
        ]
        if one.event is not None:
            doing = script_name(one.event.action, self.words)
            parts.append(f"{self.name_of[one.event.actor]}: {doing}")
        return self.say("does", what=self.words.join(parts)) if parts else ""

    def _new_value(self, number: Quantity) -> str:
        """What an event sets: as it stands in the file, or from where to where it is drawn."""
        if number.dist is None:
            return self.words.exact(float(number))
        low, high = (self.words.number(end, significant=4) for end in (number.low, number.high))
        return self.say("drawn", range=self.words.range(low, high))

    def _of(self, number: Quantity) -> str:
        text = self.words.number(number.value, significant=4)
        return text if number.dist is None else self.words.text("cli.describe.about", value=text)
