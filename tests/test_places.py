"""One reading of the names of folders and files, at every door where one is named."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from cli.conftest import Call, call, engine_call
from ensemble.conftest import scenario
from ensemble.stand_in import stand_in

import sim
from sim.classroom.variants import run_variants
from sim.cli.app import COMMANDS
from sim.cli.parsers import address, path
from sim.design.design import run_design
from sim.design.factors import Design, Factor
from sim.ensemble.location import Location
from sim.ensemble.reopen import reopen
from sim.ensemble.runner import run, run_many
from sim.errors import StoreError
from sim.files import Place, local_place, place
from sim.scenario import Scenario
from sim.studies.compare.run import compare

__all__ = ["call", "engine_call", "scenario"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder; the current one is another."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "home"


#: What a user may write, and the path that is meant; HOME and HERE stand for folders.
PATHS = {
    "~": "HOME",
    "~/x": "HOME/x",
    "~/x/": "HOME/x",
    "file:~/x": "HOME/x",
    "x/~/y": "x/~/y",
    "x": "x",
    "./x//": "x",
    " a b /c": " a b /c",
    "x%20y": "x%20y",
    "a:b": "a:b",
    "a\\b": "a\\b",
    "file:///p/q": "/p/q",
    "FILE:///p/q/": "/p/q",
    "file://localhost/p/q": "/p/q",
    "file://LOCALHOST/p": "/p",
    "file://127.0.0.1/p": "/p",
    "local:///p": "/p",
    "file:/p": "/p",
    "file:x/y": "x/y",
    "file:./x": "x",
    "file:///a%20b/%C3%A9": "/a b/é",
    "file:///a b": "/a b",
    "file:///p?q#r": "/p?q#r",
}


@pytest.mark.parametrize("given", PATHS)
def test_the_path_that_is_meant(home: Path, given: str) -> None:
    meant = Path(PATHS[given].replace("HOME", str(home)))
    assert place(given) == place(given.encode()) == meant
    if ":" not in given:
        assert place(Path(given)) == meant


def test_a_path_as_an_address_comes_back(tmp_path: Path) -> None:
    odd = tmp_path / "a b%20c#d?é"
    assert place(odd.as_uri()) == odd


@pytest.mark.parametrize("given", ["s3://b/r", "memory://r", "simplecache::s3://b/r"])
def test_an_address_stays_one(given: str) -> None:
    assert place(given) == place(given + "/") == given
    with pytest.raises(StoreError, match=rf"^{given}: must be .* of this machine, got an address"):
        local_place(given)


REFUSED = {
    "": "got nothing",
    "  ": "got nothing",
    "a\0b": r"got 'a\\x00b'",
    "file:": "got one without a path",
    "file://": "got one without a path",
    "file://localhost": "got one without a path",
    "file:///a%00b": "got one without a path",
    "file://x/y": "got one of the machine x",
    "file://~/y": "got one of the machine ~",
    "s3:/b/r": "got half of one",
    "C:\\x": "got a path of Windows",
    "c:/x": "got a path of Windows",
    "C://x": "got a path of Windows",
    "file:///C:/x": "got a path of Windows",
    "~nobody_of_this_name/x": "got the folder of an unknown user",
}


@pytest.mark.parametrize("given", [*REFUSED, 5, None, 1.5, ["x"]])
def test_a_name_of_nothing_is_one_sentence(given: Any) -> None:
    with pytest.raises(StoreError, match=REFUSED.get(str(given), "got ")) as refusal:
        place(given)
    assert len(str(refusal.value).splitlines()) == 1


def _places(command: Callable[..., int]) -> list[Any]:
    """The options `--out` of a command."""
    hints = get_type_hints(command, include_extras=True)
    notes = (note for hint in hints.values() for note in getattr(hint, "__metadata__", ()))
    # typer keeps the first name of an annotated option where a default would stand
    return [note for note in notes if "--out" in (note.default, *(note.param_decls or ()))]


WITH_OUT = [name for name, module in COMMANDS.items() if _places(module.command)]


def test_the_commands_that_write_are_known() -> None:
    assert {"run", "compare", "fork", "sweep", "lesson", "page", "replay"} <= set(WITH_OUT)


@pytest.mark.parametrize("name", WITH_OUT)
def test_every_command_reads_its_folder_in_this_way(home: Path, name: str) -> None:
    (option,) = _places(COMMANDS[name].command)
    assert option.parser in (address, path), "a --out with a reading of its own"
    assert str(option.parser("~/x")) == str(home / "x")


def test_a_wrong_name_is_said_before_any_work(call: Call, home: Path) -> None:
    for word, text in {"file://x/y": "machine x", "~nobody_of_this_name/x": "unknown user"}.items():
        said = call("run", "two_states", "--runs", 5, f"--out={word}")
        assert said.code == 2
        assert said.err.startswith(f"--out: {word}: must be")
        assert text in said.err
        assert len(said.err.splitlines()) == 1
    assert not list(home.parent.glob("*/*"))


def _points(scenario: Scenario) -> Design:
    import pandas as pd

    factor = Factor("states.westmark.resolve", "", 0.2, 0.8)
    return Design([factor], pd.DataFrame({factor.path: [0.3, 0.6]}))


def _doors(scenario: Scenario) -> dict[str, Callable[..., Any]]:
    """Every function of Python that takes `out`, ready to be called with it alone."""
    few: dict[str, Any] = {"runs": 2, "seed": 7, "jobs": 1}
    both = {"a": scenario, "b": scenario}
    stand = {"engine": stand_in()}
    return {
        "run": lambda out: run(scenario, out=out, **few, **stand),
        "run_many": lambda out: run_many(both, out=out, **few, **stand),
        "compare": lambda out: compare(both, out=out, **few, **stand),
        "run_design": lambda out: run_design(scenario, _points(scenario), out=out, **few, **stand),
        "run_variants": lambda out: run_variants(scenario, out=out, **few),
    }


@pytest.mark.parametrize("name", ["run", "run_many", "compare", "run_design"])
@pytest.mark.parametrize("given", ["~/x y/", Path("~") / "x y", "file:~/x%20y"])
def test_every_function_writes_where_the_user_means(
    home: Path, scenario: Scenario, name: str, given: Place
) -> None:
    for _ in range(2):  # the second resumes there
        _doors(scenario)[name](given)
    assert list((home / "x y").rglob("manifest.json"))
    assert not list(Path().iterdir())


def test_no_function_that_takes_a_folder_is_left_out(scenario: Scenario) -> None:
    known = _doors(scenario)
    for one in (run, run_many, compare, run_design, run_variants):
        assert inspect.signature(one).parameters["out"].annotation == "Place | None"
        assert one.__name__ in known
    text = "".join(one.read_text() for one in Path(sim.__file__).parent.rglob("*.py"))
    assert text.count("out: Place | None") == len(known)
    assert "out: str | os.PathLike" not in text


def test_results_and_scenarios_are_found_in_the_same_way(home: Path, scenario: Scenario) -> None:
    run(scenario, out="~/x", runs=2, seed=7, jobs=1, engine=stand_in())
    for given in ("~/x", f"file://localhost{home}/x", home / "x"):
        assert reopen(given).folder == home / "x"
        assert Location(given).folder == home / "x"
    assert sim.load("~/x/resolved.yaml").digest == scenario.digest
