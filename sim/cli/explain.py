"""The command `explain`: why actors chose as they did, and the turning points."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from sim.cli.engine import chosen_engine
from sim.cli.lines import fill, terminal_width, wrap_line
from sim.cli.options import (
    AllowPython,
    Debug,
    Jobs,
    Language,
    OutFile,
    Replication,
    Scenario,
    Seed,
    Settings,
    Story,
)
from sim.cli.parsers import BadUse, near, one_of, whole
from sim.cli.picking import replication_of
from sim.cli.scenarios import read_to_tell
from sim.plain import MOST_NUMBER, MOST_RUNS
from sim.printable import json_escaped

if TYPE_CHECKING:
    from sim.narration.explain import Explainer
    from sim.replication.ledger import Decision
    from sim.scenario import Scenario as Loaded
    from sim.words import Words

SUMMARY = "Explain why the actors of one replication chose as they did."
FORMATS = ("text", "json")
ENDINGS = (".png", ".svg", ".html")
HELD = "hold"
WIDTH = 110
_MOST_DAYS = 12  # that an error names

Day = Annotated[
    int | None,
    typer.Option(
        "--day",
        parser=whole("--day", 0, MOST_NUMBER),
        metavar="D",
        help="Day after the release, from 1. [default: all; and without --actor, turning points]",
    ),
]
ActorName = Annotated[
    str | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="A state, group, mediator, or a command as STATE.BORDER. [default: all]",
    ),
]
Futures = Annotated[
    int,
    typer.Option(
        "--runs",
        parser=whole("--runs", 2, MOST_RUNS),
        metavar="N",
        help="Futures from each morning, for the turning points.",
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of("--format", FORMATS),
        metavar="text|json",
        help="Words, or the records of the decisions.",
    ),
]


class Selection(NamedTuple):
    """Which replication, and which of its decisions: a day, an actor, or (None) all."""

    scenario: Loaded
    seed: int
    replication: int
    day: int | None
    actor: str | None


def command(
    scenario: Scenario,
    replication: Replication = 0,
    story: Story = None,
    day: Day = None,
    actor: ActorName = None,
    runs: Futures = 200,
    seed: Seed = None,
    jobs: Jobs = None,
    settings: Settings = None,
    form: Form = "text",
    out: OutFile = None,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Explain choices: options, terms, belief and truth, the draw, and what would change them.

    On a day on which an order given earlier is carried out, the decision stands with it. Without a
    day and an actor: the turning points, the days on which the shares of the ends moved by ten
    points or more, with their error.

    Example: run_sim.py explain two_states --seed 7 --replication 3 --day 2 --actor westmark --out
    why.png
    """
    from sim.classroom import page

    if out is not None:
        page.fit(out, ENDINGS)
    from sim.words import words

    loaded, wording = read_to_tell(scenario, settings, words(language))
    from sim.ensemble.arguments import root_seed
    from sim.narration.explain import Explainer
    from sim.replication.ledger import decisions_of

    seed = root_seed(loaded, seed)
    replication = replication_of(loaded, seed, replication, story, wording)
    wanted = Selection(loaded, seed, replication, day, actor)
    if form == "text" and day is None and actor is None:
        return _print_turning_points(wanted, Explainer(loaded, wording), runs, jobs, out)
    if day is not None and not 1 <= day <= loaded.horizon:
        raise BadUse(
            f"--day: must be from 1, the first on which actors decide, to {loaded.horizon}, "
            f"the last; got {day}"
        )
    run = chosen_engine()(loaded).replay(seed, replication, ledger=True)
    explain = Explainer(loaded, wording, run.events)
    chosen = _choose(wanted, decisions_of(run.template, run.ledger, run.events), explain)
    if form == "json":
        records = [_record(one, explain) for one in chosen]
        print(json_escaped(json.dumps(records, ensure_ascii=False, allow_nan=False)))
    else:
        about = {"title": loaded.title, "model": explain.words.text("common.model")}
        number, seed_text = str(replication), str(wanted.seed)
        title = explain.words.text("cli.explain.title", replication=number, seed=seed_text, **about)
        print(wrap_line(title) + "\n")
        _print_decisions(wanted, chosen, explain)
    if out is not None:
        _draw(out, loaded.title, chosen, explain)
    return 0


def _record(one: Decision, explain: Explainer) -> dict[str, Any]:
    from sim.narration.flip import flip

    change = flip(one)
    about = {"own": explain.own_name(one), "by_rule": explain.rule_causes(one)}
    return one.as_json(explain.words) | about | {"flip": change.as_json() if change else None}


def _choose(wanted: Selection, made: Sequence[Decision], explain: Explainer) -> list[Decision]:
    """The wanted decisions. Raise a `BadUse` that names the others if there are none."""
    actors = list(dict.fromkeys(one.actor for one in made))
    chosen = list(made)
    if wanted.actor is not None:
        names = {path for path in actors if wanted.actor in (path, path.partition(".")[2])}
        if not names:
            known = [path.partition(".")[2] for path in actors]
            # a command by its state and border, after all others
            first, more = (
                [name for name in known if "." not in name],
                [name for name in known if "." in name][:2],
            )
            others = f" and border commands such as {' and '.join(more)}" if more else ""
            wrong = (
                f"nobody called {wanted.actor} decides here{near(wanted.actor, known)}; there are"
            )
            if wanted.actor.rpartition(".")[2] in explain.known:
                wrong = f"{wanted.actor} decides nothing in this replication; those who decide are"
            raise BadUse(f"--actor: {wrong} {', '.join(first)}{others}")
        chosen = [one for one in made if one.actor in names]
    if wanted.day is None or not chosen:
        return chosen
    actor = explain.name(chosen[0].actor) if wanted.actor else None
    return _of_day(chosen, wanted.day, actor)


def _of_day(chosen: Sequence[Decision], day: int, actor: str | None) -> list[Decision]:
    """Those made on a day, and before them those that are carried out on it.

    Raise a `BadUse` that names the nearest days with any if there are none.
    """
    earlier = [one for one in chosen if one.delay and one.day + one.delay == day]
    today = earlier + [one for one in chosen if one.day == day]
    if not today:
        days = {one.day + later for one in chosen for later in (0, one.delay or 0)}
        nearest = sorted(days, key=lambda other: (abs(other - day), other))
        idle = f"{actor} decided nothing" if actor else "no actor decided anything"
        raise BadUse(
            f"--day: must be a day on which somebody decides; {idle} on day {day}; "
            "the nearest days with decisions are "
            f"{', '.join(map(str, sorted(nearest[:_MOST_DAYS])))}"
        )
    return today


def _print_decisions(wanted: Selection, chosen: Iterable[Decision], explain: Explainer) -> None:
    """Each decision in words, by day; border commands that held their fire are counted."""
    words, shown, held = explain.words, None, 0
    for one in chosen:
        day = one.day if wanted.day is None else wanted.day
        if day != shown:
            _print_held(held, explain)
            shown, held = day, 0
            print(f"{words.text('common.day', n=day).capitalize()} ({_date(wanted, day, words)})\n")
            if news := explain.rule_news(day):
                print(_fill(words.text("narration.own_rules.today", news=news), "  ", "  ") + "\n")
        if one.day != day:
            date = _date(wanted, one.day, words)
            print(
                _fill(words.text("narration.explain.earlier", day=one.day, date=date), "  ", "  ")
            )
        if wanted.actor is None and _is_hold(one):
            held += 1
            continue
        print(_fill(explain.heading(one), "  ", "  "))
        print(_fill(" ".join(explain.sentences(one)), "    ", "    ") + "\n")
    _print_held(held, explain)


def _date(wanted: Selection, day: int, words: Words) -> str:
    return words.date(wanted.scenario.release + timedelta(days=day))


def _fill(text: str, first: str, others: str) -> str:
    """Lines of a terminal, or of a page where there is none."""
    return fill(text, min(terminal_width() or WIDTH, WIDTH), first, others)


def _is_hold(one: Decision) -> bool:
    return one.kind == "command" and one.options[one.taken] == HELD


def _print_held(held: int, explain: Explainer) -> None:
    if held:
        print(wrap_line(f"  {explain.words.text('narration.explain.held', n=held)}") + "\n")


def _print_turning_points(
    wanted: Selection, explain: Explainer, runs: int, jobs: int | None, out: Path | None
) -> int:
    from sim.cli.progress import progress_display
    from sim.narration.turning_points import turning
    from sim.narration.turning_words import TurningStory
    from sim.replication.fork import Fork

    scenario = wanted.scenario
    fork = Fork(scenario, wanted.seed, wanted.replication)
    with progress_display(explain.words, quiet=False, what="mornings") as progress:
        found = turning(fork, runs, jobs, progress)
    story = TurningStory(fork, found, explain)
    title, lines = story.title(), list(story.lines())
    print(wrap_line(f"{scenario.title}. {explain.words.text('common.model')}") + "\n")
    for line in (title, *lines):
        print(_fill(line, "", "   "))
    if out is not None:
        from sim.classroom.explanation import write
        from sim.report.figures.why import draw_turning

        figure = partial(draw_turning, found, wanted.replication, explain, story.captions())
        write(out, scenario.title, [(title, "\n".join(lines), figure)], explain.words)
        print(out, file=sys.stderr)
    return 0


def _draw(out: Path, title: str, chosen: Sequence[Decision], explain: Explainer) -> None:
    """Decisions as figures, states first; commands that held their fire only if nothing else is."""
    from sim.classroom.explanation import HTML, MOST_FIGURES, write
    from sim.report.figures.why import draw_terms

    pictured = [one for one in chosen if not _is_hold(one)] or list(chosen)
    pictured.sort(key=lambda one: one.kind != "action")
    said = explain.words.text
    parts = [
        (
            said("narration.explain.figure_title", heading=explain.heading(one), day=one.day),
            "\n".join(explain.sentences(one)),
            partial(draw_terms, one, explain),
        )
        for one in pictured
    ]
    write(out, title, parts, explain.words)
    drawn = MOST_FIGURES if out.suffix.lower() == HTML else 1
    done = str(out)
    if len(pictured) > drawn:
        about = {"place": done, "all": len(pictured), "ending": HTML, "most": MOST_FIGURES}
        done = said(f"cli.explain.{'first_of' if drawn > 1 else 'first'}", n=drawn, **about)
    print(done, file=sys.stderr)
