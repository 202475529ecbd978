"""The commands for people who write their own files."""

from __future__ import annotations

import io
import json
import re
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT

import sim
from sim.cli.scenarios import names
from sim.scenario.layout import in_layout
from sim.vocabulary.policies import POLICY_NAMES

from .conftest import Call

TWO_STATES = ROOT / "scenarios" / "two_states.yaml"


@pytest.mark.parametrize("cast", ["2 0 0", "2 1 1", "3 2 2", "4 6 0", "7 5 3", "12 12 12"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_scenario_has_no_error_and_no_warning(
    call: Call, tmp_path: Path, cast: str, language: str
) -> None:
    states, groups, mediators = cast.split()
    counts = ("--states", states, "--groups", groups, "--mediators", mediators)
    assert call("new", "my_case", *counts, "--language", language).code == 0
    path = tmp_path / "my_case.yaml"
    scenario = sim.load(path)
    assert scenario.warnings == ()
    sizes = (len(scenario.file.states), len(scenario.file.groups), len(scenario.file.mediators))
    assert sizes == (int(states), int(groups), int(mediators))
    assert in_layout(path.read_bytes(), "new") == path.read_text(encoding="utf-8")


@pytest.mark.compiled
@pytest.mark.parametrize("groups", [0, 1])
def test_a_new_scenario_runs_at_once(engine_call: Call, groups: int) -> None:
    engine_call("new", "my_case", "--groups", groups)
    said = engine_call("run", "my_case.yaml", "--runs", 20, "--seed", 1, "--no-report")
    assert said.code == 0, said.err


def test_numbers_are_asked_for_on_a_terminal(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.StringIO("1\n3\n\n0\n")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True, readline=typed.readline))
    said = call("new", "asked")
    assert "How many states" in said.out
    assert "--states: must be a whole number from 2 to 12, got 1" in said.err
    file = sim.load(tmp_path / "asked.yaml").file
    assert (len(file.states), len(file.groups), len(file.mediators)) == (3, 1, 0)


@pytest.mark.parametrize("name", names())
def test_a_new_file_from_a_bundled_scenario_is_the_same_case(
    call: Call, tmp_path: Path, name: str
) -> None:
    assert call("new", "mine", "--from", name).code == 0
    mine, base = sim.load(tmp_path / "mine.yaml"), sim.load(name)
    assert mine.digest == base.digest
    assert mine.id == "mine"


def test_what_a_new_file_suggests_is_right_once_the_signs_are_off(
    call: Call, tmp_path: Path
) -> None:
    call("new", "mine", "--from", "two_states")
    path = tmp_path / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    head, sign, rest = text.partition("# mediators:")
    path.write_text(head + (sign + rest).replace("# ", "", 1).replace("\n# ", "\n"))
    assert sim.load(path).digest == sim.load("two_states").digest


def test_a_new_file_from_a_file_in_another_folder(call: Call, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    call("new", "theirs/base")
    assert call("new", "ours/mine", "--from", "theirs/base.yaml").code == 0
    assert call("check", "ours/mine.yaml").out.startswith("ok:")


def test_actors_may_have_names_at_once(call: Call, tmp_path: Path) -> None:
    names = ("--states", "coral_isles,mainland", "--groups", "0", "--mediators", "the_port")
    assert call("new", "named", *names).code == 0
    scenario = sim.load(tmp_path / "named.yaml")
    assert list(scenario.file.states) == ["coral_isles", "mainland"]
    assert list(scenario.file.mediators) == ["the_port"]
    assert scenario.warnings == ()
    assert scenario.title == "Coral Isles and Mainland, a first draft"


WRONG_NAMES = {
    "new My-Case": "My-Case: must be a name of lower-case letters",
    "new there": "there.yaml: must be a new file, got one that is there",
    "new x --from two_states --groups 2": "--groups is of a scenario from nothing",
    "new x --states a": "--states: must be 2 to 12 different names, got a",
    "new x --states a,B": "--states: must be a name of lower-case letters, digits and underscores",
    "new x --states a,b --groups a": "a: must be the name of one actor only, got it twice",
    "new x --states 1": "--states: must be a whole number from 2 to 12, got 1",
    "fields groups.base_rat": "did you mean base_rate?",
    "fields grups": "grups: must be a field of a scenario (did you mean groups?",
    "diff two_states nowhere.yaml": "nowhere.yaml: must be a file that exists",
    "diff two_states two_stats": "two_stats: must be a file or a bundled scenario, did you mean",
    "describe two_stats": "did you mean two_states?",
}


@pytest.mark.parametrize("words", WRONG_NAMES)
def test_wrong_use_is_one_line(call: Call, tmp_path: Path, words: str) -> None:
    (tmp_path / "there.yaml").write_text("id: there\n")
    said = call(*words.split())
    assert (said.code, said.out) == (2, "")
    assert WRONG_NAMES[words] in said.err
    assert said.err.count("\n") == 1


def test_a_field_says_all_that_is_known(call: Call) -> None:
    out = call("fields", "groups.base_rate").out
    for said in ("unit: attacks/day", "range: 0 to 8", "default: must be given", "typical 0.3"):
        assert said in out
    assert "rule of thumb: count its attacks in a usual year" in out


def test_fields_as_data(call: Call) -> None:
    (one,) = json.loads(call("fields", "states.resolve", "--format", "json").out)
    assert one["path"] == "states.STATE.resolve"
    assert (one["unit"], one["low"], one["high"]) == ("probability", 0.0, 1.0)
    assert (one["default"], one["usual"], one["required"]) == (0.75, [0.5, 0.75, 0.9], False)


def test_measures_of_any_and_of_one_scenario(call: Call) -> None:
    patterns = json.loads(call("measures", "--format", "json").out)
    assert {"name": "attacks_{group}"}.items() <= next(
        one for one in patterns if one["name"].startswith("attacks_")
    ).items()
    own = [one["name"] for one in json.loads(call("measures", "two_states", "--format=json").out)]
    assert own == [measure.name for measure in sim.load("two_states").measures]
    assert "first_ceasefire_day" in call("measures").out


def test_every_policy_says_what_it_does(call: Call) -> None:
    found = json.loads(call("policies", "--format", "json").out)
    assert [one["name"] for one in found] == list(POLICY_NAMES)
    assert all(len(one["does"]) > 60 for one in found)


def test_a_difference_has_both_values_and_the_unit(call: Call) -> None:
    found = json.loads(
        call("diff", "af_pk_2026", "af_pk_2026_no_guarantees", "--format", "json").out
    )
    by_path = {one["path"]: one for one in found}
    guarantees = by_path["rules.ceasefire.guarantees"]
    assert (guarantees["before"], guarantees["after"], guarantees["unit"]) == (
        *("0.3", "0"),
        "quality",
    )
    assert by_path["title"]["moves"] is False


def test_differences_of_words_are_counted_and_shown_if_asked_for(call: Call) -> None:
    call("new", "mine", "--from", "two_states")
    out = call("diff", "two_states", "mine.yaml").out
    assert "nothing that moves a result" in out
    assert "and 2 titles, notes and levers" in out
    assert 'lesson, a variant"' in call("diff", "two_states", "mine.yaml", "--notes").out


def test_what_is_written_can_be_compared(call: Call) -> None:
    call("new", "mine", "--from", "two_states")
    found = json.loads(call("diff", "two_states", "mine.yaml", "--written", "--format=json").out)
    by_path = {one["path"]: one for one in found}
    assert by_path["extends"]["after"] == "two_states"
    assert by_path["states.westmark.personnel"]["before"] == "120_000"


def test_fmt_writes_once_and_says_so(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "two_states.yaml"
    path.write_text(TWO_STATES.read_text(encoding="utf-8").replace("format: 1\n", "") + "format: 1")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert call("fmt", "--check", "two_states.yaml").code == 1
    assert call("fmt", "link.yaml").out == "link.yaml: put in order\n"
    assert path.read_bytes() == TWO_STATES.read_bytes()
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert call("fmt", "two_states.yaml") == (0, "two_states.yaml: in order\n", "")
    assert call("fmt", "--check", "two_states.yaml").code == 0


def test_fmt_goes_on_to_the_other_files(call: Call, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("id: [\n")
    (tmp_path / "good.yaml").write_text("title: x\nid: good\n")
    said = call("fmt", "bad.yaml", "good.yaml")
    assert said.code == 2
    assert "bad.yaml" in said.err
    assert (tmp_path / "good.yaml").read_text() == "id: good\ntitle: x\n"
    assert (tmp_path / "bad.yaml").read_text() == "id: [\n"


OLDER = "id: older\nextends: two_states\nrules: {mediation: {openness: 0.5}}\n"


def test_check_says_how_an_older_file_is_brought_up_to_date(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "older.yaml"
    path.write_text(OLDER)
    said = call("check", "older.yaml")
    assert said.code == 2
    assert said.err.endswith("“run_sim.py fmt --upgrade older.yaml” brings it up to date\n")
    assert call("fmt", "--upgrade", "--check", "older.yaml").code == 1
    assert path.read_text() == OLDER
    said = call("fmt", "--upgrade", "older.yaml")
    assert said == (
        0,
        "older.yaml: rules.mediation.openness = 0.5 stands now under rules.bargaining.openness\n"
        "older.yaml: put in order\n",
        "",
    )
    assert (tmp_path / "older.yaml.old").read_text() == OLDER
    assert call("check", "older.yaml").code == 0
    assert call("fmt", "--upgrade", "older.yaml") == (0, "older.yaml: in order\n", "")


def test_the_example_of_an_older_file_is_true(call: Call, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
    section = page.partition("## A file of an older version")[2].partition("\n## ")[0]
    blocks = dict(re.findall(r"```(yaml|text)\n(.*?)```", section, re.S))
    (tmp_path / "older.yaml").write_text(blocks["yaml"])
    assert call("fmt", "--upgrade", "older.yaml") == (0, blocks["text"], "")
    assert call("check", "older.yaml").code == 0


def test_an_upgrade_keeps_no_file_over_another(call: Call, tmp_path: Path) -> None:
    (tmp_path / "older.yaml").write_text(OLDER)
    (tmp_path / "older.yaml.old").write_text("mine\n")
    said = call("fmt", "--upgrade", "older.yaml")
    assert said.code == 2
    assert "older.yaml.old: must be free for the file as it was" in said.err
    assert (tmp_path / "older.yaml").read_text() == OLDER
    assert (tmp_path / "older.yaml.old").read_text() == "mine\n"


@pytest.mark.parametrize(
    "words",
    [("check",), ("resolve",), ("describe",), ("measures",), ("fmt",), ("diff", "two_states")],
)
def test_standard_input_goes_where_a_file_goes(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    text = io.BytesIO(TWO_STATES.read_bytes())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=text, isatty=lambda: False))
    said = call(*words, "-")
    assert (said.code, said.err) == (0, "")
    assert said.out


@pytest.mark.parametrize("name", names())
def test_every_scenario_is_described_on_a_page(call: Call, name: str) -> None:
    said = call("describe", name)
    assert said.code == 0
    for head in ("When", "Who", "Where the numbers come from", "What it cannot show"):
        assert f"\n{head}" in said.out


def test_a_description_names_what_is_special(call: Call) -> None:
    out = " ".join(call("describe", "af_pk_2026").out.split())
    assert "Air strikes by Afghanistan" in out
    assert "More than its assumptions carry" in out
    assert "Anything about a real place" not in out


def test_a_resolved_form_runs_under_any_name(call: Call, tmp_path: Path) -> None:
    (tmp_path / "anything.yaml").write_text(call("resolve", "two_states").out)
    assert call("check", "anything.yaml").out.startswith("ok:")


def test_the_long_list_says_who_and_on_what_it_rests(call: Call) -> None:
    out = call("list", "--long").out
    assert "states: Eastmark and Westmark" in out
    assert "mediators: Qatar, Saudi Arabia and Turkey" in out
    assert "45 numbers, 0 of them from 0 sources" in out
    assert "released on 27 February 2026, 180 days; 31 reported events before" in out


VARIANTS = """id: mine
extends: two_states
title: Mine
horizon: 20
outcome_window: 5
variants:
  calm: {states: {westmark: {resolve: 0.2}}}
  alone: {label: nobody mediates, mediators: {lakeland: null}}
"""


@pytest.fixture
def variants(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(VARIANTS, encoding="utf-8")
    return path


def test_check_reads_every_variant(call: Call, variants: Path) -> None:
    assert call("check", "mine.yaml").out.count("ok:") == 3
    variants.write_text(VARIANTS.replace("0.2", "2"), encoding="utf-8")
    said = call("check", "mine.yaml")
    assert said.code == 2
    assert said.out.count("ok:") == 2
    assert "mine.yaml:7:" in said.err


@pytest.mark.usefixtures("variants")
def test_a_variant_is_named_by_an_option_or_by_a_sign(call: Call, tmp_path: Path) -> None:
    few = ("--runs", 4, "--seed", 1, "--no-report")
    assert call("run", "mine.yaml", "--variant", "alone", *few, "--out", "one").code == 0
    assert call("run", "mine.yaml#alone", *few, "--out", "other").code == 0
    one, other = ((tmp_path / name / "runs.csv").read_bytes() for name in ("one", "other"))
    assert one == other
    assert call("mine.yaml#alone", *few, "--out", "one").code == 0
    assert "nobody mediates" in call("describe", "mine.yaml#alone").out


@pytest.mark.usefixtures("variants")
def test_variants_are_compared_by_name_or_all(call: Call) -> None:
    few = ("--runs", 4, "--seed", 1, "--no-report", "--format", "json")
    found = json.loads(call("compare", "mine.yaml", "--variants", "all", *few).out)
    assert list(found["scenarios"]) == ["mine", "calm", "alone"]
    found = json.loads(call("compare", "mine.yaml", "--variants", "alone", *few).out)
    assert list(found["scenarios"]) == ["mine", "alone"]
    said = call("compare", "mine.yaml", "--variants", "allone", *few)
    assert said.code == 2
    assert "must be all or some of calm, alone, got allone, did you mean alone?" in said.err
    assert (
        "two_states must have variants, got none"
        in call("compare", "two_states", "--variants", "all", *few).err
    )
