"""The command `page`: its file, its defaults, and what it says where it cannot make one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import main
from sim.engine import wasm

pytestmark = pytest.mark.compiled


def test_without_a_linker_it_says_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wasm, "CACHE", None)
    monkeypatch.setattr(wasm, "object_file", lambda *given: b"")
    monkeypatch.setattr(wasm.shutil, "which", lambda name: None)
    monkeypatch.setattr(wasm, "find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    assert main(["page", "two_states", "--seed", "7"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("WebAssembly: needs a linker")
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_its_levers_and_settings_stand_in_the_page_and_in_its_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wasm, "engine_wasm", lambda: b"")
    monkeypatch.setattr("sim.classroom.engine_image.engine_wasm", lambda: b"")
    out = tmp_path / "page.html"
    words = ["page", "two_states", "--seed", "7", "--out", str(out)]
    levers = ["--levers", "states.westmark.resolve,rules.feelings.news_floor:1:20"]
    assert main([*words, *levers, "--set", "horizon=40"]) == 0
    assert "Westmark and Eastmark, a first lesson, seed 7" in capsys.readouterr().err
    text = out.read_text(encoding="utf-8")
    assert '"levers":["states.westmark.resolve","rules.feelings.news_floor"]' in text
    assert '"called":"two_states","settings":["horizon=40"]' in text


@pytest.mark.parametrize(
    ("lever", "said"),
    [
        ("states.nowhere.resolve", "must be the dotted path of a number"),
        ("rules.feelings.news_floor", "must be PATH:LOW:HIGH"),
        ("states.westmark.resolve:0.9:0.1", "must have a range from low to high"),
        ("states.westmark.resolve,states.westmark.resolve", "must be at most 8 different"),
    ],
)
def test_a_lever_that_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lever: str, said: str
) -> None:
    out = tmp_path / "page.html"
    assert main(["page", "two_states", "--levers", lever, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()
