"""Run scenarios on the same luck and compare them, or compare what was run before."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from sim.ensemble.reopen import manifest_of
from sim.ensemble.runner import Progress, run_many
from sim.ensemble.stopping import Until
from sim.ensemble.store import AGREE, AGREE_VERSIONS
from sim.errors import ModelError
from sim.studies.compare.comparison import Comparison, checked
from sim.studies.compare.sides import Side

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario


def compare(
    scenarios: Mapping[str, Scenario] | Sequence[Scenario],
    *,
    baseline: str | None = None,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: tuple[float, str | None, int] | None = None,
    command: str | None = None,
    called: Mapping[str, str] | None = None,
) -> Comparison:
    """Run scenarios on the same luck, in turns, and compare them.

    Parameters
    ----------
    scenarios : by the name under which they are compared, or a list, which is named by the
        scenarios' ids
    baseline : name of the one that the others are compared with; the first if left out
    until : half-width of a difference's 95 % interval, outcome or measure that it is of (None = all
        outcomes), most replications
    runs, seed, jobs, out, progress, executor, fresh, command, called : as for `sim.run`, and for
        `run_many`

    Returns
    -------
    Comparison

    Raises
    ------
    ModelError : if there are fewer than two, names repeat, or a number is out of its range
    StoreError : as `sim.run` does
    """
    checked(
        list(scenarios)
        if isinstance(scenarios, Mapping)
        else [scenario.id for scenario in scenarios],
        baseline,
    )
    named = (
        scenarios
        if isinstance(scenarios, Mapping)
        else {scenario.id: scenario for scenario in scenarios}
    )
    goal = None if until is None else Until(until[0], until[2], narrow(baseline, until[1], named))
    ensembles = run_many(
        named,
        runs=runs,
        seed=seed,
        jobs=jobs,
        out=out,
        progress=progress,
        executor=executor,
        fresh=fresh,
        until=goal,
        command=command,
        called=called,
    )
    return of_ensembles(ensembles, baseline)


def narrow(
    baseline: str | None, on: str | None, named: Mapping[str, Scenario]
) -> Callable[[Mapping[str, Ensemble]], float]:
    """How wide the differences still are, for running until they are narrow. Raise a `ModelError` for a name that nothing has."""
    known = {
        name
        for scenario in named.values()
        for name in (*scenario.outcomes, *(measure.name for measure in scenario.measures))
    }
    if on is not None and on not in known:
        raise ModelError(
            f"on: must be an outcome or a measure, got {on}; outcomes are {', '.join(next(iter(named.values())).outcomes)}"
        )
    return lambda ensembles: of_ensembles(ensembles, baseline).halfwidth(on)


def of_ensembles(ensembles: Mapping[str, Ensemble], baseline: str | None = None) -> Comparison:
    """Compare finished ensembles by name: paired if they have one seed and come from the same rules, else not."""
    sides = [
        Side(name, ensemble.scenario, ensemble.columns(), ensemble.seed)
        for name, ensemble in ensembles.items()
    ]
    return Comparison(sides, baseline, unpaired_because=unpaired(ensembles), ensembles=ensembles)


def unpaired(ensembles: Mapping[str, Ensemble]) -> str:
    """Why ensembles cannot be paired; empty if they can."""
    manifests = {name: manifest_of(ensemble.folder) for name, ensemble in ensembles.items()}
    for key in ("seed", "engine"):
        if len({manifest.get(key) for manifest in manifests.values()}) > 1:
            return (
                f"the {AGREE[key]} is not the same ("
                + ", ".join(f"{name}: {manifest.get(key)}" for name, manifest in manifests.items())
                + ")"
            )
    for library in AGREE_VERSIONS:
        found = {
            name: (manifest.get("versions") or {}).get(library)
            for name, manifest in manifests.items()
        }
        if len(set(found.values())) > 1:
            return (
                f"the version of {library} is not the same ("
                + ", ".join(f"{name}: {version}" for name, version in found.items())
                + ")"
            )
    return ""
