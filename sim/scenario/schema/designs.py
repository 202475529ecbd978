"""Named designs in a file: what to vary together, and what to look at in the answer."""

from __future__ import annotations

from sim.plain import MOST_POINTS, MOST_RUNS, MOST_SEED, MOST_STEPS
from sim.scenario.fields import Block, Number, each, link, number, phrase, word

#: The unit of a distribution in a design, which the varied number has.
UNIT_OF_PATH = "that of the path"


class Variation(Block):
    """How one number or word is varied.

    Exactly one of values, words, low with high, and drawn; where none is given, it is the range of
    the lever of that path, else the distribution that the file gives the number.
    """

    values: list[float] | None = word(None)
    """These numbers, in the unit of the path."""
    words: list[str] | None = word(None)
    """These words."""
    low: float | None = word(None)
    """Lowest value of a range, in the unit of the path."""
    high: float | None = word(None)
    """Highest value of the range."""
    steps: int | None = word(None, low=2, high=MOST_STEPS)
    """So many values from the lowest to the highest, at equal distances, where every combination is
    run."""
    drawn: Number | None = number(None, unit=UNIT_OF_PATH, low=None, high=None, aside=True)
    """A distribution."""


class Point(Block):
    """One combination of values."""

    label: str | None = phrase(None)
    """What to call it."""
    set: dict[str, float] = each(dict[str, float])
    """Dotted paths of numbers and the values that they take."""


class StudyDesign(Block):
    """What to vary, run and look at, under a name that commands take: `sweep FILE --design NAME`.

    Every combination of all that is given is run. The scenario itself comes before its variants and
    before other scenarios.
    """

    label: str | None = phrase(None)
    """What to call it."""
    question: str | None = phrase(None)
    """What it asks."""
    scenarios: list[str] = each(list[str])
    """Other scenarios: names of bundled ones, or files beside this one; for compare."""
    variants: list[str] = each(list[str])
    """Variants of the file by their names, or `all`; for compare."""
    policies: dict[str, list[str]] = each(dict[str, list[str]], table="states")
    """Policies or doctrines of states, by state."""
    chooser: str | None = link("states", None)
    """The state whose policies are the options; what else is crossed is then what it cannot choose.
    If left out, all policies, values and points are options."""
    vary: dict[str, Variation] = each(dict[str, Variation])
    """Numbers and words by their dotted paths, and how each is varied."""
    points: list[Point] = each(list[Point])
    """In place of vary: these combinations of values and no others; for compare."""
    fill: int | None = word(None, low=2, high=MOST_POINTS)
    """So many points of a Latin hypercube over all that is varied, in place of every
    combination."""
    runs: int | None = word(None, low=1, high=MOST_RUNS)
    """Replications at each point."""
    seed: int | None = word(None, low=0, high=MOST_SEED)
    """Root seed."""
    look: list[str] = each(list[str])
    """Measures and outcomes to look at; if left out, those that the command looks at by itself."""
    regret: str | None = word(None)
    """A measure or outcome of which less is better, for the regret of the options; for compare."""
