"""Whether the order of a file decides anything: it is read again in other orders.

Every mapping, and every list that means a set, is turned round: all at once, all of one field of
the file, and some by chance. The results must be the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.engine.chance import key
from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template, build
from sim.scenario import Scenario, from_tree
from sim.scenario.permutation import orders, reverse_at
from sim.scenario.resolve import Gathering, gather_text
from sim.studies.audit.findings import ORDER, Finding, sentence
from sim.studies.audit.labels import MOST_NAMED, measure_names
from sim.vocabulary.measures import Measure

_BY_CHANCE = 4  # times that half of the orders are turned round at once
_ALL, _HALF = "all", "half"  # what is turned round, where it is not one field of the file
_SENTENCES = {_ALL: "order_all", _HALF: "order_half"}


@dataclass(frozen=True)
class Reading:
    """A scenario to be read again: its tree, and everything in it that is in some order.

    `orders` are dotted paths, the empty one for the fields of the file.
    """

    gathering: Gathering
    orders: tuple[str, ...]


def reading(scenario: Scenario) -> Reading:
    """The resolved form of a scenario, to be read again."""
    found = gather_text(scenario.text.encode(), str(scenario.path))
    return Reading(found, tuple(orders(found.root)))


def in_other_orders(
    scenario: Scenario, again: Reading, template: Template, base: Chunk, seed: int
) -> Iterator[Finding]:
    """A fault for each way of turning it round that moves the results.

    Parameters
    ----------
    scenario, template : as it is
    again : what is read again
    base : replications 0, 1, ... of the scenario as it is
    seed : root seed
    """
    for name, paths in _ways(again.orders):
        root = reverse_at(again.gathering.root, paths)
        other = from_tree(Gathering(root, [], again.gathering.resolved), scenario.path, stem=None)
        if name != _ALL and other.digest == scenario.digest:
            # the same scenario to the letter, so the same results
            continue
        if moved := _unequal(template, base, build(other), seed):
            some = measure_names(moved[:MOST_NAMED])
            words = _SENTENCES.get(name, "order_field")
            what = sentence(words, name=name, n=len(moved), measures=some)
            yield Finding(ORDER, name, what, sentence("order_why"), fault=True)


def _ways(paths: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    """What is turned round together, and its name: everything, each field, some by chance."""
    yield _ALL, set(paths)
    for field in dict.fromkeys(path.partition(".")[0] for path in paths if path):
        yield field, {path for path in paths if path.partition(".")[0] == field}
    for number in range(_BY_CHANCE):
        yield _HALF, {path for path in paths if key(f"{number} {path}") % 2}


def _unequal(template: Template, base: Chunk, other: Template, seed: int) -> list[Measure]:
    """The measures that are not the same to the last bit."""
    theirs = run_chunk(other, seed, 0, len(base.status))
    columns = {measure.name: k for k, measure in enumerate(other.measures)}
    return [
        measure
        for k, measure in enumerate(template.measures)
        if measure.name not in columns
        or not np.array_equal(
            base.measures[:, k], theirs.measures[:, columns[measure.name]], equal_nan=True
        )
    ]
