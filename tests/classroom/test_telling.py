"""A page tells a replication that it has computed in the same words as Python tells it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import BUNDLED, LONG_TESTS, OWN_OPTIONS, ROOT

from sim.classroom import page
from sim.classroom.replay import OWN, Replay, data
from sim.classroom.telling import telling
from sim.replication.ledger import decisions
from sim.replication.rerun import rerun
from sim.scenario import scenario_of
from sim.vocabulary.codes import EventKind
from sim.words import words

TELL = Path(__file__).with_name("tell.mjs")
NODE = shutil.which("node")
SEED = 7
#: Replications in which a scenario's own events and actions come.
OWN_RULES_IN = {"naval_strait": 0, "cyber_grid": 2, "sponsor_valley": 3}
SCENARIOS = sorted(
    path.stem for path in BUNDLED if LONG_TESTS or path.stem in ("af_pk_2026", "three_states")
)
pytestmark = [
    pytest.mark.compiled,
    pytest.mark.skipif(NODE is None, reason="Node.js is not installed"),
]


def both(name: str, replication: int, language: str, folder: Path) -> tuple[Any, Any]:
    """The content of a replay as Python makes it, and as a page does."""
    from sim.engine.replication import replay

    scenario, said = scenario_of(name), words(language)
    run = rerun(scenario, SEED, replication)
    ours = data(
        Replay(scenario, run, SEED, replication, "", decisions(scenario, SEED, replication)), said
    )
    whole = replay(run.template, SEED, replication, ledger=True)
    sizes = {"words": len(run.template.words), "horizon": scenario.horizon}
    texts = page.script_words(said, "page") | said.section("narration.news")
    texts |= page.option_words(scenario, said)
    told = telling(scenario, run.template, said)
    for part, value in (("telling", told), ("say", texts), ("sizes", sizes)):
        (folder / f"{part}.json").write_text(json.dumps(value), encoding="utf-8")
    for part, rows in (
        ("blocks", whole.blocks),
        ("events", whole.events),
        ("ledger", whole.ledger),
    ):
        (folder / f"{part}.bin").write_bytes(rows.tobytes())
    done = subprocess.run(
        [str(NODE), str(TELL), str(folder)], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    del ours[OWN]  # words of the scripts, which a page has already
    return json.loads(json.dumps(ours)), json.loads(done.stdout)


def differences(ours: Any, theirs: Any) -> list[str]:
    """What of the content is not the same."""
    found = [key for key in ours if key != "about" and ours[key] != theirs.get(key)]
    return found + [key for key in theirs if key not in ours]


def test_every_kind_of_event_has_a_wording_in_the_page() -> None:
    text = (ROOT / "sim" / "classroom" / "scripts" / "story" / "writer.js").read_text()
    missing = [
        kind.word for kind in EventKind if not re.search(rf"^  {kind.word}[(:]", text, re.MULTILINE)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *(("two_states", "en"), ("two_states", "fr")),
        *(("naval_strait", "en"), ("cyber_grid", "fr"), ("sponsor_valley", "en")),
        (str(OWN_OPTIONS), "en"),
        ("two_alliances", "fr"),
    ],
)
def test_both_tell_the_same(tmp_path: Path, name: str, language: str) -> None:
    ours, theirs = both(name, OWN_RULES_IN.get(name, 3), language, tmp_path)
    assert len(ours["news"]) > 50
    assert differences(ours, theirs) == []
    ruled = name in OWN_RULES_IN
    assert any("rule" in one for one in ours["news"]) == ruled
    assert any("r" in row for row in ours["why"]["rows"]) == ruled
    kinds = any(one.share is not None for one in scenario_of(name).file.actions.values())
    assert any("w" in row for row in ours["why"]["rows"]) == kinds


@pytest.mark.nightly
@pytest.mark.parametrize("name", SCENARIOS)
def test_both_tell_the_same_of_every_bundled_scenario(tmp_path: Path, name: str) -> None:
    for replication in range(3):
        language = "fr" if replication % 2 else "en"
        ours, theirs = both(name, replication, language, tmp_path)
        assert differences(ours, theirs) == [], replication
