"""S7 to S10: groups and havens, blame in both directions, targets, offensives at home."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import TARGET_NAMES
from tests.engine.world.many import error, many, needs_compilation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import STILL, events, history, measures, replay, template

SEEDS = range(4)
PEACE = {path: value for path, value in STILL.items() if path != "groups.rebels"} | {
    "states.north.policy": "restrain",
    "states.south.policy": "restrain",
}
OTHERS = {
    "groups.pirates": {
        "enemy": "north",
        "hosts": {"south": {"haven": 0.4, "share": 0.3, "assumed": "invented"}},
        "fighters": {"north_city": 300, "south_city": 300},
        "base_rate": 0.4,
        "reference_strength": 400,
        "capacity": 1000,
        "assumed": "invented",
    },
    "groups.mirror": {
        "enemy": "south",
        "hosts": {"north": {"haven": 0.5, "share": 0.8, "assumed": "invented"}},
        "fighters": {"south_hill": 500, "north_hill": 500},
        "base_rate": 0.8,
        "reference_strength": 750,
        "capacity": 2000,
        "assumed": "invented",
    },
}


# ---------------------------------------------------------------- S7: groups, hosts, havens


def test_several_groups_attack_and_share_a_haven() -> None:
    of = template({**PEACE, **OTHERS, "horizon": "40 days"})
    found = measures(of, replay(of).measures)
    assert min(found["attacks_rebels"], found["attacks_pirates"], found["attacks_mirror"]) > 3
    assert (
        found["attacks"]
        == found["attacks_rebels"] + found["attacks_pirates"] + found["attacks_mirror"]
    )


def test_a_host_chooses_between_tolerance_restraint_and_crackdown() -> None:
    of = template(
        {
            **PEACE,
            "rules.hosting.review": 1,
            "rules.hosting.reconsider": 1,
            "rules.hosting.rationality": 0.5,
            "horizon": "40 days",
        }
    )
    stances = {
        row["action"] for seed in SEEDS for row in history(of, seed) if row["kind"] == "stance"
    }
    assert stances == {0, 1, 2}


def test_a_coerced_host_turns_on_its_guests() -> None:
    """The weekly choice under the rival's strikes, against common random numbers in peace."""
    stances = []
    for action in ("calm", "military_strike"):
        plan = {
            "states.north.policy": "scripted",
            "states.north.plan": [{"day": d, "action": action} for d in range(1, 30, 2)],
        }
        of = template(
            {
                **PEACE,
                **plan,
                "rules.hosting.review": 1,
                "rules.hosting.reconsider": 1,
                "horizon": "30 days",
                "rules.strike.soldiers": 0,
            }
        )
        stories = [replay(of, seed) for seed in SEEDS]
        place = plain("sim.engine.world").slot(of.spans, "hosts", "stance", 0, 1)
        stances.append(np.mean([story.blocks.view(np.int64)[:, place].mean() for story in stories]))
    assert stances[1] > stances[0]


@needs_compilation
def test_a_freer_haven_means_more_attacks() -> None:
    none, half, full = (
        many({**PEACE, "groups.rebels.hosts.south.haven": haven, "horizon": "300 days"}, 200)[
            "attacks"
        ]
        for haven in (0, 0.5, 1)
    )
    for less, more in ((none, half), (half, full)):
        gain = more - less
        assert gain.mean() > 4 * error(gain)


@needs_compilation
def test_a_freer_haven_lets_a_group_grow() -> None:
    none, full = (
        many({**PEACE, "groups.rebels.hosts.south.haven": haven, "horizon": "900 days"}, 60)[
            "fighters_end_rebels"
        ]
        for haven in (0, 1)
    )
    assert (full - none).mean() > 4 * error(full - none)


# ---------------------------------------------------------------- S8: blame runs both ways


def test_harbouring_is_blamed_in_both_directions() -> None:
    def bomb(actor: str, sector: str) -> dict[str, Any]:
        dead = {"security": 40}
        return {
            "day": 2,
            "event": {
                "actor": actor,
                "action": "attack",
                "kind": "base",
                "sectors": [sector],
                "deaths": dead,
                "evidence": True,
            },
        }

    quiet = {
        **PEACE,
        **OTHERS,
        **{f"groups.{name}.base_rate": 0 for name in ("rebels", "pirates", "mirror")},
        "rules.militancy.operation_rate": 0,
    }
    views = {}
    for case, attacks in {
        "none": [],
        "on north": [bomb("rebels", "north_hill")],
        "on south": [bomb("mirror", "south_hill")],
    }.items():
        of = template(
            {**quiet, "interventions": attacks, "horizon": "3 days", "outcome_window": "1 day"}
        )
        found = measures(of, replay(of).measures)
        views[case] = (found["belief_end_north_south"], found["belief_end_south_north"])
    assert views["on north"][0] > views["none"][0]
    assert views["on north"][1] == views["none"][1]
    assert views["on south"][1] > views["none"][1]
    assert views["on south"][0] == views["none"][0]


# ---------------------------------------------------------------- S9: targets and ground


def test_all_kinds_of_targets_are_attacked() -> None:
    of = template(
        {
            **PEACE,
            "groups.rebels.base_rate": 4,
            "groups.rebels.targets.base": 0.3,
            "horizon": "40 days",
        }
    )
    rows = [row for row in history(of) if row["kind"] == "attack"]
    assert {row["action"] for row in rows} == set(TARGET_NAMES)
    security, civilians = (
        {kind: sum(row[dead] for row in rows if row["action"] == kind) for kind in TARGET_NAMES}
        for dead in ("dead_security", "dead_civilians")
    )
    assert security["base"] > civilians["base"]
    assert security["market"] < civilians["market"]


@pytest.mark.parametrize(("fighters", "held"), [(3_000, 1), (30, 0)])
def test_a_group_that_outweighs_the_garrison_holds_the_sector(fighters: int, held: int) -> None:
    changes = {
        "groups.rebels.fighters": {"north_hill": fighters, "south_hill": 0},
        "groups.rebels.growth": 0,
        "sectors.north_hill.garrison": 2_000,
    }
    of = template(
        {
            **PEACE,
            **changes,
            "rules.militancy.control_days": 10,
            "rules.militancy.operation_rate": 0,
            "horizon": "40 days",
        }
    )
    story = replay(of)
    assert measures(of, story.measures)["sectors_held_end"] == held
    control = [row for row in events(of, story) if row["kind"] == "control"]
    assert [(row["actor"], row["sector"], row["action"]) for row in control] == [
        ("north", "north_hill", 1)
    ] * held


# ---------------------------------------------------------------- S10: offensives at home


OFFENSIVE = [{"day": 1, "event": {"actor": "north", "action": "offensive", "group": "rebels"}}]
LONG = {**PEACE, "rules.militancy.offensive_need": 100, "rules.militancy.truce_offer": 0}


def test_an_offensive_kills_drives_across_the_border_and_ends() -> None:
    changes = {
        **LONG,
        "rules.militancy.offensive_days": 25,
        "rules.militancy.movement": 0,
        "groups.rebels.growth": 0,
        "horizon": "60 days",
    }
    of, usual = (
        template({**changes, "interventions": OFFENSIVE}),
        template({**changes, "interventions": []}),
    )
    ends, operations = [], []
    for seed in SEEDS:
        story, calm = replay(of, seed), replay(usual, seed)
        operations.append(
            measures(of, story.measures)["operations"]
            - measures(usual, calm.measures)["operations"]
        )
        home, away = (
            fighters(of, story, ("north_city", "north_hill")),
            fighters(of, story, ("south_city", "south_hill")),
        )
        assert home[-1] < fighters(usual, calm, ("north_city", "north_hill"))[-1]
        assert away[20] > away[0]
        ends += [row["day"] for row in events(of, story) if row["kind"] == "offensive_end"]
    assert sum(operations) > 0
    assert len(ends) >= 2
    assert all(day > 1 for day in ends)


def fighters(of: Any, story: Any, sectors: tuple[str, ...]) -> np.ndarray:
    """Fighters of the rebels in some sectors, day by day."""
    places = [
        plain("sim.engine.world").slot(of.spans, "presence", "fighters", 0, of.sectors.index(name))
        for name in sectors
    ]
    return story.blocks.view(float)[:, places].sum(axis=1)


@needs_compilation
def test_an_offensive_cuts_attacks_for_long_and_fades() -> None:
    """Fewer attacks in the year of the offensive; with the same haven the group comes back."""
    year = {
        **LONG,
        "rules.militancy.offensive_days": 200,
        "rules.militancy.offensive_factor": 8,
        "rules.militancy.offensive_displaced": 0.02,
    }
    found = {
        (days, on): many({**year, "horizon": days, "interventions": OFFENSIVE if on else []}, 150)
        for days in (365, 1800)
        for on in (True, False)
    }
    cut = found[365, False]["attacks_rebels"] - found[365, True]["attacks_rebels"]
    assert cut.mean() > 4 * error(cut)
    assert (
        found[365, True]["attacks_rebels"].mean() < 0.8 * found[365, False]["attacks_rebels"].mean()
    )
    left = {
        days: found[days, True]["fighters_end_rebels"].mean()
        / found[days, False]["fighters_end_rebels"].mean()
        for days in (365, 1800)
    }
    assert left[365] < left[1800]


@needs_compilation
def test_routine_operations_have_limited_success() -> None:
    """They kill, and without them there would be more attacks, but the group lives on."""
    with_them, without = (
        many({**LONG, "rules.militancy.operation_rate": rate, "horizon": "365 days"}, 150)
        for rate in (0.05, 0)
    )
    gain = without["attacks_rebels"] - with_them["attacks_rebels"]
    assert gain.mean() > 0
    assert with_them["fighters_end_rebels"].mean() > 0.6 * without["fighters_end_rebels"].mean()


def test_a_government_launches_an_offensive_when_attacks_have_grown() -> None:
    launched = {}
    for rate in (0.05, 3.0):
        of = template(
            {
                **PEACE,
                "groups.rebels.base_rate": 0.05,
                "interventions": [{"day": 1, "set": {"groups.rebels.base_rate": rate}}],
                "horizon": "70 days",
            }
        )
        launched[rate] = sum(
            row["kind"] == "offensive" for seed in SEEDS for row in history(of, seed)
        )
    assert launched[3.0] > launched[0.05]
