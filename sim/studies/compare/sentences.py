"""What a comparison found, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.stats.difference import SURE
from sim.stats.survival import DURATIONS
from sim.studies.compare.quantities import FEWEST_ENDS, Contrast, Row
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

#: Measures that get a sentence of their own; the others are in the tables.
HEADLINES = (
    "interstate_deaths",
    "deaths",
    "days_at_rung_6",
    "attacks",
    "first_open_war_day",
    "first_limited_strike_day",
    "first_ceasefire_day",
    "first_ceasefire_length",
    "ceasefire_days",
    "closure_days",
)
MOST_RUNS = 10_000_000
UNITS = {"count": "", "flag": "", "days": " days", "deaths": " dead"}


def verdicts(of: Comparison) -> list[str]:
    """A sentence a finding: how the runs are paired, what changed, outcomes, main measures."""
    return [pairing(of), *(line for other in of.others for line in about(of, other))]


def about(of: Comparison, other: str) -> list[str]:
    """What was found of one scenario beside the baseline."""
    if of.identical(other):
        return [
            f"“{other}” and “{of.baseline}” differ in no value: "
            "every replication is the same, and every difference is exactly 0."
        ]
    if of.paired and not of.pairs[other].empty and of.no_difference(other):
        return list(_changes(of, other))
    return [*_changes(of, other), *_each(of, other), *_family(of, other)]


def pairing(of: Comparison) -> str:
    """Whether the runs are pairs, and why not."""
    if not of.paired:
        return (
            f"Not paired, since {of.unpaired_because}: the intervals are those of independent "
            "samples, and no single replication can be said to have changed."
        )
    return (
        f"Paired: replication k of each has the same random draws (seed {of.seed}), "
        f"so a difference comes from what differs; {of.each}."
    )


def _changes(of: Comparison, other: str) -> Iterator[str]:
    pair = of.pairs[other]
    if pair.empty:
        yield f"“{other}”: nothing to compare, since no replication came to its end on both sides."
        return
    if pair.dropped:
        out = "left out of their differences on both sides" if of.paired else "left out"
        yield (
            f"{words().count(pair.dropped, 'replication')} failed in “{other}” or “{of.baseline}” "
            f"and are {out}."
        )
    yield from _unequal(of, other)
    if of.paired:
        yield _changed(of, other)


def _unequal(of: Comparison, other: str) -> Iterator[str]:
    """Where the two sides differ in size or horizon."""
    sizes = [len(of.sides[name].runs) for name in (of.baseline, other)]
    if of.paired and sizes[0] != sizes[1]:
        yield (
            f"“{of.baseline}” has {words().count(sizes[0], 'replication')} and “{other}” {sizes[1]:,}: "
            f"differences are those of the first {min(sizes):,}, which both have; "
            "the means above use all replications, so they may differ by another amount."
        )
    horizons = {name: of.sides[name].scenario.horizon for name in (of.baseline, other)}
    if len(set(horizons.values())) > 1:
        days = " and ".join(f"{days} days of “{name}”" for name, days in horizons.items())
        yield (
            f"The horizons differ ({days}): times are compared up to day {min(horizons.values())}, "
            "counts and outcomes over runs of unequal length."
        )


def _changed(of: Comparison, other: str) -> str:
    """In how many pairs the outcome changed, and from what to what most often."""
    pair = of.pairs[other]
    n = pair.counts[0]
    moved = [(one, new, count) for one, new, count in pair.flow() if one != new]
    changed = sum(count for *_, count in moved)
    head = f"“{other}” against “{of.baseline}”:"
    if not changed:
        nothing = (
            ", and every difference is exactly 0: here the change has no effect"
            if of.no_difference(other)
            else ", though measures did"
        )
        return f"{head} no outcome changed in any of {words().count(n, 'replication')}{nothing}."
    one, new, count = moved[0]
    return (
        f"{head} the outcome changed in {changed:,} of {words().count(n, 'replication')} "
        f"({share(changed / n)}), most often from “{one}” to “{new}” ({count:,})."
    )


def _each(of: Comparison, other: str) -> list[str]:
    """Outcomes and main measures: first what is significant, then what is not."""
    outcomes = [(of.outcomes[name], _outcome, name) for name in of.outcomes]
    measures = [(of.measures[name], _measure, name) for name in HEADLINES if name in of.measures]
    rows = [
        (not row.differences[other].significant, say(of, other, name, row))
        for row, say, name in outcomes + measures
        if other in row.differences
    ]
    return [*(line for _, line in sorted(rows, key=lambda pair: pair[0])), *_too_few(of, other)]


def _too_few(of: Comparison, other: str) -> Iterator[str]:
    """Durations of which too few ended to be compared."""
    for name in HEADLINES:
        row = of.measures.get(name)
        if name not in DURATIONS or row is None or other in row.differences:
            continue
        if {of.baseline, other} <= row.estimates.keys():
            unknown = [side for side in (of.baseline, other) if row.estimates[side] is None]
            where = " and ".join(f"“{side}”" for side in unknown)
            yield (
                f"{name.replace('_', ' ')}: not compared, since fewer than {FEWEST_ENDS} were seen "
                f"to end{where and f' in {where}'}."
            )


def _outcome(of: Comparison, other: str, name: str, row: Row) -> str:
    gap = row.differences[other]
    head = (
        f"“{name}”: {share(row.estimates[of.baseline])} in “{of.baseline}”, "
        f"{share(row.estimates[other])} in “{other}”"
    )
    if not gap.significant:
        return f"{head}. {_unclear(gap, 100, ' points')}"
    ratio = None if gap.ratio is None else gap.ratio.value
    times = "" if ratio is None else f", {figure(ratio)} times as often"
    more = "more" if gap.value > 0 else "fewer"
    size = rounded(100 * abs(gap.value), gap, 100)
    return f"{head}: {size} points {more} ({_bounds(gap, 100)}){times}."


def _measure(of: Comparison, other: str, name: str, row: Row) -> str:
    gap, measure = row.differences[other], of.about[name]
    unit = UNITS.get(measure.unit, f" {measure.unit}")
    until = "" if gap.upto is None else f" (mean of the time or day {gap.upto}, whichever is first)"
    head = (
        f"{name.replace('_', ' ')}{until}: "
        f"{figure(row.estimates[of.baseline])}{unit} in “{of.baseline}”, "
        f"{figure(row.estimates[other])} in “{other}”"
    )
    if not gap.significant:
        return f"{head}. {_unclear(gap, 1, unit)}"
    if name.endswith("_day"):
        more, less = "later", "earlier"
    else:
        more, less = ("longer", "shorter") if measure.time else ("more", "fewer")
    size = rounded(abs(gap.value), gap)
    return f"{head}: {size}{unit} {more if gap.value > 0 else less} ({_bounds(gap)})."


def _unclear(gap: Contrast, scale: float, unit: str) -> str:
    """What to say of a difference that is not significant."""
    if gap.low is None:
        return "One replication cannot separate the scenarios."
    if gap.value == 0:
        most = max(map(abs, gap.bounds))
        if most == 0:
            return "No replication differs in it."
        return (
            f"No difference was seen; one of up to {figure(scale * most)}{unit} "
            "would fit these runs too."
        )
    size = f"{rounded(scale * gap.value, gap, scale, sign=True)}{unit}"
    enough = gap.runs_to_separate
    if enough is None:
        return f"So few runs do not separate the scenarios ({size} in each)."
    runs = (
        "more than ten million runs" if enough > MOST_RUNS else f"about {_guessed(enough):,} runs"
    )
    alone = (
        " alone it would count, but so many were tested together that it may be chance;"
        if gap.p is not None and gap.p <= SURE
        else ""
    )
    return (
        f"These runs do not separate the scenarios ({size}; {_bounds(gap, scale)});{alone} "
        f"{runs} would, if the difference is as large as it seems."
    )


def _bounds(gap: Contrast, scale: float = 1) -> str:
    """The interval, and beside it the one that the same runs would give without pairing."""
    low, high, apart, far = (
        rounded(scale * bound, gap, scale, sign=True)
        for bound in (*gap.bounds, *gap.unpaired_bounds)
    )
    same = gap.unpaired_low == gap.low
    return f"95 %: {low} to {high}" + ("" if same else f"; unpaired {apart} to {far}")


def _family(of: Comparison, other: str) -> Iterator[str]:
    sure = sum(
        row.differences[other].significant
        for part in (of.outcomes, of.measures)
        for row in part.values()
        if other in row.differences
    )
    if of.family:
        yield (
            f"“{other}”: {words().count(sure, 'difference')} {'is' if sure == 1 else 'are'} significant "
            f"after the correction for all {of.family} that were tested together (Holm, 5 %). "
            "Each interval is valid on its own, not jointly with the others."
        )


def cells(of: Comparison, row: Row, other: str, *, scale: float) -> list[str]:
    """A row of a table: both estimates, the difference, its intervals, p.

    `scale` is 100 for shares in points, else 1.
    """
    gap = row.differences[other]
    say = share if scale == 100 else figure
    both = [say(row.estimates[name]) for name in (of.baseline, other)]
    if gap.low is None:
        return [*both, "–", "–", "–", "–"]
    value, low, high, apart, far = (
        rounded(scale * number, gap, scale, sign=True)
        for number in (gap.value, *gap.bounds, *gap.unpaired_bounds)
    )
    return [
        *both,
        value,
        f"{low} to {high}",
        f"{apart} to {far}",
        "below 0.001" if gap.p_holm < 0.001 else f"{gap.p_holm:.3f}",
    ]


def share(value: float | None) -> str:
    """A share in per cent."""
    return "nothing known" if value is None else f"{100 * value:.1f} %"


def figure(value: float | None) -> str:
    """A number in three digits, thousands apart."""
    if value is None:
        return "nothing known"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def rounded(value: float, gap: Contrast, scale: float = 1, *, sign: bool = False) -> str:
    """A number with as many places as its interval is worth; with its sign, if asked for."""
    low, high = gap.bounds
    half = scale * (high - low) / 2
    places = max(0, 1 - math.floor(math.log10(half))) if half > 0 else 1
    text = f"{abs(value):,.{min(places, 6)}f}"
    if not sign or not float(text.replace(",", "")):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def _guessed(count: int) -> int:
    """A number of runs in two digits, rounded up, since it is a guess."""
    size: int = 10 ** max(len(str(count)) - 2, 0)
    return -(-count // size) * size
