"""Names with articles and spellings of their own, in sentences and in headings."""

from __future__ import annotations

import pytest
from conftest import ROOT

from sim.narration.names import titles_of
from sim.narration.news import NewsWriter
from sim.scenario import Scenario, load
from sim.words.measures import measure_name
from sim.words.words import words

FILE = ROOT / "scenarios" / "two_states.yaml"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(
        FILE,
        {
            "states.westmark.title": "Côte-Ouest",
            "states.eastmark.prose": "the Eastern Provinces",
            "mediators.lakeland.prose": "the League of Lakes",
        },
    )


def test_a_name_with_an_article_begins_a_sentence_with_a_capital(scenario: Scenario) -> None:
    writer = NewsWriter(scenario)
    east, west = writer.name_of["eastmark"], writer.name_of["westmark"]
    assert writer.say("close_crossings", actor=east, target=west) == (
        "The Eastern Provinces closes its crossings with Côte-Ouest."
    )
    assert writer.say("close_crossings", actor=west, target=east) == (
        "Côte-Ouest closes its crossings with the Eastern Provinces."
    )


def test_within_a_sentence_it_stays_as_it_is(scenario: Scenario) -> None:
    writer = NewsWriter(scenario)
    answer = writer.say("accepts", state=writer.name_of["eastmark"])
    said = writer.say("offer", mediator=writer.name_of["lakeland"], answers=answer)
    assert said == "The League of Lakes offers talks: the Eastern Provinces accepts."


def test_reasons_begin_with_a_capital_too(scenario: Scenario) -> None:
    from sim.narration.explain import Explainer

    explainer = Explainer(scenario, words())
    assert explainer.begin("the Eastern Provinces had 3 options.").startswith("The Eastern")
    assert explainer.begin("Beside the Eastern Provinces") == "Beside the Eastern Provinces"


def test_a_heading_has_the_title(scenario: Scenario) -> None:
    titles = titles_of(scenario.file)
    assert titles["westmark"] == "Côte-Ouest"
    assert titles["eastmark"] == "Eastmark"
    assert titles["hill_front"] == "HF"


def test_a_measure_names_the_state_as_a_sentence_does(scenario: Scenario) -> None:
    found = {one.name: measure_name(one, words()) for one in scenario.measures}
    assert found["deaths_eastmark_security"] == "security forces killed, the Eastern Provinces"
    belief = found["belief_end_westmark_eastmark"]
    assert "Côte-Ouest" in belief
    assert "the Eastern Provinces" in belief


def test_names_move_no_result(scenario: Scenario) -> None:
    assert scenario.digest == load(FILE).digest
