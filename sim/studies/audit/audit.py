"""Looks for faults of a scenario and of the rules that run it.

Sides that are not treated alike, numbers that do nothing, what never happens.

A *fault* is something that should not be: results that do not mirror when two states change places,
or a number without effect and without a known reason. A *remark* is worth a look and may be meant:
an action that is never taken, an actor that never acts, an outcome that never or always comes, a
measure that is the same in every replication, a number whose lack of effect has a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template
from sim.ensemble.arguments import check_counts, processors, root_seed
from sim.ensemble.engine import engine_of
from sim.ensemble.outcomes import classify
from sim.ensemble.progress import Progress
from sim.errors import ModelError
from sim.replication.mirror import Divergence, Mirror, mirror_of
from sim.scenario import Scenario
from sim.stats.difference import holm
from sim.studies.audit.activity import Acting
from sim.studies.audit.effects import Baseline, Number, numbers_of
from sim.studies.audit.known_reasons import Case, readers, reason
from sim.vocabulary.ladder import ACTION_NAMES

#: chance that an audit of a sound scenario finds fault with the labels, over all measures and
# pairs of states
FALSE_ALARM = 0.001
LOOKED_INTO = 3  # replications of which every word is compared with the mirror
TOLD = 40  # replications that are run again in full to see who does what
MOST_PAIRS = 15
MIRROR, LABEL, NUMBER, ACTION, ACTOR, OUTCOME, MEASURE = (
    "mirror",
    "label",
    "number",
    "action",
    "actor",
    "outcome",
    "measure",
)


class Finding(NamedTuple):
    """One thing that an audit found.

    Which part of it, about what, in a sentence, why if that is known, and whether it is a fault.
    """

    part: str
    about: str
    says: str
    why: str = ""
    fault: bool = False


@dataclass
class Audit:
    """What was looked at and what was found."""

    scenario: Scenario
    seed: int
    runs: int
    pairs: list[tuple[str, str]] = field(default_factory=list)
    numbers: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def faults(self) -> list[Finding]:
        """What should not be."""
        return [one for one in self.findings if one.fault]

    def of(self, part: str) -> list[Finding]:
        """The findings of one part, faults first."""
        return sorted(
            (one for one in self.findings if one.part == part), key=lambda one: not one.fault
        )

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "scenario": self.scenario.id,
            "digest": self.scenario.digest,
            "seed": self.seed,
            "runs": self.runs,
            "mirrored": [list(pair) for pair in self.pairs],
            "numbers": self.numbers,
            "faults": len(self.faults),
            "findings": [one._asdict() for one in self.findings],
        }


def audit(
    scenario: Scenario,
    *,
    runs: int = 500,
    seed: int | None = None,
    only: Sequence[str] = ("*",),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Audit a scenario.

    Parameters
    ----------
    scenario : as `sim.load` gives it
    runs : replications looked at, in each pair of mirrors and for each number that does nothing in
        the first few
    only : patterns of the paths of the numbers that are moved, such as "rules.ceasefire.*"
    seed, jobs, progress : as for `sim.run`; without a seed a new one

    Returns
    -------
    Audit

    Raises
    ------
    ModelError : if an actor is a Python class, whose own memory and code no mirror turns
    """
    check_counts(runs, seed, jobs)
    engine = engine_of(scenario)
    template = engine.template
    if not engine.compiled:
        raise ModelError(
            f"audit: {', '.join(template.python_policies)} is a Python class; "
            "the audit looks at compiled rules, so name a policy of the list"
        )
    found = Audit(scenario, root_seed(scenario, seed), runs)
    progress = progress or Progress()
    states = list(combinations(template.states, 2))[:MOST_PAIRS]
    numbers = [
        number
        for number in numbers_of(scenario, template)
        if any(fnmatch(number.path, pattern) for pattern in only)
    ]
    if not numbers:
        raise ModelError(f"only: must match the path of a number, got {', '.join(only)}")
    progress.start(0, len(states) + len(numbers) + 1)
    with ThreadPoolExecutor(jobs or processors()) as pool:
        base = run_chunk(template, found.seed, 0, runs)
        acting = Acting(scenario, template, found.seed, min(TOLD, runs))
        progress.advance(1)
        for one, other in states:
            found.pairs.append((one, other))
            found.findings += _mirror(scenario, base, found.seed, one, other)
            progress.advance(1)
        found.numbers = len(numbers)
        case, beside = Case(scenario, acting), Baseline(template, found.seed, runs)
        found.findings += [
            _number(case, template, number, runs)
            for number in beside.idle(numbers, pool, lambda: progress.advance(1))
        ]
    found.findings += [
        *_actions(acting),
        *_actors(acting),
        *_outcomes(scenario, template, base),
        *_measures(template, base),
    ]
    return found


def _same(ours: Chunk, theirs: Chunk, columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which measures are the same to the last bit in every replication; the daily series last."""
    a, b = ours.measures, theirs.measures[:, columns]
    same = ((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=0)
    series = all(
        np.array_equal(getattr(ours, name), getattr(theirs, name))
        for name in ("rung", "deaths", "interstate", "status")
    )
    return np.append(same, series)


def _mirror(scenario: Scenario, base: Chunk, seed: int, one: str, other: str) -> Iterator[Finding]:
    """Two states in each other's place: with their luck, to the bit.

    With the luck of the labels, in distribution.
    """
    about, runs = f"{one}, {other}", len(base.status)
    turned = mirror_of(scenario, one, other)
    theirs = run_chunk(turned.mirror, seed, 0, runs, turned.draw_inputs(seed, 0, runs))
    same = _same(base, theirs, turned.columns)
    if not same.all():
        moved = [
            m.name for m, alike in zip(turned.template.measures, same, strict=False) if not alike
        ]
        share = _shares(base, theirs, turned.columns)
        says = (
            f"when {one} and {other} change places, {len(moved)} of {len(same) - 1} measures do "
            f"not mirror, in {share:.0%} of {runs:,} replications"
        )
        yield Finding(
            MIRROR,
            about,
            f"{says}{_largest(base, theirs, turned)}",
            _first_divergence(turned, base, theirs, seed),
            fault=True,
        )
    elif hidden := next(
        (
            where
            for where in (_parting(turned, seed, k) for k in range(min(LOOKED_INTO, runs)))
            if where
        ),
        "",
    ):
        yield Finding(
            MIRROR,
            about,
            f"when {one} and {other} change places, all measures mirror, and what is behind "
            "them does not",
            hidden,
            fault=True,
        )
    named = mirror_of(scenario, one, other, move_draws=False)
    strangers = run_chunk(named.mirror, seed, 0, runs)
    odd = _odd(base, strangers, named)
    if odd:
        says = (
            f"when {one} and {other} change labels, their results change by more than luck: "
            f"{', '.join(odd[:6])}"
        )
        yield Finding(
            LABEL,
            about,
            says,
            "something looks at a label, or at the luck that goes with it",
            fault=True,
        )


def _shares(ours: Chunk, theirs: Chunk, columns: NDArray[np.int64]) -> float:
    a, b = ours.measures, theirs.measures[:, columns]
    return float((~((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1)).mean())


def _largest(ours: Chunk, theirs: Chunk, turned: Mirror) -> str:
    """The measure whose mean moves most in its standard errors, if that is more than luck."""
    gap = theirs.measures[:, turned.columns] - ours.measures
    n = np.isfinite(gap).sum(axis=0)
    centre, spread = (
        np.array([f(c[np.isfinite(c)]) if np.isfinite(c).any() else 0.0 for c in gap.T])
        for f in (np.mean, np.std)
    )
    z = np.divide(centre * np.sqrt(n), spread, out=np.zeros_like(centre), where=spread > 0)
    most = int(np.abs(z).argmax())
    if 2 * stats.norm.sf(abs(z[most])) * len(z) > FALSE_ALARM:
        return ", by luck alone as far as one can tell"
    name, before, after = (
        turned.template.measures[most].name,
        ours.measures[:, most],
        theirs.measures[:, turned.columns[most]],
    )
    return (
        f", and not by luck: {name} has a mean of {np.nanmean(before):.3g}, in the mirror "
        f"{np.nanmean(after):.3g}"
    )


def _first_divergence(turned: Mirror, ours: Chunk, theirs: Chunk, seed: int) -> str:
    """Where the first replication that does not mirror parts from its mirror."""
    a, b = ours.measures, theirs.measures[:, turned.columns]
    first = (
        int(np.flatnonzero(~((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1))[0])
        if a.size
        else 0
    )
    return _parting(turned, seed, first)


def _parting(turned: Mirror, seed: int, replication: int) -> str:
    """Where a replication parts from its mirror, in words; empty if it does not."""
    found = turned.first_divergence(seed, replication)
    return "" if found is None else _where(turned.template, found, replication)


def _where(template: Template, found: Divergence, replication: int) -> str:
    rows = {
        "states": (template.states,),
        "dyads": (template.states, template.states),
        "groups": (template.groups,),
        "sectors": (template.sectors,),
    }
    rows |= {
        "hosts": (template.groups, template.states),
        "presence": (template.groups, template.sectors),
        "pairs": (template.relations,),
    }
    names = rows.get(found.table)
    row = (
        ".".join(names[k][at] for k, at in enumerate(found.row))
        if names
        else ".".join(map(str, found.row))
    )
    return (
        f"replication {replication} parts on day {found.day} in {found.table} {row}: "
        f"{found.field} is {found.value:.6g}, in the mirror {found.mirrored:.6g}"
    )


def _odd(ours: Chunk, theirs: Chunk, turned: Mirror) -> list[str]:
    """Measures whose distribution differs under exchanged labels (Kolmogorov-Smirnov, Holm)."""
    values: dict[tuple[str, ...], float] = {}
    for k, measure in enumerate(turned.template.measures):
        a, b = (
            np.nan_to_num(c, nan=1e9)
            for c in (ours.measures[:, k], theirs.measures[:, turned.columns[k]])
        )
        values[measure.name,] = float(stats.ks_2samp(a, b, method="asymp").pvalue)
    return [name[0] for name, p in holm(values).items() if p < FALSE_ALARM / MOST_PAIRS]


def _number(case: Case, template: Template, number: Number, runs: int) -> Finding:
    """A number that no other value of which changes anything."""
    tried = ", ".join(f"{value:g}" for value in number.others())
    says = (
        f"{number.path} = {number.value:g} has no effect in {runs:,} replications; nor have {tried}"
    )
    known = reason(case, number.path)
    if known:
        return Finding(NUMBER, number.path, says, known)
    where = readers(template, number.path)
    return Finding(
        NUMBER,
        number.path,
        says,
        f"read in {', '.join(where)}, where it comes to nothing in these replications"
        if where
        else "no rule reads it",
        fault=True,
    )


def _actions(acting: Acting) -> Iterator[Finding]:
    for action in ACTION_NAMES:
        if not acting.ever(action):
            says = f"no state ever chooses {action} in {acting.replications} replications"
            yield Finding(ACTION, action, says, acting.never_possible(action) or "")


def _actors(acting: Acting) -> Iterator[Finding]:
    for actor in acting.idle():
        yield Finding(ACTOR, actor, f"{actor} never acts in {acting.replications} replications")


def _outcomes(scenario: Scenario, template: Template, base: Chunk) -> Iterator[Finding]:
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


def _measures(template: Template, base: Chunk) -> Iterator[Finding]:
    fine = base.measures[base.status == 0]
    for k, measure in enumerate(template.measures):
        values = fine[:, k]
        if values.size and (np.isnan(values).all() or (values == values[0]).all()):
            what = (
                "never comes" if np.isnan(values[0]) else f"is {values[0]:g} in every replication"
            )
            yield Finding(MEASURE, measure.name, f"{measure.name} {what}")
