"""A results folder that was finished earlier, opened to be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sim.ensemble.location import Place
from sim.ensemble.result import Ensemble
from sim.ensemble.store import MANIFEST, RESOLVED, RESULTS, read_manifest
from sim.errors import ScenarioError, StoreError
from sim.scenario import load


def opened(folder: str | os.PathLike[str]) -> Ensemble:
    """Open the folder of an ensemble.

    Parameters
    ----------
    folder : that an earlier run wrote, or its address for fsspec

    Returns
    -------
    Ensemble

    Raises
    ------
    StoreError : if there is no such folder, or it holds no finished results, or those of a study
    """
    place = Place(folder)
    place.fetch((MANIFEST, RESOLVED, *RESULTS))
    folder = place.folder
    manifest = manifest_of(folder)
    if manifest.get("design"):
        raise StoreError(
            f"{folder}: must be a results folder of one scenario, got a study of many points (run the points that are meant by themselves)"
        )
    try:
        scenario = load(folder / RESOLVED)
    except ScenarioError as error:
        raise StoreError(
            f"{folder / RESOLVED}: must be the scenario of these results: {error.problems[0]}"
        ) from error
    try:
        size = int(pq.read_metadata(folder / "runs.parquet").num_rows)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder}: must hold finished results, got none (finish them: {manifest.get('command') or 'the same run command'})"
        ) from error
    return Ensemble(scenario, int(manifest["seed"]), place, size)


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a results folder. Raise a `StoreError` if it is none."""
    if not folder.is_dir():
        raise StoreError(
            f"{folder}: must be a results folder, got {'a file' if folder.exists() else 'no such folder'}"
        )
    manifest = read_manifest(folder)
    if manifest is None or not isinstance(manifest.get("seed"), int):
        raise StoreError(f"{folder}: must be a results folder, got one without {MANIFEST} of a run")
    return manifest


def folders(given: str) -> list[str | Path]:
    """The results folders meant by one: itself, or those in it, in the order of their names, as a comparison leaves them."""
    folder = Path(given)
    if "://" in given or (folder / MANIFEST).is_file() or not folder.is_dir():
        return [given]
    return [path.parent for path in sorted(folder.glob(f"*/{MANIFEST}"))] or [given]
