"""Whether two states are treated alike: their labels and numbers exchanged, results must mirror.

With their random draws exchanged too, every replication must mirror to the bit; with the draws that
go with the labels, results must have the same distribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template
from sim.replication.mirror import Divergence, Mirror, mirror_of
from sim.scenario import Scenario
from sim.stats.difference import holm
from sim.studies.audit.findings import LABEL, MIRROR, Finding, sentence
from sim.vocabulary.measures import Measure
from sim.words.measures import measure_name
from sim.words.sentence import Said, Sentence

#: Probability that an audit of a sound scenario finds fault with the labels, over all measures and
#: pairs of states.
FALSE_ALARM = 0.001
MOST_PAIRS = 15
MOST_NAMED = 6  # measures that a finding names
FULLY_COMPARED = 3  # replications of which every word is compared with the mirror


def exchange(scenario: Scenario, base: Chunk, seed: int, one: str, other: str) -> Iterator[Finding]:
    """Two states in each other's place, beside the replications `base` of the scenario as it is."""
    runs = len(base.status)
    turned = mirror_of(scenario, one, other)
    theirs = run_chunk(turned.mirror, seed, 0, runs, turned.draw_inputs(seed, 0, runs))
    yield from _mirror(turned, base, theirs, seed, (one, other))
    named = mirror_of(scenario, one, other, move_draws=False)
    odd = other_distributions(base, run_chunk(named.mirror, seed, 0, runs), named)
    if odd:
        yield Finding(
            LABEL,
            f"{one}, {other}",
            sentence("label", one=one, other=other, measures=measure_names(odd[:MOST_NAMED])),
            sentence("label_why"),
            fault=True,
        )


def measure_names(measures: Sequence[Measure]) -> Said:
    """Measures by name, in the language of the reader."""
    return lambda words: ", ".join(measure_name(one, words) for one in measures)


def _mirror(
    turned: Mirror, base: Chunk, theirs: Chunk, seed: int, pair: tuple[str, str]
) -> Iterator[Finding]:
    about, runs = ", ".join(pair), len(base.status)
    names = dict(zip(("one", "other"), pair, strict=True))
    same = _same(base, theirs, turned.columns)
    if not same.all():
        unequal = int((~same[:-1]).sum())
        share = _share_unequal(base, theirs, turned.columns)
        yield Finding(
            MIRROR,
            about,
            sentence(
                "mirror",
                n=unequal,
                measures=len(same) - 1,
                share=lambda words: words.percent(share),
                replications=lambda words: words.count(runs, "replication"),
                largest=_largest(base, theirs, turned),
                **names,
            ),
            _first_divergence(turned, base, theirs, seed),
            fault=True,
        )
        return
    for replication in range(min(FULLY_COMPARED, runs)):
        if where := _divergence(turned, seed, replication):
            yield Finding(
                MIRROR,
                about,
                sentence("behind", **names),
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


def _largest(ours: Chunk, theirs: Chunk, turned: Mirror) -> Sentence:
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
        return sentence("by_chance")
    column = int(turned.columns[most])
    before, after = np.nanmean(ours.measures[:, most]), np.nanmean(theirs.measures[:, column])
    return sentence(
        "not_by_chance",
        name=partial(measure_name, turned.template.measures[most]),
        before=_digits(float(before), 3),
        after=_digits(float(after), 3),
    )


def _digits(value: float, count: int) -> Said:
    return lambda words: words.number(value, significant=count)


def _first_divergence(turned: Mirror, ours: Chunk, theirs: Chunk, seed: int) -> Sentence | None:
    """Where the first replication that does not mirror diverges from its mirror."""
    a, b = ours.measures, theirs.measures[:, turned.columns]
    first = (
        int(np.flatnonzero(~((a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1))[0])
        if a.size
        else 0
    )
    return _divergence(turned, seed, first)


def _divergence(turned: Mirror, seed: int, replication: int) -> Sentence | None:
    """The first divergence of a replication from its mirror; None if there is none."""
    found = turned.first_divergence(seed, replication)
    return None if found is None else _where(turned.template, found, replication)


def _where(template: Template, found: Divergence, replication: int) -> Sentence:
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
    return sentence(
        "diverges",
        replication=str(replication),
        day=found.day,
        table=found.table,
        row=row,
        field=found.field,
        value=_digits(found.value, 6),
        mirrored=_digits(found.mirrored, 6),
    )


def other_distributions(ours: Chunk, theirs: Chunk, turned: Mirror) -> list[Measure]:
    """Measures whose distribution is another under the other labels.

    By the test of Kolmogorov and Smirnov, corrected by Holm over all measures.
    """
    values: dict[tuple[str, ...], float] = {}
    named = {measure.name: measure for measure in turned.template.measures}
    for k, measure in enumerate(turned.template.measures):
        a, b = (
            np.nan_to_num(c, nan=1e9)
            for c in (ours.measures[:, k], theirs.measures[:, turned.columns[k]])
        )
        values[measure.name,] = float(stats.ks_2samp(a, b, method="asymp").pvalue)
    return [named[name[0]] for name, p in holm(values).items() if p < FALSE_ALARM / MOST_PAIRS]
