"""Nothing drawn is told as reported; what the model fills in stands apart."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from conftest import BUNDLED, ROOT

import sim.scenario
from sim.engine.replication import replay
from sim.engine.world import build
from sim.narration.event_sentences import EventSentence, event_sentences
from sim.narration.trace import trace
from sim.scenario import Scenario, load
from sim.words import words

HISTORICAL = [
    path for path in BUNDLED if load(path).file.history and load(path).kind == "historical"
]
TWO_STATES = ROOT / "scenarios" / "two_states.yaml"


@cache
def told(path: Path, replication: int, tag: str = "en") -> tuple[str, ...]:
    """The lines of a history, in a language."""
    scenario = load(path, {"horizon": 2, "outcome_window": 1})
    story = replay(build(scenario), 7, replication)
    return tuple(line.strip() for line in trace(story, scenario, words(tag)))


@pytest.mark.compiled
@pytest.mark.parametrize("tag", ["en", "fr"])
@pytest.mark.parametrize("path", HISTORICAL, ids=lambda path: path.stem)
def test_the_reported_lines_are_the_same_in_all_replications(path: Path, tag: str) -> None:
    mark = words(tag).text("narration.trace.as_reported")
    first, *others = (
        [line for line in told(path, number, tag) if mark in line] for number in (3, 5, 11)
    )
    assert len(first) == len(load(path).file.history)
    assert others == [first, first]


@pytest.mark.compiled
def test_what_the_model_fills_in_differs_and_is_marked() -> None:
    """The control: the lines of the model do differ."""
    path = ROOT / "scenarios" / "af_pk_2026.yaml"
    mark = words().text("narration.trace.filled_in")
    lines = [[line for line in told(path, number) if mark in line] for number in (3, 5, 11)]
    assert all(lines)
    assert lines[0] != lines[1] != lines[2]


def history(changes: str, **overrides: object) -> list[EventSentence]:
    """The sentences of the history of the first lesson with one event of one's own in it."""
    scenario = one_event(changes, **overrides)
    return list(event_sentences(replay(build(scenario), 7, 0).events, scenario))


def one_event(changes: str, **overrides: object) -> Scenario:
    """The first lesson with one raid as its whole history."""
    text = one_text(changes)
    return sim.scenario.load_text(text, {"horizon": 2, "outcome_window": 1, **overrides})


def one_text(changes: str) -> str:
    """The text of the first lesson with one raid as its whole history."""
    text = TWO_STATES.read_text(encoding="utf-8")
    event = f"""history:
  - date: 2000-03-05
    actor: eastmark
    action: raid
    target: westmark
    sectors: [west_hills]
    assumed: invented
{changes}
"""
    start = text.index("history:")
    end = re.search(r"^\w", text[start + 8 :], re.MULTILINE)
    assert end
    return text[:start] + event + text[start + 8 + end.start() :]


def reported(sentences: list[EventSentence]) -> EventSentence:
    """The only reported event."""
    (found,) = [one for one in sentences if one.scripted]
    return found


def test_dead_that_nobody_stated_are_not_reported() -> None:
    one = reported(history(""))
    assert "Dead" not in one.more
    assert "No dead" not in one.more
    assert one.filled.startswith("Dead: ")


def test_stated_dead_are_reported_and_nothing_is_filled_in() -> None:
    one = reported(history("    deaths: {own: 2, security: 5, civilians: 0}"))
    assert one.more == "Dead: 2 soldiers of Eastmark and 5 soldiers and police of Westmark."
    assert one.filled == ""


def test_none_is_said_only_where_the_file_says_it() -> None:
    one = reported(history("    deaths: {own: 0, security: 0, civilians: 0}"))
    assert one.more == "No dead were reported."


def test_the_label_leads_and_who_says_so_is_named() -> None:
    one = reported(
        history(
            "    label: Raid at dawn\n"
            "    deaths: {security: {value: 4, assumed: invented, claimed_by: eastmark}}\n"
            "    claims: {eastmark: 40}\n"
            "    claimed_by: [eastmark]\n"
        )
    )
    assert one.what.startswith("Raid at dawn. Eastmark raids")
    assert "4 soldiers and police of Westmark (according to Eastmark)" in one.more
    assert "Eastmark claims 40 of the enemy killed." in one.more
    assert "Eastmark said that it was its act." in one.more


def test_a_label_that_is_a_sentence_is_not_said_twice() -> None:
    label = "    label: Eastmark raids posts before dawn\n"
    one = reported(history(label))
    assert one.what == "Eastmark raids posts before dawn (Western hills)."
    one = reported(history(label.replace("before dawn", "in the western hills")))
    assert one.what == "Eastmark raids posts in the western hills."
    one = reported(history(label.replace("Eastmark raids", "Eastmark's men raid")))
    assert one.what.startswith("Eastmark's men raid posts before dawn. Eastmark raids border posts")


def test_a_denial_is_told() -> None:
    assert "Westmark denied it." in reported(history("    denied_by: [westmark]")).more


def test_fire_across_a_border_is_told_without_saying_who_began() -> None:
    text = one_text("    deaths: {security: 1}\n").replace("action: raid", "action: clash")
    clash = sim.scenario.load_text(text, {"horizon": 2, "outcome_window": 1})
    one = reported(list(event_sentences(replay(build(clash), 7, 0).events, clash)))
    assert one.what == (
        "There is fire across the border between Eastmark and Westmark in Western hills."
    )


@pytest.mark.parametrize(
    ("claim", "words_of_it"),
    [
        ("", "There is an attack in Western hills, attributed to HF."),
        ("    claimed_by: [hill_front]\n", "HF carries out an attack in Western hills."),
    ],
)
def test_an_attack_that_nobody_claimed_is_attributed(claim: str, words_of_it: str) -> None:
    text = TWO_STATES.read_text(encoding="utf-8").replace(
        "    kind: base\n", f"    kind: base\n{claim}"
    )
    scenario = sim.scenario.load_text(text, {"horizon": 2, "outcome_window": 1})
    (first, *_) = (
        one
        for one in event_sentences(replay(build(scenario), 7, 0).events, scenario)
        if one.scripted
    )
    assert words_of_it in first.what


@pytest.mark.parametrize("sourced", [True, False])
def test_dead_that_the_file_assumes_are_marked_in_the_event_of_a_source(sourced: bool) -> None:
    text = one_text("    deaths: {security: {value: 4, assumed: ours}}\n")
    if sourced:
        text = text.replace("    assumed: invented\n    deaths", "    source: x\n    deaths")
        text = text.replace("relations:\n", "sources: {x: {title: X}}\nrelations:\n", 1)
    scenario = sim.scenario.load_text(text, {"horizon": 2, "outcome_window": 1})
    more = reported(list(event_sentences(replay(build(scenario), 7, 0).events, scenario))).more
    assert more == f"Dead: 4 soldiers and police of Westmark{' (assumed)' if sourced else ''}."
