"""What each command prints, writes and answers."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import BUNDLED, Python
from ensemble.stand_in import stand_in

import sim
from sim.cli.scenarios import heading
from sim.cli.tables import Screen
from sim.engine.world import build
from sim.ensemble.engine import Compiled, Rerun
from sim.errors import RunError

from .conftest import Call

SHORT = ("--set", "horizon=30", "--set", "outcome_window=10")


def test_json_is_one_object_and_everything_is_written(engine_call: Call, tmp_path: Path) -> None:
    said = engine_call(
        "run", "two_states", *SHORT, "--runs", 60, "--seed", 7, "--out", "here", "--format", "json"
    )
    assert said.code == 0
    assert said.err in ("", "compiling the rules: once, for half a minute\n")
    summary = json.loads(said.out)
    assert summary.keys() == {
        "scenario",
        "digest",
        "seed",
        "runs",
        "failed",
        "outcomes",
        "measures",
        "bits",
        "by_day",
    }
    assert (summary["scenario"], summary["seed"], summary["runs"], summary["failed"]) == (
        "two_states",
        7,
        60,
        0,
    )
    here = tmp_path / "here"
    assert json.loads((here / "summary.json").read_text()) == summary
    written = {
        "manifest.json",
        "resolved.yaml",
        "runs.csv",
        "runs.parquet",
        "series.parquet",
        "runs_dictionary.csv",
        "summary.json",
        "report.html",
        "figures",
    }
    assert written <= {path.name for path in here.iterdir()}
    assert {path.suffix for path in (here / "figures").iterdir()} == {".png", ".svg"}


def test_workers_leave_no_trace(engine_call: Call, tmp_path: Path) -> None:
    for jobs in (1, 2):
        assert (
            engine_call(
                "run",
                "two_states",
                *SHORT,
                "--runs",
                600,
                "--seed",
                7,
                "--jobs",
                jobs,
                "--out",
                jobs,
                "--no-report",
            ).code
            == 0
        )
    assert len({(tmp_path / str(jobs) / "runs.csv").read_bytes() for jobs in (1, 2)}) == 1


def test_trace_tells_the_replication_of_the_ensemble(engine_call: Call, tmp_path: Path) -> None:
    engine_call(
        "run", "two_states", *SHORT, "--runs", 4, "--seed", 7, "--out", "here", "--no-report"
    )
    said = engine_call("trace", "two_states", *SHORT, "--seed", 7, "--replication", 3, "--every")
    assert said.code == 0
    assert said.out.startswith(
        f"{sim.load(sim.scenarios() / 'two_states.yaml').title}. Replication 3, seed 7.\n"
    )
    series = pq.read_table(tmp_path / "here" / "series.parquet").to_pandas()
    rung = dict(series[series["replication"] == 3][["day", "rung"]].to_numpy().tolist())
    told = re.findall(r"^Day (\d+):|rung (\d),", said.out, flags=re.MULTILINE)
    changes = {int(day): int(level) for (day, _), (_, level) in itertools.pairwise(told) if level}
    assert len(changes) >= 2
    assert {day: rung[day] for day in changes} == changes


def test_trace_of_some_days(engine_call: Call) -> None:
    said = engine_call("trace", "two_states", *SHORT, "--seed", 7, "--days", "5:12", "--every")
    days = [int(day) for day in re.findall(r"^Day (\d+):", said.out, flags=re.MULTILINE)]
    assert days[0] == 5
    assert 5 < days[-1] <= 12


def test_replay_writes_the_replication_of_the_seed_as_a_page(
    engine_call: Call, tmp_path: Path
) -> None:
    said = engine_call(
        "replay",
        "two_states",
        *SHORT,
        "--seed",
        7,
        "--replication",
        3,
        "--language",
        "fr",
        "--out",
        "a.html",
    )
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("réplication 3, graine 7 ; à ouvrir dans un navigateur\n")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert (
        "replay two_states --set horizon=30 --set outcome_window=10 --replication 3 --seed 7 "
        "--language fr --out FILE.html" in page
    )
    first = page
    assert (
        engine_call(
            "replay",
            "two_states",
            *SHORT,
            "--seed",
            7,
            "--replication",
            3,
            "--language",
            "fr",
            "--out",
            "a.html",
        ).code
        == 0
    )
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == first
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


class _EndsEarly(Compiled):
    """Every replication fails after 20 days."""

    def replay(self, seed: int, number: int, *, ledger: bool = False) -> Rerun:
        run = super().replay(seed, number, ledger=ledger)
        failure = RunError("made up", scenario="s", replication=number, seed=seed, day=8)
        return replace(run, blocks=run.blocks[:20], failure=failure)


def test_a_replay_of_a_failed_replication_says_so(engine_call: Call, tmp_path: Path) -> None:
    words = ("replay", "two_states", *SHORT, "--seed", 7, "--out", "a.html")
    said = engine_call(*words, engine=lambda scenario: _EndsEarly(build(scenario)))
    assert said.code == 1
    assert "replication 0" in said.err.splitlines()[-1]
    assert "This world ended early" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_the_dictionary_names_every_column(call: Call, tmp_path: Path) -> None:
    call("run", "two_states", *SHORT, "--runs", 5, "--out", "here", "--no-report")
    with open(tmp_path / "here" / "runs_dictionary.csv", encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    with open(tmp_path / "here" / "runs.csv", encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert [entry["name"] for entry in entries] == columns
    assert all(entry["unit"] and entry["meaning"] for entry in entries)


def test_no_report_writes_none(call: Call, tmp_path: Path) -> None:
    assert call("run", "two_states", *SHORT, "--runs", 5, "--out", "here", "--no-report").code == 0
    assert not (tmp_path / "here" / "report.html").exists()


def test_a_ledger_of_the_first_replications(engine_call: Call, tmp_path: Path) -> None:
    said = engine_call(
        "run",
        "two_states",
        "--runs",
        4,
        "--seed",
        7,
        "--no-report",
        "--ledger",
        "--ledger-runs",
        3,
        "--out",
        "out",
    )
    assert said.code == 0
    assert "the first 3 of 4 replications" in said.err
    rows = pd.read_parquet(tmp_path / "out" / "ledger" / "action")
    assert sorted(set(rows["replication"])) == [0, 1, 2]
    said = engine_call("run", "two_states", "--ledger-runs", 3)
    assert (said.code, said.out) == (2, "")
    assert "--ledger writes: give it too" in said.err


def test_table(call: Call) -> None:
    said = call(
        "run", "two_states", *SHORT, "--runs", 60, "--seed", 7, "--out", "here", "--no-report"
    )
    assert said.code == 0
    for words in (
        "How it ends",
        "95% interval",
        "war, not over",
        "by day 30",
        "median day",
        "security forces killed, Westmark",
        "60 replications; seed 7",
        "is in here",
    ):
        assert words in said.out


def test_one_replication_is_no_plural(engine_call: Call, tmp_path: Path) -> None:
    said = engine_call("run", "two_states", *SHORT, "--runs", 1, "--seed", 7, "--out", "here")
    assert "1 replication; seed 7" in said.out
    assert "comes from 1 replication of a simplified model" in (
        tmp_path / "here" / "report.html"
    ).read_text(encoding="utf-8")


def test_csv_holds_the_summary_as_rows(call: Call) -> None:
    as_json = json.loads(
        call(
            "run",
            "two_states",
            *SHORT,
            "--runs",
            60,
            "--seed",
            7,
            "--out",
            "here",
            "--no-report",
            "--format",
            "json",
        ).out
    )
    rows = list(
        csv.reader(
            io.StringIO(
                call(
                    "run",
                    "two_states",
                    *SHORT,
                    "--runs",
                    60,
                    "--out",
                    "here",
                    "--no-report",
                    "--format",
                    "csv",
                ).out
            )
        )
    )
    assert rows[0] == ["part", "name", "statistic", "value", "unit"]
    found = {tuple(row[:3]): row[3] for row in rows[1:]}
    assert found["run", "seed", ""] == "7"
    assert (
        float(found["outcome", "war, not over", "probability"])
        == as_json["outcomes"]["war, not over"]["probability"]
    )
    assert float(found["measure", "deaths", "q50"]) == as_json["measures"]["deaths"]["q50"]
    assert float(found["by_day", "first_raid_day", "7"]) == as_json["by_day"]["first_raid_day"]["7"]
    assert found["by_day", "first_raid_day", "180"] == ""


def test_a_scenario_alone_means_run(call: Call, tmp_path: Path) -> None:
    path = sim.scenarios() / "two_states.yaml"
    for words in (("two_states",), (path,), ("run", path)):
        assert call(*words, *SHORT, "--runs", 5, "--seed", 7, "--no-report").code == 0
    digest = json.loads(next((tmp_path / "results").glob("*/manifest.json")).read_text())["digest"]
    assert [folder.name for folder in (tmp_path / "results").iterdir()] == [
        f"two_states-{digest[:8]}-seed7"
    ]


def test_without_a_seed_one_is_made_and_shown(call: Call, tmp_path: Path) -> None:
    first, second = (
        call("run", "two_states", *SHORT, "--runs", 5, "--no-report").out for _ in range(2)
    )
    assert first != second
    seeds = {
        json.loads(path.read_text())["seed"]
        for path in (tmp_path / "results").glob("*/manifest.json")
    }
    assert len(seeds) == 2
    assert all(any(f"seed {seed};" in out for out in (first, second)) for seed in seeds)


def test_more_runs_in_the_same_folder_need_no_seed(call: Call) -> None:
    first = json.loads(
        call(
            "run",
            "two_states",
            *SHORT,
            "--runs",
            5,
            "--out",
            "here",
            "--no-report",
            "--format",
            "json",
        ).out
    )
    said = call("run", "two_states", *SHORT, "--runs", 9, "--out", "here", "--no-report")
    assert said.err.startswith("5 of 9 replications are there already\n")
    assert f"seed {first['seed']};" in said.out


def test_failed_replications_give_exit_code_1(call: Call) -> None:
    words = ("run", "two_states", *SHORT, "--runs", 9, "--seed", 7, "--out", "here", "--no-report")
    said = call(*words, engine=stand_in(fails=(3,)))
    assert said.code == 1
    again = (
        "run_sim.py trace two_states --set horizon=30 --set outcome_window=10 --seed 7 "
        "--replication 3"
    )
    assert said.err == f"1 of 9 replications failed; see {Path('here/failed.csv')}, or: {again}\n"
    assert "9 replications, 1 of them failed; seed 7" in said.out


def test_the_command_is_kept(call: Call, tmp_path: Path) -> None:
    call("run", "two_states", *SHORT, "--runs", 5, "--out", "he re", "--no-report")
    command = json.loads((tmp_path / "he re" / "manifest.json").read_text())["command"]
    assert command == (
        "run_sim.py run two_states --set horizon=30 --set outcome_window=10 --runs 5 --out "
        "'he re' --no-report"
    )


def test_check_says_ok(call: Call) -> None:
    said = call("check", "two_states", "af_pk_base")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"ok: {sim.scenarios() / name}.yaml ({name}, 0 warnings)"
        for name in ("two_states", "af_pk_base")
    ]


def test_check_warns_of_what_is_odd(call: Call) -> None:
    said = call("check", "two_states", "--set", "states.westmark.combat_aircraft=0")
    assert said.code == 0
    assert said.out.endswith("(two_states, 1 warning)\n")
    (line,) = said.err.splitlines()
    assert line.startswith("warning: ")
    assert (
        "history.1.action: should be an action that westmark can take, got limited_strike "
        "(it has no combat aircraft and no stand-off weapons)" in line
    )


def test_check_shows_all_errors_of_all_files(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\nid: a\ntitel: x\n")
    (tmp_path / "b.yaml").write_text("format: 2\n")
    said = call("check", "a.yaml", "two_states", "b.yaml")
    assert said.code == 2
    assert said.out.startswith("ok: ")
    assert "a.yaml:3:1: titel: " in said.err
    assert "did you mean" in said.err
    assert "b.yaml:1:9: format: " in said.err


def test_check_run_judges_expectations(call: Call, tmp_path: Path) -> None:
    text = (sim.scenarios() / "two_states.yaml").read_text().split("\nexpect:")[0]
    for name, bounds in (("right", "[0, 1]"), ("wrong", "[0.9999, 1]")):
        block = (
            f"\nexpect:\n  - {{measure: first_raid_day, probability_within: [0, 5], between: "
            f"{bounds}, label: raids soon}}\n"
        )
        (tmp_path / f"{name}.yaml").write_text(
            text.replace("id: two_states", f"id: {name}") + block
        )
    right, wrong = (
        call("check", f"{name}.yaml", "--run", "--runs", 40) for name in ("right", "wrong")
    )
    assert right.code == 0, right
    assert (
        "right: holds: raids soon (probability that first_raid_day lies in 0 to 5) must be "
        "between 0 and 1: found 0." in right.out
    )
    assert wrong.code == 1
    assert "wrong: does not hold: raids soon" in wrong.out


def test_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved = call("resolve", "two_states", *SHORT).out
    for text in (resolved, (sim.scenarios() / "two_states.yaml").read_text()):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert call("check", "-").out.startswith("ok: standard input (two_states, ")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"format: 1\nid: a\ntitel: x\n")))
    said = call("run", "-")
    assert said.code == 2
    assert "standard input:3:1: titel: " in said.err


def test_resolve_of_resolved_is_the_same(call: Call, tmp_path: Path) -> None:
    text = call("resolve", "two_states", "--set", "horizon=30").out
    (tmp_path / "full.yaml").write_text(text)
    assert call("resolve", "full.yaml").out == text
    assert "horizon: 30" in text


def test_schema_is_a_json_schema(call: Call) -> None:
    schema = json.loads(call("schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"states", "groups", "expect"} <= schema["properties"].keys()


def test_list_shows_every_bundled_scenario(call: Call) -> None:
    said = call("list")
    assert said.code == 0
    lines = said.out.splitlines()
    for path in BUNDLED:
        name, scenario = path.stem, sim.load(path)
        place = lines.index(f"{name}  ({scenario.kind})")
        assert lines[place + 1 : place + 3] == [f"    {scenario.title}", f"    {scenario.question}"]


def test_a_heading_is_inherited(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "id: base\nstates: {title: {title: no}, list: [title, x]}\ntitle: >\n  A long\n  "
        "title\nkind: fictional\n"
    )
    (tmp_path / "child.yaml").write_text("id: child\nextends: base.yaml\nquestion: 'Why?'\n")
    assert heading(tmp_path / "child.yaml") == {
        "title": "A long title\n",
        "kind": "fictional",
        "question": "Why?",
    }


def test_help_and_version(call: Call) -> None:
    assert call("--version").out == f"escalation {sim.__version__}\n"
    assert call().out == call("--help").out
    for command in ("run", "check", "list", "trace", "resolve", "schema", "replay"):
        said = call(command, "--help")
        assert said.code == 0
        assert f"Example: run_sim.py {command}" in said.out


def test_every_option_gives_its_default(call: Call) -> None:
    for command in ("run", "check", "trace", "resolve", "replay"):
        options = call(command, "--help").out.split("Options:")[1]
        assert options.count("[default:") + options.count("[required]") == options.count(
            "\n  --"
        ), command


NO_MESA = """
import sys, tempfile
from sim.cli import main
out = ["--out", tempfile.mkdtemp(), "--format", "json"]
assert main(["run", "two_states", "--runs", "5", *out]) == 0
print("mesa" in sys.modules)
"""


def test_run_needs_no_mesa(python: Python) -> None:
    assert python(NO_MESA).stdout.splitlines()[-1] == "False"


CTRL_C = """
import sys
from ensemble.stand_in import stand_in
from sim.cli import main
sys.exit(main(sys.argv[1:], engine=stand_in(seconds=0.2)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_is_one_line_and_exit_130(root: Path, tmp_path: Path, jobs: int) -> None:
    environ = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")]),
    }
    words = [
        "run",
        "two_states",
        "--runs",
        "9000",
        "--jobs",
        str(jobs),
        "--out",
        str(tmp_path / "s"),
        "--no-report",
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", CTRL_C, *words],
        env=environ,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and len(list((tmp_path / "s" / "chunks").glob("*.parquet"))) < 2:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out == ""
    assert err.startswith("stopped: ")
    assert "of 9,000 replications are kept in" in err
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes of that kind")
def test_a_closed_pipe_is_silent(root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "run_sim.py", "schema"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=120) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_a_program_reads_is_utf8_whatever_the_locale(root: Path, encoding: str) -> None:
    """As on Windows, where a pipe has a code page that knows no arrow."""
    said = subprocess.run(
        [sys.executable, "run_sim.py", "→"],
        cwd=root,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert (said.returncode, said.stderr.decode()[:15]) == (2, "→: must be a co")


@pytest.mark.skipif(sys.platform == "win32", reason="words are bytes elsewhere only")
def test_a_word_that_is_no_text_is_refused(root: Path) -> None:
    said = subprocess.run(
        [sys.executable, "run_sim.py", "run", b"\xff.yaml"], cwd=root, capture_output=True
    )
    assert (said.returncode, said.stdout, said.stderr.count(b"\n")) == (2, b"", 1)
    assert b".yaml: must be text in utf-8, got other bytes" in said.stderr


def test_tables_leave_a_closed_pipe_to_the_command_line() -> None:
    """Rich would end the program with code 1, which says that replications failed."""

    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Screen(file=Closed()).print("war, then a truce")


def test_check_goes_on_to_the_other_files(call: Call, tmp_path: Path) -> None:
    whole = (sim.scenarios() / "two_states.yaml").read_text()
    for name, between in (("none", "[~, eastmark]"), ("mapping", "[westmark, {}]")):
        text = whole.replace("between: [westmark, eastmark]", f"between: {between}")
        (tmp_path / f"{name}.yaml").write_text(text.replace("id: two_states", f"id: {name}"))
    (tmp_path / "list.yaml").write_text("- 1\n")
    said = call("check", "none.yaml", "mapping.yaml", "list.yaml", "two_states")
    assert said.code == 2
    assert "Traceback" not in said.err
    # and nothing that only follows from it
    assert [line.partition(", got")[0] for line in said.err.splitlines()] == [
        "none.yaml:35:15: relations.neighbours.between.0: must be text",
        "mapping.yaml:35:25: relations.neighbours.between.1: must be text",
        "list.yaml:1:1: must be a mapping of fields",
    ]
    assert said.out.startswith("ok: ")
