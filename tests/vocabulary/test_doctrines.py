"""Doctrines: each is a state's own fields, a face of its own, and its words in every language."""

from __future__ import annotations

import re

import pytest

import sim
from sim.scenario.fields import specs
from sim.scenario.schema.actors import State
from sim.vocabulary.doctrines import DOCTRINES, FACE_SIZE, Doctrine, doctrine_of
from sim.words import words


@pytest.mark.parametrize("doctrine", DOCTRINES, ids=lambda one: one.name)
def test_a_doctrine_can_be_had_by_a_state(doctrine: Doctrine) -> None:
    assert set(doctrine.settings) <= set(specs(State))
    path = sim.scenarios() / "two_states.yaml"
    settings = {f"states.westmark.{name}": value for name, value in doctrine.settings.items()}
    state = sim.load(path, settings).file.states["westmark"]
    for name, value in doctrine.settings.items():
        found = getattr(state, name)
        assert getattr(found, "value", found) == value
    assert doctrine_of(doctrine.name) is doctrine


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_has_a_name_and_a_sentence(language: str) -> None:
    said = words(language)
    names = [said.text(f"doctrines.names.{one.name}") for one in DOCTRINES]
    assert len(set(names)) == len(DOCTRINES)
    for one in DOCTRINES:
        sentence = said.text(f"doctrines.sentences.{one.name}")
        assert sentence.endswith(".")
        assert len(sentence) < 110


def test_faces_and_settings_differ() -> None:
    assert len({one.face for one in DOCTRINES}) == len(DOCTRINES)
    assert len({tuple(sorted(one.settings.items())) for one in DOCTRINES}) == len(DOCTRINES)


@pytest.mark.parametrize("doctrine", DOCTRINES, ids=lambda one: one.name)
def test_a_face_is_one_line_within_its_square(doctrine: Doctrine) -> None:
    number = r"\d+(?:\.\d+)?"
    assert re.fullmatch(rf"M{number} {number}(?: (?:[ML]{number} {number}|Z))+", doctrine.face)
    assert all(1 <= float(one) <= FACE_SIZE - 1 for one in re.findall(number, doctrine.face))
