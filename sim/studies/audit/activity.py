"""Activity: who takes which action in some replications, and who never does anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from sim.engine.replication import Replication, replay
from sim.engine.world import Template
from sim.engine.world.tables import NOBODY, TABLES
from sim.scenario import Scenario
from sim.scenario.options import ActionOption
from sim.studies.audit.findings import sentence
from sim.vocabulary.codes import Answer, Command, EventKind, Fighting, Mode, Offer, Stance
from sim.vocabulary.ladder import Action, Domain
from sim.words.sentence import Sentence


class Activity:
    """Choices of the actors after the release, counted over replications run again in full.

    `done` counts (actor, action): for a state the days on which it chose an action, and its changes
    of stance, of crossings and the offensives at home that it began; for a group its attacks and
    the days in each mode; for a mediator its offers; for a border command (`border.state`) its fire
    and raids.
    """

    def __init__(self, scenario: Scenario, template: Template, seed: int, count: int) -> None:
        self.scenario, self.template = scenario, template
        self.done: Counter[tuple[str, str]] = Counter()
        self.replications = count
        self.raid_in_ceasefire = self.fire_in_ceasefire = False
        for number in range(count):
            self._see(replay(template, seed, number))

    def ever(self, action: str) -> bool:
        """Whether anybody took an action."""
        return any(name == action for _, name in self.done)

    def took(self, actor: str, action: str) -> bool:
        """Whether an actor took an action."""
        return (actor, action) in self.done

    def commands_ever(self, action: str) -> bool:
        """Whether any border command fired or raided."""
        return any(name == action and "." in actor for actor, name in self.done)

    def idle(self) -> list[str]:
        """Actors that never did anything, such as a mediator without an offer."""
        active = {actor for actor, action in self.done if action != Action.CALM.word}
        return [name for name in self.actors() if name not in active]

    def actors(self) -> list[str]:
        """Everybody who can act."""
        return [
            *self.template.states,
            *self.template.groups,
            *self.template.mediators,
            *self.commands().values(),
        ]

    def commands(self) -> dict[tuple[int, int], str]:
        """Names of border commands by border and state."""
        rows = self._table(self.template.words, "commands")
        pairs = self._table(self.template.words, "borders")["pair"]
        return {
            (
                b,
                int(rows[b, side]["state"]),
            ): f"{border}.{self.template.states[int(rows[b, side]['state'])]}"
            for b, border in enumerate(self.template.borders)
            if pairs[b] != NOBODY
            for side in range(2)
        }

    def _see(self, story: Replication) -> None:
        self._choices(story.blocks[self.template.history_days :])
        for actor, action in self._events_of(story.events):
            self.done[actor, action] += 1

    def _choices(self, blocks: np.ndarray) -> None:
        """What states chose, day by day, and the modes of groups."""
        span, names = self.template.spans["dyads"], TABLES["dyads"].names or ()
        n = len(self.template.states)
        rows = (
            blocks[:, span.start : span.start + n * n * len(names)]
            .view(np.int64)
            .reshape(len(blocks), n, n, len(names))
        )
        chosen, pair = rows[..., names.index("choice")], rows[0, ..., names.index("pair")]
        for i, state in enumerate(self.template.states):
            for action, days in zip(
                *np.unique(chosen[:, i][:, pair[i] != NOBODY], return_counts=True), strict=True
            ):
                if action != NOBODY:
                    self.done[state, self.template.actions[action].word] += int(days)

    def _events_of(self, events: np.ndarray) -> Iterator[tuple[str, str]]:
        """Actor and action of each event that the actors brought about themselves."""
        states, commands = self.template.states, self.commands()
        for event, force in zip(events, _ceasefires(events, self.scenario), strict=True):
            kind, actor = EventKind(event["kind"]), int(event["actor"])
            if event["day"] <= 0 or event["scripted"]:
                continue
            if kind == EventKind.CLASH:
                action = Command(event["action"]).word
                yield commands[int(event["value"]), actor], action
                if frozenset((actor, int(event["target"]))) in force:
                    self.raid_in_ceasefire |= action == Command.RAID.word
                    self.fire_in_ceasefire |= action == Command.FIRE.word
            elif kind == EventKind.OFFER:
                if event["group"] != NOBODY:  # else the two speak without a mediator
                    yield self.template.mediators[event["group"]], Offer.MAKE_OFFER.word
                for side, bit in ((actor, 1), (int(event["target"]), 2)):
                    yield states[side], Answer(int(event["value"]) & bit != 0).word
            elif kind == EventKind.CEASEFIRE:
                yield states[actor], "ceasefire"
            elif kind == EventKind.HALT:
                yield states[actor], Fighting(event["action"]).word
            elif kind == EventKind.STANCE:
                yield states[actor], Stance(event["action"]).word
            elif kind in (EventKind.OFFENSIVE, EventKind.CLOSE_CROSSINGS, EventKind.OPEN_CROSSINGS):
                yield states[actor], kind.word
            elif kind == EventKind.MODE:
                yield self.template.groups[event["group"]], Mode(event["action"]).word
            elif kind in (EventKind.ATTACK, EventKind.TRUCE):
                yield self.template.groups[event["group"]], kind.word

    def _table(self, block: np.ndarray, table: str) -> np.ndarray:
        span, dtype = self.template.spans[table], TABLES[table]
        return (
            block[span.start : span.start + int(np.prod(span.shape)) * len(dtype.names or ())]
            .view(dtype)
            .reshape(span.shape)
        )

    def never_possible(self, row: ActionOption) -> Sentence | None:
        """Why nobody can take an action of a state at all, where that is so."""
        file = self.scenario.file
        if row.domain is Domain.NUCLEAR and not any(
            state.nuclear for state in file.states.values()
        ):
            return sentence("impossible.no_nuclear_weapons")
        if row.domain is Domain.AIR and not any(
            float(s.combat_aircraft) * float(s.serviceability) >= 1 for s in file.states.values()
        ):
            return sentence("impossible.no_aircraft")
        if row.domain is Domain.GROUND and not row.like.strikes and not file.borders:
            return sentence("impossible.no_border")
        if not file.relations:
            return sentence("reasons.no_relation")
        return None


def _ceasefires(events: np.ndarray, scenario: Scenario) -> Iterator[set[frozenset[int]]]:
    """Relations with a ceasefire in force when each event happens."""
    states = list(scenario.file.states)
    force = {
        frozenset(states.index(s) for s in r.between)
        for r in scenario.file.relations.values()
        if float(r.ceasefire) > 0
    }
    for event in events:
        pair = frozenset((int(event["actor"]), int(event["target"])))
        if event["kind"] == EventKind.CEASEFIRE:
            force.add(pair)
        elif event["kind"] == EventKind.CEASEFIRE_END:
            force.discard(pair)
        yield force
