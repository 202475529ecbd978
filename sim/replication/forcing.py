"""Forced choices as text, `ACTOR=CHOICE` or `ACTOR>OTHER=CHOICE`, and in the words of a world.

`ACTOR@DAY=CHOICE` (or `ACTOR>OTHER@DAY=CHOICE`) is not made before that day, and it stands: the
actor's own choices do not replace an order until it is carried out or given up, nor any other
choice for a week (answers stand alone).

A state's choices are the ladder's actions and the scenario's own options, halt or fight_on (at open
war), enter or stay_out (when
an ally calls it into a war; such an answer stands as long as the call), accept or refuse (an
offer of talks, by a mediator or its rival), open_crossings or close_crossings, offensive (at home),
and tolerate, restrain or crack_down (about a group that it hosts); a group's its modes; a
mediator's wait or make_offer (about a relation); a border command (`BORDER.STATE`) may hold, fire
or raid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import Template, slot
from sim.engine.world.tables import MOST_FORCED, NOBODY
from sim.errors import ModelError
from sim.vocabulary.decisions import DecisionKind

Block = NDArray[np.uint64]
#: Fields of a row that `write` fills.
SLOTS = ("kind", "actor", "about", "option", "since", "open", "stands", "day", "available")
_DATED = "@"
_MOST_DAY = 10**5


class ForcedChoice(NamedTuple):
    """A choice that an actor is forced to.

    The numbers are those of `rules/forced_choice.py`; `choice` the option by its name; `words` is
    the text that asked for it; `since` the first day on which it may be made, 0 for that of the
    fork. One with a day stands.
    """

    kind: int
    actor: int
    about: int
    option: int
    choice: str
    words: str
    since: int = 0


class ForcibleQuestion(NamedTuple):
    """A kind of choice that can be forced: of which actor, about whom; `who` as commands say it.

    `options` are the names of what can be chosen.
    """

    kind: DecisionKind
    actor: int
    about: int
    who: str
    options: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As a page carries it."""
        return {
            "kind": int(self.kind),
            "actor": self.actor,
            "about": self.about,
            "who": self.who,
            "options": list(self.options),
        }


def questions(template: Template) -> list[ForcibleQuestion]:
    """Everything that can be forced, in the order of the actors."""
    commands = [*_commands(template)]
    found = []
    for actor in (*template.states, *template.groups, *template.mediators, *commands):
        for kind in _kinds(template, actor):
            if kind.actor == "borders":
                place = _commands(template)[actor]
                found.append(ForcibleQuestion(kind, *place, actor, template.options(kind)))
                continue
            row = getattr(template, kind.actor).index(actor)
            others = _others(template, kind, row)
            if others is None:
                found.append(ForcibleQuestion(kind, row, NOBODY, actor, template.options(kind)))
                continue
            found += [
                ForcibleQuestion(
                    kind,
                    row,
                    about,
                    f"{actor}>{name}" if len(others) > 1 else actor,
                    template.options(kind),
                )
                for name, about in others.items()
            ]
    return found


def forced_choices(
    template: Template, given: Mapping[str, str] | Sequence[str]
) -> list[ForcedChoice]:
    """Read forced choices.

    Parameters
    ----------
    template : of the scenario
    given : {"westmark>eastmark": "raid"}, or ["westmark>eastmark=raid"]; the same actor may be in a
        list more than once, and makes one choice after the other

    Raises
    ------
    ModelError : if an actor or choice does not exist, or it is not clear whom the choice is about;
        it names what there is
    """
    pairs = list(given.items()) if isinstance(given, Mapping) else [_split(text) for text in given]
    found = [_read(template, who, choice) for who, choice in pairs]
    if len(found) > MOST_FORCED:
        raise ModelError(f"force: must be at most {MOST_FORCED} choices, got {len(found)}")
    return found


def _split(text: str) -> tuple[str, str]:
    who, sign, choice = text.partition("=")
    if not (who.strip() and sign and choice.strip()):
        raise ModelError(
            "force: must be ACTOR=CHOICE or ACTOR>OTHER=CHOICE, "
            f"got {text[:80] or 'nothing'} (for example westmark=limited_strike)"
        )
    return who.strip(), choice.strip()


def _read(template: Template, given: str, choice: str) -> ForcedChoice:
    who, sign, day = (part.strip() for part in given.partition(_DATED))
    if sign and not (day.isascii() and day.isdigit() and 1 <= int(day[:9]) <= _MOST_DAY):
        raise ModelError(
            f"force: must be ACTOR@DAY=CHOICE with a whole number of days from 1, got {given[:80]}"
        )
    actor, _, other = (part.strip() for part in who.partition(">"))
    kinds = _kinds(template, actor)
    options = [option for kind in kinds for option in template.options(kind)]
    if choice not in options:
        raise ModelError(
            f"force: {actor} cannot choose {choice}{near(choice, options)}; "
            f"there are {', '.join(dict.fromkeys(options))}"
        )
    # a raid of a state is an action; no name of an option is in two kinds of one actor
    kind = next(kind for kind in kinds if choice in template.options(kind))
    row, about = _rows(template, kind, actor, other)
    option = template.options(kind).index(choice)
    return ForcedChoice(int(kind), row, about, option, choice, f"{given}={choice}", int(day or 0))


def _commands(template: Template) -> dict[str, tuple[int, int]]:
    """Border and side of each command by its name."""
    table = template.words.view(np.int64)
    found = {}
    for b, border in enumerate(template.borders):
        for side in range(2):
            state = template.states[table[slot(template.spans, "commands", "state", b, side)]]
            found[f"{border}.{state}"] = b, side
    return found


def _kinds(template: Template, actor: str) -> tuple[DecisionKind, ...]:
    """What kinds of choice an actor has that can be forced."""
    commands = _commands(template)
    tables = {"borders": tuple(commands)} | {
        table: getattr(template, table) for table in ("states", "groups", "mediators")
    }
    for table, names in tables.items():
        if actor in names:
            kinds = (kind for kind in DecisionKind if kind.actor == table and kind.forced)
            called = template.spans["calls"].shape[0] > 0
            return tuple(kind for kind in kinds if called or kind is not DecisionKind.JOIN)
    known = [*template.states, *template.groups, *template.mediators]
    more = f", and commands such as {next(iter(commands))}" if commands else ""
    raise ModelError(
        f"force: no actor {actor}{near(actor, [*known, *commands])}; "
        f"there are {', '.join(known)}{more}"
    )


def _rows(template: Template, kind: DecisionKind, actor: str, other: str) -> tuple[int, int]:
    """The numbers of the actor and of whom the choice is about."""
    if kind.actor == "borders":
        if other:
            raise ModelError(f"force: {actor} chooses about nobody else, got {actor}>{other}")
        return _commands(template)[actor]
    row = getattr(template, kind.actor).index(actor)
    others = _others(template, kind, row)
    if others is None:
        if other:
            raise ModelError(f"force: {actor} chooses about nobody else, got {actor}>{other}")
        return row, NOBODY
    if not others:
        raise ModelError(
            f"force: there is nobody about whom {actor} could choose that ({kind.word})"
        )
    if not other and len(others) > 1:
        raise ModelError(
            f"force: {actor} has {len(others)} to choose about; "
            f"write {actor}>OTHER=CHOICE with one of {', '.join(others)}"
        )
    if other and other not in others:
        raise ModelError(
            f"force: {actor} does not choose about {other}{near(other, others)}; "
            f"there are {', '.join(others)}"
        )
    return row, others[other] if other else next(iter(others.values()))


def _others(template: Template, kind: DecisionKind, row: int) -> dict[str, int] | None:
    """Those about whom an actor makes this kind of choice, by name; None if it is about nobody."""
    table = template.words.view(np.int64)
    if not kind.about:
        return None
    if kind.about == "relations":
        return {name: p for p, name in enumerate(template.relations)}
    if kind.about == "groups":
        return {
            name: g
            for g, name in enumerate(template.groups)
            if table[slot(template.spans, "hosts", "present", g, row)]
        }
    rivals = {
        name: j
        for j, name in enumerate(template.states)
        if table[slot(template.spans, "dyads", "pair", row, j)] != NOBODY
    }
    if kind is not DecisionKind.JOIN:
        return rivals
    return {name: j for name, j in rivals.items() if _may_be_called(template, row, j)}


def _may_be_called(template: Template, state: int, enemy: int) -> bool:
    """Whether a state has made a promise that holds against an enemy."""
    table, spans = template.words.view(np.int64), template.spans
    return any(
        table[slot(spans, "promises", "of", n, side)] == state
        and table[slot(spans, "promises", "bound", n, side)]
        and table[slot(spans, "cover", "holds", 2 * n + side, enemy)]
        for n in range(spans["alliances"].shape[0])
        for side in range(2)
    )


def near(word: str, known: Iterable[str]) -> str:
    """`, did you mean ...?` for the closest known word, or nothing."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f", did you mean {found[0]}?" if found else ""


def write(
    template: Template, block: Block, choices: Sequence[ForcedChoice], first: int = 0
) -> None:
    """Put forced choices into the words of a world, after the `first` that are there."""
    numbers = block.view(np.int64)
    numbers[slot(template.spans, "clock", "forced", 0)] = first + len(choices)
    for k, one in enumerate(choices, start=first):
        stands = int(one.since > 0)
        row = (one.kind, one.actor, one.about, one.option, one.since, 1, stands, 0, 0)
        for name, value in zip(SLOTS, row, strict=True):
            numbers[slot(template.spans, "forced", name, k)] = value


def day_slots(template: Template, count: int) -> NDArray[np.int64]:
    """The words that hold the day on which each of `count` choices was made, 0 if never."""
    return np.array(
        [slot(template.spans, "forced", "day", k) for k in range(count)], dtype=np.int64
    )


def barred_choice(
    template: Template, block: Block, choices: Sequence[ForcedChoice]
) -> tuple[ForcedChoice, list[str]]:
    """The choice by which a world failed, and the options that its actor had instead."""
    numbers = block.view(np.int64)
    for k, one in enumerate(choices):
        mask = int(numbers[slot(template.spans, "forced", "available", k)])
        if mask:
            options = template.options(DecisionKind(one.kind))
            return one, [name for n, name in enumerate(options) if mask >> n & 1]
    raise AssertionError("no forced choice was barred")
