"""Texts, plurals, numbers, dates and lists as a language has them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.words import Words, words
from sim.words.coverage import HOME
from sim.words.reading import placeholders

COUNTS = (0, 1, 2, 3, 11, 100)


@pytest.fixture
def arabic(tmp_path: Path) -> Words:
    """A language with six plural forms, in one file."""
    (tmp_path / "ar.yaml").write_text(
        "common:\n  counts:\n    day:\n"
        "      zero: لا أيام\n      one: يوم واحد\n      two: يومان\n"
        '      few: "{n} أيام"\n      many: "{n} يوما"\n      other: "{n} يوم"\n',
        encoding="utf-8",
    )
    return words("ar", tmp_path)


@pytest.fixture
def polish(tmp_path: Path) -> Words:
    (tmp_path / "pl.yaml").write_text(
        'common:\n  counts:\n    day: {one: "{n} dzień", few: "{n} dni", many: "{n} dni.", '
        'other: "{n} dnia"}\n',
        encoding="utf-8",
    )
    return words("pl", tmp_path)


def test_arabic_counts_in_six_forms(arabic: Words) -> None:
    assert [arabic.count(n, "day") for n in COUNTS] == [
        "لا أيام",
        "يوم واحد",
        "يومان",
        "3 أيام",
        "11 يوما",
        "100 يوم",
    ]


def test_arabic_needs_no_more_than_its_file(arabic: Words) -> None:
    assert (arabic.direction, arabic.name) == ("rtl", "العربية")
    assert arabic.date(date(2026, 8, 1)) == "1 أغسطس 2026"
    assert arabic.join(["a", "b", "c"]) == "a وb وc"


def test_polish_counts_in_four_forms(polish: Words) -> None:
    assert [polish.count(n, "day") for n in (*COUNTS, 22, 1.5)] == [
        "0 dni.",
        "1 dzień",
        "2 dni",
        "3 dni",
        "11 dni.",
        "100 dni.",
        "22 dni",
        "1,5 dnia",
    ]


def test_a_form_that_a_file_leaves_out_is_the_general_one(tmp_path: Path) -> None:
    (tmp_path / "ar.yaml").write_text(
        'common: {counts: {day: {one: يوم, other: "{n} يوم"}}}\n', encoding="utf-8"
    )
    assert words("ar", tmp_path).count(3, "day") == "3 يوم"


@pytest.mark.parametrize(
    ("n", "english", "french"),
    [(0, "0 days", "0 jour"), (1, "1 day", "1 jour"), (2000, "2,000 days", "2\u202f000 jours")],
)
def test_a_count_chooses_the_form(n: int, english: str, french: str) -> None:
    assert [words(tag).count(n, "day") for tag in ("en", "fr")] == [english, french]


def test_a_count_may_be_a_number_of_numpy() -> None:
    assert words().count(np.int64(1), "day") == "1 day"  # type: ignore[arg-type]
    assert words().count(np.float64(1.0), "day") == "1 day"


@pytest.mark.parametrize(
    ("tag", "key", "wrong"),
    [
        ("en", "classroom.lesson.made_from", "1 replications"),
        ("fr", "classroom.lesson.made_from", "1 réplications"),
        ("en", "classroom.page.count", "1 worlds"),
        ("fr", "classroom.page.count", "1 mondes"),
        ("fr", "narration.trace.besides", "1 morts"),
        ("fr", "classroom.replay.only_small", "1 morts"),
        ("en", "classroom.replay.drew", "1 options"),
        ("fr", "classroom.replay.drew", "1 options"),
    ],
)
def test_one_takes_the_singular(tag: str, key: str, wrong: str) -> None:
    found = words(tag)
    filled = dict.fromkeys(placeholders(found.entries[key]), "x") | {"n": 1}
    if "runs" in filled:
        filled["runs"] = 1
    assert wrong not in found.text(key, **filled)


def test_a_value_is_written_by_the_language_and_text_stays() -> None:
    assert words("fr").text("common.day_after_release", n=1200).startswith("1\u202f200 jours")
    assert words("fr").text("common.seed", seed="20260227") == "graine 20260227"


def test_a_missing_key_or_value_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"common\.nothing"):
        words().text("common.nothing")
    with pytest.raises(KeyError, match="seed"):
        words().text("common.seed")


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (None, "–", "–"),
        (float("nan"), "–", "–"),
        (float("-inf"), "−∞", "−∞"),
        (0, "0", "0"),
        (12345.6, "12,346", "12\u202f346"),
        (3.04, "3", "3"),
        (3.14, "3.1", "3,1"),
        (0.0123, "0.012", "0,012"),
        (-0.5, "−0.5", "−0,5"),
    ],
)
def test_numbers_have_as_many_digits_as_are_worth_reading(
    value: float | None, english: str, french: str
) -> None:
    assert [words(tag).number(value) for tag in ("en", "fr")] == [english, french]


def test_digits_can_be_asked_for() -> None:
    assert words("fr").number(1234.5, decimals=2) == "1\u202f234,50"
    assert words().number(1234.5, significant=2) == "1,200"
    assert words().exact(0.00001234) == "0.00001234"
    assert [words().with_sign(value, decimals=1) for value in (0.25, 0.0, -0.25)] == [
        "+0.2",
        "0.0",
        "−0.2",
    ]


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (float("nan"), "–", "–"),
        (0.0, "0%", "0\xa0%"),
        (0.0001, "below 0.1%", "moins de 0,1\xa0%"),
        (0.004, "0.4%", "0,4\xa0%"),
        (0.461, "46%", "46\xa0%"),
        (0.996, "99.6%", "99,6\xa0%"),
        (0.9999, "above 99.9%", "plus de 99,9\xa0%"),
        (1.0, "100%", "100\xa0%"),
    ],
)
def test_shares_in_per_cent(share: float, english: str, french: str) -> None:
    assert words().percent(share) == english
    assert words("fr").percent(share).replace("\u202f%", "\xa0%") == french


def test_differences_of_shares_in_points() -> None:
    shown = [words().points(x) for x in (0.053, -0.053, 0.004, -0.0001, 0.0, None)]
    assert shown == ["5", "−5", "0.4", "−0.01", "0", "–"]


def test_dates_lists_and_ranges() -> None:
    day = date(2026, 8, 1)
    assert [words(tag).date(day) for tag in ("en", "fr")] == ["1 August 2026", "1 août 2026"]
    assert words("fr").date(day, weekday=True) == "samedi 1 août 2026"
    assert [words().join(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [words(tag).join(["a", "b"], "or") for tag in ("en", "fr")] == ["a or b", "a ou b"]
    assert words("fr").range("3", "5") == "3 à 5"


def test_french_has_one_apostrophe() -> None:
    straight = [
        f"{file.name}: {line.strip()}"
        for file in sorted((HOME / "fr").glob("*.yaml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"[^\W\d_]'[^\W\d_]", line)
    ]
    assert not straight, "’ and not '"


def test_a_name_without_a_word_stays_as_it_is() -> None:
    assert words("fr").term("vocabulary.outcomes", "quiet") == "calme"
    assert words("fr").term("vocabulary.outcomes", "house divided") == "house divided"


def test_a_page_takes_whole_sections_and_groups() -> None:
    keys = words("fr").section("common", "classroom.replay")
    assert keys["common.reset"] == "Réinitialiser"
    assert {key.rpartition(".")[0] for key in keys if key.startswith("classroom.")} == {
        "classroom.replay"
    }


def test_the_usage_in_the_docstring_is_true() -> None:
    import doctest

    import sim.words

    assert doctest.testmod(sim.words).failed == 0
    assert doctest.testmod(sim.words).attempted > 10
