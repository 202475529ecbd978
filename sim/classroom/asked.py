"""Why the actors of a replication did what they did: each watched at the table on which it decides, through the Mesa face.

The face gives bit for bit what the compiled loop gives, and a watcher takes the compiled choice, so that watching moves nothing.
It sees the decisions that the face asks its agents for: a state's action and its answer to offers, a group's mode, a border
command's fire, a mediator's offer. An actor that is a Python class of somebody's own is not watched.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.model import Actor, EscalationModel, Options
    from sim.scenario import Scenario

Json = dict[str, Any]


def decisions(scenario: Scenario, seed: int, replication: int) -> list[Json]:
    """The decisions of a replication, in the order in which they were made.

    Parameters
    ----------
    scenario : a resolved scenario
    seed, replication : which one

    Returns
    -------
    records with actor, kind, day, about, options (name: available, barred_because, terms, utility, probability), weights, draw,
    choice, believed and true; terms are those of the table times their weights, so that the weights are 1
    """
    from sim.errors import RunError
    from sim.model import EscalationModel

    found: list[Json] = []
    policies = {path: _watcher(kind, found) for path, kind in _watched(scenario)}
    try:
        model = EscalationModel(scenario, seed=seed, replication=replication, collect="nothing", policies=policies)
        while model.running:
            model.step()
    except RunError:
        pass  # the page shows the replication up to its end, and so do its reasons
    return found


def _watched(scenario: Scenario) -> list[tuple[str, str]]:
    """Paths of the policies of actors that are no Python class, with the kind of their table."""
    file = scenario.file
    tables = (
        ("states", file.states, "policy"),
        ("states", file.states, "command_policy"),
        ("groups", file.groups, "policy"),
        ("mediators", file.mediators, "policy"),
    )
    return [
        (f"{table}.{name}.{field}", field if field != "policy" else table)
        for table, rows, field in tables
        for name, row in rows.items()
        if ":" not in getattr(row, field)
    ]


def _watcher(kind: str, found: list[Json]) -> type[Actor]:
    """A class of agents that writes down what it is asked and takes the compiled choice."""
    from sim.model import BorderCommand, Mediator, MilitantGroup, StateAgent

    def noting(name: str) -> Callable[[Any, Options], str]:
        def decide(self: Any, options: Options) -> str:
            found.append(_record(self, name, options))
            return options.default

        return decide

    base, methods = {
        "states": (StateAgent, {"decide": "action", "answer": "answer"}),
        "command_policy": (BorderCommand, {"decide": "command"}),
        "groups": (MilitantGroup, {"decide": "mode"}),
        "mediators": (Mediator, {"decide": "offer"}),
    }[kind]
    return type("Watcher", (base,), {method: noting(name) for method, name in methods.items()})


def _record(actor: Any, kind: str, options: Options) -> Json:
    terms, utilities, shares = options.terms, options.utilities, options.probabilities
    table = {
        name: {"available": True, "barred_because": None, "terms": terms[name], "utility": utilities[name], "probability": shares[name]}
        if name in options
        else {"available": False, "barred_because": "", "terms": {}, "utility": 0.0, "probability": 0.0}
        for name in options.all
    }
    model: EscalationModel = actor.model
    path = f"states.{actor.state}.{actor.path}" if kind == "command" else actor.path
    about = {"actor": path, "kind": kind, "day": model.day, "about": options.about, "options": table, "draw": options.draw, "choice": options.default}
    return about | {"weights": dict.fromkeys(next(iter(terms.values())), 1.0)} | (_judged(actor, options.about) if kind == "action" else {})


def _judged(state: Any, rival: str) -> Json:
    """What a state believes of a rival's soil, and the best haven that its enemies have there in truth."""
    world, template = state.model.world, state.model.template
    j = template.states.index(rival)
    havens = [float(world.hosts[g, j].haven_now) for g in range(len(template.groups)) if world.groups[g].enemy == state.number and world.hosts[g, j].present]
    believed = 1.0 / (1.0 + math.exp(-float(world.dyads[state.number, j].belief)))
    return {"believed": {"haven": believed}, "true": {"haven": max(havens, default=0.0)}}
