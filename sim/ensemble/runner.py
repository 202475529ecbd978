"""Run many replications of a scenario, or of several.

Results depend on scenario, seed and number of replications alone: chunks are cut by a rule that
knows nothing of the workers. Several scenarios share one pool of workers and one seed, chunk by
chunk in turns, so that wherever they are stopped each has as many replications as the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace

from sim.ensemble.arguments import Settings, processors, seed_at, slug
from sim.ensemble.engine import ChooseEngine, engine_for
from sim.ensemble.job import Job
from sim.ensemble.location import Location
from sim.ensemble.progress import Progress, note_of
from sim.ensemble.result import Ensemble
from sim.ensemble.session import make
from sim.ensemble.stopping import Until, pilot_seed
from sim.errors import ModelError
from sim.files import Place
from sim.plain import job_count, run_count, seed_number
from sim.scenario import Given, Scenario, scenario_of


def run(
    scenario: Given,
    *,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: Place | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: Until | None = None,
    command: str | None = None,
    called: str | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> Ensemble:
    """Run many replications, or those that a results folder lacks.

    Parameters
    ----------
    scenario : as `sim.load` gives it, its file, or the name of a bundled one
    runs : number of replications, 1 to 10,000,000
    seed : root seed, 0 to 2**64 - 1; if left out the folder's, or a new one
    jobs : workers; all processors that may be used if left out
    out : results folder, or an address that fsspec knows (`s3://...`); if left out a temporary
        folder that is removed with the ensemble
    progress : is told how the run gets on
    executor : any `concurrent.futures.Executor` to use instead of own threads or processes
    fresh : discard what an earlier run left in `out`
    until : run as many replications as a pilot says that a precision needs, if these are more than
        `runs`; the pilot is thrown away
    command : what the manifest records as the call
    called : what names the scenario on a command line, overrides included; its path if left out
    engine : chooses what runs the replications, instead of what the scenario needs
    allow_python : consent to run the Python policies that the scenario names, which are programs

    Returns
    -------
    Ensemble

    Raises
    ------
    ConsentError : if the scenario names a Python policy and `allow_python` is not set
    ModelError : if a number is out of its range
    StoreError : if the folder holds other results, cannot be written, or another process writes
        there
    WorkersLost : if workers die again and again with nothing finished
    KeyboardInterrupt : on Ctrl-C, with what is kept and how to resume as its text
    """
    scenario = scenario_of(scenario)
    runs, jobs = run_count(runs), job_count(jobs)
    seed = None if seed is None else seed_number(seed)
    choose = engine_for(engine, allow_python=allow_python)
    home = Location(out)
    settings = Settings(
        jobs=jobs or processors(),
        executor=executor,
        progress=progress or Progress(),
        fresh=fresh,
        command=command,
        engine=choose,
    )
    seed = seed_at(home, scenario, seed, fresh=fresh)
    if until is not None:
        runs = max(runs, _plan(until, {"": scenario}, seed, settings))
    ensemble = Ensemble(scenario, seed, home, runs)
    make(home, {"": Job(ensemble, [choose(scenario)], called)}, settings)
    return ensemble


def run_many(
    scenarios: Mapping[str, Given],
    *,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: Place | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: Until | None = None,
    command: str | None = None,
    called: Mapping[str, str] | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> dict[str, Ensemble]:
    """Run several scenarios with common random numbers: one seed, in turns, chunk by chunk.

    Parameters
    ----------
    scenarios : by the name under which they are compared; each gets the folder `out`/`slug(name)`,
        one as `run` writes
    runs, seed, jobs, out, progress, executor, fresh, until, command, engine, allow_python : as for
        `run`
    called : what names each scenario on a command line

    Returns
    -------
    ensembles by name; replication k of each has the same random draws

    Raises
    ------
    as `run` does; ModelError too if two names give one folder
    """
    loaded = {name: scenario_of(given) for name, given in scenarios.items()}
    runs, jobs = run_count(runs), job_count(jobs)
    seed = None if seed is None else seed_number(seed)
    choose = engine_for(engine, allow_python=allow_python)
    folders = {name: slug(name) for name in scenarios}
    if len(set(folders.values())) < len(folders):
        raise ModelError(
            f"names of scenarios must differ in letters and digits, got {', '.join(scenarios)}"
        )
    home = Location(out)
    locations = {name: home.under(folder) for name, folder in folders.items()}
    settings = Settings(
        jobs=jobs or processors(),
        executor=executor,
        progress=progress or Progress(),
        fresh=fresh,
        command=command,
        engine=choose,
    )
    for name, scenario in loaded.items():
        seed = seed_at(locations[name], scenario, seed, fresh=fresh)
    assert seed is not None
    if until is not None:
        runs = max(runs, _plan(until, loaded, seed, settings))
    ensembles = {
        name: Ensemble(scenario, seed, locations[name], runs) for name, scenario in loaded.items()
    }
    names = called or {}
    each = {
        name: Job(ensemble, [choose(ensemble.scenario)], names.get(name))
        for name, ensemble in ensembles.items()
    }
    make(home, each, settings)
    return ensembles


def _plan(until: Until, scenarios: Mapping[str, Scenario], seed: int, settings: Settings) -> int:
    """Replications that a precision needs, from a pilot whose results are not kept."""
    sizes = []

    def pilot(size: int) -> Mapping[str, Ensemble]:
        sizes.append(size)
        ensembles = {
            name: Ensemble(scenario, pilot_seed(seed), Location(None), size)
            for name, scenario in scenarios.items()
        }
        jobs = {
            name: Job(ensemble, [settings.engine(ensemble.scenario)], None)
            for name, ensemble in ensembles.items()
        }
        make(Location(None), jobs, replace(settings, fresh=False))
        return ensembles

    runs = until.plan(pilot)
    settings.progress.note(note_of("pilot", n=sizes[-1], runs=runs))
    return runs
