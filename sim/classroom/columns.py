"""A replication as columns of numbers by day, small enough to be carried in a page.

A column is a list of whole numbers: the first value and then the differences, in units of
1/`scale`. Days that are like the one before are a 0, so that two years of a day's numbers for two
dozen places stay a few dozen kilobytes.

What a column is made of is data, a `Recipe`: a page that holds the engine makes the same columns
from the same recipes on its own (scripts/story/columns.js).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import slot
from sim.engine.world.tables import NOBODY

if TYPE_CHECKING:
    from sim.engine.world import Template

FINE = 500  # steps of a stock between 0 and 1
Json = dict[str, Any]


class Step(StrEnum):
    """What is done with the words of a recipe; those of `PRODUCT` are a real and a whole number."""

    SUM = "sum"
    SHARE = "share"  # of log-odds
    ANY = "any"  # whether one is above 0
    PRODUCT = "product"


class Recipe(NamedTuple):
    """How a column is made: what is `done` with which words of the block, and in which unit."""

    done: Step
    at: tuple[int, ...]
    scale: float = 1

    def as_json(self) -> Json:
        """As a page carries it."""
        return {"done": self.done.value, "at": list(self.at), "scale": self.scale}

    def values(self, blocks: NDArray[np.uint64]) -> NDArray[np.float64]:
        """(days,) values of the column, from the blocks by day."""
        real, whole = blocks.view(np.float64), blocks.view(np.int64)
        if not self.at:
            return np.zeros(len(blocks))
        if self.done is Step.SUM:
            # one after the other, as a page adds them
            return np.add.accumulate(real[:, list(self.at)], axis=1)[:, -1]
        if self.done is Step.SHARE:
            return 1.0 / (1.0 + np.exp(-real[:, self.at[0]]))
        if self.done is Step.ANY:
            return np.asarray((real[:, list(self.at)] > 0).any(axis=1), np.float64)
        return np.asarray(real[:, self.at[0]] * whole[:, self.at[1]], np.float64)

    def column(self, blocks: NDArray[np.uint64]) -> list[int]:
        """The column as a page carries it."""
        return differences(self.values(blocks), self.scale)


class Places:
    """Where the numbers of a world lie, and what its relations are."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._whole = template.words.view(np.int64)

    def slot(self, table: str, field: str, *index: int) -> int:
        """The word of a field of a row."""
        return slot(self.template.spans, table, field, *index)

    def one(self, table: str, field: str, *index: int, scale: float = 1) -> Recipe:
        """A column of one real number."""
        return Recipe(Step.SUM, (self.slot(table, field, *index),), scale)

    def constant(self, table: str, field: str, *index: int) -> int:
        """A whole number that no day changes."""
        return int(self._whole[self.slot(table, field, *index)])

    def pairs(self) -> list[tuple[int, int]]:
        """The two states of each relation."""
        return [
            (self.constant("pairs", "a", p), self.constant("pairs", "b", p))
            for p in range(len(self.template.relations))
        ]


def differences(values: Iterable[float], scale: float = 1) -> list[int]:
    """A column as the page carries it: the first value, then differences, in units of 1/scale.

    What is no number counts as 0.
    """
    whole = np.rint(np.nan_to_num(np.asarray(list(values), np.float64)) * scale).astype(np.int64)
    return [int(value) for value in np.diff(whole, prepend=0)]


def stocks(template: Template) -> list[Json]:
    """The stocks: by chart, the recipe of a line for each state, view, relation or group.

    `a` is whose it is and `b` toward whom, numbers of actors as events carry them: states, then
    groups; `name` is the key of a line that is nobody's.
    """
    places = Places(template)
    states, groups = range(len(template.states)), range(len(template.groups))
    views = [
        (i, j) for i in states for j in states if places.constant("dyads", "pair", i, j) != NOBODY
    ]
    dead = [
        {"name": key, "column": places.one("tally", name, 0)}
        for name, key in (("dead_today", "dead_all"), ("interstate_today", "dead_between"))
    ]
    charts: list[Json] = [{"key": "dead", "top": None, "lines": dead}]
    charts += [
        {
            "key": name,
            "top": None,
            "lines": [
                {"a": i, "b": j, "column": places.one("dyads", name, i, j, scale=FINE)}
                for i, j in views
            ],
        }
        for name in ("outrage", "grievance")
    ]
    belief = [
        {
            "a": i,
            "b": j,
            "column": Recipe(Step.SHARE, (places.slot("dyads", "belief", i, j),), FINE),
        }
        for i, j in views
    ]
    weariness = [
        {"a": i, "column": places.one("states", "weariness", i, scale=FINE)} for i in states
    ]
    quality = [
        {"a": a, "b": b, "pair": True, "column": _quality(places, p)}
        for p, (a, b) in enumerate(places.pairs())
    ]
    fighters = [
        {"a": len(states) + g, "column": _fighters(places, [g], range(len(template.sectors)))}
        for g in groups
    ]
    charts += [
        {"key": "belief", "top": 1, "lines": belief},
        {"key": "weariness", "top": None, "lines": weariness},
        {"key": "ceasefire", "top": 1, "lines": quality},
        {"key": "fighters", "top": None, "lines": fighters},
    ]
    return [chart for chart in charts if chart["lines"]]


def _quality(places: Places, pair: int) -> Recipe:
    """Quality of the ceasefire of a relation while it is in force."""
    words = (places.slot("pairs", "ceasefire", pair), places.slot("pairs", "in_force", pair))
    return Recipe(Step.PRODUCT, words, FINE)


def _fighters(places: Places, groups: Iterable[int], sectors: Iterable[int]) -> Recipe:
    """Fighters of some groups in some sectors."""
    words = [places.slot("presence", "fighters", g, k) for k in sectors for g in groups]
    return Recipe(Step.SUM, tuple(words))


def ground(template: Template) -> Json:
    """What changes on the map: fighters and control by sector, crossings closed by relation."""
    places = Places(template)
    sectors, groups = range(len(template.sectors)), range(len(template.groups))
    closed = [
        Recipe(
            Step.ANY, (places.slot("dyads", "closed", a, b), places.slot("dyads", "closed", b, a))
        )
        for a, b in places.pairs()
    ]
    return {
        "fighters": [_fighters(places, groups, [k]) for k in sectors],
        "control": [places.one("sectors", "control", k, scale=100) for k in sectors],
        "closed": closed,
    }


def days_of(template: Template) -> Json:
    """All recipes of a replay: its rungs, charts and map."""
    return {
        "rung": Places(template).one("tally", "rung_today", 0),
        "charts": stocks(template),
        "map": ground(template),
    }


def fill(recipes: Any, blocks: NDArray[np.uint64]) -> Any:
    """The same with a column in place of each recipe; a line has it as `v`, with its scale."""
    if isinstance(recipes, Recipe):
        return recipes.column(blocks)
    if isinstance(recipes, list):
        return [fill(one, blocks) for one in recipes]
    if not isinstance(recipes, dict):
        return recipes
    about = {key: fill(one, blocks) for key, one in recipes.items() if key != "column"}
    recipe = recipes.get("column")
    return about if recipe is None else about | {"scale": recipe.scale, "v": recipe.column(blocks)}


def as_json(recipes: Any) -> Any:
    """The same as plain values."""
    if isinstance(recipes, Recipe):
        return recipes.as_json()
    if isinstance(recipes, list):
        return [as_json(one) for one in recipes]
    if isinstance(recipes, dict):
        return {key: as_json(one) for key, one in recipes.items()}
    return recipes
