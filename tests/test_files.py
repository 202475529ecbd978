"""What is written stays in the folder that was named, and is not written through a link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ensemble.conftest import run

from sim.ensemble.arguments import slug
from sim.ensemble.lock import Lock
from sim.errors import StoreError
from sim.files import inside, make_inside, write_file
from sim.scenario import Scenario, load

TWO_STATES = Path(__file__).resolve().parents[1] / "scenarios" / "two_states.yaml"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(TWO_STATES, {"horizon": 5})


def test_names_of_files_stay_in_their_folder(tmp_path: Path) -> None:
    assert inside(tmp_path, "a", "b.yaml") == tmp_path / "a" / "b.yaml"
    assert inside(Path("results"), "x") == Path("results/x")


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc", "a\\b", "a\0b"])
def test_what_is_no_name_of_a_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="must be followed by the name of a file"):
        inside(tmp_path, "a", name)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.mkdir()
    (home / "out").symlink_to(other, target_is_directory=True)
    (home / "in").symlink_to(home, target_is_directory=True)
    (home / "loop").symlink_to(home / "loop")
    for names in (("out",), ("out", "x"), ("in", "out")):
        with pytest.raises(StoreError, match="must stay inside"):
            make_inside(home, *names)
    assert inside(home, "in", "x") == home / "in" / "x"
    with pytest.raises(StoreError, match="cannot be made"):
        make_inside(home, "loop")


def test_a_folder_that_is_a_link_itself_was_named_by_its_user(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "disk", target_is_directory=True)
    assert make_inside(tmp_path / "home", "x").is_dir()


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("gold")
    (tmp_path / f"a.txt.{os.getpid()}.tmp").symlink_to(treasure)
    (tmp_path / "a.txt").symlink_to(treasure)
    write_file(tmp_path / "a.txt", "lead")
    assert treasure.read_text() == "gold"
    assert (tmp_path / "a.txt").read_text() == "lead"
    (tmp_path / ".lock").symlink_to(treasure)
    with pytest.raises(StoreError, match="cannot be written"):
        Lock(tmp_path).acquire()
    assert treasure.read_text() == "gold"


@pytest.mark.parametrize("name", ["chunks", "series"])
def test_a_results_folder_with_a_link_in_it_is_refused(
    name: str, scenario: Scenario, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / name).symlink_to(tmp_path / "other", target_is_directory=True)
    with pytest.raises(StoreError, match="must stay inside"):
        run(scenario, runs=2, seed=7, out=tmp_path / "home")
    assert list((tmp_path / "other").iterdir()) == []


NAMES = ["../../x", "/etc/passwd", "..", "a" * 5000, "\u0430/\u0431", "A b", ""]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_becomes_the_name_of_one_folder(name: str, tmp_path: Path) -> None:
    assert inside(tmp_path, slug(name)).parent == tmp_path
    assert len(slug(name)) < 100


def test_names_in_other_scripts_and_long_names_stay_apart() -> None:
    names = ["war in \u4e2d", "war in \u56fd", "a" * 200 + "b", "a" * 200 + "c"]
    assert len({slug(name) for name in names}) == len(names)
    assert slug("Bold move") == "bold_move"
