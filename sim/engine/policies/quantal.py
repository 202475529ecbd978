"""Quantal response: better options are likelier, the more so the more precise the actor is."""

from __future__ import annotations

import math

from sim.engine.elementary import exp
from sim.engine.jit import hot


@hot
def quantal(world, table, question):
    """Fill probabilities proportional to exp(lambda * utility).

    McKelvey and Palfrey (1995), "Quantal response equilibria for normal form games", GEB 10. At 0
    it is chance alone, for large lambda the best option. Level-k reasoning (Stahl and Wilson 1995)
    is in the terms, not here.
    """
    available, utility, probability = table.available, table.utility, table.probability
    options, rationality = question.options, question.rationality
    best = -math.inf
    for a in range(options):
        if available[a] > 0.0:
            best = max(best, utility[a])
    total = 0.0
    for a in range(options):
        weight = 0.0
        if available[a] > 0.0:
            weight = exp(rationality * (utility[a] - best)) if utility[a] < best else 1.0
        probability[a] = weight
        total += weight
    for a in range(options):
        probability[a] = probability[a] / total if total > 0.0 else 0.0
