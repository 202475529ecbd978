"""The report of an ensemble: figures as files, and one HTML file that holds everything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from sim.errors import StoreError
from sim.files import make_folder, write_file
from sim.narration.event_sentences import event_sentences
from sim.narration.names import Names
from sim.narration.trace import Replication, trace
from sim.report.figures.drawing import FOLDER, Drawing, write
from sim.report.figures.ensemble import drawings
from sim.report.figures.timeline import Line
from sim.report.pages import sentences
from sim.report.pages.facts import Facts, gather
from sim.report.pages.html import LIBRARIES, Kind, render
from sim.report.pages.inputs_table import dated, numbers
from sim.studies.dictionary import SERIES, dictionary
from sim.version import versions
from sim.words import words

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario

#: Replications in the figures by day, which would otherwise need memory that grows with the
#: ensemble.
MOST_DRAWN = 10_000
MOST_FAILURES = 20  # failed replications that are listed
PAGE = Kind("report.html.j2", "report.ensemble", ("report.css",))
Telling = dict[str, Any]


def write_report(ensemble: Ensemble, folder: Path | None = None) -> Path:
    """Write `figures/` and `report.html`.

    Parameters
    ----------
    ensemble : finished replications of a scenario
    folder : where to write, if not into the ensemble's own folder

    Returns
    -------
    path of the page
    """
    folder = Path(folder or ensemble.folder)
    make_folder(folder / FOLDER)
    facts = gather(
        *ensemble.first(MOST_DRAWN), ensemble.scenario, ensemble.seed, ensemble.columns()
    )
    stories = replayed(facts, ensemble.seed)
    drawn = drawings(facts, {name: one["line"] for name, one in stories.items()})
    figures = {
        name: (drawing, write(drawing, folder / FOLDER, facts.scenario.id))
        for name, drawing in drawn.items()
    }
    manifest = _manifest(Path(ensemble.folder))
    failed = ensemble.failed.to_dict("records")
    path = folder / "report.html"
    write_file(path, page(facts, figures, stories, manifest, failed))
    return path


def replayed(facts: Facts, seed: int) -> dict[str, Telling]:
    """The typical and the extreme replication, run again to be told; once if they are the same, none if all failed.

    Raises
    ------
    StoreError : if a replication does not come out as it is kept, since the program has changed
        since
    """
    from sim.replication.rerun import rerun

    tellings = {}
    for name, chosen in (("typical", facts.typical), ("extreme", facts.extreme)):
        if chosen is None or (name == "extreme" and chosen == facts.typical):
            continue
        story = rerun(facts.scenario, seed, chosen)
        if not np.array_equal(story.rung, facts.kept[chosen]):
            raise StoreError(
                f"replication {chosen}: must come out as it is kept, got another course of events (the program has changed: run again with --fresh)"
            )
        tellings[name] = telling(story, facts.scenario)
    return tellings


def telling(story: Replication, scenario: Scenario) -> Telling:
    """One replication as a line to draw and a text to read."""
    states = list(scenario.file.states)
    relations = [
        ((states.index(one.between[0]), states.index(one.between[1])), one)
        for one in scenario.file.relations.values()
    ]
    line = Line(
        rung=story.rung,
        events=list(event_sentences(story.events, scenario)),
        states=Names(scenario).states,
        ceasefires=frozenset(pair for pair, one in relations if float(one.ceasefire) > 0),
        closed=frozenset(pair for pair, one in relations if not one.crossings_open),
    )
    return {"line": line, "text": list(trace(story, scenario))}


def page(
    facts: Facts,
    figures: Mapping[str, tuple[Drawing, Markup]],
    stories: Mapping[str, Telling],
    manifest: Mapping[str, Any],
    failed: Sequence[Mapping[Any, Any]],
) -> str:
    """The whole page as text."""
    return render(
        PAGE,
        words(),
        facts=facts,
        scenario=facts.scenario,
        summary=facts.summary,
        figures=figures,
        stories=stories,
        failed=failed[:MOST_FAILURES],
        say=sentences,
        found=numbers(facts.scenario),
        dated=dated(facts.scenario),
        measures={measure.name: measure for measure in facts.scenario.measures},
        dictionary=dictionary(facts.scenario),
        series=SERIES,
        conditions=conditions,
        command=manifest.get("command") or command(facts),
        versions=manifest.get("versions") or versions(*LIBRARIES),
    )


def command(facts: Facts) -> str:
    """The call that makes these results again."""
    return (
        f"run_sim.py run {facts.scenario.path.name} --runs {facts.summary.runs} --seed {facts.seed}"
    )


def conditions(bounds: Mapping[str, Mapping[str, Any]]) -> str:
    """What makes an outcome class, in words."""
    words = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}
    parts = []
    for measure, given in bounds.items():
        parts += [
            f"{measure} {words[bound]} {value:g}"
            for bound, value in given.items()
            if bound in words
        ]
        if given.get("never") is not None:
            parts.append(f"{measure} {'never came' if given['never'] else 'came'}")
    return "; ".join(parts) or "everything else"


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
