"""A fork beside the futures that were not forked: the same past, and future by future the same luck."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.design.draws import Draws, draws_of
from sim.ensemble.outcomes import classify
from sim.ensemble.progress import Progress
from sim.files import make_folder, write_file
from sim.replication.fork import Fork, Futures
from sim.scenario import Scenario
from sim.stats.estimate import Estimate
from sim.stats.shares import outcome_shares, shares_as_json
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.run import CompareAnswer
from sim.studies.compare.sides import Side
from sim.studies.files import json_text

UNFORKED, FORKED = "unforked", "forked"
OWN = "its own choice"
Json = dict[str, Any]


class Made(NamedTuple):
    """A forced choice: in how many futures it was made, and the first and middle day of that; None where it never was."""

    words: str
    times: int
    first: int | None
    middle: float | None


def _beside(plain: Futures, changed: Futures, scenario: Scenario) -> Comparison:
    """Forked beside unforked futures; forced choices are part of what differs."""
    choices: dict[str, list[str]] = {}
    for one in changed.forced:
        choices.setdefault(one.words.partition("=")[0], []).append(one.choice)
    return Comparison(
        [
            Side(UNFORKED, scenario, plain.runs, plain.seed),
            Side(FORKED, changed.scenario, changed.runs, changed.seed),
        ],
        imposed={
            f"choice of {who}": {UNFORKED: OWN, FORKED: ", then ".join(made)}
            for who, made in choices.items()
        },
    )


class Forked:
    """A replication's past, its futures as they would be (`plain`), and those of the fork (`changed`, None without a change).

    `original` holds the outcome and the measures of the replication itself, `comparison` the two
    sets of futures beside each other.
    """

    def __init__(self, past: Fork, plain: Futures, changed: Futures | None) -> None:
        self.past, self.plain, self.changed = past, plain, changed
        self.scenario, self.day, self.draws = past.scenario, plain.day, plain.draws
        self.comparison = None if changed is None else _beside(plain, changed, past.scenario)

    @property
    def shown(self) -> Futures:
        """The futures that were asked for."""
        return self.plain if self.changed is None else self.changed

    @cached_property
    def original(self) -> Json:
        """`outcome` and `measures` of the replication itself."""
        names = [measure.name for measure in self.past.template.measures]
        values = {
            name: np.array([value])
            for name, value in zip(names, self.past.original.measures, strict=True)
        }
        outcome = str(np.asarray(classify(values, 1, self.scenario.outcomes))[0])
        return {
            "outcome": outcome,
            "measures": {
                name: None if np.isnan(value[0]) else float(value[0])
                for name, value in values.items()
            },
        }

    @cached_property
    def made(self) -> list[Made]:
        """What became of each forced choice."""
        found = []
        for k, one in enumerate(self.shown.forced):
            days = self.shown.applied[:, k]
            days = days[days > 0]
            found.append(
                Made(
                    one.words,
                    len(days),
                    int(days.min()) if days.size else None,
                    float(np.median(days)) if days.size else None,
                )
            )
        return found

    def shares(self, futures: Futures) -> dict[str, Estimate]:
        """Share of each outcome with its interval."""
        fine = futures.runs[futures.runs["status"] == 0]
        return outcome_shares(fine, list(self.scenario.outcomes))

    def as_json(self) -> Json:
        """Everything as one object of plain values."""
        fork = {
            "scenario": self.scenario.id,
            "digest": self.scenario.digest,
            "seed": self.plain.seed,
            "replication": self.plain.replication,
            "day": self.day,
            "draws": self.draws,
            "runs": len(self.shown),
            "set": {change.path: [change.before, change.after] for change in self.shown.changed},
            "forced": [one._asdict() for one in self.made],
            "original": self.original,
        }
        if self.comparison is None:
            return {
                "fork": fork,
                "runs": len(self.plain),
                "outcomes": shares_as_json(self.shares(self.plain)),
            }
        return {"fork": fork, **CompareAnswer(self.comparison).as_json()}

    def notes(self) -> list[str]:
        """What somebody who reads the numbers should know first."""
        found = []
        if self.comparison is not None and self.comparison.no_difference(FORKED):
            found.append(
                "the change moves nothing in any future: perhaps it is read only on the first day, or the actor never came to choose"
            )
        for one in self.made:
            if one.times < len(self.shown):
                found.append(
                    f"{one.words}: made in {one.times:,} of {len(self.shown):,} futures; in the others the actor never came to that choice"
                )
        return found


def forked(
    scenario: Scenario,
    seed: int,
    replication: int,
    day: int,
    *,
    runs: int,
    draws: str,
    changes: Mapping[str, object] | None = None,
    forced: Mapping[str, str] | Sequence[str] | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Forked:
    """Fork a replication, and run the unforked futures with the same draws beside; parameters and errors as for `sim.replication.fork.fork`.

    With common random numbers there is one future, compared with the original.
    """
    past = Fork(scenario, seed, replication)
    which = draws_of(draws)
    count = 1 if which is Draws.COMMON else runs
    changed = None
    if changes or forced:
        changed = past.futures(
            day,
            runs=count,
            draws=which,
            changed=changes,
            forced=forced,
            jobs=jobs,
            progress=progress,
        )
    return Forked(
        past, past.futures(day, runs=count, draws=which, jobs=jobs, progress=progress), changed
    )


def write_tables(of: Forked, folder: Path) -> None:
    """Write `fork.json`, and a row a future as `futures.csv` and, of the unforked ones, `unforked.csv`; with a comparison `compare.csv` too."""
    make_folder(folder)
    files = {"fork.json": json_text(of.as_json()) + "\n", "futures.csv": _csv(of.shown)}
    if of.changed is not None:
        files["unforked.csv"] = _csv(of.plain)
    for name, text in files.items():
        write_file(folder / name, text)


def _csv(futures: Futures) -> str:
    text = io.StringIO()
    table = futures.runs.copy()
    for k, one in enumerate(futures.forced):
        table.insert(
            3 + k,
            f"day of {one.words}",
            np.where(futures.applied[:, k] > 0, futures.applied[:, k], np.nan),
        )
    table.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
