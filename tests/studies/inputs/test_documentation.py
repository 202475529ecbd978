"""The page on inputs: its commands and its Python work as they stand, on fewer points."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = (Path(__file__).parents[3] / "docs" / "sensitivity.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]
FEWER = {"--points": "64", "--per-point": "2", "--runs": "2"}
ADDED = {
    "morris": ("--points", "2", "--runs", "2"),
    "oat": ("--runs", "2"),
    "sobol": ("--runs", "2"),
    "sweep": ("--runs", "2"),
}


@pytest.mark.nightly
@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_page_work(command: str, root: Path, tmp_path: Path) -> None:
    words = shlex.split(command)[1:]
    for option, value in FEWER.items():
        if option in words:
            words[words.index(option) + 1] = value
    words += [
        word for name, more in ADDED.items() if name in words for word in more
    ]  # of an option given twice the last counts
    ran = [sys.executable, *words, "--out", str(tmp_path / "out"), "--no-report"]
    done = subprocess.run(ran, cwd=root, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "everything is in" in done.stdout


@pytest.mark.nightly
def test_python_of_the_page_works(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    code = re.findall(r"```py\n(.*?)```", TEXT, re.DOTALL)[-1]
    names: dict[str, object] = {}
    exec(code.replace("runs=100", "runs=4"), names)
    result = names["result"]
    assert len(result.runs) == 6 * 4  # type: ignore[attr-defined]
    assert result.rungs.groupby(["point", "day"])["share"].sum().min() == pytest.approx(1)  # type: ignore[attr-defined]
