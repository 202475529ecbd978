"""The doctrines of a page: their words of the world are those of a scenario with their settings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from matplotlib import colormaps
from matplotlib.colors import to_hex

import sim
from sim.classroom.doctrines import SHOWN, changes, doctrines
from sim.engine.world import build
from sim.report.figures.heat import DARKEST, HEAT, face_path
from sim.report.figures.palette import HEAT_STEPS
from sim.scenario import Scenario
from sim.studies.tournament.strategies import strategies_of, two_states
from sim.vocabulary.doctrines import DOCTRINES
from sim.words import words

FILES = ("two_states", "af_pk_2026")


def scenario_of(name: str, **overrides: object) -> Scenario:
    return sim.load(sim.scenarios() / f"{name}.yaml", overrides)


@pytest.mark.parametrize("name", FILES)
def test_a_doctrine_is_some_words_of_the_world(name: str) -> None:
    """The page sets them where the command reads a scenario with other values."""
    template = build(scenario_of(name))
    first, second = two_states(scenario_of(name))
    who = strategies_of((), ())
    # every doctrine once in each state: a world has no word that depends on both
    for one, other in zip(who, who[::-1], strict=True):
        ours = template.words.copy()
        for word, value in changes(one, first, template) + changes(other, second, template):
            ours[word] = np.float64(value).view(np.uint64)
        settings = one.of(first) | other.of(second)
        theirs = build(sim.load(sim.scenarios() / f"{name}.yaml", settings))
        assert (ours == theirs.words).all(), (one.name, other.name)
        assert [path for path, *_ in theirs.uncertain] == [p for p, *_ in template.uncertain]


def test_a_page_has_what_it_shows(tmp_path: Path) -> None:
    scenario = scenario_of("two_states")
    found = doctrines(scenario, build(scenario), words("fr"))
    assert found is not None
    assert [one["title"] for one in found["states"]] == ["Eastmark", "Westmark"]
    assert [one["name"] for one in found["list"]] == [one.name for one in DOCTRINES]
    assert found["list"][1]["title"] == "Miroir"
    names = [measure.name for measure in scenario.measures]
    assert [one["name"] for one in found["measures"]] == list(SHOWN)
    assert all(names[one["at"]] == one["name"] for one in found["measures"])
    # Student's quantiles for 99 degrees of freedom: for one interval, and for 21 differences
    assert found["one"] == pytest.approx(1.984217, abs=1e-5)
    assert found["sure"] > 3


def test_a_scenario_whose_states_have_no_relation_has_no_tournament() -> None:
    text = (ROOT / "scenarios" / "two_states.yaml").read_text(encoding="utf-8")
    assert "relations:" in text
    apart = scenario_of("two_states")
    apart.file.relations.clear()
    assert doctrines(apart, build(scenario_of("two_states")), words()) is None


def test_colours_of_page_and_figure_are_the_same() -> None:
    steps = len(HEAT_STEPS) - 1
    ours = [to_hex(colormaps[HEAT](DARKEST * k / steps)) for k in range(steps + 1)]
    assert list(HEAT_STEPS) == ours


def test_a_face_is_drawn_as_it_is_written() -> None:
    path = face_path("M2 3 L4 5 Z M6 7 L8 9")
    assert path.vertices.tolist() == [[2, 3], [4, 5], [4, 5], [6, 7], [8, 9]]
    assert path.codes is not None
    assert path.codes.tolist() == [1, 2, 79, 1, 2]
