"""What has to hold for any input, and what trying one costs."""

from __future__ import annotations

import contextlib
import math
from random import Random

import numpy as np

from sim.errors import ScenarioError
from sim.narration.trace import trace
from sim.replication.rerun import rerun
from sim.scenario import Scenario, load_text, localise
from sim.scenario.quantities import quantity
from sim.scenario.reading import Place, Unreadable, parse
from sim.scenario.spec import Spec
from sim.words import words

from .inputs import Blocks, Corpus, Input, distribution

SHARE = Spec("number", unit="1", low=0, high=1)
COUNT = Spec("number", unit="1", low=0, high=1e9)
#: The resolved form of one in so many is read too: it is ten times as long.
AGAIN = 4
SHARES = np.array([0.0, 2.0**-60, 1e-9, *np.linspace(0.01, 0.99, 23), 1 - 2.0**-53, 1.0])


class Broken(AssertionError):
    """Something that must hold for every input does not."""


def check_reader(one: Input) -> bool:
    """Whether an input is read; `Broken` if it is neither read as it must be nor refused so."""
    try:
        scenario = load_text(one.text, one.overrides)
    except ScenarioError as error:
        if not error.problems or not all(problem.rule for problem in error.problems):
            raise Broken("refused without a rule") from error
        return False
    if int(scenario.digest, 16) % AGAIN == 0:
        _check_again(scenario)
    return True


def _check_again(scenario: Scenario) -> None:
    """What is read has a resolved form that is read as the same."""
    again = load_text(scenario.text)
    if (again.text, again.digest) != (scenario.text, scenario.digest):
        raise Broken("the resolved form is not the same scenario")


def check_blocks(one: Input) -> bool:
    """Whether an input is read, as `check_reader`; what is read runs and is told.

    Its variants are read or refused, and one of them runs.
    """
    if not check_reader(one):
        return False
    scenario = load_text(one.text, one.overrides)
    shown = [scenario]
    for name in scenario.variants:
        with contextlib.suppress(ScenarioError):
            shown.append(load_text(one.text, one.overrides, variant=name))
    for each in (shown[0], shown[-1]):
        found = rerun(each, 7, int(each.digest, 16) % 1000)
        if found.failure:
            raise Broken(found.failure)
        for language in ("en", "fr"):
            seen, wording = localise(each, words(language))
            if not all(isinstance(line, str) for line in trace(found, seen, wording)):
                raise Broken("a line that is no text")
    return True


def check_distribution(text: str) -> bool:
    """Whether a distribution is taken; `Broken` if one is taken that cannot be drawn from."""
    try:
        node, _ = parse(text, Place("x.yaml", "x.yaml"))
    except Unreadable:
        return False
    taken = False
    for spec in (SHARE, COUNT):
        made, bads = quantity(node, spec)
        if made is None:
            if not bads:
                raise Broken("refused without a rule")
            continue
        assert made.dist is not None
        taken, values = True, made.dist.ppf(SHARES)
        low, high = made.dist.support
        if not (np.isfinite(values).all() and low <= values.min() <= values.max() <= high):
            raise Broken(f"draws {values} on [{low}, {high}]")
        if not math.isfinite(made.value):
            raise Broken(f"a median of {made.value}")
    return taken


def reader_input(corpus: Corpus, number: int) -> Input:
    """The input of a number."""
    return corpus.draw(Random(f"reader {number}"))


def blocks_input(corpus: Blocks, number: int) -> Input:
    """The input of a number, of what a file may say of its own."""
    return corpus.draw(Random(f"blocks {number}"))


def distribution_input(number: int) -> str:
    """The distribution of a number."""
    return distribution(Random(f"distribution {number}"))
