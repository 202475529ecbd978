"""Read a results folder that was finished earlier."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from sim.ensemble.location import Location
from sim.ensemble.manifest import MANIFEST, Manifest, read_manifest
from sim.ensemble.result import Ensemble
from sim.ensemble.store import RESOLVED, RESULTS
from sim.errors import ScenarioError, StoreError
from sim.files import Place, place
from sim.scenario import load


def reopen(folder: Place) -> Ensemble:
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
    location = Location(folder)
    location.fetch((MANIFEST, RESOLVED, *RESULTS))
    folder = location.folder
    manifest = manifest_of(folder)
    if manifest.design:
        raise StoreError(
            f"{folder}: must be a results folder of one scenario, got a study of many points "
            "(compare the points you mean as separate runs)"
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
            f"{folder}: must hold finished results, got none "
            f"(finish them: {manifest.command or 'the same run command'})"
        ) from error
    assert manifest.seed is not None
    return Ensemble(scenario, manifest.seed, location, size)


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a results folder. Raise a `StoreError` if it is none."""
    if not folder.is_dir():
        got = "a file" if folder.exists() else "no such folder"
        raise StoreError(f"{folder}: must be a results folder, got {got}")
    manifest = read_manifest(folder)
    if manifest is None or manifest.seed is None:
        raise StoreError(f"{folder}: must be a results folder, got one without {MANIFEST} of a run")
    return manifest


def folders(given: str) -> list[str | Path]:
    """The results folders that a name means.

    Itself; or those in it, in the order of their names, as a comparison leaves them.
    """
    folder = place(given)
    if isinstance(folder, str) or (folder / MANIFEST).is_file() or not folder.is_dir():
        return [folder]
    return [path.parent for path in sorted(folder.glob(f"*/{MANIFEST}"))] or [folder]
