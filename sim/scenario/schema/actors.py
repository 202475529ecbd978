"""Who decides: states, militant groups and mediators."""

from __future__ import annotations

from typing import Literal

from sim.scenario.fields import Block, Number, each, flag, link, links, number, phrase, word
from sim.scenario.schema import guides
from sim.scenario.schema.assumptions import NONE, OURS, SHAPES, TUNED
from sim.vocabulary.ladder import ACTION_NAMES
from sim.vocabulary.policies import POLICY_NAMES, WITHOUT_RIVAL

PYTHON_CLASS = r"[A-Za-z_][\w.]*:[A-Za-z_]\w*"


class StateWeights(Block):
    """Weights of a state's utility terms (`sim/engine/rules/state_choice.py`)."""

    punish: Number = number(5.0, unit="utility", low=0, high=100, assumed=TUNED)
    """Distance between the action's rung and the rung that anger and resolve demand."""
    disrupt: Number = number(0.6, unit="utility", low=0, high=100, assumed=TUNED)
    """Militant capacity that the action takes away."""
    cost: Number = number(1.0, unit="utility", low=0, high=100, assumed=TUNED)
    """Men and materiel that the action costs, growing with weariness."""
    retaliation: Number = number(0.2, unit="utility", low=0, high=100, assumed=SHAPES)
    """Harm expected from the rival's reply."""
    diplomatic: Number = number(0.6, unit="utility", low=0, high=100, assumed=TUNED)
    """International pressure and the leverage of mediators."""
    commitment: Number = number(1.2, unit="utility", low=0, high=100, assumed=TUNED)
    """Breaking a ceasefire, by its quality."""
    shadow: Number = number(0.25, unit="utility", low=0, high=100, assumed=SHAPES)
    """Climbing against a nuclear rival."""
    inertia: Number = number(0.25, unit="utility", low=0, high=100, assumed=TUNED)
    """Distance from the present posture."""


class PlannedAction(Block):
    """One line of the plan of a state with the scripted policy."""

    day: int = word(low=1, high=36500)
    """Days after the release, from 1."""
    action: str = word(among=ACTION_NAMES)
    """An action of the ladder, ordered on that day; a posture is kept until the next line."""
    own: str | None = link("actions", None)
    """The own action that it is, one with a rung; `action` then is what that is of."""
    against: str | None = link("states", None)
    """Which rival; all of them if left out."""


class State(Block):
    """A government with armed forces."""

    title: str | None = phrase(None, aside=True)
    """Name as it is spelled; its key, read as words, if left out."""
    prose: str | None = phrase(None, aside=True)
    """Name within a sentence, with its article, as in: the United States."""
    short: str | None = phrase(None, aside=True)
    """Short name for figures, e.g. PAK."""
    personnel: Number = number(unit="persons", low=1, high=1e8, guide=guides.PERSONNEL)
    """Active personnel of the armed forces."""
    mobilised: Number = number(
        0.25,
        unit="share",
        low=0.001,
        high=1,
        assumed="our own choice: a quarter of an army is brought to bear on a neighbour",
    )
    """Share of its personnel that it brings to bear in a war with a neighbour."""
    combat_aircraft: Number = number(
        0, unit="aircraft", low=0, high=1e5, assumed=NONE, guide=guides.COMBAT_AIRCRAFT
    )
    """Aircraft that can strike; without any, and without stand-off fire, there are no strikes."""
    standoff: Number = number(0, unit="aircraft", low=0, high=1e5, assumed=NONE)
    """Rockets, missiles and drones that reach a rival: the aircraft that they are worth."""
    helicopters: Number = number(0, unit="aircraft", low=0, high=1e5, assumed=NONE)
    """Helicopters and other aircraft: mobility of raids, no strikes."""
    serviceability: Number = number(0.7, unit="share", low=0, high=1, assumed=OURS)
    """Share of aircraft fit to fly."""
    armour: Number = number(0, unit="vehicles", low=0, high=1e6, assumed=NONE)
    """Armoured fighting vehicles."""
    nuclear: bool = flag(False)
    """Has nuclear weapons."""
    resolve: Number = number(
        0.75, unit="probability", low=0, high=1, assumed=TUNED, guide=guides.RESOLVE
    )
    """How readily anger becomes a demand to act."""
    rationality: Number = number(5.0, unit="1/utility", low=0, high=1000, assumed=TUNED)
    """Precision of choice, lambda of quantal response; 0 is chance alone."""
    reasoning: int = word(1, low=0, high=2)
    """Level of reasoning about the rival's reply: 0 none, 1 a proportionate reply, 2 a rival who
    reasons at level 1."""
    weights: StateWeights = each(StateWeights)
    true_positive: Number = number(0.6, unit="probability", low=0.01, high=0.99, assumed=TUNED)
    """Chance that an attack run from a host leaves evidence that points there."""
    false_positive: Number = number(0.3, unit="probability", low=0.01, high=0.99, assumed=TUNED)
    """Chance that an attack not run from a host leaves such evidence all the same."""
    discipline: Number = number(0.5, unit="share", low=0, high=1, assumed=OURS)
    """How far border commands keep to what the capital permits; 0.5 leaves the local rates as
    given."""
    weariness: Number = number(0.05, unit="share", low=0, high=0.95, assumed=OURS)
    """Weariness of war at the start: 0 none; at 0.5 it gives way by half of what it ever will."""
    overshoot: Number = number(1.0, unit="rungs", low=0, high=6, assumed=OURS)
    """By how many rungs a proportional state answers above what it met."""
    exaggeration: Number = number(
        8.0,
        unit="ratio",
        low=1,
        high=100,
        assumed="median ratio of own claim to enemy admission, between 2.5 and 28 in October 2025 "
        "to February 2026 (calibration/data)",
    )
    """Median factor by which the state's claims of enemy dead exceed the truth."""
    admission: Number = number(0.8, unit="share", low=0.05, high=1, assumed=OURS)
    """Share of its own dead that the state admits."""
    policy: str = word("quantal", among=POLICY_NAMES, pattern=PYTHON_CLASS)
    """How it chooses: a policy's name, or module:Class for a Python class of your own."""
    command_policy: str = word("quantal", among=WITHOUT_RIVAL, pattern=PYTHON_CLASS)
    """How its border commands choose."""
    plan: list[PlannedAction] = each(list[PlannedAction])
    """What a state with the scripted policy does, by day."""


class Host(Block):
    """What a group has in a state that is not its enemy."""

    haven: Number = number(unit="share", low=0, high=1, guide=guides.HAVEN)
    """How freely the group lives and trains there: 0 not at all, 1 as at home."""
    share: Number = number(unit="share", low=0, high=1, guide=guides.SHARE)
    """Share of the group's violence that is run from there."""
    affinity: Number = number(0.5, unit="share", low=0, high=1, assumed=OURS, guide=guides.AFFINITY)
    """What ties the host to the group; a dear guest is seldom cracked down on."""
    admits: bool = flag(False)
    """Whether the host admits the group's presence."""


class Severity(Block):
    """Deaths in one attack: a rounded lognormal or a power law with a cut-off."""

    family: Literal["lognormal", "power_law"] = word("lognormal")
    """lognormal (fits the whole range) or power_law (fits the tail)."""
    mu: Number = number(0.0, unit="log deaths", low=-3, high=5, assumed=TUNED)
    """Mean of log deaths (lognormal)."""
    sigma: Number = number(1.15, unit="log deaths", low=0.01, high=3, assumed=TUNED)
    """Standard deviation of log deaths (lognormal)."""
    alpha: Number = number(2.4, unit="1", low=1.5, high=6, source="clauset-2007")
    """Exponent (power law), near 2.4."""
    cap: Number = number(
        150,
        unit="deaths",
        low=1,
        high=100000,
        assumed="largest event of 2001-2021 in UCDP GED is 149 deaths",
    )
    """Most that one attack of the group can kill."""


class Targets(Block):
    """Relative weights of the kinds of target, before what the group finds wise."""

    patrol: Number = number(0.45, unit="weight", low=0, high=1000, assumed=OURS)
    """Patrols and convoys."""
    police: Number = number(0.30, unit="weight", low=0, high=1000, assumed=OURS)
    """Police stations and check posts."""
    base: Number = number(0.03, unit="weight", low=0, high=1000, assumed=OURS)
    """Military bases and airports."""
    market: Number = number(0.22, unit="weight", low=0, high=1000, assumed=OURS)
    """Markets and mosques."""


class Group(Block):
    """A militant group that fights one state and may live in others."""

    title: str | None = phrase(None, aside=True)
    """Name as it is spelled; its key, read as words, if left out."""
    prose: str | None = phrase(None, aside=True)
    """Name within a sentence, with its article, as in: the United States."""
    short: str | None = phrase(None, aside=True)
    """Short name for figures."""
    enemy: str = link("states")
    """The state it fights."""
    hosts: dict[str, Host] = links("states", Host)
    """Where it finds a haven."""
    fighters: dict[str, Number] = links(
        "sectors",
        number(
            unit="fighters",
            low=0,
            high=1e6,
            help="Fighters in that sector at the start.",
            guide=guides.FIGHTERS,
        ),
    )
    """Fighters by sector."""
    base_rate: Number = number(unit="attacks/day", low=0, high=8, guide=guides.BASE_RATE)
    """Attacks a day at the reference strength, before self-excitation."""
    reference_strength: Number = number(
        unit="fighters", low=1, high=1e6, guide=guides.REFERENCE_STRENGTH
    )
    """Effective strength at which the base rate holds."""
    elasticity: Number = number(0.9, unit="1", low=0, high=3, assumed=TUNED)
    """Exponent of attacks on strength."""
    capacity: Number = number(unit="fighters", low=1, high=1e7, guide=guides.CAPACITY)
    """Fighters that the group could sustain with a full haven."""
    growth: Number = number(0.0045, unit="1/day", low=0, high=1, assumed=TUNED)
    """Logistic growth of recruits."""
    branching: Number = number(
        0.4,
        unit="attacks/attack",
        low=0,
        high=10,
        source="stylised-facts",
        guide=guides.BRANCHING,
    )
    """Further attacks that one attack excites; must stay below 1."""
    lag: Number = number(5.0, unit="days", low=0.1, high=365, source="stylised-facts")
    """Mean delay of excited attacks."""
    wave: Number = number(1.0, unit="attacks", low=1, high=20, assumed=NONE)
    """Mean number of attacks that are carried out together, 1 for one at a time."""
    drift: Number = number(0.30, unit="log rate", low=0, high=2, assumed=TUNED)
    """Standard deviation of the slow drift of the rate."""
    drift_life: Number = number(90.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which the drift forgets."""
    severity: Severity = each(Severity)
    targets: Targets = each(Targets)
    claims: Number = number(0.7, unit="probability", low=0, high=1, assumed=OURS)
    """Chance that it claims an attack."""
    rationality: Number = number(2.0, unit="1/utility", low=0, high=1000, assumed=OURS)
    """Precision of its choices."""
    truce_openness: Number = number(-1.0, unit="utility", low=-20, high=20, assumed=OURS)
    """What the group thinks of a truce when nothing else weighs."""
    policy: str = word("quantal", among=WITHOUT_RIVAL, pattern=PYTHON_CLASS)
    """How it chooses: a policy's name, or module:Class."""


class Mediator(Block):
    """Somebody outside who can bring two states to a table."""

    title: str | None = phrase(None, aside=True)
    """Name as it is spelled; its key, read as words, if left out."""
    prose: str | None = phrase(None, aside=True)
    """Name within a sentence, with its article, as in: the United States."""
    short: str | None = phrase(None, aside=True)
    """Short name for figures."""
    leverage: dict[str, Number] = links(
        "states",
        number(
            0.0,
            unit="share",
            low=0,
            high=1,
            assumed=NONE,
            help="Pull on that state.",
            guide=guides.LEVERAGE,
        ),
    )
    """Leverage on each state; 0 where left out."""
    credibility: Number = number(
        0.7, unit="share", low=0, high=1, assumed=TUNED, guide=guides.CREDIBILITY
    )
    """How far its word and its guarantees are believed."""
    patience: Number = number(3.0, unit="days", low=0, high=365, assumed=TUNED)
    """Wait after an offer before the next."""
    policy: str = word("quantal", among=WITHOUT_RIVAL, pattern=PYTHON_CLASS)
    """How it chooses: a policy's name, or module:Class."""
