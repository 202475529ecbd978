"""Who meets whom: the strategies of a tournament, and the two states that have them in turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from sim.design.factors import Factor
from sim.errors import ModelError
from sim.scenario.schema.actors import PYTHON_CLASS
from sim.vocabulary.doctrines import DOCTRINE_NAMES, doctrine_of
from sim.vocabulary.policies import POLICY_NAMES

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

MOST, FEWEST = 20, 2  # strategies
_SHOWN = 40  # characters of a wrong name that a complaint repeats


@dataclass(frozen=True)
class Strategy:
    """How a state chooses: a doctrine, or a policy with the state's own parameters.

    `settings` are the fields of a state that it sets; `face` is that of a doctrine, else empty.
    """

    name: str
    settings: Mapping[str, str | int | float] = field(hash=False)
    face: str = ""

    def title(self, words: Words) -> str:
        """What people read: the name of a doctrine, or the word of a policy as it stands."""
        return words.term("doctrines.names", self.name)

    def about(self, words: Words) -> str:
        """What it does, in a sentence; the class itself for a Python policy."""
        if self.face:
            return words.text(f"doctrines.sentences.{self.name}")
        return words.term("vocabulary.policies", self.name)

    def of(self, state: str) -> dict[str, str | int | float]:
        """What it sets in a state, by dotted path."""
        return {f"states.{state}.{name}": value for name, value in self.settings.items()}


def doctrine(name: str) -> Strategy:
    """The strategy of a doctrine. Raise a `ModelError` if there is none of that name."""
    if name not in DOCTRINE_NAMES:
        _refuse("doctrine", name, DOCTRINE_NAMES)
    found = doctrine_of(name)
    return Strategy(found.name, found.settings, found.face)


def policy(name: str) -> Strategy:
    """The strategy of a policy: one of the vocabulary, or module:Class (file.py:Class too).

    Raises
    ------
    ModelError : if it is neither
    """
    if name in POLICY_NAMES:
        return Strategy(name, {"policy": name})
    module, _, klass = name.partition(":")
    plain = f"{module.removesuffix('.py')}:{klass}"
    if not re.fullmatch(PYTHON_CLASS, plain):
        _refuse("policy", name, POLICY_NAMES, " or module:Class")
    return Strategy(plain, {"policy": plain})


def strategy_of(name: str) -> Strategy:
    """The strategy of a name that may be a doctrine, a policy or module:Class."""
    return doctrine(name) if name in DOCTRINE_NAMES else policy(name)


def _refuse(what: str, name: str, known: Sequence[str], more: str = "") -> NoReturn:
    """Raise a `ModelError` that names what there is."""
    near = get_close_matches(name, known, 1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise ModelError(
        f"{what}: must be one of {', '.join(known)}{more}, got {name[:_SHOWN] or 'nothing'}{hint}"
    )


def strategies_of(doctrines: Sequence[str], policies: Sequence[str]) -> tuple[Strategy, ...]:
    """The strategies of these names, doctrines first; every doctrine if none is named.

    Raises
    ------
    ModelError : if one is not known or is there twice, or there are too few or too many
    """
    names = doctrines if doctrines or policies else DOCTRINE_NAMES
    found = (*map(doctrine, names), *map(policy, policies))
    titles = [one.name for one in found]
    if twice := sorted({name for name in titles if titles.count(name) > 1}):
        raise ModelError(f"tournament: must have each strategy once, got {twice[0]} twice")
    if not FEWEST <= len(found) <= MOST:
        raise ModelError(
            f"tournament: must have {FEWEST} to {MOST} strategies, got {len(found)} "
            "(doctrines and policies together)"
        )
    return found


def two_states(
    scenario: Scenario, first: str | None = None, second: str | None = None
) -> tuple[str, str]:
    """The states that meet: those named, else those of the first relation by name.

    With one of them named, the other is that of its first relation. Names decide, since the order
    in a file means nothing.

    Raises
    ------
    ModelError : if there is no such state, or no relation between the two
    """
    states = list(scenario.file.states)
    if len(states) < 2:
        raise ModelError(
            f"{scenario.id}: must have two states or more for a tournament, got {len(states)}"
        )
    for option, name in (("between", first), ("and", second)):
        if name is not None and name not in states:
            near = get_close_matches(name, states, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise ModelError(
                f"{option}: must be a state of {scenario.id} ({', '.join(states)}), "
                f"got {name[:_SHOWN]}{hint}"
            )
    if first is not None and first == second:
        raise ModelError(f"between, and: must be two different states, got {first} twice")
    pairs = [tuple(one.between) for one in scenario.file.relations.values()]
    for pair in pairs:
        a, b = pair if second != pair[0] and first != pair[1] else pair[::-1]
        if first in (None, a) and second in (None, b):
            return a, b
    wanted = " and ".join(name for name in (first, second) if name is not None)
    raise ModelError(
        f"{scenario.id}: must have a relation between the two states of a tournament, "
        f"got none{f' of {wanted}' if wanted else ''} "
        f"(relations are {', '.join(' and '.join(pair) for pair in pairs) or 'none'})"
    )


def factor_of(state: str, strategies: Sequence[Strategy], title: str) -> Factor:
    """The strategies as values of one factor: that state's strategy."""
    return Factor(
        f"states.{state}",
        title,
        values=tuple(one.name for one in strategies),
        settings={one.name: one.of(state) for one in strategies},
    )
