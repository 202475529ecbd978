"""Wrong calls: each is one clear line on stderr, exit 2, no output and no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call

LIST = "af_pk_2024, af_pk_2026, af_pk_base, af_pk_october_2025, two_states"
RUNS, SEEDS, JOBS = (
    f"must be a whole number from {low} to {high}"
    for low, high in ((1, 10_000_000), (0, 2**64 - 1), (1, 1024))
)

GALLERY = {
    "rnu two_states": (
        "rnu: must be a command, a scenario file or a bundled scenario, did you mean run?; "
        "commands are run, check, list, trace, resolve, schema"
    ),
    "two_state": (
        "two_state: must be a command, a scenario file or a bundled scenario, did you mean "
        "two_states?; commands are run,"
    ),
    "xyzzy": "xyzzy: must be a command, a scenario file or a bundled scenario; commands are run,",
    "run two_state": (
        "two_state: must be a file or a bundled scenario, did you mean two_states?; bundled are "
    ),
    "run xyzzy": "xyzzy: must be a file or a bundled scenario; bundled are ",
    "trace two_stats": "two_stats: must be a file or a bundled scenario, did you mean two_states?",
    "run nowhere.yaml": "nowhere.yaml: ",
    "run .": ".: ",
    "run": "Missing argument 'SCENARIO' (see run_sim.py run --help)",
    "check": "Missing argument 'SCENARIOS' (see run_sim.py check --help)",
    "run two_states more": "Got unexpected extra argument(s) (more) (see run_sim.py run --help)",
    "run two_states --rums 5": "No such option: --rums (Possible options: ",
    "run two_states --runs": "Option '--runs' requires an argument (see run_sim.py run --help)",
    "run two_states --runs 0": f"--runs: {RUNS}, got 0",
    "run two_states --runs -5": f"--runs: {RUNS}, got -5",
    "run two_states --runs 1e3": f"--runs: {RUNS}, got 1e3",
    "run two_states --runs 1.5": f"--runs: {RUNS}, got 1.5",
    "run two_states --runs many": f"--runs: {RUNS}, got many",
    "run two_states --runs 10000001": f"--runs: {RUNS}, got 10000001",
    f"run two_states --runs {'9' * 5000}": f"--runs: {RUNS}, got {'9' * 40}",
    "run two_states --runs ٣": f"--runs: {RUNS}, got ٣",
    "sweep two_states --vary states.westmark.combat_aircraft=0120,5": (
        "0120,5: must be numbers or words, got 0120 (write 120: YAML 1.1 reads 0120 as 80)"
    ),
    "sweep two_states --vary states.westmark.combat_aircraft=0:0120:3": (
        "--vary: must be PATH=LOW:HIGH:N with LOW below HIGH and N from 2 to 200, got states.we"
    ),
    "sweep two_states --vary states.westmark.combat_aircraft=1:٩:3": (
        "--vary: must be PATH=LOW:HIGH:N with LOW below HIGH and N from 2 to 200, got states.we"
    ),
    "sensitivity two_states --method oat --factors states.westmark.combat_aircraft:1_0,2": (
        "1_0,2: must be numbers or words, got 1_0 (write 10: underscores stand between groups"
    ),
    "page two_states --levers states.westmark.combat_aircraft:0:0120": (
        "--levers: must be PATH:LOW:HIGH for a number that is not a lever of the scenario, got st"
    ),
    "run two_states --until-halfwidth 00.1": (
        "--until-halfwidth: must be a number between 0 and 0.5, got 00.1"
    ),
    "run two_states --seed -1": f"--seed: {SEEDS}, got -1",
    "run two_states --seed 18446744073709551616": f"--seed: {SEEDS}, got 18446744073709551616",
    "run two_states --seed x": f"--seed: {SEEDS}, got x",
    "run two_states --jobs 0": f"--jobs: {JOBS}, got 0",
    "run two_states --jobs 9999": f"--jobs: {JOBS}, got 9999",
    "run two_states --out ": "--out: must be a folder or an address, got nothing",
    "compare two_states three_states --out ": "--out: must be a folder or an address, got nothing",
    "fork two_states --day 3 --out ": "--out: must be a folder or an address, got nothing",
    "sweep two_states --vary horizon=90,120 --out ": (
        "--out: must be a folder or an address, got nothing"
    ),
    "lesson two_states --out ": "--out: must be a folder or an address, got nothing",
    "page two_states --out ": "--out: must be a folder or an address, got nothing",
    "replay two_states --out ": "--out: must be a folder or an address, got nothing",
    "explain two_states --day 3 --out ": "--out: must be a folder or an address, got nothing",
    "run two_states --until-halfwidth 0.1 --max-runs 10": (
        "--max-runs: must be at least --runs, 1,000, got 10 (give a smaller --runs too)"
    ),
    "compare two_states three_states --until-halfwidth 0.1 --runs 20 --max-runs 10": (
        "--max-runs: must be at least --runs, 20, got 10"
    ),
    "run two_states --format jsn": (
        "--format: must be one of table, json, csv, got jsn, did you mean json?"
    ),
    "run two_states --set horizon": (
        "--set: must be path=value, got horizon (for example states.NAME.resolve=0.9)"
    ),
    "run two_states --set =5": "--set: must be path=value, got =5 (for example",
    "run two_states --set horizon=": "--set: must be path=value, got horizon= (for example",
    "run two_states --set horizn=5": "--set: horizn: must be the dotted path of a value",
    "run two_states --set states.westmark.resolv=0.9": (
        "--set: states.westmark.resolv: must be the dotted path of a value"
    ),
    "run two_states --set states.westmark.resolve=9": (
        "--set: states.westmark.resolve: must be in [0, 1]"
    ),
    "run two_states --set horizon=ten": "--set: horizon: ",
    "trace two_states --replication -1": (
        "--replication: must be a whole number from 0 to 9223372036854775807, got -1"
    ),
    "trace two_states --days 5": (
        "--days: must be A:B, two whole numbers of days after the release, got 5 (for example 1:30)"
    ),
    "trace two_states --days 9:3": "--days: must not end before it begins, got 9:3",
    "replay two_states": "Missing option '--out' (see run_sim.py replay --help)",
    "replay two_states --out a.txt": "--out: must be a file that ends in .html or .htm, got a.txt",
    "replay two_states --out nowhere/a.html": (
        "--out: must lie in a folder that exists, got nowhere/a.html (make nowhere first)"
    ),
    "replay two_states --out a.html --language xx": "language: must be one of ar, en, fr, got xx",
    "replay two_states --out a.html --replication -1": (
        "--replication: must be a whole number from 0 to"
    ),
    "replay two_stats --out a.html": (
        "two_stats: must be a file or a bundled scenario, did you mean two_states?"
    ),
    "export results --bundle my_case.yaml": (
        "--bundle: must be a file that ends in .zip, got my_case.yaml"
    ),
    "serve lesson": "serve: must be a folder, got lesson (there is nothing of that name)",
    "new L'Île_d'Or": "L'Île_d'Or: must be a name of lower-case letters, digits and underscores, "
    "a letter first, 64 at most (write l_ile_d_or)",
    "new x --states Sri-Lanka,b": "--states: must be a name of lower-case letters, digits and "
    "underscores, a letter first, 40 at most, got Sri-Lanka (write sri_lanka)",
    "new 日本": "日本: must be a name of lower-case letters, digits and underscores, a letter",
    "fields varriants": "varriants: must be a field of a scenario (did you mean variants?; ",
    "compare two_states": "a comparison must have two scenarios or more, got two_states (add "
    "another file, --variant, or --variants all for those of the file)",
    "check two_states --runs 0": f"--runs: {RUNS}, got 0",
    "resolve": "Missing argument 'SCENARIO' (see run_sim.py resolve --help)",
    "list two_states": "Got unexpected extra argument(s) (two_states) (see run_sim.py list --help)",
    "schema --all": "No such option: --all",
    "--verson": "No such option: --verson (Possible options: --version) (see run_sim.py --help)",
}


@pytest.mark.parametrize("words", GALLERY, ids=lambda words: words[:60])
def test_wrong_use(call: Call, tmp_path: Path, words: str) -> None:
    said = call(*words.split(" "))
    assert said.code == 2
    assert said.err.startswith(GALLERY[words])
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_did_you_mean_for_a_path(call: Call) -> None:
    assert (
        "resolve"
        in call("run", "two_states", "--set", "states.westmark.resolv=0.9").err.split("must be", 1)[
            1
        ]
    )


def test_debug_shows_where_it_happened(call: Call) -> None:
    said = call("run", "two_states", "--runs", "0", "--debug")
    assert said.err.startswith("Traceback (most recent call last):")
    assert said.err.endswith(f"--runs: {RUNS}, got 0\n")
    assert said.code == 2


def test_a_folder_that_cannot_be_used(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = call("run", "two_states", "--runs", "5", "--out", "file/deeper")
    assert (said.code, said.err, said.out) == (
        2,
        "file/deeper: the folder cannot be made: Not a directory\n",
        "",
    )


def test_an_error_of_the_system_is_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "figures/one.png")

    monkeypatch.setattr("sim.report.pages.ensemble.write_report", refuse)
    said = call("run", "two_states", "--runs", "5", "--format", "json")
    # on a machine that has never run it, a note that the rules are compiled comes first
    assert (said.code, said.err.splitlines()[-1]) == (2, "figures/one.png: Permission denied")
