"""The command `sweep`: what is asked, along one or two things that are moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.cli import varied
from sim.cli.varied import Asked
from sim.cli.words import BadUse

if TYPE_CHECKING:
    import pandas as pd

    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario

MOST_STEPS = 200
_DRAWS = {"common": "common random numbers", "independent": "independent draws"}
_COLUMNS, _NAME = 3, 30  # of a table on the screen, and characters of a name


def carry_out(asked: Asked, words: tuple[str, ...], draws: str) -> int:
    """Run the grid, write the folder, show the numbers."""
    from sim.design.design import Design
    from sim.studies import sweep, targets
    from sim.studies.export import export

    if not 1 <= len(words) <= sweep.MOST_VARIED:
        raise BadUse(
            f"--vary: must be given once or twice, got {len(words)} times (for more at once see sensitivity and discover)"
        )
    scenario, seed = varied.opened(asked)
    names = targets.chosen(scenario, asked.on)
    moved = [vary(scenario, word) for word in words]
    design = Design.grid([factor for factor, _ in moved], [values for _, values in moved])
    result = varied.ran(asked, scenario, seed, design, "sweep", draws)
    table = sweep.tidy(result, names)
    told = sweep.answer(result, table)
    varied.keep(result.folder, "sweep", table, sweep.dictionary(result), told)
    export(result, names)
    if asked.report:
        from sim.report.pages.sweep import write_page

        write_page(table, result, names, varied.command())
    if asked.quiet:
        varied.printed(asked, table, told)
    else:
        _show(table, result, names)
    return varied.ended(result)


def vary(scenario: Scenario, word: str) -> tuple[Factor, list[Any]]:
    """A factor and its values from `path=low:high:n` or `path=a,b,c`. Raise a `BadUse` if it is neither."""
    from sim.design.factors import Factor

    path, sign, span = (part.strip() for part in word.partition("="))
    parts = span.split(":")
    if path and sign and len(parts) == 3 and "," not in span:
        try:
            low, high, steps = float(parts[0]), float(parts[1]), int(parts[2])
        except ValueError:
            low, high, steps = 0.0, 0.0, 0
        if not (low < high and 2 <= steps <= MOST_STEPS):
            raise BadUse(
                f"--vary: must be PATH=LOW:HIGH:N with LOW below HIGH and N from 2 to {MOST_STEPS}, got {word[:80]}"
            )
        # a decimal step as it would be written by hand
        return Factor(path, varied.label(scenario, path), low, high), [
            float(f"{value:.12g}") for value in np.linspace(low, high, steps)
        ]
    if path and sign and "," in span:
        values = varied.levels(span)
        return Factor(path, varied.label(scenario, path), values=values), list(values)
    raise BadUse(
        f"--vary: must be PATH=LOW:HIGH:N or PATH=a,b,c, got {word[:80] or 'nothing'} (for example states.NAME.resolve=0.2:0.9:8)"
    )


def _show(table: pd.DataFrame, result: DesignResult, names: dict[str, str]) -> None:
    from sim.cli.show import screen
    from sim.report.figures.curves import SEEN

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    often = table.groupby("name")["estimate"].max()
    shown = [name for name, unit in names.items() if unit != "probability" or often[name] >= SEEN]
    console.print(
        f"± half the 95 % interval; {result.replications:,} replications at each point, {_DRAWS[result.draws]}",
        markup=False,
    )
    for first in range(0, len(shown), _COLUMNS):
        console.print(_table(table, result, shown[first : first + _COLUMNS]))
    console.print(
        f"seed {result.seed}; scenario digest {result.scenario.digest[:8]}; everything is in {result.place}",
        markup=False,
        soft_wrap=True,
    )


def _table(table: pd.DataFrame, result: DesignResult, shown: list[str]) -> Any:
    """Some columns of the numbers, a row a point."""
    from sim.cli.show import table_of
    from sim.report.figures.bars import said, short

    factors = result.design.factors
    rows = table_of("", *(short(factor.name, _NAME) for factor in factors), *shown)
    for _, point in table.groupby("point"):
        found = point.set_index("name").to_dict("index")
        cells = [
            f"{said(one['estimate'], one['unit'])} ± {said((one['high'] - one['low']) / 2, one['unit'])}"
            for one in (found[name] for name in shown)
        ]
        rows.add_row(
            *(said(point.iloc[0][path]) for path in (factor.path for factor in factors)), *cells
        )
    return rows
