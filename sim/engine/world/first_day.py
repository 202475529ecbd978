"""The words of the first day: every number and name of a scenario, written where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.engine.chance import key
from sim.engine.world import tables as t
from sim.engine.world.names import Names
from sim.engine.world.tables import NOBODY, TABLES
from sim.engine.world.template import Span, slot
from sim.scenario import Scenario
from sim.scenario.alliances import enemies
from sim.scenario.fields import specs
from sim.scenario.options import fights, is_option
from sim.scenario.schema import Border, Rules
from sim.vocabulary.coded import columns_of
from sim.vocabulary.codes import Mode, Terrain
from sim.vocabulary.ladder import Action, Aim, Domain, Fight, Posture, Tally
from sim.vocabulary.policies import PYTHON, Policy

#: Factors of an own option that are 1 where the file says nothing.
_AS_ITS_ACT = ("cost", "harm", "delay", "violation", "disrupt")
#: What becomes of the row of an act in which no men fight: it needs nothing and hits nobody.
_WITHOUT_A_FIGHT = {
    "domain": Domain.NONE,
    "fight": Fight.NONE,
    "aim": Aim.NOBODY,
    "hunted": 0.0,
    "tally": Tally.NONE,
    "depletion": 1.0,
}
_WORDS = {"f": np.float64, "i": np.int64, "u": np.uint64}


class FirstDay:
    """Writes the first day of a world into its block, and keeps where each number went.

    Attributes
    ----------
    slots : the word of each number by its dotted path
    python_policies : the classes that a scenario names, by the path of the policy
    """

    def __init__(
        self, scenario: Scenario, names: Names, spans: dict[str, Span], words: np.ndarray
    ) -> None:
        self.file, self.names, self.spans, self.words = scenario.file, names, spans, words
        self.slots: dict[str, int] = {}
        self.python_policies: dict[str, str] = {}

    def row(self, table: str, *index: int) -> _Row:
        """A row to write to."""
        return _Row(self, table, index)

    def word_of(self, table: str, name: str, row: str = "") -> int:
        """The word that holds a field of an entity's row, the only row if it names none.

        `row` are the names of two entities, parted by ">", where rows are of two.
        """
        return slot(self.spans, table, name, *self.names.index(table, row))

    def policy(self, path: str, name: str) -> int:
        """The code of a policy; a Python class is kept by the path of its actor."""
        if ":" in name:
            self.python_policies[path] = name
            return PYTHON
        return Policy.of(name)

    def write(self) -> None:
        """Write every table."""
        for name in specs(Rules):
            block = getattr(self.file.rules, name)
            self.row("rules", 0).numbers(block, f"rules.{name}", f"{name}_")
        self._states()
        self._relations()
        self._groups()
        self._sectors()
        self._borders()
        self._mediators()
        self._own_acts()
        self._actions()
        self._alliances()

    def _states(self) -> None:
        """Rows of states."""
        for i, (name, state) in enumerate(self.file.states.items()):
            path = f"states.{name}"
            row = self.row("states", i)
            row.numbers(state, path)
            row.numbers(state.weights, f"{path}.weights", "weights_")
            row.put(
                key=key(path),
                nuclear=state.nuclear,
                reasoning=state.reasoning,
                capital=self._capital(name),
                policy=self.policy(f"{path}.policy", state.policy),
                command_policy=self.policy(f"{path}.command_policy", state.command_policy),
            )
            for j in range(len(self.names.states)):
                view = self.row("dyads", i, j)
                view.put(pair=NOBODY, order=NOBODY, choice=NOBODY, prior=0.5)

    def _capital(self, state: str) -> int:
        """The sector of a state's capital, or NOBODY; of several, the one with most people."""
        seats = [
            (float(sector.population), key(f"sectors.{name}"), k)
            for k, (name, sector) in enumerate(self.file.sectors.items())
            if sector.capital and sector.state == state
        ]
        return max(seats, default=(0.0, 0, NOBODY))[-1]

    def _relations(self) -> None:
        """Rows of relations and of both views in them."""
        for p, (name, relation) in enumerate(self.file.relations.items()):
            path = f"relations.{name}"
            a, b = relation.between
            borders = list(self._borders_of(p))
            crossings = sum(1 for border in borders if border.crossing is not None)
            row = self.row("pairs", p)
            row.numbers(relation, path)
            row.put(
                # the two names in order of the alphabet, so that renaming the relation changes no
                # draw
                key=key("|".join(sorted((a, b)))),
                a=self.names.state[a],
                b=self.names.state[b],
                borders=len(borders),
                crossings=crossings,
            )
            closed = 0.0 if relation.crossings_open or not crossings else 1.0
            for own, other in ((a, b), (b, a)):
                view = self.row("dyads", self.names.state[own], self.names.state[other])
                view.numbers(relation.views[own], f"{path}.views.{own}")
                view.put(key=key(f"{own}>{other}"), pair=p, closed=closed)

    def _borders_of(self, p: int) -> Iterator[Border]:
        """The borders of a relation."""
        for border in self.file.borders.values():
            sides = [self.file.sectors[s].state for s in border.sectors]
            if self.names.pair(*sides) == p:
                yield border

    def _groups(self) -> None:
        """Rows of groups, their hosts and fighters."""
        for g, (name, group) in enumerate(self.file.groups.items()):
            path = f"groups.{name}"
            row = self.row("groups", g)
            row.numbers(group, path)
            row.numbers(group.severity, f"{path}.severity", "severity_")
            row.numbers(group.targets, f"{path}.targets", "targets_")
            row.put(
                key=key(path),
                enemy=self.names.state[group.enemy],
                power_law=group.severity.family == "power_law",
                mode=Mode.SUSTAIN,
                policy=self.policy(f"{path}.policy", group.policy),
            )
            for host, link in group.hosts.items():
                hosted = self.row("hosts", g, self.names.state[host])
                hosted.numbers(link, f"{path}.hosts.{host}")
                hosted.put(present=1)
            for sector, fighters in group.fighters.items():
                place = self.row("presence", g, self.names.sector[sector])
                place.number("fighters", fighters, f"{path}.fighters.{sector}")

    def _sectors(self) -> None:
        """Rows of sectors."""
        for k, (name, sector) in enumerate(self.file.sectors.items()):
            path = f"sectors.{name}"
            row = self.row("sectors", k)
            row.numbers(sector, path)
            row.put(
                key=key(path),
                state=self.names.state[sector.state],
                capital=sector.capital,
                terrain=Terrain.of(sector.terrain),
            )

    def _borders(self) -> None:
        """Rows of borders and of the two commands at each."""
        for b, (name, border) in enumerate(self.file.borders.items()):
            sides = [self.file.sectors[s].state for s in border.sectors]
            row = self.row("borders", b)
            row.numbers(border, f"borders.{name}")
            row.put(
                # the sectors, so that renaming a border changes no draw
                key=key("|".join(sorted(border.sectors))),
                pair=self.names.pair(*sides),
                crossing=border.crossing is not None,
            )
            for side, sector in enumerate(border.sectors):
                own, other = sides[side], sides[1 - side]
                policy = self.file.states[own].command_policy
                command = self.row("commands", b, side)
                command.put(
                    key=key(f"{sector}>{border.sectors[1 - side]}"),
                    sector=self.names.sector[sector],
                    state=self.names.state[own],
                    rival=self.names.state[other],
                    policy=PYTHON if ":" in policy else Policy.of(policy),
                    garrison=NOBODY,
                )
                if own in border.garrison:
                    men = border.garrison[own]
                    command.number("garrison", men, f"borders.{name}.garrison.{own}")

    def _mediators(self) -> None:
        """Rows of mediators and their leverage."""
        for m, (name, mediator) in enumerate(self.file.mediators.items()):
            path = f"mediators.{name}"
            row = self.row("mediators", m)
            row.numbers(mediator, path)
            row.put(key=key(path), policy=self.policy(f"{path}.policy", mediator.policy))
            for state, leverage in mediator.leverage.items():
                pull = self.row("leverage", m, self.names.state[state])
                pull.number("leverage", leverage, f"{path}.leverage.{state}")

    def _own_acts(self) -> None:
        """The row of an action as it is, and those of the scenario's own acts."""
        plain = self.row("own_acts", 0)
        plain.put(**dict.fromkeys(("deaths", "felt", "damage", "pressure", "placed"), 1.0))
        plain.put(of=NOBODY, by=NOBODY, option=NOBODY)
        for name, one in self.file.actions.items():
            row = self.row("own_acts", self.names.own_act[name])
            row.put(**dict.fromkeys(_AS_ITS_ACT, 1.0))
            row.numbers(one, f"actions.{name}")
            row.put(
                # a share of an act is no option, and an option no share of an act
                of=NOBODY if is_option(one) else Action.of(one.of),
                by=NOBODY if one.by is None else self.names.state[one.by],
                placed=one.placed,
                announced=one.announced,
                option=self.names.option.get(name, NOBODY),
            )

    def _actions(self) -> None:
        """The rows of the ladder, and of the scenario's own options as those of their acts.

        What their factors make of them, `rules/own_acts.py` works out every morning.
        """
        for action in Action:
            row = self.row("actions", action)
            row.put(**_columns(action), like=action, own=0, by=NOBODY)
        for name, number in self.names.option.items():
            one = self.file.actions[name]
            act, row = Action.of(one.of), self.row("actions", number)
            row.put(**_columns(act) | {"posture": Posture.ONCE, "tempo": 0.0})
            if not fights(one):
                row.put(**_WITHOUT_A_FIGHT)
            row.put(
                rung=one.rung or 0.0,
                like=act,
                own=self.names.own_act[name],
                by=NOBODY if one.by is None else self.names.state[one.by],
            )

    def _alliances(self) -> None:
        """Rows of alliances, what each side has promised, and whom they are against."""
        for n, (name, one) in enumerate(self.file.alliances.items()):
            row = self.row("alliances", n)
            row.numbers(one, f"alliances.{name}")
            row.put(defensive=one.defensive)
            for side, state in enumerate(one.between):
                promise = self.row("promises", n, side)
                promise.put(of=self.names.state[state])
                promise.put(to=self.names.state[one.between[1 - side]])
                promise.put(bound=one.by in (None, state), trust=1.0)
                for enemy in enemies(self.file, one):
                    self.row("cover", 2 * n + side, self.names.state[enemy]).put(holds=1)


def _columns(action: Action) -> dict[str, float]:
    """The columns of an action of the ladder."""
    return {name: getattr(action, name) for name in columns_of(Action)}


class _Row:
    """A row of a table in the block."""

    def __init__(self, day: FirstDay, table: str, index: tuple[int, ...]) -> None:
        self._day, self._table, self._index = day, table, index

    def put(self, **values: float) -> None:
        """Write fields."""
        for name, value in values.items():
            kind = TABLES[self._table].fields[name][0].kind  # type: ignore[index]
            word = np.array([value], dtype=_WORDS[kind])
            self._day.words[self._slot(name)] = word.view(np.uint64)[0]

    def numbers(self, block: Any, path: str, prefix: str = "") -> None:
        """Write all numbers of a block that it gives, and keep where they lie by their paths."""
        for name in t.number_fields(type(block)):
            if (given := getattr(block, name)) is not None:
                self.number(prefix + name, given, f"{path}.{name}")

    def number(self, name: str, quantity: Any, path: str) -> None:
        """Write one number, and keep where it lies by its path."""
        self.put(**{name: float(quantity)})
        self._day.slots[path] = self._slot(name)

    def _slot(self, name: str) -> int:
        return slot(self._day.spans, self._table, name, *self._index)
