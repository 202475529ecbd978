"""The steps of a lesson on the page: the story before the bet, and what a class talks about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sim.classroom.replay import actors
from sim.words.measures import measure_meaning

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.schema import Trial
    from sim.words import Words

#: Latest reports that the story shows at once; the others open on demand.
LATEST = 5
Json = dict[str, Any]


def course(scenario: Scenario, telling: Mapping[str, Any], words: Words) -> Json:
    """What the templates of the steps show: people, reports by date, questions.

    Parameters
    ----------
    scenario : of the page
    telling : what `sim.classroom.telling.telling` gives
    words : the language
    """
    reports = [
        {
            "date": words.date(scenario.release + timedelta(days=one["day"])),
            "what": one["what"],
            "more": one["more"],
        }
        for one in telling["reports"]
    ]
    return {
        "people": people(scenario),
        "earlier": reports[:-LATEST],
        "latest": reports[-LATEST:],
        "begins": words.date(scenario.release + timedelta(days=1)),
        "questions": [one.ask for one in scenario.file.teaching.questions],
        "real": scenario.kind != "fictional",
    }


def people(scenario: Scenario) -> list[Json]:
    """Who is who: number, name, kind, what all know of it and what it wants, by its role."""
    roles = {role.actor: (title, role) for title, role in scenario.file.teaching.roles.items()}
    found = []
    for number, actor in enumerate(actors(scenario)):
        title, role = roles.get(actor["id"].partition(".")[2], ("", None))
        known_as = actor["name"]
        # a group is known by letters; its role has the name in full
        if actor["kind"] == "group" and title and title != known_as:
            known_as = f"{title} ({known_as})"
        wants = list(role.wants) if role else []
        about = {"number": number, "name": known_as, "kind": actor["kind"], "wants": wants}
        found.append(about | {"public": role.public if role else None})
    return found


def watches(scenario: Scenario, trial: Trial, words: Words) -> list[Json]:
    """What a thing to try asks to watch: an outcome, a measure's mean, or the share in a range.

    A mean of times is left out: a time that never came needs more than a mean (`lesson` has it).
    """
    measures = {measure.name: k for k, measure in enumerate(scenario.measures)}
    outcomes, found = list(scenario.outcomes), []
    for watch in trial.watch:
        if watch.measure in outcomes and watch.measure not in measures:
            label = watch.label or words.term("vocabulary.outcomes", watch.measure)
            found.append({"label": label, "outcome": outcomes.index(watch.measure)})
            continue
        number = measures[watch.measure]
        measure = scenario.measures[number]
        if measure.time and watch.probability_within is None:
            continue
        about: Json = {"label": watch.label or measure_meaning(measure, words), "measure": number}
        if watch.probability_within is not None:
            about["within"] = list(watch.probability_within)
        found.append(about)
    return found
