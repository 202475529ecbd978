"""Alliances: what is felt for an ally, who is called and comes, what partners count, who leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import Call, Clash, EventKind, Fighting, Joining
from sim.vocabulary.decisions import ActionTerm, JoinTerm, PriceTerm
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import STILL, template, world

allies = plain("sim.engine.rules.allies")
balance = plain("sim.engine.rules.balance")
bargaining = plain("sim.engine.rules.bargaining")
ceasefire = plain("sim.engine.rules.ceasefire")
feelings = plain("sim.engine.rules.feelings")
joining = plain("sim.engine.rules.joining")
records = plain("sim.engine.rules.records")
state_choice = plain("sim.engine.rules.state_choice")
war = plain("sim.engine.rules.war")

#: The names are in the order of the alphabet, and so are the rows.
EAST, NORTH, SOUTH = 0, 1, 2
PACT: dict[str, Any] = {"between": ["east", "north"], "commitment": 0.5, "patience": 5}


def still(**pact: Any) -> Any:
    """A still world of three: east and north are allies, and both have relations with south."""
    sector = {"population": 1000, "garrison": 9000, "terrain": "hill"}
    third = {
        "groups": {"rebels": None},
        "states.east": {"personnel": 50_000, "combat_aircraft": 50},
        "sectors.east_hill": {**sector, "state": "east"},
        "borders.plain": {"sectors": ["east_hill", "south_hill"]},
        "relations.far": {"between": ["east", "south"]},
        "alliances.pact": {**PACT, **pact},
    }
    quiet = {key: value for key, value in STILL.items() if key != "groups.rebels"}
    return world(template({**quiet, **third}))


def outrage(w: Any, i: int, j: int) -> float:
    return float(w.dyads["outrage"][i, j])


def strike(w: Any, actor: int, target: int, dead: int = 20) -> None:
    """An act is felt by its victim and whoever stands with it."""
    deed = records.Deed(actor, target, int(Action.MILITARY_STRIKE))
    feelings.resent_act(w, deed, records.Dead(0, dead, 0, 0), records.Manner(False, False))
    feelings.apply(w)


def begin(w: Any, i: int, j: int) -> None:
    """A war, and the evening of its first day."""
    war.begin_war(w, i, j)
    joining.follow_wars(w)


def morning(w: Any, days: int = 1) -> None:
    for _ in range(days):
        w.clock[0].day += 1
        joining.review_calls(w)


def kinds(w: Any) -> list[str]:
    rows = w.log[: int(w.clock[0].log_length)]
    ours = (EventKind.CALL, EventKind.ENTRY, EventKind.ABSENCE, EventKind.SEPARATE_PEACE)
    return [EventKind(row["kind"]).word for row in rows if row["kind"] in ours]


def peace(w: Any, i: int, j: int) -> None:
    """A ceasefire of two."""
    p = int(w.dyads["pair"][i, j])
    ceasefire.begin_ceasefire(w, p, ceasefire.Terms(0, -1, 0.5, 0.0))


def test_an_ally_feels_its_share_of_what_the_victim_feels() -> None:
    w = still(commitment=0.25)
    strike(w, SOUTH, NORTH)
    assert outrage(w, EAST, SOUTH) == 0.25 * outrage(w, NORTH, SOUTH) > 0
    assert outrage(w, SOUTH, NORTH) == outrage(w, SOUTH, EAST) == 0


def test_it_never_feels_more_than_a_share_however_many_acts_there_are() -> None:
    w = still(commitment=0.25)
    for _ in range(30):
        strike(w, SOUTH, NORTH)
    assert outrage(w, NORTH, SOUTH) == w.rules[0].feelings_outrage_cap
    assert outrage(w, EAST, SOUTH) == pytest.approx(0.25 * outrage(w, NORTH, SOUTH))


def test_anger_of_its_own_is_not_made_less() -> None:
    w = still(commitment=0.25)
    w.dyads[EAST, SOUTH].outrage = 3.5
    strike(w, SOUTH, NORTH)
    assert outrage(w, EAST, SOUTH) == 3.5


def test_fire_of_a_border_command_is_felt_too() -> None:
    w = still()
    feelings.resent_clash(w, NORTH, SOUTH, True, 5)
    feelings.apply(w)
    assert outrage(w, EAST, SOUTH) == 0.5 * outrage(w, NORTH, SOUTH) > 0
    assert Clash.LOCAL == 0


@pytest.mark.parametrize(
    "pact", [{"commitment": 0}, {"by": "north"}, {"against": ["south"], "by": "north"}]
)
def test_who_has_promised_nothing_feels_nothing(pact: dict[str, Any]) -> None:
    w = still(**pact)
    strike(w, SOUTH, NORTH)
    assert outrage(w, EAST, SOUTH) == 0


def test_who_has_made_peace_feels_nothing_of_the_allys_war() -> None:
    w = still()
    begin(w, SOUTH, EAST)
    peace(w, EAST, SOUTH)
    before = outrage(w, EAST, SOUTH)
    strike(w, SOUTH, NORTH)
    assert outrage(w, EAST, SOUTH) == before


@pytest.mark.parametrize(
    ("defensive", "beginner", "stage"),
    [
        (True, SOUTH, Call.OPEN),
        (True, NORTH, Call.NONE),
        (False, NORTH, Call.OPEN),
        (False, SOUTH, Call.OPEN),
    ],
)
def test_a_promise_of_defence_calls_only_where_the_ally_was_attacked(
    defensive: bool, beginner: int, stage: Call
) -> None:
    w = still(defensive=defensive)
    begin(w, beginner, NORTH + SOUTH - beginner)
    morning(w)
    assert w.calls["stage"][EAST, SOUTH] == stage
    assert kinds(w) == (["call"] if stage is Call.OPEN else [])
    assert w.alliances["calls"][0] == (stage is Call.OPEN)


def test_it_decides_by_two_rows_of_its_usual_table_and_by_its_word() -> None:
    w = still(commitment=1)
    strike(w, SOUTH, NORTH)
    begin(w, SOUTH, NORTH)
    morning(w)
    state_choice.state_table(w, EAST, SOUTH)
    usual, weights = w.table.terms.copy(), w.table.weights.copy()
    joining.join_table(w, EAST, SOUTH)
    rows = (int(w.dyads["posture"][EAST, SOUTH]), int(Action.OPEN_WAR))
    n = len(ActionTerm)
    for option, row in zip((Joining.STAY_OUT, Joining.ENTER), rows, strict=True):
        assert w.table.terms[option, :n].tolist() == usual[row, :n].tolist()
        demanded = feelings.demanded_rung(w, EAST, SOUTH)
        height = float(Action(row).rung)
        word = ((height - demanded) / 6) ** 2 - ((height - 6) / 6) ** 2
        assert w.table.terms[option, JoinTerm.PLEDGE] == pytest.approx(word)
    assert w.table.weights[: n + 1].tolist() == [*weights[:n], weights[ActionTerm.PUNISH]]


def test_a_higher_commitment_speaks_more_for_entering() -> None:
    worth = []
    for commitment in (0, 0.25, 0.5, 0.75, 1):
        w = still(commitment=commitment)
        begin(w, SOUTH, NORTH)
        morning(w)
        asked = joining.ally_decides(w, EAST, SOUTH) != -1
        worth.append(float(w.table.probability[Joining.ENTER]) if asked else 0.0)
    assert worth == sorted(worth)
    assert worth[0] == 0  # nobody calls: a promise without commitment is none
    assert worth[-1] > 0.9


def test_one_draw_a_call_says_how_much_it_takes() -> None:
    w = still()
    begin(w, SOUTH, NORTH)
    draws = []
    for _ in range(4):
        morning(w)
        assert joining.ally_decides(w, EAST, SOUTH) == Joining.STAY_OUT
        draws.append(float(w.table.draw[0]))
    assert len(set(draws)) == 1


def test_who_enters_makes_it_a_war_of_three() -> None:
    w = still()
    begin(w, SOUTH, NORTH)
    morning(w)
    w.calls[EAST, SOUTH].choice = Joining.ENTER
    joining.enter_wars(w)
    joining.follow_wars(w)
    assert allies.war_between(w, EAST, SOUTH)
    assert w.pairs["begun_by"][w.dyads["pair"][EAST, SOUTH]] == EAST
    assert len(set(w.fronts["war"].tolist())) == 1
    t = w.tally[0]
    assert (t.most_states_at_war, t.coalition_wars, t.coalition_war_days) == (3, 1, 1)
    assert (t.first_entry_day, w.alliances["first_entry"][0]) == (2, 2)
    morning(w)
    assert w.calls["stage"][EAST, SOUTH] == Call.IN_WAR
    assert (w.alliances["calls"][0], w.alliances["honoured"][0]) == (1, 1)
    assert kinds(w) == ["call", "entry"]
    entry = next(row for row in w.log if row["kind"] == EventKind.ENTRY)
    assert (entry["actor"], entry["target"], entry["group"]) == (EAST, SOUTH, NORTH)


def test_two_wars_without_an_alliance_are_two() -> None:
    w = still(by="east", against=["south"])
    w.cover["holds"][:] = 0  # as if it were against somebody else
    begin(w, SOUTH, NORTH)
    begin(w, SOUTH, EAST)
    assert sorted(set(w.fronts["war"].tolist())) == [0, 1]
    assert w.tally[0].most_states_at_war == 2


def test_who_does_not_come_in_time_is_trusted_less_and_called_no_more() -> None:
    w = still()
    begin(w, SOUTH, NORTH)
    morning(w, 5)
    assert w.promises["trust"].tolist() == [[1, 1]]
    morning(w)
    left = w.rules[0].ceasefire_broken_trust
    side = w.promises["of"][0].tolist().index(NORTH)
    assert w.promises["trust"][0, side] == left < 1
    assert w.promises["trust"][0, 1 - side] == 1
    assert allies.bond(w, 0, side) == 0.5 * left
    assert w.calls["stage"][EAST, SOUTH] == Call.OUT
    assert joining.ally_decides(w, EAST, SOUTH) == -1
    assert kinds(w) == ["call", "absence"]
    assert (w.alliances["honoured"][0], w.alliances["deserted"][0]) == (0, 1)


def war_of_three(**pact: Any) -> Any:
    w = still(**pact)
    begin(w, SOUTH, NORTH)
    begin(w, SOUTH, EAST)
    return w


def test_a_peace_of_one_pair_leaves_the_ally_at_war_and_costs_its_trust() -> None:
    w = war_of_three()
    morning(w)
    peace(w, EAST, SOUTH)
    joining.follow_wars(w)
    assert allies.war_between(w, NORTH, SOUTH)
    assert kinds(w) == ["separate_peace"]
    side = w.promises["of"][0].tolist().index(NORTH)
    assert w.promises["trust"][0, side] == w.rules[0].ceasefire_broken_trust
    assert w.promises["trust"][0, 1 - side] == 1
    assert w.tally[0].separate_peaces == 1
    morning(w)
    assert w.calls["stage"][EAST, SOUTH] == Call.OUT


def test_a_peace_of_all_on_one_day_leaves_nobody() -> None:
    w = war_of_three()
    peace(w, EAST, SOUTH)
    peace(w, NORTH, SOUTH)
    joining.follow_wars(w)
    assert kinds(w) == []
    assert w.promises["trust"].tolist() == [[1, 1]]


def test_a_pause_of_some_days_is_no_peace() -> None:
    w = war_of_three()
    peace(w, EAST, SOUTH)
    w.pairs[int(w.dyads["pair"][EAST, SOUTH])].pause = 3
    joining.follow_wars(w)
    assert kinds(w) == []


def test_trust_comes_back_side_by_side() -> None:
    w = war_of_three()
    w.promises["trust"][:] = 0.5
    joining.follow_wars(w)
    assert (w.promises["trust"] == 0.5 + 0.5 * w.rules[0].ceasefire_built_trust).all()


def test_partners_in_a_war_count_for_each_other_as_far_as_they_are_bound() -> None:
    alone, together = still(), war_of_three(commitment=1)
    for action in (Action.GROUND_OFFENSIVE, Action.MILITARY_STRIKE):
        before, now = (balance.superiority(w, NORTH, SOUTH, action) for w in (alone, together))
        against, then = (balance.superiority(w, SOUTH, NORTH, action) for w in (alone, together))
        assert now > before
        assert then < against
    men = balance.ground_power(alone, EAST) + balance.ground_power(alone, NORTH)
    assert balance.powers(together, NORTH, SOUTH, False) == men
    assert balance.powers(alone, NORTH, SOUTH, False) == balance.ground_power(alone, NORTH)
    # east stands with north, and north has not the power of who has left
    peace(together, EAST, SOUTH)
    assert balance.powers(together, NORTH, SOUTH, False) == balance.ground_power(alone, NORTH)


def test_peace_is_dearer_beside_an_ally_and_cheaper_against_two() -> None:
    w = war_of_three(commitment=1)
    r = w.rules[0]
    for i, j, sign in ((NORTH, SOUTH, -1), (SOUTH, NORTH, 1)):
        w.dyads[i, j].optimism = 0.0
        bargaining.fill_price(w, i, j, Fighting.HALT, 1.0)
        more = r.bargaining_hopes * r.bargaining_balance_numbers * np.log(2.0)
        assert w.table.terms[Fighting.HALT, PriceTerm.OPTIMISM] == pytest.approx(sign * more)
    peace(w, EAST, SOUTH)
    bargaining.fill_price(w, NORTH, SOUTH, Fighting.HALT, 1.0)
    assert w.table.terms[Fighting.HALT, PriceTerm.OPTIMISM] == 0
