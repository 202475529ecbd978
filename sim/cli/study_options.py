"""The options that `sweep`, `sensitivity`, `uncertainty` and `discover` share, written once.

A command takes `StudyOptions` first and its own options after it; `with_study_options` spreads the
record over the command line:

    @with_study_options
    def command(options: StudyOptions, vary: Vary = None) -> int: ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, get_type_hints

import typer

from sim.cli.options import (
    AllowPython,
    Cluster,
    Debug,
    Format,
    Fresh,
    Jobs,
    Language,
    Report,
    Scenario,
    Seed,
    Settings,
)
from sim.cli.parsers import address, whole
from sim.plain import MOST_POINTS, MOST_RUNS

if TYPE_CHECKING:
    from sim.words import Words

Own = ParamSpec("Own")

On = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="NAME",
        help="An outcome or measure to look at; may be repeated. "
        "[default: every outcome, max_rung, interstate_deaths]",
    ),
]
Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--factors",
        metavar="PATH:LOW:HIGH",
        help="Something to vary, in the file's own unit, or PATH:a,b,c for words; may be repeated. "
        "[default: the scenario's levers, and its uncertain numbers between their 5 % and 95 % "
        "quantiles]",
    ),
]
Design = Annotated[
    str | None,
    typer.Option(
        "--design",
        metavar="NAME",
        help="A design of the scenario's file (`designs:`): what to vary, run and look at. Runs, "
        "seed and what to look at may be given beside it, and go before it. [default: none]",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=address,
        metavar="DIR",
        help="Results folder or address; an existing folder is resumed. "
        "[default: results/ID-DIGEST-seedN-...]",
    ),
]


def runs_option(help_text: str, low: int = 1, name: str = "--runs") -> Any:
    """`--runs` of a study with its own meaning and least number."""
    return typer.Option(name, parser=whole(name, low, MOST_RUNS), metavar="N", help=help_text)


def points_option(help_text: str, low: int = 2) -> Any:
    """`--points` of a study with its own meaning and least number."""
    return typer.Option(
        "--points", parser=whole("--points", low, MOST_POINTS), metavar="N", help=help_text
    )


@dataclass(frozen=True)
class StudyOptions:
    """The options that every command of this kind takes; each field is one of them."""

    scenario: Scenario
    seed: Seed = None
    jobs: Jobs = None
    cluster: Cluster = None
    out: Out = None
    settings: Settings = None
    form: Format = "table"
    language: Language = "en"
    report: Report = True
    fresh: Fresh = False
    allow_python: AllowPython = False
    debug: Debug = False

    @property
    def quiet(self) -> bool:
        """Whether another program reads what is printed."""
        return self.form != "table"

    @property
    def words(self) -> Words:
        """The language of screen and page.

        Raises
        ------
        ModelError : if there is no such language
        """
        from sim.words import words

        return words(self.language)


def with_study_options(
    command: Callable[Concatenate[StudyOptions, Own], int],
) -> Callable[..., int]:
    """A command whose first argument, `StudyOptions`, comes from an option for each field.

    The scenario stands first, then the command's own options, then the other shared ones.
    """
    shared = {one.name for one in fields(StudyOptions)}

    @wraps(command)
    def spread(**values: Any) -> int:
        from sim.words import words

        options = StudyOptions(**{name: values.pop(name) for name in shared})
        words(options.language)  # refuses an unknown one before the work begins
        return command(options, **values)  # type: ignore[call-arg]

    scenario, *others = _parameters(StudyOptions)
    own = _parameters(command)[1:]
    spread.__signature__ = inspect.Signature([scenario, *own, *others])  # type: ignore[attr-defined]
    spread.__annotations__ = {one.name: one.annotation for one in (scenario, *own, *others)}
    return spread


def _parameters(callee: Callable[..., object]) -> list[inspect.Parameter]:
    """What a function or a record takes, with its types evaluated, by keyword alone."""
    types = get_type_hints(callee, include_extras=True)
    return [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=types[one.name])
        for one in inspect.signature(callee).parameters.values()
    ]
