"""What the page of a sensitivity study says, from made-up answers."""

from __future__ import annotations

from sim.design.draws import Draws
from sim.design.factors import Factor
from sim.report.pages.sensitivity import SensitivityPage, cells, matters
from sim.stats.estimate import BONETT_PRICE, Estimate
from sim.stats.indices import End, Index, OneAtATime, SobolIndices
from sim.studies.contract import Subject
from sim.studies.inputs import Sample
from sim.studies.sensitivity.sensitivity import SensitivityAnswer, TargetSensitivity
from sim.words import words


def sentence(answer: SensitivityAnswer, name: str) -> str:
    return SensitivityPage(answer, words()).sentence(name)


def swing(value: float, half: float) -> OneAtATime:
    ends = [
        End(at, mean, Estimate(mean - 0.3, 0.0, 0.0, 100, BONETT_PRICE))
        for at, mean in ((0.2, 0.3), (0.9, 0.3 + value))
    ]
    return OneAtATime(tuple(ends), Estimate(value, value - half, value + half, 100, BONETT_PRICE))


def answer(**swings: OneAtATime) -> SensitivityAnswer:
    factors = tuple(Factor(name, name.capitalize(), 0.2, 0.9) for name in swings)
    subject = Subject("fake", "0" * 64, 1)
    sample = Sample(subject, factors, 5, 100, 0, Draws.COMMON, dict.fromkeys(swings, "1"))
    return SensitivityAnswer(sample, "oat", {"war": TargetSensitivity("probability", 0.3, swings)})


def test_the_largest_clear_effect_comes_first() -> None:
    text = sentence(
        answer(fear=swing(-0.21, 0.02), trust=swing(0.1, 0.02), noise=swing(0.03, 0.05)), "war"
    )
    assert text == (
        "“war” depends most on “Fear” (down by 21 percentage points from one end to the other), "
        "then on “Trust”. 2 inputs of 3 have a significant effect (Bonferroni-corrected)."
    )


def test_one_clear_effect_and_every_clear_effect_are_said_in_good_english() -> None:
    assert "1 input of 2 has a significant effect" in sentence(
        answer(fear=swing(-0.21, 0.02), noise=swing(0.03, 0.05)), "war"
    )
    assert "Every input has a significant effect" in sentence(
        answer(fear=swing(-0.21, 0.02)), "war"
    )


def test_where_nothing_is_clear_that_is_said() -> None:
    assert sentence(answer(noise=swing(0.03, 0.05)), "war").startswith(
        "“war”: no input moves it by more than chance could"
    )


def test_what_is_clear_alone_need_not_be_clear_among_many() -> None:
    row = swing(0.10, 0.09)
    assert matters(row, 1)
    assert not matters(row, 20)


def test_no_interval_is_no_evidence() -> None:
    assert not matters(OneAtATime((), Estimate(0.5, None, None, 1, BONETT_PRICE)), 1)


def test_cells_have_signs_and_units() -> None:
    assert cells(swing(-0.21, 0.02), "probability", words()) == [
        "30%",
        "9%",
        "−21%",
        "−23% to −19%",
    ]
    sobol = SobolIndices(Index(-0.0001, -0.02, 0.02), Index(0.5, None, None))
    assert cells(sobol, "deaths", words()) == ["−0.01%", "−2% to 2%", "50%", "–"]
