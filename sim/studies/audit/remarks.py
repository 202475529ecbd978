"""Numbers without effect, actions never taken, idle actors, constant outcomes and measures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from sim.engine.world import Chunk, Template
from sim.ensemble.outcomes import classify
from sim.scenario import Scenario
from sim.studies.audit.activity import Activity
from sim.studies.audit.case import Case
from sim.studies.audit.effects import Number
from sim.studies.audit.findings import ACTION, ACTOR, MEASURE, NUMBER, OUTCOME, Finding, sentence
from sim.studies.audit.known_reasons import readers, reason
from sim.words import Words
from sim.words.measures import measure_name
from sim.words.sentence import Said


def number_without_effect(case: Case, template: Template, number: Number, runs: int) -> Finding:
    """A number no other value of which changes anything.

    A fault if nothing reads it. What a rule reads may only work in histories that are rarer than
    these replications, so it is a remark, with the reason if that is known.
    """
    tried = list(number.others())
    says = sentence(
        "number",
        path=number.path,
        value=lambda words: words.exact(number.value),
        replications=_replications(runs),
        tried=lambda words: words.join(map(words.exact, tried)),
    )
    known = reason(case, number.path)
    if known:
        return Finding(NUMBER, number.path, says, known)
    where = readers(template, number.path)
    why = sentence("read_in", files=", ".join(where)) if where else sentence("not_read")
    return Finding(NUMBER, number.path, says, why, fault=not where)


def actions(activity: Activity) -> Iterator[Finding]:
    """Actions that no state ever takes."""
    for option in activity.template.actions:
        if not activity.ever(option.word):
            says = sentence(
                "action",
                action=option.label or partial(_term, f"vocabulary.postures.{option.word}"),
                replications=_replications(activity.replications),
            )
            yield Finding(ACTION, option.word, says, activity.never_possible(option))


def actors(activity: Activity) -> Iterator[Finding]:
    """Actors that never act."""
    for actor in activity.idle():
        replications = _replications(activity.replications)
        yield Finding(ACTOR, actor, sentence("actor", actor=actor, replications=replications))


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
        about = {
            "outcome": partial(_outcome, outcome),
            "replications": _replications(int(fine.sum())),
        }
        if outcome not in share:
            yield Finding(OUTCOME, outcome, sentence("outcome_never", **about))
        elif len(share) == 1:
            yield Finding(OUTCOME, outcome, sentence("outcome_always", **about))


def measures(template: Template, base: Chunk) -> Iterator[Finding]:
    """Measures that are the same in every replication."""
    fine = base.measures[base.status == 0]
    for k, measure in enumerate(template.measures):
        values = fine[:, k]
        if values.size and (np.isnan(values).all() or (values == values[0]).all()):
            name = partial(measure_name, measure)
            says = sentence("measure_never", name=name)
            if not np.isnan(values[0]):
                says = sentence("measure_same", name=name, value=float(values[0]))
            yield Finding(MEASURE, measure.name, says)


def _replications(count: int) -> Said:
    return lambda words: words.count(count, "replication")


def _term(key: str, words: Words) -> str:
    return words.text(key)


def _outcome(name: str, words: Words) -> str:
    return words.term("vocabulary.outcomes", name)
