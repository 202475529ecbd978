"""What `python -m calibration reference` writes: two pages, and a figure of how spells last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from calibration import figures
from calibration.page import show, span
from calibration.reference import (
    TRUCE_AGES,
    WAR_AGES,
    Band,
    Kept,
    Spells,
    alive,
    disputes,
    hazard,
    shape,
    truces,
    unmediated,
    wars,
    weibull,
    without_mediator,
)
from calibration.statistics import Estimate, survival
from sim.report.figures import palette, style

FIGURE = "reference_distributions.svg"
Array = NDArray[np.float64]
YEARS = 3650  # days to which the curves are drawn
#: name of each curve, its colour, and where its name stands
CURVES = (
    ("rounds of fighting", palette.OKABE_ITO[0], (2, 0.32)),
    ("truces between states", palette.OKABE_ITO[2], (25, 0.92)),
)
WAYS = {
    "mediated": "a mediator or a text of the United Nations",
    "mediator": "a mediator",
    "un": "a text of the United Nations",
    "bilateral": "the two themselves: hotline, ministers, commanders, committee",
    "unilateral": "one side alone",
    "victory": "victory",
    "lapsed": "nobody: the fire died down",
}
OTHER_LISTS: tuple[tuple[str, Kept], ...] = (
    ("all", lambda row: True),
    ("without proxies", lambda row: row["proxy"] == "0"),
    ("at least in part read", lambda row: row["checked"] != "no"),
    ("in the Correlates of War", lambda row: "Correlates of War" in row["source"]),
    ("begun before 1990", lambda row: row["start"] < "1990"),
    ("begun since 1990", lambda row: row["start"] >= "1990"),
)
TABLES = ("wars", "truces", "disputes", "tolls", "non_events", "cases")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _decimals(value: float) -> str:
    """A hazard: two digits that count."""
    if np.isnan(value):
        return ""
    return f"{value:.2g}" if value >= 0.001 or value == 0 else f"{value:.1g}"


def _estimate(found: Estimate) -> str:
    if np.isnan(found.value):
        return "too few"
    known = span(found.low, found.high)
    return show(found.value) + (f" ({known})" if known else "")


def _ages(band: Band) -> str:
    if band.last is None:
        return f"{band.first} and more"
    return str(band.first) if band.first == band.last else f"{band.first} to {band.last}"


def _hazards(bands: list[Band]) -> str:
    return table(
        ("age in days", "ended", "days at risk", "hazard a day (95 %)"),
        (
            (
                _ages(band),
                str(band.ended),
                f"{band.days_at_risk:,}",
                f"{_decimals(band.hazard.value)} "
                f"({_decimals(band.hazard.low)} to {_decimals(band.hazard.high)})",
            )
            for band in bands
        ),
    )


def _survivors(found: Spells, ages: Iterable[int]) -> str:
    return table(
        ("longer than", "share (95 %)"),
        ((f"{day} days", _estimate(alive(found, day))) for day in ages),
    )


def _ways(rows: Iterable[dict[str, str]]) -> str:
    counted = Counter(row["how"] for row in rows if row["how"])
    return table(
        ("who brought the stop about", "stops"),
        ((WAYS[way], str(n)) for way, n in counted.most_common()),
    )


def _quartiles(found: Spells) -> tuple[int, int, int]:
    """Days by which a quarter, half and three quarters had ended (Kaplan-Meier)."""
    curve = survival(found.days, found.ended, YEARS)
    low, half, high = (curve.quantile(share) or np.nan for share in (0.25, 0.5, 0.75))
    return int(low), int(half), int(high)


def page() -> str:
    """docs/reference_distributions.md."""
    return (
        "\n\n".join((_head(), _wars(), _truces(), _disputes(), _lists(), _tolls(), _trust())) + "\n"
    )


def _head() -> str:
    fought, held = wars(), truces()
    return f"""# How wars and truces between states end

Written by `python -m calibration reference` from the tables in `calibration/data`; do not edit it by hand. Nothing in it lies after
{figures.WINDOW[1]:%-d %B %Y}: what had not ended on that day counts as "not ended yet" (censored).

A model can have the right median and still be wrong: its wars may all last a week, and those of history a day or a year. This page
therefore gives *shapes*: how many fights and truces are still going on after some days, and how likely the end is on each day.

![Share of rounds of fighting and of truces that lasted longer than so many days, with 95 % bands]({FIGURE})

* **Round of fighting**: the armed forces of two states fight, at least 25 die. It ends with the first stop that holds for a week, or with the
  last day on which fire is reported before a lull of a month. {fought.n} rounds, {int(fought.ended.sum())} of them over.
* **Truce**: a stop of fire between two states that was agreed, declared or plain to both. It ends on the day on which that fire begins again.
  {held.n} truces, {int(held.ended.sum())} of them broken. Truces of a state with a group are another kind and are never counted among them.
* **Proxy**: where a group does the fighting of one side and a government signs (Hezbollah and Lebanon, M23 and Rwanda), the row is marked;
  a table below leaves these out.
* **Days** are calendar days: a round from the 5th to the 10th lasted six. (In the tables `days` is the last day minus the first.)
* **Hazard**: of all fights that have come to this day, the share that ends on it. **Weibull shape**: one number for its course. 1: the end is
  equally likely each day; below 1: less likely the longer it has lasted; above 1: more likely."""


def _wars() -> str:
    found = wars()
    low, half, high = _quartiles(found)
    return f"""## Rounds of fighting

A quarter had ended by day {low}, half by day {half}, three quarters by day {high}. The end is most likely in the first week and becomes
rare: Weibull shape **{_estimate(shape(found))}**. (That it is rarer in days 1 to 3 than in 4 to 7 may be the list: the shortest rounds never
became known as such.)

{_survivors(found, WAR_AGES)}

{_hazards(hazard(found))}

{_ways(figures.table("wars"))}

Without a mediator, victories included: {_estimate(without_mediator("wars"))}."""


def _truces() -> str:
    found, groups = truces(), truces(parties="militants")
    hits, n = unmediated("truces")
    return f"""## Truces between states

The first days are the dangerous ones: of {found.n} truces {int((found.ended & (found.days <= 7)).sum())} broke within a week. A truce that has lived a month
mostly lives for years. Weibull shape **{_estimate(shape(found))}**: so low that no single curve of this family fits well; use the table.

{_survivors(found, TRUCE_AGES)}

{_hazards(hazard(found))}

{_ways(figures.truces("states"))}

Stops without a mediator: {hits} of {n}, {_estimate(without_mediator("truces"))}.

**Truces with groups** ({groups.n}, all broken, after {", ".join(str(days - 1) for days in sorted(groups.days.tolist()))} days): too few for a curve. None broke
within a week, which is not what truces between states do."""


def _disputes() -> str:
    parts = [
        "## Disputes: a list that nobody chose",
        "",
        "The rounds above are those that became known, so that short ones are missing. The data of disputes (Militarized Interstate "
        "Disputes) are made\nby a rule instead, with their shortest and longest duration; a dispute outlasts its fighting, so "
        "that only the *course* of the hazard compares.",
    ]
    for sample, key in (
        ("fatal and answered, since 1946", "shape_disputes"),
        ("the same with 26 to 999 dead", "shape_disputes_26"),
    ):
        known = figures.figure(key)
        parts += [
            "",
            f"**{sample[0].upper()}{sample[1:]}**: {known.n} disputes, Weibull shape "
            f"{_estimate(Estimate(*known[:3]))}.",
            "",
            _hazards(disputes(sample)),
        ]
    return "\n".join(parts)


def _lists() -> str:
    rows = []
    for name, kept in OTHER_LISTS:
        fought, held = wars(kept), truces(kept)
        rows.append(
            (
                name,
                str(fought.n),
                *(show(alive(fought, day).value) for day in WAR_AGES),
                show(weibull(fought)),
                str(held.n),
                *(show(alive(held, day).value) for day in (7, 30, 90, 180)),
            )
        )
    header = (
        "list",
        "rounds",
        *(f"> {day} d" for day in WAR_AGES),
        "shape",
        "truces",
        *(f"> {day} d" for day in (7, 30, 90, 180)),
    )
    return f"""## If the lists were others

The rounds were chosen, not drawn. What the figures do when some rows are left out says how far they can be trusted: all shapes stay below 1,
the levels move. The list of the Correlates of War asks for a thousand dead, so that it has fewer short rounds.

{table(header, rows)}"""


def _tolls() -> str:
    rows = (
        (
            row["sample"],
            row["n"],
            row["least"],
            row["tail"],
            _estimate(Estimate(*(float(row[key]) for key in ("exponent", "low", "high")))),
            "chosen by the data" if "Kolmogorov" in row["method"] else "set",
        )
        for row in figures.table("tolls")
    )
    header = ("events with a death", "n", "from dead", "n in tail", "exponent (95 %)", "threshold")
    return f"""## The tail of tolls

How much rarer is a strike that kills twenty than one that kills ten? If the number of dead follows a power law with exponent a, then
2^(a-1) times rarer in the tail. The exponent depends on where the tail is said to begin, so that each row names it.

{table(header, rows)}

Strikes from the air have a heavy tail (2.2 to 2.6 from five dead up; the few single strikes of the record and the cases, chosen because
they were known, a heavier one); exchanges of fire across a line hardly ever kill ten, and their rows
say that they are another kind of event. Where the data choose the threshold, the interval is wide: the honest figure is 2 to 3."""


def _trust() -> str:
    counts = (
        (
            f"`{name}.csv`",
            *(
                str(sum(row["checked"] == word for row in figures.table(name)))
                for word in ("yes", "part", "no")
            ),
        )
        for name in TABLES
    )
    low = [
        f"* {row['name']} ({what}): {row['unread']}."
        for name, what in (("wars", "round"), ("truces", "truce"))
        for row in figures.table(name)
        if row["checked"] == "no"
    ]
    return f"""## How sure

Each row says whether its dates and its way were read in the source that it names (`yes`), some of them (`part`), or none (`no`, from a fact
sheet of this project or from general knowledge); `unread` says which. Sources were read as excerpts of stored public pages, many of
them copies of agency reports; the list of wars in a public copy of its version 4.0.

{table(("table", "yes", "part", "no"), counts)}

Of low confidence:

{chr(10).join(low)}
* All truces that have not been broken: that nothing broke them cannot be read in a page, and smaller fire is not counted.
* Ends of truces that are the first day of the next round, where smaller clashes came before it (Egypt and Israel 1967-69, Siachen 1984,
  Armenia and Azerbaijan 2021, Kyrgyzstan and Tajikistan in the spring of 2022).
* India and Pakistan have two truces at once after 2021 (of strikes, and of the line of control).
* The Weibull shape of truces, and everything on truces with groups.

Looked at and left out: one raid without an answer (Andes 2008); exchanges under 25 dead, as rounds (India and Pakistan 2019, Iran and
Pakistan 2024, Thailand and Cambodia 2011, Armenia and Azerbaijan in July 2020); rounds whose last day the sources put in different places
(Paquisha 1981, Heglig 2012, China and Vietnam 1984); the truce of 2003 on the line of control, which wore away; the signing of December
2025 between Congo and Rwanda, which stopped no fire; offensives of M23 and of Türkiye against a group."""


def draw() -> Figure:
    """Both survival curves with their bands, on days in powers of ten."""
    fig = style.figure(width=8.4, height=4.8)
    ax = fig.add_subplot()
    ax.set_xscale("log")
    ax.set_xlim(1, YEARS)
    ax.set_ylim(0, 1)
    ticks = {1: "1", 3: "3", 7: "7", 30: "30", 90: "90", 365: "1 year", YEARS: "10 years"}
    ax.set_xticks(list(ticks), list(ticks.values()))
    ax.minorticks_off()
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("days")
    ax.set_ylabel("share that lasted longer")
    for (name, colour, place), found in zip(CURVES, (wars(), truces()), strict=True):
        days, lasting, low, high = _steps(found)
        ax.fill_between(days, low, high, step="post", color=colour, alpha=0.2, lw=0)
        ax.step(days, lasting, where="post", color=colour)
        ax.text(*place, f"{name} ({found.n})", color=colour, weight="bold")
    return fig


def _steps(found: Spells) -> tuple[Array, Array, Array, Array]:
    """Days on which the share that lasted longer changes, that share, and its band.

    The first day stands for the days before it, and the last is the last day that is drawn.
    """
    curve = survival(found.days, found.ended, YEARS)
    kept = np.flatnonzero(np.diff(curve.probability, prepend=-1.0, append=2.0)[:-1] != 0)
    kept = np.union1d(kept, [YEARS])
    lasting, low, high = (1 - values[kept] for values in (curve.probability, curve.high, curve.low))
    return np.maximum(curve.day[kept], 1), lasting, low, high


def svg() -> bytes:
    """The figure as a file."""
    with style.settings():
        return style.pictures(draw())[1]


def non_events() -> str:
    """docs/non_events.md."""
    rows = figures.table("non_events")
    told = "\n\n".join(_non_event(row) for row in rows)
    return f"""# Ten attacks that no strike followed

Written by `python -m calibration reference` from `calibration/data/non_events.csv` and `cases.csv`; do not edit it by hand.

Crises that became famous are crises that grew. Who looks at these alone believes that each bomb brings a strike. Here are ten attacks, on the soil
or a ship of a state that blamed a neighbour or a group on a neighbour's soil, after which no armed act between the two of rung 4 or
more (a strike on the other's soil) is known for at least ninety days. They were **chosen by how they ended**, like the nine crises below: shares
computed from the two lists together say nothing about how often an attack is answered.

{told}

## Left out

Attacks that look alike and were answered: Rask, 15 December 2023 (Iranian strike on day 32); Pulwama and Pahalgam (cases); Islamabad, November
2025 (a strike on Afghan soil on 25 November, not acknowledged); Islamabad, 6 February 2026 (strikes on day 16).

## The nine crises, by day

What had happened by days 7, 30 and 90 after the day named, read off the fact sheets. **Rung 4**: a strike on targets on the other's soil, or
more; **war**: a round of fighting in `wars.csv`; **dead**: in acts between the states, lower and higher count.

{_cases()}"""


def _non_event(row: dict[str, str]) -> str:
    unread = "" if row["checked"] == "yes" else f" Not read: {row['unread']}."
    return f"""## {row["name"]}, {row["day"]}

{row["place"]}; {row["dead"]} dead, attackers not counted. {row["victim"]} and {row["neighbour"]}. Blamed: {row["blamed"]}.

* By day 7: {row["by_7"]}.
* By day 30: {row["by_30"]}.
* By day 90: {row["by_90"]}.

Sources: {row["source"]}.{unread}"""


def _cases() -> str:
    yes = {"0": "no", "1": "yes"}
    header = (
        "case",
        "day 0",
        "by day",
        "rung 4",
        "war",
        "ceasefire",
        "days of fire",
        "dead",
        "note",
    )
    rows = (
        (
            row["case"] if row["horizon"] == "7" else "",
            f"{row['day_0']}, {row['trigger']}" if row["horizon"] == "7" else "",
            row["horizon"],
            yes[row["rung_4"]],
            yes[row["war"]],
            yes[row["ceasefire"]],
            row["fighting_days"] or "not known",
            _dead(row["dead_low"], row["dead_high"]),
            row["note"],
        )
        for row in figures.table("cases")
    )
    return table(header, rows) + "\n"


def _dead(low: str, high: str) -> str:
    if low == high:
        return low or "not known"
    return f"{low} to {high}" if high else f"{low} or more"
