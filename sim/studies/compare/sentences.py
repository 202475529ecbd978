"""What a comparison found, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.stats.survival import DURATIONS
from sim.studies.compare.quantities import FEWEST_ENDS
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

Json = dict[str, Any]

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
SURE = 0.05
MOST_RUNS = 10_000_000
UNITS = {"count": "", "flag": "", "days": " days", "deaths": " dead"}


def verdicts(of: Comparison) -> list[str]:
    """A sentence a finding: how the runs are paired, what changed, then each outcome and the main measures."""
    return [pairing(of), *(line for other in of.others for line in about(of, other))]


def about(of: Comparison, other: str) -> list[str]:
    """What was found of one scenario beside the baseline."""
    if of.identical(other):
        return [
            f"“{other}” and “{of.baseline}” differ in no value: every replication is the same, and every difference is exactly 0."
        ]
    if of.paired and not of.pairs[other].empty and of.no_difference(other):
        return list(_changes(of, other))
    return [*_changes(of, other), *_each(of, other), *_family(of, other)]


def pairing(of: Comparison) -> str:
    """Whether the runs are pairs, and why not."""
    if not of.paired:
        why = f"Not paired, since {of.unpaired_because}"
        return f"{why}: the intervals are those of independent samples, and of no replication can be said that it changed."
    return f"Paired: replication k of each meets the same luck (seed {of.seed}), so a difference comes from what differs; {of.each}."


def _changes(of: Comparison, other: str) -> Iterator[str]:
    pair = of.pairs[other]
    if pair.empty:
        yield f"“{other}”: nothing to compare, since no replication came to its end on both sides."
        return
    if of.paired and pair.dropped:
        yield f"{words().count(pair.dropped, 'replication')} failed in “{other}” or “{of.baseline}” and are left out of their differences on both sides."
    elif pair.dropped:
        yield f"{words().count(pair.dropped, 'replication')} failed in “{other}” or “{of.baseline}” and are left out."
    sizes = [len(of.sides[name].runs) for name in (of.baseline, other)]
    if of.paired and sizes[0] != sizes[1]:
        yield (
            f"“{of.baseline}” has {words().count(sizes[0], 'replication')} and “{other}” {sizes[1]:,}: differences are those of the first {min(sizes):,}, "
            "which both have, and need not be what the numbers of all differ by."
        )
    horizons = {name: of.sides[name].scenario.horizon for name in (of.baseline, other)}
    if len(set(horizons.values())) > 1:
        days = " and ".join(f"{days} days of “{name}”" for name, days in horizons.items())
        yield f"The horizons differ ({days}): times are compared up to day {min(horizons.values())}, counts and outcomes over runs of unequal length."
    if of.paired:
        n, moved = (
            pair.counts[0],
            [(one, new, count) for one, new, count in pair.flow() if one != new],
        )
        changed = sum(count for *_, count in moved)
        if not changed:
            nothing = (
                ", and every difference is exactly 0: here the change has no effect"
                if of.no_difference(other)
                else ", though measures did"
            )
            yield f"“{other}” against “{of.baseline}”: no outcome changed in any of {words().count(n, 'replication')}{nothing}."
        else:
            one, new, count = moved[0]
            yield (
                f"“{other}” against “{of.baseline}”: the outcome changed in {changed:,} of {words().count(n, 'replication')} ({share(changed / n)}), "
                f"most often from “{one}” to “{new}” ({count:,})."
            )


def _each(of: Comparison, other: str) -> list[str]:
    """Outcomes and main measures: first what is beyond chance, then what is not."""
    outcomes = [(of.outcomes[name], _outcome, name) for name in of.outcomes]
    measures = [(of.measures[name], _measure, name) for name in HEADLINES if name in of.measures]
    rows = [
        (row["difference"][other]["p_holm"] > SURE, say(of, other, name, row))
        for row, say, name in outcomes + measures
        if other in row["difference"]
    ]
    return [*(line for _, line in sorted(rows, key=lambda pair: pair[0])), *_too_few(of, other)]


def _too_few(of: Comparison, other: str) -> Iterator[str]:
    """Durations of which too few ended to be compared."""
    for name in (
        name
        for name in HEADLINES
        if name in DURATIONS and {of.baseline, other} <= of.measures.get(name, {}).keys()
    ):
        if other not in of.measures[name]["difference"]:
            where = " and ".join(
                f"“{side}”" for side in (of.baseline, other) if of.measures[name][side] is None
            )
            yield f"{name.replace('_', ' ')}: not compared, since fewer than {FEWEST_ENDS} were seen to end{where and f' in {where}'}."


def _outcome(of: Comparison, other: str, name: str, row: Json) -> str:
    gap = row["difference"][other]
    head = (
        f"“{name}”: {share(row[of.baseline])} in “{of.baseline}”, {share(row[other])} in “{other}”"
    )
    if gap["p_holm"] > SURE:
        return f"{head}. {_unclear(gap, 100, ' points')}"
    times = "" if gap["risk_ratio"] is None else f", {figure(gap['risk_ratio'])} times as often"
    return f"{head}: {rounded(100 * abs(gap['value']), gap, 100)} points {'more' if gap['value'] > 0 else 'fewer'} ({_bounds(gap, 100)}){times}."


def _measure(of: Comparison, other: str, name: str, row: Json) -> str:
    gap, about = row["difference"][other], of.about[name]
    unit = UNITS.get(about["unit"], f" {about['unit']}")
    until = f" (mean of the time or day {gap['upto']}, whichever is first)" if "upto" in gap else ""
    head = f"{name.replace('_', ' ')}{until}: {figure(row[of.baseline])}{unit} in “{of.baseline}”, {figure(row[other])} in “{other}”"
    if gap["p_holm"] > SURE:
        return f"{head}. {_unclear(gap, 1, unit)}"
    more, less = (
        ("later", "earlier")
        if name.endswith("_day")
        else ("longer", "shorter")
        if about["time"]
        else ("more", "fewer")
    )
    return f"{head}: {rounded(abs(gap['value']), gap)}{unit} {more if gap['value'] > 0 else less} ({_bounds(gap)})."


def _unclear(gap: Json, scale: float, unit: str) -> str:
    if gap["low"] is None:
        return "One replication cannot separate the scenarios."
    if gap["value"] == 0:
        most = max(abs(gap["low"]), abs(gap["high"]))
        return (
            "No replication differs in it."
            if most == 0
            else f"No difference was seen; one of up to {figure(scale * most)}{unit} would fit these runs too."
        )
    enough = gap["runs_to_separate"]
    if enough is None:
        return f"So few runs do not separate the scenarios ({rounded(scale * gap['value'], gap, scale, sign=True)}{unit} in each)."
    runs = (
        "more than ten million runs" if enough > MOST_RUNS else f"about {_guessed(enough):,} runs"
    )
    alone = (
        " alone it would count, but so many were tested together that it may be chance;"
        if gap["p"] <= SURE
        else ""
    )
    return (
        f"These runs do not separate the scenarios ({rounded(scale * gap['value'], gap, scale, sign=True)}{unit}; {_bounds(gap, scale)});{alone} "
        f"{runs} would, if the difference is as large as it seems."
    )


def _bounds(gap: Json, scale: float = 1) -> str:
    """The interval, and beside it the one that the same runs would give without pairing."""
    low, high, apart, far = (
        rounded(scale * gap[key], gap, scale, sign=True)
        for key in ("low", "high", "unpaired_low", "unpaired_high")
    )
    return f"95 %: {low} to {high}" + (
        "" if gap["unpaired_low"] == gap["low"] else f"; unpaired {apart} to {far}"
    )


def _family(of: Comparison, other: str) -> Iterator[str]:
    sure = sum(
        row["difference"][other]["p_holm"] <= SURE
        for part in (of.outcomes, of.measures)
        for row in part.values()
        if other in row["difference"]
    )
    if of.family:
        yield (
            f"“{other}”: {words().count(sure, 'difference')} {'is' if sure == 1 else 'are'} beyond chance, with the p values of all {of.family} that were tested "
            "corrected together (Holm, 5 %); an interval stands for itself alone."
        )


def cells(of: Comparison, row: Json, other: str, *, scale: float) -> list[str]:
    """A row of a table of numbers: both estimates, the difference, its intervals, p; `scale` is 100 for shares in points."""
    gap = row["difference"][other]
    both = [
        share(row[name]) if scale == 100 else figure(row[name]) for name in (of.baseline, other)
    ]
    if gap["low"] is None:
        return [*both, "–", "–", "–", "–"]
    value, low, high, apart, far = (
        rounded(scale * gap[key], gap, scale, sign=True)
        for key in ("value", "low", "high", "unpaired_low", "unpaired_high")
    )
    return [
        *both,
        value,
        f"{low} to {high}",
        f"{apart} to {far}",
        "below 0.001" if gap["p_holm"] < 0.001 else f"{gap['p_holm']:.3f}",
    ]


def share(value: float | None) -> str:
    """A share in per cent."""
    return "nothing known" if value is None else f"{100 * value:.1f} %"


def figure(value: float | None) -> str:
    """A number in three digits, thousands apart."""
    if value is None:
        return "nothing known"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def rounded(value: float, gap: Json, scale: float = 1, *, sign: bool = False) -> str:
    """A number with as many places as its interval is worth; with its sign, if asked for."""
    half = scale * (gap["high"] - gap["low"]) / 2
    places = max(0, 1 - math.floor(math.log10(half))) if half > 0 else 1
    text = f"{abs(value):,.{min(places, 6)}f}"
    if not sign or not float(text.replace(",", "")):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def _guessed(count: int) -> int:
    """A number of runs in two digits, since it is a guess."""
    size = 10 ** max(len(str(count)) - 2, 0)
    return -(-count // size) * size
