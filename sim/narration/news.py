"""The sentences of the news: rows of the log that belong together, put in the words of a language.

The sentences stand in `sim/words`, one for each kind of event, the same for all sides; here stands
what is filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.engine.rules.forced import KINDS, OPTIONS
from sim.engine.world import tables
from sim.narration.names import Names
from sim.vocabulary.ladder import ACTIONS, LIMITED_STRIKE, TARGET_NAMES
from sim.words import words as words_of

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario
    from sim.words import Words

NOBODY = tables.NOBODY
FIRST_BLOOD = 2  # rung from which an act can kill
BY_CLIMB = 1  # cause of the end of a ceasefire: a state has gone to open war
Rerun = tuple[str, str]
Tell = Callable[["Speaker", "np.ndarray"], Rerun]


class Claim(NamedTuple):
    """What one side says of the enemies that it killed, what the other admits (None if nothing is said), and what is true in the model."""

    claimant: int
    other: int
    whom: str  # soldier or militant
    claimed: int
    admitted: int | None
    truth: int


class Speaker(Names):
    """Says things about the actors and places of a scenario in a language."""

    def __init__(self, scenario: Scenario, words: Words | None = None) -> None:
        super().__init__(scenario)
        self.words = words or words_of()
        self.changes = [
            f"{one.label + ': ' if one.label else ''}"
            + self.say("becomes", path=path, value=self.words.exact(value))
            for one in scenario.file.interventions
            for path, value in one.set.items()
        ]

    def say(self, key: str, **values: object) -> str:
        """A sentence of the news by its key."""
        return self.words.text(f"narration.news.{key}", **values)

    def term(self, group: str, name: str) -> str:
        """The word for a coded word of the model."""
        return self.words.text(f"vocabulary.{group}.{name}")

    def whom(self, row: np.void) -> str:
        """The group that an event is about."""
        return self.groups[row["group"]] if row["group"] != NOBODY else self.say("militants")

    def pair(self, row: np.void) -> str:
        """The two states of an event."""
        return self.words.join([self.states[row["actor"]], self.states[row["target"]]])

    def where(self, rows: np.ndarray) -> str:
        """Where some rows happened, or nothing."""
        found = dict.fromkeys(self.sectors[k] for k in rows["sector"] if k != NOBODY)
        return self.say("in", places=self.words.join(list(found))) if found else ""


def total(rows: np.ndarray, name: str) -> int:
    """Sum of a column over the rows in which it applies."""
    values = rows[name]
    return int(values[values >= 0].sum())


def said(rows: np.ndarray, name: str) -> int | None:
    """Sum of what was said, None if nothing was."""
    return total(rows, name) if (rows[name] >= 0).any() else None


def claims(rows: np.ndarray) -> tuple[Claim, ...]:
    """What the two sides say of the dead beside what the model knows; nothing where nothing is claimed."""
    actor, target = int(rows["actor"][0]), int(rows["target"][0])
    hunted = rows["kind"][0] == tables.ACT and rows["action"][0] == LIMITED_STRIKE
    whom, truth = (
        ("militant", total(rows, "dead_militants"))
        if hunted
        else ("soldier", total(rows, "dead_security"))
    )
    both = (
        (actor, target, whom, said(rows, "claimed"), said(rows, "admitted"), truth),
        (
            target,
            actor,
            "soldier",
            said(rows, "counter_claimed"),
            said(rows, "own_admitted"),
            total(rows, "dead_own"),
        ),
    )
    return tuple(
        Claim(a, b, who, claimed, admitted, true)
        for a, b, who, claimed, admitted, true in both
        if claimed is not None and (claimed or true)
    )


def claimed(speak: Speaker, found: tuple[Claim, ...]) -> str:
    """Sentences on the claims."""
    if len(found) == 2 and all(one.whom == "soldier" and not one.truth for one in found):
        ours, theirs = found
        return speak.say(
            "claims_of_both",
            actor=speak.states[ours.claimant],
            target=speak.states[theirs.claimant],
            ours=ours.claimed,
            theirs=theirs.claimed,
        )
    return " ".join(_claim(speak, one) for one in found)


def _claim(speak: Speaker, one: Claim) -> str:
    """One side's claim, the other's admission and the truth."""
    none, other = speak.say("none"), speak.states[one.other]
    heard = (
        ""
        if one.admitted is None
        else speak.say("admits", other=other, admitted=one.admitted or none)
    )
    return speak.say(
        f"claims.{one.whom}",
        n=one.claimed,
        claimant=speak.states[one.claimant],
        heard=heard,
        truth=one.truth or none,
    )


def _toll(speak: Speaker, rows: np.ndarray, victim: int) -> str:
    """A sentence on the dead, or that there were none."""
    whom, actor = speak.actor(victim), speak.actor(int(rows["actor"][0]))
    own, security, civilians, militants = (
        total(rows, name)
        for name in ("dead_own", "dead_security", "dead_civilians", "dead_militants")
    )
    # said once where two numbers in a row are of the same country
    again = "civilians" if security or (own and whom == actor) else "civilians_of"
    parts = [
        (own, "soldiers", actor),
        (security, "security", whom),
        (civilians, again, whom),
        (militants, "fighters", whom),
    ]
    told = [
        speak.say(f"dead_{key}", n=number, state=state) for number, key, state in parts if number
    ]
    return speak.say("dead", dead=speak.words.join(told)) if told else speak.say("nobody")


def _act(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    action, places = ACTIONS[row["action"]], speak.where(rows)
    against = (
        speak.say("against", target=speak.states[row["target"]])
        if not places or len(speak.states) > 2
        else ""
    )
    toll = (
        _toll(speak, rows, int(row["target"]))
        if action.rung >= FIRST_BLOOD and not action.atom
        else ""
    )
    does = speak.term("acts", action.name)
    return speak.say(
        "act", actor=speak.actor(row["actor"]), does=does, places=places, against=against
    ), toll


def _clash(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    choice = tables.COMMAND_CHOICES[row["action"]]
    return speak.say(
        f"clashes.{choice}", n=len(rows), actor=speak.actor(row["actor"]), places=speak.where(rows)
    ), _toll(speak, rows, int(row["target"]))


def _attack(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    target = (
        speak.term("targets", TARGET_NAMES[row["action"]])
        if row["action"] != NOBODY
        else speak.say("some_target")
    )
    owned = speak.say("attack_claimed" if row["value"] > 0 else "attack_unclaimed")
    what = speak.say(
        "attack", actor=speak.actor(row["actor"]), target=target, places=speak.where(rows)
    )
    return what, f"{_toll(speak, rows, int(row['target']))} {owned}"


def _operation(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    what = speak.say(
        "operation",
        n=len(rows),
        actor=speak.actor(row["actor"]),
        group=speak.whom(row),
        places=speak.where(rows),
    )
    return what, _toll(speak, rows, int(row["actor"]))


def _offer(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    answers = [
        speak.say(
            "accepts" if int(row["value"]) & bit else "refuses", state=speak.states[row[side]]
        )
        for side, bit in (("actor", 1), ("target", 2))
    ]
    return speak.say(
        "offer", mediator=speak.mediators[row["group"]], answers=speak.words.join(answers)
    ), ""


def _ceasefire(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    by = (
        speak.say("brought_about", mediator=speak.mediators[row["group"]])
        if row["group"] != NOBODY
        else ""
    )
    quality = speak.words.number(float(row["value"]), decimals=2)
    return speak.say("ceasefire", pair=speak.pair(row), by=by), speak.say(
        "quality", quality=quality
    )


def _ceasefire_end(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    what = speak.say("ceasefire_end", n=int(row["value"]), pair=speak.pair(row))
    if row["scripted"]:
        return what, ""
    breaker = speak.states[row["group"]] if row["group"] != NOBODY else None
    if row["action"] == BY_CLIMB:
        return what, speak.say("ended_by_war", state=breaker or speak.say("each"))
    return what, speak.say("worn_down_by", state=breaker) if breaker else speak.say("worn_down")


def _between(key: str) -> Tell:
    """A change of something between the actor and the target, without dead."""
    return lambda speak, rows: (
        speak.say(key, actor=speak.actor(rows["actor"][0]), target=speak.states[rows["target"][0]]),
        "",
    )


def _alone(key: str) -> Tell:
    """A change of the actor by itself."""
    return lambda speak, rows: (speak.say(key, actor=speak.actor(rows["actor"][0])), "")


def _posture(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    posture = speak.term("postures", ACTIONS[row["action"]].name)
    return speak.say(
        "posture",
        actor=speak.states[row["actor"]],
        posture=posture,
        target=speak.states[row["target"]],
    ), ""


def _stance(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    return speak.say(
        f"stances.{tables.STANCES[row['action']]}",
        actor=speak.states[row["actor"]],
        group=speak.whom(row),
    ), ""


def _mode(speak: Speaker, rows: np.ndarray) -> Rerun:
    return speak.say(
        f"modes.{tables.MODES[rows['action'][0]]}", actor=speak.actor(rows["actor"][0])
    ), ""


def _control(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    return speak.say(
        "control_lost" if row["action"] == 1 else "control_won",
        place=speak.sectors[row["sector"]],
        state=speak.states[row["actor"]],
    ), ""


def _change(speak: Speaker, rows: np.ndarray) -> Rerun:
    return speak.say("change", change=speak.changes[rows["action"][0]]), ""


def _forced(speak: Speaker, rows: np.ndarray) -> Rerun:
    row = rows[0]
    kind = KINDS[int(row["value"])]
    name = OPTIONS[kind][row["action"]]
    option = speak.term("options", name)
    if kind == "offer":
        actor, target = speak.mediators[row["group"]], speak.pair(row)
    else:
        actor = speak.actor(row["actor"])
        target = (
            speak.whom(row)
            if kind == "stance"
            else speak.states[row["target"]]
            if row["target"] != NOBODY
            else ""
        )
    if kind == "command":
        actor = speak.say("forced_command", actor=actor)
    about = speak.say("forced_about", target=target) if target else ""
    return speak.say(
        "forced",
        kind=speak.term("kinds", kind),
        actor=actor,
        option=option,
        about=about,
        places=speak.where(rows),
    ), ""


TELL: dict[str, Tell] = {
    "act": _act,
    "clash": _clash,
    "attack": _attack,
    "operation": _operation,
    "offensive": _alone("offensive"),
    "offensive_end": _alone("offensive_end"),
    "stance": _stance,
    "mode": _mode,
    "truce": _between("truce"),
    "truce_end": _between("truce_end"),
    "offer": _offer,
    "ceasefire": _ceasefire,
    "ceasefire_end": _ceasefire_end,
    "close_crossings": _between("close_crossings"),
    "open_crossings": _between("open_crossings"),
    "change": _change,
    "posture": _posture,
    "control": _control,
    "forced": _forced,
}
