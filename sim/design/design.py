"""Runs a design: a scenario at many points, or what a results folder lacks of that."""

from __future__ import annotations

from concurrent.futures import Executor

from sim.design.draws import Draws, draws_of
from sim.design.factors import Design, Factor
from sim.design.job import MOST_CELLS, DesignJob
from sim.design.result import DesignResult
from sim.design.variants import variants_of
from sim.ensemble.arguments import Settings, processors, seed_at
from sim.ensemble.engine import ChooseEngine, engine_for
from sim.ensemble.location import Location
from sim.ensemble.progress import Progress
from sim.ensemble.session import make
from sim.files import Place
from sim.plain import job_count, run_count, seed_number
from sim.scenario import Given, scenario_of

__all__ = ["MOST_CELLS", "Design", "DesignResult", "Factor", "run_design"]


def run_design(
    scenario: Given,
    design: Design,
    *,
    runs: int = 100,
    seed: int | None = None,
    jobs: int | None = None,
    out: Place | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    draws: str = Draws.COMMON,
    fresh: bool = False,
    command: str | None = None,
    called: str | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> DesignResult:
    """Run a scenario at each point of a design, or what a results folder lacks of that.

    Parameters
    ----------
    scenario : as `sim.load` gives it, its file, or the name of a bundled one; a factor's value
        replaces its own, its other uncertain numbers are drawn as in `sim.ensemble.run`
    design : factors and points
    runs : replications at each point; a folder with fewer is given the rest (with common random
        numbers if theirs is a multiple of 5)
    draws : "common" (replication k has the same random draws at each point), "independent" (no
        two rows share any) or "blocks" (points of one block of the design share them, no others)
    seed, jobs, out, progress, executor, fresh, command, called, engine, allow_python : as for
        `sim.ensemble.run`

    Returns
    -------
    DesignResult

    Raises
    ------
    as `sim.ensemble.run` does; ScenarioError too if a value or a combination of values cannot be
    """
    scenario = scenario_of(scenario)
    which = draws_of(draws, tuple(Draws))
    prepared = variants_of(scenario, design)
    runs, jobs = run_count(runs), job_count(jobs)
    seed = None if seed is None else seed_number(seed)
    run_count(runs * len(design))
    choose = engine_for(engine, allow_python=allow_python)
    location = Location(out)
    settings = Settings(
        jobs=jobs or processors(),
        executor=executor,
        progress=progress or Progress(),
        fresh=fresh,
        command=command,
        engine=choose,
    )
    seed = seed_at(location, scenario, seed, fresh=fresh)
    result = DesignResult(prepared, seed, location, runs, which)
    engines = [choose(variant) for variant in prepared.variants]
    make(location, {"": DesignJob(result, engines, called)}, settings)
    return result
