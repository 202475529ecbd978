"""Agents in Python see a scenario's own options, with their heights, and can take them."""

from __future__ import annotations

import pytest
from conftest import OWN_OPTIONS

from sim.model import EscalationModel, Options, StateAgent
from sim.vocabulary.codes import EventKind
from sim.vocabulary.ladder import N_ACTIONS

pytestmark = pytest.mark.compiled
RELEASE = N_ACTIONS + 2


class Conciliatory(StateAgent):
    """Releases prisoners whenever it decides, and looks at what it is offered."""

    every_day = True

    def decide(self, options: Options) -> str:
        assert options.rungs["release"] == 0.5
        assert options.rungs["raid"] == 3
        assert set(options.terms["release"]) == set(options.terms["raid"])
        assert "interception" in options.all
        assert "interception" not in options  # it is the other's
        return "release"


def test_an_agent_takes_an_option_of_the_scenarios_own() -> None:
    found = EscalationModel(
        OWN_OPTIONS,
        seed=7,
        log_rows=4096,
        policies={"states.eastmark.policy": Conciliatory},
        horizon=30,
        outcome_window=10,
    )
    found.run_model()
    acts = found.events[(found.events["kind"] == EventKind.ACT) & (found.events["day"] > 0)]
    theirs = acts[acts["actor"] == found.template.states.index("eastmark")]
    assert len(theirs) > 5
    assert set(theirs["action"]) == {RELEASE}
