"""The decisions of a page: small, and the numbers of the ledger."""

from __future__ import annotations

import pytest
from classroom.decisions import ACTORS, decision, with_options

from sim.classroom.reasons import FINE, reasons, whose
from sim.words import words


def test_an_option_is_its_probability_and_what_each_term_adds() -> None:
    carried = reasons([decision()], ACTORS, words())
    assert carried["kinds"] == {
        "action": {"options": ["calm", "raid", "open_war"], "terms": ["punish", "cost"]}
    }
    (row,) = carried["rows"]
    assert (row["d"], row["a"], row["k"], row["to"], row["c"], row["l"]) == (
        4,
        0,
        "action",
        "states.borland",
        1,
        2,
    )
    assert row["u"] == pytest.approx(0.71 * 10 * FINE, abs=1)
    assert row["o"][:2] == [
        [300, -500],
        [700, 800, -200],
    ]  # zeros at the end are left out; a term counts with its weight
    assert row["o"][2] == "the two share no border"
    assert (row["b"], row["x"]) == ({"harbours": 0.9}, {"harbours": 0.4})


def test_a_quiet_day_of_a_border_command_is_left_out() -> None:
    quiet = decision(
        actor="states.arland.commands.east",
        kind="command",
        **with_options(["hold", "fire"], "hold"),
    )
    alone = reasons([decision()], ACTORS, words())
    assert reasons([quiet, decision()], ACTORS, words()) == alone


def test_why_an_option_is_barred_is_said_in_the_language_of_the_page() -> None:
    (row,) = reasons([decision()], ACTORS, words("fr"))["rows"]
    assert row["o"][2] == "les deux n’ont pas de frontière commune"


@pytest.mark.parametrize(
    ("actor", "owner"),
    [
        ("states.arland", "states.arland"),
        ("arland", "states.arland"),
        ("states.arland.commands.east", "states.arland"),
        ("nobody", "nobody"),
    ],
)
def test_a_decision_belongs_to_its_actor_and_a_commands_to_its_state(
    actor: str, owner: str
) -> None:
    assert whose(actor, ["states.arland", "states.borland"]) == owner


def test_a_decision_of_an_unknown_actor_is_not_given_to_another() -> None:
    unknown = decision(actor="somebody")
    assert reasons([unknown], ACTORS, words())["rows"] == []
