"""Only what the run itself wrote is believed: checksums of chunks and tables, in every store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.design.factors import Design, Factor
from sim.ensemble.manifest import Manifest, read_manifest
from sim.ensemble.reopen import reopen
from sim.errors import StoreError
from sim.scenario import Scenario

from .conftest import Listener, run, run_design, run_many, tables

CHUNK = "000000-000249"


def edit(path: Path) -> None:
    """Change a number of a table and write the table whole, as an editor would."""
    table = pq.read_table(path)
    name = next(
        n for n in ("deaths_total", "deaths", table.column_names[-1]) if n in table.schema.names
    )
    at = table.schema.get_field_index(name)
    kind = table.schema.field(at).type
    values = pa.array([999_999 if pa.types.is_int64(kind) else 99] * len(table)).cast(kind)
    pq.write_table(table.set_column(at, table.schema.field(at), values), path)


def points() -> Design:
    lever = Factor("mediators.lakeland.leverage.westmark", "Leverage", 0, 1)
    return Design.of([lever], np.array([[0.1], [0.9]]))


Make = Callable[[Path | str, Listener], object]


@pytest.fixture
def makers(scenario: Scenario, other: Scenario) -> dict[str, Make]:
    """A way to make each kind of folder; the edited chunk lies in the part with the name."""
    both = {"a": scenario, "b": other}
    return {
        "": lambda out, says: run(scenario, runs=300, seed=7, out=out, progress=says),
        "b": lambda out, says: run_many(both, runs=300, seed=7, out=out, progress=says),
        "./": lambda out, says: run_design(
            scenario, points(), runs=150, seed=7, out=out, progress=says
        ),
    }


@pytest.mark.parametrize("part", ["", "b", "./"])
@pytest.mark.parametrize("kind", ["chunks", "series"])
def test_a_chunk_that_was_edited_is_run_again_and_that_is_said(
    makers: dict[str, Make], listener: Listener, tmp_path: Path, part: str, kind: str
) -> None:
    makers[part](tmp_path / "x", Listener())
    folder = tmp_path / "x" / part
    before = {path: path.read_bytes() for path in folder.glob("*.parquet")}
    edit(folder / kind / f"{CHUNK}.parquet")
    makers[part](tmp_path / "x", listener)
    assert listener.ran == 250
    assert listener.notes == [
        f"{folder / 'chunks' / CHUNK}.parquet was changed: replications 0 to 249 are run again"
    ]
    assert {path: path.read_bytes() for path in folder.glob("*.parquet")} == before
    makers[part](tmp_path / "x", again := Listener())
    assert (again.ran, again.notes) == (0, [])


def test_in_a_remote_store_too(scenario: Scenario, listener: Listener, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    address = "memory://sealed/run"
    run(scenario, runs=300, seed=7, out=address)
    before = memory.cat_file("/sealed/run/runs.parquet")
    memory.get_file(f"/sealed/run/chunks/{CHUNK}.parquet", str(tmp_path / "chunk"))
    edit(tmp_path / "chunk")
    memory.put_file(str(tmp_path / "chunk"), f"/sealed/run/chunks/{CHUNK}.parquet")
    run(scenario, runs=300, seed=7, out=address, progress=listener)
    assert listener.ran == 250
    assert "was changed: replications 0 to 249 are run again" in listener.notes[0]
    assert memory.cat_file("/sealed/run/runs.parquet") == before
    memory.rm("/sealed", recursive=True)


def test_an_edited_chunk_of_an_unfinished_run_is_found_too(
    scenario: Scenario, listener: Listener, tmp_path: Path
) -> None:
    class Tired(Listener):
        def advance(self, count: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(scenario, runs=600, seed=7, jobs=1, out=tmp_path, progress=Tired())
    assert read_manifest(tmp_path).checksums == {}
    edit(tmp_path / "chunks" / f"{CHUNK}.parquet")
    run(scenario, runs=600, seed=7, out=tmp_path, progress=listener)
    assert listener.ran == 600
    assert "was changed" in listener.notes[0]


def change(folder: Path, **values: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | values))


def test_chunks_are_not_believed_under_another_seed(
    scenario: Scenario, listener: Listener, tmp_path: Path
) -> None:
    run(scenario, runs=300, seed=7, out=tmp_path / "x")
    change(tmp_path / "x", seed=8)
    run(scenario, runs=300, seed=8, out=tmp_path / "x", progress=listener)
    assert listener.ran == 300
    right = run(scenario, runs=300, seed=8, out=tmp_path / "y")
    assert tables(tmp_path / "x") == tables(right.folder)


@pytest.mark.parametrize("without", ["checksums", "both"])
def test_a_folder_without_checksums_is_run_again_and_that_is_said(
    scenario: Scenario, listener: Listener, tmp_path: Path, without: str
) -> None:
    run(scenario, runs=600, seed=7, out=tmp_path)
    before = tables(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    del manifest["checksums"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    if without == "both":
        shutil.rmtree(tmp_path / "checksums")
    run(scenario, runs=600, seed=7, out=tmp_path, progress=listener)
    words = "chunks without a checksum, as in folders of earlier versions: 600 replications are"
    assert listener.ran == (600 if without == "both" else 0)
    assert [words in note for note in listener.notes] == ([True] if without == "both" else [])
    assert tables(tmp_path) == before


def test_the_ledger_has_checksums_too(scenario: Scenario, tmp_path: Path) -> None:
    from sim.ensemble.runner import run as run_rules
    from sim.replication.ledger_files import write_ledger

    made = run_rules(scenario, runs=12, seed=7, out=tmp_path)
    write_ledger(made, 12)
    files = sorted((tmp_path / "ledger").rglob("*.parquet"))
    before = {path: path.read_bytes() for path in files}
    pq.write_table(pq.read_table(files[0]).slice(1), files[0])
    files[-1].write_bytes(b"")
    write_ledger(made, 12, listener := Listener())
    assert {path: path.read_bytes() for path in files} == before
    assert [note.partition(":")[2] for note in listener.notes] == [
        f" files of replications {span} are damaged, were changed or have no checksum: "
        "they are made again"
        for span in ("0 to 9", "10 to 11")
    ]
    write_ledger(made, 12, again := Listener())
    assert again.notes == []


@pytest.mark.parametrize("name", ["runs.parquet", "series.parquet", "resolved.yaml"])
@pytest.mark.parametrize("how", ["edited", "gone"])
def test_tables_that_were_changed_are_not_opened_and_are_made_again(
    scenario: Scenario, listener: Listener, tmp_path: Path, name: str, how: str
) -> None:
    run(scenario, runs=20, seed=7, out=tmp_path, command="run_sim.py run two_states")
    before = (tmp_path / name).read_bytes()
    if how == "gone":
        (tmp_path / name).unlink()
    elif name.endswith(".yaml"):
        (tmp_path / name).write_bytes(before.replace(b"Westmark", b"Eastmark", 1))
    else:
        edit(tmp_path / name)
    with pytest.raises(StoreError, match=r"finished results.*finish them: run_sim.py run") as said:
        reopen(tmp_path)
    assert len(str(said.value).splitlines()) == 1
    run(scenario, runs=20, seed=7, out=tmp_path, progress=listener)
    assert (tmp_path / name).read_bytes() == before
    words = {
        "gone": " is missing",
        "edited": ": titles, notes or sources of the scenario have changed",
    }
    told = [f"{tmp_path / name}{words[how]}: written again"] if name == "resolved.yaml" else []
    assert listener.notes == told
    assert reopen(tmp_path).seed == 7


def test_a_folder_of_an_earlier_version_is_opened_and_that_is_said(
    scenario: Scenario, tmp_path: Path
) -> None:
    run(scenario, runs=20, seed=7, out=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    del manifest["checksums"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    listener = Listener()
    assert reopen(tmp_path, listener.note).size == 20
    assert listener.notes == [
        f"{tmp_path}: has no checksums, as in folders of earlier versions: its tables are taken "
        "as they are"
    ]


WRONG = [
    None,
    "x",
    "",
    "\x1b[2J\nx",
    5,
    -1,
    1e9,
    1e400,
    10**30,
    True,
    [],
    ["x"],
    {},
    {"x": 1},
    {"x": {}},
]


@pytest.mark.parametrize("name", [one.name for one in fields(Manifest)])
def test_any_value_of_any_field_is_taken_or_refused_in_one_sentence(
    scenario: Scenario, tmp_path: Path, name: str
) -> None:
    run(scenario, runs=3, seed=7, out=tmp_path / "whole")
    refused = 0
    for value in WRONG:
        for call in (lambda f: run(scenario, runs=3, seed=7, out=f), reopen):
            folder = tmp_path / "wrong"
            shutil.copytree(tmp_path / "whole", folder)
            change(folder, **{name: value})
            said = refusal(call, folder)
            shutil.rmtree(folder)
            if said:
                refused += 1
                assert said.isprintable(), value
                assert str(folder) in said, value
                assert len(said) < 2000, value
    assert refused


def refusal(call: Callable[[Path], object], folder: Path) -> str:
    """What a call says against a folder; empty if it takes it."""
    try:
        call(folder)
    except StoreError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("text", ["[" * 100_000, '{"seed": ' + "9" * 5000 + "}", "\ufeff{}", "nul"])
def test_what_is_no_manifest_is_one_sentence(scenario: Scenario, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"manifest\.json: must be") as said:
        run(scenario, runs=3, seed=7, out=tmp_path)
    assert len(str(said.value).splitlines()) == 1


class Thief(Listener):
    """Removes the folder, or what is in it, in the middle of a run."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act = act

    def advance(self, count: int) -> None:
        super().advance(count)
        if self.ran == 500:
            self.act()


def _empty(folder: Path) -> None:
    for path in folder.rglob("*.parquet"):
        path.unlink()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_removed_meanwhile_is_not_told_as_kept(
    scenario: Scenario, tmp_path: Path, jobs: int
) -> None:
    out = tmp_path / "out"
    thief = Thief(lambda: shutil.rmtree(out))
    with pytest.raises(StoreError, match=f"; nothing is kept: {out} was removed meanwhile$"):
        run(scenario, runs=1000, seed=7, jobs=jobs, out=out, progress=thief)
    thief = Thief(lambda: _empty(out))
    with pytest.raises(StoreError, match=r"was damaged during the run .*; [25]00 of 1,000 repl"):
        run(scenario, runs=1000, seed=7, jobs=1, out=out, progress=thief)
