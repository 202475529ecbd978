"""A page finds the turning points of a game by the rule of `sim.narration.turning_points`."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest
from conftest import ROOT
from scipy.stats import norm

from sim.narration.turning_points import DOUBT, FLOOR, LEVEL, turning_of

NODE = shutil.which("node")
SCRIPT = ROOT / "sim" / "classroom" / "scripts" / "play" / "turning.js"
CODE = """
import { turningOf, twoSided } from %s;
let text = "";
for await (const part of process.stdin) text += part;
const { games, rule, z } = JSON.parse(text);
const found = games.map((came) => turningOf(came, 3, rule));
console.log(JSON.stringify({ found, p: z.map(twoSided) }));
"""
pytestmark = pytest.mark.skipif(NODE is None, reason="Node.js is not installed")


def games() -> list[list[list[int]]]:
    """Outcomes of 100 futures from ten mornings and what came; some drift, some turn, one fails."""
    rng, found = np.random.default_rng(1), []
    for turns in ((), (4,), (3, 7)):
        share, came = 0.3, []
        for day in range(10):
            share = 1.0 - share if day in turns else share + 0.01
            came.append(np.where(rng.random(100) < share, 0, rng.integers(-1, 3, 100)))
        found.append([row.tolist() for row in [*came, np.zeros(100, dtype=np.int64)]])
    return found


def test_a_page_and_the_command_find_the_same() -> None:
    given = games()
    z = [0.0, 0.5, 1.959964, 4.0, 6.0]
    rule = {"floor": FLOOR, "level": LEVEL, "doubt": DOUBT, "runs": 100}
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", CODE % json.dumps(SCRIPT.as_uri())],
        input=json.dumps({"games": given, "rule": rule, "z": z}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    theirs = json.loads(done.stdout)
    np.testing.assert_allclose(theirs["p"], 2.0 * norm.sf(z), rtol=1e-6)
    turned = 0
    for came, found in zip(given, theirs["found"], strict=True):
        ours = turning_of(np.array(came), ("a", "b", "c"))
        assert [(one["day"], "abc"[one["outcome"]]) for one in found["moves"]] == [
            (one.day, one.outcome) for one in ours.moves
        ]
        for mine, one in zip(ours.moves, found["moves"], strict=True):
            ends = [one["before"], one["after"], one["error"]]
            np.testing.assert_allclose(ends, [mine.before, mine.after, mine.error])
        doubtful = {*ours.near, *(one.day for one in ours.moves if one.is_near)}
        assert found["near"] == sorted(doubtful)
        np.testing.assert_allclose(found["error"], ours.error)
        turned += len(ours.moves)
    assert turned >= 4
