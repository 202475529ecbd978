"""The page of a sensitivity study: what moves each outcome and measure."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

from sim.ensemble.runner import slug
from sim.report.figures import bars
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import THIN, number, percent, plural, points
from sim.report.pages.page import Page, Section, Table
from sim.stats.indices import MorrisIndices, OneAtATime, SobolIndices
from sim.stats.shares import Z95
from sim.studies.sensitivity.one_at_a_time import OAT
from sim.studies.sensitivity.salib import MORRIS, SOBOL
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.stats.estimate import Bounded
    from sim.stats.indices import Indices
    from sim.studies.sensitivity.sensitivity import SensitivityAnswer

TITLES = {
    MORRIS: "Which inputs matter? (screening)",
    SOBOL: "Which inputs matter? (shares of variance)",
    OAT: "Which inputs matter? (one at a time)",
}
HEADS = {
    MORRIS: ("µ*", "95 % interval", "µ", "σ"),
    SOBOL: ("alone", "95 % interval", "in all", "95 % interval"),
    OAT: ("from", "to", "difference", "95 % interval"),
}
HOW = {
    MORRIS: "Each input in turn takes a step of two thirds of its range, along many random paths (Morris 1991). µ* is the mean size of what that does, "
    "for a whole range; µ is the same with its sign; σ says how much it differs from place to place: near or above µ*, the input acts "
    "differently at different values or together with others. Intervals come from a bootstrap over paths.",
    SOBOL: "Inputs are spread evenly over their ranges. “Alone” is the share of the variance between points that would go if that input were known "
    "(first-order index); “in all” is what would stay if all others were known (total index). Both are estimates and may lie a little below 0. "
    "Intervals come from a bootstrap over base points.",
    OAT: "Each input goes to the low and to the high end of its range while all else stays as the scenario has it. With common random numbers "
    "the intervals of the differences are narrow. What inputs do together cannot be seen in this way.",
}
_COMMON = (
    "Points differ in their inputs alone: all have common random numbers, "
    "and the numbers above are of the means of their replications."
)
WIDE = "Some intervals are wide: these shares are only a first idea, and more base points (--points) or replications (--runs) are needed."
_WIDE = 0.5  # of a share


def span(factor: Factor) -> str:
    """The range or the values of a factor in words."""
    if factor.dist is not None:
        return factor.dist.describe()
    if factor.values is not None:
        return ", ".join(map(said, factor.values))
    return f"{said(factor.low)} to {said(factor.high)}"


def cells(row: Indices, unit: str) -> list[str]:
    """A factor's numbers under `HEADS`."""
    if isinstance(row, OneAtATime):
        means = [end.mean for end in row.ends]
        return [
            said(means[0], unit),
            said(means[-1], unit),
            _signed(row.swing.value, unit),
            f"{_signed(row.swing.low, unit)} to {_signed(row.swing.high, unit)}",
        ]
    if isinstance(row, MorrisIndices):
        return [
            said(row.mu_star.value, unit),
            _interval(row.mu_star, unit),
            _signed(row.mu.value, unit),
            said(row.sigma.value, unit),
        ]
    return [
        text
        for index in (row.first, row.total)
        for text in (_signed(index.value, "probability"), _interval(index, "probability"))
    ]


def _interval(index: Bounded, unit: str) -> str:
    if index.low is None:
        return "–"
    return f"{_signed(index.low, unit)} to {_signed(index.high, unit)}"


def _signed(value: float | None, unit: str) -> str:
    """A number or share with a minus sign where it needs one."""
    if value is None:
        return "–"
    if unit == "probability":
        return f"{points(value)}{THIN}%"
    return f"−{number(-value)}" if value < 0 else number(value)


def matters(row: Indices, factors: int) -> bool:
    """Whether a factor has a significant effect, Bonferroni-corrected for that many factors.

    Morris's µ* and Sobol's total index cannot be below 0, so that the whole interval must lie clear
    of it.
    """
    index = row.main
    if index.value is None or index.low is None:
        return False
    wider = NormalDist().inv_cdf(1 - 0.025 / factors) / Z95
    return bool(abs(index.value) > wider * index.halfwidth)


def sentence(answer: SensitivityAnswer, name: str) -> str:
    """What moves one outcome or measure most."""
    one, names = answer.results[name], answer.sample.names
    clear = [path for path, row in one.factors.items() if matters(row, len(one.factors))]
    if not clear:
        return (
            f"“{name}”: no input moves it by more than chance could; "
            "more replications, trajectories or a wider range might tell."
        )
    best = clear[0]
    text = f"“{name}” depends most on {names[best]} ({_effect(one.factors[best], one.unit)})"
    if len(clear) > 1:
        text += f", then on {words().join([names[path] for path in clear[1:3]])}"
    if len(clear) == len(one.factors):
        return f"{text}. Every input has a significant effect (Bonferroni-corrected)."
    have = "has" if len(clear) == 1 else "have"
    return (
        f"{text}. {plural(len(clear), 'input')} of {len(one.factors)} {have} "
        "a significant effect (Bonferroni-corrected)."
    )


def _effect(row: Indices, unit: str) -> str:
    value = row.main.value or 0.0
    if isinstance(row, OneAtATime):
        way = "up" if value > 0 else "down"
        return f"{way} by {_amount(abs(value), unit)} from one end to the other"
    if isinstance(row, MorrisIndices):
        return f"on average {_amount(value, unit)} over its range"
    return f"{percent(min(1.0, max(0.0, value)))} of the variance between points"


def _amount(value: float, unit: str) -> str:
    return (
        f"{points(value)} percentage points"
        if unit == "probability"
        else f"{number(value)} ({unit})"
    )


def write_page(answer: SensitivityAnswer, result: DesignResult, command: str) -> Path:
    """Write `figures/` and `sensitivity.html` beside the results."""
    method, sample = answer.method, answer.sample
    facts = [
        ("Inputs", number(len(sample.factors))),
        ("Points", number(sample.points)),
        ("Replications at each", number(sample.replications)),
        ("Failed replications", number(sample.failed)),
        ("Seed", str(sample.subject.seed)),
    ]
    sections = [_section(answer, name) for name in answer.results]
    rows = [(factor.name, factor.path, span(factor)) for factor in sample.factors]
    sections.append(
        Section(
            "What was varied",
            tables=[Table("Inputs and their ranges", ("input", "path", "range"), rows, texts=3)],
            notes=[HOW[method], _COMMON],
        )
    )
    page = Page(
        "sensitivity",
        TITLES[method],
        result.scenario.title,
        facts,
        sections,
        f"{number(sample.points)} points",
    )
    return study.write(page, result.scenario, result.folder / "sensitivity.html", command)


def _section(answer: SensitivityAnswer, name: str) -> Section:
    one, names = answer.results[name], answer.sample.names
    table = Table(
        f"{name}: all inputs",
        ("input", *HEADS[answer.method]),
        [(names[path], *cells(row, one.unit)) for path, row in one.factors.items()],
    )
    notes = []
    if one.dropped:
        notes.append(
            f"{plural(one.dropped, 'block')} of points left out whole, "
            "since a replication in them failed or has no value."
        )
    if any(isinstance(row, SobolIndices) and _wide(row) for row in one.factors.values()):
        notes.append(WIDE)
    moved = any(matters(row, len(one.factors)) or row.main.value for row in one.factors.values())
    drawings = _drawings(answer, name) if one.mean is not None and moved else []
    return Section(f"What moves “{name}”?", [sentence(answer, name)], drawings, [table], notes)


def _wide(row: SobolIndices) -> bool:
    return row.total.low is not None and 2 * row.total.halfwidth > _WIDE


def _drawings(answer: SensitivityAnswer, name: str) -> list[Drawing]:
    one, names = answer.results[name], answer.sample.names
    file, unit = slug(f"{answer.method}_{name}"), one.unit
    axis = "share of replications" if unit == "probability" else f"{name} ({unit})"
    most = f"The {bars.MOST} most important inputs." if len(one.factors) > bars.MOST else ""
    alone = {path: row for path, row in one.factors.items() if isinstance(row, OneAtATime)}
    if alone:
        ends = (
            "Each bar goes from the low end of an input's range (blue) to the high end (orange); "
            "the line is the scenario as it is."
        )
        return [
            Drawing(
                file,
                f"What moves “{name}”",
                f"Tornado of the inputs of {name}; the table below has its numbers.",
                f"{ends} Black: 95 % intervals of the difference. {most}",
                partial(bars.tornado, alone, names, one.mean or 0.0, unit, axis),
            )
        ]
    sobol = {path: row for path, row in one.factors.items() if isinstance(row, SobolIndices)}
    if sobol:
        return [
            Drawing(
                file,
                f"What “{name}” varies with",
                f"Bars of Sobol indices of {name}; the table below has its numbers.",
                "Dark: what goes if the input is known. Light: what stays if all others are. "
                f"The difference acts together with other inputs. {most}",
                partial(bars.indices, sobol, names),
            )
        ]
    morris = {path: row for path, row in one.factors.items() if isinstance(row, MorrisIndices)}
    change = f"change of the {axis}" if unit == "probability" else axis
    return [
        Drawing(
            file,
            f"What moves “{name}”",
            f"Bars of Morris effects on {name}; the table below has its numbers.",
            "Mean size of the change when an input moves over its whole range, "
            f"with 95 % intervals. {most}",
            partial(bars.effects, morris, names, unit, change),
        ),
        Drawing(
            f"{file}_plot",
            "Alone, or together?",
            f"Morris plot of {name}: size of the effect against its spread.",
            "Each dot is an input. Far right: it does much. High up, near or above the dashed "
            "line: what it does depends on its own value or on other inputs.",
            partial(bars.together, morris, names, unit),
        ),
    ]
