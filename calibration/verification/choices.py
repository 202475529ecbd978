"""Known answers on decisions: what is chosen, when orders become acts, local raids: odd.md 7.5."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calibration.verification.answer import Answer, Point, exact, mean, share
from calibration.verification.bench import STRONG, WEAK, Array, Bench, Place
from sim.engine.replication import replay
from sim.vocabulary.decisions import DecisionKind, Header
from sim.vocabulary.ladder import Action, Domain
from sim.vocabulary.policies import Policy

_RAID_DAY = Place("tally", "first_raid_day")
_TABLES = "af_pk_2026"  # a scenario in which every kind of decision is made


def answers(bench: Bench) -> Iterator[Answer]:
    """All of them."""
    yield softmax(bench)
    yield orders(bench)
    yield local_raids(bench)
    yield from tables(bench)


def softmax(bench: Bench) -> Answer:
    """Choices of a state whose utilities are known: only the demanded rung weighs."""
    weight, outrage, grievance, points = 2.0, 0.3, 0.5, []
    weights = ("disrupt", "cost", "retaliation", "diplomatic", "commitment", "shadow", "inertia")
    more: dict[str, float] = {f"states.{STRONG}.weights.{name}": 0 for name in weights}
    more |= {f"states.{STRONG}.weights.punish": weight, "rules.choice.attention": 1}
    open_to = [action for action in Action if action.domain is not Domain.NUCLEAR]
    rungs = np.array([action.rung for action in open_to])
    for precision in (0.0, 2.0, 8.0):
        start = bench.start(1, {**more, f"states.{STRONG}.rationality": precision})
        put = {start.dyad("outrage", STRONG): outrage, start.dyad("grievance", STRONG): grievance}
        (chosen,) = start.futures(bench.many(20_000), put, start.dyad("choice", STRONG))
        resolve = start.read(Place("states", "resolve", (start.state(STRONG),)))
        anger = outrage + start.rule("feelings_grievance_share") * grievance
        demanded = 6 * (1 - np.exp(-resolve * anger))
        known, wrong = (
            _shares(precision * weight * -((np.abs(rungs - demanded) / 6) ** power))
            for power in (2, 1)
        )
        points += [
            share(f"{action.word.replace('_', ' ')}, λ {precision:g}", chosen == action, *pair)
            for action, *pair in zip(open_to, known, wrong, strict=True)
        ]
    return Answer(
        "softmax",
        "7.5; McKelvey and Palfrey 1995; Fearon 1994",
        "choices of a state for which only the demanded rung weighs",
        "p proportional to exp(-λw((r - r*)/6)²), r* = 6(1 - exp(-resolve(O + share G)))",
        "distance to the demanded rung not squared",
        tuple(points),
    )


def _shares(utility: Array) -> Array:
    raw = np.exp(utility - utility.max())
    return np.asarray(raw / raw.sum())


def orders(bench: Bench) -> Answer:
    """How long an order waits."""
    delay, points = 2.0, []
    start = bench.start(15, {"rules.choice.delay": delay})
    put = {start.dyad("order", STRONG): int(Action.RAID)}
    (day,) = start.futures(bench.many(20_000), put, _RAID_DAY)
    chance = 1 / (1 + delay * Action.RAID.delay_days)
    for n in (1, 3, 6, 12):
        known = 1 - (1 - chance) ** n
        points.append(share(f"by day {n}", day <= n, known, 1 - np.exp(-n / delay)))
    return Answer(
        "orders",
        "7.5",
        "orders are carried out after a geometric wait",
        "P(by day n) = 1 - (1 - p)^n, p = 1/(1 + delay)",
        "1 - exp(-n/delay)",
        tuple(points),
    )


def local_raids(bench: Bench) -> Answer:
    """How long it takes until a border command raids by itself."""
    rate, discipline, points = 0.02, 0.6, []
    more = {f"states.{state}.discipline": discipline for state in (STRONG, WEAK)}
    start = bench.start(40, {**more, "rules.commands.raid_rate": rate})
    (day,) = start.futures(bench.many(20_000), {}, _RAID_DAY)
    chance = 2 * (1 - discipline) * rate
    commands = 2 * len(start.template.borders)
    for n in (1, 5, 15, 40):
        known = 1 - (1 - chance) ** (commands * n)
        points.append(share(f"by day {n}", day <= n, known, 1 - (1 - rate) ** (commands * n)))
    return Answer(
        "local_raids",
        "7.7",
        "days until one of the border commands raids by itself, in calm",
        "P(by day n) = 1 - (1 - 2(1 - discipline) rate)^(commands n)",
        "the rate alone: no discipline",
        tuple(points),
    )


class _Decisions:
    """Decisions of some replications, from the words of their ledgers.

    Attributes
    ----------
    added, chosen : largest distances of utilities from their sums, and of probabilities from the
        quantal response to them
    of : by kind of decision, whether the first option was taken, its probability and that of the
        last option
    """

    def __init__(self, bench: Bench) -> None:
        template = bench.start(120, name=_TABLES).template
        self.added = self.chosen = self.unweighed = 0.0
        self.of: dict[int, list[tuple[bool, float, float]]] = {}
        for replication in range(max(int(60 * bench.share), 10)):
            words = replay(template, bench.seed, replication, ledger=True).ledger
            at = 0
            while at < len(words):
                length = int(words[at + Header.LENGTH])
                self._read(words[at : at + length])
                at += length

    def _read(self, words: Array) -> None:
        options, terms = int(words[Header.OPTIONS]), int(words[Header.TERMS])
        at = len(Header) + int(words[Header.EXTRAS])
        parts = np.split(words[at:], np.cumsum([terms, options, options * terms, options]))
        weights, barred, table, utility, probability = parts
        total = table.reshape(options, terms) @ weights
        free = barred == 0
        self.added = max(self.added, float(np.abs(total - utility)[free].max()))
        if words[Header.POLICY] != Policy.QUANTAL:
            return
        response = np.zeros(options)
        response[free] = _shares(words[Header.RATIONALITY] * total[free])
        plain = np.zeros(options)
        plain[free] = _shares(total[free])
        self.chosen = max(self.chosen, float(np.abs(response - probability).max()))
        self.unweighed = max(self.unweighed, float(np.abs(plain - probability).max()))
        case = (words[Header.TAKEN] == 0, float(probability[0]), float(probability[-1]))
        self.of.setdefault(int(words[Header.KIND]), []).append(case)


def tables(bench: Bench) -> Iterator[Answer]:
    """The tables that decide, in whole replications."""
    found = _Decisions(bench)
    count = sum(len(cases) for cases in found.of.values())
    yield Answer(
        "tables",
        "4, 7.5, 7.8",
        f"every table of {count:,} decisions adds up, and is what decides",
        "u = table x weights; p = exp(λu)/sum; largest distance",
        "λ left out",
        (
            exact("utilities", found.added, 0.0, 1.0),
            exact("probabilities", found.chosen, 0.0, found.unweighed),
        ),
    )
    yield Answer(
        "as_shown",
        "7.5, 7.8",
        "the first option is taken as often as its probabilities say",
        "mean of (taken - p) is 0, by kind of decision",
        "the probability of the last option",
        tuple(_as_often(DecisionKind(kind), cases) for kind, cases in sorted(found.of.items())),
    )


def _as_often(kind: DecisionKind, cases: list[tuple[bool, float, float]]) -> Point:
    """Taken minus probability; the error is that of independent draws of these probabilities."""
    taken, first, last = (np.array(column, np.float64) for column in zip(*cases, strict=True))
    point = mean(kind.word, taken - first, 0.0, float((last - first).mean()))
    error = float(np.sqrt((first * (1 - first)).sum()) / len(first))
    z, z_wrong = ((point.found - value) / error if error else 0.0 for value in point[2:4])
    return point._replace(error=error, z=z, z_wrong=z_wrong)
