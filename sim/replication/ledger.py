"""The decisions of a replication, each with everything that led to it.

They are read from the words that the engine writes (`sim/engine/rules/decide.py` has their layout).
A replication is seed and number, so its ledger need not be kept: it is made again when it is
needed, the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.rules import (
    border,
    campaign,
    crossings,
    diplomacy,
    forced,
    host,
    militants,
    operations,
    state_choice,
)
from sim.engine.rules.decide import BARRED, EXTRAS, HEADER, KINDS
from sim.engine.world import Template, slot
from sim.engine.world.tables import ACT, MOVES, NOBODY
from sim.ensemble.engine import ChooseEngine, engine_of
from sim.scenario import Scenario
from sim.vocabulary.policies import NAMES
from sim.words import Words, words

Json = dict[str, Any]
Array = NDArray[np.float64]

TARGETS = ("patrol", "police", "base", "market")
OPTIONS = {**forced.OPTIONS, "target": TARGETS, "move": MOVES, "truce": ("refuse", "accept")}
TERMS = {
    "action": state_choice.TERMS,
    "answer": diplomacy.ACCEPT_TERMS,
    "crossings": crossings.TERMS,
    "offensive": operations.TERMS,
    "stance": host.TERMS,
    "mode": campaign.MODE_TERMS,
    "command": border.TERMS,
    "offer": diplomacy.OFFER_TERMS,
    "target": militants.TARGET_TERMS,
    "move": campaign.MOVE_TERMS,
    "truce": campaign.TRUCE_TERMS,
}
_DELAYED = "action"  # the only choice that is carried out on a later day
#: what a user's class can decide, and where it is named
_OWN = {"action": "policy", "command": "command_policy", "mode": "policy", "offer": "policy"}
_KIND = HEADER.index("kind")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    `actor` is a path ("states.westmark"), `about` a name or ""; `options` and `terms` are names;
    `policy` is one of `sim.vocabulary.policies`, or "module:Class", which chose with the table of a
    quantal actor before it; `weights` (terms,), `barred` (options,) numbers in
    `sim.engine.rules.decide.BARRED`, `table` (options, terms), `utility` and `probability`
    (options,); `choice` is what the draw picked, `taken` what was done, another only in a fork or
    by a policy in Python; `delay` days until an action was carried out, None if it never was;
    `stocks` what else is known of the actor.
    """

    day: int
    kind: str
    actor: str
    about: str
    options: tuple[str, ...]
    terms: tuple[str, ...]
    policy: str
    rationality: float
    weights: Array
    barred: NDArray[np.int64]
    table: Array
    utility: Array
    probability: Array
    draw: float
    choice: int
    taken: int
    believed: Mapping[str, float]
    true: Mapping[str, float]
    stocks: Mapping[str, float]
    delay: int | None = None

    @property
    def available(self) -> NDArray[np.bool_]:
        """Which options there are, (options,)."""
        free: NDArray[np.bool_] = self.barred == 0
        return free

    def as_json(self, said: Words | None = None) -> Json:
        """The record in plain words and numbers.

        `said` is the language in which it says why an option is barred; English if left out.
        """
        said = said or words()
        return {
            "actor": self.actor,
            "kind": self.kind,
            "day": self.day,
            "about": self.about,
            "policy": self.policy,
            "rationality": self.rationality,
            "options": {name: self._option(a, said) for a, name in enumerate(self.options)},
            "weights": dict(zip(self.terms, self.weights.tolist(), strict=True)),
            "draw": self.draw,
            "choice": self.options[self.taken],
            "drawn": self.options[self.choice],
            "delay": self.delay,
            "believed": dict(self.believed),
            "true": dict(self.true),
        }

    def _option(self, a: int, said: Words) -> Json:
        return {
            "available": bool(self.barred[a] == 0),
            "barred_because": said.text(f"vocabulary.barred.{BARRED[self.barred[a]]}")
            if self.barred[a]
            else None,
            "terms": dict(zip(self.terms, self.table[a].tolist(), strict=True)),
            "utility": float(self.utility[a]),
            "probability": float(self.probability[a]),
        }


def decisions(
    scenario: Scenario, seed: int, replication: int, *, engine: ChooseEngine = engine_of
) -> list[Decision]:
    """Every decision of a replication, in the order in which they were made.

    Parameters
    ----------
    scenario : a resolved scenario
    seed, replication : which one; if it fails, the decisions up to then
    engine : chooses what runs it
    """
    run = engine(scenario).replay(seed, replication, ledger=True)
    return _with_delays(list(read(run.template, run.ledger)), run.events, run.template)


def starts(words: Array) -> NDArray[np.int64]:
    """Where the records of a ledger's words begin, (n_decisions,)."""
    found, at = [], 0
    while at < len(words):
        found.append(at)
        at += int(words[at])
    return np.array(found, dtype=np.int64)


def read(template: Template, words: Array) -> Iterator[Decision]:
    """Decisions from a ledger's words."""
    names = Naming(template)
    for record in np.split(words, starts(words)[1:]) if len(words) else ():
        yield _decision(names, record)


def delays(template: Template, words: Array, events: NDArray[Any]) -> list[int | None]:
    """Of each choice of an action, in their order, how many days later it was carried out."""
    begins = starts(words)
    records = (
        words[at : at + int(words[at])]
        for at in begins[words[begins + _KIND] == KINDS.index(_DELAYED)]
    )
    names = Naming(template)
    return [
        one.delay
        for one in _with_delays([_decision(names, record) for record in records], events, template)
    ]


def _decision(names: Naming, words: Array) -> Decision:
    head = dict(zip(HEADER, words[: len(HEADER)].tolist(), strict=True))
    kind = KINDS[int(head["kind"])]
    o, t, extras = int(head["options"]), int(head["terms"]), int(head["extras"])
    sizes = (len(HEADER), extras, t, o, o * t, o, o)
    _, more, weights, barred, table, utility, probability = np.split(words, np.cumsum(sizes)[:-1])
    known = dict(zip(EXTRAS, more.tolist(), strict=False))
    actor, about = names.of(kind, int(head["actor"]), int(head["about"]))
    return Decision(
        day=int(head["day"]),
        kind=kind,
        actor=actor,
        about=about,
        options=OPTIONS[kind],
        terms=TERMS[kind],
        policy=names.policy(kind, actor, int(head["policy"])),
        rationality=head["rationality"],
        weights=weights,
        barred=barred.astype(np.int64),
        table=table.reshape(o, t),
        utility=utility,
        probability=probability,
        draw=head["draw"],
        choice=int(head["choice"]),
        taken=int(head["taken"]),
        believed={"complicity": known.pop("believed_complicity")} if known else {},
        true={"haven": known.pop("haven")} if known else {},
        stocks=known,
    )


class Naming:
    """Names of actors, of whom a decision is about, and of policies, by the engine's numbers."""

    def __init__(self, template: Template) -> None:
        self.template = template
        table = template.words.view(np.int64)
        self.guards = {
            (b, side): int(table[slot(template.spans, "commands", "state", b, side)])
            for b in range(len(template.borders))
            for side in range(2)
        }

    def of(self, kind: str, actor: int, about: int) -> tuple[str, str]:
        t = self.template
        if kind == "command":
            state, rival = (t.states[self.guards[actor, side]] for side in (about, 1 - about))
            return f"states.{state}.{t.borders[actor]}", rival
        if kind == "offer":
            return f"mediators.{t.mediators[actor]}", t.relations[about]
        if kind in ("mode", "target", "move", "truce"):
            return f"groups.{t.groups[actor]}", ""
        others = t.groups if kind == "stance" else t.states
        return f"states.{t.states[actor]}", "" if about == NOBODY else others[about]

    def policy(self, kind: str, actor: str, number: int) -> str:
        """How an actor, given by its path, makes a decision of this kind.

        `number` is the policy that filled the probabilities.
        """
        table, name, *_ = actor.split(".")
        return self.template.python_policies.get(f"{table}.{name}.{_OWN.get(kind)}", NAMES[number])


def _with_delays(found: list[Decision], events: NDArray[Any], template: Template) -> list[Decision]:
    """Add to each state's choice of an act how many days later it was carried out."""
    acts: dict[tuple[str, str, int], list[int]] = {}
    for row in events[events["kind"] == ACT]:
        acts.setdefault(
            (
                f"states.{template.states[row['actor']]}",
                template.states[row["target"]],
                int(row["action"]),
            ),
            [],
        ).append(int(row["day"]))
    until: dict[tuple[str, str], int] = {}
    for k in range(len(found) - 1, -1, -1):
        one = found[k]
        if one.kind != _DELAYED:
            continue
        pair = one.actor, one.about
        last = until.get(pair, template.horizon + 1)
        days = [
            day
            for day in acts.get((*pair, one.taken), ())
            if one.day <= day < max(last, one.day + 1)
        ]
        found[k] = replace(one, delay=min(days) - one.day if days else None)
        until[pair] = one.day
    return found
