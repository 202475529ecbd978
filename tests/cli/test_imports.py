"""What a command imports: a start costs what its imports cost, so they are counted, not timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, Python

#: What takes a tenth of a second or more to import, and what reading a scenario has no need of.
HEAVY = {"numba", "llvmlite", "pandas", "pyarrow", "scipy", "matplotlib", "mesa", "jinja2", "dask"}
#: Compiled code and tables are needed to run something; these are not.
RUNS = HEAVY - {"llvmlite", "pyarrow"} | {"pyarrow.compute", "pyarrow.dataset"}
NO_SCIENCE = HEAVY | {"numpy", "rich"}
#: What reads scenarios; a help text reads none.
READER = {"sim.scenario", "ruamel.yaml"}

CALL = """
import sys
sys.argv = ["run_sim.py", *{arguments!r}]
from sim.cli import main
try:
    code = main()
except SystemExit as stop:
    code = stop.code
assert not code, code
print()
print(*sys.modules)
"""


def loaded(python: Python, *arguments: str) -> set[str]:
    """Modules that a command has imported by its end, in a fresh interpreter."""
    done = python(CALL.format(arguments=arguments))
    modules = set(done.stdout.splitlines()[-1].split())
    assert "sim.cli" in modules
    return modules


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], NO_SCIENCE | READER),
        (["--version"], NO_SCIENCE | READER),
        (["run", "--help"], NO_SCIENCE - {"rich"}),
        (["list"], NO_SCIENCE),
        (["resolve", "two_states"], HEAVY),
        (["schema"], HEAVY),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_that_runs_nothing_imports_nothing_heavy(
    python: Python, arguments: list[str], unwanted: set[str]
) -> None:
    assert loaded(python, *arguments) & unwanted == set()


@pytest.mark.compiled
def test_a_run_imports_neither_the_compiler_nor_what_it_does_not_show(
    python: Python, tmp_path: Path
) -> None:
    def run(number: int, *arguments: str) -> set[str]:
        scenario = str(ROOT / "scenarios" / "two_states.yaml")
        options = ["--runs", "3", "--seed", "7", "--out", str(tmp_path / str(number))]
        return loaded(python, "run", scenario, *options, *arguments)

    run(0, "--no-report")  # compiles, if nothing has yet
    assert run(1, "--no-report") & RUNS == set()
    assert run(1, "--no-report") & RUNS == set()  # of a folder that is there already
    assert {"pandas", "matplotlib", "jinja2"} <= run(2)


@pytest.mark.compiled
def test_the_story_of_one_replication_imports_no_compiler(python: Python) -> None:
    trace = ["trace", "two_states", "--seed", "7", "--replication", "3"]
    loaded(python, *trace)
    assert loaded(python, *trace) & RUNS == set()
    # of a lesson that names stories, they are run
    assert loaded(python, "check", "two_states") & RUNS == set()
