"""Any file and any setting is read or refused; what is read is read again as the same.

A failure names the number of its input: `python -m tests.fuzz --reader NUMBER:NUMBER` repeats it.
"""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import load_text

from .inputs import SEEDS, Blocks, Corpus, Input
from .oracle import (
    Broken,
    blocks_input,
    check_blocks,
    check_distribution,
    check_reader,
    distribution_input,
    reader_input,
)

#: `make fuzz` sets more; in CI a few of each kind are tried.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES") or 8) * 20
CORPUS, BLOCKS = Corpus(), Blocks()
NUMBERS = st.integers(0, 2**40)


@given(NUMBERS)
@settings(max_examples=EXAMPLES)
def test_any_input_is_read_or_refused(number: int) -> None:
    assert check_reader(reader_input(CORPUS, number)) in (True, False)


@given(NUMBERS)
@settings(max_examples=EXAMPLES // 4)
def test_all_that_a_file_says_of_its_own_is_refused_or_runs_and_is_told(number: int) -> None:
    assert check_blocks(blocks_input(BLOCKS, number)) in (True, False)


@given(NUMBERS)
@settings(max_examples=EXAMPLES)
def test_any_distribution_is_drawn_from_or_refused(number: int) -> None:
    assert check_distribution(distribution_input(number)) in (True, False)


@given(st.binary(max_size=200), st.dictionaries(st.text(max_size=30), st.text(max_size=30)))
@settings(max_examples=EXAMPLES)
def test_any_bytes_are_refused(data: bytes, overrides: dict[str, object]) -> None:
    assert not check_reader(Input(data, overrides))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_seeds_are_read_or_refused(path: object) -> None:
    read = check_reader(Input(path.read_bytes(), {}))  # type: ignore[attr-defined]
    assert read == (path.stem in ("small", "blocks"))  # type: ignore[attr-defined]


def test_the_inputs_are_of_many_kinds() -> None:
    taken = [check_reader(reader_input(CORPUS, number)) for number in range(80)]
    drawn = [check_distribution(distribution_input(number)) for number in range(60)]
    own = [check_reader(blocks_input(BLOCKS, number)) for number in range(60)]
    assert {*taken} == {*drawn} == {*own} == {True, False}


def test_what_is_read_and_fails_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(failure="replication 3 failed")
    monkeypatch.setattr("fuzz.oracle.rerun", lambda *given: found)
    with pytest.raises(Broken, match="replication 3 failed"):
        check_blocks(Input((SEEDS / "blocks.yaml").read_bytes(), {}))


def test_a_resolved_form_that_is_read_differently_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    horizons = iter(range(7, 99))
    monkeypatch.setattr("fuzz.oracle.AGAIN", 1)
    monkeypatch.setattr(
        "fuzz.oracle.load_text",
        lambda text, overrides={}: load_text(text, {**overrides, "horizon": next(horizons)}),
    )
    with pytest.raises(Broken, match="not the same scenario"):
        check_reader(Input((SEEDS / "small.yaml").read_bytes(), {}))
