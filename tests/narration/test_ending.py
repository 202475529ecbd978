"""How a replication ended is said from its measures."""

from __future__ import annotations

import numpy as np

import sim
from sim.narration.ending import OTHERS, ending, ending_of
from sim.words import words
from tests.engine.world.many import needs_compilation
from tests.report import fake

MEASURES = {
    "max_rung": 4.0,
    "max_rung_day": 9.0,
    "deaths": 20.0,
    "deaths_arland_security": 5.0,
    "deaths_arland_civilian": 1.0,
    "deaths_borland_security": 4.0,
    "deaths_borland_civilian": 0.0,
    "deaths_hill_front": 10.0,
}


def told(language: str, others: np.ndarray) -> list[str]:
    name = list(fake.two_states().outcomes)[-1]
    return ending(fake.two_states(), MEASURES, name, others, words(language))


def test_it_says_outcome_height_dead_and_how_usual_it_is() -> None:
    scenario = fake.two_states()
    name = list(scenario.outcomes)[-1]
    lines = ending(scenario, MEASURES, name, np.array([name, "other", name], dtype=object), words())
    assert lines[0].startswith(f"How it ended: {name}. ")
    assert lines[1] == "The highest rung was 4, limited strikes, first on day 9."
    assert lines[2].startswith("20 dead: 5 soldiers and police of Arland, 1 civilian of Arland, ")
    assert lines[3] == "2 of the first 3 worlds of the same start end like this."


def test_without_others_nothing_is_said_of_them() -> None:
    assert len(told("en", np.array([], dtype=object))) == 3


def test_in_french() -> None:
    lines = told("fr", np.array([list(fake.two_states().outcomes)[-1]], dtype=object))
    assert lines[0].startswith("Comment cela a fini : ")
    assert lines[-1] == "1 des 1 premiers mondes du même départ finit ainsi."


@needs_compilation
def test_the_end_of_a_replication_by_its_number() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml")
    runs = sim.run(scenario, runs=OTHERS, seed=7, jobs=1).runs
    lines = ending_of(scenario, 7, 3, words())
    same = int((runs["outcome"] == runs["outcome"][3]).sum())
    assert runs["outcome"][3] in lines[0]
    assert lines[2].startswith(f"{int(runs['deaths'][3])} dead: ")
    assert lines[3] == f"{same} of the first 100 worlds of the same start end like this."
