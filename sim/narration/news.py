"""How each kind of event is worded: rows of the log that belong together, in a language.

The sentences stand in `sim/words/<language>`, section narration, one for each kind of event and the
same for all sides. Here stands what is filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.engine.world import tables
from sim.engine.world.script import number_of_dated
from sim.narration.claims import total
from sim.narration.names import Names
from sim.vocabulary.coded import require
from sim.vocabulary.codes import Collapse, EventKind, Target
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Action
from sim.words import words as words_of
from sim.words.names import drop_reason, readable_name

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario
    from sim.scenario.schema import Flow
    from sim.words import Words

NOBODY = tables.NOBODY
_PARTS = ("accepts", "refuses", "forced_command")  # of a sentence, with a name in front
Sentences = tuple[str, str]  # what happened, and what came of it
Wording = Callable[["NewsWriter", "np.ndarray"], Sentences]


class Change(NamedTuple):
    """A number that the file changes: what stands before it, its path, and the value.

    `stated` is None where the value is drawn.
    """

    head: str
    path: str
    stated: float | None


class NewsWriter(Names):
    """Words news about the actors and places of a scenario in a language."""

    def __init__(self, scenario: Scenario, words: Words | None = None) -> None:
        super().__init__(scenario)
        self.words = words or words_of()
        file = scenario.file
        self.changes = [
            Change(f"{one.label}: " if one.label else "", path, value)
            for one in file.interventions
            for path, value in one.set.items()
        ]
        self.changes += [
            Change("", path, None if value.dist else float(value))
            for one in file.events.values()
            for path, value in one.set.items()
        ]
        self.happenings = [one.label or readable_name(name) for name, one in file.events.items()]
        self.flows = [self.flow_label(one) for one in file.flows.values()]
        self.own_acts = [one.does for one in file.actions.values()]
        self.dated = number_of_dated(file)

    def flow_label(self, one: Flow) -> str:
        """What a flow is called: by the file, or by what flows to whom from whom."""
        return one.label or self.words.text(
            f"narration.rules.{'takes' if one.amount.value < 0 else 'gives'}",
            stock=self.term("stocks", one.stock),
            to=self.name_of[one.to],
            sponsor=self.name_of.get(one.sponsor, one.sponsor),
        )

    def change(self, number: int, value: float) -> str:
        """What a number became, by its place among the changes of the file.

        What the file states is said as it stands there, and what was drawn to three digits.
        """
        one, words = self.changes[number], self.words
        said = words.exact(value) if value == one.stated else words.number(value, significant=3)
        return one.head + self.say("becomes", path=one.path, value=said)

    def by_rule(self, row: np.void) -> bool:
        """Whether a row of the log happened by the scenario's own rule, on no day that it names."""
        return int(row["scripted"]) > self.dated

    def say(self, key: str, **values: object) -> str:
        """A sentence of the news by its key."""
        text = self.words.text(f"narration.news.{key}", **values)
        return text if key in _PARTS else self.begin(text)

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


def _toll(writer: NewsWriter, rows: np.ndarray, victim: int) -> str:
    """A sentence on the dead, or that there were none."""
    whom, actor = writer.actor(victim), writer.actor(int(rows["actor"][0]))
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
    counts = [
        writer.say(f"dead_{key}", n=number, state=state) for number, key, state in parts if number
    ]
    return writer.say("dead", dead=writer.words.join(counts)) if counts else writer.say("nobody")


def _sentence(row: np.void) -> str:
    """The key of the sentence of an event whose action has sentences of its own."""
    kind = EventKind(row["kind"])
    assert kind.action is not None
    return kind.sentence.format(kind.action(row["action"]).word)


def _act(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    action, places = writer.actions[row["action"]], writer.where(rows)
    against = (
        writer.say("against", target=writer.states[row["target"]])
        if not places or len(writer.states) > 2
        else ""
    )
    toll = _toll(writer, rows, int(row["target"])) if action.kills else ""
    own = int(row["value"])  # 0, or one of the scenario's own acts
    does = writer.own_acts[own - 1] if own > 0 else writer.term("acts", action.word)
    return writer.say(
        "act", actor=writer.actor(row["actor"]), does=does, places=places, against=against
    ), toll


def _clash(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(
        _sentence(row),
        n=len(rows),
        actor=writer.actor(row["actor"]),
        places=writer.where(rows),
    ), _toll(writer, rows, int(row["target"]))


def _attack(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    target = (
        writer.term("targets", Target(row["action"]).word)
        if row["action"] != NOBODY
        else writer.say("some_target")
    )
    owned = writer.say("attack_claimed" if row["value"] > 0 else "attack_unclaimed")
    what = writer.say(
        "attack", actor=writer.actor(row["actor"]), target=target, places=writer.where(rows)
    )
    return what, f"{_toll(writer, rows, int(row['target']))} {owned}"


def _operation(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    what = writer.say(
        "operation",
        n=len(rows),
        actor=writer.actor(row["actor"]),
        group=writer.whom(row),
        places=writer.where(rows),
    )
    return what, _toll(writer, rows, int(row["actor"]))


def _offer(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    answers = [
        writer.say(
            "accepts" if int(row["value"]) & bit else "refuses", state=writer.states[row[side]]
        )
        for side, bit in (("actor", 1), ("target", 2))
    ]
    said = writer.words.join(answers)
    if row["group"] == NOBODY:
        return writer.say("call", pair=writer.pair(row), answers=said), ""
    return writer.say("offer", mediator=writer.mediators[row["group"]], answers=said), ""


def _ceasefire(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    by = (
        writer.say("brought_about", mediator=writer.mediators[row["group"]])
        if row["group"] != NOBODY
        else ""
    )
    quality = writer.words.number(float(row["value"]), decimals=2)
    what = writer.say(_sentence(row), pair=writer.pair(row), by=by)
    return what, writer.say("quality", quality=quality)


def _prolong(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    quality = writer.words.number(float(row["value"]), decimals=2)
    return writer.say("prolong", pair=writer.pair(row)), writer.say("quality", quality=quality)


def _talks(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    mediator = writer.mediators[row["group"]]
    return writer.say(_sentence(row), pair=writer.pair(row), mediator=mediator), ""


def _fighting(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    sides = {"actor": writer.states[row["actor"]], "target": writer.states[row["target"]]}
    return writer.say(_sentence(row), **sides), ""


def _ceasefire_end(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    what = writer.say("ceasefire_end", n=int(row["value"]), pair=writer.pair(row))
    if row["scripted"]:
        return what, ""
    if row["action"] == Collapse.LAPSE:
        return what, writer.say("lapsed")
    breaker = writer.states[row["group"]] if row["group"] != NOBODY else None
    if row["action"] == Collapse.CLIMB:
        return what, writer.say("ended_by_war", state=breaker or writer.say("each"))
    return what, writer.say("worn_down_by", state=breaker) if breaker else writer.say("worn_down")


def _between(key: str) -> Wording:
    """A change of something between the actor and the target, without dead."""
    return lambda writer, rows: (
        writer.say(
            key, actor=writer.actor(rows["actor"][0]), target=writer.states[rows["target"][0]]
        ),
        "",
    )


def _alone(key: str) -> Wording:
    """A change of the actor by itself."""
    return lambda writer, rows: (writer.say(key, actor=writer.actor(rows["actor"][0])), "")


def _posture(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    posture = writer.term("postures", Action(row["action"]).word)
    return writer.say(
        "posture",
        actor=writer.states[row["actor"]],
        posture=posture,
        target=writer.states[row["target"]],
    ), ""


def _stance(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(
        _sentence(row),
        actor=writer.states[row["actor"]],
        group=writer.whom(row),
    ), ""


def _mode(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    return writer.say(_sentence(rows[0]), actor=writer.actor(rows["actor"][0])), ""


def _control(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(
        _sentence(row),
        place=writer.sectors[row["sector"]],
        state=writer.states[row["actor"]],
    ), ""


def _change(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    key = "changed_by_rule" if writer.by_rule(row) else "change"
    change = writer.change(int(row["action"]), float(row["value"]))
    return writer.say(key, change=change), ""


def _happening(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    return writer.say("happening", label=writer.happenings[rows["action"][0]]), ""


def _flow(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(EventKind(row["kind"]).sentence, label=writer.flows[row["action"]]), ""


def _of_allies(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(
        EventKind(row["kind"]).sentence,
        actor=writer.states[row["actor"]],
        target=writer.states[row["target"]],
        ally=writer.states[row["group"]],
    ), ""


def _override(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    kind = DecisionKind(int(row["value"]))
    option = writer.option_of(kind, int(row["action"]), writer.words)
    if kind is DecisionKind.OFFER:
        actor, target = writer.mediators[row["group"]], writer.pair(row)
    else:
        actor = writer.actor(row["actor"])
        target = (
            writer.whom(row)
            if kind is DecisionKind.STANCE
            else writer.states[row["target"]]
            if row["target"] != NOBODY
            else ""
        )
    if kind is DecisionKind.COMMAND:
        actor = writer.say("forced_command", actor=actor)
    about = writer.say("forced_about", target=target) if target else ""
    return writer.say(
        "forced",
        actor=actor,
        option=option,
        about=about,
        places=writer.where(rows),
    ), ""


def _drop(writer: NewsWriter, rows: np.ndarray) -> Sentences:
    row = rows[0]
    return writer.say(
        "dropped",
        actor=writer.states[row["actor"]],
        target=writer.states[row["target"]],
        option=writer.option_of(DecisionKind.ACTION, int(row["action"]), writer.words),
        reason=drop_reason(int(row["value"]), writer.words),
    ), ""


#: By kind of event, what words it.
SENTENCES: dict[EventKind, Wording] = {
    EventKind.ACT: _act,
    EventKind.CLASH: _clash,
    EventKind.ATTACK: _attack,
    EventKind.OPERATION: _operation,
    EventKind.OFFENSIVE: _alone("offensive"),
    EventKind.OFFENSIVE_END: _alone("offensive_end"),
    EventKind.STANCE: _stance,
    EventKind.MODE: _mode,
    EventKind.TRUCE: _between("truce"),
    EventKind.TRUCE_END: _between("truce_end"),
    EventKind.OFFER: _offer,
    EventKind.CEASEFIRE: _ceasefire,
    EventKind.CEASEFIRE_END: _ceasefire_end,
    EventKind.TALKS: _talks,
    EventKind.HALT: _fighting,
    EventKind.PROLONG: _prolong,
    EventKind.CLOSE_CROSSINGS: _between("close_crossings"),
    EventKind.OPEN_CROSSINGS: _between("open_crossings"),
    EventKind.CHANGE: _change,
    EventKind.POSTURE: _posture,
    EventKind.CONTROL: _control,
    EventKind.FORCED: _override,
    EventKind.DROPPED: _drop,
    EventKind.HAPPENING: _happening,
    **dict.fromkeys((EventKind.FLOW_BEGIN, EventKind.FLOW_END), _flow),
    **dict.fromkeys((EventKind.CALL, EventKind.ENTRY, EventKind.ABSENCE), _of_allies),
    EventKind.SEPARATE_PEACE: _of_allies,
}

for _kind in EventKind:
    require(
        _kind in SENTENCES,
        f"EventKind.{_kind.name}",
        "must have a wording in SENTENCES of sim/narration/news.py",
    )
