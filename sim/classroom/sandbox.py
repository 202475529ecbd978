"""A page that holds the engine: a hundred worlds, levers, and what changes, on any device."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.classroom import engine_image, page
from sim.classroom.doctrines import doctrines
from sim.classroom.levers import Handle, free_range
from sim.classroom.path import course, watches
from sim.classroom.play_page import play_data
from sim.classroom.replay import PAGE as REPLAY
from sim.classroom.telling import telling
from sim.errors import ModelError
from sim.narration.outcomes import meanings
from sim.report.figures.palette import RUNG_COLOURS, outcome_colours
from sim.report.pages.html import Kind, render
from sim.report.pages.script import join_modules
from sim.version import __version__
from sim.vocabulary.ladder import N_RUNGS
from sim.words import PLAIN
from sim.words.measures import measure_name

if TYPE_CHECKING:
    from sim.engine.world import Template
    from sim.scenario import Scenario
    from sim.words import Words

PAGE = Kind(
    "sandbox.html.j2",
    "classroom.page",
    styles=("page.css", "sandbox.css", "path.css", "play.css"),
    script="page/main.js",
    package=page.PACKAGE,
    frames=(REPLAY,),
    engine=True,
)
#: Times whose share by day is drawn, in the order of the ladder.
TIMES = (
    "first_limited_strike_day",
    "first_raid_day",
    "first_open_war_day",
    "first_ceasefire_day",
)
#: The steps of a lesson, as scripts/page/address.js has them.
STEPS = ("story", "bet", "worlds", "levers", "play", "debrief", "sandbox")
#: Sections of the words that the parts of the page have for themselves.
PARTS = ("path", "play", "doctrines.page", "narration.ending")
#: Of the words of an explanation, those that tell turning points.
TURNS = {
    f"narration.explain.{key}"
    for key in ("turns", "no_turn", "move", "quiet_day", "made_from", "near", "near_many")
}
Json = dict[str, Any]


def data(
    scenario: Scenario,
    template: Template,
    sliders: Sequence[Handle],
    seed: int,
    called: str,
    settings: Sequence[str],
    words: Words,
) -> Json:
    """What the page carries beside the engine.

    Parameters
    ----------
    scenario, template : of the page
    sliders : that it opens with
    seed : root seed
    called : the scenario as a command names it
    settings : `PATH=VALUE` with which it was made
    words : the language

    Raises
    ------
    ModelError : if an actor is a Python class, which no page can run
    """
    if scenario.programs:
        named = ", ".join(one.path for one in scenario.programs)
        raise ModelError(f"page: {named} is a Python policy, which a page cannot run")
    names = [measure.name for measure in scenario.measures if measure.own is None]
    _refuse_own_measures(scenario, names)
    colours = outcome_colours(list(scenario.outcomes))
    return {
        "about": {
            "id": scenario.id,
            "title": scenario.title,
            "digest": scenario.digest,
            "release": scenario.release.isoformat(),
            "horizon": scenario.horizon,
            "seed": str(seed),  # does not fit into a number of JavaScript
            "called": called,
            "settings": list(settings),
        },
        "steps": STEPS,
        "layout": engine_image.layout(template),
        "most": engine_image.MOST_WORLDS,
        "measures": names,
        "outcomes": [
            {
                "name": name,
                "colour": colours[name],
                "conditions": [
                    [names.index(measure), dict(bounds)] for measure, bounds in conditions.items()
                ],
            }
            for name, conditions in scenario.outcomes.items()
        ],
        "times": [
            {"measure": names.index(one.name), "label": measure_name(one, words)}
            for one in scenario.measures
            if one.name in TIMES
        ],
        "deaths": [names.index("deaths"), names.index("interstate_deaths")],
        "highest": names.index("max_rung"),
        "rungs": [
            {"name": words.text(f"vocabulary.rungs.{rung}"), "colour": RUNG_COLOURS[rung]}
            for rung in range(N_RUNGS)
        ],
        "levers": [handle.path for handle in sliders],
        "numbers": _numbers(scenario, template, sliders, words),
        "presets": [
            {
                "label": one.label,
                "do": one.do or "",
                "set": dict(one.set),
                "watch": watches(scenario, one, words),
            }
            for one in scenario.file.teaching.tries
            if one.set and all(path in template.slots for path in one.set)
        ],
        "meanings": [list(one) for one in meanings([scenario], words)],
        "telling": telling(scenario, template, words),
        "play": play_data(scenario, template),
        "doctrines": doctrines(scenario, template, words),
    }


def _refuse_own_measures(scenario: Scenario, names: Sequence[str]) -> None:
    """Raise a `ModelError` if an outcome asks for a measure of the file's own."""
    for outcome, conditions in scenario.outcomes.items():
        for name in conditions:
            if name not in names:
                raise ModelError(
                    f"page: outcomes.{outcome} asks for {name}, a measure of the file's own, which "
                    "a page cannot compute, as it keeps no events of its worlds (take a measure "
                    "that every file has, or run the scenario with `run`)"
                )


def _numbers(
    scenario: Scenario, template: Template, sliders: Sequence[Handle], words: Words
) -> list[Json]:
    """Every number of the scenario that a lever can move, those first that are levers already."""
    own = {handle.path: handle for handle in sliders}
    labels = {lever.path: lever.label for lever in scenario.file.levers}
    ranges = {lever.path: (lever.low, lever.high) for lever in scenario.file.levers}
    specs, found = scenario.number_specs(), []
    for path, number in scenario.numbers().items():
        if path not in template.slots:
            continue
        spec = specs[path]
        if path in own:
            low, high = own[path].low, own[path].high
        else:
            low, high = ranges.get(path) or free_range(number.value, spec.low, spec.high)
        about: Json = {
            "path": path,
            "word": template.slots[path],
            "value": number.value,
            "unit": number.unit,
            "low": min(low, number.value),
            "high": max(high, number.value),
            "help": spec.help if words.language == PLAIN else "",  # the schema speaks English
        }
        about |= {"label": labels[path]} if path in labels else {}
        about |= {"source": number.source} if number.source else {}
        told = number.assumed and (words.language == PLAIN or not number.default)
        about |= {"assumed": number.assumed} if told else {}
        about |= {"drawn": number.dist.describe()} if number.dist else {}
        found.append(about)
    return found


def text(scenario: Scenario, content: Json, cargo: Json, words: Words) -> str:
    """The page.

    Parameters
    ----------
    scenario : of the page
    content : what `data` gives
    cargo : what `engine_image.cargo` gives
    words : the language
    """
    worker = join_modules(Path(str(files(page.PACKAGE) / "scripts" / "engine" / "main.js")))
    return render(
        PAGE,
        words,
        {
            "say": page.script_words(words, "page")
            | words.section("narration.news", *PARTS)
            | {key: one for key, one in words.section("narration.explain").items() if key in TURNS}
            | page.option_words(scenario, words),
            "data": content,
            "cargo": cargo,
            "worker": worker,
        },
        about=scenario,
        version=__version__,
        found=content,
        path=course(scenario, content["telling"], words),
    )
