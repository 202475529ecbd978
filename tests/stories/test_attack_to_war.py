"""S1 to S4: an attack, the blame for it, a strike, the answer of the weaker side, and open war."""

from __future__ import annotations

from typing import Any

from sim.vocabulary.codes import Fighting
from sim.vocabulary.ladder import ACTION_NAMES
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, STILL, events, replay, template, world

SEEDS = range(12)
WEEK = {"horizon": "7 days", "outcome_window": "1 day"}
ALONE = {
    **WEEK,
    "groups.rebels.base_rate": 0,
    "rules.militancy.operation_rate": 0,
    "mediators.isle": None,
}
STRIKE = ACTION_NAMES.index("limited_strike")


def attack(day: int, dead: int = 13, evidence: bool | None = True, **more: Any) -> dict[str, Any]:
    """An attack by the rebels on a day after the release."""
    event = {
        "actor": "rebels",
        "action": "attack",
        "kind": "base",
        "sectors": ["north_hill"],
        "deaths": {"security": dead - 2, "civilians": 2},
    }
    return {
        "day": day,
        "event": {**event, **({} if evidence is None else {"evidence": evidence}), **more},
    }


def strike(day: int, actor: str = "north", target: str = "south", **more: Any) -> dict[str, Any]:
    return {
        "day": day,
        "event": {"actor": actor, "action": "limited_strike", "target": target, **more},
    }


def path(of: Any, story: Any, field: str, i: int, j: int) -> list[float]:
    """A field of one side's view of the other, day by day from the last day of history."""
    place = plain("sim.engine.world").slot(of.spans, "dyads", field, i, j)
    return [float(x) for x in story.blocks.view(float)[:, place]]


def feelings(*interventions: dict[str, Any], **changes: Any) -> tuple[list[float], list[float]]:
    """Belief (log-odds) and outrage of north about south over a week without decisions."""
    still = {path: value for path, value in STILL.items() if path != "groups.rebels"}
    of = template(
        {
            **ALONE,
            **still,
            "rules.strike.civilians": 0,
            "interventions": list(interventions),
            **changes,
        }
    )
    story = replay(of)
    return path(of, story, "belief", NORTH, SOUTH), path(of, story, "outrage", NORTH, SOUTH)


# ---------------------------------------------------------------- S1: attacks, evidence, blame


def test_an_attack_with_evidence_moves_belief_and_outrage() -> None:
    belief, outrage = feelings(attack(2))
    quiet, calm = feelings()
    assert belief[1] == quiet[1]
    assert belief[2] > quiet[2]
    assert outrage[1] == calm[1] == 0 < outrage[2]


def test_evidence_decides_which_way_belief_moves() -> None:
    (there, _), (elsewhere, _), (quiet, _) = (
        feelings(attack(2, evidence=True)),
        feelings(attack(2, evidence=False)),
        feelings(),
    )
    assert elsewhere[2] < quiet[2] < there[2]


def test_a_wave_of_attacks_convinces_more_than_one() -> None:
    one, _ = feelings(attack(2))
    wave, _ = feelings(*(attack(day) for day in (2, 3, 4)))
    assert wave[4] > one[4]


def test_a_greater_attack_outrages_more_and_a_small_one_is_no_news() -> None:
    small, middle, great = (max(feelings(attack(2, dead=dead))[1]) for dead in (3, 15, 60))
    assert small == 0 < middle < great


def test_a_state_that_believes_nothing_is_hardly_outraged() -> None:
    doubter, believer = (
        max(feelings(attack(2), **{"relations.neighbours.views.north.complicity": p})[1])
        for p in (0.05, 0.95)
    )
    assert doubter < 0.2 * believer


def test_an_attack_is_told_with_its_kind_its_dead_and_its_claim() -> None:
    told = []
    for claims in (0, 1):
        of = template({**ALONE, "groups.rebels.claims": claims, "interventions": [attack(2)]})
        told += [row for row in events(of, replay(of)) if row["kind"] == "attack"]
    assert [row["value"] for row in told] == [0, 1]
    for row in told:
        assert (row["actor"], row["target"], row["sector"], row["action"]) == (
            "rebels",
            "north",
            "north_hill",
            "base",
        )
        assert (row["dead_security"], row["dead_civilians"]) == (11, 2)


# ---------------------------------------------------------------- S2: limited strikes across the
# border


def chance_of(action: int, *happened: dict[str, Any], i: int = NORTH, **changes: Any) -> float:
    """Probability of an action in the table of a state on the day after what happened (day 1)."""
    of = template(
        {
            **ALONE,
            "interventions": list(happened),
            "rules.choice.attention": 0,
            "rules.choice.surprise": 100,
            **changes,
        }
    )
    opened = world(of)
    plain("sim.engine.day").day(opened)
    opened.clock[0].day, opened.rules[0].choice_attention = 2, 1.0
    plain("sim.engine.rules.state_choice").state_decides(opened, i, 1 - i)
    return float(opened.table.probability[action])


def test_after_an_attack_a_strike_is_likelier() -> None:
    assert chance_of(STRIKE, attack(1, dead=40)) > 1.5 * chance_of(STRIKE)


def test_what_is_believed_of_the_host_decides_whom_it_hits() -> None:
    views: dict[str, Any] = {
        "relations.neighbours.views.north.complicity": 0.05,
        "rules.attribution.bound": 3,
    }
    assert chance_of(STRIKE, attack(1, dead=40)) > chance_of(
        STRIKE, attack(1, dead=40, evidence=False), **views
    )


def test_a_strike_happens_by_decision_and_kills_militants_and_civilians() -> None:
    struck = []
    for seed in SEEDS:
        of = template(
            {**ALONE, "interventions": [attack(1, dead=60)], "states.south.policy": "restrain"}
        )
        struck += [
            row
            for row in events(of, replay(of, seed))
            if row["action"] == "limited_strike" and not row["scripted"]
        ]
    assert len({row["day"] for row in struck}) > 1
    assert {(row["actor"], row["target"]) for row in struck} == {("north", "south")}
    assert {row["sector"] for row in struck} == {"south_hill"}
    assert (
        sum(row["dead_militants"] for row in struck)
        > 0
        < sum(row["dead_civilians"] for row in struck)
    )
    assert sum(row["dead_security"] for row in struck) == 0


# ---------------------------------------------------------------- S3: the weaker side answers


WEAK = {
    "states.south.personnel": 12_000,
    "states.south.combat_aircraft": 0,
    "states.south.armour": 0,
}


def test_the_weaker_side_raids_after_a_strike() -> None:
    raid = ACTION_NAMES.index("raid")
    hit = strike(1, deaths={"militants": 5, "civilians": 20})
    assert chance_of(raid, hit, i=SOUTH, **WEAK) > 1.5 * chance_of(raid, i=SOUTH, **WEAK)
    answers = []
    for seed in SEEDS:
        of = template({**ALONE, **WEAK, "states.north.policy": "restrain", "interventions": [hit]})
        answers += [
            row
            for row in events(of, replay(of, seed))
            if row["actor"] == "south" and row["kind"] == "act"
        ]
    assert "raid" in {row["action"] for row in answers}
    assert not {"limited_strike", "military_strike"} & {row["action"] for row in answers}


def test_commands_raid_by_themselves_and_by_leave() -> None:
    """Local clashes happen without any order, and more of them on a war footing."""
    clashes = []
    for posture in ("calm", "border_fire"):
        plan = {
            "states.north.policy": "scripted",
            "states.north.plan": [{"day": 1, "action": posture}],
            "states.south.policy": "restrain",
        }
        of = template(
            {
                **WEEK,
                **plan,
                "groups.rebels": None,
                "rules.commands.fire_rate": 0.1,
                "rules.commands.raid_rate": 0.03,
                "horizon": "60 days",
            }
        )
        rows = [
            row
            for seed in range(4)
            for row in events(of, replay(of, seed))
            if row["kind"] == "clash"
        ]
        assert {row["actor"] for row in rows} == {"north", "south"}
        clashes.append(len(rows))
    assert clashes[1] > clashes[0] > 0


def test_posts_are_taken_and_lost_again() -> None:
    changes = {
        "states.south.policy": "scripted",
        "states.south.plan": [{"day": 1, "action": "raid"}, {"day": 3, "action": "raid"}],
    }
    of = template(
        {
            **ALONE,
            **STILL,
            **changes,
            "rules.clash.effectiveness": 0.2,
            "states.north.policy": "restrain",
        }
    )
    lost = path(of, replay(of), "posts_lost", NORTH, SOUTH)
    assert lost[1] > lost[2] > 0
    assert lost[3] > lost[2]
    assert lost[7] < lost[3]


# ---------------------------------------------------------------- S4: open war


def test_open_war_is_fought_in_several_sectors_at_once_and_reaches_cities() -> None:
    hills = {
        f"sectors.{state}_{name}": {
            "state": state,
            "population": 1000,
            "garrison": 2000,
            "terrain": "hill",
            "assumed": "invented",
        }
        for state in ("north", "south")
        for name in ("east", "west")
    }
    borders = {
        f"borders.{name}": {"sectors": [f"north_{name}", f"south_{name}"], "assumed": "invented"}
        for name in ("east", "west")
    }
    war = {
        "states.north.policy": "scripted",
        "states.north.plan": [{"day": 1, "action": "open_war"}],
        "states.south.policy": "scripted",
        "states.south.plan": [{"day": 1, "action": "open_war"}],
    }
    of = template({**ALONE, **STILL, **hills, **borders, **war, "rules.strike.capital": 0.5})
    rows = [row for row in events(of, replay(of)) if row["kind"] == "act"]
    assert {row["action"] for row in rows} == {"open_war"}
    assert {row["actor"] for row in rows} == {"north", "south"}
    by_day = {day: {row["sector"] for row in rows if row["day"] == day} for day in range(1, 8)}
    assert all(len(places) >= 3 for places in by_day.values())
    assert "south_city" in set.union(*by_day.values())


def test_the_ladder_is_climbed_to_open_war_by_decisions() -> None:
    """Nobody is scripted: attack, strike, answer and war come out of the actors."""
    hot = {
        "relations.neighbours.views.north.grievance": 1.0,
        "relations.neighbours.views.south.grievance": 1.0,
        "horizon": "25 days",
    }
    of = template(
        {
            **ALONE,
            **hot,
            "states.north.resolve": 1,
            "states.south.resolve": 1,
            "interventions": [attack(1, dead=60)],
        }
    )
    ladders = []
    for seed in SEEDS:
        rows = [row for row in events(of, replay(of, seed)) if row["kind"] == "act"]
        ladders.append(list(dict.fromkeys(row["action"] for row in rows)))
    wars = [climb for climb in ladders if "open_war" in climb]
    assert wars
    assert any(len(climb) > 2 and climb[0] != "open_war" for climb in wars)


def test_the_aim_of_a_war_holds_a_state_to_it() -> None:
    fights_on = []
    for aim in (1.0, 0.0):
        opened = world(template(ALONE))
        plain("sim.engine.rules.war").begin_war(opened, SOUTH, NORTH)
        opened.dyads[NORTH, SOUTH].aim = aim
        opened.rules[0].choice_war_attention = 1.0
        plain("sim.engine.rules.state_choice").state_decides(opened, NORTH, SOUTH)
        fights_on.append(opened.table.probability[Fighting.FIGHT_ON])
    assert fights_on[0] > fights_on[1]
