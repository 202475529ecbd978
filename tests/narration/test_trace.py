"""A replication told in words, line by line, from a log written by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.narration.claims import Claim
from sim.narration.event_sentences import event_sentences
from sim.narration.names import place_name, readable_name
from sim.narration.news import SENTENCES
from sim.narration.trace import trace
from sim.vocabulary.codes import BarReason, Collapse, Drop, EventKind, Fighting, Stage, TruceKind
from sim.vocabulary.ladder import Action
from sim.words import words
from tests.report import fake

NOBODY = -1

ARLAND, BORLAND, FRONT = 0, 1, 2
EAST, SOUTH, NORTH, WEST = range(4)


def text(**row: object) -> str:
    """The sentences of one event."""
    return next(event_sentences(fake.log({"day": 1, **row}), fake.two_states())).text


def lines(
    rows: list[dict[str, object]], rung: list[int], tag: str = "en", **more: Any
) -> list[str]:
    """The trace of a replication with these events and rungs."""
    replication = SimpleNamespace(events=fake.log(*rows), rung=np.array(rung))
    return list(trace(replication, fake.two_states(), words(tag), **more))


def after_the_release(told: list[str]) -> list[str]:
    """The lines after the one that says that from here on the actors decide."""
    return told[next(k for k, line in enumerate(told) if line.startswith("From here on")) + 1 :]


def test_story_of_a_week() -> None:
    got = lines(
        [
            {
                "day": -11,
                "kind": "act",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Action.LIMITED_STRIKE,
                "sector": WEST,
                "dead_militants": 12,
                "scripted": 1,
            },
            {
                "day": 1,
                "kind": "attack",
                "actor": FRONT,
                "target": ARLAND,
                "action": 0,
                "sector": EAST,
                "group": 0,
                "dead_security": 11,
                "dead_civilians": 2,
                "value": 1,
            },
            {
                "day": 5,
                "kind": "act",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Action.RAID,
                "sector": WEST,
                "dead_own": 4,
                "dead_security": 11,
            }
            | {"claimed": 40, "admitted": 9, "counter_claimed": 20, "own_admitted": 3},
            {"day": 6, "kind": "offer", "actor": ARLAND, "target": BORLAND, "group": 0, "value": 3},
            {
                "day": 6,
                "kind": "ceasefire",
                "actor": ARLAND,
                "target": BORLAND,
                "action": TruceKind.MEDIATED,
                "group": 0,
                "value": 0.34,
            },
        ],
        [1, 1, 1, 1, 3, 1, 1],
    )
    assert got == [
        "Replayed from the record, with what the model adds between the reported events:",
        "19 quiet days.",
        "Sunday, 20 January 2030 (replayed)",
        "  (as reported) First strike. Arland strikes militant targets from the air in Borland "
        "West. Dead: 12 militants.",
        "11 quiet days.",
        "",
        "From here on the actors decide. The release was on Thursday, 31 January 2030.",
        "Day 1: Friday, 1 February 2030",
        "  Hill Front attacks a patrol or convoy in Eastern Arland. Dead: 11 soldiers and "
        "police of Arland and 2 civilians. It claims the attack.",
        "  The day ends at rung 1, tension.",
        "3 quiet days.",
        "Day 5: Tuesday, 5 February 2030",
        "  Arland raids border posts in Borland West. Dead: 4 soldiers of Arland and 11 "
        "soldiers and police of Borland. "
        "Arland claims 40 enemy soldiers killed; Borland admits 9; in the model 11 died. "
        "Borland claims 20 enemy soldiers killed; Arland admits 3; in the model 4 died.",
        "  Up to rung 3, raid.",
        "Day 6: Wednesday, 6 February 2030",
        "  A ceasefire between Arland and Borland begins, brought about by Cordia. Its quality "
        "is 0.34, where 1 is the best.",
        "  Cordia offers talks: Arland accepts and Borland accepts.",
        "  Down to rung 1, tension.",
        "1 quiet day.",
    ]


def test_rows_of_one_act_are_one_sentence_even_with_others_between() -> None:
    war = {
        "day": 2,
        "kind": "act",
        "actor": ARLAND,
        "target": BORLAND,
        "action": Action.OPEN_WAR,
        "claimed": 10,
        "admitted": 1,
    }
    other = {
        "day": 2,
        "kind": "act",
        "actor": BORLAND,
        "target": ARLAND,
        "action": Action.OPEN_WAR,
        "sector": EAST,
    }
    rows = [
        war | {"sector": WEST, "dead_security": 5},
        other,
        war | {"sector": NORTH, "dead_security": 6, "dead_civilians": 1},
    ]
    got = list(event_sentences(fake.log(*rows), fake.two_states()))
    assert len(got) == 2
    assert got[0].what == "Arland wages open war in Borland West and Borland North."
    assert got[0].more == (
        "Dead: 11 soldiers and police of Borland and 1 civilian. Arland claims 20 enemy "
        "soldiers killed; Borland admits 2; in the model 11 died."
    )
    assert (got[0].dead, got[0].rung, got[1].actor) == (12, 6, BORLAND)


def test_attacks_are_never_joined() -> None:
    attack = {
        "day": 2,
        "kind": "attack",
        "actor": FRONT,
        "target": ARLAND,
        "action": 3,
        "sector": EAST,
        "group": 0,
    }
    assert len(list(event_sentences(fake.log(attack, attack), fake.two_states()))) == 2


def test_scripted_and_decided_acts_of_a_day_are_told_apart() -> None:
    row = {
        "day": 2,
        "kind": "act",
        "actor": ARLAND,
        "target": BORLAND,
        "action": Action.RAID,
        "sector": WEST,
    }
    got = list(event_sentences(fake.log(row | {"scripted": 1}, row), fake.two_states()))
    assert [one.scripted for one in got] == [True, False]


def test_host_admits_no_militants() -> None:
    got = text(
        kind="act",
        actor=ARLAND,
        target=BORLAND,
        action=Action.LIMITED_STRIKE,
        sector=WEST,
        dead_militants=7,
        claimed=30,
        admitted=0,
    )
    assert got.endswith(
        "Dead: 7 militants. Arland claims 30 enemy militants killed; Borland admits none; in "
        "the model 7 died."
    )


def test_claim_without_dead_is_told_and_silence_is_not() -> None:
    raid = {
        "kind": "act",
        "actor": ARLAND,
        "target": BORLAND,
        "action": Action.RAID,
        "sector": WEST,
    }
    assert text(**raid, claimed=3, admitted=0).endswith(
        "Nobody dies. Arland claims 3 enemy soldiers killed; Borland admits none; in the model "
        "none died."
    )
    assert text(**raid, claimed=0, admitted=0).endswith("Nobody dies.")
    assert text(**raid, claimed=3, admitted=0, counter_claimed=2, own_admitted=0).endswith(
        "Nobody dies. Both claim to have killed enemy soldiers, Arland 3 and Borland 2; in the "
        "model none died."
    )
    assert text(**raid, claimed=5).endswith(
        "Arland claims 5 enemy soldiers killed; in the model none died."
    )


@pytest.mark.parametrize(("actor", "other"), [(ARLAND, BORLAND), (BORLAND, ARLAND)])
def test_both_sides_are_told_in_the_same_words(actor: int, other: int) -> None:
    row = {
        "kind": "act",
        "target": BORLAND,
        "action": Action.GROUND_OFFENSIVE,
        "sector": WEST,
        "dead_own": 1,
        "dead_security": 2,
        "claimed": 8,
        "admitted": 1,
    }
    mirrored = text(**row | {"actor": actor, "target": other})
    back = mirrored.replace("Arland", "X").replace("Borland W", "Place W").replace("Borland", "Y")
    if actor == BORLAND:
        back = back.replace("X", "Z").replace("Y", "X").replace("Z", "Y")
    assert back == (
        "X attacks along several sectors of the border in Place West. Dead: 1 soldier of X and "
        "2 soldiers and police of Y. "
        "X claims 8 enemy soldiers killed; Y admits 1; in the model 2 died."
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {
                "kind": "clash",
                "actor": BORLAND,
                "target": ARLAND,
                "action": 1,
                "sector": EAST,
                "dead_security": 1,
            },
            "A border command of Borland opens fire across the border in Eastern Arland. Dead: "
            "1 soldier or police officer of Arland.",
        ),
        (
            {"kind": "operation", "actor": ARLAND, "sector": EAST, "group": 0, "dead_militants": 1},
            "Arland carries out an operation against Hill Front in Eastern Arland. Dead: 1 "
            "militant.",
        ),
        (
            {"kind": "offer", "actor": ARLAND, "target": BORLAND, "group": 0, "value": 2},
            "Cordia offers talks: Arland refuses and Borland accepts.",
        ),
        (
            {
                "kind": "ceasefire_end",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Collapse.CLIMB,
                "group": BORLAND,
                "value": 1,
            },
            "The ceasefire between Arland and Borland collapses after 1 day. Borland has gone "
            "to open war.",
        ),
        (
            {
                "kind": "ceasefire_end",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Collapse.CLIMB,
                "value": 9,
            },
            "The ceasefire between Arland and Borland collapses after 9 days. Each of the two "
            "has gone to open war.",
        ),
        (
            {
                "kind": "ceasefire_end",
                "actor": ARLAND,
                "target": BORLAND,
                "action": 0,
                "group": ARLAND,
                "value": 9,
            },
            "The ceasefire between Arland and Borland collapses after 9 days. "
            "Violations, attacks and time have worn it down; Arland did it the most damage on "
            "the last day.",
        ),
        (
            {"kind": "offer", "actor": ARLAND, "target": BORLAND, "group": NOBODY, "value": 1},
            "Arland and Borland speak directly of an end: Arland accepts and Borland refuses.",
        ),
        *(
            (
                {
                    "kind": "ceasefire",
                    "actor": ARLAND,
                    "target": BORLAND,
                    "action": kind,
                    "group": NOBODY,
                    "value": 0.2,
                },
                f"{said} Its quality is 0.20, where 1 is the best.",
            )
            for kind, said in (
                (
                    TruceKind.HOTLINE,
                    "A ceasefire between Arland and Borland begins, agreed between the two.",
                ),
                (
                    TruceKind.TACIT,
                    "Arland and Borland have both stopped fighting: a truce without a text.",
                ),
                (
                    TruceKind.PAUSE,
                    "A pause of some days between Arland and Borland begins, agreed between the "
                    "two.",
                ),
            )
        ),
        (
            {"kind": "prolong", "actor": ARLAND, "target": BORLAND, "value": 0.3},
            "The pause between Arland and Borland is prolonged; from now on it is a ceasefire. "
            "Its quality is 0.30, where 1 is the best.",
        ),
        (
            {
                "kind": "ceasefire_end",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Collapse.LAPSE,
                "group": ARLAND,
                "value": 4,
            },
            "The ceasefire between Arland and Borland collapses after 4 days. The pause has run "
            "out, and one of the two would not prolong it.",
        ),
        (
            {
                "kind": "talks",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Stage.ACCESS,
                "group": 0,
            },
            "Arland and Borland have talks through Cordia.",
        ),
        (
            {
                "kind": "talks",
                "actor": ARLAND,
                "target": BORLAND,
                "action": Stage.TEXT,
                "group": 0,
            },
            "Arland and Borland agree on a text of Cordia; it has yet to enter into force.",
        ),
        (
            {"kind": "halt", "actor": ARLAND, "target": BORLAND, "action": Fighting.HALT},
            "Arland halts its war against Borland.",
        ),
        (
            {"kind": "halt", "actor": ARLAND, "target": BORLAND, "action": Fighting.FIGHT_ON},
            "Arland goes back to war against Borland.",
        ),
        (
            {"kind": "close_crossings", "actor": ARLAND, "target": BORLAND},
            "Arland closes its crossings with Borland.",
        ),
        (
            {"kind": "open_crossings", "actor": BORLAND, "target": ARLAND},
            "Borland opens its crossings with Arland.",
        ),
        (
            {"kind": "posture", "actor": ARLAND, "target": BORLAND, "action": Action.OPEN_WAR},
            "Arland goes over to open war against Borland.",
        ),
        (
            {"kind": "act", "actor": ARLAND, "target": BORLAND, "action": Action.NUCLEAR_SIGNAL},
            "Arland signals with its nuclear forces, against Borland.",
        ),
        (
            {"kind": "stance", "actor": BORLAND, "action": 2, "group": 0},
            "Borland from now on cracks down on Hill Front on its soil.",
        ),
        (
            {"kind": "mode", "actor": FRONT, "action": 2, "group": 0},
            "Hill Front steps up its campaign.",
        ),
        (
            {"kind": "truce", "actor": FRONT, "target": ARLAND, "group": 0},
            "Hill Front begins a truce with Arland.",
        ),
        (
            {"kind": "truce_end", "actor": FRONT, "target": ARLAND, "group": 0},
            "Hill Front ends its truce with Arland.",
        ),
        (
            {"kind": "offensive", "actor": ARLAND},
            "Arland begins an offensive against the groups that it fights at home.",
        ),
        ({"kind": "offensive_end", "actor": ARLAND}, "Arland ends its offensive at home."),
        (
            {"kind": "control", "actor": ARLAND, "action": 1, "sector": EAST},
            "Militants now mostly control Eastern Arland.",
        ),
        (
            {"kind": "control", "actor": ARLAND, "action": 0, "sector": EAST},
            "Arland has most of Eastern Arland under control again.",
        ),
    ],
)
def test_every_kind_has_its_sentence(row: dict[str, object], said: str) -> None:
    assert text(**row) == said


def test_no_kind_of_event_is_left_untold() -> None:
    assert set(SENTENCES) == set(EventKind)


def test_what_each_side_claims_stands_beside_the_truth() -> None:
    row = {
        "kind": "act",
        "actor": ARLAND,
        "target": BORLAND,
        "action": Action.RAID,
        "sector": WEST,
        "dead_own": 4,
        "dead_security": 11,
    }
    rows = fake.log(
        {"day": 1, **row, "claimed": 40, "admitted": 9, "counter_claimed": 20, "own_admitted": 3}
    )
    (one,) = event_sentences(rows, fake.two_states())
    assert one.claims == (
        Claim(ARLAND, BORLAND, "soldier", 40, 9, 11),
        Claim(BORLAND, ARLAND, "soldier", 20, 3, 4),
    )
    assert one.sectors == (WEST,)
    assert one.aftermath == "Dead: 4 soldiers of Arland and 11 soldiers and police of Borland."
    assert one.more.startswith(one.aftermath)


def test_the_news_are_told_in_another_language() -> None:
    row = {"kind": "ceasefire", "actor": ARLAND, "target": BORLAND, "group": 0, "value": 0.34}
    row["action"] = TruceKind.MEDIATED
    (one,) = event_sentences(fake.log({"day": 1, **row}), fake.two_states(), words("fr"))
    assert one.text == (
        "Un cessez-le-feu entre Arland et Borland commence, obtenu par Cordia. Sa qualité "
        "est de 0,34, la meilleure étant 1."
    )


def test_intervention_is_told_by_its_label() -> None:
    scenario = fake.two_states(
        interventions=[
            {"day": 3, "label": "New guarantees", "set": {"mediators.cordia.leverage.arland": 0.9}}
        ]
    )
    got = next(
        event_sentences(fake.log({"day": 3, "kind": "change", "action": 0, "value": 0.9}), scenario)
    )
    assert got.text == "Intervention: New guarantees: mediators.cordia.leverage.arland becomes 0.9."


SMALL = {
    "kind": "attack",
    "actor": FRONT,
    "target": ARLAND,
    "action": 0,
    "sector": EAST,
    "group": 0,
    "dead_security": 2,
    "value": 1,
}


def test_days_of_small_violence_are_counted() -> None:
    operation = {
        "kind": "operation",
        "actor": ARLAND,
        "sector": EAST,
        "group": 0,
        "dead_militants": 30,
    }
    rows = [
        {"day": 2, **SMALL},
        {"day": 2, **operation},
        {"day": 4, **SMALL},
        {"day": 5, **SMALL, "dead_civilians": 4},
    ]
    assert after_the_release(lines(rows, [0] * 5))[2:] == [
        "3 days with nothing but what is too common for the news: 2 attacks and 1 operation; "
        "34 dead, 30 of them militants.",
        "Day 5: Tuesday, 5 February 2030",
        "  Hill Front attacks a patrol or convoy in Eastern Arland. Dead: 2 soldiers and "
        "police of Arland and 4 civilians. It claims the attack.",
    ]


def test_every_small_attack_can_be_told() -> None:
    rows = [{"day": 2, **SMALL}]
    assert after_the_release(lines(rows, [0, 0]))[2:] == [
        "1 day with nothing but what is too common for the news: 1 attack; 2 dead."
    ]
    assert lines(rows, [0, 1])[-2:] == [
        "  Too common for the news: 1 attack; 2 dead.",
        "  Up to rung 1, tension.",
    ]
    assert lines(rows, [0, 0], every=True)[-1].startswith("  Hill Front attacks")


def test_scripted_small_attack_is_always_told() -> None:
    assert lines([{"day": 2, **SMALL, "scripted": 1}], [0, 0])[-1].startswith(
        "  (scripted) Hill Front attacks"
    )


def test_end_of_a_ceasefire_by_the_script_blames_nobody() -> None:
    row = {
        "kind": "ceasefire_end",
        "actor": ARLAND,
        "target": BORLAND,
        "action": 0,
        "group": ARLAND,
        "value": 9,
        "scripted": 1,
    }
    assert text(**row) == "The ceasefire between Arland and Borland collapses after 9 days."


def test_quiet_run_without_events() -> None:
    assert after_the_release(lines([], [0] * 7)) == [
        "Day 1: Friday, 1 February 2030",
        "  The day ends at rung 0, calm.",
        "6 quiet days.",
    ]


def test_some_days_of_a_fork() -> None:
    rows = [{"day": day, **SMALL, "dead_civilians": 9} for day in (4, 6, 8)]
    got = lines(rows, [2, 3, 1, 1], days=range(5, 8), rungs_from=5)
    assert [line for line in got if line.startswith("Day")] == [
        "Day 5: Tuesday, 5 February 2030",
        "Day 6: Wednesday, 6 February 2030",
        "Day 7: Thursday, 7 February 2030",
    ]


def test_a_trace_in_french_has_no_english_line() -> None:
    raid = {
        "kind": "act",
        "actor": ARLAND,
        "target": BORLAND,
        "action": Action.RAID,
        "sector": WEST,
    }
    strike = raid | {"action": Action.LIMITED_STRIKE, "dead_militants": 12, "scripted": 1}
    rows = [{"day": -11, **strike}, {"day": 1, **raid}, {"day": 2, **SMALL}]
    assert lines(rows, [3, 3, 1, 1], "fr") == [
        "D’après les sources, avec ce que le modèle ajoute entre les événements rapportés :",
        "19 jours calmes.",
        "dimanche 20 janvier 2030 (d’après les sources)",
        "  (selon les sources) First strike. Arland frappe par air des cibles de groupes armés "
        "(Borland West). Morts : 12 combattants de groupes armés.",
        "11 jours calmes.",
        "",
        "À partir d’ici, les acteurs décident. Le départ a eu lieu le jeudi 31 janvier 2030.",
        "Jour 1 : vendredi 1 février 2030",
        "  Arland attaque des postes frontaliers (Borland West). Aucun mort.",
        "  La journée finit à l’échelon 3, raid.",
        "1 jour avec seulement ce qui est trop courant pour les nouvelles : 1 attaque ; 2 morts.",
        "Jour 3 : dimanche 3 février 2030",
        "  Descente à l’échelon 1, tension.",
        "1 jour calme.",
    ]


def test_names_as_they_are_said() -> None:
    assert readable_name("north_coast") == "North Coast"
    assert readable_name("isle_of_man") == "Isle of Man"
    assert place_name("Swat, Malakand (upper), Buner", "swat") == "Swat"
    assert place_name(None, "south_kp") == "South Kp"


def test_a_dropped_order_is_news_with_its_reason() -> None:
    order = {"kind": "dropped", "actor": ARLAND, "target": BORLAND, "action": Action.RAID}
    said = {
        "it has decided otherwise": Drop.RECALLED,
        "a ceasefire has begun": Drop.CEASEFIRE,
        "it has no aircraft fit to fly": Drop.IMPOSSIBLE + BarReason.NO_AIRCRAFT,
    }
    for reason, code in said.items():
        assert (
            text(**order, value=code)
            == f"Arland drops its order against Borland, “raid”: {reason}."
        )


def test_the_largest_news_of_a_day_comes_first() -> None:
    rows = [
        {"day": 2, "kind": "stance", "actor": BORLAND, "action": 1, "group": 0},
        {"day": 2, **SMALL, "dead_civilians": 9},
        {"day": 2, "kind": "ceasefire", "actor": ARLAND, "target": BORLAND, "action": 1},
        {"day": 2, **SMALL, "dead_civilians": 30},
    ]
    told = lines(rows, [1, 1])[-4:]
    assert [line.split()[0] + line.split()[1] for line in told] == [
        "Aceasefire",
        "HillFront",
        "HillFront",
        "Borlandfrom",
    ]
    assert "30 civilians" in told[1]
