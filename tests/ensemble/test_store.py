"""A results folder refuses to mix, survives damage and full disks, and has one writer."""

from __future__ import annotations

import errno
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.engine.cache import sources
from sim.ensemble import tables
from sim.ensemble.lock import Lock
from sim.ensemble.manifest import rules_digest
from sim.errors import StoreError
from sim.files import whole_file
from sim.scenario import Scenario
from sim.version import __version__

from .conftest import Listener, run
from .conftest import tables as bytes_of


def test_a_folder_says_what_it_is(scenario: Scenario, tmp_path: Path) -> None:
    run(scenario, runs=300, seed=7, out=tmp_path / "s", command="run_sim.py two_states")
    manifest = json.loads((tmp_path / "s" / "manifest.json").read_text())
    assert manifest["scenario"] == "two_states"
    assert (manifest["digest"], manifest["seed"], manifest["runs"], manifest["failed"]) == (
        scenario.digest,
        7,
        300,
        0,
    )
    assert manifest["command"] == "run_sim.py two_states"
    assert {
        "escalation",
        "python",
        "numpy",
        "numba",
        "scipy",
        "pandas",
        "pyarrow",
        "mesa",
    } <= manifest["versions"].keys()
    assert (tmp_path / "s" / "resolved.yaml").read_text() == scenario.resolved_text()
    assert sorted(
        p.relative_to(tmp_path / "s").as_posix() for p in (tmp_path / "s").rglob("*.parquet")
    ) == [
        "chunks/000000-000249.parquet",
        "chunks/000250-000299.parquet",
        "runs.parquet",
        "series.parquet",
        "series/000000-000249.parquet",
        "series/000250-000299.parquet",
    ]


def test_another_scenario_is_refused(scenario: Scenario, other: Scenario, tmp_path: Path) -> None:
    run(scenario, runs=5, seed=7, out=tmp_path)
    before = bytes_of(tmp_path)
    words = (
        f"must not be mixed with these: digest of the scenario {scenario.digest[:12]} there, "
        rf"{other.digest[:12]} here \(choose another --out"
    )
    with pytest.raises(StoreError, match=words):
        run(other, runs=5, seed=7, out=tmp_path)
    assert bytes_of(tmp_path) == before


def test_another_seed_is_refused(scenario: Scenario, tmp_path: Path) -> None:
    run(scenario, runs=5, seed=7, out=tmp_path)
    with pytest.raises(
        StoreError,
        match=r"mixed with these: seed 7 there, 8 here "
        r"\(choose another --out, or discard them with --fresh\)",
    ):
        run(scenario, runs=5, seed=8, out=tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda m: m.update(engine="0123456789abcdef"),
            r"version of the rules \(digest of their text\) 0123456789ab there",
        ),
        (lambda m: m["versions"].update(numpy="1.0"), r"numpy 1\.0 there"),
        (lambda m: m["versions"].pop("escalation"), f"escalation None there, {__version__} here"),
        (lambda m: m.pop("versions"), r"numba None there"),
    ],
)
def test_other_versions_are_refused(
    scenario: Scenario, tmp_path: Path, change: Callable[[dict], object], words: str
) -> None:
    run(scenario, runs=5, seed=7, out=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    change(manifest)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(StoreError, match=words):
        run(scenario, runs=5, seed=7, out=tmp_path)


def test_the_digest_of_the_rules_is_of_their_text() -> None:
    assert {"acts.py", "quantal.py", "day.py"} <= {path.name for path in sources()}
    assert rules_digest() != hashlib.sha256().hexdigest()[:16]


def test_without_a_seed_the_folders_own_goes_on(
    scenario: Scenario, tmp_path: Path, listener: Listener
) -> None:
    first = run(scenario, runs=20, out=tmp_path)
    second = run(scenario, runs=20, out=tmp_path, progress=listener)
    assert second.seed == first.seed
    assert listener.ran == 0


def test_without_a_seed_and_a_folder_each_run_has_its_own(scenario: Scenario) -> None:
    assert run(scenario, runs=1).seed != run(scenario, runs=1).seed


def test_a_temporary_folder_goes_with_its_ensemble(scenario: Scenario) -> None:
    ensemble = run(scenario, runs=5, seed=7)
    folder = ensemble.folder
    assert (folder / "runs.csv").exists()
    del ensemble
    assert not folder.exists()


def test_fresh_discards_what_is_ours_and_nothing_else(
    scenario: Scenario, other: Scenario, tmp_path: Path, listener: Listener
) -> None:
    run(scenario, runs=300, seed=7, out=tmp_path / "s")
    (tmp_path / "s" / "notes.txt").write_text("mine")
    fresh = run(other, runs=20, seed=8, out=tmp_path / "s", fresh=True, progress=listener)
    assert (tmp_path / "s" / "notes.txt").read_text() == "mine"
    assert listener.ran == 20
    assert bytes_of(fresh.folder) == bytes_of(
        run(other, runs=20, seed=8, out=tmp_path / "t").folder
    )


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(
    "name", ["runs.csv", "report.html", "resolved.yaml", "chunks/000000-000249.parquet"]
)
def test_files_of_an_unknown_run_are_not_overwritten(
    scenario: Scenario, tmp_path: Path, name: str, fresh: bool
) -> None:
    (tmp_path / "s" / name).parent.mkdir(parents=True)
    (tmp_path / "s" / name).write_text("mine")
    with pytest.raises(
        StoreError,
        match=r"s: holds .* but no manifest.json, so it cannot be matched to a run "
        r"\(choose another --out\)",
    ):
        run(scenario, runs=5, seed=7, out=tmp_path / "s", fresh=fresh)
    assert (tmp_path / "s" / name).read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "manifest.json: must be JSON"), ("[]", "manifest.json: must be an object")],
)
def test_a_manifest_that_cannot_be_read_is_said(
    scenario: Scenario, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=words):
        run(scenario, runs=5, seed=7, out=tmp_path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_rows(path: Path) -> None:
    path.write_bytes((path.parent / "000000-000249.parquet").read_bytes())


@pytest.mark.parametrize("damage", [cut, empty, other_rows, Path.unlink])
@pytest.mark.parametrize("kind", ["chunks", "series"])
def test_a_damaged_chunk_is_run_again(
    scenario: Scenario,
    tmp_path: Path,
    listener: Listener,
    kind: str,
    damage: Callable[[Path], None],
) -> None:
    run(scenario, runs=600, seed=7, out=tmp_path)
    before = bytes_of(tmp_path)
    damage(tmp_path / kind / "000500-000599.parquet")
    run(scenario, runs=600, seed=7, out=tmp_path, progress=listener)
    assert listener.ran == 100
    gone = kind == "chunks" and damage is Path.unlink
    assert listener.notes == (
        []
        if gone
        else [
            f"{tmp_path / 'chunks' / '000500-000599.parquet'} "
            f"{'was changed' if damage is other_rows else 'is damaged'}: "
            "replications 500 to 599 are run again"
        ]
    )
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize("kind", ["chunks", "series"])
def test_no_wrong_byte_becomes_a_wrong_number(
    scenario: Scenario, tmp_path: Path, kind: str
) -> None:
    run(scenario, runs=40, seed=7, out=tmp_path)
    path = tmp_path / kind / "000000-000039.parquet"
    data, schema = (
        path.read_bytes(),
        tables.SERIES if kind == "series" else tables.chunk_schema(scenario.measures),
    )
    right = tables.read(path, schema)
    assert right is not None
    noticed = 0
    for place in range(0, len(data), max(1, len(data) // 150)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        found = tables.read(path, schema)
        assert found is None or found.equals(right), place
        noticed += found is None
    assert noticed > 20


def test_what_a_killed_process_left_half_written_is_swept(
    scenario: Scenario, tmp_path: Path
) -> None:
    run(scenario, runs=5, seed=7, out=tmp_path)
    left = [
        tmp_path / "runs.csv.99.tmp",
        tmp_path / "chunks" / "000000-000249.parquet.99.tmp",
        tmp_path / "series" / "x.tmp",
    ]
    for path in left:
        path.touch()
    run(scenario, runs=5, seed=7, out=tmp_path)
    assert not [path for path in left if path.exists()]


def test_two_runs_never_write_into_one_folder(scenario: Scenario, tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    lock.acquire()
    with pytest.raises(
        StoreError,
        match=r"another process \(number \d+\) is writing here; "
        "wait for it, or choose another --out",
    ):
        run(scenario, runs=5, seed=7, out=tmp_path)
    lock.release()
    run(scenario, runs=5, seed=7, out=tmp_path)


def test_the_lock_of_a_dead_process_is_free(tmp_path: Path, root: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from sim.ensemble.lock import Lock; "
        "Lock(Path(sys.argv[1])).acquire(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=False)
    assert done.returncode == -9
    assert (tmp_path / ".lock").read_text().isdigit()
    lock = Lock(tmp_path)
    lock.acquire()
    lock.release()


def test_a_full_disk_loses_no_finished_chunk(
    scenario: Scenario, tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, write = [], tables.write

    def full(table, file, **how):
        if len(written) == 5:  # two files a chunk: the third has its series, then the disk is full
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(table)
        write(table, file, **how)

    monkeypatch.setattr(tables, "write", full)
    words = (
        "chunks: cannot be written: No space left on device; 500 of 1,000 replications are kept "
        "in .*; the same command with --out .* resumes there"
    )
    with pytest.raises(StoreError, match=words):
        run(scenario, runs=1000, seed=7, jobs=1, out=tmp_path / "full")
    assert not list((tmp_path / "full").rglob("*.tmp"))
    monkeypatch.setattr(tables, "write", write)
    ended = run(scenario, runs=1000, seed=7, out=tmp_path / "full", progress=listener)
    assert listener.done == 500
    assert bytes_of(ended.folder) == bytes_of(
        run(scenario, runs=1000, seed=7, out=tmp_path / "once").folder
    )


@pytest.mark.parametrize("name", ["runs.parquet", "runs.csv", "series.parquet", "manifest.json"])
def test_a_disk_full_at_the_end_loses_no_finished_chunk(
    scenario: Scenario,
    tmp_path: Path,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("sim.files.open", _full_for(name), raising=False)
        with pytest.raises(
            StoreError,
            match=f"^{tmp_path}: cannot be written: No space left on device"
            "(; 300 of 300 replications are kept|$)",
        ):
            run(scenario, runs=300, seed=7, out=tmp_path)
    run(scenario, runs=300, seed=7, out=tmp_path, progress=listener)
    assert listener.done == (0 if name == "manifest.json" else 300)


def _full_for(name: str) -> Callable:
    def opened(path, *mode, **more):
        return (
            open("/dev/full", "wb", buffering=0)
            if Path(path).name.startswith(name)
            else open(path, *mode, **more)
        )

    return opened


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_folder_that_cannot_be_made_is_one_clear_line(
    scenario: Scenario, tmp_path: Path, below: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        StoreError, match=r"file.*: the folder cannot be made: (File exists|Not a directory)"
    ):
        run(scenario, runs=5, seed=7, out=tmp_path / "file" / below)


def test_a_folder_without_permission_is_one_clear_line(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("sim.ensemble.lock.open", refuse, raising=False)
    with pytest.raises(
        StoreError, match=f"^{tmp_path}: the folder cannot be written: Permission denied$"
    ):
        run(scenario, runs=5, seed=7, out=tmp_path)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def half(path: Path) -> None:
        with whole_file(path) as file:
            file.write(b"half")
            raise RuntimeError("midway")

    (tmp_path / "a").write_text("old")
    with pytest.raises(RuntimeError, match="midway"):
        half(tmp_path / "a")
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
