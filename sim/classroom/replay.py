"""One replication as a page that plays it: its days, news and reasons in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.classroom import page
from sim.classroom.columns import days_of, fill
from sim.classroom.reasons import reasons
from sim.classroom.scene import scene
from sim.narration.by_rule import RuleHistory
from sim.narration.event_sentences import NEWS, EventSentence, event_sentences
from sim.narration.names import titles_of
from sim.narration.news import NewsWriter
from sim.report.pages.html import Kind, render
from sim.scenario.options import action_options
from sim.version import __version__
from sim.vocabulary.ladder import N_RUNGS, Domain

if TYPE_CHECKING:
    from sim.replication.ledger import Decision
    from sim.replication.rerun import Rerun
    from sim.scenario import Scenario
    from sim.words import Words

PAGE = Kind(
    "replay.html.j2",
    "classroom.replay",
    styles=("replay.css",),
    script="replay/main.js",
    package=page.PACKAGE,
)
Json = dict[str, Any]
#: Where `data` keeps the words of the scenario's own options, which go to those of the scripts.
OWN = "own_words"


@dataclass(frozen=True)
class Replay:
    """One replication to be played on a page.

    `run` is the replication, run again; `command` the call that makes the page again; `decisions`
    those of the ledger; `end` sentences on how it ended, which the last day shows.
    """

    scenario: Scenario
    run: Rerun
    seed: int
    replication: int
    command: str
    decisions: Sequence[Decision] = ()
    end: Sequence[str] = ()


def data(replay: Replay, words: Words) -> Json:
    """Everything that the page shows, as plain dictionaries, lists, text and whole numbers.

    Parameters
    ----------
    replay : what is played
    words : the language of the news
    """
    scenario, run = replay.scenario, replay.run
    people, days = actors(scenario), fill(days_of(run.template), run.blocks)
    return {
        **stage(scenario, words),
        "about": _about(replay),
        "first": 1 - run.template.history_days,
        "days": len(run.blocks),
        **days,
        "map": scene(scenario) | days["map"],
        "news": [_news(one) for one in event_sentences(run.events, scenario, words)],
        "why": reasons(replay.decisions, people, words, RuleHistory(scenario.file, run.events)),
        **({"end": list(replay.end)} if replay.end else {}),
        OWN: page.option_words(scenario, words),
    }


def stage(scenario: Scenario, words: Words) -> Json:
    """What is the same in all replications: actors, rungs, relations."""
    states, titles = list(scenario.file.states), titles_of(scenario.file)
    return {
        "actors": actors(scenario),
        "rungs": [words.term("vocabulary.rungs", str(rung)) for rung in range(N_RUNGS)],
        "relations": [
            sorted(states.index(name) for name in one.between)
            for one in scenario.file.relations.values()
        ],
        "states": [titles[name] for name in states],
        "strikes": [
            n for n, one in enumerate(action_options(scenario.file)) if one.domain is Domain.AIR
        ],
        **_own_rules(scenario, words),
    }


def _own_rules(scenario: Scenario, words: Words) -> Json:
    """What the scenario's own rule and its own actions are called; nothing where it has none.

    `rule` events, then flows, of which the first is number `flows`; `own` label and what is done.
    """
    file, writer = scenario.file, NewsWriter(scenario, words)
    found: Json = {}
    if file.events or file.flows:
        found = {"rule": [*writer.happenings, *writer.flows], "flows": len(file.events)}
    if file.actions:
        found["own"] = [[one.label, one.does] for one in file.actions.values()]
    return found


def actors(scenario: Scenario) -> list[Json]:
    """Who can be asked for reasons: states, groups, mediators, by the numbers that events carry."""
    file, titles = scenario.file, titles_of(scenario.file)
    tables = (("state", file.states), ("group", file.groups), ("mediator", file.mediators))
    return [
        {"id": f"{kind}s.{name}", "kind": kind, "name": titles[name]}
        for kind, table in tables
        for name in table
    ]


def _about(replay: Replay) -> Json:
    scenario, failure = replay.scenario, replay.run.failure
    return {
        "title": scenario.title,
        "question": scenario.question,
        "summary": scenario.summary,
        "kind": scenario.kind,
        "release": scenario.release.isoformat(),
        "horizon": scenario.horizon,
        "seed": str(replay.seed),  # does not fit into a number of JavaScript
        "replication": str(replay.replication),
        "digest": scenario.digest,
        "version": __version__,
        "command": replay.command,
        "failure": str(failure) if failure else "",
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
    if one.militants:
        about["mil"] = one.militants
    if one.target >= 0:
        about["t"] = one.target
    if one.rung >= 0:
        about |= {"r": one.rung, "act": one.action}
    if one.sectors:
        about["s"] = list(one.sectors)
    if one.filled:
        about["f"] = one.filled
    if one.claims:
        about["c"] = [list(claim) for claim in one.claims]
    marks = {"small": one.routine, "scripted": one.scripted, "rule": one.by_rule}
    return about | {mark: 1 for mark, holds in marks.items() if holds}


def text(content: Json, words: Words) -> str:
    """The whole page.

    Parameters
    ----------
    content : what `data` gives
    words : the language of the page
    """
    plain = {name: part for name, part in content.items() if name != OWN}
    return render(
        PAGE,
        words,
        {"say": page.script_words(words, "replay") | content[OWN], "data": plain},
        about=content["about"],
        actors=content["actors"],
        least=NEWS,
    )
