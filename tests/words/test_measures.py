"""What people read of a measure: its name, its meaning and its unit, in their language."""

from __future__ import annotations

import pytest
from conftest import ROOT

from sim.scenario import load
from sim.vocabulary.measures import Measure, measures
from sim.words import words
from sim.words.measures import (
    measure_meaning,
    measure_name,
    target_name,
    unit_beside,
    unit_name,
)

ALL = measures(["north_isle"], ["reds"], ["east_coast"], [("north_isle", "south")])
NAMED = {one.name: one for one in ALL}


@pytest.mark.parametrize("say", [measure_name, measure_meaning])
@pytest.mark.parametrize("measure", ALL, ids=lambda one: one.name)
def test_every_measure_has_words_of_its_own_in_french(measure: Measure, say) -> None:  # type: ignore[no-untyped-def]
    found = {tag: say(measure, words(tag)) for tag in ("en", "fr")}
    assert all(text and "{" not in text and "_" not in text for text in found.values()) or (
        "outcome_window" in found["en"]
    )
    assert found["en"] != found["fr"] or measure.name in ("raids", "offensives")


def test_a_measure_of_one_entity_names_it() -> None:
    state, view = NAMED["deaths_north_isle_security"], NAMED["belief_end_north_isle_south"]
    assert measure_meaning(state, words()) == "soldiers and police of North Isle killed"
    assert measure_name(view, words()) == "belief of North Isle at the end about South"


def test_a_group_is_called_by_the_short_name_of_its_scenario() -> None:
    scenario = load(ROOT / "scenarios" / "af_pk_2026.yaml")
    named = {measure.name: measure_name(measure, words()) for measure in scenario.measures}
    assert named["deaths_ttp"] == "fighters killed, TTP"


def test_a_rung_is_called_as_in_the_language() -> None:
    assert measure_name(NAMED["days_at_rung_6"], words()) == "days at rung 6 (open war)"
    assert (
        measure_name(NAMED["days_at_rung_6"], words("fr")) == "jours à l’échelon 6 (guerre ouverte)"
    )


def test_a_target_is_a_measure_or_an_outcome() -> None:
    french = words("fr")
    assert target_name("wars", NAMED, french) == "guerres"
    assert target_name("war, not over", NAMED, french) == "guerre inachevée"


def test_units_are_words_too() -> None:
    assert unit_name("days", words("fr")) == "jours"
    assert unit_name("km", words("fr")) == "km"
    assert [unit_beside(unit, words("fr")) for unit in ("count", "days")] == ["", "jours"]


def test_a_duration_names_the_flag_that_its_end_was_seen() -> None:
    durations = [one for one in ALL if one.duration]
    assert durations
    for one in durations:
        assert one.time
        assert NAMED[one.ended_by].unit == "flag"
