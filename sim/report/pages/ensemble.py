"""The report of an ensemble: figures as files, and one HTML file that holds everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from markupsafe import Markup

from sim.ensemble.manifest import Manifest, read_manifest
from sim.errors import StoreError
from sim.files import make_inside, write_file
from sim.narration.event_sentences import event_sentences
from sim.narration.names import Names
from sim.narration.outcomes import meaning
from sim.narration.trace import Replication, trace
from sim.report.ensemble_data import MOST_DRAWN, EnsembleData, gather
from sim.report.figures.drawing import FOLDER, Drawing, write
from sim.report.figures.ensemble import OF_ONE, drawings
from sim.report.figures.timeline import Line
from sim.report.pages.ensemble_sentences import Sentences
from sim.report.pages.html import Kind, Provenance, render
from sim.report.pages.scenario_inputs import dated_events, inputs_by_source
from sim.scenario import localise
from sim.stats.summary import DAYS
from sim.studies.dictionary import dictionary, series_dictionary
from sim.words import PLAIN, Words
from sim.words import words as words_of
from sim.words.measures import measure_meaning, unit_name

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.stats.table import Table

MOST_FAILURES = 20  # failed replications that are listed
PAGE = Kind("report.html.j2", "report.ensemble", ("report.css",))
FILE = "report.html"

RunAgain = Callable[["Scenario", int, int], Replication]


@runtime_checkable
class Results(Protocol):
    """What a report needs of an ensemble; see `sim.ensemble.Ensemble`."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def seed(self) -> int: ...
    @property
    def folder(self) -> Path: ...
    @property
    def failed(self) -> pd.DataFrame: ...
    def first(self, count: int, /) -> tuple[pd.DataFrame, pd.DataFrame]: ...
    def columns(self) -> Table: ...


@dataclass(frozen=True)
class Story:
    """One replication as a line to draw and lines to read."""

    line: Line
    text: list[str]


@dataclass(frozen=True)
class Report:
    """All that a report says, before it is drawn.

    Attributes
    ----------
    data : of the ensemble
    stories : replications that are told, by a name in `OF_ONE`
    failures : rows of `failed.csv`
    provenance : what makes the results again
    words : the language of the report
    """

    data: EnsembleData
    stories: Mapping[str, Story]
    failures: Sequence[Mapping[Any, Any]]
    provenance: Provenance
    words: Words

    def drawings(self) -> dict[str, Drawing]:
        """Its figures by name."""
        lines = {name: story.line for name, story in self.stories.items()}
        return drawings(self.data, lines, self.words)

    def write(self, folder: Path) -> Path:
        """Write the figures and the page into a folder; gives the path of the page."""
        make_inside(folder, FOLDER)
        figures = {
            name: (drawing, write(drawing, folder / FOLDER, self.words))
            for name, drawing in self.drawings().items()
        }
        write_file(folder / FILE, self.page(figures))
        return folder / FILE

    def page(self, figures: Mapping[str, tuple[Drawing, Markup]]) -> str:
        """The whole page as text, from its figures and their markup."""
        data, words, scenario = self.data, self.words, self.data.scenario
        text = words.text
        return render(
            PAGE,
            words,
            scenario=scenario,
            typology=data.typology,
            tree=data.tree,
            summary=data.summary,
            replications=data.n,
            about=self._about(),
            identity=[
                (text("report.page.digest"), scenario.digest),
                (text("report.page.seed"), str(data.seed)),
                (text("report.page.replications"), words.number(data.summary.runs)),
            ],
            figures=figures,
            stories=self.stories,
            failed=self.failures[:MOST_FAILURES],
            see=Sentences(data, words),
            inputs=inputs_by_source(scenario, words),
            events=dated_events(scenario, words),
            meanings={one.name: measure_meaning(one, words) for one in scenario.measures},
            unit=partial(unit_name, words=words),
            days=[words.number(day) for day in DAYS],
            dictionary=dictionary(scenario, words),
            series=series_dictionary(words),
            meaning_of=partial(meaning, scenario, words=words),
            provenance=self.provenance,
        )

    def _about(self) -> list[tuple[str, str]]:
        """The facts at the top of the page."""
        data, words = self.data, self.words
        runs, failed = words.number(data.summary.runs), words.number(data.summary.failed)
        if data.summary.failed:
            runs = words.text("report.ensemble.failed", runs=runs, failed=failed)
        release = words.date(data.scenario.release)
        return [
            (
                words.text("report.ensemble.decide_from"),
                words.text("report.ensemble.day_after", date=release),
            ),
            (words.text("report.ensemble.days"), words.number(data.horizon)),
            (words.text("report.page.replications"), runs),
            (words.text("report.page.seed"), str(data.seed)),
        ]


def write_report(ensemble: Results, folder: Path | None = None, *, language: str = PLAIN) -> Path:
    """Write `figures/` and `report.html`.

    Parameters
    ----------
    ensemble : finished replications of a scenario
    folder : where to write, if not into the ensemble's own folder
    language : of the report, a tag such as en or fr; texts of the scenario are in that language if
        it gives them

    Returns
    -------
    path of the page

    Raises
    ------
    ModelError : if there is no such language
    StoreError : if a file cannot be written, or a replication that is shown does not come out as it
        is kept
    """
    report = report_of(ensemble, words_of(language))
    return report.write(Path(folder or ensemble.folder))


def report_of(ensemble: Results, words: Words, run_again: RunAgain | None = None) -> Report:
    """Gather what a report says.

    Parameters
    ----------
    ensemble : finished replications of a scenario
    words : the language of the report
    run_again : runs one replication again, given scenario, seed and number; the engine by default

    Raises
    ------
    StoreError : if a replication that is told does not come out as it is kept
    """
    scenario, words = localise(ensemble.scenario, words)
    data = gather(*ensemble.first(MOST_DRAWN), scenario, ensemble.seed, ensemble.columns())
    command = (
        f"run_sim.py run {data.scenario.path.name} --runs {data.summary.runs} --seed {data.seed}"
    )
    return Report(
        data,
        stories_of(data, words, run_again),
        ensemble.failed.to_dict("records"),
        Provenance.of(read_manifest(Path(ensemble.folder)) or Manifest(), command),
        words,
    )


def stories_of(
    data: EnsembleData, words: Words, run_again: RunAgain | None = None
) -> dict[str, Story]:
    """The typical and the extreme replication, run again.

    One if they are the same, none if all failed.

    Raises
    ------
    StoreError : if a replication does not come out as it is kept, since the program has changed
        since
    """
    if run_again is None:
        from sim.replication.rerun import rerun

        run_again = rerun
    found: dict[str, Story] = {}
    for name, number in zip(OF_ONE, dict.fromkeys((data.typical, data.extreme)), strict=False):
        if number is None:
            continue
        replication = run_again(data.scenario, data.seed, number)
        if not np.array_equal(replication.rung, data.kept[number]):
            raise StoreError(
                f"replication {number}: must come out as it is kept, got another course of events "
                "(the program has changed: run again with --fresh)"
            )
        found[name] = story(replication, data.scenario, words)
    return found


def story(replication: Replication, scenario: Scenario, words: Words) -> Story:
    """One replication as a line to draw and lines to read."""
    states = list(scenario.file.states)
    relations = [
        ((states.index(one.between[0]), states.index(one.between[1])), one)
        for one in scenario.file.relations.values()
    ]
    line = Line(
        rung=replication.rung,
        events=list(event_sentences(replication.events, scenario, words)),
        states=Names(scenario).states,
        ceasefires=frozenset(pair for pair, one in relations if float(one.ceasefire) > 0),
        closed=frozenset(pair for pair, one in relations if not one.crossings_open),
    )
    return Story(line, list(trace(replication, scenario, words)))
