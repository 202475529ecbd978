"""The decisions of a replication, each with everything that led to it.

They are read from the words that the engine writes (`sim/engine/rules/decide.py` has their layout).
A replication is seed and number, so its ledger need not be kept: it is made again when it is
needed, the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import Template, slot
from sim.engine.world.tables import NOBODY
from sim.ensemble.engine import ChooseEngine, engine_for
from sim.plain import replication_number, seed_number
from sim.scenario import Given, scenario_of
from sim.vocabulary.coded import words as words_of
from sim.vocabulary.codes import BarReason, Drop, EventKind
from sim.vocabulary.decisions import DecisionKind, Extra, Header
from sim.vocabulary.ladder import N_ACTIONS
from sim.vocabulary.policies import Policy
from sim.words import Words, words
from sim.words.names import drop_reason

Json = dict[str, Any]
Array = NDArray[np.float64]
_BY_A_NEW_CHOICE = (Drop.RECALLED, Drop.REPLACED)  # which drop what was ordered before them


class OrderDrop(NamedTuple):
    """That an order was given up: how many days after it was given, and why, a `Drop`."""

    after: int
    reason: int

    def as_json(self, said: Words) -> Json:
        """The record in plain words and numbers."""
        return {"after": self.after, "because": drop_reason(self.reason, said)}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    `actor` is a path ("states.westmark"), `about` a name or ""; `options` and `terms` are names;
    `policy` is the word of a `Policy`, or "module:Class", which chose with the table of a quantal
    actor before it; `weights` (terms,), `barred` (options,) numbers of `BarReason`, `table`
    (options, terms), `utility` and `probability`
    (options,); `choice` is what the draw picked, `taken` what was done, another only in a fork or
    by a policy in Python; `delay` days until an action was carried out, None if it never was;
    `drop` when and why its order was given up instead; `stocks` what else is known of the actor;
    `own` which kind of the file's own actions it was when carried out, counted from 1, 0 for none;
    `rungs` (options,) the heights of the options of a state's action, none for another kind.
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
    drop: OrderDrop | None = None
    own: int = 0
    rungs: Array = field(default_factory=lambda: np.empty(0))

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
            "dropped": self.drop.as_json(said) if self.drop else None,
            "believed": dict(self.believed),
            "true": dict(self.true),
        }

    def _option(self, a: int, said: Words) -> Json:
        return {
            "available": bool(self.barred[a] == 0),
            "barred_because": said.text(f"vocabulary.barred.{BarReason(self.barred[a]).word}")
            if self.barred[a]
            else None,
            "terms": dict(zip(self.terms, self.table[a].tolist(), strict=True)),
            "utility": float(self.utility[a]),
            "probability": float(self.probability[a]),
        }


def decisions(
    scenario: Given,
    seed: int,
    replication: int,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> list[Decision]:
    """Every decision of a replication, in the order in which they were made.

    Parameters
    ----------
    scenario : a resolved scenario
    seed, replication : which one; if it fails, the decisions up to then
    engine, allow_python : as for `sim.run`
    """
    scenario = scenario_of(scenario)
    choose = engine_for(engine, allow_python=allow_python)
    seed, replication = seed_number(seed), replication_number(replication)
    run = choose(scenario).replay(seed, replication, ledger=True)
    return decisions_of(run.template, run.ledger, run.events)


def decisions_of(template: Template, words: Array, events: NDArray[Any]) -> list[Decision]:
    """Every decision of a ledger's words, with what the log says of when it was carried out."""
    return _with_delays(list(read(template, words)), events, template)


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
        for at in begins[words[begins + Header.KIND] == DecisionKind.ACTION]
    )
    names = Naming(template)
    return [
        one.delay
        for one in _with_delays([_decision(names, record) for record in records], events, template)
    ]


def _decision(names: Naming, words: Array) -> Decision:
    head = words[: len(Header)]
    kind = DecisionKind(int(head[Header.KIND]))
    options = names.template.options(kind)
    o, t, extras = len(options), len(kind.terms), kind.extras
    sizes = (len(Header), extras, t, o, o * t, o, o)
    _, more, weights, barred, table, utility, probability = np.split(words, np.cumsum(sizes)[:-1])
    known = dict(zip(words_of(Extra), more.tolist(), strict=False))
    actor, about = names.of(kind, int(head[Header.ACTOR]), int(head[Header.ABOUT]))
    return Decision(
        day=int(head[Header.DAY]),
        kind=kind.word,
        actor=actor,
        about=about,
        options=options,
        terms=words_of(kind.terms),
        policy=names.policy(kind, actor, int(head[Header.POLICY])),
        rationality=float(head[Header.RATIONALITY]),
        weights=weights,
        barred=barred.astype(np.int64),
        table=table.reshape(o, t),
        utility=utility,
        probability=probability,
        draw=float(head[Header.DRAW]),
        choice=int(head[Header.CHOICE]),
        taken=int(head[Header.TAKEN]),
        believed={"complicity": known.pop("believed_complicity")} if known else {},
        true={"haven": known.pop("haven")} if known else {},
        stocks=known,
        rungs=np.array([one.height for one in names.template.actions])
        if kind is DecisionKind.ACTION
        else np.empty(0),
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

    def of(self, kind: DecisionKind, actor: int, about: int) -> tuple[str, str]:
        """Path of who decides, and the name of whom it is about, or an empty one."""
        if kind.actor == "borders":
            border = self.template.borders[actor]
            state, rival = (self.template.states[self.guards[actor, s]] for s in (about, 1 - about))
            return f"states.{state}.{border}", rival
        who = f"{kind.actor}.{getattr(self.template, kind.actor)[actor]}"
        if not kind.about or about == NOBODY:
            return who, ""
        return who, getattr(self.template, kind.about)[about]

    def policy(self, kind: DecisionKind, actor: str, number: int) -> str:
        """How an actor, given by its path, makes a decision of this kind.

        `number` is the policy that filled the probabilities.
        """
        table, name, *_ = actor.split(".")
        own = self.template.python_policies.get(f"{table}.{name}.{kind.own}")
        return own or Policy(number).word


def _with_delays(found: list[Decision], events: NDArray[Any], template: Template) -> list[Decision]:
    """Add to each state's choice of an act when it was carried out or dropped."""
    acts = _days_of_acts(events, template, (EventKind.ACT, EventKind.POSTURE))
    drops = _days_of_acts(events, template, (EventKind.DROPPED,))
    until: dict[tuple[str, str], int] = {}
    for k in range(len(found) - 1, -1, -1):
        one = found[k]
        if not DecisionKind.of(one.kind).delayed:
            continue
        pair = one.actor, one.about
        last = until.get(pair, template.horizon + 1)
        done = [
            (day, own)
            for day, own in acts.get((*pair, one.taken), ())
            if one.day <= day < max(last, one.day + 1)
        ]
        given_up = [
            OrderDrop(day - one.day, reason)
            for day, reason in drops.get((*pair, one.taken), ())
            if one.day + (reason in _BY_A_NEW_CHOICE) <= day <= last
        ]
        found[k] = replace(
            one,
            delay=min(done)[0] - one.day if done else None,
            drop=min(given_up) if given_up and not done else None,
            own=min(done)[1] if done and one.taken < N_ACTIONS else 0,
        )
        until[pair] = one.day
    return found


def _days_of_acts(
    events: NDArray[Any], template: Template, kinds: Sequence[EventKind]
) -> dict[tuple[str, str, int], list[tuple[int, int]]]:
    """Days of a state's acts and their values, by its path, its rival and the action.

    What the file made happen carries out no order.
    """
    found: dict[tuple[str, str, int], list[tuple[int, int]]] = {}
    of_kinds = np.isin(events["kind"], [int(kind) for kind in kinds])
    for row in events[of_kinds & (events["scripted"] == 0)]:
        who, whom = template.states[row["actor"]], template.states[row["target"]]
        key = (f"states.{who}", whom, int(row["action"]))
        found.setdefault(key, []).append((int(row["day"]), int(row["value"])))
    return found
