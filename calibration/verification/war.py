"""Known answers on crises, what war teaches, and the choice to fight on or to halt: odd.md 7.8."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import stats

from calibration.verification.answer import Answer, exact, mean, share, variance
from calibration.verification.bench import STRONG, WEAK, Array, Bench, Place
from calibration.verification.price import Mind, at_war, sigma, utility
from sim.vocabulary.codes import CrisisKind, Fighting

#: war without anybody who can be hit
UNARMED = {
    f"states.{STRONG}.combat_aircraft": 0,
    f"states.{WEAK}.combat_aircraft": 0,
    "rules.clash.effectiveness": 0,
}


def answers(bench: Bench) -> Iterator[Answer]:
    """All of them."""
    yield mixture(bench)
    yield aims(bench)
    yield hopes(bench)
    yield learning(bench)
    yield lag(bench)
    yield weariness(bench)
    yield halting(bench)


def _crises(bench: Bench, *places: str) -> dict[str, Array]:
    """Kinds of crisis and words of both sides, in crises that open on day 1."""
    start = bench.start(1, {**UNARMED, "rules.bargaining.aim_spread": 0.8})
    put = {**at_war(start), Place("pairs", "quiet"): 1000}
    where = [Place("pairs", "crisis_kind")]
    where += [start.dyad(name, state) for name in places for state in (STRONG, WEAK)]
    kind, *words = start.futures(bench.many(40_000), put, *where)
    return {"kind": kind, **{name: words[2 * k] for k, name in enumerate(places)},
            **{f"their {name}": words[2 * k + 1] for k, name in enumerate(places)}}  # fmt: skip


def mixture(bench: Bench) -> Answer:
    """Kinds of crises."""
    kind, rule = _crises(bench)["kind"], bench.start(1).rule
    some, hard = rule("bargaining_demonstration"), rule("bargaining_attrition")
    shares = {
        CrisisKind.DEMONSTRATION: some,
        CrisisKind.LIMITED: 1 - some - hard,
        CrisisKind.ATTRITION: hard,
    }
    points = [share(k.word, kind == k, known, 1 / 3) for k, known in shares.items()]
    return Answer(
        "mixture",
        "7.8; Powell 2006; Fearon 2004",
        "kinds of crises come with their shares",
        "p(demonstration), 1 - both, p(attrition)",
        "a third each",
        tuple(points),
    )


def aims(bench: Bench) -> Answer:
    """Aims of sides within a kind of crisis."""
    found, rule, spread = _crises(bench, "aim"), bench.start(1).rule, 0.8
    none = float(stats.norm.cdf(-1 / spread))
    scale = (1 - none) + spread * float(stats.norm.pdf(1 / spread))  # mean of max(0, 1 + sN)
    points = []
    for kind in CrisisKind:
        aim = found["aim"][found["kind"] == kind]
        typical = rule(f"bargaining_aim_{kind.word}")
        points += [
            mean(f"mean, {kind.word}", aim, typical * scale, typical),
            share(f"none, {kind.word}", aim == 0, none, none / 2),
        ]
    return Answer(
        "aims",
        "7.8",
        "a side's aim is that of its kind, spread, and never below nothing",
        "A = a max(0, 1 + sN): P(0) = Φ(-1/s), mean a(Φ(1/s) + s φ(1/s)), s = 0.8",
        "an aim that may be negative (mean a), half as often none",
        tuple(points),
    )


def hopes(bench: Bench) -> Answer:
    """Optimism, private values and the hidden balance of a crisis."""
    found, start = _crises(bench, "optimism", "private", "balance"), bench.start(1)
    rule = start.rule
    men = [
        start.read(Place("states", "personnel", (start.state(s),)))
        * start.read(Place("states", "mobilised", (start.state(s),)))
        for s in (STRONG, WEAK)
    ]
    numbers = rule("bargaining_balance_numbers") * float(np.log(men[0] / men[1]))
    points = []
    for name, centre, spread in (
        ("optimism", rule("bargaining_optimism"), rule("bargaining_optimism_spread")),
        ("private", 0.0, rule("bargaining_private")),
        ("balance", numbers, rule("bargaining_balance_spread")),
    ):
        points += [
            mean(f"{name}, mean", found[name], centre, centre + 0.1),
            variance(f"{name}, variance", found[name], spread**2, 2 * spread**2),
        ]
    both = float(np.abs(found["balance"] + found["their balance"]).max())
    points.append(exact("balances add up to", both, 0.0, 1.0))
    products = (found["optimism"] - rule("bargaining_optimism")) * (
        found["their optimism"] - rule("bargaining_optimism")
    )
    points.append(mean("optimism of both", products, 0.0, rule("bargaining_optimism_spread") ** 2))
    return Answer(
        "hopes",
        "7.8; Slantchev 2003",
        "hopes, private values and the hidden balance of a crisis",
        "normal: mean and sd of the rules; the balance has b ln(n/n') as mean and the other sign "
        "for the other side; the sides' hopes are independent",
        "means 0.1 higher, variances twice, hopes in common",
        tuple(points),
    )


def _learnt(rule: dict[str, float], ours: Array, theirs: Array) -> tuple[float, float, float]:
    """Information, result and text after these days' dead, by the recursion of odd.md."""
    information = result = text = 0.0
    for d, e in zip(ours, theirs, strict=True):
        seen = np.log(1 + e) - np.log(1 + d)
        weight = min(1.5, np.log(1 + d + e) / np.log(1 + 2 * rule["usual_dead"]))
        information += weight
        result += weight * (seen - result) / (rule["conviction"] + information)
        text += (result - text) / rule["text_lag"]
    return information, result, text


def learning(bench: Bench) -> Answer:
    """What a war of forty days teaches, from the dead of each of its days."""
    start, days = bench.start(40), 40
    names = ("usual_dead", "conviction", "text_lag")
    rule = {name: start.rule(f"bargaining_{name}") for name in names}
    points = []
    for stream in (1, 2):
        story = start.story({**at_war(start), Place("pairs", "information"): 0.0}, stream)
        ours, theirs = (
            np.diff(start.words(story.blocks, start.dyad("crisis_losses", state)), prepend=0.0)
            for state in (STRONG, WEAK)
        )
        known = _learnt(rule, ours, theirs)
        wrong = _learnt({**rule, "conviction": 0.0, "text_lag": rule["text_lag"] + 1}, ours, theirs)
        found = [
            start.words(story.blocks, place)[days - 1]
            for place in (
                Place("pairs", "information"),
                start.dyad("result", STRONG),
                start.dyad("text", STRONG),
            )
        ]
        points += [
            exact(f"{name}, war {stream}", *values)
            for name, values in zip(
                ("information", "result", "text"),
                zip(found, known, wrong, strict=True),
                strict=True,
            )
        ]
    return Answer(
        "learning",
        "7.8; Filson and Werner 2002; Slantchev 2003",
        "what the dead of each day teach both sides",
        "I' = I + h, R' = R + h(y - R)/(n0 + I'), T' = T + (R' - T)/lag, "
        "y = ln((1 + d')/(1 + d)), h = min(1.5, ln(1 + d + d')/ln(1 + 2d̄))",
        "no conviction before the war, a text one day later",
        tuple(points),
    )


def lag(bench: Bench) -> Answer:
    """The text on the table follows the field."""
    start, seen = bench.start(30, UNARMED), 0.5
    put = {**at_war(start), start.dyad("result", STRONG): seen, start.dyad("text", STRONG): 0.0}
    text = start.words(start.story(put).blocks, start.dyad("text", STRONG))
    kept = 1 - 1 / start.rule("bargaining_text_lag")
    points = [
        exact(f"day {day}", text[day - 1], seen * (1 - kept**day), seen)
        for day in (1, 3, 7, 14, 30)
    ]
    return Answer(
        "lag",
        "7.8",
        "the text on the table comes nearer to the result day by day",
        "T = R(1 - (1 - 1/lag)^t) while nobody dies",
        "the result itself: no lag",
        tuple(points),
    )


def weariness(bench: Bench) -> Answer:
    """Weariness saturates in the dead per thousand mobilised men."""
    start, days, points = bench.start(10), 10, []
    i = start.state(STRONG)
    half = start.rule("stocks_weariness_losses")
    for losses in (0.5, 3.0, 30.0):
        story = start.story({Place("states", "losses", (i,)): losses})
        left = losses * np.exp(-days / start.rule("stocks_weariness_life"))
        found = start.words(story.blocks, Place("states", "weariness", (i,)))[-1]
        points.append(exact(f"{losses:g} a thousand", found, left / (left + half), left / half))
    return Answer(
        "weariness",
        "7.10",
        "weariness saturates in losses per thousand mobilised men",
        "W = L/(L + l0), L fading with its life",
        "weariness in proportion to losses",
        tuple(points),
    )


#: minds of the side that decides, whether the rival has halted, and whether the side itself has
_WARS: tuple[tuple[str, Mind, bool, bool], ...] = (
    ("a small aim", Mind(aim=0.1), False, False),
    ("a large aim", Mind(aim=0.6), False, False),
    ("optimism", Mind(aim=0.1, optimism=0.5), False, False),
    ("behind", Mind(aim=0.1, result=-0.4, text=-0.1), False, False),
    ("ahead", Mind(aim=0.1, result=0.4, text=0.4), False, False),
    ("many dead", Mind(aim=0.1, lost=600), False, False),
    ("weary", Mind(aim=0.4, weariness=0.7, pressure=0.5), False, False),
    ("no targets", Mind(aim=0.4, targets=0.2, private=0.3), False, False),
    ("outrage", Mind(aim=0.0, outrage=1.0), False, False),
    ("rival halted", Mind(aim=0.4), True, False),
    ("halted itself", Mind(aim=0.4), False, True),
)


def halting(bench: Bench) -> Answer:
    """How often a side at war halts."""
    start = bench.start(1, {**UNARMED, "rules.choice.war_attention": 1})
    rule, trust, information, points = start.rule, 0.3, 3.0, []
    calm = int(start.read(start.dyad("posture", STRONG)))
    for label, mind, rival, own in _WARS:
        put = {
            **at_war(start),
            **mind.words(start, STRONG),
            Place("pairs", "trust"): trust,
            Place("pairs", "information"): information,
        }
        put |= {start.dyad("posture", WEAK): calm} if rival else {}
        put |= {start.dyad("posture", STRONG): calm} if own else {}
        (chosen,) = start.futures(bench.many(20_000), put, start.dyad("choice", STRONG))
        u = utility(start, STRONG, mind, information=information, trust=trust)
        u -= rule("bargaining_alone") - rule("bargaining_reciprocity") * rival
        u += rule("bargaining_inertia") * (1 if own else -1)
        known = sigma(rule("bargaining_rationality") * u)
        points.append(share(label, chosen == Fighting.HALT, known, sigma(u)))
    return Answer(
        "halting",
        "7.8; McKelvey and Palfrey 1995",
        "how often a side at war halts",
        "σ(rationality u), u the sum of the table - alone + reciprocity ∓ inertia",
        "σ(u): precision left out",
        tuple(points),
    )
