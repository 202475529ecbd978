"""The command play: a game at a terminal, kept and gone on with; and replay of its code."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from sim.engine.jit import COMPILED

from .conftest import Call, Said

SHORT = () if COMPILED else ("--set", "horizon=12", "--set", "outcome_window=5")
PLAY = ("play", "two_states", "--seed", 7, "--replication", 3, "--no-turning", *SHORT)
CODE = re.compile(r"(?:game|partie ?) ?: ([0-9A-Z-]{11,})")


def codes(said: Said) -> list[str]:
    return CODE.findall(said.out)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, engine_call: Call) -> Call:
    """Call a command with lines on its standard input."""

    def call(lines: str, *words: object) -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        return engine_call(*words)

    return call


def test_a_game_that_is_left_says_how_to_go_on(typed: Call, tmp_path: Path) -> None:
    said = typed("q\n", *PLAY, "--as", "westmark")
    assert said.code == 0
    assert "--save FILE" in said.out
    save = tmp_path / "my game.json"
    said = typed("1\nexit\n", *PLAY, "--as", "westmark", "--save", save)
    line = next(one for one in said.out.replace("\n", " ").split("To go on")[1:])
    assert f"--resume --save '{save}'" in line
    again = typed("q\n", *PLAY[:2], *SHORT, "--resume", "--save", save)
    assert "Stop 2" in again.out


@pytest.mark.compiled
def test_a_game_to_its_end_and_again_by_its_code(typed: Call, tmp_path: Path) -> None:
    said = typed("?\nown\nworlds 2\n4\nundo\n" + "4\n2\n" * 20, *PLAY, "--as", "westmark")
    assert said.code == 0, said.err
    assert "Stop 1: day 1" in said.out
    assert "The model's Westmark would choose" in said.out
    assert "100 worlds from this morning with “protest and alert”" in said.out
    assert "raid (Eastmark): " in said.out
    assert "How it ended: " in said.out
    assert "in the model it lost" in said.out.partition("The end")[2]
    assert "in the model" not in said.out.partition("Stop 1")[2].partition("The end")[0]
    (code,) = codes(said)
    again = typed("", "replay", code)
    assert again.code == 0, again.err
    command = re.search(r"run_sim.py (fork .*)", again.out)
    digest = re.search(r"Check of all its days: ([0-9a-f]{64})", again.out)
    assert digest
    assert command
    assert "--force westmark@1=raid" in command[1]
    paged = typed("", "replay", code, "two_states", "--out", "game.html")
    assert paged.code == 0, paged.err
    assert "westmark" in (tmp_path / "game.html").read_text().lower()


def test_the_end_of_the_input_ends_the_game_with_its_code(typed: Call) -> None:
    said = typed("1\n", *PLAY, "--as", "westmark", "--language", "fr")
    assert said.code == 0, said.err
    assert "La partie s’est terminée avant son dernier arrêt." in said.out
    assert len(codes(said)) == 1


@pytest.mark.compiled
def test_several_play_in_turn_and_take_nothing_back(typed: Call) -> None:
    said = typed("1\nundo\n1\n1\nquit\n", *PLAY, "--as", "westmark", "--as", "eastmark")
    assert "It is the turn of Westmark." in said.out
    assert "It is the turn of Eastmark." in said.out
    assert "Choices cannot be taken back when several play." in said.out


def test_a_game_is_kept_and_gone_on_with(typed: Call, tmp_path: Path) -> None:
    kept = ("--save", "game.json")
    first = typed("1\n", *PLAY, "--as", "westmark", *kept)
    assert first.code == 0, first.err
    content = json.loads((tmp_path / "game.json").read_text())
    assert [content["code"]] == codes(first)
    second = typed("", *PLAY[:2], *PLAY[6:], *kept, "--resume")
    assert second.code == 0, second.err
    assert "Stop 2: " in second.out or "The end" in second.out
    assert codes(second) == codes(first)
    older = typed("", *PLAY, "--as", "westmark", *kept)
    assert (older.code, older.err) == (
        2,
        "--save: game.json is there already (--resume goes on with it; or name another file)\n",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "must be a game that `play --save` has kept"),
        ("{" * 9000, "must be a game that `play --save` has kept"),
        ("[1]", "must be a game that `play --save` has kept"),
        ('{"kind": "escalation-game", "code": 7}', "must be a game that"),
        ('{"kind": "escalation-game", "code": "4RB07-02DPW-A3C1V-0F"}', "has a slip"),
    ],
)
def test_a_damaged_file_is_one_error(typed: Call, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "game.json").write_text(content)
    found = typed("", "play", "two_states", "--save", "game.json", "--resume")
    assert found.code == 2
    assert found.err.startswith("--save: game.json: ")
    assert said in found.err
    assert len(found.err.splitlines()) == 1


WRONG = {
    "play two_states": "--as: must be given; there are eastmark, westmark, lakeland",
    "play two_states --as westmrk": "--as: must be an actor of the scenario, got westmrk, did you "
    "mean westmark?; there are eastmark, westmark, lakeland, hill_front",
    "play two_states --as hill_front": "--as: must be a state or a mediator, got the armed group "
    "hill_front (--allow-groups lets groups be played; in a class the teacher decides)",
    "play two_states --as westmark --as westmark": "--as: must name each role once, "
    "got westmark, westmark",
    "play two_states --resume": "--resume: must stand with --save FILE, which holds the game",
    "replay 4RB07-02DPW-A3C1V-0F": "code: has a slip, its check signs do not fit: "
    "4RB07-02DPW-A3C1V-0F (compare it sign by sign; there are no letters I, L, O and U)",
    "replay two_states three_states --out a.html": "replay: must be given one scenario, or a code "
    "and its scenario, got three_states",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_wrong_is_one_line(typed: Call, words: str) -> None:
    said = typed("", *words.split())
    assert (said.code, said.err) == (2, WRONG[words] + "\n")


@pytest.mark.compiled
def test_a_real_case_carries_a_word_of_care_and_a_group_needs_leave(typed: Call) -> None:
    real = typed("", "play", "india_pakistan_2019", "--as", "india", "--replication", 0)
    assert "This is a real conflict, in which people died." in real.out
    fictional = typed("", *PLAY, "--as", "hill_front", "--allow-groups")
    assert "real conflict" not in fictional.out
    assert "What pace does your campaign take?" in fictional.out
