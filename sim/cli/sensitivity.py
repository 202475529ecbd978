"""The command `sensitivity`: which inputs move what is asked, by Morris, Sobol, or one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli import varied
from sim.cli.varied import Asked
from sim.design.draws import Draws

if TYPE_CHECKING:
    from sim.design.design import DesignResult

_SHOWN = 12  # factors on the screen


def carry_out(
    asked: Asked, method: str, words: tuple[str, ...], count: int | None, runs: int | None
) -> int:
    """Run the method's points, write the folder, show the factors in order."""
    from sim.design import sampling
    from sim.studies import targets
    from sim.studies.export import export
    from sim.studies.sensitivity import one_at_a_time, salib, sensitivity

    if method != one_at_a_time.OAT:
        salib.need_salib()
    scenario, seed = varied.opened(asked)
    names = targets.chosen(scenario, asked.on)
    factors = [varied.factor(scenario, word, "--factors") for word in words] or sampling.movable(
        scenario
    )
    asked = asked._replace(runs=runs or sensitivity.RUNS[method])
    study = sensitivity.study(scenario, method, factors, count or sensitivity.COUNTS[method], seed)
    result = varied.ran(asked, scenario, seed, study.design, f"sensitivity-{method}", Draws.COMMON)
    told = sensitivity.answer(study, result, names)
    table = sensitivity.tidy(told)
    varied.keep(result.folder, "sensitivity", table, sensitivity.COLUMNS, told)
    export(result, names, study.blocks.shares if study.blocks is not None else None)
    if asked.report:
        from sim.report.pages.sensitivity import write_page

        write_page(told, result, varied.command())
    if asked.quiet:
        varied.printed(asked, table, told)
    else:
        _show(told, result)
    return varied.ended(result)


def _show(told: dict[str, Any], result: DesignResult) -> None:
    from sim.cli.show import screen, table_of
    from sim.report.pages.sensitivity import HEADS, cells, names

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    said = names(told)
    for name, one in told["results"].items():
        dropped = (
            f"; {one['dropped']} of {one['blocks'] + one['dropped']} blocks dropped"
            if one["dropped"]
            else ""
        )
        rows = table_of(f"\n{name} ({one['unit']}){dropped}", "factor", *HEADS[told["method"]])
        for path in list(one["factors"])[:_SHOWN]:
            rows.add_row(said[path], *cells(told["method"], one["factors"][path], one["unit"]))
        console.print(rows)
    console.print(
        f"seed {told['seed']}; scenario digest {told['digest'][:8]}; everything is in {result.place}",
        markup=False,
        soft_wrap=True,
    )
