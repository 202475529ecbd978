"""What happened in one replication, as sentences: rows of its log that belong together, joined and put in words.

The wording is the same for all sides and says who did what to whom and where, who died, what each side claims and what
the model knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.names import Names, listed
from sim.ladder import ACTION_NAMES, ACTIONS, LIMITED_STRIKE, TARGETS
from sim.world import tables

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario

NOBODY = tables.NOBODY
NEWS = 6  # dead, militants apart, from which violence is told by itself; the floor of news of the schema (rules.feelings.news_floor)
FIRST_BLOOD = 2  # rung from which an act can kill
BY_CLIMB = 1  # cause of the end of a ceasefire: a state has gone to open war
Told = tuple[str, str]
Tell = Callable[[Names, "np.ndarray"], Told]
_JOINED = ("act", "clash", "operation")  # rows of one day, actor and target that are one sentence
_LOCAL = (NOBODY, ACTION_NAMES.index("border_fire"), ACTION_NAMES.index("raid"))  # what a border command chooses, as an action


class Happening(NamedTuple):
    """One thing that happened: its day, kind (a name of `EVENT_KINDS`), what it was in a sentence, and more about it."""

    day: int
    kind: str
    actor: int
    target: int
    action: int
    rung: int  # of a state's act, else -1
    dead: int  # all, militants among them
    militants: int
    sector: int
    scripted: bool
    what: str
    more: str

    @property
    def routine(self) -> bool:
        """Whether it is daily violence that would be no news: a small attack or operation, or a group's change of pace."""
        return self.kind in ("attack", "operation", "mode") and self.dead - self.militants < NEWS and not self.scripted

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.what} {self.more}".strip()


def happenings(events: np.ndarray, scenario: Scenario) -> Iterator[Happening]:
    """Put the log of a replication in words.

    Parameters
    ----------
    events : rows of `sim.world.tables.EVENT`, in the order in which they happened
    scenario : whose actors and places they name

    Yields
    ------
    one happening for each event, or for the rows of one act of several places
    """
    names = Names(scenario)
    for _, rows in groupby(_rows_of_days(events), key=_unit):
        block = events[[k for k, _ in rows]]
        kind = tables.EVENT_KINDS[int(block["kind"][0])]
        if kind in _TELL:
            yield _happening(kind, block, *_TELL[kind](names, block))


def _rows_of_days(events: np.ndarray) -> list[tuple[int, Any]]:
    """Rows with their places in the log; those of one act brought together within their day."""
    first: dict[tuple[int, ...], int] = {}
    keyed = []
    for k, event in enumerate(events):
        unit = _unit((k, event))
        keyed.append(((int(event["day"]), first.setdefault(unit, k), k), (k, event)))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _unit(row: tuple[int, Any]) -> tuple[int, ...]:
    """What rows share that are told in one sentence; a row of another kind stands alone."""
    k, event = row
    alone = -1 if tables.EVENT_KINDS[int(event["kind"])] in _JOINED else k
    return (*(int(event[name]) for name in ("day", "kind", "actor", "target", "action", "group", "scripted")), alone)


def _happening(kind: str, rows: np.ndarray, what: str, more: str) -> Happening:
    row = rows[0]
    action = {"act": int(row["action"]), "posture": int(row["action"]), "clash": _LOCAL[row["action"]] if kind == "clash" else NOBODY}.get(kind, NOBODY)
    return Happening(
        day=int(row["day"]),
        kind=kind,
        actor=int(row["actor"]),
        target=int(row["target"]),
        action=int(row["action"]),
        rung=ACTIONS[action].rung if action != NOBODY else -1,
        dead=sum(_count(rows, name) for name in ("dead_own", "dead_security", "dead_civilians", "dead_militants")),
        militants=_count(rows, "dead_militants"),
        sector=int(row["sector"]),
        scripted=bool(row["scripted"]),
        what=what,
        more=more,
    )


def _count(rows: np.ndarray, name: str) -> int:
    """Sum of a column over the rows in which it applies."""
    values = rows[name]
    return int(values[values >= 0].sum())


def _said(rows: np.ndarray, name: str) -> int | None:
    """Sum of what was said, None if nothing was."""
    values = rows[name]
    return int(values[values >= 0].sum()) if (values >= 0).any() else None


def _amount(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}".replace(",", "\u202f")


def _toll(names: Names, rows: np.ndarray, victim: int) -> str:
    """A sentence on the dead, or that there were none."""
    whom, actor = names.actor(victim), names.actor(int(rows["actor"][0]))
    own, security, civilians, militants = (_count(rows, name) for name in ("dead_own", "dead_security", "dead_civilians", "dead_militants"))
    # said once where two numbers in a row are of the same country
    again = "" if security or (own and whom == actor) else f" of {whom}"
    parts = [
        (own, f"soldier of {actor}", f"soldiers of {actor}"),
        (security, f"soldier or police officer of {whom}", f"soldiers and police of {whom}"),
        (civilians, f"civilian{again}", f"civilians{again}"),
        (militants, "militant", "militants"),
    ]
    told = [_amount(count, one, many) for count, one, many in parts if count]
    return f"Dead: {listed(told)}." if told else "Nobody dies."


def _claims(names: Names, rows: np.ndarray) -> str:
    """What the two sides say of the dead beside what the model knows; nothing where nothing is claimed."""
    actor, target = names.actor(int(rows["actor"][0])), names.actor(int(rows["target"][0]))
    hunted = rows["kind"][0] == tables.ACT and rows["action"][0] == LIMITED_STRIKE
    whom, truth = ("militant", _count(rows, "dead_militants")) if hunted else ("soldier", _count(rows, "dead_security"))
    ours, theirs, lost = _said(rows, "claimed"), _said(rows, "counter_claimed"), _count(rows, "dead_own")
    if ours and theirs and not (hunted or truth or lost):
        return f" Both claim to have killed enemy soldiers, {actor} {ours} and {target} {theirs}; in the model none died."
    return _claim(actor, target, whom, ours, _said(rows, "admitted"), truth) + _claim(target, actor, "soldier", theirs, _said(rows, "own_admitted"), lost)


def _claim(claimant: str, other: str, whom: str, claimed: int | None, admitted: int | None, truth: int) -> str:
    """One side's claim, the other's admission and the truth."""
    if claimed is None or not (claimed or truth):
        return ""
    heard = "" if admitted is None else f"; {other} admits {admitted or 'none'}"
    return f" {claimant} claims {_amount(claimed, f'enemy {whom}', f'enemy {whom}s')} killed{heard}; in the model {truth or 'none'} died."


def _act(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    action, places = ACTIONS[row["action"]], names.places(rows)
    against = f", against {names.states[row['target']]}" if not places or len(names.states) > 2 else ""
    toll = _toll(names, rows, int(row["target"])) if action.rung >= FIRST_BLOOD and not action.atom else ""
    return f"{names.actor(row['actor'])} {action.verb}{places}{against}.", toll + _claims(names, rows)


def _clash(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    who = "A border command" if len(rows) == 1 else f"{len(rows)} border commands"
    does = {"fire": ("opens", "open", "fire across the border"), "raid": ("raids", "raid", "border posts")}[tables.COMMAND_CHOICES[row["action"]]]
    what = f"{who} of {names.actor(row['actor'])} {does[0 if len(rows) == 1 else 1]} {does[2]}{names.places(rows)}."
    return what, _toll(names, rows, int(row["target"])) + _claims(names, rows)


def _attack(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    noun = TARGETS[row["action"]].noun if row["action"] != NOBODY else "a target"
    owned = "It claims the attack." if row["value"] > 0 else "Nobody claims the attack."
    return f"{names.actor(row['actor'])} attacks {noun}{names.places(rows)}.", f"{_toll(names, rows, int(row['target']))} {owned}"


def _operation(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    many = "an operation" if len(rows) == 1 else f"{len(rows)} operations"
    return f"{names.actor(row['actor'])} carries out {many} against {names.group(row)}{names.places(rows)}.", _toll(names, rows, int(row["actor"]))


def _offer(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    answers = [f"{names.states[row[side]]} {'accepts' if int(row['value']) & bit else 'refuses'}" for side, bit in (("actor", 1), ("target", 2))]
    return f"{names.mediators[row['group']]} offers talks: {listed(answers)}.", ""


def _ceasefire(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    by = f", brought about by {names.mediators[row['group']]}" if row["group"] != NOBODY else ""
    return f"A ceasefire between {names.both(row)} begins{by}.", f"Its quality is {row['value']:.2f}, where 1 is the best."


def _ceasefire_end(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    what = f"The ceasefire between {names.both(row)} collapses after {_amount(int(row['value']), 'day', 'days')}."
    if row["scripted"]:
        return what, ""
    breaker = names.states[row["group"]] if row["group"] != NOBODY else None
    if row["action"] == BY_CLIMB:
        return what, f"{breaker or 'Each of the two'} has gone to open war."
    return what, "Violations, attacks and time have worn it down" + (f"; {breaker} did it the most damage on the last day." if breaker else ".")


def _between(verb: str) -> Tell:
    """A change of something between the actor and the target, without dead."""
    return lambda names, rows: (f"{names.actor(rows['actor'][0])} {verb} {names.states[rows['target'][0]]}.", "")


def _alone(verb: str) -> Tell:
    """A change of the actor by itself."""
    return lambda names, rows: (f"{names.actor(rows['actor'][0])} {verb}.", "")


def _posture(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    return f"{names.states[row['actor']]} goes over to {ACTIONS[row['action']].name.replace('_', ' ')} against {names.states[row['target']]}.", ""


def _stance(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    verb = {"tolerate": "tolerates", "restrain": "restrains", "crack_down": "cracks down on"}[tables.STANCES[row["action"]]]
    return f"{names.states[row['actor']]} from now on {verb} {names.group(row)} on its soil.", ""


def _mode(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    verb = {"lie_low": "lies low", "sustain": "goes back to its usual pace", "surge": "steps up its campaign"}[tables.MODES[row["action"]]]
    return f"{names.actor(row['actor'])} {verb}.", ""


def _control(names: Names, rows: np.ndarray) -> Told:
    row = rows[0]
    place, state = names.sectors[row["sector"]], names.states[row["actor"]]
    return f"Militants now mostly control {place}." if row["action"] == 1 else f"{state} has most of {place} under control again.", ""


def _change(names: Names, rows: np.ndarray) -> Told:
    return f"Intervention: {names.changes[rows['action'][0]]}.", ""


_TELL: dict[str, Tell] = {
    "act": _act,
    "clash": _clash,
    "attack": _attack,
    "operation": _operation,
    "offensive": _alone("begins an offensive against the groups that it fights at home"),
    "offensive_end": _alone("ends its offensive at home"),
    "stance": _stance,
    "mode": _mode,
    "truce": _between("begins a truce with"),
    "truce_end": _between("ends its truce with"),
    "offer": _offer,
    "ceasefire": _ceasefire,
    "ceasefire_end": _ceasefire_end,
    "close_crossings": _between("closes its crossings with"),
    "open_crossings": _between("opens its crossings with"),
    "change": _change,
    "posture": _posture,
    "control": _control,
}
