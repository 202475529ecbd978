"""What the first page tells a newcomer to type works as it stands, with fewer replications."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip()
    for line in TEXT.splitlines()
    if line.startswith("python run_sim.py ")
]
FEW = "5"


def fewer(words: list[str], folder: Path) -> list[str]:
    """The same command on few replications, writing into a folder of its own."""
    added = words[2] in ("run", "compare")
    if words[2] == "new":
        words[3] = str(folder / words[3])
    for option, value in (
        ("--runs", FEW),
        (
            "--out",
            str(
                folder / Path(words[words.index("--out") + 1]).name
                if "--out" in words
                else folder / "results"
            ),
        ),
    ):
        if option in words:
            words[words.index(option) + 1] = value
        elif added:
            words += [option, value]
    return [*words, "--no-report"] if added else words


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_tour_work(command: str, tmp_path: Path) -> None:
    words = fewer(shlex.split(command), tmp_path)
    done = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or any(tmp_path.iterdir())


def test_the_tour_has_every_command() -> None:
    told = (
        "list check run trace compare fork audit sweep sensitivity uncertainty discover resolve "
        "schema replay lesson page tournament new fields measures policies diff fmt describe"
    )
    assert {shlex.split(c)[2] for c in COMMANDS} >= set(told.split())


def test_python_of_the_first_page_works(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(code.replace("runs=1000", f"runs={FEW}"), names)
    ensemble = names["ensemble"]
    assert len(ensemble.runs) == int(FEW)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", re.findall(r"\]\(((?:docs|bench)/[^)]+)\)", TEXT))
def test_links_lead_somewhere(path: str) -> None:
    name, _, place = path.partition("#")
    assert (ROOT / name).is_file()
    headings = re.findall(r"^#+ (.+)$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert not place or place in {heading.lower().replace(" ", "-") for heading in headings}
