"""Read a results folder that was finished earlier."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.ensemble import tables
from sim.ensemble.location import Location
from sim.ensemble.manifest import MANIFEST, Manifest, read_manifest
from sim.ensemble.progress import Note, note_of
from sim.ensemble.result import Ensemble
from sim.ensemble.seal import seal
from sim.ensemble.store import RESOLVED, RESULTS, SEALED
from sim.errors import ScenarioError, StoreError
from sim.files import Place, place
from sim.scenario import Scenario, load

RUNS = "runs.parquet"


def reopen(folder: Place, note: Note | None = None) -> Ensemble:
    """Open the folder of an ensemble.

    Parameters
    ----------
    folder : that an earlier run wrote, or its address for fsspec
    note : is told what a user should know

    Returns
    -------
    Ensemble

    Raises
    ------
    StoreError : if there is no such folder, it holds no finished results, or those of a study, or
        they are not as the run left them
    """
    location = Location(folder)
    location.fetch((MANIFEST, RESOLVED, *RESULTS))
    folder = location.folder
    manifest = manifest_of(folder)
    if manifest.design:
        raise StoreError(
            f"{location}: must be a results folder of one scenario, got a study of many points "
            "(compare the points you mean as separate runs)"
        )
    if not (folder / RUNS).is_file():
        raise _refusal(location, manifest, "got none")
    if manifest.checksums is None and note is not None:
        note(note_of("no_table_checksums", place=str(location)))
    _check_seals(location, manifest)
    try:
        scenario = load(folder / RESOLVED)
    except ScenarioError as error:
        raise StoreError(
            f"{folder / RESOLVED}: must be the scenario of these results: {error.problems[0]}"
        ) from error
    size = _size(location, manifest, scenario)
    assert manifest.seed is not None
    return Ensemble(scenario, manifest.seed, location, size)


def _check_seals(location: Location, manifest: Manifest) -> None:
    """Refuse what is not as the run left it; what a folder without checksums holds is believed."""
    if manifest.checksums is None:
        return
    for name in SEALED:
        known, path = manifest.checksums.get(name), location.folder / name
        if path.is_file() and known != seal(manifest.identity, path):
            raise _refusal(location, manifest, f"got a {name} that was changed or half made")
        if known is not None and not path.is_file():
            raise _refusal(location, manifest, f"{name} is missing")


def _size(location: Location, manifest: Manifest, scenario: Scenario) -> int:
    """The number of replications in the tables, if they are those of a scenario."""
    try:
        table = pq.ParquetFile(location.folder / RUNS)
        names, size = table.schema_arrow.names, int(table.metadata.num_rows)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _refusal(location, manifest, f"got a {RUNS} that cannot be read") from error
    lacks = [one for one in tables.runs_schema(scenario.measures).names if one not in names]
    if lacks:
        raise StoreError(
            f"{location.folder / RUNS}: must have the columns of this version, got none called "
            f"{lacks[0]} (run it again: {manifest.command or 'the same command'} --fresh)"
        )
    if not size:
        raise _refusal(location, manifest, "got none")
    return size


def _refusal(location: Location, manifest: Manifest, got: str) -> StoreError:
    return StoreError(
        f"{location}: must hold finished results, {got} "
        f"(finish them: {manifest.command or 'the same run command'})"
    )


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
