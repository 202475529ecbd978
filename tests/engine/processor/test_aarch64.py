"""A 64-bit Arm processor computes every byte that this one computes: functions and whole loop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from sim.engine.replication import draw_inputs, run_chunk
from sim.engine.world import build
from sim.scenario import load
from tests.engine.elementary.digests import digests
from tests.engine.processor import aarch64

SEED = 7
#: replications of each scenario; an emulator takes twenty times as long
COUNTS = {"two_states": 200, "three_states": 50, "af_pk_2026": 50}
pytestmark = [
    pytest.mark.compiled,
    pytest.mark.nightly,
    pytest.mark.skipif(
        aarch64.EMULATOR is None,
        reason="no emulator of another processor (Debian: apt install qemu-user)",
    ),
    pytest.mark.skipif(
        not aarch64.linker(), reason="no linker for another processor (Debian: apt install lld)"
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return aarch64.program(tmp_path_factory.mktemp("aarch64"))


def test_elementary_functions_have_the_same_bits(engine: Path) -> None:
    assert digests(partial(aarch64.values, engine)) == digests()


def test_a_bit_of_an_argument_is_seen(engine: Path) -> None:
    x = np.array([1.5, np.nextafter(1.5, 2.0)])
    found = aarch64.values(engine, "exp", [x])
    assert found[0] < found[1]


@pytest.mark.parametrize("name", COUNTS)
def test_replications_are_the_same_in_every_byte(engine: Path, name: str) -> None:
    template, count = build(load(ROOT / "scenarios" / f"{name}.yaml")), COUNTS[name]
    inputs = draw_inputs(template, SEED, 0, count)
    ours = run_chunk(template, SEED, 0, count, inputs)
    theirs = aarch64.results(engine, template, SEED, count, inputs)
    assert ours.deaths.any()
    assert {field: own.tobytes() for field, own in ours._asdict().items()} == theirs
    others = aarch64.results(engine, template, SEED + 1, count, inputs)
    assert others["measures"] != theirs["measures"]
