"""What a language makes of a word and the name that is filled in behind it."""

from __future__ import annotations

import pytest

from sim.words import words
from sim.words.reading import fill_in


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("le Westmark", "un commandement frontalier du Westmark"),
        ("l’Eastmark", "un commandement frontalier de l’Eastmark"),
        ("les Îles", "un commandement frontalier des Îles"),
        ("Oman", "un commandement frontalier d’Oman"),
        ("Qatar", "un commandement frontalier de Qatar"),
    ],
)
def test_a_name_is_joined_to_the_word_before_it(name: str, whole: str) -> None:
    assert words("fr").text("narration.news.forced_command", actor=name) == whole


def test_a_join_is_one_of_whole_words() -> None:
    assert fill_in("mode {x}", {"x": "le"}, {"de |le": "du"}) == "mode le"
    assert fill_in("de {x}{y}", {"x": "le ", "y": "b"}, {"de |le ": "du "}) == "du b"
    assert fill_in("{{{x}}}", {"x": "{y}"}, {}) == "{{y}}"
