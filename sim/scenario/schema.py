"""Every field of a scenario file: its unit, range, default, help and source, defined once.

The reader checks files against these classes; the world lays its arrays out by them; the JSON
Schema, the reference page, sliders and defaults are generated from them. A new parameter is one
field here and the rule that reads it.

A `number` field is a slot of the world: it can be a plain value, `{value, unit, source|assumed,
note}` or a distribution, and it can be set by its dotted path. The other helpers are structure and
words.
"""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from sim.scenario.fields import Block, Days, Number, days, each, flag, link, links, number, word
from sim.vocabulary.ladder import ACTION_NAMES, TARGET_NAMES

TUNED = "tuned by hand on the tempo of the founding case (docs/odd.md, docs/tempo.md)"
OURS = "our own choice where the literature gives a form and no figure (docs/odd.md)"

Terrain = Literal["plain", "hill", "mountain", "desert", "urban"]
Kind = Literal["historical", "stylised", "fictional"]

#: Names of the policies in `sim/vocabulary/policies.py`, which a test holds equal; those that need
# no rival are for any actor.
POLICIES = ("quantal", "proportional", "grim", "restrain", "scripted", "random")
WITHOUT_RIVAL = ("quantal", "restrain", "random")
PYTHON_CLASS = r"[A-Za-z_][\w.]*:[A-Za-z_]\w*"

EVENTS = (
    *ACTION_NAMES,
    "attack",
    "operation",
    "clash",
    "ceasefire",
    "ceasefire_end",
    "close_crossings",
    "open_crossings",
    "offensive",
    "truce",
    "truce_end",
)


class Source(Block):
    """Where numbers come from."""

    title: str = word(help="Title of the report, article or data set.")
    publisher: str | None = word(None, help="Who published it.")
    date: str | None = word(None, help="Date or year of publication.")
    via: str | None = word(None, help="The source in which it was read, if not the original.")
    url: str | None = word(None, help="Address, for the reader; never opened.")
    note: str | None = word(None, help="What is quoted, or what to beware of.")


# ---------------------------------------------------------------- actors


class StateWeights(Block):
    """Weights of a state's utility terms; the terms are defined in `sim/engine/rules/state_choice.py`."""

    punish: Number = number(
        5.0,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Distance between the action's rung and the rung that anger and resolve demand.",
    )
    disrupt: Number = number(
        0.6,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Militant capacity that the action takes away.",
    )
    cost: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Men and materiel that the action costs, growing with weariness.",
    )
    retaliation: Number = number(
        0.5,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Harm expected from the rival's reply.",
    )
    diplomatic: Number = number(
        0.6,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="International pressure and the leverage of mediators.",
    )
    commitment: Number = number(
        1.2,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Breaking a ceasefire, by its quality.",
    )
    shadow: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Climbing against a nuclear rival.",
    )
    inertia: Number = number(
        0.25,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Distance from the present posture.",
    )
    backdown: Number = number(
        2.8,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Stopping short of the war aim once at open war (audience cost).",
    )


class PlannedAction(Block):
    """One line of the plan of a state with the scripted policy."""

    day: int = word(help="Days after the release, from 1.", low=1, high=36500)
    action: str = word(
        help="An action of the ladder, ordered on that day; a posture is kept until the next line.",
        among=ACTION_NAMES,
    )
    against: str | None = link("states", None, help="Which rival; all of them if left out.")


class State(Block):
    """A government with armed forces."""

    short: str | None = word(None, help="Short name for figures, e.g. PAK.")
    personnel: Number = number(
        unit="persons", low=1, high=1e8, help="Active personnel of the armed forces."
    )
    combat_aircraft: Number = number(
        0,
        unit="aircraft",
        low=0,
        high=1e5,
        assumed="none unless given",
        help="Aircraft that can strike; without any, no air strike is possible.",
    )
    helicopters: Number = number(
        0,
        unit="aircraft",
        low=0,
        high=1e5,
        assumed="none unless given",
        help="Helicopters and other aircraft: mobility of raids, no strikes.",
    )
    serviceability: Number = number(
        0.7, unit="share", low=0, high=1, assumed=OURS, help="Share of aircraft fit to fly."
    )
    armour: Number = number(
        0,
        unit="vehicles",
        low=0,
        high=1e6,
        assumed="none unless given",
        help="Armoured fighting vehicles.",
    )
    nuclear: bool = flag(False, help="Has nuclear weapons.")
    resolve: Number = number(
        0.75,
        unit="probability",
        low=0,
        high=1,
        assumed=TUNED,
        help="How readily anger becomes a demand to act.",
    )
    rationality: Number = number(
        5.0,
        unit="1/utility",
        low=0,
        high=1000,
        assumed=TUNED,
        help="Precision of choice, lambda of quantal response; 0 is chance alone.",
    )
    reasoning: int = word(
        1,
        help="Level of reasoning about the rival's reply: 0 none, 1 a proportionate reply, 2 a rival who reasons at level 1.",
        low=0,
        high=2,
    )
    weights: StateWeights = each(StateWeights)
    true_positive: Number = number(
        0.6,
        unit="probability",
        low=0.01,
        high=0.99,
        assumed=TUNED,
        help="Chance that an attack run from a host leaves evidence that points there.",
    )
    false_positive: Number = number(
        0.3,
        unit="probability",
        low=0.01,
        high=0.99,
        assumed=TUNED,
        help="Chance that an attack not run from a host leaves such evidence all the same.",
    )
    discipline: Number = number(
        0.5,
        unit="share",
        low=0,
        high=1,
        assumed=OURS,
        help="How far border commands keep to what the capital permits; 0.5 leaves the local rates as given.",
    )
    weariness: Number = number(
        0.1, unit="stock", low=0, high=5, assumed=TUNED, help="Weariness of war at the start."
    )
    overshoot: Number = number(
        1.0,
        unit="rungs",
        low=0,
        high=6,
        assumed=OURS,
        help="By how many rungs a proportional state answers above what it met.",
    )
    exaggeration: Number = number(
        8.0,
        unit="ratio",
        low=1,
        high=100,
        assumed="median ratio of own claim to enemy admission, between 2.5 and 28 in October 2025 to February 2026 (calibration/data)",
        help="Median factor by which the state's claims of enemy dead exceed the truth.",
    )
    admission: Number = number(
        0.8,
        unit="share",
        low=0.05,
        high=1,
        assumed=OURS,
        help="Share of its own dead that the state admits.",
    )
    policy: str = word(
        "quantal",
        among=POLICIES,
        pattern=PYTHON_CLASS,
        help="How it chooses: a policy's name, or module:Class for a Python class of your own.",
    )
    command_policy: str = word(
        "quantal", among=WITHOUT_RIVAL, pattern=PYTHON_CLASS, help="How its border commands choose."
    )
    plan: list[PlannedAction] = each(
        list[PlannedAction], help="What a state with the scripted policy does, by day."
    )


class Host(Block):
    """What a group has in a state that is not its enemy."""

    haven: Number = number(
        unit="share",
        low=0,
        high=1,
        help="How freely the group lives and trains there: 0 not at all, 1 as at home.",
    )
    share: Number = number(
        unit="share", low=0, high=1, help="Share of the group's violence that is run from there."
    )
    affinity: Number = number(
        0.5,
        unit="share",
        low=0,
        high=1,
        assumed=OURS,
        help="What ties the host to the group; a dear guest is seldom cracked down on.",
    )
    admits: bool = flag(False, help="Whether the host admits the group's presence.")


class Severity(Block):
    """Deaths in one attack: a rounded lognormal or a power law with a cut-off."""

    family: Literal["lognormal", "power_law"] = word(
        "lognormal", help="lognormal (fits the whole range) or power_law (fits the tail)."
    )
    mu: Number = number(
        0.0,
        unit="log deaths",
        low=-3,
        high=5,
        assumed=TUNED,
        help="Mean of log deaths (lognormal).",
    )
    sigma: Number = number(
        1.15,
        unit="log deaths",
        low=0.01,
        high=3,
        assumed=TUNED,
        help="Standard deviation of log deaths (lognormal).",
    )
    alpha: Number = number(
        2.4,
        unit="1",
        low=1.5,
        high=6,
        source="clauset-2007",
        help="Exponent (power law), near 2.4.",
    )
    cap: Number = number(
        150,
        unit="deaths",
        low=1,
        high=100000,
        assumed="largest event of 2001-2021 in UCDP GED is 149 deaths",
        help="Most that one attack of the group can kill.",
    )


class Targets(Block):
    """How often each kind of target is chosen, before what the group finds wise; relative weights."""

    patrol: Number = number(
        0.45, unit="weight", low=0, high=1000, assumed=OURS, help="Patrols and convoys."
    )
    police: Number = number(
        0.30, unit="weight", low=0, high=1000, assumed=OURS, help="Police stations and check posts."
    )
    base: Number = number(
        0.03, unit="weight", low=0, high=1000, assumed=OURS, help="Military bases and airports."
    )
    market: Number = number(
        0.22, unit="weight", low=0, high=1000, assumed=OURS, help="Markets and mosques."
    )


class Group(Block):
    """A militant group that fights one state and may live in others."""

    short: str | None = word(None, help="Short name for figures.")
    enemy: str = link("states", help="The state it fights.")
    hosts: dict[str, Host] = links("states", Host, help="Where it finds a haven.")
    fighters: dict[str, Number] = links(
        "sectors",
        number(unit="fighters", low=0, high=1e6, help="Fighters in that sector at the start."),
        help="Fighters by sector.",
    )
    base_rate: Number = number(
        unit="attacks/day",
        low=0,
        high=8,
        help="Attacks a day at the reference strength, before self-excitation.",
    )
    reference_strength: Number = number(
        unit="fighters", low=1, high=1e6, help="Effective strength at which the base rate holds."
    )
    elasticity: Number = number(
        0.9, unit="1", low=0, high=3, assumed=TUNED, help="Exponent of attacks on strength."
    )
    capacity: Number = number(
        unit="fighters",
        low=1,
        high=1e7,
        help="Fighters that the group could sustain with a full haven.",
    )
    growth: Number = number(
        0.0045, unit="1/day", low=0, high=1, assumed=TUNED, help="Logistic growth of recruits."
    )
    branching: Number = number(
        0.4,
        unit="attacks/attack",
        low=0,
        high=10,
        source="stylised-facts",
        help="Further attacks that one attack excites; must stay below 1.",
    )
    lag: Number = number(
        5.0,
        unit="days",
        low=0.1,
        high=365,
        source="stylised-facts",
        help="Mean delay of excited attacks.",
    )
    drift: Number = number(
        0.30,
        unit="log rate",
        low=0,
        high=2,
        assumed=TUNED,
        help="Standard deviation of the slow drift of the rate.",
    )
    drift_life: Number = number(
        90.0, unit="days", low=1, high=3650, assumed=TUNED, help="Time in which the drift forgets."
    )
    severity: Severity = each(Severity)
    targets: Targets = each(Targets)
    claims: Number = number(
        0.7,
        unit="probability",
        low=0,
        high=1,
        assumed=OURS,
        help="Chance that it claims an attack.",
    )
    rationality: Number = number(
        2.0, unit="1/utility", low=0, high=1000, assumed=OURS, help="Precision of its choices."
    )
    truce_openness: Number = number(
        -1.0,
        unit="utility",
        low=-20,
        high=20,
        assumed=OURS,
        help="What the group thinks of a truce when nothing else weighs.",
    )
    policy: str = word(
        "quantal",
        among=WITHOUT_RIVAL,
        pattern=PYTHON_CLASS,
        help="How it chooses: a policy's name, or module:Class.",
    )


class Mediator(Block):
    """Somebody outside who can bring two states to a table."""

    short: str | None = word(None, help="Short name for figures.")
    leverage: dict[str, Number] = links(
        "states",
        number(
            0.0,
            unit="share",
            low=0,
            high=1,
            assumed="none unless given",
            help="Pull on that state.",
        ),
        help="Leverage on each state; 0 where left out.",
    )
    credibility: Number = number(
        0.7,
        unit="share",
        low=0,
        high=1,
        assumed=TUNED,
        help="How far its word and its guarantees are believed.",
    )
    patience: Number = number(
        3.0,
        unit="days",
        low=0,
        high=365,
        assumed=TUNED,
        help="Wait after an offer before the next.",
    )
    policy: str = word(
        "quantal",
        among=WITHOUT_RIVAL,
        pattern=PYTHON_CLASS,
        help="How it chooses: a policy's name, or module:Class.",
    )


# ---------------------------------------------------------------- places and relations


class Sector(Block):
    """A place: a district or province, or several."""

    title: str | None = word(None, help="Name on maps and in stories.")
    state: str = link("states", help="The state that it belongs to.")
    population: Number = number(unit="persons", low=0, high=1e9, help="People who live there.")
    garrison: Number = number(
        unit="persons", low=0, high=1e7, help="Soldiers and police stationed there."
    )
    terrain: Terrain = word("plain", help="Decides the defender's advantage.")
    capital: bool = flag(False, help="Seat of government.")
    neighbours: list[str] = links("sectors", help="Sectors of the same state that it touches.")
    x: float | None = word(
        None,
        help="Place on the schematic, 0 left to 1 right; laid out by itself if left out.",
        low=0,
        high=1,
    )
    y: float | None = word(None, help="Place on the schematic, 0 bottom to 1 top.", low=0, high=1)


class Border(Block):
    """Two sectors of two states that touch; each side has a border command there."""

    sectors: list[str] = links("sectors", help="The two sectors.", length=2)
    crossing: str | None = word(None, help="Name of the crossing, if there is one.")
    trade_share: Number = number(
        0.0,
        unit="share",
        low=0,
        high=1,
        assumed="no trade unless given",
        help="Share of the trade between the two states that passes here.",
    )
    posts: Number = number(
        10,
        unit="posts",
        low=1,
        high=1000,
        assumed=OURS,
        help="Posts of each side along this stretch.",
    )
    garrison: dict[str, Number] = links(
        "states",
        number(unit="persons", low=0, high=1e6, help="Soldiers of that side."),
        help="Men of each side's border command; rules.clash.garrison where left out.",
    )


class View(Block):
    """How one state looks at the other at the start."""

    grievance: Number = number(
        0.0,
        unit="stock",
        low=0,
        high=1.5,
        assumed="none unless given",
        help="Lasting ill feeling, a stock of months.",
    )
    outrage: Number = number(
        0.0,
        unit="stock",
        low=0,
        high=4,
        assumed="none unless given",
        help="Fresh anger, a stock of days.",
    )
    complicity: Number = number(
        0.6,
        unit="probability",
        low=0.01,
        high=0.99,
        assumed=TUNED,
        help="Belief that the other harbours its enemies, at the start.",
    )
    prior: Number = number(
        0.6,
        unit="probability",
        low=0.01,
        high=0.99,
        assumed=TUNED,
        help="Belief to which it drifts back without evidence.",
    )


class Relation(Block):
    """Two states that may act against each other; states without a relation leave each other alone."""

    between: list[str] = links("states", help="The two states.", length=2)
    trust: Number = number(
        0.3,
        unit="stock",
        low=0,
        high=1,
        assumed=TUNED,
        help="Trust in the other's word at the start.",
    )
    trade: Number = number(
        0.0,
        unit="million USD/day",
        low=0,
        high=1e5,
        assumed="none unless given",
        help="Trade between them when all crossings are open.",
    )
    crossings_open: bool = flag(True, help="Whether the crossings are open at the start.")
    ceasefire: Number = number(
        0.0,
        unit="quality",
        low=0,
        high=1,
        assumed="none unless given",
        help="Quality of a ceasefire in force at the start; 0 for none.",
    )
    views: dict[str, View] = links("states", View, help="How each looks at the other.")


# ---------------------------------------------------------------- rules


class Feelings(Block):
    """Two stocks of feeling, and what fills and empties them (`sim/engine/rules/feelings.py`)."""

    outrage_life: Number = number(
        3.0, unit="days", low=0.1, high=365, assumed=TUNED, help="Time in which outrage fades."
    )
    grievance_life: Number = number(
        75.0, unit="days", low=1, high=3650, assumed=TUNED, help="Time in which grievance fades."
    )
    outrage_cap: Number = number(
        4.0, unit="stock", low=0.1, high=100, assumed=TUNED, help="Most that outrage can reach."
    )
    grievance_cap: Number = number(
        1.5, unit="stock", low=0.1, high=100, assumed=TUNED, help="Most that grievance can reach."
    )
    grievance_share: Number = number(
        0.6,
        unit="1",
        low=0,
        high=10,
        assumed=TUNED,
        help="Weight of grievance beside outrage in the demanded rung.",
    )
    news_window: Number = number(
        90.0,
        unit="days",
        low=1,
        high=3650,
        assumed=TUNED,
        help="Window over which people get used to daily deaths.",
    )
    news_floor: Number = number(
        9.0,
        unit="deaths",
        low=1,
        high=1000,
        assumed=TUNED,
        help="Deaths below which no attack is news.",
    )
    news_multiple: Number = number(
        2.0,
        unit="days of deaths",
        low=0,
        high=100,
        assumed=TUNED,
        help="Habituation: an attack is news above this many mean days of deaths.",
    )
    news_spectacular: Number = number(
        1.5,
        unit="ratio",
        low=0.1,
        high=10,
        assumed=TUNED,
        help="Factor on the deaths of a spectacular attack.",
    )
    attack_outrage: Number = number(
        0.75,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Outrage from a newsworthy attack, by belief in the host's part.",
    )
    attack_grievance: Number = number(
        0.01,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Grievance from any attack, by log deaths.",
    )
    act_outrage: Number = number(
        2.5,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Outrage at a rival's act of rung 6, less for lower rungs.",
    )
    act_deaths: Number = number(
        0.18333,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Outrage by log deaths in a rival's act.",
    )
    act_grievance: Number = number(
        0.2,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Grievance at a rival's act of rung 6, less for lower rungs.",
    )
    capital_factor: Number = number(
        2.0,
        unit="ratio",
        low=1,
        high=10,
        assumed=TUNED,
        help="Factor on both when the capital is hit.",
    )
    own_deaths: Number = number(
        0.091667,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Outrage by log of own dead in an own act.",
    )
    fire_outrage: Number = number(
        0.06, unit="stock", low=0, high=10, assumed=TUNED, help="Outrage at local border fire."
    )
    local_raid_outrage: Number = number(
        0.2, unit="stock", low=0, high=10, assumed=TUNED, help="Outrage at a local raid."
    )
    local_deaths: Number = number(
        0.128,
        unit="stock",
        low=0,
        high=10,
        assumed=TUNED,
        help="Outrage by log deaths in a local clash.",
    )
    local_grievance: Number = number(
        0.01,
        unit="stock/rung",
        low=0,
        high=10,
        assumed=TUNED,
        help="Grievance from a local clash, by its rung.",
    )
    grievance_spent: Number = number(
        0.08,
        unit="share",
        low=0,
        high=1,
        assumed=TUNED,
        help="Share of grievance that acting discharges.",
    )
    discharge: Number = number(
        1.0,
        unit="ratio",
        low=0,
        high=1.3,
        assumed=TUNED,
        help="Scale of the ladder's column of outrage spent by acting.",
    )
    war_aim_life: Number = number(
        60.0,
        unit="days",
        low=1,
        high=3650,
        assumed=TUNED,
        help="Time in which a war aim fades without weariness and with targets left.",
    )
    war_aim_weariness: Number = number(
        1.5,
        unit="1",
        low=0,
        high=20,
        assumed=TUNED,
        help="How much faster weariness makes it fade.",
    )
    war_aim_peace: Number = number(
        0.6,
        unit="share/day",
        low=0,
        high=1,
        assumed=TUNED,
        help="What is left of it each day outside open war.",
    )


class Attribution(Block):
    """Bayes' rule in log-odds over who harbours whom (`sim/engine/rules/attribution.py`)."""

    background: Number = number(
        0.15,
        unit="share",
        low=0,
        high=1,
        assumed=TUNED,
        help="Share of the attacks that are not news whose evidence is looked at.",
    )
    forgetting: Number = number(
        120.0,
        unit="days",
        low=1,
        high=36500,
        assumed=TUNED,
        help="Time in which belief drifts to its prior.",
    )
    bound: Number = number(
        3.0,
        unit="log-odds",
        low=0.1,
        high=20,
        assumed=TUNED,
        help="Most that belief can be off even odds.",
    )
    blame: Number = number(
        1.0,
        unit="ratio",
        low=0,
        high=20,
        assumed=OURS,
        help="Scale of what attacks by groups do to feelings through blame.",
    )


class Choice(Block):
    """When states deliberate and how orders become acts (`sim/engine/rules/state_choice.py`)."""

    attention: Number = number(
        0.25,
        unit="1/day",
        low=0,
        high=1,
        assumed=TUNED,
        help="Chance of deliberating on an ordinary day.",
    )
    war_attention: Number = number(
        0.5, unit="1/day", low=0, high=1, assumed=TUNED, help="The same when either is at open war."
    )
    surprise: Number = number(
        0.5,
        unit="stock",
        low=0,
        high=100,
        assumed=TUNED,
        help="Rise of outrage since the last decision that makes deliberation certain.",
    )
    delay: Number = number(
        1.0,
        unit="ratio",
        low=0,
        high=20,
        assumed=TUNED,
        help="Scale of the ladder's column of days from order to act.",
    )
    air_balance: Number = number(
        0.3,
        unit="1",
        low=0,
        high=10,
        assumed=TUNED,
        help="Weight of the rival's air force in the balance of air power.",
    )
    ground_cap: Number = number(
        1.5,
        unit="ratio",
        low=0.1,
        high=10,
        assumed=TUNED,
        help="Most that superior numbers on the ground count.",
    )
    armour_men: Number = number(
        10.0,
        unit="persons/vehicle",
        low=0,
        high=1000,
        assumed=OURS,
        help="Soldiers that one armoured vehicle is worth in the balance.",
    )
    vital_losses: Number = number(
        0.02,
        unit="share of personnel",
        low=0,
        high=1,
        assumed=OURS,
        help="Losses in a crisis at which a nuclear state holds its vital interests threatened.",
    )
    vital_posts: Number = number(
        0.5,
        unit="share of posts",
        low=0,
        high=1,
        assumed=OURS,
        help="Border posts lost at which it does.",
    )
    crisis_gap: Number = number(
        21.0,
        unit="days",
        low=1,
        high=365,
        assumed=TUNED,
        help="Quiet days below rung 4 after which the next strike opens a new crisis.",
    )
    target_refill: Number = number(
        60.0,
        unit="days",
        low=1,
        high=3650,
        assumed=TUNED,
        help="Time in which a list of targets fills again.",
    )


class Clash(Block):
    """Ground combat: stochastic Lanchester exchange (`sim/engine/rules/clash.py`)."""

    effectiveness: Number = number(
        0.012,
        unit="kills/man/round",
        low=0,
        high=1,
        assumed=TUNED,
        help="Enemies that one engaged man puts out of action in a round in the open.",
    )
    rounds: Number = number(6, unit="rounds", low=1, high=8, assumed=OURS, help="Rounds in a raid.")
    fire_men: Number = number(
        30,
        unit="persons",
        low=1,
        high=10000,
        assumed=OURS,
        help="Men engaged on each side in border fire.",
    )
    raid_men: Number = number(
        80, unit="persons", low=1, high=10000, assumed=OURS, help="Men sent on a raid."
    )
    post_men: Number = number(
        30, unit="persons", low=1, high=10000, assumed=OURS, help="Men holding the posts raided."
    )
    offensive_men: Number = number(
        250,
        unit="persons",
        low=1,
        high=100000,
        assumed=OURS,
        help="Men sent in each sector of a ground offensive.",
    )
    break_share: Number = number(
        0.25,
        unit="share",
        low=0.01,
        high=1,
        assumed=OURS,
        help="Losses at which a side breaks off.",
    )
    sectors: Number = number(
        4,
        unit="borders",
        low=1,
        high=20,
        assumed=OURS,
        help="Stretches of border on which an offensive or a day of open war is fought.",
    )
    garrison: Number = number(
        2500,
        unit="persons",
        low=1,
        high=1e6,
        assumed=OURS,
        help="Men of a border command where the scenario gives none.",
    )
    reinforcement: Number = number(
        30,
        unit="days",
        low=1,
        high=3650,
        assumed=OURS,
        help="Time in which a command's losses are made good from the army.",
    )
    retake: Number = number(
        0.15,
        unit="1/day",
        low=0,
        high=1,
        assumed=OURS,
        help="Share of lost posts retaken or returned each day.",
    )
    airlift: Number = number(
        0.15,
        unit="1",
        low=0,
        high=5,
        assumed=OURS,
        help="Gain of raids from helicopters, by log of their number.",
    )
    war_intensity: Number = number(
        0.25,
        unit="ratio",
        low=0,
        high=5,
        assumed=TUNED,
        help="Men engaged on a day of open war, relative to an offensive.",
    )
    defence_plain: Number = number(
        1.2, unit="ratio", low=0.1, high=10, assumed=OURS, help="Defender's advantage on the plain."
    )
    defence_desert: Number = number(
        1.2, unit="ratio", low=0.1, high=10, assumed=OURS, help="In the desert."
    )
    defence_hill: Number = number(
        1.5, unit="ratio", low=0.1, high=10, assumed=OURS, help="In hills."
    )
    defence_mountain: Number = number(
        1.8, unit="ratio", low=0.1, high=10, assumed=OURS, help="In mountains."
    )
    defence_urban: Number = number(
        2.0, unit="ratio", low=0.1, high=10, assumed=OURS, help="In towns."
    )


class Strike(Block):
    """Air and missile strikes (`sim/engine/rules/strike.py`)."""

    militants: Number = number(
        20.0,
        unit="deaths",
        low=0,
        high=10000,
        assumed=TUNED,
        help="Mean militant dead of a limited strike on a full target list.",
    )
    soldiers: Number = number(
        15.0,
        unit="deaths",
        low=0,
        high=10000,
        assumed=TUNED,
        help="Mean soldiers dead of a strike on military targets.",
    )
    civilians: Number = number(
        6.0, unit="deaths", low=0, high=10000, assumed=TUNED, help="Mean civilian dead of a strike."
    )
    war_soldiers: Number = number(
        15.0,
        unit="deaths",
        low=0,
        high=10000,
        assumed=TUNED,
        help="Mean soldiers dead of the strikes of a day of open war.",
    )
    spread: Number = number(
        0.8,
        unit="log deaths",
        low=0.01,
        high=3,
        assumed="sigma 0.89 for drone strikes on militants (calibration/data)",
        help="Standard deviation of log deaths.",
    )
    sites: Number = number(
        2, unit="sectors", low=1, high=10, assumed=OURS, help="Sectors hit by one strike."
    )
    capital: Number = number(
        0.15,
        unit="probability",
        low=0,
        high=1,
        assumed=OURS,
        help="Chance that a military strike or a day of war hits the capital.",
    )


class Commands(Block):
    """Border commands (`sim/engine/rules/border.py`); the rates hold in calm and without grievance."""

    fire_rate: Number = number(
        0.0019,
        unit="1/day",
        low=0,
        high=0.5,
        assumed=TUNED,
        help="Chance a day that a command opens fire by itself.",
    )
    raid_rate: Number = number(
        0.000075,
        unit="1/day",
        low=0,
        high=0.5,
        assumed=TUNED,
        help="Chance a day that it raids by itself.",
    )
    rationality: Number = number(
        5.0, unit="1/utility", low=0, high=1000, assumed=TUNED, help="Precision of choice."
    )
    grievance: Number = number(
        0.7, unit="utility", low=0, high=100, assumed=TUNED, help="Weight of local grievance."
    )
    posture: Number = number(
        0.5,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Weight of the capital's posture on fire.",
    )
    raid_posture: Number = number(
        0.75,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Weight of the capital's posture on raids.",
    )
    outrage: Number = number(
        0.15,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Weight of the nation's outrage on fire.",
    )
    ceasefire: Number = number(
        0.4,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Weight of a ceasefire against fire.",
    )
    raid_ceasefire: Number = number(
        0.5,
        unit="utility",
        low=0,
        high=100,
        assumed=TUNED,
        help="Weight of a ceasefire against raids.",
    )
    grievance_life: Number = number(
        4.0,
        unit="days",
        low=0.1,
        high=365,
        assumed=TUNED,
        help="Time in which local grievance fades.",
    )


class Mediation(Block):
    """Offers and their acceptance (`sim/engine/rules/diplomacy.py`)."""

    activity_life: Number = number(
        4.0,
        unit="days",
        low=0.1,
        high=365,
        assumed=TUNED,
        help="Time in which the memory of the highest rung fades.",
    )
    threshold: Number = number(
        2.5,
        unit="rung",
        low=0,
        high=7,
        assumed=TUNED,
        help="Activity below which no mediator offers.",
    )
    eagerness: Number = number(
        0.48,
        unit="1/day",
        low=0.001,
        high=0.999,
        assumed=TUNED,
        help="Chance a day of an offer at open war by a mediator of credibility 0.8.",
    )
    urgency: Number = number(
        2.5,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="How much the offer hangs on the height of the crisis.",
    )
    deaths: Number = number(
        0.15,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="How much it hangs on the log of recent deaths.",
    )
    openness: Number = number(
        -0.1,
        unit="utility",
        low=-10,
        high=10,
        assumed=TUNED,
        help="What a state thinks of talks when nothing else weighs.",
    )
    rationality: Number = number(
        4.0, unit="1/utility", low=0, high=1000, assumed=TUNED, help="Precision of acceptance."
    )
    weariness: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="Weight of weariness in acceptance.",
    )
    pressure: Number = number(
        0.8, unit="utility", low=0, high=20, assumed=TUNED, help="Weight of international pressure."
    )
    leverage: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="Weight of the mediator's leverage.",
    )
    targets: Number = number(
        0.6, unit="utility", low=0, high=20, assumed=TUNED, help="Weight of a spent target list."
    )
    trust: Number = number(
        0.5, unit="utility", low=0, high=20, assumed=TUNED, help="Weight of trust."
    )
    outrage: Number = number(
        0.45, unit="utility", low=0, high=20, assumed=TUNED, help="Weight of outrage, against."
    )
    losses: Number = number(
        0.2,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="Weight of the log of recent own losses.",
    )
    war_aim: Number = number(
        2.4, unit="utility", low=0, high=20, assumed=TUNED, help="Weight of the war aim, against."
    )
    private: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=20,
        assumed=TUNED,
        help="Standard deviation of each side's private value of peace in a crisis.",
    )


class Ceasefire(Block):
    """What a ceasefire is worth, and what wears it down (`sim/engine/rules/ceasefire.py`)."""

    initial: Number = number(
        0.1,
        unit="quality",
        low=0,
        high=1,
        assumed=TUNED,
        help="Quality of a ceasefire that nobody guarantees.",
    )
    guarantees: Number = number(
        0.6,
        unit="quality",
        low=0,
        high=1,
        assumed=TUNED,
        help="Quality that a mediator's full leverage can add.",
    )
    trusted: Number = number(
        0.3, unit="quality", low=0, high=1, assumed=TUNED, help="Quality that full trust adds."
    )
    erosion: Number = number(
        120.0,
        unit="days",
        low=1,
        high=36500,
        assumed=TUNED,
        help="Time in which quality erodes by itself.",
    )
    monitoring: Number = number(
        0.005,
        unit="1/day",
        low=0,
        high=1,
        assumed=TUNED,
        help="Daily repair by a guarantor of full leverage and credibility, in quiet times.",
    )
    spoilers: Number = number(
        0.025,
        unit="quality",
        low=0,
        high=1,
        assumed=TUNED,
        help="Damage by a newsworthy attack that is blamed on the other.",
    )
    local_fire: Number = number(
        0.015, unit="quality", low=0, high=1, assumed=TUNED, help="Damage by local border fire."
    )
    local_raid: Number = number(
        0.045, unit="quality", low=0, high=1, assumed=TUNED, help="Damage by a local raid."
    )
    damage: Number = number(
        1.0,
        unit="ratio",
        low=0,
        high=20,
        assumed=TUNED,
        help="Scale of the ladder's column of damage by national acts.",
    )
    collapse: Number = number(
        0.08, unit="quality", low=0, high=1, assumed=TUNED, help="Quality at which it ends."
    )
    broken_trust: Number = number(
        0.75,
        unit="ratio",
        low=0,
        high=1,
        assumed=TUNED,
        help="What is left of trust after a collapse.",
    )
    built_trust: Number = number(
        0.004, unit="1/day", low=0, high=1, assumed=TUNED, help="Trust built by a day of ceasefire."
    )
    relief: Number = number(
        0.5,
        unit="ratio",
        low=0,
        high=1,
        assumed=TUNED,
        help="What is left of outrage when a ceasefire begins.",
    )


class Stocks(Block):
    """Weariness and international pressure (`sim/engine/rules/stocks.py`)."""

    weariness_life: Number = number(
        60.0, unit="days", low=1, high=3650, assumed=TUNED, help="Time in which weariness fades."
    )
    weariness_soldier: Number = number(
        0.0025,
        unit="stock/death",
        low=0,
        high=1,
        assumed=TUNED,
        help="Weariness from a soldier lost to a rival, double for the smaller army.",
    )
    weariness_war_day: Number = number(
        0.012,
        unit="stock/day",
        low=0,
        high=1,
        assumed=TUNED,
        help="Weariness from a day of open war.",
    )
    weariness_closure: Number = number(
        0.002,
        unit="stock/day",
        low=0,
        high=1,
        assumed=TUNED,
        help="Weariness from a day with all crossings closed.",
    )
    pressure_life: Number = number(
        14.0,
        unit="days",
        low=1,
        high=3650,
        assumed=TUNED,
        help="Time in which international pressure fades.",
    )
    pressure_rung: Number = number(
        0.05,
        unit="stock",
        low=0,
        high=1,
        assumed=TUNED,
        help="Pressure from an act of rung 6, less for lower rungs.",
    )
    pressure_civilian: Number = number(
        0.004,
        unit="stock/death",
        low=0,
        high=1,
        assumed=TUNED,
        help="Pressure from a civilian killed.",
    )


class Hosting(Block):
    """The host's weekly choice: tolerate, restrain or crack down (`sim/engine/rules/host.py`)."""

    review: Number = number(
        7.0, unit="days", low=1, high=365, assumed=TUNED, help="Days between reviews."
    )
    reconsider: Number = number(
        0.3,
        unit="probability",
        low=0,
        high=1,
        assumed=TUNED,
        help="Chance that a review reopens the question.",
    )
    rationality: Number = number(
        3.0, unit="1/utility", low=0, high=1000, assumed=TUNED, help="Precision of choice."
    )
    coercion_window: Number = number(
        21.0,
        unit="days",
        low=1,
        high=365,
        assumed=TUNED,
        help="Window over which it feels the rival's coercion.",
    )
    restrained: Number = number(
        0.65,
        unit="ratio",
        low=0,
        high=1,
        assumed=TUNED,
        help="What is left of the haven under restraint.",
    )
    cracked_down: Number = number(
        0.3,
        unit="ratio",
        low=0,
        high=1,
        assumed=TUNED,
        help="What is left of it under a crackdown.",
    )
    defection: Number = number(
        0.2,
        unit="utility",
        low=0,
        high=20,
        assumed=OURS,
        help="Fear that a group cracked down on goes over to the host's own enemies.",
    )
    dispersed: Number = number(
        0.002,
        unit="1/day",
        low=0,
        high=1,
        assumed=OURS,
        help="Share of the fighters in the host's sectors that give up or are locked up each day of a crackdown.",
    )


class Militancy(Block):
    """Militant groups' choices, recruits and losses (`sim/engine/rules/militants.py`)."""

    review: Number = number(
        7.0,
        unit="days",
        low=1,
        high=365,
        assumed=OURS,
        help="Days between reviews of a group's campaign.",
    )
    low_mode: Number = number(
        0.6, unit="ratio", low=0, high=10, assumed=TUNED, help="Rate of attacks when lying low."
    )
    surge_mode: Number = number(
        1.5, unit="ratio", low=0, high=10, assumed=TUNED, help="Rate of attacks in a surge."
    )
    capacity_base: Number = number(
        0.4,
        unit="share",
        low=0,
        high=1,
        assumed=TUNED,
        help="Share of the capacity left without any haven.",
    )
    operation_rate: Number = number(
        0.05,
        unit="1/day",
        low=0,
        high=10,
        assumed=TUNED,
        help="Operations a day against a group that does not attack.",
    )
    operation_reply: Number = number(
        0.1,
        unit="operations/attack",
        low=0,
        high=10,
        assumed="0.13 (0.09-0.17) operations a militant attack, 2008-14 (calibration/data)",
        help="Operations that one attack draws.",
    )
    operation_mu: Number = number(
        1.7,
        unit="log deaths",
        low=-3,
        high=6,
        assumed=TUNED,
        help="Mean of log militants killed by an operation.",
    )
    operation_sigma: Number = number(
        0.8,
        unit="log deaths",
        low=0.01,
        high=3,
        assumed=TUNED,
        help="Standard deviation of the same.",
    )
    operation_losses: Number = number(
        0.08,
        unit="ratio",
        low=0,
        high=10,
        assumed=OURS,
        help="Soldiers lost for each militant killed in operations.",
    )
    backlash: Number = number(
        0.05,
        unit="recruits/death",
        low=0,
        high=100,
        assumed="weak: no rise of attacks after strikes in the data (calibration/data)",
        help="Recruits for each civilian killed by strikes and operations.",
    )
    attack_losses: Number = number(
        0.35,
        unit="deaths/attack",
        low=0,
        high=100,
        source="pips-2025",
        help="Militants killed in an attack of their own.",
    )
    operation_civilians: Number = number(
        0.03,
        unit="ratio",
        low=0,
        high=10,
        assumed=OURS,
        help="Civilians lost for each militant killed in operations.",
    )
    offensive_factor: Number = number(
        3.0,
        unit="ratio",
        low=1,
        high=50,
        assumed=TUNED,
        help="Operations in an offensive, relative to routine.",
    )
    offensive_displaced: Number = number(
        0.01,
        unit="1/day",
        low=0,
        high=1,
        assumed=OURS,
        help="Share of the fighters at home driven across the border each day of an offensive.",
    )
    offensive_days: Number = number(
        120,
        unit="days",
        low=1,
        high=3650,
        assumed=OURS,
        help="Mean length of an offensive before it fades.",
    )
    offensive_need: Number = number(
        4.0,
        unit="ratio",
        low=0.1,
        high=100,
        assumed=OURS,
        help="Deaths a day, relative to the start, at which an offensive looks as good as routine.",
    )
    movement: Number = number(
        0.08,
        unit="share",
        low=0,
        high=1,
        assumed=OURS,
        help="Share of the fighters that one decision to move takes across the border.",
    )
    truce_offer: Number = number(
        0.002,
        unit="1/day",
        low=0,
        high=1,
        assumed="three truces of one group in 2014-2022 (calibration/data)",
        help="Chance a day that a truce is offered to a group, doubled under a host's restraint.",
    )
    truce_calm: Number = number(
        0.17,
        unit="ratio",
        low=0,
        high=1,
        assumed="0.16 and 0.19 in the truces of 2021 and 2014 (calibration/data)",
        help="Rate of attacks during a truce, relative to before.",
    )
    truce_days: Number = number(
        75,
        unit="days",
        low=1,
        high=3650,
        assumed="30, 46 and 179 days (calibration/data)",
        help="Mean length of a truce.",
    )
    hold_ratio: Number = number(
        8.0,
        unit="soldiers/fighter",
        low=0.1,
        high=1000,
        assumed="ten to one is the old rule of thumb",
        help="Soldiers in a sector that one fighter offsets in the contest for control.",
    )
    control_days: Number = number(
        30.0,
        unit="days",
        low=1,
        high=3650,
        assumed=OURS,
        help="Time in which control of a sector shifts.",
    )
    control_recruits: Number = number(
        0.5,
        unit="ratio",
        low=0,
        high=20,
        assumed=OURS,
        help="Gain of recruits from full control of the sectors where a group lives.",
    )


class Crossings(Block):
    """Closing and opening of crossings (`sim/engine/rules/crossings.py`)."""

    review: Number = number(
        7.0,
        unit="days",
        low=1,
        high=365,
        assumed=OURS,
        help="Mean days between reviews; an act of rung 3 or higher forces one.",
    )
    rationality: Number = number(
        4.0, unit="1/utility", low=0, high=1000, assumed=OURS, help="Precision of choice."
    )
    protest: Number = number(
        0.8,
        unit="utility",
        low=0,
        high=20,
        assumed=OURS,
        help="Weight of grievance and outrage for closing.",
    )
    violence: Number = number(
        1.0,
        unit="utility",
        low=0,
        high=20,
        assumed=OURS,
        help="Weight of the recent rung for closing.",
    )
    trade: Number = number(
        0.4,
        unit="utility",
        low=0,
        high=20,
        assumed=OURS,
        help="Weight of lost trade for opening, growing with the time closed.",
    )
    inertia: Number = number(
        0.5,
        unit="utility",
        low=0,
        high=20,
        assumed="crossings closed on 12 October 2025 were still closed four months later",
        help="Weight of leaving things as they are.",
    )


class Rules(Block):
    """The parameters of the rules of the world, by rule."""

    feelings: Feelings = each(Feelings)
    attribution: Attribution = each(Attribution)
    choice: Choice = each(Choice)
    clash: Clash = each(Clash)
    strike: Strike = each(Strike)
    commands: Commands = each(Commands)
    mediation: Mediation = each(Mediation)
    ceasefire: Ceasefire = each(Ceasefire)
    stocks: Stocks = each(Stocks)
    hosting: Hosting = each(Hosting)
    militancy: Militancy = each(Militancy)
    crossings: Crossings = each(Crossings)


# ---------------------------------------------------------------- events


class Deaths(Block):
    """The dead of an event, as far as they are known.

    If none are given, the rule draws them, as if an actor had decided. If some are, those left out
    are none; only what soldiers and civilians suffer in an operation is drawn all the same.
    """

    own: Number | None = number(
        None, unit="deaths", low=0, high=1e6, help="Of the actor's soldiers."
    )
    security: Number | None = number(
        None, unit="deaths", low=0, high=1e6, help="Of the target state's soldiers and police."
    )
    civilians: Number | None = number(
        None, unit="deaths", low=0, high=1e6, help="Of the target state's civilians."
    )
    militants: Number | None = number(None, unit="deaths", low=0, high=1e6, help="Militants.")


class Event(Block):
    """Something that happens on a date (history) or a day after the release (intervention).

    `action` is one of the ladder's actions (actor and target are states), `attack` (actor a group),
    `operation` and `offensive` (actor a state, group), `clash` (two states, local), `ceasefire` and
    `ceasefire_end` (actor and target the two states), `close_crossings`, `open_crossings`, `truce`
    and `truce_end` (actor a group).
    """

    date: Date | None = word(None, help="Date of a historical event.")
    day: int | None = word(
        None, help="Days after the release, for an intervention.", low=1, high=36500
    )
    actor: str = link("actors", help="Who acted: a state or a group.")
    action: str = word(help="What it did.", among=EVENTS)
    target: str | None = link("states", None, help="Against whom.")
    group: str | None = link("groups", None, help="The group struck, or fought in an operation.")
    sectors: list[str] = links("sectors", help="Where.")
    kind: str | None = word(None, help="Kind of target of an attack.", among=TARGET_NAMES)
    deaths: Deaths = each(Deaths)
    claims: dict[str, Number] = links(
        "actors",
        number(unit="deaths", low=0, high=1e6, help="Enemy dead that this party claimed."),
        help="Enemy dead claimed, by party; where deaths are given, who is left out made no claim.",
    )
    mediators: list[str] = links(
        "mediators",
        help="Who brought a ceasefire about; the one with most leverage and credibility guarantees it.",
    )
    quality: Number | None = number(
        None, unit="quality", low=0, high=1, help="Quality of the ceasefire; drawn if left out."
    )
    evidence: bool | None = flag(
        None, help="Whether evidence pointed to the host; drawn if left out."
    )
    label: str | None = word(None, help="What to call it in stories and figures.")
    source: str | None = link("sources", None, help="Where it was reported.")
    assumed: str | None = word(None, help="Why it is in here without a source.")
    note: str | None = word(None, help="What to beware of.")


class Intervention(Block):
    """A change after the release: numbers set by dotted path, or an event."""

    day: int = word(help="Days after the release, from 1.", low=1, high=36500)
    label: str | None = word(None, help="What to call it.")
    set: dict[str, float] = each(
        dict[str, float], help="Dotted paths and the values that they take on that day."
    )
    event: Event | None = each(
        Event, None, help="An event of that day (its own day may be left out)."
    )


# ---------------------------------------------------------------- what is asked of a run


class Condition(Block):
    """Bounds on one measure; all that are given must hold. A time that never came meets `never: true` only."""

    at_least: float | None = word(None, help="Not below this.")
    at_most: float | None = word(None, help="Not above this.")
    above: float | None = word(None, help="Strictly above this.")
    below: float | None = word(None, help="Strictly below this.")
    never: bool | None = flag(None, help="true: it never happened; false: it happened.")


class Expectation(Block):
    """A pattern that the scenario claims to show, tested by `check --run`.

    Either the probability that `measure` lies in `probability_within` is `between` two bounds, or
    its mean is.
    """

    measure: str = word(help="A measure, or an outcome's name.")
    probability_within: list[float] | None = word(
        None, length=2, help="Range of the measure whose probability is meant."
    )
    between: list[float] = word(
        length=2, help="Range that the probability or the mean must lie in."
    )
    label: str | None = word(None, help="In words.")


class Lever(Block):
    """A number that a class may move."""

    path: str = word(help="Dotted path of the number.")
    label: str = word(help="What to call it.")
    low: float = word(help="Lowest value.")
    high: float = word(help="Highest value.")


class Role(Block):
    """What a student who plays an actor knows, wants and may do."""

    actor: str | None = link("actors", None, help="The actor.")
    knows: list[str] = each(list[str], help="What it knows.")
    wants: list[str] = each(list[str], help="What it wants.")
    may: list[str] = each(list[str], help="What it may do.")


class Stage(Block):
    """A part of a lesson."""

    minutes: int = word(help="How long it takes.", low=1, high=1000)
    what: str = word(help="What is done in it.")


class Watch(Block):
    """A number to look at: the share of an outcome, the mean of a measure, or the probability that it lies in a range."""

    measure: str = word(help="A measure, or an outcome's name.")
    probability_within: list[float] | None = word(
        None, length=2, help="Range of the measure whose probability is meant."
    )
    label: str | None = word(None, help="In words, as in: a ceasefire within 30 days.")


class Trial(Block):
    """Something to try: with `set` a variant that is computed, and a button of the handout; without it, something to do."""

    label: str = word(help="Its name, in a few words.")
    do: str | None = word(None, help="What to do.")
    set: dict[str, float] = each(
        dict[str, float], help="Dotted paths of numbers and the values that they take."
    )
    watch: list[Watch] = each(list[Watch], help="What to compare with the scenario as it is.")


class Question(Block):
    """A question, with what the teacher should know; `watch` is answered from runs, of the scenario as it is and of each of `trials`."""

    ask: str = word(help="The question.")
    hint: str | None = word(None, help="What a good answer says.")
    watch: list[Watch] = each(list[Watch], help="Numbers that answer it.")
    trials: list[str] = each(list[str], help="Labels of things to try whose numbers answer it too.")


class Teaching(Block):
    """The lesson in a scenario."""

    audience: str | None = word(None, help="For whom it is, and what they should know before.")
    goals: list[str] = each(list[str], help="What students should learn.")
    plan: list[Stage] = each(list[Stage], help="The lesson by the clock.")
    notice: list[str] = each(list[str], help="What to look for.")
    tries: list[Trial] = each(list[Trial], alias="try", help="What to try.")
    questions: list[Question] = each(list[Question], help="What to ask.")
    roles: dict[str, Role] = each(dict[str, Role], help="Roles to play.")


class ScenarioFile(Block):
    """A whole scenario."""

    format: Literal[1] = word(help="Version of this language: 1.")
    id: str = word(help="Name of the scenario, equal to the file's name without its ending.")
    title: str = word(help="One line.")
    kind: Kind = word("stylised", help="historical, stylised or fictional.")
    question: str = word("What happens next?", help="The question that the ensemble answers.")
    summary: str = word("", help="A paragraph.")
    start: Date = word(help="First day that is replayed.")
    release: Date = word(
        help="Last day of history, replayed as it happened; from the next day the actors decide."
    )
    horizon: Days = days(180, low=1, high=7300, help="Days after the release.")
    outcome_window: Days = days(
        30, low=1, high=3650, help="Last days of the run that the window_* measures look at."
    )
    sources: dict[str, Source] = each(dict[str, Source], help="Where numbers come from, by key.")
    states: dict[str, State] = each(dict[str, State], help="Governments.")
    relations: dict[str, Relation] = each(
        dict[str, Relation], help="Pairs of states that may act against each other."
    )
    groups: dict[str, Group] = each(dict[str, Group], help="Militant groups.")
    mediators: dict[str, Mediator] = each(dict[str, Mediator], help="Mediators.")
    sectors: dict[str, Sector] = each(dict[str, Sector], help="Places.")
    borders: dict[str, Border] = each(
        dict[str, Border], help="Stretches of border, with crossings."
    )
    rules: Rules = each(Rules, help="Parameters of the rules.")
    history: list[Event] = each(list[Event], help="Dated events up to the release.")
    interventions: list[Intervention] = each(list[Intervention], help="Changes after the release.")
    outcomes: dict[str, dict[str, Condition]] = each(
        dict[str, dict[str, Condition]],
        help="Outcome classes: named conditions on measures, first match wins; the last may be {} (everything else).",
    )
    expect: list[Expectation] = each(list[Expectation], help="Patterns that the scenario claims.")
    levers: list[Lever] = each(list[Lever], help="Numbers that a class may move.")
    teaching: Teaching = each(Teaching, help="The lesson.")
