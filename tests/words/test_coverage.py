"""No coded word without its words: a gap in a complete language stops the program at its start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.vocabulary.coded import VocabularyError
from sim.words.coverage import HOME, check, keys
from sim.words.reading import Catalogue

COMPLETE = ("en", "fr")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the words."""
    for language in COMPLETE:
        shutil.copytree(HOME / language, tmp_path / language)
    return tmp_path


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_words_that_there_are_pass() -> None:
    check()


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("section", ["vocabulary", "narration"])
def test_the_keys_are_those_that_the_parser_reads(language: str, section: str) -> None:
    parsed = {key.partition(".")[2] for key in Catalogue(language).section(section)}
    assert parsed <= set(keys(HOME / language / f"{section}.yaml"))


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize(
    ("group", "word"),
    [
        ("acts", "raid"),
        ("postures", "raid"),
        ("options", "crack_down"),
        ("targets", "market"),
        ("kinds", "truce"),
        ("terms", "retaliation"),
        ("barred", "no_haven"),
        ("rungs", "7"),
        ("measures", "wars"),
        ("meanings", "deaths_state_security"),
        ("units", "fighters"),
    ],
)
def test_a_word_that_is_not_there_is_named(
    home: Path, language: str, group: str, word: str
) -> None:
    file = home / language / "vocabulary.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index(f"{group}:\n")
    at = next(n for n in range(start, len(lines)) if lines[n].strip("\" '").startswith(word))
    file.write_text("".join(lines[:at] + lines[at + 1 :]), encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"{language}/vocabulary.yaml: {group}.{word}: must"):
        check(home)


def test_a_sentence_that_is_not_there_is_named(home: Path) -> None:
    rewrite(home / "fr" / "narration.yaml", "  truce_end:", "  truce_finish:")
    with pytest.raises(VocabularyError, match=r"fr/narration\.yaml: news\.truce_end: must"):
        check(home)


def test_words_of_no_row_are_named(home: Path) -> None:
    rewrite(home / "en" / "vocabulary.yaml", "acts:\n", "acts:\n  drone_strike: strikes\n")
    message = (
        r"en/vocabulary\.yaml: acts\.drone_strike: must be the word of a row of sim/vocabulary"
    )
    with pytest.raises(VocabularyError, match=message):
        check(home)


def test_what_a_language_does_not_complete_it_may_leave_out(home: Path) -> None:
    rewrite(home / "fr" / "language.yaml", "vocabulary, ", "")
    (home / "fr" / "vocabulary.yaml").unlink()
    check(home)
