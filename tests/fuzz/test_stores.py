"""Any damage to a results folder: the resume gives the same bytes, or one clear sentence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ensemble.conftest import run, run_design, run_many
from ensemble.stand_in import stand_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from sim.design.factors import Design, Factor
from sim.ensemble.reopen import reopen
from sim.errors import SimError
from sim.scenario import Scenario

#: `make fuzz` sets more; in CI a few examples of each kind of folder are tried.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES") or 8)
#: What has to come back as it was; the rest is made anew by a command, or is a user's own.
RESULTS = ("resolved.yaml", "runs.parquet", "runs.csv", "series.parquet", "design.csv")
NOT_OURS = (".lock",)


def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})


class Homes:
    """Finished folders of each kind, and the call that made each."""

    def __init__(self, at: Path) -> None:
        self.at = at
        one, engine = scenario(), stand_in(chunk=20)
        other = sim.load(one.path, {"horizon": 31, "outcome_window": 10})
        lever = Factor("mediators.lakeland.leverage.westmark", "Leverage", 0, 1)
        points = Design.of([lever], [[0.2], [0.5], [0.8]])
        self.calls: dict[str, Callable[[Path], object]] = {
            "ensemble": lambda out: run(one, runs=50, seed=7, jobs=1, out=out, engine=engine),
            "failures": lambda out: run(
                *(one,), runs=50, seed=7, jobs=1, out=out, engine=stand_in(chunk=20, fails=(3, 41))
            ),
            "several": lambda out: run_many(
                {"a": one, "b": other}, runs=50, seed=7, jobs=1, out=out, engine=engine
            ),
            "design": lambda out: run_design(
                one, points, runs=15, seed=7, jobs=1, out=out, engine=engine
            ),
        }
        for name, call in self.calls.items():
            call(at / name)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("homes"))


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_OURS)


def results(folder: Path) -> dict[str, bytes]:
    """What a resume has to give back, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files(folder)
        if path.name in RESULTS or path.name.endswith("failed.csv")
    }


def harm(data: st.DataObject, folder: Path) -> None:
    """Damage one file."""
    path = data.draw(st.sampled_from(files(folder)), label="file")
    content = path.read_bytes()
    at = data.draw(st.integers(0, max(0, len(content) - 1)), label="place")
    kinds = ["cut", "flip", "zeros", "empty", "other", "longer", "words", "gone", "folder", "link"]
    kind = data.draw(st.sampled_from(kinds), label="damage")
    if kind in ("gone", "folder", "link"):
        path.unlink()
        if kind == "folder":
            path.mkdir()
        if kind == "link":
            path.symlink_to("nowhere")
        return
    flipped = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :] if content else b"x"
    other = data.draw(st.sampled_from(files(folder)), label="other")
    path.write_bytes(
        {
            "cut": content[:at],
            "flip": flipped,
            "zeros": content[:at] + bytes(len(content) - at),
            "empty": b"",
            "other": other.read_bytes(),
            "longer": content + b"\0more",
            "words": b'{"seed": []}',
        }[kind]
    )


def refusal(call: Callable[[Path], object], folder: Path) -> str:
    """What a call says against a folder; empty if it takes it."""
    try:
        call(folder)
    except SimError as error:
        return str(error) or "nothing"
    return ""


@pytest.mark.parametrize("kind", ["ensemble", "failures", "several", "design"])
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_resume_gives_the_same_bytes_or_one_sentence(
    homes: Homes, tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("harmed") / kind
    shutil.copytree(homes.at / kind, folder)
    for _ in range(data.draw(st.integers(1, 3), label="times")):
        harm(data, folder)
    said = refusal(homes.calls[kind], folder)
    if said:
        assert len(said.splitlines()) == 1, said
        assert str(folder) in said, said
    else:
        assert results(folder) == results(homes.at / kind)
        for inner in {"several": [folder / "a", folder / "b"], "design": []}.get(kind, [folder]):
            reopen(inner)
    shutil.rmtree(folder.parent)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_opened_again_is_what_was_written_or_one_sentence(
    homes: Homes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("harmed") / "ensemble"
    shutil.copytree(homes.at / "ensemble", folder)
    harm(data, folder)
    said = refusal(reopen, folder)
    if said:
        assert len(said.splitlines()) == 1, said
        assert str(folder) in said, said
    else:
        found, right = reopen(folder), reopen(homes.at / "ensemble")
        assert found.runs.equals(right.runs)
        assert found.series.equals(right.series)
        assert found.failed.equals(right.failed)
    shutil.rmtree(folder.parent)
