"""Known answers on fighting and on the books: odd.md 7.1.1, 7.6 and 7.8."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calibration.verification.answer import Answer, exact, mean, variance
from calibration.verification.bench import STRONG, WEAK, Bench, Place
from calibration.verification.price import at_war
from sim.engine.replication import run_chunk
from sim.vocabulary.ladder import Action

_BOOKS = ("two_states", "af_pk_2026", "three_states")


def answers(bench: Bench) -> Iterator[Answer]:
    """All of them."""
    yield lanchester(bench)
    yield strikes(bench)
    yield prowess(bench)
    yield books(bench)


def _exchange(kill: float, defence: float, men: tuple[float, float], rounds: int) -> list[float]:
    """Mean and variance of the dead of both sides after some rounds of Poisson losses."""
    mean_men = np.array(men)
    lost = np.array([[0.0, kill], [kill / defence, 0.0]])  # mean losses by men of both sides
    step = np.eye(2) - lost
    spread = np.zeros((2, 2))
    for _ in range(rounds):
        spread = step @ spread @ step.T + np.diag(lost @ mean_men)
        mean_men = step @ mean_men
    fell = np.array(men) - mean_men
    return [fell[0], spread[0, 0], fell[1], spread[1, 1]]


def lanchester(bench: Bench) -> Answer:
    """Losses of an offensive that is fought out over eight rounds."""
    kill, points = 0.02, []
    for defence in (1.0, 1.5):
        start = bench.start(
            1,
            {
                "rules.clash.effectiveness": kill,
                "rules.clash.break_share": 1,
                "rules.clash.rounds": 8,
                "rules.clash.sectors": 1,
                "rules.clash.defence_hill": defence,
                "rules.clash.defence_plain": defence,
                "rules.choice.delay": 0,
            },
        )
        put = {
            start.dyad("order", STRONG): int(Action.GROUND_OFFENSIVE),
            Place("pairs", "quiet"): 0,
        }
        losses = [start.dyad("crisis_losses", state) for state in (STRONG, WEAK)]
        attackers, defenders = start.futures(bench.many(20_000), put, *losses)
        sent, posts = start.rule("clash_offensive_men"), 3 * start.rule("clash_post_men")
        known = _exchange(kill, defence, (sent, posts), 8)
        linear = [8 * kill * posts, 8 * kill * posts, 8 * kill * sent, 8 * kill * sent]
        for side, dead, k in (("attackers", attackers, 0), ("defenders", defenders, 2)):
            points += [
                mean(f"{side}, mean, {defence:g}", dead, known[k], linear[k]),
                variance(f"{side}, variance, {defence:g}", dead, known[k + 1], linear[k + 1]),
            ]
    return Answer(
        "lanchester",
        "7.6; Lanchester 1916",
        "dead of both sides after eight rounds of an offensive",
        "A' = A - kD, D' = D - kA/defence in the mean (the square law), losses Poisson: exact "
        "moments of the linear recursion",
        "men who do not become fewer, no defence",
        tuple(points),
    )


def strikes(bench: Bench) -> Answer:
    """The mean dead of a limited strike."""
    points = []
    start = bench.start(1, {"rules.choice.delay": 0})
    for targets in (1.0, 0.4):
        put = {
            start.dyad("order", STRONG): int(Action.LIMITED_STRIKE),
            start.dyad("targets", STRONG): targets,
        }
        weak = start.state(WEAK)
        militants, civilians = start.futures(
            bench.many(40_000),
            put,
            Place("groups", "deaths"),
            Place("states", "deaths_civilian", (weak,)),
        )
        spread = np.exp(start.rule("strike_spread") ** 2 / 2)
        known = start.rule("strike_militants") * targets
        points.append(mean(f"militants, T {targets:g}", militants, known, known / spread))
        killed = start.rule("strike_civilians")
        points.append(mean(f"civilians, T {targets:g}", civilians, killed, killed / spread))
    return Answer(
        "strikes",
        "7.6",
        "mean dead of a limited strike on a list of targets T",
        "militants T times the number of the rules, civilians the number itself",
        "the medians of the lognormals",
        tuple(points),
    )


def prowess(bench: Bench) -> Answer:
    """What the hidden balance does to the dead of a day of war."""
    points, targets = [], 0.5
    start = bench.start(
        1,
        {
            "rules.clash.effectiveness": 0,
            **{f"rules.strike.{name}": 0 for name in ("civilians", "opening")},
            "rules.strike.spread": 0.2,
        },
    )
    exposed = start.rule("strike_war_soldiers") * (0.3 + 0.7 * targets)
    for balance in (-0.8, 0.0, 0.8):
        put = {
            **at_war(start),
            start.dyad("balance", STRONG): balance,
            start.dyad("balance", WEAK): -balance,
            **{start.dyad("targets", state): targets for state in (STRONG, WEAK)},
            **{start.dyad("crisis_losses", state): 0.0 for state in (STRONG, WEAK)},
        }
        losses = [start.dyad("crisis_losses", state) for state in (WEAK, STRONG)]
        for sign, dead in zip(
            (1, -1), start.futures(bench.many(40_000), put, *losses), strict=True
        ):
            known = exposed * np.exp(sign * balance / 2)
            label = f"dead of the {'weak' if sign > 0 else 'strong'}, b {balance:g}"
            points.append(mean(label, dead, known, exposed * np.exp(sign * balance)))
    return Answer(
        "prowess",
        "7.6, 7.8",
        "dead of the strikes of a day of war, by the hidden balance",
        "war_soldiers (0.3 + 0.7 T) exp(b/2)",
        "exp(b)",
        tuple(points),
    )


def books(bench: Bench) -> Answer:
    """Who died in whole replications, counted in several ways."""
    points = []
    for name in _BOOKS:
        template = bench.start(120, name=name).template
        chunk = run_chunk(template, bench.seed, 0, max(int(400 * bench.share), 40))
        found = {m.name: chunk.measures[:, k] for k, m in enumerate(template.measures)}
        soldiers, civilians = (
            sum(found[f"deaths_{state}_{kind}"] for state in template.states)
            for kind in ("security", "civilian")
        )
        militants = sum(found[f"deaths_{group}"] for group in template.groups)
        parts = soldiers + civilians + militants
        off = np.abs(found["deaths"] - parts).max()
        points += [
            exact(f"{name}: by kind", float(off), 0.0, float(np.max(militants))),
            exact(
                f"{name}: by day",
                float(np.abs(found["deaths"] - chunk.deaths.sum(axis=1)).max()),
                0.0,
                1.0,
            ),
            exact(
                f"{name}: between states",
                float(np.abs(found["interstate_deaths"] - chunk.interstate.sum(axis=1)).max()),
                0.0,
                1.0,
            ),
        ]
    return Answer(
        "books",
        "7.1.1",
        "the dead of whole replications, counted by kind and by day",
        "deaths = soldiers + civilians + fighters = sum of the days; largest difference",
        "fighters left out",
        tuple(points),
    )
