"""A resolved scenario becomes a template: the words of its first day, and where each lies."""

from __future__ import annotations

import numpy as np

from sim.engine.world import tables as t
from sim.engine.world.first_day import FirstDay
from sim.engine.world.names import Names
from sim.engine.world.possible import write_possible
from sim.engine.world.rule_tables import TARGET_KINDS
from sim.engine.world.script import changes_of, plans_of, script_of
from sim.engine.world.tables import TABLES
from sim.engine.world.template import Span, Template
from sim.scenario import Scenario
from sim.scenario.options import action_options
from sim.vocabulary.coded import Row, columns_of
from sim.vocabulary.codes import Target


def build(scenario: Scenario) -> Template:
    """Lay out the world of a scenario.

    Parameters
    ----------
    scenario : a resolved scenario

    Returns
    -------
    Template
    """
    names = Names(scenario)
    spans, size = _lay_out(names.shapes())
    words = np.zeros(size, dtype=np.uint64)
    first_day = FirstDay(scenario, names, spans, words)
    first_day.write()
    script, places = script_of(scenario, names)
    possible = write_possible(first_day, scenario, len(places))
    measure_slots = [
        first_day.word_of(m.table, m.field, m.row) for m in scenario.measures if m.own is None
    ]
    uncertain = [
        (path, first_day.slots[path], q)
        for path, q in scenario.numbers().items()
        if q.dist is not None and path in first_day.slots
    ]
    fixed = {
        "edges": _edges(scenario, names),
        "script": script,
        "places": np.array([*places, *possible.places], dtype=np.int64),
        "changes": changes_of(scenario, first_day.slots),
        "conditions": possible.conditions,
        "sets": possible.sets,
        "plans": plans_of(scenario, names),
        "target_kinds": _rows(Target, TARGET_KINDS),
    }
    return Template(
        scenario_id=scenario.id,
        digest=scenario.digest,
        words=words,
        spans=spans,
        slots=first_day.slots,
        uncertain=uncertain,
        measures=scenario.measures,
        measure_slots=np.array(measure_slots, dtype=np.int64),
        states=names.states,
        groups=names.groups,
        mediators=names.mediators,
        sectors=names.sectors,
        borders=names.borders,
        relations=names.relations,
        actions=action_options(scenario.file),
        own_acts=tuple(names.own_act),
        history_days=(scenario.release - scenario.start).days + 1,
        horizon=scenario.horizon,
        window=int(scenario.file.outcome_window),
        python_policies=first_day.python_policies,
        fixed=fixed,
    )


def _lay_out(shapes: dict[str, tuple[int, ...]]) -> tuple[dict[str, Span], int]:
    spans, start = {}, 0
    for name, dtype in TABLES.items():
        spans[name] = Span(start, shapes[name])
        start += int(np.prod(shapes[name])) * len(dtype.names or ())
    return spans, start


def _rows(table: type[Row], dtype: np.dtype[np.void]) -> np.ndarray:
    """The rows of a table of the vocabulary, (n_rows,), as the compiled rules read them."""
    return np.array(
        [tuple(getattr(row, name) for name in columns_of(table)) for row in table], dtype=dtype
    )


def _edges(scenario: Scenario, names: Names) -> np.ndarray:
    """Pairs of sectors that touch, within a state or across a border, each once."""
    edges: dict[tuple[int, int], None] = {}
    for name, sector in scenario.file.sectors.items():
        for other in sector.neighbours:
            a, b = sorted((names.sector[name], names.sector[other]))
            edges[a, b] = None
    for border in scenario.file.borders.values():
        a, b = sorted(names.sector[s] for s in border.sectors)
        edges[a, b] = None
    return np.array(list(edges), dtype=t.EDGES)
