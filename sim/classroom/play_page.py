"""What a page needs to let a class play a side: roles, the stop rule, places in the block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.engine.world import slot
from sim.engine.world.tables import MOST_FORCED
from sim.narration.names import Names
from sim.narration.play import is_real
from sim.narration.turning_points import DOUBT, FLOOR, GAME_RUNS, LEVEL, MOST_NEAR
from sim.replication import stops
from sim.replication.forcing import SLOTS
from sim.replication.game_code import fingerprint
from sim.replication.play import playable
from sim.scenario.options import ActionOption
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Posture, Rung
from sim.vocabulary.policies import Policy

if TYPE_CHECKING:
    from sim.engine.world import Template
    from sim.scenario import Scenario

Json = dict[str, Any]


def play_data(scenario: Scenario, template: Template) -> Json:
    """See `PlayData` in scripts/play/types.d.ts."""
    states = range(len(template.states))
    return {
        "fingerprint": fingerprint(scenario),
        "real": is_real(scenario.kind),
        "roles": _roles(scenario, template),
        "rule": stop_rule(template.actions),
        "turning": _turning_rule(),
        "stride": len(SLOTS),
        "most": MOST_FORCED,
        "ledger": slot(template.spans, "clock", "ledger_length", 0),
        "orders": [[slot(template.spans, "dyads", "order", i, j) for j in states] for i in states],
        "harbours": [
            [template.states.index(one.enemy), template.states.index(host)]
            for one in scenario.file.groups.values()
            for host in one.hosts
        ],
        "policies": {str(int(one)): one.word for one in Policy},
        "quantal": int(Policy.QUANTAL),
    }


def _roles(scenario: Scenario, template: Template) -> list[Json]:
    names = Names(scenario)
    said = {
        "states": names.states,
        "groups": names.groups,
        "mediators": names.mediators,
    }
    return [
        {
            "kind": one.kind,
            "row": one.row,
            "id": one.name,
            "name": said[one.kind][one.row],
            "bound": one.bound,
        }
        for one in playable(template)
    ]


def _turning_rule() -> Json:
    """What a turning point of a game is, from `sim/narration/turning_points.py`."""
    rule = {"floor": FLOOR, "level": LEVEL, "doubt": DOUBT}
    return {"runs": GAME_RUNS, "most": MOST_NEAR, **rule}


def stop_rule(actions: Sequence[ActionOption]) -> Json:
    """The numbers of `sim/replication/stops.py`, so that they stand in one place."""
    return {
        "budget": stops.BUDGET,
        "roles": stops.MOST_ROLES,
        "first": stops.FIRST_FULL,
        "full": stops.MOST_FULL,
        "dead": stops.DEAD,
        "late": stops.LATE,
        "war_apart": stops.WAR_APART,
        "asked": [int(kind) for kind in stops.ASKED],
        "reasons": [{"word": one.word, "full": one.full, "gap": one.gap} for one in stops.Reason],
        "kinds": {kind.word: int(kind) for kind in DecisionKind},
        "grave": [n for n, one in enumerate(actions) if one.rung >= Rung.MILITARY_STRIKES],
        "once": [n for n, one in enumerate(actions) if one.posture == Posture.ONCE],
        "raids": [n for n, one in enumerate(actions) if one.rung >= Rung.RAID],
        "ordered": [
            n for n, one in enumerate(actions) if one.posture not in (Posture.KEPT, Posture.ALERT)
        ],
    }
