"""The doctrines of a page: what each is, and the words of the world that it sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtrit

from sim.engine.world import slot
from sim.engine.world.tables import TABLES
from sim.errors import ModelError
from sim.report.figures.palette import HEAT_STEPS
from sim.stats.difference import LEVEL
from sim.studies.tournament.strategies import Strategy, strategies_of, two_states
from sim.studies.tournament.tournament import MEASURE, state_title
from sim.vocabulary.policies import Policy
from sim.words.measures import measure_name, unit_beside

if TYPE_CHECKING:
    from sim.engine.world import Template
    from sim.scenario import Scenario
    from sim.words import Words

#: Worlds in each cell, the first of those that the page computes anyway.
WORLDS = 100
#: Measures that can be chosen beside the outcomes, if the scenario has them.
SHOWN = (MEASURE, "deaths", "max_rung", "days_at_rung_6", "strikes", "raids", "closure_days")
Json = dict[str, Any]


def doctrines(scenario: Scenario, template: Template, words: Words) -> Json | None:
    """What the page needs for a tournament; None for a scenario without two related states.

    `changes` of a doctrine has, for each of the two states, words and values as a lever has them; a
    whole number comes as the float that has its bits. `sure` and `one` are the quantiles of Student
    for all differences of two doctrines together (Bonferroni), and for one interval.
    """
    try:
        states = two_states(scenario)
    except ModelError:
        return None
    who = strategies_of((), ())
    pairs, tail = len(who) * (len(who) - 1) / 2, (1 - LEVEL) / 2
    names = [measure.name for measure in scenario.measures]
    chosen = [measure for measure in scenario.measures if measure.name in SHOWN]
    chosen.sort(key=lambda measure: SHOWN.index(measure.name))
    return {
        "worlds": WORLDS,
        "sure": float(stdtrit(WORLDS - 1, 1 - tail / pairs)),
        "one": float(stdtrit(WORLDS - 1, 1 - tail)),
        "colours": HEAT_STEPS,
        "states": [{"name": name, "title": state_title(scenario, name)} for name in states],
        "list": [
            {
                "name": one.name,
                "title": one.title(words),
                "sentence": one.about(words),
                "face": one.face,
                "settings": [one.of(state) for state in states],
                "changes": [changes(one, state, template) for state in states],
            }
            for one in who
        ],
        "measures": [
            {
                "name": measure.name,
                "at": names.index(measure.name),
                "label": measure_name(measure, words),
                "unit": unit_beside(measure.unit, words),
            }
            for measure in chosen
        ],
    }


def changes(one: Strategy, state: str, template: Template) -> list[tuple[int, float]]:
    """The words that a strategy sets in a state, and the float that has the bits of each value."""
    row, found = template.states.index(state), []
    for name, value in one.settings.items():
        word = slot(template.spans, "states", name, row)
        kind = TABLES["states"][name]
        code = Policy.of(str(value)) if name == "policy" else value
        bits = np.array([code], dtype=kind).view(np.float64)
        found.append((word, float(bits[0])))
    return found
