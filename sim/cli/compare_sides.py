"""Which scenarios `compare` compares, and what each is called."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sim.bundle import bundled_names as names
from sim.call import scenario_text
from sim.cli.parsers import BadUse, Variant, near
from sim.cli.scenarios import ENDINGS, STDIN, read, read_to_run

if TYPE_CHECKING:
    from sim.scenario import Scenario

#: The word for all variants of a file.
ALL = "all"
SIGN = "#"  # that of `sim.scenario.variants`, whose import costs more than the help of a command

Crosses = Annotated[
    list[str] | None,
    typer.Option(
        "--cross",
        metavar="variants|PATH=A,B",
        help="Each scenario with each of its variants, or with each of these values; may be "
        "repeated, then every combination. [default: none]",
    ),
]
RegretOf = Annotated[
    str | None,
    typer.Option(
        "--regret",
        metavar="NAME",
        help="Which is best, if less of this measure or outcome is better: the loss of each beyond "
        "the best, in each scenario and in the worst. [default: none]",
    ),
]


class Extra(NamedTuple):
    """What makes more scenarios of the files that are given, as the options say it."""

    variants: tuple[Variant, ...] = ()
    own: str | None = None
    crosses: tuple[str, ...] = ()
    design: str | None = None

    def by_option(self) -> dict[str, object]:
        """What was given, by the names of the options."""
        names = ("variant", "variants", "cross", "design")
        return dict(zip(names, self, strict=True))


class NamedScenario(NamedTuple):
    """A scenario under the name by which it is compared, and what names it on a command line."""

    name: str
    scenario: Scenario
    called: str


def named_scenarios(
    words: Sequence[str],
    variants: Sequence[Variant],
    settings: Sequence[str],
    own: str | None = None,
) -> Iterator[NamedScenario]:
    """The files, then the variants of the first of them: its own, then those of the options."""
    if STDIN in words and (variants or words.count(STDIN) > 1):
        raise BadUse(f"{STDIN}: must be a file where it is read more than once")
    for word in words:
        _require_known(word)
        yield _name_scenario(None, word, settings)
    for name in _own_variants(words[0], own) if own is not None else ():
        yield _name_scenario(name, f"{words[0]}{SIGN}{name}", settings)
    for one in variants:
        yield _name_scenario(one.name, words[0], (*settings, *one.settings))


def _own_variants(word: str, wanted: str) -> list[str]:
    """Names of the variants in a file that are wanted, or of all.

    Raises
    ------
    BadUse : if the file has none, or not one of these
    """
    known = list(read(word).variants)
    if not known:
        raise BadUse(f"--variants: {word} must have variants, got none (docs/writing.md)")
    names = known if wanted == ALL else [name.strip() for name in wanted.split(",")]
    for name in names:
        if name not in known:
            raise BadUse(
                f"--variants: must be {ALL} or some of {', '.join(known)}, got {name[:40]}"
                f"{near(name, known)}"
            )
    return names


def _name_scenario(name: str | None, word: str, settings: Sequence[str]) -> NamedScenario:
    from sim.errors import ScenarioError
    from sim.scenario.quantities import SET

    try:
        scenario = read_to_run(word, settings)
    except ScenarioError as error:
        if name is None:
            raise
        raise ScenarioError(
            [
                replace(one, file=f"--variant {name}" if one.file == SET else one.file)
                for one in error.problems
            ]
        ) from error
    called = scenario_text(word, settings, python=bool(scenario.programs))
    return NamedScenario(name or scenario.id, scenario, called)


def _require_known(word: str) -> None:
    """Raise a `BadUse` for a word that is neither a scenario nor a folder."""
    file = word if os.path.exists(word) else word.partition("#")[0]  # FILE#VARIANT
    if file == STDIN or os.path.exists(file) or file.endswith(ENDINGS) or file in names():
        return
    expected = f"{word}: must be a scenario file, a bundled scenario or a results folder"
    if Path(word).name != word:
        raise BadUse(f"{expected}, no such file or folder")
    raise BadUse(f"{expected}{near(word, names())}; bundled are {', '.join(names())}")
