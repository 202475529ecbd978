"""Belief in log-odds against Bayes' rule in closed form."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.rules.records import Attack, Trail
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, world

attribution, feelings = plain("sim.engine.rules.attribution"), plain("sim.engine.rules.feelings")
stocks = plain("sim.engine.rules.stocks")

PROBABILITIES = st.floats(0.01, 0.99)
EVIDENCE = st.lists(st.booleans(), max_size=12)


def logit(p: float) -> float:
    return math.log(p / (1 - p))


@given(PROBABILITIES, PROBABILITIES, PROBABILITIES, EVIDENCE)
def test_evidence_moves_belief_by_bayes_rule(
    prior: float, tp: float, fp: float, evidence: list[bool]
) -> None:
    w = world(template({"rules.attribution.bound": 20}))
    view, s = w.dyads[NORTH, SOUTH], w.states[NORTH]
    s.true_positive, s.false_positive, view.belief = tp, fp, logit(prior)
    for points_there in evidence:
        attribution.weigh_evidence(w, NORTH, SOUTH, points_there)
    feelings.apply(w)
    likely, unlikely = prior, 1 - prior
    for points_there in evidence:
        likely *= tp if points_there else 1 - tp
        unlikely *= fp if points_there else 1 - fp
    assert view.belief == pytest.approx(
        min(max(math.log(likely) - math.log(unlikely), -20), 20), rel=1e-9, abs=1e-9
    )


def test_belief_is_bounded() -> None:
    w = world(template({"rules.attribution.bound": 3}))
    for points_there, end in ((True, 3.0), (False, -3.0)):
        for _ in range(60):
            attribution.weigh_evidence(w, NORTH, SOUTH, points_there)
        feelings.apply(w)
        assert w.dyads[NORTH, SOUTH].belief == end


def test_belief_starts_as_the_file_says_and_drifts_to_its_prior() -> None:
    views = {
        "relations.neighbours.views.north.complicity": 0.9,
        "relations.neighbours.views.north.prior": 0.2,
        "rules.attribution.forgetting": 50,
    }
    w = world(template(views))
    view = w.dyads[NORTH, SOUTH]
    assert view.belief == pytest.approx(logit(0.9))
    for _ in range(30):
        attribution.forget(w, NORTH, SOUTH)
    assert view.belief == pytest.approx(logit(0.2) + (logit(0.9) - logit(0.2)) * math.exp(-30 / 50))


def test_evidence_that_says_as_much_either_way_moves_nothing() -> None:
    w = world(template({"states.north.true_positive": 0.4, "states.north.false_positive": 0.4}))
    before = w.dyads[NORTH, SOUTH].belief
    attribution.weigh_evidence(w, NORTH, SOUTH, True)
    attribution.weigh_evidence(w, NORTH, SOUTH, False)
    feelings.apply(w)
    assert w.dyads[NORTH, SOUTH].belief == pytest.approx(before, abs=1e-12)


def test_the_other_sides_belief_is_its_own() -> None:
    w = world(template())
    before = w.dyads[SOUTH, NORTH].belief
    attribution.weigh_evidence(w, NORTH, SOUTH, True)
    feelings.apply(w)
    assert w.dyads[SOUTH, NORTH].belief == before


def test_each_attack_is_run_from_one_host_or_none() -> None:
    """Over many attacks the hosts' shares come out, and no attack has two."""
    third = {
        "states.third": {"personnel": 1000, "assumed": "invented"},
        "sectors.third_city": {
            "state": "third",
            "population": 1,
            "garrison": 1,
            "assumed": "invented",
        },
        "groups.rebels.hosts": {
            "south": {"haven": 0.5, "share": 0.5, "assumed": "invented"},
            "third": {"haven": 0.5, "share": 0.3, "assumed": "invented"},
        },
    }
    w = world(template(third))
    n = 4000
    sources = [attribution.run_from(w, 0, number) for number in range(n)]
    for host, share in ((1, 0.5), (2, 0.3), (-1, 0.2)):
        error = 4 * math.sqrt(share * (1 - share) / n)
        assert abs(sources.count(host) / n - share) < error


def test_news_is_always_looked_into_and_the_rest_now_and_then() -> None:
    w = world(
        template({"rules.attribution.background": 0.5, "groups.rebels.hosts.south.share": 0.6})
    )
    n = 2000

    def looked_into(standing: float, known: int = -1) -> float:
        found = 0
        for number in range(n):
            w.dyads[NORTH, SOUTH].new_evidence = 0.0
            trail = Trail(standing > 0.0, SOUTH)
            attribution.investigate(w, 0, SOUTH, Attack(number, 0, known), trail)
            found += w.dyads[NORTH, SOUTH].new_evidence != 0.0
        return found / n

    assert looked_into(0.01) == looked_into(0.0, known=0) == looked_into(0.0, known=1) == 1.0
    assert abs(looked_into(0.0) - 0.5 * 0.6) < 4 * math.sqrt(0.3 * 0.7 / n)
