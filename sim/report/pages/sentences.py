"""The sentence that says what to see in each part of a report, made from the data."""

from __future__ import annotations

import numpy as np

from sim.narration.names import place_name
from sim.report.pages.facts import EVENTS, Facts
from sim.report.pages.formats import number, percent, plural
from sim.report.pages.inputs_table import Numbers
from sim.stats.table import column
from sim.vocabulary.ladder import LIMITED_STRIKE, RUNG_NAMES
from sim.words import words

SERIOUS = LIMITED_STRIKE  # from this rung on the states use their air forces or armies
_MANY = 200  # replications from which shares are said as so many of a hundred


def of_runs(count: int, n: int) -> str:
    """A share of replications as people say it: "46 of 100 replications"."""
    if count in (0, n):
        return (
            f"{'none' if not count else 'all'} of the {plural(n, 'replication')}"
            if n > 1
            else f"{count} of 1 replication"
        )
    if n < _MANY:
        return f"{count} of {n} replications"
    share = round(100 * count / n)
    return (
        f"{share} of 100 replications"
        if 0 < share < 100
        else f"{number(count)} of {number(n)} replications"
    )


def outcomes(facts: Facts) -> str:
    """What most often came out, and what was in force on the last day."""
    if not facts.n:
        return "Every replication failed, so nothing can be said about outcomes."
    rows = facts.summary.outcomes
    shares = {name: row.value or 0.0 for name, row in rows.items()}
    best = max(shares, key=lambda name: shares[name])
    count = round(shares[best] * facts.n)
    holding = f"a ceasefire was in force on day {facts.horizon}"
    return f"The most frequent outcome is “{best}”, in {of_runs(count, facts.n)}; in {of_runs(facts.count('ceasefire_at_end'), facts.n)} {holding}."


def settling(facts: Facts) -> str:
    """How wide the widest interval is, and what would halve it."""
    if not facts.n:
        return ""
    rows = facts.summary.outcomes
    widest = max(rows, key=lambda name: rows[name].halfwidth)
    width = rows[widest].halfwidth
    return (
        f"With {plural(facts.n, 'replication')} the least certain share, that of “{widest}”, is known to about {percent(width)} either way; "
        f"half of that would take about {number(4 * facts.n)} replications."
    )


def rungs(facts: Facts) -> str:
    """How often the upper half of the ladder was reached, at the end and at the most."""
    if not facts.n:
        return ""
    share = facts.rungs[SERIOUS:].sum(axis=0)
    top = int(np.argmax(share))
    last, most = round(share[-1] * facts.n), round(share[top] * facts.n)
    here = f"stood at rung {SERIOUS} ({RUNG_NAMES[SERIOUS]}) or above"
    if most == 0:
        return f"On no day did any replication reach rung {SERIOUS} ({RUNG_NAMES[SERIOUS]})."
    return f"On day {facts.horizon}, {of_runs(last, facts.n)} {here}; the most was on day {top + 1}, with {of_runs(most, facts.n)}."


def times(facts: Facts) -> str:
    """How often each event came, and by when in half of the replications."""
    if not facts.n:
        return ""
    parts = []
    for name, noun in EVENTS.items():
        curve, half = facts.curves[name], facts.curves[name].quantile(0.5)
        article = "" if noun == "open war" else "a "
        by = f" (by day {number(half)} in half of all)" if half is not None else ""
        parts.append(f"{article}{noun} in {of_runs(curve.events, facts.n)}{by}")
    text = f"Within {facts.horizon} days there was {words().join(parts)}."
    return text


def ceasefires(facts: Facts) -> str:
    """How many first ceasefires held for how long."""
    curve = facts.curves["first_ceasefire_length"]
    if not curve.n:
        return "No ceasefire began after the release in any replication."
    age = next((age for age in (30, 7, 1) if curve.by(age) is not None), 0)
    holding = 1 - (curve.by(age) or 0.0)
    return f"A first ceasefire began in {of_runs(curve.n, facts.n)}; of these, {percent(holding)} still held after {plural(age, 'day')}."


def deaths(facts: Facts) -> str:
    """The middle and the spread of the dead."""
    if not facts.n:
        return ""
    low, _, middle, _, high = facts.deaths.quantiles[:, -1]
    states = facts.interstate.quantiles[2, -1]
    spread = (
        f"; in 9 of 10 replications between {number(low)} and {number(high)}"
        if facts.n >= 10
        else ""
    )
    text = f"In the middle replication {plural(round(middle), 'person', 'people')} died within {facts.horizon} days{spread}."
    return f"{text} For acts between the states alone the middle is {number(round(states))}."


def typical(facts: Facts) -> str:
    """Which replication is shown as typical, and of what."""
    row = facts.fine[facts.fine["replication"] == facts.typical].iloc[0]
    text = f"Replication {facts.typical} is the one most like all others that ended in “{row['outcome']}”, the most frequent outcome."
    return f"{text} One replication is one story, not the forecast."


def extreme(facts: Facts) -> str:
    """Which replication is shown as extreme, and why."""
    row = facts.fine[facts.fine["replication"] == facts.extreme].iloc[0]
    dead = int(row["interstate_deaths"])
    text = f"Replication {facts.extreme} had the most dead in acts between the states, {number(dead)}, and ended in “{row['outcome']}”."
    return f"{text} It shows what the model holds possible, not what is likely."


def places(facts: Facts) -> str:
    """The busiest places."""
    sectors = facts.scenario.file.sectors
    if not sectors or not facts.n:
        return "The scenario has no places." if not sectors else ""
    means = {name: float(np.mean(column(facts.whole, f"events_{name}"))) for name in sectors}
    busiest = sorted(means, key=lambda name: -means[name])[:3]
    told = [f"{place_name(sectors[name].title, name)} ({number(means[name])})" for name in busiest]
    return f"Attacks, strikes and clashes were most frequent in {words().join(told)}, on average over replications."


def sources(found: Numbers) -> str:
    """How well the numbers are founded."""
    bad, weak, good, rest = (
        len(rows) for rows in (found.unsourced, found.assumed, found.sourced, found.defaults)
    )
    lead = f"Of the {plural(bad + weak + good, 'number')} that the scenario gives, {number(bad) if bad else 'none'}"
    return (
        f"{lead} {'have' if bad > 1 else 'has'} neither source nor reason, "
        f"{number(weak)} {'is' if weak == 1 else 'are'} assumed with a reason and {number(good)} {'has' if good == 1 else 'have'} a source. "
        f"{number(rest)} more are left at the model's defaults."
    )
