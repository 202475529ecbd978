"""The command `handout`: a design of ensembles, and one page whose sliders move over it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.cli.run import HOME, SOME_FAILED
from sim.cli.scenarios import read


class Request(NamedTuple):
    """What was asked for."""

    scenario: str
    settings: tuple[str, ...]
    levers: Sequence[str]
    points: int
    runs: int
    seed: int | None
    jobs: int | None
    out: Path | None
    language: str
    fresh: bool


def carry_out(asked: Request) -> int:
    """Run what is missing, fit the surfaces, write the page, say where it is."""
    from sim.classroom import page
    from sim.cli.progress import shown
    from sim.ensemble.runner import root_seed
    from sim.words import words

    said, scenario = words(asked.language), read(asked.scenario, asked.settings)
    if asked.out is not None:
        page.fit(asked.out)
    from sim.classroom import handout, levers
    from sim.design.design import run_design
    from sim.files import write_file

    sliders = levers.handles(scenario, [path for word in asked.levers for path in word.split(",")])
    seed = root_seed(scenario, asked.seed)
    out = (
        asked.out
        or HOME / f"handout-{scenario.id}-{scenario.digest[:8]}-seed{seed}" / "handout.html"
    )
    tried = levers.presets(scenario, sliders)
    where = levers.plan(sliders, tried, asked.points, seed)
    design = levers.design(sliders, where, scenario.horizon)
    print(
        f"{len(where)} points of {asked.runs:,} replications, {len(where) * asked.runs:,} in all",
        file=sys.stderr,
    )
    command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    with shown(quiet=False) as progress:
        result = run_design(
            scenario,
            design,
            runs=asked.runs,
            seed=seed,
            jobs=asked.jobs,
            out=out.parent / f"{out.stem}_runs",
            progress=progress,
            fresh=asked.fresh,
            command=command,
            called=shlex.join(
                [
                    asked.scenario,
                    *(part for setting in asked.settings for part in ("--set", setting)),
                ]
            ),
        )
    made = handout.handout(scenario, sliders, tried, where, result)
    write_file(
        out, handout.text(made, handout.data(made, seed, asked.runs, _call(asked, seed)), said)
    )
    print(
        f"{out}: {scenario.title}, {len(where)} points, seed {seed}; open it in a browser",
        file=sys.stderr,
    )
    return SOME_FAILED if len(result.failed) else 0


def _call(asked: Request, seed: int) -> str:
    """The call that makes the same page."""
    words = [
        "python",
        "run_sim.py",
        "handout",
        asked.scenario,
        *(part for setting in asked.settings for part in ("--set", setting)),
    ]
    words += [part for lever in asked.levers for part in ("--levers", lever)]
    return shlex.join(
        [
            *words,
            "--points",
            str(asked.points),
            "--runs",
            str(asked.runs),
            "--seed",
            str(seed),
            "--language",
            asked.language,
        ]
    )
