"""Known answers on talks, ceasefires and their end: odd.md 7.8."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calibration.verification.answer import Answer, Point, exact, mean, share, variance
from calibration.verification.bench import MEDIATOR, STRONG, WEAK, Array, Bench, Place, Start
from calibration.verification.price import Mind, at_war, sigma, utility
from calibration.verification.war import UNARMED
from sim.vocabulary.codes import Stage, TruceKind

#: acts that leave neither feelings nor pressure: a day of war changes no answer of its evening
_NUMB = {
    **UNARMED,
    **{f"rules.feelings.{name}": 0 for name in ("act_outrage", "act_deaths", "act_grievance")},
    "rules.stocks.pressure_rung": 0,
}
_EAGER = {"rules.bargaining.openness": 10}  # everybody says yes
_TRUST = Place("pairs", "trust")
_QUALITY, _FORCE = Place("pairs", "ceasefire"), Place("pairs", "in_force")
_GUARANTEE, _STAGE = Place("pairs", "guarantee"), Place("talks", "stage", (0, 0))
_OFFERS, _ACTIVITY = Place("tally", "offers"), Place("pairs", "activity")


def answers(bench: Bench) -> Iterator[Answer]:
    """All of them."""
    yield offers(bench)
    yield consent(bench)
    yield hotline(bench)
    yield pauses(bench)
    yield entry(bench)
    yield ties(bench)
    yield guarantee(bench)
    yield fixed_point(bench)
    yield age(bench)
    yield contact(bench)
    yield relapse(bench)


def _leverage(strong: float, weak: float) -> dict[str, float]:
    path = f"mediators.{MEDIATOR}.leverage"
    return {f"{path}.{STRONG}": strong, f"{path}.{WEAK}": weak}


def offers(bench: Bench) -> Answer:
    """How often a mediator offers talks, and then a text."""
    points = []
    for label, leverage, height, stage in (
        ("access, war", 0.6, 0.0, Stage.NONE),
        ("access, activity 5", 0.6, 5.0, Stage.NONE),
        ("access, leverage 0.1", 0.1, 5.0, Stage.NONE),
        ("text", 0.6, 5.0, Stage.ACCESS),
    ):
        start = bench.start(1, {**_NUMB, **_leverage(leverage, leverage)})
        put = {_ACTIVITY: height, _STAGE: stage, **({} if height else at_war(start))}
        (made,) = start.futures(bench.many(20_000), put, _OFFERS)
        ready = start.rule(f"mediation_{'speed' if stage else 'eagerness'}")
        now = height * np.exp(-1 / start.rule("mediation_activity_life")) if height else 6.0
        credibility = start.read(Place("mediators", "credibility"))
        odds = ready / (1 - ready) * (0.3 + 1.4 * leverage) * credibility / 0.8
        odds *= 1.0 if stage else 0.25 + 0.75 * now / 6
        points.append(share(label, made > 0, odds / (1 + odds), ready))
    return Answer(
        "offers",
        "7.8; Beardsley 2008",
        "how often a mediator offers talks, and then a text",
        "odds p/(1 - p) (0.25 + 0.75 a/6)(0.3 + 1.4 leverage) credibility/0.8, a text without "
        "the height",
        "p, whatever the height and the leverage",
        tuple(points),
    )


#: what a side thinks, at war and below it
_MINDS = {
    "no aim": Mind(),
    "an aim": Mind(aim=0.8),
    "optimism": Mind(aim=0.3, optimism=0.6),
    "weary": Mind(aim=1.0, weariness=0.8, targets=0.5),
}


_RIVAL = Mind(aim=0.5)


def consent(bench: Bench) -> Answer:
    """How often both sides say yes: to talks, to a text, and to prolonging a pause."""
    leverage, points = 0.6, []
    more = {**_NUMB, **_leverage(leverage, leverage), "rules.mediation.entry": 0.01}
    start = bench.start(1, more)
    for label, mind in _MINDS.items():
        for war in (True, False):
            put = {**mind.words(start, STRONG), **_RIVAL.words(start, WEAK), _TRUST: 0.3}
            put |= at_war(start) if war else {_ACTIVITY: 6.0, Place("pairs", "quiet"): 0}
            for stage in (Stage.NONE, Stage.ACCESS):
                made, after, begun = start.futures(
                    bench.many(20_000), {**put, _STAGE: stage}, _OFFERS, _STAGE, _FORCE
                )
                yes = ((after == stage + 1) | (begun == 1))[made > 0]
                extra = start.rule("mediation_leverage") * leverage
                extra += 0 if stage else start.rule("mediation_access")
                known, wrong = _both(start, mind, war=war, extra=extra)
                step = "text" if stage else "talks"
                points.append(
                    share(f"{label}, {'war' if war else 'crisis'}, {step}", yes, known, wrong)
                )
    points += _prolonged(bench)
    return Answer(
        "consent",
        "7.8; Zartman 1989",
        "how often both sides say yes: to talks, to a text, to a longer pause",
        "σ(rationality u)σ(rationality u'), u the table + leverage + access (talks) or harden "
        "(a pause); the price counts `below_war` in a crisis",
        "one yes for both sides",
        tuple(points),
    )


def _both(start: Start, mind: Mind, *, war: bool, extra: float) -> tuple[float, float]:
    """The chance that the strong side of this mind and a weak one that has an aim agree."""
    factor = 1.0 if war else start.rule("bargaining_below_war")
    yes = []
    for state, thought in ((STRONG, mind), (WEAK, _RIVAL)):
        now = thought.after_a_day_of_war() if war else thought
        u = utility(start, state, now, information=0.0, trust=0.3, factor=factor) + extra
        yes.append(sigma(start.rule("bargaining_rationality") * u))
    return yes[0] * yes[1], yes[0]


def _prolonged(bench: Bench) -> list[Point]:
    """Pauses on their last day."""
    start, points = bench.start(1, _NUMB), []
    for label, mind in (("no aim", Mind()), ("an aim", Mind(aim=0.8))):
        put = {**mind.words(start, STRONG), **_RIVAL.words(start, WEAK), _TRUST: 0.3}
        put |= {_FORCE: 1, _QUALITY: 0.5, Place("pairs", "age"): 2, Place("pairs", "pause"): 2,
                Place("pairs", "stopped_war"): 1}  # fmt: skip
        (held,) = start.futures(bench.many(20_000), put, _FORCE)
        extra, yes = start.rule("mediation_harden"), []
        for state, thought in ((STRONG, mind), (WEAK, _RIVAL)):
            u = utility(start, state, thought, information=0.0, trust=0.3) + extra
            yes.append(sigma(start.rule("bargaining_rationality") * u))
        points.append(share(f"{label}, pause", held == 1, yes[0] * yes[1], yes[0]))
    return points


def hotline(bench: Bench) -> Answer:
    """How often the sides themselves talk."""
    points, rate = [], 0.4
    start = bench.start(1, {**_NUMB, **_EAGER, "rules.mediation.hotline": rate})
    for label, trust, height in (
        ("war, trust 0", 0.0, 0.0),
        ("war, trust 0.8", 0.8, 0.0),
        ("activity 5, trust 0.4", 0.4, 5.0),
        ("activity 3, nobody talks", 0.4, 3.0),
    ):
        put = {_TRUST: trust, _ACTIVITY: height, **({} if height else at_war(start))}
        (begun,) = start.futures(bench.many(20_000), put, _FORCE)
        now = height * np.exp(-1 / start.rule("mediation_activity_life")) if height else 6.0
        known = rate * (0.4 + 0.6 * now / 6) * (0.6 + trust) * (now > 2.5)
        points.append(share(label, begun == 1, known, rate))
    return Answer(
        "hotline",
        "7.8",
        "how often the sides themselves talk of an end",
        "hotline (0.4 + 0.6 a/6)(0.6 + trust) while a > 2.5; all say yes here",
        "the rate alone",
        tuple(points),
    )


def pauses(bench: Bench) -> Answer:
    """Pauses of some days: how many agreements are one, and how long they are."""
    points = []
    for stop in (0.25, 0.5):
        start = bench.start(
            1, {**_NUMB, **_EAGER, "rules.mediation.hotline": 1, "rules.mediation.pause": stop}
        )
        put = {**at_war(start), _TRUST: 0.5}
        kind, days = start.futures(
            bench.many(40_000), put, Place("pairs", "truce_kind"), Place("pairs", "pause")
        )
        pause = kind == TruceKind.PAUSE
        dated = start.rule("mediation_dated")
        points.append(share(f"dated, {stop:g}", pause, dated, 0.5))
        points += [
            share(f"{n}+ days, {stop:g}", days[pause] >= n, (1 - stop) ** (n - 2),
                  np.exp(-stop * (n - 1)))
            for n in (3, 5, 8)
        ]  # fmt: skip
    return Answer(
        "pauses",
        "7.8",
        "pauses last two days and a geometric number more",
        "P(2 + k days or more) = (1 - q)^k; a share `dated` of agreements at war",
        "exponential from the first day; half of the agreements",
        tuple(points),
    )


def entry(bench: Bench) -> Answer:
    """How long a text that both accepted takes to enter into force."""
    chance, points = 0.6, []
    start = bench.start(12, {**_NUMB, "rules.mediation.entry": chance})
    (day,) = start.futures(
        bench.many(20_000), {**at_war(start), _STAGE: Stage.TEXT},
        Place("tally", "first_ceasefire_day"),
    )  # fmt: skip
    for n in (1, 2, 4, 8):
        known = 1 - (1 - chance) ** n
        points.append(share(f"by day {n}", day <= n, known, 1 - np.exp(-chance * n)))
    return Answer(
        "entry",
        "7.8",
        "a text that both have accepted enters into force with a chance a day",
        "P(by day n) = 1 - (1 - p)^n",
        "1 - exp(-pn): a rate, not a chance",
        tuple(points),
    )


def ties(bench: Bench) -> Answer:
    """Which of several ready channels concludes a ceasefire."""
    like = {"leverage": {STRONG: 0, WEAK: 0}, "credibility": 0.8, "assumed": "for the bench"}
    start = bench.start(
        1,
        {
            **_NUMB, **_EAGER, "rules.mediation.hotline": 1, "rules.mediation.entry": 1,
            "mediators.aland": like, "mediators.zetland": like,
        },
    )  # fmt: skip
    texts = {Place("talks", "stage", (m, 0)): float(Stage.TEXT) for m in range(3)}
    (by,) = start.futures(
        bench.many(40_000), {**at_war(start), **texts, _TRUST: 0.5}, Place("pairs", "mediator")
    )
    names = ("the sides", *start.template.mediators)
    points = [share(name, by == m - 1, 0.25, 0.7**m * 0.3) for m, name in enumerate(names)]
    return Answer(
        "ties",
        "7.1",
        "if several channels are ready on one day, a draw says which",
        "a quarter each of four",
        "the first in the file more often than the next",
        tuple(points),
    )


def guarantee(bench: Bench) -> Answer:
    """What a mediated ceasefire begins with."""
    strong, weak = 0.6, 0.4
    start = bench.start(
        1, {**_NUMB, **_EAGER, **_leverage(strong, weak), "rules.mediation.entry": 1}
    )
    given, quality = start.futures(
        bench.many(40_000),
        {**at_war(start), _STAGE: Stage.TEXT, _TRUST: 0.3},
        _GUARANTEE,
        _QUALITY,
    )
    worth = (strong + weak) / 2 * start.read(Place("mediators", "credibility"))
    rule, factor = start.rule, given / worth
    first = rule("ceasefire_initial") + rule("ceasefire_guarantees") * given
    first += 0.3 * rule("ceasefire_trusted")
    after = first * (1 - 1 / rule("ceasefire_erosion"))  # its first day, still a busy one
    points = [
        mean("mean", factor, 1.0, 1.1),
        variance("variance", factor, 1.2**2 / 12, 1 / 12),
        *(share(f"below {x:g}", factor <= x, (x - 0.4) / 1.2, x - 0.5) for x in (0.7, 1.0, 1.3)),
        exact("quality, largest error", float(np.abs(quality - after).max()), 0.0, 0.01),
    ]
    return Answer(
        "guarantee",
        "7.8",
        "what a mediator's guarantee is worth, and the quality that it gives",
        "g = mean leverage x credibility x U(0.4, 1.6); Q = initial + guarantees g + trusted trust",
        "U(0.5, 1.5)",
        tuple(points),
    )


def _reached(start: Start, guarantee: float, trust: float, quality: float, ages: Array) -> Array:
    """Quality after each of these days in quiet times, by the recursion of odd.md."""
    rule, found = start.rule, []
    held = rule("ceasefire_lasting") + rule("ceasefire_monitoring") * guarantee
    top = held + rule("ceasefire_lasting_trust") * trust
    for age in ages:
        old = 1 - np.exp(-age / rule("ceasefire_ageing"))
        goal = min(1.0, max(top * old, min(quality, held)))
        quality += (goal - quality) / rule("ceasefire_repair")
        found.append(quality)
    return np.array(found)


def fixed_point(bench: Bench) -> Answer:
    """Where the quality of an old ceasefire comes to rest."""
    days, points = 2500, []
    start = bench.start(days)
    rule = start.rule
    for g, trust in ((0.0, 0.0), (0.0, 0.5), (0.4, 0.3), (0.8, 0.3), (1.0, 0.9)):
        put = {_FORCE: 1, _QUALITY: 0.3, _GUARANTEE: g, _TRUST: trust}
        found = start.words(start.story(put).blocks, _QUALITY)[-1]
        held = rule("ceasefire_lasting") + rule("ceasefire_monitoring") * g
        known = min(1.0, held + rule("ceasefire_lasting_trust") * trust)
        points.append(exact(f"g {g:g}, trust {trust:g}", found, known, g / (g + 1 / 120)))
    return Answer(
        "fixed_point",
        "7.8",
        "where the quality of an old ceasefire comes to rest in quiet times",
        "min(1, lasting + monitoring g + lasting_trust trust)",
        "g/(g + 1/120)",
        tuple(points),
    )


def age(bench: Bench) -> Answer:
    """The way there, and the way down in busy times."""
    points, g, trust = [], 0.4, 0.3
    start = bench.start(200)
    put = {_FORCE: 1, _GUARANTEE: g, _TRUST: trust}
    ages = np.arange(200.0)
    for first in (0.2, 0.9):
        found = start.words(start.story({**put, _QUALITY: first}).blocks, _QUALITY)
        known = _reached(start, g, trust, first, ages)
        grown = _reached(start, g, trust, first, ages + 1e6)
        points += [
            exact(f"from {first:g}, day {day}", found[day - 1], known[day - 1], grown[day - 1])
            for day in (7, 30, 90, 200)
        ]
    busy = bench.start(30, {"rules.mediation.activity_life": 365})
    put |= {_ACTIVITY: 6.0, _QUALITY: 0.5}
    found = busy.words(busy.story(put).blocks, _QUALITY)[-1]
    lost = 1 / busy.rule("ceasefire_erosion")
    points.append(exact("busy, day 30", found, 0.5 * (1 - lost) ** 30, 0.5))
    return Answer(
        "age",
        "7.8; Fortna 2004",
        "a ceasefire's quality by age: it grows in quiet times, erodes in busy ones",
        "Q' = Q + (max(top(1 - exp(-a/ageing)), min(Q, held)) - Q)/repair; busy: Q(1 - 1/erosion)",
        "an age that does not count; no erosion",
        tuple(points),
    )


def contact(bench: Bench) -> Answer:
    """Incidents where the lines touch, and what each costs."""
    rate, life, points, quality = 3.0, 2.0, [], 0.6
    more = {
        "rules.ceasefire.contact": rate,
        "rules.ceasefire.contact_life": life,
        "rules.ceasefire.local_fire": 0.001,  # so that no number of incidents ends it
    }
    start = bench.start(1, more)
    rule, whole = start.rule, 0.0
    for days in (0, 2, 8):
        put = {_FORCE: 1, _QUALITY: quality, Place("pairs", "age"): days, _TRUST: 0.0}
        (after,) = start.futures(bench.many(20_000), put, _QUALITY)
        quiet = _reached(start, 0.0, 0.0, quality, np.array([float(days)]))[0]
        left = rule("ceasefire_wear_left")
        count = left + (1 - left) * np.exp(-days / rule("ceasefire_wear_life"))
        each = rule("ceasefire_local_fire") * (2 if days < 7 else 1) * quality / 0.3 * count
        incidents = (quiet - after) / each
        whole = max(whole, float(np.abs(incidents - np.rint(incidents)).max()))
        expected = rate * np.exp(-days / life)
        points += [
            mean(f"mean, age {days}", incidents, expected, rate),
            variance(f"variance, age {days}", incidents, expected, rate),
        ]
    points.append(exact("off whole numbers", whole, 0.0, 0.5))
    return Answer(
        "contact",
        "7.8; Fortna 2004",
        "incidents where the lines touch become rare; each wears by share, twice in week one",
        "N ~ Poisson(contact exp(-a/life)); loss c(a) local_fire Q/0.3 each, c = left + "
        "(1 - left)exp(-a/wear_life)",
        "incidents that do not become rare",
        tuple(points),
    )


def relapse(bench: Bench) -> Answer:
    """Whether a young ceasefire that fails brings its war back."""
    start, points = bench.start(1), []
    rule, trust = start.rule, 0.4
    for label, mind, days, stopped in (
        ("a small aim", Mind(aim=0.4), 10, 1),
        ("a large aim", Mind(aim=1.2), 10, 1),
        ("many dead", Mind(aim=0.8, lost=600), 30, 1),
        ("older than 60 days", Mind(aim=1.2), 60, 1),
        ("it stopped no war", Mind(aim=1.2), 10, 0),
    ):
        put = {
            **mind.words(start, STRONG),
            **Mind(private=2.0).words(start, WEAK),
            _FORCE: 1,
            _QUALITY: 0.02,
            _TRUST: trust,
            Place("pairs", "age"): days,
            Place("pairs", "stopped_war"): stopped,
        }
        (again,) = start.futures(bench.many(20_000), put, Place("pairs", "war"))
        kept = trust * rule("ceasefire_broken_trust")
        price = rule("bargaining_openness")
        price -= utility(start, STRONG, mind, information=0.0, trust=kept)
        # the ceasefire is a day older when it ends
        young = bool(stopped) and days + 1 < 60
        known = sigma(rule("bargaining_rationality") * (price - 1)) * young
        points.append(share(label, again == 1, known, 0.5))
    return Answer(
        "relapse",
        "7.8",
        "a young ceasefire that had stopped a war and fails may bring it back",
        "σ(rationality (price - 1)), price the greater of both sides'; never after 60 days",
        "a half",
        tuple(points),
    )
