"""What a page needs to tell a replication that it has computed itself, as plain values.

A page that holds the engine gets blocks, events and words of the ledger, as Python does. What it
makes of them is written a second time, in scripts/story: sentences, columns, decisions. The tables
behind them are not: they come from here, and a test holds that both tell the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.classroom import page
from sim.classroom.columns import as_json, days_of
from sim.classroom.reasons import FINE, QUIET
from sim.classroom.replay import PAGE, stage
from sim.classroom.scene import scene
from sim.engine.world import slot
from sim.engine.world.tables import EVENT
from sim.narration.by_rule import EVERYBODY, MOST_CAUSES, parties_of
from sim.narration.event_sentences import NEWS
from sim.narration.news import NewsWriter
from sim.narration.reports import report_sentences
from sim.replication.forcing import SLOTS, questions
from sim.replication.ledger import Naming
from sim.report.pages.html import render
from sim.scenario.options import ActionOption
from sim.version import __version__
from sim.vocabulary.coded import CodedWord
from sim.vocabulary.coded import words as coded_words
from sim.vocabulary.codes import (
    RUNG_WEIGHT,
    BarReason,
    Collapse,
    Command,
    Drop,
    EventKind,
    FailureKind,
    Target,
)
from sim.vocabulary.decisions import DecisionKind, Extra, Header
from sim.vocabulary.ladder import N_ACTIONS, Action

if TYPE_CHECKING:
    from sim.engine.world import Template
    from sim.scenario import Scenario
    from sim.words import Words

Json = dict[str, Any]
#: What a page puts its own values in place of.
DATA, NUMBER, COMMAND = "@@data@@", "@@number@@", "@@command@@"


def telling(scenario: Scenario, template: Template, words: Words) -> Json:
    """Everything but the frame; see `Telling` in scripts/story/types.d.ts."""
    writer = NewsWriter(scenario, words)
    days = days_of(template)
    return {
        "first": 1 - template.history_days,
        "stage": stage(scenario, words),
        "scene": scene(scenario),
        "days": as_json(days),
        "fields": [[name, EVENT[name].kind] for name in EVENT.names or ()],
        "names": {
            "states": writer.states,
            "groups": writer.groups,
            "mediators": writer.mediators,
            "sectors": writer.sectors,
        },
        "ids": {
            "states": template.states,
            "groups": template.groups,
            "mediators": template.mediators,
            "relations": template.relations,
            "borders": template.borders,
            "guards": [
                [guards[b, side] for side in range(2)]
                for guards in (Naming(template).guards,)
                for b in range(len(template.borders))
            ],
        },
        "events": [_kind_of_event(kind, writer.actions) for kind in EventKind],
        "actions": [
            {"word": one.word, "kills": one.kills, "hunts": one.hunts, "own": n >= N_ACTIONS}
            for n, one in enumerate(writer.actions)
        ],
        "targets": coded_words(Target),
        "collapses": {one.word: int(one) for one in Collapse},
        "drops": coded_words(Drop),
        "rung_weight": RUNG_WEIGHT,
        "changes": [list(one) for one in writer.changes],
        "happenings": writer.happenings,
        "flows": writer.flows,
        "own_acts": writer.own_acts,
        "dated": writer.dated,
        "parties": {
            "most": MOST_CAUSES,
            "everybody": EVERYBODY,
            "names": [sorted(names) for names in parties_of(scenario.file)],
        },
        "reports": report_sentences(scenario, writer, template.history_days),
        "history": len(scenario.file.history),
        "least": NEWS,
        "decisions": {
            "fine": FINE,
            "quiet": QUIET,
            "header": {one.word: int(one) for one in Header},
            "extras": coded_words(Extra),
            "barred": [_reason(one, words) for one in BarReason],
            "kinds": [_kind_of_decision(kind, template) for kind in DecisionKind],
        },
        "failures": [kind.sentence for kind in FailureKind],
        "force": {
            "questions": [one.as_json() for one in questions(template)],
            "count": slot(template.spans, "clock", "forced", 0),
            "row": {name: slot(template.spans, "forced", name, 0) for name in SLOTS},
            "barred": int(FailureKind.BARRED),
        },
    }


def _kind_of_event(kind: EventKind, actions: Sequence[ActionOption]) -> Json:
    rungs: dict[type[CodedWord] | None, list[int]] = {
        Action: [one.rung for one in actions],
        Command: [int(one.rung) for one in Command],
    }
    return {
        "word": kind.word,
        "sentence": kind.sentence,
        "joined": bool(kind.joined),
        "claimed": bool(kind.claimed),
        "routine": bool(kind.routine),
        "weight": kind.weight,
        "actions": coded_words(kind.action) if kind.action else [],
        "rungs": rungs.get(kind.action, []),
    }


def _kind_of_decision(kind: DecisionKind, template: Template) -> Json:
    return {
        "word": kind.word,
        "options": template.options(kind),
        "terms": coded_words(kind.terms),
        "actor": kind.actor,
        "about": kind.about,
        "extras": int(kind.extras),
        "delayed": bool(kind.delayed),
    }


def _reason(one: BarReason, words: Words) -> str:
    return words.text(f"vocabulary.barred.{one.word}") if one else ""


def frame(scenario: Scenario, seed: int, words: Words) -> str:
    """The page of a replay, with marks where a page puts the replication that it tells."""
    about = {
        "title": scenario.title,
        "question": scenario.question,
        "summary": scenario.summary,
        "seed": str(seed),
        "replication": NUMBER,
        "digest": scenario.digest,
        "version": __version__,
        "command": COMMAND,
        "failure": "",
    }
    people = stage(scenario, words)["actors"]
    said = page.script_words(words, "replay") | page.option_words(scenario, words)
    values = {"about": about, "actors": people, "least": NEWS}
    return render(PAGE, words, {"say": said, "data": DATA}, **values)
