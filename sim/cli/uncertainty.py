"""The command `uncertainty`: what comes from inputs that are not known, and what from luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli import varied
from sim.cli.varied import Asked
from sim.design.draws import Draws

if TYPE_CHECKING:
    from sim.design.design import DesignResult


def carry_out(asked: Asked, kind: str, points: int, words: tuple[str, ...]) -> int:
    """Run the design over the uncertain inputs, write the folder, show the split."""
    from sim.design import sampling
    from sim.design.design import Design
    from sim.errors import ModelError
    from sim.studies import targets, uncertainty
    from sim.studies.export import export

    scenario, seed = varied.opened(asked)
    names = targets.chosen(scenario, asked.on or tuple(targets.known(scenario)))
    factors = [varied.factor(scenario, word, "--factors") for word in words] or sampling.uncertain(
        scenario
    )
    if not factors:
        raise ModelError(
            f"{scenario.id}: has no uncertain numbers, so say what is not known (--factors PATH:LOW:HIGH), or give a number a distribution"
        )
    design = Design.of(factors, sampling.filling(kind, points, len(factors), seed))
    result = varied.ran(asked, scenario, seed, design, f"uncertainty-{kind}", Draws.INDEPENDENT)
    told = uncertainty.answer(result, names, kind)
    table = uncertainty.tidy(told)
    varied.keep(result.folder, "uncertainty", table, uncertainty.dictionary(), told)
    export(result, names)
    if asked.report:
        from sim.report.pages.uncertainty import write_page

        write_page(told, result, asked.on, varied.command())
    if asked.quiet:
        varied.printed(asked, table, told)
    else:
        _show(told, result, asked.on)
    return varied.ended(result)


def _show(told: dict[str, Any], result: DesignResult, on: tuple[str, ...]) -> None:
    from sim.cli.show import screen, table_of
    from sim.report.pages.uncertainty import HEADS, cells, shown

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    rows = table_of(
        "\nWhat varies: inputs that are not known, and luck", "outcome or measure", *HEADS
    )
    for name, row in shown(told, on).items():
        rows.add_row(name, *cells(row))
    console.print(rows)
    console.print(
        f"seed {told['seed']}; scenario digest {told['digest'][:8]}; everything is in {result.place}",
        markup=False,
        soft_wrap=True,
    )
