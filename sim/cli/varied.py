"""What the commands that vary a scenario share: factors from words, what it will cost, the run, and the files beside it."""

from __future__ import annotations

import csv
import io
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.cli.run import HOME, SOME_FAILED
from sim.cli.scenarios import read
from sim.cli.words import BadUse

if TYPE_CHECKING:
    import pandas as pd

    from sim.design.design import Design, DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario
    from sim.studies.dictionary import Entry

_TRIED = 20  # replications that are run to tell how long all will take


class Asked(NamedTuple):
    """What every command that varies a scenario was asked."""

    scenario: str
    settings: tuple[str, ...]
    on: tuple[str, ...]
    runs: int
    seed: int | None
    jobs: int | None
    cluster: str | None
    out: str | None
    form: str
    report: bool
    fresh: bool

    @property
    def quiet(self) -> bool:
        """Whether another program reads what is printed."""
        return self.form != "table"


def opened(asked: Asked) -> tuple[Scenario, int]:
    """The scenario with its settings, and the root seed."""
    from sim.ensemble.location import Place
    from sim.ensemble.runner import begin, root_seed

    scenario = read(asked.scenario, asked.settings)
    if asked.seed is not None or asked.out is None:
        return scenario, root_seed(scenario, asked.seed)
    return scenario, begin(Place(asked.out), scenario, None, asked.fresh)


def factor(scenario: Scenario, word: str, option: str) -> Factor:
    """A factor from `PATH:LOW:HIGH` or `PATH:a,b,c`. Raise a `BadUse` if it is neither."""
    from sim.design.factors import Factor

    path, _, span = word.partition(":")
    parts = [part.strip() for part in span.split(":")]
    if path.strip() and len(parts) == 2 and all(_is_number(part) for part in parts):
        return Factor(path.strip(), label(scenario, path.strip()), float(parts[0]), float(parts[1]))
    if path.strip() and span.strip() and ("," in span or len(parts) == 1):
        return Factor(path.strip(), label(scenario, path.strip()), values=levels(span))
    raise BadUse(
        f"{option}: must be PATH:LOW:HIGH or PATH:a,b,c, got {word[:80] or 'nothing'} (for example states.NAME.resolve:0.2:0.9)"
    )


def levels(text: str) -> tuple[Any, ...]:
    """Values parted by commas: whole numbers or numbers if all are, else words."""
    words = [part.strip() for part in text.split(",")]
    for kind in (int, float):
        try:
            return tuple(map(kind, words))
        except ValueError:
            continue
    return tuple(words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def label(scenario: Scenario, path: str) -> str:
    """What the scenario's levers call a path."""
    return next((lever.label or "" for lever in scenario.file.levers if lever.path == path), "")


def called(asked: Asked) -> str:
    """What names the scenario on a command line."""
    return shlex.join(
        [asked.scenario, *(word for setting in asked.settings for word in ("--set", setting))]
    )


def command() -> str:
    """The call as it was made."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def ran(
    asked: Asked, scenario: Scenario, seed: int, design: Design, study: str, draws: str
) -> DesignResult:
    """Say what it will cost, then run what is missing."""
    import hashlib

    from sim.cli.progress import shown
    from sim.design.design import run_design
    from sim.design.variants import varied
    from sim.ensemble.cluster import connect

    varied(scenario, design)  # what cannot be is refused before anything is said of its cost
    mark = hashlib.sha256(f"{design.csv()}{draws}".encode()).hexdigest()[:6]
    out = asked.out or HOME / f"{scenario.id}-{scenario.digest[:8]}-seed{seed}-{study}-{mark}"
    total = len(design) * asked.runs
    with connect(asked.cluster, asked.jobs) as workers, shown(quiet=asked.quiet) as progress:
        if not asked.quiet:
            progress.note(
                f"{len(design):,} points x {asked.runs:,} replications = {total:,} replications{_time(scenario, total, workers.jobs)}"
            )
        return run_design(
            scenario,
            design,
            runs=asked.runs,
            seed=seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=out,
            progress=progress,
            draws=draws,
            fresh=asked.fresh,
            command=command(),
            called=called(asked),
        )


def _time(scenario: Scenario, total: int, jobs: int | None) -> str:
    """How long it will take, from a few replications; nothing if that is not known without much work."""
    from sim.engine import jit
    from sim.engine.replication import run_chunk, warm
    from sim.engine.world import build
    from sim.ensemble.runner import processors

    template = build(scenario)
    compiled = not jit.COMPILED or (jit.CACHE is not None and any(jit.CACHE.rglob("*.nbi")))
    if template.python_policies or not compiled:
        return ""
    warm(template)
    run_chunk(template, 0, 0, 1)  # what is compiled or loaded at the first call is not counted
    started = time.perf_counter()
    run_chunk(template, 0, 0, _TRIED)
    seconds = (time.perf_counter() - started) / _TRIED * total / (jobs or processors())
    return (
        f", about {seconds:,.0f} seconds if none is there yet"
        if seconds >= 2
        else ", about a second"
    )


def keep(
    folder: Path, name: str, table: pd.DataFrame, entries: Sequence[Entry], told: dict[str, Any]
) -> None:
    """Write `name.csv`, its data dictionary and `name.json`."""
    from sim.files import write_file
    from sim.studies.files import json_text

    words = io.StringIO()
    rows = csv.writer(words, lineterminator="\n")
    rows.writerow(("name", "unit", "meaning"))
    rows.writerows(entries)
    texts = {
        f"{name}.csv": as_csv(table),
        f"{name}_dictionary.csv": words.getvalue(),
        f"{name}.json": json_text(told) + "\n",
    }
    for file, text in texts.items():
        write_file(folder / file, text)


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV, the same text on the screen and in the folder."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def printed(asked: Asked, table: pd.DataFrame, told: dict[str, Any]) -> None:
    """Print for another program."""
    from sim.studies.files import json_text

    print(json_text(told) if asked.form == "json" else as_csv(table).removesuffix("\n"))


def ended(result: DesignResult) -> int:
    """The exit code, once everything is where it belongs, and after a word on what failed."""
    result.place.publish()
    if result.failures:
        print(
            f"{result.failures:,} of {result.size:,} replications failed; see {result.place}/failed.csv",
            file=sys.stderr,
        )
    return SOME_FAILED if result.failures else 0
