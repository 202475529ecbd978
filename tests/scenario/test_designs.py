"""Designs in a file: what is wrong with them, which commands fit, and that they move nothing."""

from __future__ import annotations

import re

import pytest

from sim.scenario import load, load_text
from sim.scenario.designs import equal_steps
from sim.scenario.diff import changes

from .conftest import Child, problems

HEAD = """
variants:
  calm: {label: calm, states: {avaria: {resolve: 0.2}}}
designs:
"""
RESOLVE, OTHER = "states.avaria.resolve", "states.borduria.resolve"
STEPS = "{low: 0.1, high: 0.9, steps: 20}"
#: A design that is wrong, the path of what is wrong in it, and a part of the rule or of the value.
WRONG = {
    "lhs": ("{variants: [calm]}", "", "another name than the ways to fill"),
    "nothing": ("{label: none}", "", "must have one of vary, points"),
    "no_path": ("{vary: {states.avaria.courage: {low: 0, high: 1}}}", ".vary", "dotted path"),
    "outside": (f"{{vary: {{{RESOLVE}: {{low: 0, high: 2}}}}}}", ".vary", "must be in [0, 1]"),
    "turned": (f"{{vary: {{{RESOLVE}: {{low: 0.8, high: 0.2}}}}}}", ".vary", "must be below high"),
    "one_end": (f"{{vary: {{{RESOLVE}: {{low: 0.8}}}}}}", ".vary", "must have high too"),
    "two_kinds": (
        f"{{vary: {{{RESOLVE}: {{low: 0, high: 1, values: [1]}}}}}}",
        ".vary",
        "must have one of values",
    ),
    "twice": (f"{{vary: {{{RESOLVE}: {{values: [0.1, 0.1]}}}}}}", ".vary", "must be different"),
    "no_variant": ("{variants: [clam]}", ".variants.0", "must be a variant of the file"),
    "no_policy": ("{policies: {avaria: [grimm, grim]}}", ".policies", "a doctrine or module:Class"),
    "nobody": ("{policies: {atlantis: [grim]}}", ".policies", "must be one of the states"),
    "chooser": ("{chooser: borduria, policies: {avaria: [grim, mirror]}}", ".chooser", "whose pol"),
    "no_word": ("{vary: {states.avaria.policy: {words: [grim, kind]}}}", ".vary", "must be one of"),
    "crowd": (
        f"{{policies: {{avaria: [grim, mirror]}}, vary: {{{RESOLVE}: {STEPS}, {OTHER}: {STEPS}}}}}",
        "",
        "must make at most 200 scenarios",
    ),
    "whole": (
        f"{{variants: [calm], vary: {{{RESOLVE}: {{low: 0, high: 1}}}}}}",
        ".vary",
        "crossed",
    ),
    "target": ("{variants: [calm], look: [death]}", ".look.0", "must be a measure or an outcome"),
    "duration": (
        "{variants: [calm], regret: first_ceasefire_length}",
        ".regret",
        "must not be a duration",
    ),
    "bare_fill": ("{fill: 10, variants: [calm]}", ".fill", "must have vary beside it"),
    "elsewhere": ("{scenarios: [../../etc/passwd]}", ".scenarios.0", "must be a bundled scenario"),
    "spread": (
        f"{{vary: {{{RESOLVE}: {{drawn: {{dist: uniform, low: 0, high: 3}}}}}}}}",
        ".vary",
        "must have all its values in [0, 1]",
    ),
    "misused": (f"{{regret: deaths, vary: {{{RESOLVE}: {{low: 0, high: 1}}}}}}", ".regret", "left"),
    "vari": ("{vari: {}, variants: [calm]}", ".vari", "must be a field of"),
}


def test_everything_wrong_is_said_at_once_with_its_place(child: Child) -> None:
    lines = "".join(f"  {name}: {text}\n" for name, (text, _, _) in WRONG.items())
    found = problems(child(HEAD + lines))
    for line, (name, (_, path, rule)) in enumerate(WRONG.items(), start=3 + HEAD.count("\n")):
        own = [one for one in found if re.match(rf"designs\.{name}(\.|$)", one.path)]
        assert [one for one in own if rule in one.rule], (name, own)
        assert all(one.path.startswith(f"designs.{name}{path}") for one in own), name
        assert {one.line for one in own} == {line}, name
    assert next(one.given for one in found if one.path == "designs.crowd") == "800"


FITS = {
    "sweep": (f"{{vary: {{{RESOLVE}: {{low: 0, high: 1, steps: 5}}}}}}", 5, "sweep sensitivity"),
    "range": (f"{{vary: {{{RESOLVE}: {{low: 0, high: 1}}}}}}", None, "sensitivity uncertainty"),
    "fill": (f"{{fill: 9, vary: {{{RESOLVE}: {{low: 0, high: 1}}}}}}", 9, "compare uncertainty"),
    "cross": ("{variants: [all], policies: {avaria: [grim, mirror]}}", 4, "compare"),
    "meet": ("{policies: {avaria: [grim, mirror], borduria: [grim, mirror]}}", 4, "tournament"),
    "other": ("{scenarios: [two_states]}", 2, "compare"),
    "points": (
        f"{{points: [{{set: {{{RESOLVE}: 0.1}}}}, {{set: {{{OTHER}: 0.1}}}}]}}",
        2,
        "compare",
    ),
}


def test_a_design_says_which_commands_can_run_it(child: Child) -> None:
    path = child(HEAD + "".join(f"  {name}: {text}\n" for name, (text, _, _) in FITS.items()))
    found = load(path).designs
    for name, (_, size, commands) in FITS.items():
        assert found[name].size == size, name
        assert set(commands.split()) <= set(found[name].commands), name
    assert found["cross"].commands == ("compare",)


def test_a_design_moves_no_result_and_comes_through_the_resolved_form(child: Child) -> None:
    drawn = "{drawn: {dist: beta, a: 2, b: 3}}"
    text = f"designs:\n  one: {{label: One, vary: {{{RESOLVE}: {drawn}}}}}\n"
    plain, with_one = load(child("")), load(child(text))
    assert with_one.digest == plain.digest
    assert "designs" not in plain.resolved_text()
    again = load_text(with_one.resolved_text())
    assert again.resolved_text() == with_one.resolved_text()
    assert again.designs["one"].axes[0].dist == with_one.designs["one"].axes[0].dist
    assert RESOLVE not in {change.path for change in changes(plain.file, with_one.file)}
    assert not any(change.moves for change in changes(plain.file, with_one.file))
    assert not any(path.startswith("designs") for path in with_one.numbers())


def test_outcomes_of_its_own_make_of_an_inherited_design_a_warning(child: Child) -> None:
    child("designs: {one: {scenarios: [two_states], look: [quiet]}}\n", name="middle")
    path = child("outcomes: [{all: {}}]\nexpect: []\n", name="last", extends="middle.yaml")
    (warning,) = [one for one in load(path).warnings if one.path.startswith("designs")]
    assert warning.rule == "should be a measure or an outcome"


def test_a_child_merges_designs_and_loses_those_about_what_it_removes(child: Child) -> None:
    group = next(iter(load(child("")).file.groups))
    child(
        "designs:\n"
        f"  one: {{runs: 10, vary: {{{RESOLVE}: {{values: [0.1, 0.2]}}}}}}\n"
        f"  gone: {{vary: {{groups.{group}.base_rate: {{values: [0.1, 0.2]}}, {RESOLVE}: {{}}}}}}\n"
        "  dropped: {policies: {avaria: [grim, mirror]}}\n"
        f"levers: [{{path: {RESOLVE}, label: Resolve, low: 0, high: 1}}]\n"
        "expect: []\nteaching: {}\nhistory: []\n",
        name="middle",
    )
    path = child(
        f"groups: {{{group}: null}}\ndesigns: {{one: {{seed: 3}}, dropped: null}}\n",
        name="last",
        extends="middle.yaml",
    )
    found = load(path).designs
    assert list(found) == ["one"]
    assert (found["one"].asked.runs, found["one"].asked.seed) == (10, 3)


@pytest.mark.parametrize(("low", "high", "steps"), [(0.0, 1.0, 6), (0.3, 0.9, 7)])
def test_steps_are_numbers_that_people_write(low: float, high: float, steps: int) -> None:
    found = equal_steps(low, high, steps)
    assert (found[0], found[-1], len(found)) == (low, high, steps)
    assert all(len(str(value)) <= 4 for value in found)
