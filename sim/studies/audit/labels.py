"""Whether two states are treated alike: their labels and numbers exchanged, results must mirror.

With their random draws exchanged too, every replication must mirror to the bit; with the draws that
go with the labels, results must have the same distribution.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template
from sim.replication.mirror import Divergence, Mirror, mirror_of
from sim.scenario import Scenario
from sim.stats.difference import holm
from sim.studies.audit.findings import LABEL, MIRROR, Finding

#: Probability that an audit of a sound scenario finds fault with the labels, over all measures and
#: pairs of states.
FALSE_ALARM = 0.001
MOST_PAIRS = 15
FULLY_COMPARED = 3  # replications of which every word is compared with the mirror


def exchange(scenario: Scenario, base: Chunk, seed: int, one: str, other: str) -> Iterator[Finding]:
    """Two states in each other's place, beside the replications `base` of the scenario as it is."""
    runs = len(base.status)
    turned = mirror_of(scenario, one, other)
    theirs = run_chunk(turned.mirror, seed, 0, runs, turned.draw_inputs(seed, 0, runs))
    yield from _mirror(turned, base, theirs, seed, f"{one} and {other}")
    named = mirror_of(scenario, one, other, move_draws=False)
    odd = other_distributions(base, run_chunk(named.mirror, seed, 0, runs), named)
    if odd:
        yield Finding(
            LABEL,
            f"{one}, {other}",
            f"when {one} and {other} change labels, their results change by more than chance: "
            f"{', '.join(odd[:6])}",
            "something looks at a label, or at the random draws that go with it",
            fault=True,
        )


def _mirror(turned: Mirror, base: Chunk, theirs: Chunk, seed: int, names: str) -> Iterator[Finding]:
    about, runs = names.replace(" and ", ", "), len(base.status)
    same = _same(base, theirs, turned.columns)
    if not same.all():
        unequal = int((~same[:-1]).sum())
        share = _share_unequal(base, theirs, turned.columns)
        yield Finding(
            MIRROR,
            about,
            f"when {names} change places, {unequal} of {len(same) - 1} measures do not mirror, "
            f"in {share:.0%} of {runs:,} replications{_largest(base, theirs, turned)}",
            _first_divergence(turned, base, theirs, seed),
            fault=True,
        )
        return
    for replication in range(min(FULLY_COMPARED, runs)):
        if where := _divergence(turned, seed, replication):
            yield Finding(
                MIRROR,
                about,
                f"when {names} change places, all measures mirror, "
                "and what is behind them does not",
                where,
                fault=True,
            )
            return


def _same(ours: Chunk, theirs: Chunk, columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which measures are the same to the last bit in every replication; the daily series last."""
    a, b = ours.measures, theirs.measures[:, columns]
    same = ((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=0)
    series = all(
        np.array_equal(getattr(ours, name), getattr(theirs, name))
        for name in ("rung", "deaths", "interstate", "status")
    )
    return np.append(same, series)


def _share_unequal(ours: Chunk, theirs: Chunk, columns: NDArray[np.int64]) -> float:
    """Share of the replications in which a measure does not mirror."""
    a, b = ours.measures, theirs.measures[:, columns]
    return float((~((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1)).mean())


def _largest(ours: Chunk, theirs: Chunk, turned: Mirror) -> str:
    """The measure whose mean moves most in its standard errors, if that is more than chance."""
    gap = theirs.measures[:, turned.columns] - ours.measures
    n = np.isfinite(gap).sum(axis=0)
    centre, spread = (
        np.array([f(c[np.isfinite(c)]) if np.isfinite(c).any() else 0.0 for c in gap.T])
        for f in (np.mean, np.std)
    )
    z = np.divide(centre * np.sqrt(n), spread, out=np.zeros_like(centre), where=spread > 0)
    most = int(np.abs(z).argmax())
    if 2 * stats.norm.sf(abs(z[most])) * len(z) > FALSE_ALARM:
        return ", by chance alone as far as one can tell"
    column = int(turned.columns[most])
    before, after = np.nanmean(ours.measures[:, most]), np.nanmean(theirs.measures[:, column])
    name = turned.template.measures[most].name
    return f", and not by chance: {name} has a mean of {before:.3g}, in the mirror {after:.3g}"


def _first_divergence(turned: Mirror, ours: Chunk, theirs: Chunk, seed: int) -> str:
    """Where the first replication that does not mirror diverges from its mirror."""
    a, b = ours.measures, theirs.measures[:, turned.columns]
    first = (
        int(np.flatnonzero(~((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1))[0])
        if a.size
        else 0
    )
    return _divergence(turned, seed, first)


def _divergence(turned: Mirror, seed: int, replication: int) -> str:
    """The first divergence of a replication from its mirror, in words; empty if there is none."""
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
        f"replication {replication} diverges on day {found.day} in {found.table} {row}: "
        f"{found.field} is {found.value:.6g}, in the mirror {found.mirrored:.6g}"
    )


def other_distributions(ours: Chunk, theirs: Chunk, turned: Mirror) -> list[str]:
    """Measures whose distribution is another under the other labels.

    By the test of Kolmogorov and Smirnov, corrected by Holm over all measures.
    """
    values: dict[tuple[str, ...], float] = {}
    for k, measure in enumerate(turned.template.measures):
        a, b = (
            np.nan_to_num(c, nan=1e9)
            for c in (ours.measures[:, k], theirs.measures[:, turned.columns[k]])
        )
        values[measure.name,] = float(stats.ks_2samp(a, b, method="asymp").pvalue)
    return [name[0] for name, p in holm(values).items() if p < FALSE_ALARM / MOST_PAIRS]
