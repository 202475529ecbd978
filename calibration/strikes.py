"""Rows of the table of tempo on strikes: how often, after what, answered how, and who acts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration import figures
from calibration.figures import NOTHING, Figure
from calibration.record import KIND, RUNGS, Cast, Record, rungs
from calibration.rows import Row, per_run, pooled
from calibration.statistics import Estimate, control, episodes, lags, median, middle, near
from sim.vocabulary.ladder import Action, Rung

SECTION = "Strikes and answers"
ACTORS = "Who acts"
GAP_DAYS = (
    7  # acts fewer than this many days apart belong to one episode, in the model and in the record
)
STRIKE, CRISIS = int(Rung.LIMITED_STRIKES), int(Rung.MILITARY_STRIKES)
RAID, FIRE = int(Rung.RAID), int(Rung.BORDER_FIRE)
BEFORE_DAYS = 2
REPLY_DAYS = 7
SHORT_REPLY_DAYS = 4
A, B = "pakistan", "afghanistan"


class Episodes(NamedTuple):
    """Episodes of strikes: first day, who opened, the highest national rung, A's first strike."""

    first: NDArray[np.int64]
    opener: NDArray[np.int64]
    top: NDArray[np.int64]
    strikes: NDArray[np.int64]


def read(record: Record, cast: Cast) -> Episodes:
    """Cluster the national acts of rung 4 and above."""
    acts = record.of("act")
    rung = RUNGS[acts["action"]]
    high, level = acts[rung >= STRIKE], rung[rung >= STRIKE]
    found = episodes(high["day"], GAP_DAYS)
    inside = [(high["day"] >= a) & (high["day"] <= b) for a, b in found]
    ours = high["actor"] == cast.state(A)
    strikes = [int(high["day"][i & ours].min()) for i in inside if (i & ours).any()]
    return Episodes(
        np.array([a for a, _ in found], dtype=np.int64),
        np.array([high["actor"][i][0] for i in inside], dtype=np.int64),
        np.array([level[i].max() for i in inside], dtype=np.int64),
        np.array(strikes, dtype=np.int64),
    )


def rows(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on strikes, their triggers and their answers."""
    read_all = [read(r, cast) for r in records]
    return [
        *_counts(read_all, cast),
        *_before(records, read_all, cast),
        *_after(records, read_all, cast),
    ]


def _counts(found: list[Episodes], cast: Cast) -> list[Row]:
    crises = np.array([(e.top >= CRISIS).sum() for e in found])
    opened = [int((e.opener == cast.state(A)).sum()) for e in found]
    each = [len(e.first) for e in found]
    return [
        per_run(
            "episodes",
            SECTION,
            "episodes of strikes in the 25 months",
            each,
            figures.strike_episodes(),
        ),
        pooled(
            "opened_by_pakistan",
            SECTION,
            "share of episodes opened by Pakistan",
            opened,
            each,
            figures.opened_by(A),
        ),
        per_run(
            "crises", SECTION, "episodes that reach rung 5", crises, figures.strike_episodes(CRISIS)
        ),
        pooled(
            "no_crisis",
            SECTION,
            "share of histories without such an episode",
            crises == 0,
            np.ones(len(crises)),
        ),
    ]


def _before(records: list[Record], found: list[Episodes], cast: Cast) -> list[Row]:
    made = []
    for dead in (2, 5):
        days = [_attack_days(r, cast, dead) for r in records]
        strikes = [e.strikes[e.strikes > BEFORE_DAYS] for e in found]
        hits = [int(near(s, d, -BEFORE_DAYS, 0).sum()) for s, d in zip(strikes, days, strict=True)]
        any_day = float(np.mean([control(cast.horizon, d, -BEFORE_DAYS, 0) for d in days]))
        what = (
            f"first strikes with an attack of {dead}+ dead on the day or the {BEFORE_DAYS} before"
        )
        made.append(
            pooled(
                f"preceded_{dead}",
                SECTION,
                what,
                hits,
                [len(s) for s in strikes],
                figures.preceded(dead, BEFORE_DAYS),
                any_day,
            )
        )
    return made


def _attack_days(record: Record, cast: Cast, dead: int) -> NDArray[np.int64]:
    attacks = record.of("attack")
    toll = attacks["dead_security"] + attacks["dead_civilians"]
    return attacks["day"][(attacks["target"] == cast.state(A)) & (toll >= dead)]


def _after(records: list[Record], found: list[Episodes], cast: Cast) -> list[Row]:
    made: list[Row] = []
    for key, what, rung, national in (
        (
            "answered_any",
            f"first strikes answered within {REPLY_DAYS} days by any armed act",
            FIRE,
            False,
        ),
        (
            "answered_raid",
            f"the same by a raid or more, ordered or local (rung {RAID}+)",
            RAID,
            False,
        ),
        (
            "answered_state",
            f"the same by an armed act that the capital orders (rung {FIRE}+)",
            FIRE,
            True,
        ),
    ):
        made += _answers(
            key,
            what,
            [_armed(r, cast.state(B), rung, national) for r in records],
            found,
            cast,
            figures.answered(rung, REPLY_DAYS),
        )
    return made


def _armed(record: Record, state: int, rung: int, national: bool) -> NDArray[np.int64]:
    """Days with an armed act of a state, or unless `national` its commands, at a rung or above."""
    events = record.events
    kinds = (KIND["act"],) if national else (KIND["act"], KIND["clash"])
    return events["day"][
        np.isin(events["kind"], kinds) & (events["actor"] == state) & (rungs(events) >= rung)
    ]


def _answers(
    key: str,
    what: str,
    replies: list[NDArray[np.int64]],
    found: list[Episodes],
    cast: Cast,
    data: Figure,
) -> list[Row]:
    strikes = [e.strikes[e.strikes <= cast.horizon - REPLY_DAYS] for e in found]
    waits = [lags(s, r, 1, REPLY_DAYS) for s, r in zip(strikes, replies, strict=True)]
    any_day = float(np.mean([control(cast.horizon, r, 1, REPLY_DAYS) for r in replies]))
    hits = [int((~np.isnan(w)).sum()) for w in waits]
    made = [pooled(key, SECTION, what, hits, [len(w) for w in waits], data, any_day)]
    return made + _waits(waits, hits, replies, cast) if key == "answered_state" else made


def _waits(
    waits: list[NDArray[np.float64]], hits: list[int], replies: list[NDArray[np.int64]], cast: Cast
) -> list[Row]:
    """How soon the answers come that come at all, and how soon they would after any day."""
    known = np.concatenate(waits)
    every_day = np.arange(1, cast.horizon - REPLY_DAYS + 1)
    after_any = np.concatenate([lags(every_day, r, 1, REPLY_DAYS) for r in replies])
    soon, any_soon = (
        [int((w <= SHORT_REPLY_DAYS).sum()) for w in waits],
        int((after_any <= SHORT_REPLY_DAYS).sum()),
    )
    by_chance = any_soon / max(int((~np.isnan(after_any)).sum()), 1)
    what = f"of those answered so, within {SHORT_REPLY_DAYS} days"
    return [
        pooled(
            "reply_soon",
            SECTION,
            what,
            soon,
            hits,
            figures.reply_within(SHORT_REPLY_DAYS),
            by_chance,
        ),
        Row(
            "reply_median",
            SECTION,
            "median days to that answer",
            Estimate(median(known)),
            middle(known),
            figures.reply_median(),
            median(after_any),
        ),
    ]


def _by_order(action: Action) -> str:
    """An action in the words of the table; below strikes a border command may do the same."""
    name = action.word.replace("_", " ")
    return name if action.rung >= STRIKE else f"{name} by order"


_ARMED = [action for action in Action if action.kills]
_ACTS: dict[str, list[Action]] = {
    "act of rung 4 or above": [action for action in _ARMED if action.rung >= STRIKE],
    **{_by_order(action): [action] for action in _ARMED if action.rung >= STRIKE},
    **{_by_order(action): [action] for action in reversed(_ARMED) if action.rung < STRIKE},
}


def actors(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on who does what: days with such an act, a history."""
    made = []
    for state in (A, B):
        for name, actions in _ACTS.items():
            days = [len(np.unique(_days(r, cast.state(state), actions))) for r in records]
            made.append(
                per_run(
                    f"days_{name.replace(' ', '_')}_{state}",
                    ACTORS,
                    f"{state.title()}: days with {name}",
                    days,
                    _known(state, name),
                )
            )
        clashes = [int((r.of("clash")["actor"] == cast.state(state)).sum()) for r in records]
        made.append(
            per_run(
                f"clashes_{state}",
                ACTORS,
                f"{state.title()}: fire and raids begun by border commands",
                clashes,
            )
        )
    return made


def _days(record: Record, state: int, actions: list[Action]) -> NDArray[np.int64]:
    acts = record.of("act")
    return acts["day"][(acts["actor"] == state) & np.isin(acts["action"], actions)]


def _known(state: str, name: str) -> Figure:
    if name == "act of rung 4 or above":
        return figures.act_days(state, STRIKE)
    return figures.offensive_days(B) if (name, state) == ("ground offensive", B) else NOTHING
