"""Ensembles made up for tests, without the engine: quick, and the same every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from sim.engine.world import tables
from sim.scenario import Scenario, load
from sim.scenario.spec import Quantity
from sim.vocabulary.codes import EventKind
from sim.vocabulary.measures import DEFAULT_OUTCOMES, Measure, measures

STATES, GROUPS = ("arland", "borland"), ("hill_front",)
SECTORS = ("arland_east", "arland_south", "borland_west", "borland_north")
VIEWS = (("arland", "borland"), ("borland", "arland"))
HERE = Path(__file__).parent
STEPS = np.array([-3, -2, -1, 0, 1, 2, 3])
ODDS = np.array([0.06, 0.10, 0.16, 0.42, 0.14, 0.08, 0.04])


class Shape(Protocol):
    """What tables need to know of a scenario."""

    @property
    def horizon(self) -> int: ...
    @property
    def outcomes(self) -> Mapping[str, Any]: ...
    @property
    def measures(self) -> Sequence[Measure]: ...


@dataclass(frozen=True)
class Outline:
    """A scenario of two states as tables see it, of any length and with any groups."""

    horizon: int = 180
    groups: tuple[str, ...] = GROUPS
    outcomes: Mapping[str, Any] = field(default_factory=lambda: DEFAULT_OUTCOMES)

    @property
    def measures(self) -> Sequence[Measure]:
        return measures(STATES, self.groups, SECTORS, VIEWS)

    def numbers(self) -> dict[str, Quantity]:
        """None, so that none is drawn."""
        return {}


@dataclass(frozen=True)
class Replication:
    """A replication run again: its log, and its rungs by day."""

    events: np.ndarray
    rung: np.ndarray


@dataclass(frozen=True)
class Ensemble:
    """Finished replications of a scenario, as a report asks for them."""

    scenario: Scenario
    folder: Path
    runs: pd.DataFrame
    series: pd.DataFrame
    failed: pd.DataFrame
    seed: int = 12

    def first(self, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.runs, self.series

    def columns(self) -> pd.DataFrame:
        return self.runs

    def rerun(self, scenario: Scenario, seed: int, number: int) -> Replication:
        """A replication with the rungs that it has in the table."""
        mine = self.series["replication"] == number
        return story(scenario, self.series[mine]["rung"].to_numpy(), seed)


def ensemble(scenario: Scenario, folder: Path, runs: int = 30, failed: int = 0) -> Ensemble:
    """An ensemble whose first replications failed."""
    made, series = ensemble_tables(runs, about=scenario)
    return Ensemble(scenario, folder, fail(made, list(range(failed))), series, failures(failed))


def two_states(**overrides: object) -> Scenario:
    """A real scenario of two states, one group, four sectors and two stretches of border."""
    return load(HERE / "two_states.yaml", overrides)


def bare() -> Scenario:
    """A real scenario of two states that do not touch, without groups, for a week."""
    return load(HERE / "bare.yaml")


def log(*rows: dict[str, object]) -> np.ndarray:
    """Events from what is given: `kind` by name, else NOBODY or, for the dead, none."""
    out = np.zeros(len(rows), tables.EVENT)
    for name in (
        "actor",
        "target",
        "action",
        "sector",
        "group",
        "claimed",
        "admitted",
        "counter_claimed",
        "own_admitted",
    ):
        out[name] = tables.NOBODY
    for k, row in enumerate(rows):
        for name, value in row.items():
            out[name][k] = EventKind.of(str(value)) if name == "kind" else value
    return out


def story(scenario: Scenario, rung: np.ndarray, seed: int = 5) -> Replication:
    """A replication with these rungs: acts that fit them, attacks, ceasefires and closures."""
    rng = np.random.default_rng(seed)
    groups, sectors = len(scenario.file.groups), len(scenario.file.sectors)
    rows: list[dict[str, object]] = []
    truce = closed = False
    for day, now in enumerate(rung.tolist(), start=1):
        if groups and rng.random() < 0.5:
            rows.append(
                {
                    "day": day,
                    "kind": "attack",
                    "actor": 2,
                    "target": 0,
                    "action": rng.integers(4),
                    "sector": rng.integers(sectors),
                    "group": 0,
                }
            )
            rows[-1] |= {
                "dead_security": int(rng.lognormal(0.5, 1)),
                "dead_civilians": rng.integers(3),
                "dead_militants": rng.integers(2),
                "value": rng.integers(2),
            }
        if now >= 2:
            side, place = int(rng.integers(2)), int(rng.integers(sectors))
            rows.append(
                {
                    "day": day,
                    "kind": "act",
                    "actor": side,
                    "target": 1 - side,
                    "action": now + (now > 5),
                    "sector": place,
                }
            )
            rows[-1] |= {
                "dead_own": rng.integers(5),
                "dead_security": int(rng.integers(3 * now)),
                "claimed": 40,
                "admitted": 3,
                "counter_claimed": 12,
                "own_admitted": 1,
            }
        if now <= 1 and not truce and rng.random() < 0.3:
            rows.append(
                {"day": day, "kind": "offer", "actor": 0, "target": 1, "group": 0, "value": 3}
            )
            rows.append(
                {
                    "day": day,
                    "kind": "ceasefire",
                    "actor": 0,
                    "target": 1,
                    "action": 0,
                    "group": 0,
                    "value": 0.34,
                }
            )
            truce = True
        if now >= 5 and truce:
            rows.append(
                {
                    "day": day,
                    "kind": "ceasefire_end",
                    "actor": 0,
                    "target": 1,
                    "action": 0,
                    "group": 1,
                    "value": 9,
                }
            )
            truce = False
        if rng.random() < 0.03:
            closed = not closed
            rows.append(
                {
                    "day": day,
                    "kind": "close_crossings" if closed else "open_crossings",
                    "actor": 0,
                    "target": 1,
                }
            )
    return Replication(log(*rows), rung)


def rungs(runs: int, horizon: int, seed: int = 1) -> np.ndarray:
    """(runs, horizon) rungs: a walk between calm and open war that likes tension best."""
    rng = np.random.default_rng(seed)
    step = rng.choice(STEPS, p=ODDS, size=(runs, horizon))
    out = np.empty((runs, horizon), np.int64)
    now = np.full(runs, 5)
    for day in range(horizon):
        now = np.clip(now + step[:, day], 0, 6)
        out[:, day] = now
    return out


def first(flags: np.ndarray) -> np.ndarray:
    """(runs,) first day on which a flag is up, NaN if never."""
    return np.where(flags.any(axis=1), flags.argmax(axis=1) + 1.0, np.nan)


def ensemble_tables(
    runs: int = 200, seed: int = 1, about: Shape | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `runs` and `series` that agree with each other."""
    about = about or Outline()
    horizon = about.horizon
    rng = np.random.default_rng([seed, 2])
    rung = rungs(runs, horizon, seed)
    interstate = rng.poisson(np.array([0, 0, 0.5, 4, 8, 20, 45, 0])[rung])
    deaths = interstate + rng.poisson(3.0, rung.shape)
    fire = first(rng.random(rung.shape) < 0.05 * (rung > 2))
    length = rng.geometric(0.02, runs).astype(float)
    left = horizon - fire
    war = first(rung == 6)
    fought, more = rng.geometric(0.1, runs).astype(float), horizon + 1 - war
    table = {measure.name: rng.poisson(3.0, runs).astype(float) for measure in about.measures}
    table |= {f"days_at_rung_{r}": (rung == r).sum(axis=1).astype(float) for r in range(8)}
    table |= {
        "max_rung": rung.max(axis=1),
        "max_rung_day": rung.argmax(axis=1) + 1.0,
        "first_limited_strike_day": first(rung == 4),
        "first_raid_day": first(rung == 3),
        "first_open_war_day": war,
        "first_war_days": np.minimum(fought, more),
        "first_war_over": np.where(np.isnan(war), 0, fought < more),
        "war_at_end": rung[:, -1] == 6,
        "first_ceasefire_day": fire,
        "first_ceasefire_length": np.minimum(length, left),
        "first_ceasefire_broken": np.where(np.isnan(fire), 0, length < left),
        "ceasefire_at_end": np.where(np.isnan(fire), 0, length >= left),
        "deaths": deaths.sum(axis=1),
        "interstate_deaths": interstate.sum(axis=1),
        "window_max_rung": rung[:, -30:].max(axis=1),
    }
    table = {measure.name: np.asarray(table[measure.name], float) for measure in about.measures}
    frame = pd.DataFrame(
        {
            "replication": np.arange(runs),
            "status": np.zeros(runs, np.int64),
            "outcome": _outcomes(table, runs),
        }
    )
    columns = {
        measure.name: _column(table[measure.name], measure.whole) for measure in about.measures
    }
    frame = pd.concat([frame, pd.DataFrame(columns)], axis=1)
    days = np.tile(np.arange(1, horizon + 1), runs)
    series = {
        "replication": np.repeat(np.arange(runs), horizon),
        "day": days,
        "rung": rung.ravel(),
        "deaths": deaths.ravel(),
        "interstate": interstate.ravel(),
    }
    return frame, pd.DataFrame(series)


def fail(frame: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    """The table with these replications failed."""
    out = frame.copy()
    out.loc[rows, "status"] = 1
    out.loc[rows, "outcome"] = None
    out.loc[rows, out.columns[3:]] = None
    return out


def failures(count: int) -> pd.DataFrame:
    """The table of failed replications."""
    rows = [
        {
            "replication": k,
            "stage": "run",
            "error": "not finite",
            "day": 3,
            "rerun": f"replay x.yaml --replication {k}",
            "traceback": "",
        }
        for k in range(count)
    ]
    return pd.DataFrame(
        rows, columns=["replication", "stage", "error", "day", "rerun", "traceback"]
    )


def _column(values: np.ndarray, whole: bool) -> pd.Series:
    return pd.Series(values).astype("Int64") if whole else pd.Series(values)


def _outcomes(table: dict[str, np.ndarray], runs: int) -> list[str]:
    high, holding = table["window_max_rung"], table["ceasefire_at_end"]
    names = np.where(
        high >= 6,
        "war, not over",
        np.where(
            high >= 4, "strikes, no truce", np.where(holding > 0, "war, then a truce", "quiet")
        ),
    )
    return [str(name) for name in names[:runs]]
