"""The command `lesson`: the variants of a scenario's lesson on the same luck, and two pages."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from sim.cli.run import HOME, SOME_FAILED
from sim.cli.scenarios import read


def carry_out(
    word: str,
    settings: tuple[str, ...],
    runs: int,
    seed: int | None,
    jobs: int | None,
    out: Path | None,
    language: str,
    fresh: bool,
) -> int:
    """Run what is missing, write both pages, say where they are."""
    from sim.classroom.lesson import Call, pages, require_lesson
    from sim.classroom.variants import run_variants
    from sim.cli.progress import shown
    from sim.ensemble.runner import root_seed
    from sim.files import write_file
    from sim.words import words

    said = words(language)
    scenario = read(word, settings)
    require_lesson(scenario)
    seed = root_seed(scenario, seed)
    folder = out or HOME / f"lesson-{scenario.id}-{scenario.digest[:8]}-seed{seed}"
    command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    with shown(quiet=False) as progress:
        results = run_variants(
            scenario,
            runs=runs,
            seed=seed,
            jobs=jobs,
            out=folder / "runs",
            progress=progress,
            fresh=fresh,
            command=command,
        )
    call = Call(
        shlex.join([word, *(part for setting in settings for part in ("--set", setting))]),
        runs,
        seed,
    )
    for name, text in pages(scenario, results, call, said).items():
        write_file(folder / name, text)
        print(folder / name)
    return SOME_FAILED if results.failed else 0
