"""The command `explain`: why the actors of a replication did what they did, or on which days its end was decided."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.cli.scenarios import read
from sim.cli.words import BadUse, near

if TYPE_CHECKING:
    from sim.narration.explain import Explainer
    from sim.narration.turning_points import Move, Turning
    from sim.replication.fork import Fork
    from sim.replication.ledger import Decision
    from sim.scenario import Scenario

FORMATS = ("text", "json")
ENDINGS = (".png", ".svg", ".html")
HELD = "hold"
WIDTH = 110
_MOST_DAYS = 12  # that an error names
_MOST_NEWS = 3  # of a turning point


class Request(NamedTuple):
    """What was asked for."""

    scenario: str
    settings: tuple[str, ...]
    replication: int
    seed: int | None
    day: int | None
    actor: str | None
    runs: int
    jobs: int | None
    form: str
    out: Path | None
    language: str


def carry_out(asked: Request) -> int:
    """Read the ledger again and explain what was asked for; without a day and an actor, find the turning points."""
    from sim.classroom import page

    if asked.out is not None:
        page.fit(asked.out, ENDINGS)
    scenario = read(asked.scenario, asked.settings)
    from sim.ensemble.runner import root_seed
    from sim.narration.explain import Explainer
    from sim.replication.ledger import decisions
    from sim.words import words

    explain = Explainer(scenario, words(asked.language))
    seed = root_seed(scenario, asked.seed)
    if asked.form == "text" and asked.day is None and asked.actor is None:
        return _turning(asked, scenario, seed, explain)
    if asked.day is not None and not 1 <= asked.day <= scenario.horizon:
        raise BadUse(
            f"--day: must be from 1, the first on which actors decide, to {scenario.horizon}, the last; got {asked.day}"
        )
    made = decisions(scenario, seed, asked.replication)
    chosen = _wanted(asked, made, explain)
    if asked.form == "json":
        print(
            json.dumps(
                [_record(one, explain) for one in chosen], ensure_ascii=False, allow_nan=False
            )
        )
    else:
        print(
            f"{scenario.title}. Replication {asked.replication}, seed {seed}. {explain.words.text('common.model')}\n"
        )
        _tell(asked, scenario, chosen, explain)
    if asked.out is not None:
        _draw(asked.out, scenario.title, chosen, explain)
    return 0


def _record(one: Decision, explain: Explainer) -> dict[str, Any]:
    from sim.narration.flip import flip

    change = flip(one)
    return one.as_json(explain.words) | {"flip": change.as_json() if change else None}


def _wanted(asked: Request, made: Sequence[Decision], explain: Explainer) -> list[Decision]:
    """The decisions that were asked for. Raise a `BadUse` that says what there is if there are none."""
    actors = list(dict.fromkeys(one.actor for one in made))
    chosen = list(made)
    if asked.actor is not None:
        names = {path for path in actors if asked.actor in (path, path.partition(".")[2])}
        if not names:
            known = [path.partition(".")[2] for path in actors]
            # a command by its state and border, after all others
            first, more = (
                [name for name in known if "." not in name],
                [name for name in known if "." in name][:2],
            )
            others = f" and border commands such as {' and '.join(more)}" if more else ""
            wrong = f"nobody called {asked.actor} decides here{near(asked.actor, known)}; there are"
            if asked.actor.rpartition(".")[2] in explain.known:
                wrong = f"{asked.actor} decides nothing in this replication; those who decide are"
            raise BadUse(f"--actor: {wrong} {', '.join(first)}{others}")
        chosen = [one for one in made if one.actor in names]
    if asked.day is None or not chosen:
        return chosen
    who = (
        explain.name(chosen[0].actor)
        if asked.actor
        else explain.words.text("narration.explain.nobody")
    )
    return _of_day(chosen, asked.day, who, explain)


def _of_day(chosen: Sequence[Decision], day: int, who: str, explain: Explainer) -> list[Decision]:
    """Those of one day. Raise a `BadUse` that names the nearest days with any if there are none."""
    today = [one for one in chosen if one.day == day]
    if not today:
        days = sorted({one.day for one in chosen}, key=lambda other: (abs(other - day), other))[
            :_MOST_DAYS
        ]
        raise BadUse(
            explain.words.text(
                "narration.explain.no_decision",
                who=who,
                day=day,
                days=", ".join(map(str, sorted(days))),
            )
        )
    return today


def _tell(
    asked: Request, scenario: Scenario, chosen: Iterable[Decision], explain: Explainer
) -> None:
    """Each decision in words, by day; border commands that held their fire are counted."""
    day, held = None, 0
    for one in chosen:
        if one.day != day:
            _say_held(held, explain)
            day, held = one.day, 0
            print(
                f"{explain.words.text('common.day', n=day).capitalize()} ({explain.words.date(scenario.release + timedelta(days=day))})\n"
            )
        if asked.actor is None and _held(one):
            held += 1
            continue
        print(_filled(explain.heading(one), "  ", "  "))
        print(_filled(" ".join(explain.sentences(one)), "    ", "    ") + "\n")
    _say_held(held, explain)


def _filled(text: str, first: str, others: str) -> str:
    """Lines of a terminal; a sign stays with what it belongs to: 86 %, « raid »."""
    kept = re.sub(r" (?=[%»:;?!])|(?<=«) ", "\N{NO-BREAK SPACE}", text)
    return textwrap.fill(kept, WIDTH, initial_indent=first, subsequent_indent=others).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def _held(one: Decision) -> bool:
    return one.kind == "command" and one.options[one.taken] == HELD


def _say_held(held: int, explain: Explainer) -> None:
    if held:
        print(f"  {explain.words.text('narration.explain.held', n=held)}\n")


def _turning(asked: Request, scenario: Scenario, seed: int, explain: Explainer) -> int:
    from sim.cli.progress import shown
    from sim.narration.turning_points import turning
    from sim.replication.fork import Fork

    fork = Fork(scenario, seed, asked.replication)
    with shown(quiet=False, what="mornings") as progress:
        found = turning(fork, asked.runs, asked.jobs, progress)
    news = _news(scenario, fork, explain)
    lines = list(_turning_lines(asked, scenario, seed, found, news, explain))
    print(f"{scenario.title}. {explain.words.text('common.model')}\n")
    for line in lines:
        print(_filled(line, "", "   "))
    if asked.out is not None:
        from sim.classroom.explained import write
        from sim.narration.turning_points import MOST
        from sim.report.figures.why import draw_turning

        captions = [
            f"{_moved(move, explain)}: {_of(news, move.day, explain)[0]}"
            for move in found.moves[:MOST]
        ]
        figure = partial(draw_turning, found, asked.replication, explain, captions)
        write(asked.out, scenario.title, [(lines[0], "\n".join(lines[1:]), figure)], explain.words)
        print(asked.out, file=sys.stderr)
    return 0


def _news(scenario: Scenario, fork: Fork, explain: Explainer) -> dict[int, list[str]]:
    """What was reported, by day."""
    from sim.narration.event_sentences import event_sentences

    news: dict[int, list[str]] = {}
    for one in event_sentences(fork.story.events, scenario, explain.words):
        if not one.routine:
            news.setdefault(one.day, []).append(one.what)
    return news


def _moved(move: Move, explain: Explainer) -> str:
    """Which day, which outcome, from where to where."""
    return f"{explain.words.text('common.day', n=move.day)}, {explain.outcome(move.outcome)} {explain.words.percent(move.before)} → {explain.words.percent(move.after)}"


def _of(news: Mapping[int, list[str]], day: int, explain: Explainer) -> list[str]:
    """The news of a day, or that there were none."""
    return news.get(day, [explain.words.text("narration.explain.quiet_day")])[:_MOST_NEWS]


def _turning_lines(
    asked: Request,
    scenario: Scenario,
    seed: int,
    found: Turning,
    news: Mapping[int, list[str]],
    explain: Explainer,
) -> Iterator[str]:
    """Forecast, turning points with the news of their days, what came, and how sure all of that is."""
    from sim.narration.turning_points import MOST

    say = explain.words.text
    first = ", ".join(
        f"{explain.outcome(name)} {explain.words.percent(share)}"
        for name, share in zip(found.outcomes, found.shares[0], strict=True)
        if share > 0.0
    )
    yield say("narration.explain.turning", replication=asked.replication, seed=seed)
    yield say("narration.explain.forecast", shares=first)
    for n, move in enumerate(found.moves[:MOST], start=1):
        size, error = f"{100 * move.size:+.0f}", f"{100 * move.error:.0f}"
        said = {
            "before": explain.words.percent(move.before),
            "after": explain.words.percent(move.after),
            "size": size,
            "error": error,
        }
        when = explain.words.date(scenario.release + timedelta(days=move.day))
        yield f"{n}. {say('narration.explain.turn', day=move.day, date=when, outcome=explain.outcome(move.outcome), **said)}"
        yield from (f"   {line}" for line in _of(news, move.day, explain))
    if not found.moves:
        yield say("narration.explain.no_turn")
    yield say(
        "narration.explain.came",
        outcome=explain.outcome(found.outcomes[int(found.shares[-1].argmax())]),
    )
    yield say(
        "narration.explain.made_from",
        n=found.runs,
        error=f"{explain.words.percent(found.error, decimals=1)}",
        tested=found.tested,
    )


def _draw(out: Path, title: str, chosen: Sequence[Decision], explain: Explainer) -> None:
    """Decisions as figures; border commands that held are left out if others were asked for too, states come first."""
    from sim.classroom.explained import HTML, MOST_FIGURES, write
    from sim.report.figures.why import draw_terms

    shown = [one for one in chosen if not _held(one)] or list(chosen)
    shown.sort(key=lambda one: one.kind != "action")
    said = explain.words.text
    parts = [
        (
            said("narration.explain.figure_title", heading=explain.heading(one), day=one.day),
            "\n".join(explain.sentences(one)),
            partial(draw_terms, one, explain),
        )
        for one in shown
    ]
    write(out, title, parts, explain.words)
    drawn = MOST_FIGURES if out.suffix.lower() == HTML else 1
    first = f"the first {drawn}" if drawn > 1 else "the first"
    more = (
        f" ({first} of {len(shown)} decisions; {HTML} holds {MOST_FIGURES})"
        if len(shown) > drawn
        else ""
    )
    print(f"{out}{more}", file=sys.stderr)
