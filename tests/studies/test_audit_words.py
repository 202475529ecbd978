"""What an audit says has its words: every reason by its key, in every complete language."""

from __future__ import annotations

import pytest

from sim.studies.audit.findings import ACTION, Finding, sentence
from sim.studies.audit.known_reasons import _REASONS
from sim.words import words
from sim.words.sentence import Sentence

REASONS = "studies.audit.reasons."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_reasons_are_those_that_are_looked_up(language: str) -> None:
    written = {key.removeprefix(REASONS) for key in words(language).own.section("studies")
               if key.startswith(REASONS)}  # fmt: skip
    assert written == {one.key for one in _REASONS}


def test_a_finding_is_said_in_the_language_of_its_reader() -> None:
    one = Finding(
        ACTION,
        "raid",
        sentence(
            "action",
            action=Sentence.of("vocabulary.postures.ground_offensive"),
            replications=lambda said: said.count(40, "replication"),
        ),
        sentence("reasons.no_relation"),
    )
    assert one.says(words("fr")) == (
        "aucun État ne choisit jamais « offensive terrestre » dans 40 réplications"
    )
    assert one.as_json()["says"] == "no state ever chooses “ground offensive” in 40 replications"
    assert one.as_json()["why"] == "no state has a relation with another"
