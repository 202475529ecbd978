"""Checks of a scenario's own actions, and of the events and plans that name one."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator

from sim.scenario.events import event_days
from sim.scenario.findings import Finding
from sim.scenario.options import fights, is_option
from sim.scenario.schema import OwnAct, ScenarioFile
from sim.scenario.schema.own_acts import CALM_TOP, CALMING, TOP
from sim.vocabulary.coded import words
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import ACTION_NAMES, MOST_OWN, Action, Domain

#: What only an option of its own can say.
_OF_OPTIONS = (
    *("cost", "harm", "delay", "violation", "disrupt"),
    *("concession", "relief", "trust", "fights"),
)
#: What nothing reads of an act that calms, whose own numbers are 0, and of one without a fight.
_IDLE_CALM = ("deaths", "felt", "damage", "cost", "harm", "delay", "violation", "disrupt", "fights")
_IDLE_WITHOUT_FIGHT = ("deaths",)
#: Names of all options of all kinds of decisions: a forced choice has to tell them apart.
_TAKEN = {option: kind for kind in DecisionKind for option in words(kind.options)}


def own_acts(file: ScenarioFile, left_out: Container[str]) -> Iterator[Finding]:
    """Everything wrong with own actions beside their numbers.

    `left_out` are the paths that no file gives.
    """
    yield from _plans(file)
    if not file.actions:
        return
    yield from _names(file)
    for name, one in file.actions.items():
        yield from _kind(name, one, left_out)
    yield from _shares(file)
    for path, _, event in event_days(file):
        if event.own not in file.actions:
            continue
        one = file.actions[event.own]
        if one.of and event.action and event.action != one.of:
            yield Finding(
                f"{path}.action", f"must be {one.of}, which {event.own} is of", event.action
            )
        if one.by is not None and event.actor != one.by:
            yield Finding(
                f"{path}.actor", f"must be {one.by}, whose act {event.own} is", event.actor
            )


def _names(file: ScenarioFile) -> Iterator[Finding]:
    options = [name for name, one in file.actions.items() if is_option(one)]
    for name in file.actions:
        if name in ACTION_NAMES:
            rule = "must be a name that no action of the ladder has"
            yield Finding(f"actions.{name}", rule, name)
        elif name in options and name in _TAKEN:
            yield Finding(
                f"actions.{name}",
                "must be a name that no option of a decision has",
                name,
                f"it is one of {_TAKEN[name].word}",
            )
    if len(options) > MOST_OWN:
        yield Finding(
            f"actions.{options[MOST_OWN]}.rung",
            f"must be one of at most {MOST_OWN} own actions with a rung",
            f"{len(options)}",
            "a share makes it a kind of an action, of which there may be more",
        )


def _kind(name: str, one: OwnAct, left_out: Container[str]) -> Iterator[Finding]:
    """Whether it is a kind of an act or an option of its own, and says what that needs."""
    path = f"actions.{name}"
    given = [field for field in ("share", "rung") if f"{path}.{field}" not in left_out]
    if len(given) != 1:
        yield Finding(
            path,
            "must have either share or rung",
            "both" if given else "neither",
            "share: a kind of its act, chosen as that; rung: an option of its own",
        )
        return
    if given == ["rung"] and one.rung is None:  # refused by the reader
        return
    if one.rung is None:
        if one.of == CALMING:
            yield Finding(
                f"{path}.rung", f"must be given for an own action of {CALMING}", "nothing"
            )
        for field in _OF_OPTIONS:
            if getattr(one, field) is not None:
                hint = "it is chosen as its act, which has that; with a rung it has its own"
                yield Finding(f"{path}.{field}", "must be left out with share", "", hint)
    elif one.of == CALMING and one.rung > CALM_TOP:
        rule = f"must be in [0, {CALM_TOP:g}] for an own action of {CALMING}"
        yield Finding(f"{path}.rung", rule, f"{one.rung:g}")
    elif one.of != CALMING and not 0.0 < one.rung < TOP:
        rule = f"must be above 0 and below {TOP:g}, strictly inside the ladder"
        yield Finding(f"{path}.rung", rule, f"{one.rung:g}")


def _shares(file: ScenarioFile) -> Iterator[Finding]:
    """The shares of one act of one state cannot exceed the whole."""
    for state in file.states:
        for act in ACTION_NAMES:
            mine = {
                name: one.share.high
                for name, one in file.actions.items()
                if one.of == act and one.by in (None, state) and one.share is not None
            }
            total = math.fsum(mine.values())
            if total > 1 + 1e-9:
                yield Finding(
                    f"actions.{[*mine][-1]}.share",
                    f"must add up to at most 1 over the kinds of {act} of {state}",
                    f"{total:g}",
                    ", ".join(mine),
                )


def _plans(file: ScenarioFile) -> Iterator[Finding]:
    """Lines of a plan that name an own action: it must be an option, and the state's."""
    for state, planner in file.states.items():
        for i, line in enumerate(planner.plan):
            one = file.actions.get(line.own) if line.own else None
            if one is None:
                continue
            path = f"states.{state}.plan.{i}"
            if one.of and line.action and line.action != one.of:
                rule = f"must be {one.of}, which {line.own} is of"
                yield Finding(f"{path}.action", rule, line.action)
            if not is_option(one):
                rule, hint = "must be an own action with a rung", "a share is drawn, not planned"
                yield Finding(f"{path}.own", rule, line.own or "", hint)
            elif one.by not in (None, state):
                yield Finding(f"{path}.own", f"must be an own action of {state}", f"of {one.by}")


def domain_of(file: ScenarioFile, action: str, own: str | None) -> Domain:
    """What an act of a file needs: nothing, if no men fight in it."""
    one = file.actions.get(own) if own else None
    return Domain.NONE if one is not None and not fights(one) else Action.of(action).domain


def idle_own_acts(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: own actions that nobody can ever take, and numbers of theirs that nothing reads."""
    for name, one in file.actions.items():
        path, domain = f"actions.{name}", domain_of(file, one.of, name)
        named = any(event.own == name for _, _, event in event_days(file))
        if one.share is not None and not one.share.high > 0 and not named:
            hint = "no act is of this kind, and no event names it"
            yield Finding(f"{path}.share", "should be above 0", "0", hint)
        actors = file.states if one.by is None else {one.by: file.states[one.by]}
        if domain is Domain.AIR and not any(
            state.combat_aircraft.high > 0 or state.standoff.high > 0 for state in actors.values()
        ):
            yield Finding(
                f"{path}.of",
                "should be an act that somebody can take",
                one.of,
                "it needs combat aircraft or stand-off weapons",
            )
        if domain is Domain.NUCLEAR and not any(state.nuclear for state in actors.values()):
            yield Finding(
                f"{path}.of",
                "should be an act that somebody can take",
                one.of,
                "it needs nuclear weapons",
            )
        if is_option(one):
            yield from _idle_numbers(path, one)


def _idle_numbers(path: str, one: OwnAct) -> Iterator[Finding]:
    """What an option says and nothing reads, and a gesture that costs nothing."""
    calms = one.of == CALMING
    idle = _IDLE_CALM if calms else () if fights(one) else _IDLE_WITHOUT_FIGHT
    for field in idle:
        given = getattr(one, field)
        if given is not None and not getattr(given, "default", False):
            what = f"an own action of {CALMING}" if calms else "an act in which nobody fights"
            yield Finding(
                f"{path}.{field}", "should be left out", "", f"nothing reads it for {what}"
            )
    moved = [number for number in (one.relief, one.trust) if number is not None and number.high > 0]
    price = one.concession
    if calms and not moved:
        hint = "without relief or trust it is calm by another name"
        yield Finding(path, "should have relief or trust", "neither", hint)
    elif moved and calms and (price is None or not price.high > 0):
        hint = "what costs its actor nothing convinces nobody (Kydd 2005)"
        yield Finding(f"{path}.concession", "should be above 0", "0", hint)
