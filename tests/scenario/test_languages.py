"""A scenario in another language: what changes, what stays, and what is said about its texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import Scenario, load, load_text, localise
from sim.scenario.languages import NAMED, OURS, texts_of
from sim.words import Words, words

BASE = """
id: base
extends: two_states
languages: {de: {states: {westmark: {title: Westmark, prose: die Westmark}}}}
"""


SMALL = Path(__file__).parents[1] / "fuzz" / "seeds"


def written(folder: Path, text: str, name: str = "base") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def french(scenario: Scenario) -> tuple[Scenario, Words]:
    return localise(scenario, words("fr"))


def told(scenario: Scenario, *parts: str) -> list[str]:
    """The warnings that say all of the parts."""
    return [str(one) for one in scenario.warnings if all(part in str(one) for part in parts)]


@pytest.mark.parametrize("name", ["two_states", "three_states"])
def test_a_bundled_lesson_is_whole_in_french(name: str) -> None:
    scenario = load(name)
    own = scenario.file.languages["fr"]
    shown, said = french(scenario)
    assert {text for _, text in texts_of(scenario.file)} <= {
        *own.texts,
        *map(str.strip, own.texts),
    } | {scenario.summary}
    assert all(set(getattr(scenario.file, t)) == set(getattr(own, t)) for t in NAMED)
    assert set(own.outcomes) == (set() if scenario.has_default_outcomes else {*scenario.outcomes})
    for outcome, text in own.outcomes.items():
        assert said.term("vocabulary.outcomes", outcome) == text
    assert shown.title != scenario.title
    assert [*shown.file.teaching.roles] != [*scenario.file.teaching.roles]


def test_nothing_but_texts_moves() -> None:
    scenario = load("three_states")
    shown, _ = french(scenario)
    assert (shown.digest, shown.text, shown.id) == (scenario.digest, scenario.text, scenario.id)
    assert [*shown.outcomes] == [*scenario.outcomes]
    assert [one.name for one in shown.measures] == [one.name for one in scenario.measures]
    numbers = {path: float(number) for path, number in scenario.numbers().items()}
    assert {path: float(number) for path, number in shown.numbers().items()} == numbers
    assert localise(scenario, words())[0] is scenario


def test_a_resolved_form_says_all_of_it_again() -> None:
    long = "A text of many words. " * 80  # longer than a key of YAML may be on its line
    scenario = load("two_states", {"summary": long, "languages.fr.texts": f"{{? '{long}' : Long}}"})
    again = load_text(scenario.text)
    assert again.text == scenario.text
    assert again.digest == scenario.digest
    assert french(again)[0].summary == "Long"
    assert told(again, "languages") == []


def test_a_text_has_one_translation_however_it_is_folded(tmp_path: Path) -> None:
    folded = "languages: {fr: {texts: {Guess first: Devinez, 'A   new   title': Titre}}}"
    child = written(
        tmp_path, f"id: base\nextends: two_states\ntitle: >\n  A new\n  title\n{folded}"
    )
    shown, _ = french(load(child))
    assert shown.title == "Titre"
    assert shown.file.teaching.tries[0].label == "Devinez"  # over the one that it inherits
    assert shown.file.history[-1].label == "Le Westmark ferme les points de passage"


def test_a_variant_has_its_title_and_its_texts(tmp_path: Path) -> None:
    text = (
        "id: base\nextends: two_states\nvariants: {calm: {label: nobody fights}}\n"
        "languages: {fr: {texts: {nobody fights: personne ne se bat}}}\n"
    )
    path = written(tmp_path, text)
    assert told(load(path), "nobody fights") == []
    shown, _ = french(load(path))
    assert shown.variants == {"calm": "personne ne se bat"}
    shown, _ = french(load(f"{path}#calm"))
    assert shown.title == "Westmark et Eastmark, une première leçon, personne ne se bat"


def test_who_is_removed_takes_its_name_along(tmp_path: Path) -> None:
    child = written(
        tmp_path, "id: base\nextends: three_states\ngroups: {thorn: null}\nteaching: null"
    )
    assert "thorn" not in load(child).file.languages["fr"].groups


def test_what_is_missing_and_what_translates_nothing_are_told(tmp_path: Path) -> None:
    text = (
        "id: base\nextends: two_states\nquestion: What comes now?\nlanguages:\n  fr:\n"
        "    outcomes: {peace: paix}\n    texts: {What comes next?: Et ensuite ?}\n"
    )
    scenario = load(written(tmp_path, text))
    assert told(scenario, ":3:", "question: should have a text in fr, got What comes now?")
    assert told(scenario, ":7:", "should be a text of the scenario", "did you mean What comes now?")
    assert told(scenario, ":6:", "should be an outcome of the scenario", "peace")
    assert len(told(scenario, "languages")) == 3  # what it inherits is not its own


def test_a_language_without_names_is_told_each(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, BASE))
    assert told(scenario, "states.eastmark: should have a name in de")
    assert told(scenario, "borders.hill_pass: should have a name in de")
    assert not told(scenario, "states.westmark: should have a name")
    inherits = load(written(tmp_path, "id: more\nextends: base.yaml", "more"))
    assert told(inherits, " in de") == []


def test_what_is_wrong_is_told_all_at_once(tmp_path: Path) -> None:
    text = (
        "id: base\nextends: two_states\nlanguages:\n  French: {}\n  fr:\n"
        "    states: {westmrk: {title: W}, eastmark: {name: E}}\n    sectors: {west_hills: [a]}\n"
    )
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, text))
    found = str(caught.value)
    for part in (
        "languages.French: must be the tag of a language",
        "must be one of the states, got westmrk (did you mean westmark?",
        "languages.fr.states.eastmark.name: must be a field",
        "languages.fr.sectors.west_hills: must be text",
    ):
        assert part in found, found


def test_a_strangers_text_is_shown_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "id: base\nextends: three_states\nlanguages:\n  fr:\n"
        "    outcomes: {war: '{0.__class__} <b>{n}'}\n"
        "    states: {alderland: {title: '{actor}', prose: '{actor} <i>'}}\n"
    )
    shown, said = french(load(written(tmp_path, text)))
    assert said.term("vocabulary.outcomes", "war") == "{0.__class__} <b>{n}"
    actor = shown.file.states["alderland"].prose
    assert said.text("narration.news.offensive_end", actor=actor).startswith("{actor} <i> met")


def test_a_role_is_called_like_its_actor(tmp_path: Path) -> None:
    shown, _ = french(load("two_states"))
    assert [*shown.file.teaching.roles] == [
        *("Eastmark", "Front des collines", "Lakeland", "Westmark")
    ]


def test_what_the_program_says_by_itself_is_said_in_the_language_and_asked_of_nobody() -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8").replace("assumed: x", "")
    scenario = load_text(f"kind: fictional\n{text}\nlanguages: {{fr: {{texts: {{a: un}}}}}}\n")
    assert scenario.file.states["arland"].personnel.assumed == "invented"
    assert [one for one in scenario.warnings if one.given in OURS] == []
    seen, _ = french(scenario)
    assert seen.question == "Que se passe-t-il ensuite ?"
    assert seen.file.states["arland"].personnel.assumed == "inventé"
