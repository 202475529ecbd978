"""Numbers without effect, actions never taken, idle actors, constant outcomes and measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engine.world import Chunk, Template
from sim.ensemble.outcomes import classify
from sim.scenario import Scenario
from sim.studies.audit.activity import Activity
from sim.studies.audit.effects import Number
from sim.studies.audit.findings import ACTION, ACTOR, MEASURE, NUMBER, OUTCOME, Finding
from sim.studies.audit.known_reasons import Case, readers, reason
from sim.vocabulary.ladder import ACTION_NAMES


def number_without_effect(case: Case, template: Template, number: Number, runs: int) -> Finding:
    """A number no other value of which changes anything."""
    tried = ", ".join(f"{value:g}" for value in number.others())
    says = (
        f"{number.path} = {number.value:g} has no effect in {runs:,} replications; nor have {tried}"
    )
    known = reason(case, number.path)
    if known:
        return Finding(NUMBER, number.path, says, known)
    where = readers(template, number.path)
    why = (
        f"read in {', '.join(where)}, but it changed nothing in these replications"
        if where
        else "no rule reads it"
    )
    return Finding(NUMBER, number.path, says, why, fault=True)


def actions(activity: Activity) -> Iterator[Finding]:
    """Actions that no state ever takes."""
    for action in ACTION_NAMES:
        if not activity.ever(action):
            says = f"no state ever chooses {action} in {activity.replications} replications"
            yield Finding(ACTION, action, says, activity.never_possible(action) or "")


def actors(activity: Activity) -> Iterator[Finding]:
    """Actors that never act."""
    for actor in activity.idle():
        says = f"{actor} never acts in {activity.replications} replications"
        yield Finding(ACTOR, actor, says)


def outcomes(scenario: Scenario, template: Template, base: Chunk) -> Iterator[Finding]:
    """Outcomes that never or always come."""
    fine = base.status == 0
    values = {m.name: base.measures[fine, k] for k, m in enumerate(template.measures)}
    names, counts = np.unique(
        np.asarray(classify(values, int(fine.sum()), scenario.outcomes), dtype=str),
        return_counts=True,
    )
    share = dict(zip(names.tolist(), counts.tolist(), strict=True))
    for outcome in scenario.outcomes:
        if outcome not in share:
            yield Finding(
                OUTCOME,
                outcome,
                f"the outcome '{outcome}' never comes in {int(fine.sum()):,} replications",
            )
        elif len(share) == 1:
            yield Finding(
                OUTCOME,
                outcome,
                f"the outcome is '{outcome}' in each of {int(fine.sum()):,} replications",
            )


def measures(template: Template, base: Chunk) -> Iterator[Finding]:
    """Measures that are the same in every replication."""
    fine = base.measures[base.status == 0]
    for k, measure in enumerate(template.measures):
        values = fine[:, k]
        if values.size and (np.isnan(values).all() or (values == values[0]).all()):
            what = (
                "never comes" if np.isnan(values[0]) else f"is {values[0]:g} in every replication"
            )
            yield Finding(MEASURE, measure.name, f"{measure.name} {what}")
