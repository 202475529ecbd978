"""What an actor can choose from at a decision, and what weighs.

A copy of the table by which the compiled policy has just decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.engine.world import Template
from sim.engine.world.tables import DecisionTable
from sim.vocabulary.coded import words
from sim.vocabulary.decisions import DecisionKind


class Question(NamedTuple):
    """A kind of decision: names of its options, in the order of their numbers, and of its terms."""

    kind: DecisionKind
    options: tuple[str, ...]
    terms: tuple[str, ...]
    #: rungs of the options of an action against a rival, none of another kind
    rungs: tuple[float, ...]
    #: the compiled function that decides: (world, *numbers of those concerned) -> option
    decides: Callable[..., int]

    def of(self, template: Template) -> Question:
        """The same in a scenario, whose own actions may be options too."""
        if self.kind is not DecisionKind.ACTION:
            return self
        rungs = tuple(one.height for one in template.actions)
        return self._replace(options=template.options(self.kind), rungs=rungs)


def question(kind: DecisionKind, decides: Callable[..., int]) -> Question:
    """A kind of decision of the vocabulary, and the compiled function that decides it."""
    return Question(kind, words(kind.options), words(kind.terms), (), decides)


class Options:
    """The options of one decision.

    Iterating gives the names of those that are available today; `in` and `len` work.

    Attributes
    ----------
    about : whom the decision is about, by name ("" where it is about nobody)
    all : names of all options, available or not, in the order of their numbers
    rungs : how high each option of an action against a rival stands, by name; a scenario's own
        may lie between two rungs. Empty for another kind of decision
    default : name of the option that the compiled policy chose
    draw : the uniform number in [0, 1) that chose it; it depends on nothing but seed, replication,
        actor and day
    """

    def __init__(
        self, question: Question, table: DecisionTable, default: int, about: str = ""
    ) -> None:
        n, k = len(question.options), len(question.terms)
        self.about = about
        self.all = question.options
        self.rungs = dict(zip(question.options, question.rungs, strict=False))
        self.default = question.options[default]
        self.draw = float(table.draw[0])
        self._term_names = question.terms
        self._available = np.asarray(table.available[:n]) > 0.0
        self._terms = np.array(table.terms[:n, :k] * table.weights[:k])
        self._utility = np.array(table.utility[:n])
        self._probability = np.array(table.probability[:n])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the options available today."""
        return tuple(self._by_name(self.all))

    @cached_property
    def utilities(self) -> dict[str, float]:
        """What each available option is worth to the actor: the sum of its terms."""
        return self._by_name(self._utility.tolist())

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """With what probability the compiled policy takes each available option."""
        return self._by_name(self._probability.tolist())

    @cached_property
    def terms(self) -> dict[str, dict[str, float]]:
        """What each available option is worth term by term, weights included."""
        return self._by_name(
            [dict(zip(self._term_names, row, strict=True)) for row in self._terms.tolist()]
        )

    def _by_name(self, values: Any) -> dict[str, Any]:
        return {
            name: value
            for name, value, here in zip(self.all, values, self._available, strict=True)
            if here
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def pick(self, weights: Mapping[str, float]) -> str:
        """Choose by this decision's draw, with probabilities in proportion to the named weights.

        Raise a `ValueError` if a name is not available or no weight is positive.
        """
        if strange := set(weights) - set(self.names):
            raise ValueError(f"{sorted(strange)} not among the options: {', '.join(self.names)}")
        total = float(sum(weights.values()))
        if not total > 0.0 or min(weights.values()) < 0.0:
            raise ValueError(f"weights must be at least 0 and not all 0, got {dict(weights)}")
        rest = self.draw
        chosen = ""
        for name in self.names:
            share = weights.get(name, 0.0) / total
            if share > 0.0:
                chosen = name
                rest -= share
                if rest < 0.0:
                    break
        return chosen

    def number(self, answer: object) -> int:
        """The number of an option given by name or number.

        Raise a `ValueError` if it is none or not available.
        """
        if isinstance(answer, str) and answer in self.all:
            choice = self.all.index(answer)
        elif (
            isinstance(answer, int | np.integer)
            and not isinstance(answer, bool)
            and 0 <= answer < len(self.all)
        ):
            choice = int(answer)
        else:
            raise ValueError(
                f"chose {answer!r}, which is no option; there are {', '.join(self.names)}"
            )
        if not self._available[choice]:
            raise ValueError(
                f"chose {self.all[choice]}, which is not available today; there are "
                f"{', '.join(self.names)}"
            )
        return choice
