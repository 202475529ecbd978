"""Many scenarios at once: files times their variants times values, and what is best among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from sim.cli.parsers import BadUse
from sim.cli.scenarios import read, read_to_run
from sim.cli.tables import screen, table_of
from sim.studies.compare.regret import Cell, Regret, regret
from sim.studies.files import write_answer

if TYPE_CHECKING:
    from sim.cli.compare_sides import NamedScenario
    from sim.ensemble.location import Location
    from sim.studies.compare.comparison import Comparison
    from sim.words import Words

VARIANTS = "variants"
MOST = 200  # scenarios in one comparison


def cross(
    files: Sequence[str], crosses: Sequence[str], settings: Sequence[str], others: bool
) -> tuple[list[NamedScenario], dict[str, Cell]]:
    """Files times what is crossed: the sides, and the cell of each by its name.

    `others` tells whether variants were asked for in another way, which is refused.
    """
    if others:
        raise BadUse("--cross: must stand without --variant and --variants (cross variants)")
    found = list(_sides(files, crosses, settings))
    return [side for side, _ in found], {side.name: cell for side, cell in found}


def _sides(
    files: Sequence[str], crosses: Sequence[str], settings: Sequence[str]
) -> Iterator[tuple[NamedScenario, Cell]]:
    """Every file with every combination of what is crossed; each is a side and a cell.

    Raises
    ------
    BadUse : if a cross is neither `variants` nor `PATH=VALUE,VALUE`, or there are too many
    """
    from sim.call import scenario_text
    from sim.cli.compare_sides import NamedScenario

    count = 0
    for file in files:
        base = read(file)
        axes = [_axis(cross, list(base.variants)) for cross in crosses]
        for chosen in product(*axes):
            count += 1
            if count > MOST:
                raise BadUse(f"--cross: must make at most {MOST} scenarios (cross less)")
            named = [one for one in chosen if not one.startswith("#") and one]
            variant = "".join(one for one in chosen if one.startswith("#"))
            sets = [*settings, *named]
            scenario = read_to_run(f"{file}{variant}", sets)
            option = ", ".join(_short(part, crosses) for part in chosen if part) or base.id
            name = f"{base.id}: {option}" if len(files) > 1 else option
            called = scenario_text(f"{file}{variant}", sets, python=bool(scenario.programs))
            yield NamedScenario(name, scenario, called), Cell(base.id, option)


def _axis(cross: str, variants: Sequence[str]) -> list[str]:
    """What one cross puts in turn: `#NAME` for a variant, nothing for the file as it is."""
    if cross == VARIANTS:
        return ["", *(f"#{name}" for name in variants)]
    path, sign, values = cross.partition("=")
    found = [value.strip() for value in values.split(",")]
    if not (path.strip() and sign and all(found)) or len(set(found)) < len(found):
        raise BadUse(
            f"--cross: must be {VARIANTS} or PATH=VALUE,VALUE with different values, "
            f"got {cross[:60]} (for example states.NAME.policy=quantal,grim)"
        )
    return [f"{path.strip()}={value}" for value in found]


def _short(part: str, crosses: Sequence[str]) -> str:
    """What to call a variant or a value: the last name of its path, if no other cross has that."""
    path, _, value = part.partition("=")
    last = [cross.partition("=")[0].strip().rpartition(".")[2] for cross in crosses]
    name = path.rpartition(".")[2]
    if not value:
        return part.lstrip("#")
    return f"{name}={value}" if last.count(name) == 1 else part


def matrix_table(of: Comparison, words: Words) -> Any:
    """Every scenario a row, every outcome a column: its share, and a star beyond chance."""
    from sim.studies.compare.sentences import share

    heads = ascii_uppercase[: len(of.outcomes)]
    table = table_of(
        f"\n{words.text('paper.matrix.title')}", words.text("paper.matrix.side"), *heads
    )
    for name in of.names:
        cells = []
        for row in of.outcomes.values():
            gap = row.differences.get(name)
            star = "*" if gap is not None and gap.significant else ""
            cells.append(f"{share(row.estimates.get(name), words)}{star}")
        table.add_row(name, *cells)
    return table


def print_crossed(of: Comparison, place: Location, words: Words) -> None:
    """The matrix with what its stars mean, and where the rest is."""
    console = screen()
    console.print(matrix_table(of, words))
    outcomes = (words.term("vocabulary.outcomes", name) for name in of.outcomes)
    legend = (f"{letter}: {name}" for letter, name in zip(ascii_uppercase, outcomes, strict=False))
    console.print("; ".join(legend))
    console.print(words.text("paper.matrix.foot", baseline=of.baseline, each=of.each_in(words)))
    console.print(words.text("cli.place", place=str(place)), soft_wrap=True)


def write_regret(
    of: Comparison, loss: str, cells: dict[str, Cell] | None, place: Location
) -> Regret:
    """Work out the regret and write its files."""
    found = regret(of, loss, cells)
    write_answer(found, place.folder, "regret")
    return found


def print_regret(found: Regret, words: Words) -> None:
    """The regrets, least first, by scenario."""
    from sim.words.measures import unit_name

    console = screen()
    keys = ("loss", "regret", "interval", "best", "hindsight")
    heads = [words.text(f"paper.regret.{key}") for key in keys]

    def number(value: float | None) -> str:
        return words.number(value, significant=3)

    scenarios = dict.fromkeys(cell.scenario for cell in found.found)
    for scenario in scenarios:
        about = {"scenario": scenario, "loss": found.loss, "unit": unit_name(found.unit, words)}
        title = words.text("paper.regret.title", **about)
        table = table_of(f"\n{title}", words.text("paper.regret.option"), *heads)
        rows = [
            (cell.option, one) for cell, one in found.found.items() if cell.scenario == scenario
        ]
        for option, one in sorted(rows, key=lambda row: row[1].value):
            table.add_row(
                option,
                number(one.loss),
                number(one.value),
                words.range(number(one.low), number(one.high)),
                words.percent(one.best_share, decimals=0),
                number(one.in_hindsight),
            )
        console.print(table)
    if worst := found.worst():
        title = words.text("paper.regret.worst")
        table = table_of(f"\n{title}", words.text("paper.regret.option"), *heads[1:3])
        for option, (value, low, high) in sorted(worst.items(), key=lambda item: item[1][0]):
            table.add_row(option, number(value), words.range(number(low), number(high)))
        console.print(table)
    console.print(words.text("paper.regret.foot", n=found.worlds))
