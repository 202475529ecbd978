"""One replication as a page that plays it: its days, its news and its reasons in one file that needs nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.classroom import page
from sim.classroom.film import Film, charts, coded, ground
from sim.classroom.reasons import reasons
from sim.classroom.scene import scene
from sim.narration.event_sentences import NEWS, EventSentence, event_sentences
from sim.narration.names import spoken
from sim.narration.news import NewsWriter
from sim.report.pages.html import Kind, render
from sim.version import __version__
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from sim.replication.rerun import Rerun
    from sim.scenario import Scenario
    from sim.words import Words

PAGE = Kind(
    "replay.html.j2",
    "classroom.replay",
    styles=("replay.css",),
    scripts=(
        "replay_data.js",
        "replay_map.js",
        "replay_side.js",
        "replay_why.js",
        "replay_play.js",
    ),
    package=page.PACKAGE,
)
Json = dict[str, Any]


def data(
    scenario: Scenario,
    told: Rerun,
    seed: int,
    replication: int,
    words: Words,
    command: str,
    decisions: Iterable[Mapping[str, Any]] = (),
) -> Json:
    """Everything that the page shows, as JSON.

    Parameters
    ----------
    scenario : a resolved scenario
    told : the replication, from `sim.replication.rerun`
    seed, replication : which it is
    words : the language of the news
    command : the call that makes the page again
    decisions : records of the ledger

    Returns
    -------
    plain dictionaries, lists, text and whole numbers
    """
    film, who = Film(told), actors(scenario)
    return {
        "about": _about(scenario, told, seed, replication, command),
        "first": int(film.days[0]) if len(film.days) else 1,
        "days": len(film.days),
        "actors": who,
        "rung": coded(film.column("tally", "rung_today", 0)),
        "charts": charts(film),
        "map": scene(scenario) | ground(film),
        "news": [_news(one) for one in event_sentences(told.events, scenario, words)],
        "rungs": [words.term("vocabulary.rungs", str(rung)) for rung in range(N_RUNGS)],
        "relations": [
            sorted(list(scenario.file.states).index(name) for name in one.between)
            for one in scenario.file.relations.values()
        ],
        "states": NewsWriter(scenario, words).states,
        "why": reasons(decisions, who),
    }


def actors(scenario: Scenario) -> list[Json]:
    """Who can be asked for reasons, in the order of the numbers that events carry: states, groups, mediators."""
    file = scenario.file
    found = [
        {"id": f"states.{name}", "kind": "state", "name": spoken(name)} for name in file.states
    ]
    found += [
        {"id": f"groups.{name}", "kind": "group", "name": group.short or spoken(name)}
        for name, group in file.groups.items()
    ]
    return found + [
        {"id": f"mediators.{name}", "kind": "mediator", "name": spoken(name)}
        for name in file.mediators
    ]


def _about(scenario: Scenario, told: Rerun, seed: int, replication: int, command: str) -> Json:
    return {
        "title": scenario.title,
        "question": scenario.question,
        "summary": scenario.summary,
        "kind": scenario.kind,
        "release": scenario.release.isoformat(),
        "horizon": scenario.horizon,
        "seed": str(seed),  # does not fit into a number of JavaScript
        "replication": str(replication),
        "digest": scenario.digest,
        "version": __version__,
        "command": command,
        "failure": str(told.failure) if told.failure else "",
    }


def _news(one: EventSentence) -> Json:
    """One event, without what is plain."""
    about: Json = {
        "d": one.day,
        "k": one.kind,
        "a": one.actor,
        "w": one.what,
        "m": one.aftermath,
        "n": one.dead,
    }
    if one.target >= 0:
        about["t"] = one.target
    if one.rung >= 0:
        about |= {"r": one.rung, "act": one.action}
    if one.sectors:
        about["s"] = list(one.sectors)
    if one.claims:
        about["c"] = [list(claim) for claim in one.claims]
    return about | ({"small": 1} if one.routine else {}) | ({"scripted": 1} if one.scripted else {})


def call(scenario: str, replication: int, seed: int, settings: Sequence[str], language: str) -> str:
    """The command that makes a page again; `scenario` as a command line names it."""
    words = [
        "run_sim.py",
        "replay",
        scenario,
        "--replication",
        str(replication),
        "--seed",
        str(seed),
    ]
    for one in settings:
        words += ["--set", one]
    return shlex.join(
        [*words, *(["--language", language] if language != "en" else []), "--out", "FILE.html"]
    )


def text(found: Json, words: Words) -> str:
    """The whole page.

    Parameters
    ----------
    found : what `data` gives
    words : the language of the page
    """
    return render(
        PAGE,
        words,
        {"say": page.script_words(words, "replay"), "data": found},
        about=found["about"],
        actors=found["actors"],
        least=NEWS,
    )
