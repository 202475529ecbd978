"""A resolved scenario becomes a template: the first day's words, and where each number, entity and measure lies in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.engine.chance import key
from sim.engine.world import tables as t
from sim.engine.world.script import changes_of, plans_of, script_of
from sim.engine.world.tables import NOBODY, TABLES
from sim.scenario import Scenario
from sim.scenario.fields import specs
from sim.scenario.schema import Border, Rules
from sim.vocabulary.measures import Measure, measures
from sim.vocabulary.policies import NAMES, PYTHON


class Span(NamedTuple):
    """Where a table lies in the block: its first word and its shape."""

    start: int
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Template:
    """Everything that a replication starts from; the same for all of them, and safe to send to another process.

    `words` is the block, `spans` where each table lies in it, `slots` the word of each number by
    its dotted path, `uncertain` the paths, words and distributions of those that are drawn anew for
    each replication.
    """

    scenario_id: str
    digest: str
    words: np.ndarray
    spans: dict[str, Span]
    slots: dict[str, int]
    uncertain: list[tuple[str, int, Any]]
    measures: tuple[Measure, ...]
    measure_slots: np.ndarray
    states: tuple[str, ...]
    groups: tuple[str, ...]
    mediators: tuple[str, ...]
    sectors: tuple[str, ...]
    borders: tuple[str, ...]
    relations: tuple[str, ...]
    history_days: int
    horizon: int
    window: int
    python_policies: dict[str, str]
    fixed: dict[str, np.ndarray] = field(repr=False)

    @property
    def days(self) -> int:
        """History and what follows."""
        return self.history_days + self.horizon

    @property
    def actors(self) -> tuple[str, ...]:
        """Names by the number that an event carries: states, groups, mediators."""
        return (*self.states, *self.groups, *self.mediators)


def slot(spans: dict[str, Span], table: str, name: str, *index: int) -> int:
    """The word that holds a field of a row."""
    span, dtype = spans[table], TABLES[table]
    row = int(np.ravel_multi_index(index, span.shape)) if index else 0
    return span.start + row * len(dtype.names or ()) + list(dtype.names or ()).index(name)


def build(scenario: Scenario) -> Template:
    """Lay out the world of a scenario.

    Parameters
    ----------
    scenario : a resolved scenario

    Returns
    -------
    Template
    """
    names = _Names(scenario)
    spans, size = _lay_out(names.shapes())
    words = np.zeros(size, dtype=np.uint64)
    writer = _Writer(scenario, names, spans, words)
    writer.write()
    found = measures(names.states, names.groups, names.sectors, names.views())
    places = np.array([_measure_slot(spans, names, m) for m in found], dtype=np.int64)
    quantities = scenario.numbers()
    uncertain = [
        (path, writer.slots[path], q)
        for path, q in quantities.items()
        if q.dist is not None and path in writer.slots
    ]
    script, script_places = script_of(scenario, names)
    fixed = {
        "edges": _edges(scenario, names),
        "script": script,
        "places": script_places,
        "changes": changes_of(scenario, writer.slots),
        "plans": plans_of(scenario, names),
    }
    return Template(
        scenario.id,
        scenario.digest,
        words,
        spans,
        writer.slots,
        uncertain,
        found,
        places,
        names.states,
        names.groups,
        names.mediators,
        names.sectors,
        names.borders,
        names.relations,
        (scenario.release - scenario.start).days + 1,
        scenario.horizon,
        int(scenario.file.outcome_window),
        writer.python_policies,
        fixed,
    )


class _Names:
    """Numbers of the entities by name."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.states = tuple(file.states)
        self.groups = tuple(file.groups)
        self.mediators = tuple(file.mediators)
        self.sectors = tuple(file.sectors)
        self.borders = tuple(file.borders)
        self.relations = tuple(file.relations)
        self.pairs = [tuple(r.between) for r in file.relations.values()]
        self.state = {name: n for n, name in enumerate(self.states)}
        self.group = {name: n for n, name in enumerate(self.groups)}
        self.mediator = {name: n for n, name in enumerate(self.mediators)}
        self.sector = {name: n for n, name in enumerate(self.sectors)}

    def pair(self, a: str, b: str) -> int:
        """Number of the relation between two states, or NOBODY."""
        return next((n for n, p in enumerate(self.pairs) if set(p) == {a, b}), NOBODY)

    def views(self) -> list[tuple[str, str]]:
        """Each state and rival that look at each other."""
        return [view for a, b in self.pairs for view in ((a, b), (b, a))]

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shape of each table."""
        s, g, k, b, m = (
            len(self.states),
            len(self.groups),
            len(self.sectors),
            len(self.borders),
            len(self.mediators),
        )
        return {
            "clock": (1,),
            "rules": (1,),
            "states": (s,),
            "dyads": (s, s),
            "pairs": (len(self.pairs),),
            "groups": (g,),
            "hosts": (g, s),
            "presence": (g, k),
            "sectors": (k,),
            "borders": (b,),
            "commands": (b, 2),
            "mediators": (m,),
            "leverage": (m, s),
            "tally": (1,),
            "forced": (t.MOST_FORCED,),
        }


def _lay_out(shapes: dict[str, tuple[int, ...]]) -> tuple[dict[str, Span], int]:
    spans, start = {}, 0
    for name, dtype in TABLES.items():
        spans[name] = Span(start, shapes[name])
        start += int(np.prod(shapes[name])) * len(dtype.names or ())
    return spans, start


def _measure_slot(spans: dict[str, Span], names: _Names, measure: Measure) -> int:
    if not measure.row:
        return slot(spans, measure.table, measure.field, 0)
    if measure.table == "dyads":
        i, j = measure.row.split(">")
        return slot(spans, "dyads", measure.field, names.state[i], names.state[j])
    index = {"states": names.state, "groups": names.group, "sectors": names.sector}[measure.table][
        measure.row
    ]
    return slot(spans, measure.table, measure.field, index)


def _edges(scenario: Scenario, names: _Names) -> np.ndarray:
    """Pairs of sectors that touch, within a state or across a border, each once."""
    found: dict[tuple[int, int], None] = {}
    for name, sector in scenario.file.sectors.items():
        for other in sector.neighbours:
            a, b = sorted((names.sector[name], names.sector[other]))
            found[a, b] = None
    for border in scenario.file.borders.values():
        a, b = sorted(names.sector[s] for s in border.sectors)
        found[a, b] = None
    return np.array(list(found), dtype=t.EDGES)


class _Writer:
    """Writes the first day of a world into its block, and notes where each number went."""

    def __init__(
        self, scenario: Scenario, names: _Names, spans: dict[str, Span], words: np.ndarray
    ) -> None:
        self.scenario, self.file, self.names, self.spans, self.words = (
            scenario,
            scenario.file,
            names,
            spans,
            words,
        )
        self.slots: dict[str, int] = {}
        self.python_policies: dict[str, str] = {}

    def put(self, table: str, index: tuple[int, ...], **values: float) -> None:
        """Write fields of a row."""
        for name, value in values.items():
            kind = TABLES[table].fields[name][0].kind  # type: ignore[index]
            word = np.array([value], dtype={"f": np.float64, "i": np.int64, "u": np.uint64}[kind])
            self.words[slot(self.spans, table, name, *index)] = word.view(np.uint64)[0]

    def numbers(
        self, table: str, index: tuple[int, ...], block: Any, path: str, prefix: str = ""
    ) -> None:
        """Write all numbers of a block, and note their paths."""
        for name in t.number_fields(type(block)):
            self.number(table, index, prefix + name, getattr(block, name), f"{path}.{name}")

    def number(
        self, table: str, index: tuple[int, ...], name: str, quantity: Any, path: str
    ) -> None:
        """Write one number, and note its path."""
        self.put(table, index, **{name: float(quantity)})
        self.slots[path] = slot(self.spans, table, name, *index)

    def policy(self, path: str, name: str) -> int:
        """The code of a policy; a Python class is noted by the path of its actor."""
        if ":" in name:
            self.python_policies[path] = name
            return PYTHON
        return NAMES.index(name)

    def write(self) -> None:
        """Write every table."""
        for name in specs(Rules):
            block = getattr(self.file.rules, name)
            self.numbers("rules", (0,), block, f"rules.{name}", f"{name}_")
        for write in (
            self.states,
            self.relations,
            self.groups,
            self.sectors,
            self.borders,
            self.mediators,
        ):
            write()

    def states(self) -> None:
        """Rows of states; the capital is the first sector that says so."""
        for i, (name, state) in enumerate(self.file.states.items()):
            path = f"states.{name}"
            self.numbers("states", (i,), state, path)
            self.numbers("states", (i,), state.weights, f"{path}.weights", "weights_")
            seat = next(
                (
                    k
                    for k, s in enumerate(self.file.sectors.values())
                    if s.capital and s.state == name
                ),
                NOBODY,
            )
            self.put(
                "states",
                (i,),
                key=key(path),
                nuclear=state.nuclear,
                reasoning=state.reasoning,
                capital=seat,
            )
            command = self.policy(f"{path}.command_policy", state.command_policy)
            self.put(
                "states",
                (i,),
                policy=self.policy(f"{path}.policy", state.policy),
                command_policy=command,
            )
            for j in range(len(self.names.states)):
                self.put("dyads", (i, j), pair=NOBODY, order=NOBODY, choice=NOBODY, prior=0.5)

    def relations(self) -> None:
        """Rows of relations and of both views in them."""
        for p, (name, relation) in enumerate(self.file.relations.items()):
            path = f"relations.{name}"
            a, b = relation.between
            self.numbers("pairs", (p,), relation, path)
            borders = list(self.borders_of(p))
            crossings = sum(1 for border in borders if border.crossing is not None)
            # keyed by the two names in order of the alphabet, so that renaming the relation moves
            # no luck
            self.put(
                "pairs",
                (p,),
                key=key("|".join(sorted((a, b)))),
                a=self.names.state[a],
                b=self.names.state[b],
                borders=len(borders),
                crossings=crossings,
            )
            for own, other in ((a, b), (b, a)):
                index = (self.names.state[own], self.names.state[other])
                self.numbers("dyads", index, relation.views[own], f"{path}.views.{own}")
                closed = 0.0 if relation.crossings_open or not crossings else 1.0
                self.put("dyads", index, key=key(f"{own}>{other}"), pair=p, closed=closed)

    def borders_of(self, p: int) -> Iterator[Border]:
        """The borders of a relation."""
        for border in self.file.borders.values():
            sides = [self.file.sectors[s].state for s in border.sectors]
            if self.names.pair(*sides) == p:
                yield border

    def groups(self) -> None:
        """Rows of groups, their hosts and fighters."""
        for g, (name, group) in enumerate(self.file.groups.items()):
            path = f"groups.{name}"
            self.numbers("groups", (g,), group, path)
            self.numbers("groups", (g,), group.severity, f"{path}.severity", "severity_")
            self.numbers("groups", (g,), group.targets, f"{path}.targets", "targets_")
            law = group.severity.family == "power_law"
            self.put(
                "groups",
                (g,),
                key=key(path),
                enemy=self.names.state[group.enemy],
                power_law=law,
                mode=t.MODES.index("sustain"),
            )
            self.put("groups", (g,), policy=self.policy(f"{path}.policy", group.policy))
            for host, link in group.hosts.items():
                index = (g, self.names.state[host])
                self.numbers("hosts", index, link, f"{path}.hosts.{host}")
                self.put("hosts", index, present=1)
            for sector, fighters in group.fighters.items():
                self.number(
                    "presence",
                    (g, self.names.sector[sector]),
                    "fighters",
                    fighters,
                    f"{path}.fighters.{sector}",
                )

    def sectors(self) -> None:
        """Rows of sectors."""
        for k, (name, sector) in enumerate(self.file.sectors.items()):
            path = f"sectors.{name}"
            self.numbers("sectors", (k,), sector, path)
            self.put(
                "sectors",
                (k,),
                key=key(path),
                state=self.names.state[sector.state],
                capital=sector.capital,
            )
            self.put("sectors", (k,), terrain=t.TERRAINS.index(sector.terrain))

    def borders(self) -> None:
        """Rows of borders and of the two commands at each."""
        for b, (name, border) in enumerate(self.file.borders.items()):
            path = f"borders.{name}"
            sides = [self.file.sectors[s].state for s in border.sectors]
            self.numbers("borders", (b,), border, path)
            # keyed by the sectors, so that renaming a border moves no luck
            self.put(
                "borders",
                (b,),
                key=key("|".join(sorted(border.sectors))),
                pair=self.names.pair(*sides),
                crossing=border.crossing is not None,
            )
            for side, sector in enumerate(border.sectors):
                own, other = sides[side], sides[1 - side]
                index = (b, side)
                self.put(
                    "commands",
                    index,
                    key=key(f"{sector}>{border.sectors[1 - side]}"),
                    sector=self.names.sector[sector],
                )
                self.put(
                    "commands", index, state=self.names.state[own], rival=self.names.state[other]
                )
                policy = self.file.states[own].command_policy
                self.put("commands", index, policy=PYTHON if ":" in policy else NAMES.index(policy))
                if own in border.garrison:
                    self.number(
                        "commands",
                        index,
                        "garrison",
                        border.garrison[own],
                        f"{path}.garrison.{own}",
                    )

    def mediators(self) -> None:
        """Rows of mediators and their leverage."""
        for m, (name, mediator) in enumerate(self.file.mediators.items()):
            path = f"mediators.{name}"
            self.numbers("mediators", (m,), mediator, path)
            self.put(
                "mediators",
                (m,),
                key=key(path),
                policy=self.policy(f"{path}.policy", mediator.policy),
            )
            for state, leverage in mediator.leverage.items():
                self.number(
                    "leverage",
                    (m, self.names.state[state]),
                    "leverage",
                    leverage,
                    f"{path}.leverage.{state}",
                )
