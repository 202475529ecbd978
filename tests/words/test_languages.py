"""The files of the languages: complete where they say so, and refused with a sentence if not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ModelError
from sim.words import PLAIN, languages, vocabulary_keys, words
from sim.words.reading import HOME, Catalogue, placeholders

ENGLISH = words().entries


def language(folder: Path, text: str, tag: str = "ar") -> Path:
    """A folder with one more language in it."""
    (folder / f"{tag}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_english_and_a_second_language_are_there() -> None:
    assert {"en", "fr"} <= set(languages())


def test_french_has_every_section_complete() -> None:
    assert set(Catalogue("fr").complete) == set(Catalogue(PLAIN).sections())


@pytest.mark.parametrize("tag", languages())
def test_a_bundled_language_breaks_no_rule(tag: str) -> None:
    Catalogue(tag).compare(Catalogue(PLAIN))


@pytest.mark.parametrize("tag", languages())
def test_a_translation_uses_every_placeholder(tag: str) -> None:
    own = Catalogue(tag).entries()
    assert [
        key for key, one in own.items() if placeholders(one) != placeholders(ENGLISH[key])
    ] == []


@pytest.mark.parametrize("tag", languages())
def test_no_text_is_empty_or_holds_a_line_break(tag: str) -> None:
    for key, entry in Catalogue(tag).entries().items():
        texts = [entry] if isinstance(entry, str) else list(entry.values())
        assert all(text and "\n" not in text for text in texts), key


def test_a_gap_in_a_complete_section_is_refused_by_name(tmp_path: Path) -> None:
    home = language(tmp_path, "complete: [common]\ncommon: {day: '{n}'}\n")
    with pytest.raises(
        ModelError,
        match=r"complete: common: must have every key of en, lacks common\.model, .* more",
    ):
        words("ar", home)


def test_complete_names_only_sections(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"complete: must name sections \(.*common.*\), got comon"):
        words("ar", language(tmp_path, "complete: [comon]\n"))


def test_a_key_that_english_lacks_is_refused_with_the_nearest(tmp_path: Path) -> None:
    home = language(tmp_path, "common: {sed: x}\n")
    with pytest.raises(
        ModelError, match=r"common\.sed: must be a key that en has \(did you mean common\.seed\?\)"
    ):
        words("ar", home)


def test_a_placeholder_that_english_lacks_is_refused(tmp_path: Path) -> None:
    home = language(tmp_path, "common: {seed: '{sead}'}\n")
    with pytest.raises(ModelError, match=r"must use the placeholders of en \(seed\), got sead"):
        words("ar", home)


@pytest.mark.parametrize(
    ("forms", "rule"),
    [
        ("{one: x}", r"must have the category other, got one alone"),
        ("{other: x, some: y}", r"must be a category of CLDR \(zero, one, .*\), got some"),
    ],
)
def test_forms_are_those_of_cldr(tmp_path: Path, forms: str, rule: str) -> None:
    home = language(tmp_path, f"common: {{counts: {{day: {forms}}}}}\n")
    with pytest.raises(ModelError, match=rf"ar\.yaml: common\.counts\.day: {rule}"):
        words("ar", home)


def test_a_form_that_the_language_never_uses_is_refused(tmp_path: Path) -> None:
    home = language(tmp_path, "common: {counts: {day: {few: x, other: y}}}\n", "de")
    with pytest.raises(
        ModelError,
        match=r"must be a category that German counts with \(one, other\), got few",
    ):
        words("de", home)


def test_a_language_that_cldr_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"must be a language that CLDR knows, got xx"):
        words("xx", language(tmp_path, "common: {}\n", "xx"))


def test_a_broken_file_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ar\.yaml:3:1: must be YAML, got an error: "):
        words("ar", language(tmp_path, "common:\n  a: 'b\n"))


def test_an_unknown_language_is_refused_with_the_list() -> None:
    with pytest.raises(ModelError, match=r"language: must be one of ar, en, fr, got tlh"):
        words("tlh")


def test_a_language_is_one_file_or_one_folder(tmp_path: Path) -> None:
    language(tmp_path, "common: {reset: Zurück}\n", "de")
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl" / "language.yaml").write_text("complete: []\n", encoding="utf-8")
    (tmp_path / "pl" / "common.yaml").write_text("reset: Wróć\n", encoding="utf-8")
    assert languages(tmp_path) == ("de", "pl")
    texts = [words(tag, tmp_path).text("common.reset") for tag in languages(tmp_path)]
    assert texts == ["Zurück", "Wróć"]


def test_what_a_language_lacks_is_said_in_english(tmp_path: Path) -> None:
    home = language(tmp_path, "common: {reset: إعادة}\n")
    found = words("ar", home)
    assert [found.text(f"common.{key}") for key in ("reset", "default")] == [
        "إعادة",
        "\u2066as in the scenario\u2069",
    ]
    assert found.count(1, "day") == "\u20661 day\u2069"  # by the rule of English, not of Arabic


def test_the_reference_language_lies_beside_the_code() -> None:
    assert (HOME / PLAIN / "common.yaml").exists()


@pytest.mark.parametrize("tag", languages())
def test_every_coded_word_has_its_words(tag: str) -> None:
    catalogue = Catalogue(tag)
    needed = [
        key
        for key in vocabulary_keys.needed_keys()
        if tag == PLAIN or key.partition(".")[0] in catalogue.complete
    ]
    assert tag != PLAIN or needed
    assert [key for key in needed if key not in catalogue.entries()] == []


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("vocabulary", "vocabulary.acts.drone_strike"),
        ("narration", "narration.news.earthquake"),
    ],
)
def test_a_coded_word_without_words_is_refused_by_name(
    section: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = (*vocabulary_keys.needed_keys(), key, f"{key}_again")
    monkeypatch.setattr(vocabulary_keys, "needed_keys", lambda: keys)
    with pytest.raises(
        ModelError,
        match=rf"en/{section}\.yaml: {key}: must be there for a row of sim/vocabulary, .*"
        rf"in which {section} is complete; so must {key}_again",
    ):
        Catalogue(PLAIN).section(section)


def test_english_is_set_apart_in_a_language_from_the_other_side() -> None:
    arabic = words("ar")
    assert arabic.direction == "rtl"
    assert arabic.text("report.page.seed") == "\u2066Seed\u2069"
    assert arabic.section("report.page")["report.page.seed"] == "\u2066Seed\u2069"
    assert "\u2066" not in arabic.text("common.seed", seed="7")
    assert words("fr").text("report.page.seed") == "Graine"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا قتلى"),
        (1, "قتيل واحد"),
        (2, "قتيلان"),
        (3, "3 قتلى"),
        (11, "11 قتيلًا"),
        (100, "100 قتيل"),
    ],
)
def test_arabic_counts_in_six_forms(n: int, said: str) -> None:
    assert words("ar").count(n, "dead") == said
