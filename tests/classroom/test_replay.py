"""The content of a replay: days, news, the call that repeats it, and nothing from outside."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from classroom.pages import REPLICATION, SEED, found, replay
from conftest import COSTLY
from page_policy import refused

import sim
from sim.classroom import page
from sim.classroom.columns import differences
from sim.classroom.replay import PAGE, Replay, data, text
from sim.engine.world import slot
from sim.ensemble.engine import Mesa
from sim.errors import ModelError, RunError
from sim.replication.ledger import decisions
from sim.replication.rerun import rerun
from sim.report.pages.script import join_modules
from sim.words import words

OUTSIDE = re.compile(
    r"""(?:src|href|action)\s*=\s*["']?(?!data:|#)[^\s"'>]+|url\((?!data:)|@import"""
    r"""|\beval\(|new Function"""
)
MOST = 2 * 2**20  # bytes
HERE = Path(page.__file__).parent / "templates"
SCRIPT = join_modules(HERE.parent / "scripts" / PAGE.script)


def decoded(steps: list[int], scale: float = 1) -> np.ndarray:
    return np.cumsum(steps) / scale


def test_a_column_is_its_first_value_and_the_differences() -> None:
    assert differences([2, 2, 3.5, float("nan")], 10) == [20, 0, 15, -35]
    assert decoded(differences([0.12, 0.5, 0.25], 100), 100) == pytest.approx(
        [0.12, 0.5, 0.25], rel=1e-12
    )


def test_the_days_of_the_page_are_those_of_the_replication() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml")
    run = rerun(scenario, SEED, REPLICATION)
    carried = data(Replay(scenario, run, SEED, REPLICATION, "call"), words())
    assert (carried["first"], carried["days"]) == (-11, 12 + scenario.horizon)
    assert decoded(carried["rung"])[12:].tolist() == run.rung.tolist()
    outrage = next(chart for chart in carried["charts"] if chart["key"] == "outrage")["lines"][0]
    assert decoded(outrage["v"], outrage["scale"]) == pytest.approx(
        run.blocks.view(np.float64)[:, slot(run.template.spans, "dyads", "outrage", 0, 1)],
        abs=0.5 / outrage["scale"] + 1e-9,
    )
    fighters = next(chart for chart in carried["charts"] if chart["key"] == "fighters")["lines"][0]
    by_sector = np.sum([decoded(column) for column in carried["map"]["fighters"]], axis=0)
    assert decoded(fighters["v"]) == pytest.approx(
        by_sector, abs=0.5 * (1 + len(carried["map"]["fighters"]))
    )
    dead = next(chart for chart in carried["charts"] if chart["key"] == "dead")["lines"][0]
    assert sum(decoded(dead["v"])) == sum(one["n"] for one in carried["news"])


def test_both_engines_give_the_same_days() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": "30 days"})
    run = rerun(scenario, SEED, REPLICATION)
    mesa = Mesa(run.template, scenario).replay(SEED, REPLICATION)
    assert np.array_equal(
        mesa.blocks[:-1], run.blocks[:-1]
    )  # on its last day Mesa has taken the measures of the end already
    assert np.array_equal(mesa.rung, run.rung)


def test_the_page_is_the_same_every_time(tmp_path: Path) -> None:
    assert (
        replay(tmp_path, "two_states").read_bytes() == replay(tmp_path, "two_states").read_bytes()
    )


@pytest.mark.compiled
@pytest.mark.parametrize("name", [path.stem for path in COSTLY])
def test_every_bundled_scenario_fits_and_asks_for_nothing(tmp_path: Path, name: str) -> None:
    whys = decisions(sim.load(sim.scenarios() / f"{name}.yaml"), SEED, REPLICATION)
    written = replay(tmp_path, name, None, whys)
    assert whys
    assert refused(written.read_text(encoding="utf-8")) == []
    assert written.stat().st_size < MOST
    assert (
        OUTSIDE.findall(
            re.sub(
                r'<script type="application/json".*?</script>',
                "",
                written.read_text(encoding="utf-8"),
                flags=re.DOTALL,
            )
        )
        == []
    )


def test_an_address_from_outside_would_be_found() -> None:
    assert all(
        OUTSIDE.search(bad)
        for bad in (
            '<img src="https://a.b/c">',
            "<a href=page.html>",
            "url(x.png)",
            "@import 'x'",
            "eval('1')",
        )
    )


def test_both_claims_and_the_truth_are_in_the_news() -> None:
    news = found("af_pk_2026", words(), horizon="30 days")["news"]
    claims = [claim for one in news if one["d"] == -139 for claim in one.get("c", [])]
    assert [0, 1, "soldier", 58, 23, 23] in claims


@pytest.mark.parametrize("language", ["en", "fr"])
def test_scripts_and_template_say_only_words_that_there_are(language: str) -> None:
    known = words(language).entries
    template = (HERE / "replay.html.j2").read_text(encoding="utf-8")
    used = {
        key if "." in key else f"classroom.replay.{key}"
        for key in re.findall(r'\bsay\(\s*"([\w.]+)"', SCRIPT)
    }
    used |= {f"classroom.replay.{key}" for key in re.findall(r'\bt\("(\w+)"', template)}
    used |= set(re.findall(r'words\.text\("([\w.]+)"', template))
    assert len(used) > 40
    # what ends in an underscore is completed with a name: there is at least one such key
    assert [
        key
        for key in used
        if not any(word == key or (key.endswith("_") and word.startswith(key)) for word in known)
    ] == []


def test_no_word_of_the_replay_is_unused() -> None:
    everything = SCRIPT + (HERE / "replay.html.j2").read_text(encoding="utf-8")
    prefixes = ("legend_", "chart_", "claim_", "head_", "line_")
    section = words().section("classroom.replay")
    keys = [key.removeprefix("classroom.replay.") for key in section]
    assert len(keys) > 40
    buttons = re.findall(r'\("(\w+)", "M', everything)
    assert [
        key
        for key in keys
        if not key.startswith(prefixes)
        and key not in buttons
        and not re.search(rf'["._]{key}"', everything)
    ] == []


def test_texts_of_a_scenario_cannot_break_out_of_the_page(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><!-- é"
    written = replay(tmp_path, "two_states", title=evil).read_text(encoding="utf-8")
    assert "<script>alert" not in written
    carried = json.loads(re.findall(r'id="data">(.*?)</script>', written, re.DOTALL)[0])
    assert carried["about"]["title"] == evil


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.txt", "--out: must be a file that ends in .html"),
        ("nowhere/a.html", "must lie in a folder that exists"),
        ("folder.html", "must be a file, got the folder"),
    ],
)
def test_an_unfit_output_path_is_refused_before_the_work(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(ModelError, match=said):
        page.fit(tmp_path / name)


def test_a_replication_that_failed_is_shown_up_to_its_end() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml")
    run = rerun(scenario, SEED, REPLICATION)
    short = replace(
        run,
        blocks=run.blocks[:20],
        rung=run.rung[:8],
        failure=RunError("stopped", scenario="two_states", replication=3, seed=7, day=8),
    )
    carried = data(Replay(scenario, short, SEED, REPLICATION, "call"), words())
    assert carried["days"] == 20
    assert "stopped" in text(carried, words())


def test_the_end_is_carried_only_if_it_is_known() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 3, "outcome_window": 2})
    known = Replay(scenario, rerun(scenario, SEED, 0), SEED, 0, "call")
    assert "end" not in data(known, words())
    ended = replace(known, end=["How it ended: quiet."])
    assert data(ended, words())["end"] == ["How it ended: quiet."]
