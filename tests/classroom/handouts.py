"""A small handout, computed once for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import attrs
import pandas as pd

import sim
from sim.classroom import handout, levers
from sim.design.design import run_design
from sim.scenario import load
from sim.words import Words, words

RUNS, POINTS, SEED, HORIZON = 40, 16, 7, 40


@cache
def made() -> tuple[handout.Handout, pd.DataFrame]:
    """The handout, and the table of its runs."""
    scenario = load(sim.scenarios() / "two_states.yaml", {"horizon": HORIZON})
    sliders = levers.handles(scenario)
    tried = levers.presets(scenario, sliders)
    where = levers.plan(sliders, tried, POINTS, SEED)
    result = run_design(
        scenario, levers.design(sliders, where, HORIZON), runs=RUNS, seed=SEED, jobs=1
    )
    return handout.handout(scenario, sliders, tried, where, result), result.runs


def page_of(
    language: str | Words = "en", title: str | None = None, label: str | None = None
) -> str:
    """The page of it, in a language, with texts put in place of the scenario's."""
    built, _ = made()
    if title:
        built = replace(
            built,
            scenario=replace(built.scenario, file=attrs.evolve(built.scenario.file, title=title)),
        )
    if label:
        built = replace(built, sliders=[handle._replace(label=label) for handle in built.sliders])
    said = words(language) if isinstance(language, str) else language
    call = "python run_sim.py handout two_states"
    found: dict[str, Any] = handout.data(built, SEED, RUNS, call, said)
    return handout.text(built, found, said)
