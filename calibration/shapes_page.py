"""The shapes of wars and truces as text, JSON, docs/shapes.md and a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from calibration import priors
from calibration.page import plain, show, span
from calibration.reference import BANDS, Spells, alive, hazard, shape, unmediated, weibull
from calibration.reference_page import table
from calibration.shapes import (
    AGES,
    ALONE,
    DAYS,
    LEAST_DEAD,
    LEAST_WARS,
    LULL,
    SETTLED,
    SETTLED_AGE,
    SETTLED_QUALITY,
    SHAPE,
    Setting,
    Shapes,
    inside,
    pooled,
    reference,
)
from calibration.statistics import Estimate, middle, share, survival
from sim.report.figures import palette, style

FIGURE = "shapes.svg"
MOST = 0.9  # share of settings in which a bar has to be met
KINDS = {"wars": "open wars", "truces": "truces that stopped a war"}
_ENDS = {"wars": 365, "truces": 365}
Array = NDArray[np.float64]


class Row(NamedTuple):
    """One figure over settings, and whether its bar is met.

    `median`, `range` : over settings, the central 80 %
    `met` : share of settings inside the bar; `bar` in words
    """

    key: str
    what: str
    median: float
    range: tuple[float, float]
    reference: str
    bar: str
    met: float

    @property
    def holds(self) -> bool:
        """Whether at least nine settings in ten meet it."""
        return self.met >= MOST


def rows(settings: Sequence[Setting]) -> list[Row]:
    """The figures of one scenario."""
    made = [_shape(settings)]
    for kind, ages in AGES.items():
        made += [_alive(settings, kind, day) for day in ages]
        if kind == "truces":
            continue
        every = np.all([inside(settings, kind, day) for day in ages], axis=0)
        made.append(
            Row(f"{kind}_all", "all four at once", np.nan, (np.nan, np.nan), "", "in all bands",
                float(every.mean()))
        )  # fmt: skip
    hits, n = unmediated("truces")
    made += [
        _between("alone", "stops of wars without a mediator", settings, lambda s: s.alone, ALONE,
                 _estimate(share(hits, n))),
        _between("settled", "histories that end in an arrangement", settings,
                 lambda s: s.settled, SETTLED, ""),
    ]  # fmt: skip
    return made


def _shape(settings: Sequence[Setting]) -> Row:
    known = np.array([one.shape for one in settings])
    known = known[~np.isnan(known)]
    low, high = SHAPE
    met = float(((known >= low) & (known <= high)).mean()) if known.size else np.nan
    return Row(
        "shape", "Weibull shape of open wars", _median(known), middle(known),
        _estimate(shape(reference("wars"))), f"{low:g} to {high:g}", met,
    )  # fmt: skip


def _alive(settings: Sequence[Setting], kind: str, day: int) -> Row:
    shares = np.array([alive(getattr(one, kind), day).value for one in settings])
    band = alive(reference(kind), day)
    return Row(
        f"{kind}_{day}",
        f"{KINDS[kind]} longer than {day} days",
        _median(shares),
        middle(shares),
        _estimate(band),
        span(band.low, band.high),
        float(inside(settings, kind, day).mean()),
    )


def _between(
    key: str,
    what: str,
    settings: Sequence[Setting],
    figure: Callable[[Setting], float],
    bar: tuple[float, float],
    known: str,
) -> Row:
    values = np.array([figure(one) for one in settings])
    met = float(((values >= bar[0]) & (values <= bar[1])).mean())
    return Row(key, what, _median(values), middle(values), known, span(*bar), met)


def _median(values: Array) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else np.nan


def _estimate(found: Estimate) -> str:
    return f"{show(found.value)} ({span(found.low, found.high)})"


def _cells(row: Row) -> tuple[str, ...]:
    met = "-" if np.isnan(row.met) else f"{row.met:.0%}"
    return (
        row.what,
        "" if np.isnan(row.median) else show(row.median),
        span(*row.range),
        row.reference,
        row.bar,
        met,
        "yes" if row.holds else "NO",
    )


HEADER = ("figure", "median", "80 %", "reference (95 %)", "bar", "settings that meet it", "9 in 10")


def text(found: Shapes) -> str:
    """The tables for a terminal."""
    lines: list[str] = []
    for name, settings in found.found.items():
        made = [HEADER, *map(_cells, rows(settings))]
        widths = [max(len(row[k]) for row in made) for k in range(len(HEADER))]
        lines += [name.upper()]
        lines += [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in made
        ]
        lines.append("")
    return "\n".join(lines)


def as_json(found: Shapes) -> dict[str, Any]:
    """Tables, and the figures of each setting, as an object."""
    return {
        "runs": found.runs,
        "seed": found.seed,
        "digests": found.digests,
        "scenarios": {
            name: {
                "rows": [
                    {
                        "key": row.key,
                        "median": plain(row.median),
                        "range": [plain(row.range[0]), plain(row.range[1])],
                        "met": plain(row.met),
                        "holds": row.holds,
                    }
                    for row in rows(settings)
                ],
                "settings": [_setting(one) for one in settings],
            }
            for name, settings in found.found.items()
        },
    }


def _setting(one: Setting) -> dict[str, Any]:
    return {
        "shape": plain(one.shape),
        **{
            f"{kind}_{day}": plain(alive(getattr(one, kind), day).value)
            for kind, ages in AGES.items()
            for day in ages
        },
        "alone": plain(one.alone),
        "settled": one.settled,
        "values": one.values,
    }


def page(found: Shapes) -> str:
    """The tables as docs/shapes.md."""
    return "\n\n".join([_head(found), *(_scenario(*item) for item in found.found.items())]) + "\n"


def _head(found: Shapes) -> str:
    digests = ", ".join(f"`{name}` ({digest[:12]})" for name, digest in found.digests.items())
    count = len(next(iter(found.found.values())))
    return f"""# Shapes: how wars and truces end, model beside reference

Written by `python -m calibration shapes --settings {count} --runs {found.runs} --seed {found.seed}` from {digests}; do not edit it by hand.

A model can be put on any median and still have the wrong shape. So each scenario is run in {count} random settings of all its uncertain
numbers and of the {len(priors.RANGES)} numbers of war and peace in `calibration/priors.py` (uniform in their ranges, a Latin hypercube), {found.runs} histories of two
years each with that setting fixed, and every figure is asked of each setting. The [reference](reference_distributions.md) was not used to
choose the settings.

* **Wars** are ordered by both sides on the evening of the release in {found.runs} histories of each setting (where a war is on at the release, it is that
  one), so that what makes wars begin does not select them; later wars of these histories count too. A pause of up to {LULL} days belongs to a war, and a round of fighting
  has at least {LEAST_DEAD} dead, as in the reference.
* **Truces** are those that stopped a war, as in the reference. **Stops without a mediator** are those among them that the sides made themselves.
* **Arrangement**: a ceasefire of quality {SETTLED_QUALITY:g} or more and at least {SETTLED_AGE} days old at the end of two years, in histories in which no war is ordered.
* **Weibull shape**: below 1 the end of a war is less likely the longer it has lasted; fitted where at least {LEAST_WARS} ends were seen.
* **9 in 10**: whether at least nine settings in ten lie inside the bar, which is the 95 % band of the reference where it has one.

![Share of wars and truces that lasted longer than so many days: settings of the model, and the reference]({FIGURE})

The line is all settings together, the coloured band the middle 80 % of the settings; the grey band is the reference's 95 %."""


def _scenario(name: str, settings: list[Setting]) -> str:
    parts = [f"## {name}", _words(settings), table(HEADER, map(_cells, rows(settings)))]
    for kind, title in KINDS.items():
        mine = pooled(getattr(h, kind) for one in settings for h in one.forced)
        parts += [
            f"Hazard a day of the end of {title}, all settings together:",
            _hazards(mine, kind),
        ]
    return "\n\n".join(parts)


def _words(settings: list[Setting]) -> str:
    """How much there is, and what other definitions would give."""
    forced = [history for one in settings for history in one.forced]
    free = [history for one in settings for history in one.free]
    wars = pooled(h.wars for h in forced)
    every = pooled(h.wars + h.small for h in forced)
    as_they_come = pooled(h.wars for h in free)
    others = pooled(h.others for h in free)
    stops = {day: show(alive(others, day).value) for day in (7, 90, 180)} if others.n else {}
    told = ", ".join(f"{value} after {day}" for day, value in stops.items())
    return f"""{wars.n:,} wars of at least {LEAST_DEAD} dead ({every.n - wars.n:,} smaller ones; Weibull shape of all settings together {show(weibull(wars))}, with the smaller ones {show(weibull(every))}).
In histories in which no war is ordered: {show(len(as_they_come.days) / len(free))} wars a history, shape {show(weibull(as_they_come))}; {others.n:,} ceasefires that stopped no war,
of which are in force: {told or "none to tell"} days."""


def _hazards(mine: Spells, kind: str) -> str:
    bands = [band for band in BANDS if band[0] <= DAYS]
    pairs = zip(hazard(mine, bands), hazard(reference(kind), bands), strict=True)
    return table(
        ("age in days", "model: ended / days at risk", "hazard", "reference (95 %)"),
        (
            (
                f"{ours.first} to {ours.last}" if ours.last else f"{ours.first} and more",
                f"{ours.ended:,} / {ours.days_at_risk:,}",
                _small(ours.hazard.value),
                f"{_small(theirs.hazard.value)} ({_small(theirs.hazard.low)} to "
                f"{_small(theirs.hazard.high)})",
            )
            for ours, theirs in pairs
        ),
    )


def _small(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2g}"


def draw(found: Shapes) -> Figure:
    """Curves of the settings beside the band of the reference: a row a scenario."""
    names = list(found.found)
    fig = style.figure(width=8.4, height=2.0 * len(names) + 0.4)
    axes = np.atleast_2d(fig.subplots(len(names), len(KINDS), sharex=True, sharey=True))
    for line, name in zip(axes, names, strict=True):
        for ax, (kind, title) in zip(line, KINDS.items(), strict=True):
            _curves(ax, found.found[name], kind)
            ax.set_title(f"{name}: {title}", fontsize=9, loc="left")
    for ax in axes[-1]:
        ax.set_xlabel("days")
    for ax in axes[:, 0]:
        ax.set_ylabel("share longer")
    return fig


def _curves(ax: Axes, settings: list[Setting], kind: str) -> None:
    days = np.unique(np.geomspace(1, _ENDS[kind], 40).astype(int))
    colour = palette.OKABE_ITO[0 if kind == "wars" else 2]
    low, high = _share(reference(kind), days, 1), _share(reference(kind), days, 2)
    ax.fill_between(days, low, high, color="black", alpha=0.15, lw=0)
    each = [_share(getattr(one, kind), days) for one in settings if getattr(one, kind).n]
    if each:  # a line a setting would be a thousand lines
        few, many = np.nanquantile(each, (0.1, 0.9), axis=0)
        ax.fill_between(days, few, many, color=colour, alpha=0.3, lw=0)
    every = pooled(getattr(h, kind) for one in settings for h in one.forced)
    ax.plot(days, _share(every, days), color=colour, lw=2)
    ax.set_xscale("log")
    ax.set_ylim(0, 1)
    ax.set_xticks([1, 3, 7, 20, 60, 180, 365], ["1", "3", "7", "20", "60", "180", "365"], size=9)
    ax.minorticks_off()


def _share(spells: Spells, days: NDArray[np.int64], which: int = 0) -> Array:
    """Share longer than each day; `which` 1 and 2 are the ends of its band."""
    curve = survival(spells.days, spells.ended, int(days[-1]))
    return np.asarray(1 - (curve.probability, curve.high, curve.low)[which][days])


def svg(found: Shapes) -> bytes:
    """The figure as a file."""
    with style.settings():
        return style.pictures(draw(found))[1]
