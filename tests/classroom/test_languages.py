"""The words of the classroom pages: found, filled in, and complete where a language says so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sim.errors import ModelError
from sim.words import PLAIN, flat, languages, read, words

PLACEHOLDER = re.compile(r"{(\w+)}")


def placeholders(value: object) -> set[str]:
    return set(PLACEHOLDER.findall(str(list(value.values()) if isinstance(value, dict) else value)))


def lacking(language: str) -> list[str]:
    """Keys of sections that a language claims to have, and has not."""
    own, file = dict(flat(read(language))), read(language)
    return [
        key
        for key in dict(flat(read(PLAIN)))
        if key.split(".")[0] in file["complete"] and key not in own
    ]


def test_english_and_a_second_language_are_there() -> None:
    assert {"en", "fr"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_file_is_named_by_its_language_and_knows_its_direction(language: str) -> None:
    file = read(language)
    assert file["language"] == language
    assert file["name"]
    assert file["direction"] in ("ltr", "rtl")


@pytest.mark.parametrize("language", languages())
def test_what_is_claimed_complete_is_complete(language: str) -> None:
    assert lacking(language) == []


def test_english_lacks_nothing_and_french_the_pages_for_students() -> None:
    assert {section for section in read(PLAIN) if isinstance(read(PLAIN)[section], dict)} == set(
        words().complete
    )
    assert {"common", "replay", "explain", "handout", "lesson"} <= set(words("fr").complete)


def test_a_missing_key_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("en", "fr"):
        (tmp_path / f"{name}.yaml").write_text(
            "complete: [common]\ncommon: {a: x" + (", b: y}" if name == "en" else "}"),
            encoding="utf-8",
        )
    monkeypatch.setattr("sim.words.HOME", tmp_path)
    assert lacking("fr") == ["common.b"]


@pytest.mark.parametrize("language", languages())
def test_no_language_has_keys_or_blanks_of_its_own(language: str) -> None:
    plain, own = dict(flat(read(PLAIN))), dict(flat(read(language)))
    assert own.keys() - plain.keys() == set()
    assert [
        key for key, value in own.items() if placeholders(value) != placeholders(plain[key])
    ] == []


def test_a_count_decides_between_one_and_many() -> None:
    assert words().text("common.days", n=1) == "1 day"
    assert words().text("common.days", n=0) == "0 days"
    assert words("fr").text("common.days", n=0) == "0 jour"


@pytest.mark.parametrize(
    ("language", "key", "wrong"),
    [
        ("en", "lesson.made_from", "1 replications"),
        ("fr", "lesson.made_from", "1 réplications"),
        ("en", "handout.made", "1 replications"),
        ("fr", "handout.made", "1 réplications"),
        ("fr", "replay.besides", "1 morts"),
        ("fr", "replay.only_small", "1 morts"),
        ("en", "replay.drew", "1 options"),
        ("fr", "replay.drew", "1 options"),
    ],
)
def test_one_is_no_plural(language: str, key: str, wrong: str) -> None:
    said = dict.fromkeys(placeholders(words(language).entries[key]), "x") | {"n": 1}
    text = words(language).text(key, **said | ({"runs": 1} if "runs" in said else {}))
    assert wrong not in text


def test_numbers_and_dates_are_written_as_the_language_does() -> None:
    assert [words(tag).number(-1.25, "+.2f") for tag in ("en", "fr")] == ["-1.25", "-1,25"]
    assert [words(tag).date(date(2026, 8, 1)) for tag in ("en", "fr")] == [
        "1 August 2026",
        "1 août 2026",
    ]


def test_a_name_without_a_word_stays_as_it_is() -> None:
    assert words("fr").term("common.outcomes", "open war") == "guerre ouverte"
    assert words("fr").term("common.outcomes", "house divided") == "house divided"


def test_what_a_language_lacks_is_said_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "name: x\ndirection: ltr\none: [1]\ncomplete: []\n"
    (tmp_path / "en.yaml").write_text(
        f"language: en\n{head}common: {{a: A, b: B}}", encoding="utf-8"
    )
    (tmp_path / "xx.yaml").write_text(f"language: xx\n{head}common: {{a: X}}", encoding="utf-8")
    monkeypatch.setattr("sim.words.HOME", tmp_path)
    monkeypatch.setattr("sim.words.languages", lambda: ("en", "xx"))
    words.cache_clear()
    try:
        assert [words("xx").text(f"common.{key}") for key in "ab"] == ["X", "B"]
    finally:
        words.cache_clear()


def test_an_unknown_language_is_refused_with_the_list() -> None:
    with pytest.raises(ModelError, match=r"language: must be one of en, fr.*, got tlh"):
        words("tlh")
