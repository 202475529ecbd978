"""Many scenarios at once: files times their variants times values, and what is best among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from sim.bundle import bundled_names
from sim.cli.compare_sides import ALL, SIGN, Extra, NamedScenario
from sim.cli.parsers import BadUse
from sim.cli.scenarios import read, read_to_run
from sim.cli.tables import screen, table_of
from sim.plain import MOST_SIDES
from sim.studies.compare.crossing import AS_IT_IS, Cell, Crossing

if TYPE_CHECKING:
    from sim.ensemble.location import Location
    from sim.report.pages.page import Table
    from sim.scenario import Scenario
    from sim.scenario.designs import NamedDesign
    from sim.scenario.schema import StudyDesign
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.regret import CrossResults
    from sim.studies.contract import DesignLabel
    from sim.studies.designs import Choice
    from sim.words import Words

VARIANTS = "variants"


def cross(
    files: Sequence[str], extra: Extra, settings: Sequence[str]
) -> tuple[list[NamedScenario], Crossing]:
    """Files times what is crossed: the sides, and which is which."""
    if extra.variants or extra.own:
        raise BadUse("--cross: must stand without --variant and --variants (cross variants)")
    return _together(list(_sides(files, extra.crosses, settings)))


def _together(
    found: Sequence[tuple[NamedScenario, Cell]],
    look: Sequence[str] = (),
    asked: DesignLabel | None = None,
) -> tuple[list[NamedScenario], Crossing]:
    cells = {side.name: cell for side, cell in found}
    return [side for side, _ in found], Crossing(cells, tuple(look), asked)


def cross_design(
    files: Sequence[str], extra: Extra, settings: Sequence[str], seed: int | None, words: Words
) -> tuple[list[NamedScenario], Crossing, StudyDesign]:
    """What a design of the first file crosses, in that file and in others.

    Raises
    ------
    BadUse : if the file has no such design, or something else says what to compare
    ModelError : if `compare` cannot run it
    """
    from sim.cli.designs import named_design
    from sim.scenario import localise
    from sim.studies.contract import DesignLabel
    from sim.studies.designs import choices_of

    base = read(files[0], settings)
    others = {"--variant": extra.variants, "--variants": extra.own, "--cross": extra.crosses}
    design = named_design(base, str(extra.design), "compare", others)
    if seed is None:
        seed = design.asked.seed
    choices = choices_of(design, seed or 0)
    there = [*files, *(_beside(base, name) for name in design.asked.scenarios)]
    found = list(_of_design(there, design, choices, settings))
    if len(found) > MOST_SIDES:
        raise BadUse(
            f"--design: must make at most {MOST_SIDES} scenarios, got {len(found)} (name fewer)"
        )
    told = localise(base, words)[0].designs[design.name]
    return *_together(found, design.asked.look, DesignLabel.of(told)), design.asked


def _beside(base: Scenario, name: str) -> str:
    """Another scenario that a design names, as a word of the command line."""
    from sim.scenario.bases import readable_scenario

    if name in bundled_names() and not (base.path.parent / name).exists():
        return name
    found = readable_scenario(name, base.path.parent)
    if found is None:
        raise BadUse(
            f"--design: {name} must be a bundled scenario, or a file beside {base.path} or below"
        )
    return str(found)


def _of_design(
    files: Sequence[str], design: NamedDesign, choices: Sequence[Choice], settings: Sequence[str]
) -> Iterator[tuple[NamedScenario, Cell]]:
    """Every file and variant with every choice."""
    for file in files:
        base = read(file)
        names = list(base.variants) if ALL in design.asked.variants else design.asked.variants
        if design.asked.variants and not base.variants:
            raise BadUse(f"--design: {file} must have the variants of {design.name}, got none")
        for variant, choice in product(["", *names], choices):
            sets = [*settings, *(f"{path}={value}" for path, value in choice.settings.items())]
            given = [base.id if len(files) > 1 else "", variant, choice.given]
            option = choice.option
            if not any(one.option for one in choices):  # nothing else is chosen: variants are
                given[1], option = "", variant or AS_IT_IS
            cell = Cell(", ".join(filter(None, given)) or base.id, option or AS_IT_IS)
            chooser = f"{design.asked.chooser}: " if design.asked.chooser else ""
            mine = f"{chooser}{choice.option}" if choice.option else ""
            name = ", ".join(filter(None, (variant, choice.given, mine))) or AS_IT_IS
            name = f"{base.id}: {name}" if len(files) > 1 else name
            yield _side(name, f"{file}{SIGN}{variant}" if variant else file, sets), cell


def _side(name: str, file: str, sets: Sequence[str]) -> NamedScenario:
    from sim.call import scenario_text

    scenario = read_to_run(file, sets)
    called = scenario_text(file, sets, python=bool(scenario.programs))
    return NamedScenario(name, scenario, called)


def _sides(
    files: Sequence[str], crosses: Sequence[str], settings: Sequence[str]
) -> Iterator[tuple[NamedScenario, Cell]]:
    """Every file with every combination of what is crossed; each is a side and a cell.

    Raises
    ------
    BadUse : if a cross is neither `variants` nor `PATH=VALUE,VALUE`, or there are too many
    """
    count = 0
    for file in files:
        base = read(file)
        axes = [_axis(cross, list(base.variants)) for cross in crosses]
        for chosen in product(*axes):
            count += 1
            if count > MOST_SIDES:
                raise BadUse(f"--cross: must make at most {MOST_SIDES} scenarios (cross less)")
            named = [one for one in chosen if not one.startswith("#") and one]
            variant = "".join(one for one in chosen if one.startswith("#"))
            sets = [*settings, *named]
            # one word for all files, so that it is one option in each of them
            usual = AS_IT_IS if len(files) > 1 else base.id
            option = ", ".join(_short(part, crosses) for part in chosen if part) or usual
            name = f"{base.id}: {option}" if len(files) > 1 else option
            yield _side(name, f"{file}{variant}", sets), Cell(base.id, option)


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


def print_crossed(of: Comparison, found: CrossResults, place: Location, words: Words) -> None:
    """What a design looks at in a matrix each, else all outcomes in one, and where the rest is."""
    console, crossing = screen(), found.crossing
    of, words = of.in_language(words)
    if crossing is not None and crossing.asked is not None:
        console.print(crossing.asked.label, style="bold")
        if crossing.asked.question:
            console.print(crossing.asked.question)
    if crossing is not None and crossing.look:
        from sim.report.pages.crossing import MatrixText

        text = MatrixText(of, found, words)
        for one in text.tables():
            _print_table(one)
        console.print(text.foot())
    else:
        console.print(matrix_table(of, words))
        outcomes = (words.term("vocabulary.outcomes", name) for name in of.outcomes)
        legend = zip(ascii_uppercase, outcomes, strict=False)
        console.print("; ".join(f"{letter}: {name}" for letter, name in legend))
        foot = words.text("paper.matrix.foot", baseline=of.baseline, each=of.each_in(words))
        console.print(foot)
    console.print(words.text("cli.place", place=str(place)), soft_wrap=True)


def print_regret(of: Comparison, found: CrossResults, words: Words) -> None:
    """What the regret says and does not say, and its numbers."""
    from sim.report.pages.crossing import RegretText

    of, words = of.in_language(words)
    text = RegretText(of, found, words)
    for one in text.tables():
        _print_table(one)
    for sentence in (*text.sentences(), *text.limits()):
        screen().print(sentence)


def _print_table(one: Table) -> None:
    table = table_of(f"\n{one.title}", *one.columns)
    for row in one.rows:
        table.add_row(*row)
    screen().print(table)
