"""What a caller may ask of a run: numbers within their range, a seed, workers, names of folders."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from sim.ensemble.engine import ChooseEngine, engine_of
from sim.ensemble.location import Location
from sim.ensemble.manifest import read_manifest
from sim.ensemble.progress import Progress
from sim.plain import seed_number
from sim.scenario import Scenario

LONGEST_SLUG = 80
_NEW_SEED_BITS = 32  # short enough to read out in class


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How ensembles are made. Nothing here moves a result.

    `executor` does the work instead of own workers, `jobs` tasks at a time; `fresh` discards what
    an earlier run left; `command` is what the manifest records as the call.
    """

    jobs: int = field(default_factory=processors)
    executor: Executor | None = None
    progress: Progress = field(default_factory=Progress)
    fresh: bool = False
    command: str | None = None
    engine: ChooseEngine = engine_of


def root_seed(
    scenario: Scenario, seed: int | None, folder: Path | None = None, *, fresh: bool = False
) -> int:
    """The seed of a run: the one given, else that of the same scenario's results, else a new one.

    `folder` is where results may lie; with `fresh` they do not count. A `ModelError` if it is no
    seed.
    """
    if seed is not None:
        return seed_number(seed)
    manifest = None if fresh or folder is None else read_manifest(folder)
    if manifest is not None and manifest.digest == scenario.digest and manifest.seed is not None:
        return manifest.seed
    return secrets.randbits(_NEW_SEED_BITS)


def seed_at(location: Location, scenario: Scenario, seed: int | None, *, fresh: bool) -> int:
    """The seed of a run whose results go to a location; fetches what the run resumes from."""
    if not fresh:
        location.fetch()
    return root_seed(scenario, seed, location.folder, fresh=fresh)


def slug(name: str) -> str:
    """A name as the name of a folder, of a bounded length.

    Names that would lose what tells them apart, in other scripts or by their length, get a digest.
    """
    plain = re.sub(r"[^a-z0-9._-]+", "_", name.lower()).strip("._") or "scenario"
    if name.isascii() and len(plain) <= LONGEST_SLUG:
        return plain
    return f"{plain[:LONGEST_SLUG]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
