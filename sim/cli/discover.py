"""The command `discover`: the ranges of the inputs in which an outcome is likely."""

from __future__ import annotations

from sim.cli import varied
from sim.cli.varied import Asked
from sim.design.draws import Draws


def carry_out(asked: Asked, outcome: str, points: int, words: tuple[str, ...]) -> int:
    """Run many cases, seek a box, write the folder, say what was found."""
    from sim.design import sampling
    from sim.design.design import Design
    from sim.studies import discovery
    from sim.studies.export import export

    scenario, seed = varied.opened(asked)
    discovery.require_outcome(scenario, outcome)
    factors = [varied.factor(scenario, word, "--factors") for word in words] or sampling.movable(
        scenario
    )
    # no Sobol sequence: its even and odd points lie in different halves of the space, and the cases
    # are halved to judge the box
    design = Design.of(factors, sampling.filling("lhs", points, len(factors), seed))
    result = varied.ran(asked, scenario, seed, design, "discover", Draws.INDEPENDENT)
    told, found = discovery.answer(result, outcome)
    table = discovery.tidy(told)
    varied.keep(result.folder, "discover", table, discovery.COLUMNS, told)
    export(result, {outcome: "probability"})
    if asked.report:
        from sim.report.pages.discovery import write_page

        write_page(told, found, result, varied.command())
    if asked.quiet:
        varied.printed(asked, table, told)
        return varied.ended(result)
    from sim.cli.show import screen
    from sim.report.pages.discovery import sentences

    console = screen()
    console.print(scenario.title, style="bold", markup=False)
    for sentence in sentences(told, result.design.factors):
        console.print(sentence, markup=False)
    console.print(
        f"seed {told['seed']}; scenario digest {told['digest'][:8]}; everything is in {result.place}",
        markup=False,
        soft_wrap=True,
    )
    return varied.ended(result)
