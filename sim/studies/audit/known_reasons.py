"""Why a number has no effect in a scenario, where that is known.

Each reason is a condition that is looked up, not a guess.

A number without effect and without a reason here is worth a look: it only works in rarer
histories, or what reads it comes to nothing. If nothing reads it, it is a fault.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.engine.cache import PACKAGE, sources
from sim.engine.world import Template
from sim.engine.world.tables import TABLES
from sim.studies.audit.case import Case
from sim.studies.audit.findings import sentence
from sim.vocabulary.codes import Command, EventKind, Offer
from sim.vocabulary.ladder import Action, Aim, Domain, Fight, Posture
from sim.vocabulary.policies import Policy
from sim.words.sentence import Said, Sentence

# lives after which less than a twenty-thousandth of a stock is left: assumed to be nothing
_FADED = 10.0


class Reason(NamedTuple):
    """A pattern of paths, the condition on the case and the parts of the path, and its words.

    The words are a key of `studies.audit.reasons`.
    """

    pattern: str
    holds: Callable[[Case, dict[str, str]], bool]
    key: str


def _those(holds: Callable[[Action], bool]) -> tuple[str, ...]:
    """Words of the actions of the ladder for which something holds."""
    return tuple(action.word for action in Action if holds(action))


# groups of actions, from the columns of the ladder: a new row falls into those that it belongs to
_GROUND = _those(lambda action: action.attacks)
_OFFENSIVES = _those(lambda action: action.fight is Fight.OFFENSIVE)
_HIGH = _those(lambda action: action.attacks or action.strikes)
_STRIKES = _those(lambda action: action.strikes)
_ON_SOLDIERS = _those(lambda action: action.aim is Aim.SOLDIERS)
_SOLDIERS = (Command.FIRE.word, *_those(lambda action: action.fells_soldiers))
_SIGNALS = _those(lambda action: action.domain is Domain.NUCLEAR)
_WAR = _those(lambda action: action.posture is Posture.WAR)
#: numbers of `rules.bargaining` that only a war reads
_OF_WARS = (
    *("balance_spread", "balance_numbers", "usual_dead", "conviction", "text_lag", "gains"),
    *("alone", "reciprocity", "inertia"),
)
_WEIGHING = tuple(policy.word for policy in Policy if policy.weighs)


def _no_ceasefire(case: Case, _: dict[str, str]) -> bool:
    return not case.activity.ever(EventKind.CEASEFIRE.word) and not any(
        float(r.ceasefire) > 0 for r in case.file.relations.values()
    )


def _no_state(*actions: str) -> Callable[[Case, dict[str, str]], bool]:
    return lambda case, at: (
        not any(
            case.activity.took(state, action) for state in case.file.states for action in actions
        )
    )


def _never(*actions: str) -> Callable[[Case, dict[str, str]], bool]:
    return lambda case, at: not any(case.activity.ever(action) for action in actions)


_STATE, _GROUP = r"states\.(?P<state>\w+)", r"groups\.(?P<group>\w+)"
_REASONS = (
    Reason(
        rf"{_STATE}\.overshoot",
        lambda c, at: c.file.states[at["state"]].policy != Policy.PROPORTIONAL.word,
        "only_proportional",
    ),
    Reason(
        rf"{_STATE}\.weights\.shadow",
        lambda c, at: not set(c.rivals(at["state"])) & set(c.nuclear),
        "no_nuclear_rival",
    ),
    Reason(
        rf"{_STATE}\.(weights\.disrupt|true_positive|false_positive)",
        lambda c, at: not c.fought_from(at["state"]),
        "no_hostile_group",
    ),
    Reason(
        rf"{_STATE}\.(weights\.\w+|rationality)",
        lambda c, at: c.file.states[at["state"]].policy not in _WEIGHING,
        "does_not_weigh",
    ),
    Reason(rf"{_STATE}\..*", lambda c, at: not c.rivals(at["state"]), "no_rival"),
    Reason(
        rf"{_STATE}\.(combat_aircraft|serviceability)",
        _never(*_STRIKES),
        "no_air_strike",
    ),
    Reason(
        rf"{_STATE}\.helicopters|rules\.clash\.airlift",
        _never(*_GROUND),
        "no_ground_attack",
    ),
    Reason(
        rf"{_STATE}\.(weights\.commitment)|rules\.commands\.(raid_)?ceasefire",
        _no_ceasefire,
        "no_ceasefire",
    ),
    Reason(
        rf"{_STATE}\.weights\.diplomatic",
        lambda c, at: not c.file.mediators,
        "no_pressure",
    ),
    Reason(
        rf"{_STATE}\.(exaggeration|admission)",
        _never(*_SOLDIERS),
        "no_soldiers_fall",
    ),
    Reason(
        r"sectors\.(?P<sector>\w+)\.garrison",
        lambda c, at: (
            all(g.enemy != c.file.sectors[at["sector"]].state for g in c.file.groups.values())
            and _never(*_ON_SOLDIERS)(c, at)
        ),
        "garrison_at_peace",
    ),
    Reason(
        r"relations\.\w+\.trust",
        lambda c, at: (
            not c.activity.ever(Offer.MAKE_OFFER.word)
            and not any(g.hosts for g in c.file.groups.values())
        ),
        "no_talks_no_host",
    ),
    Reason(
        r"relations\.(?P<relation>\w+)\.views\.\w+\.outrage",
        lambda c, at: c.history > _FADED * float(c.file.rules.feelings.outrage_life),
        "faded",
    ),
    Reason(
        r"borders\.\w+\.trade_share|relations\.\w+\.trade|rules\.stocks\.weariness_closure",
        _never(EventKind.CLOSE_CROSSINGS.word),
        "no_closure",
    ),
    Reason(
        r"relations\.(?P<relation>\w+)\.trade",
        lambda c, at: all(b.crossing is None for b in c.file.borders.values()),
        "no_crossing",
    ),
    Reason(
        rf"{_GROUP}\.severity\.alpha",
        lambda c, at: c.file.groups[at["group"]].severity.family != "power_law",
        "only_power_law",
    ),
    Reason(
        rf"{_GROUP}\.severity\.(mu|sigma)",
        lambda c, at: c.file.groups[at["group"]].severity.family == "power_law",
        "only_lognormal",
    ),
    Reason(
        rf"{_GROUP}\.claims",
        lambda c, at: True,
        "only_news",
    ),
    Reason(
        r"sectors\.(?P<sector>\w+)\.population",
        lambda c, at: all(
            g.enemy != c.file.sectors[at["sector"]].state for g in c.file.groups.values()
        ),
        "no_attack_there",
    ),
    Reason(
        r"rules\.choice\.vital_\w+|rules\.clash\.retake",
        _never(*_SIGNALS),
        "no_nuclear_signal",
    ),
    Reason(
        r"rules\.choice\.air_balance",
        lambda c, at: (
            sum(
                float(s.combat_aircraft) * float(s.serviceability) >= 1
                for s in c.file.states.values()
            )
            < 2
        ),
        "no_air_balance",
    ),
    Reason(
        r"rules\.clash\.garrison",
        lambda c, at: all(
            c.file.sectors[s].state in b.garrison
            for b in c.file.borders.values()
            for s in b.sectors
        ),
        "garrison_given",
    ),
    Reason(
        r"rules\.clash\.defence_(?P<terrain>\w+)",
        lambda c, at: not c.on_borders(at["terrain"]),
        "no_such_terrain",
    ),
    Reason(
        r"rules\.clash\.sectors",
        lambda c, at: c.most_borders < 2,
        "one_border",
    ),
    Reason(
        r"rules\.clash\.(sectors|offensive_men|war_intensity)",
        _never(*_OFFENSIVES),
        "no_offensive",
    ),
    Reason(r"rules\.clash\.war_intensity", _never(*_WAR), "no_war"),
    Reason(
        r"rules\.(choice\.war_attention|strike\.(war_soldiers|opening)|mediation\.(dated|pause)"
        rf"|bargaining\.({'|'.join(_OF_WARS)}))",
        _never(*_WAR),
        "no_war",
    ),
    Reason(
        r"rules\.(feelings\.capital_factor|strike\.(capital|soldiers))",
        _never(*_ON_SOLDIERS, *_OFFENSIVES),
        "no_high_strike",
    ),
    Reason(
        r"rules\.feelings\.own_deaths",
        _no_state(*_GROUND),
        "no_ground_attack",
    ),
    Reason(
        r"rules\.feelings\.local_raid\w*",
        lambda c, at: not c.activity.commands_ever(Command.RAID.word),
        "no_local_raid",
    ),
    Reason(
        r"rules\.feelings\.(fire_outrage|local_\w+)",
        lambda c, at: not c.activity.commands_ever(Command.FIRE.word),
        "no_local_fire",
    ),
    Reason(
        r"rules\.clash\.(rounds|raid_men|post_men)",
        _never(*_GROUND),
        "no_raid_at_all",
    ),
    Reason(
        r"rules\.strike\.\w+",
        _never(*_STRIKES),
        "no_air_strike",
    ),
    Reason(
        r"rules\.(feelings\.(act_\w+|grievance_spent|discharge)|choice\.(delay|target_refill|armour_men)|stocks\.(pressure|weariness)_\w+|crossings\.violence)",
        _no_state(*_HIGH),
        "no_attack_at_all",
    ),
    Reason(
        r"rules\.choice\.crisis_gap",
        _never(Offer.MAKE_OFFER.word),
        "no_new_talks",
    ),
    Reason(
        r"rules\.militancy\.truce_\w+",
        _never(EventKind.TRUCE.word),
        "no_truce",
    ),
    Reason(
        r"rules\.militancy\.offensive_(factor|displaced|days)",
        _never(EventKind.OFFENSIVE.word),
        "no_home_offensive",
    ),
    Reason(
        r"rules\.ceasefire\.local_raid",
        lambda c, at: not c.activity.raid_in_ceasefire,
        "no_raid_in_ceasefire",
    ),
    Reason(
        r"rules\.ceasefire\.local_fire",
        lambda c, at: not c.activity.fire_in_ceasefire,
        "no_fire_in_ceasefire",
    ),
    Reason(r"rules\.ceasefire\.\w+", _no_ceasefire, "no_ceasefire"),
    Reason(
        r"rules\.mediation\.\w+|mediators\.\w+\.\w+(\.\w+)?",
        _never(Offer.MAKE_OFFER.word),
        "no_offer",
    ),
    Reason(
        r"rules\.crossings\.\w+",
        lambda c, at: all(b.crossing is None for b in c.file.borders.values()),
        "no_crossing",
    ),
    Reason(
        r"rules\.hosting\.\w+",
        lambda c, at: not any(g.hosts for g in c.file.groups.values()),
        "no_host",
    ),
    Reason(
        r"rules\.(militancy|attribution|hosting)\.\w+|rules\.feelings\.(news|attack)\w*",
        lambda c, at: not c.file.groups,
        "no_group",
    ),
    Reason(
        r"rules\.commands\.\w+|rules\.clash\.\w+",
        lambda c, at: not c.file.borders,
        "no_border",
    ),
    Reason(
        r"rules\.\w+\.\w+|relations\..*",
        lambda c, at: not c.file.relations,
        "no_relation",
    ),
)


def reason(case: Case, path: str) -> Sentence | None:
    """The known reason why a number has no effect in a scenario; None if there is none."""
    for one in _REASONS:
        found = re.fullmatch(one.pattern, path)
        if found and one.holds(case, found.groupdict()):
            return sentence(f"reasons.{one.key}", **_values(found.groupdict()))
    return None


def _values(parts: Mapping[str, str]) -> dict[str, object | Said]:
    """The parts of a path as a sentence names them: a terrain by its word, the others as ids."""

    def term(terrain: str) -> Said:
        return lambda words: words.text(f"vocabulary.terrains.{terrain}")

    return {name: term(part) if name == "terrain" else part for name, part in parts.items()}


def readers(template: Template, path: str) -> list[str]:
    """The files of the rules that read a number's field, such as "engine/rules/clash.py"."""
    field = re.compile(rf"\.{re.escape(_field(template, template.slots[path]))}\b")
    return [
        file.relative_to(PACKAGE).as_posix()
        for file in sources()
        if file.parent.name in ("rules", "policies", "engine")
        and field.search(file.read_text(encoding="utf-8"))
    ]


def _field(template: Template, word: int) -> str:
    """The name of the field that a word of the world is."""
    for table, span in template.spans.items():
        names = TABLES[table].names or ()
        at = word - span.start
        if 0 <= at < math.prod(span.shape) * len(names):
            return names[at % len(names)]
    raise KeyError(word)
