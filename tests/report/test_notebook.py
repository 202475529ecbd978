"""`sim.figures`: the figures of a result as a notebook shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

import sim
from sim.report.figures.ensemble import OF_ALL
from sim.studies.compare.run import CompareAnswer
from tests.report import fake
from tests.report.test_report_comparison import comparison


def test_an_ensemble_has_the_figures_of_its_report(tmp_path: Path) -> None:
    ensemble = fake.ensemble(fake.two_states(horizon=14), tmp_path)
    pictures = sim.figures(ensemble)
    assert list(pictures) == list(OF_ALL)
    outcomes = pictures["outcomes"]
    assert outcomes._repr_svg_().lstrip().startswith("<?xml")
    assert outcomes.alt
    assert outcomes.caption
    figure = outcomes.figure()
    assert isinstance(figure, Figure)
    assert figure.get_suptitle() == outcomes.title
    assert figure is not outcomes.figure()
    assert sim.figures(ensemble, language="fr")["outcomes"].title != outcomes.title


def test_a_comparison_has_the_figures_of_its_page() -> None:
    answer = CompareAnswer(comparison())
    pictures = sim.figures(answer)
    assert {"differences", "flow"} <= set(pictures)
    shown = answer._repr_html_()
    assert "as it is, &lt;bold&gt; &amp; 0" in shown
    assert "<bold>" not in shown
    assert " pp [" in shown


def test_of_anything_else_it_says_what_it_needs() -> None:
    with pytest.raises(sim.ModelError, match=r"what sim\.run, .* gave, got Scenario"):
        sim.figures(fake.two_states())  # type: ignore[arg-type]
