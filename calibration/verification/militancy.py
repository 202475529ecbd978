"""Known answers on attacks, what people learn from them, and what is drawn: odd.md 7.1 to 7.4."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import stats

from calibration.verification.answer import Answer, exact, mean, share, variance
from calibration.verification.bench import GROUP, STRONG, WEAK, Bench, Place, Start
from sim.engine.replication import draw_inputs
from sim.vocabulary.codes import EventKind, Target

ATTACKS = Place("groups", "attacks")
_HAWKES_DAYS = 300


def answers(bench: Bench) -> Iterator[Answer]:
    """All of them."""
    yield drawn_inputs(bench)
    yield hawkes(bench)
    yield waves(bench)
    yield severity(bench)
    yield drift(bench)
    yield evidence(bench)
    yield forgetting(bench)


def drawn_inputs(bench: Bench) -> Answer:
    """Uncertain numbers of a file, against the closed forms of their distributions."""
    given = {
        "states.westmark.resolve": {"dist": "beta", "a": 2, "b": 1},
        "states.eastmark.resolve": {"dist": "uniform", "low": 0.2, "high": 0.8},
        "relations.neighbours.trust": {"dist": "triangular", "low": 0, "mode": 0.5, "high": 1},
        f"groups.{GROUP}.base_rate": {"dist": "lognormal", "median": 0.3, "sigma": 0.5, "high": 8},
    }
    more = {path: {**law, "assumed": "for the bench"} for path, law in given.items()}
    template = bench.start(1, more).template
    values = draw_inputs(template, bench.seed, 0, bench.many(40_000))
    column = {path: values[:, k] for k, (path, _, _) in enumerate(template.uncertain)}
    beta, uniform, triangular, lognormal = (column[path] for path in given)
    q = 0.3
    points = [
        share("beta", beta <= np.sqrt(q), q, np.sqrt(q)),  # F(x) = x^2
        share("uniform", uniform <= 0.2 + 0.6 * q, q, 0.2 + 0.6 * q),
        share("triangular", triangular <= np.sqrt(q / 2), q, np.sqrt(q / 2)),  # F(x) = 2 x^2
        share("lognormal", np.log(lognormal / 0.3) <= 0.5 * stats.norm.ppf(q), q, 0.4),
        mean("lognormal, mean", lognormal, 0.3 * np.exp(0.125), 0.3),
    ]
    return Answer(
        "drawn_inputs",
        "5, 7.1",
        "uncertain numbers follow the distributions that a file names",
        "P(x <= F⁻¹(0.3)) = 0.3; mean of a lognormal m exp(σ²/2)",
        "uniform on (0, 1); a mean without σ²/2",
        tuple(points),
    )


def _counts(branching: float, mu: float, lag: float) -> tuple[float, float]:
    """Mean and variance of the attacks of some days from an unexcited start.

    The process is linear in its state, so that its first two moments follow a recursion exactly.
    """
    fading = np.exp(-1 / lag)
    jump = branching * (1 / fading - 1)
    m = v = both = total = spread = 0.0  # mean and variance of X, cov(X, sum), of the sum
    for _ in range(_HAWKES_DAYS):
        rate = mu + m
        total += rate
        spread += 2 * both + v + rate
        both = fading * (both + v + jump * (both + v + rate))
        v = fading**2 * (v + 2 * jump * v + jump**2 * (v + rate))
        m = fading * (m + jump * rate)
    return total, spread


def hawkes(bench: Bench) -> Answer:
    """Counts of self-exciting attacks."""
    mu, lag, points = 0.4, 3.0, []
    poisson = mu * _HAWKES_DAYS
    for branching in (0.0, 0.3, 0.5):
        start = bench.start(
            _HAWKES_DAYS,
            {
                f"groups.{GROUP}.base_rate": mu,
                f"groups.{GROUP}.branching": branching,
                f"groups.{GROUP}.lag": lag,
                f"groups.{GROUP}.drift": 0,
            },
        )
        put = {Place("groups", "excited"): 0.0}
        (attacks,) = start.futures(bench.many(8_000), put, ATTACKS)
        known_mean, known_variance = _counts(branching, mu, lag)
        points += [
            mean(f"mean, n={branching:g}", attacks, known_mean, poisson),
            variance(f"variance, n={branching:g}", attacks, known_variance, poisson),
        ]
    return Answer(
        "hawkes",
        "7.2; Mohler et al. 2011",
        f"attacks in {_HAWKES_DAYS} days excite each other",
        "exact moments of X' = (X + n(1/f - 1)N)f, N ~ Poisson(μ + X); for long times mean "
        "μ/(1 - n), variance over mean 1/(1 - n)²",
        "a Poisson process: no excitation",
        tuple(points),
    )


def waves(bench: Bench) -> Answer:
    """Attacks come in geometric waves."""
    rate, points = 0.8, []
    for wave in (1.0, 1.5, 2.0):
        start = bench.start(
            1, {f"groups.{GROUP}.base_rate": rate, f"groups.{GROUP}.wave": wave,
                f"groups.{GROUP}.drift": 0}
        )  # fmt: skip
        (attacks,) = start.futures(bench.many(40_000), {}, ATTACKS)
        points += [
            mean(f"mean, wave {wave:g}", attacks, rate, rate * wave),
            variance(f"variance, wave {wave:g}", attacks, rate * (2 * wave - 1), rate),
        ]
    return Answer(
        "waves",
        "7.2",
        "attacks of a day come in waves, as often the rarer",
        "mean λ, variance λ(2w - 1): geometric waves of mean w at a rate λ/w",
        "single attacks (variance λ), waves as frequent as attacks (mean λw)",
        tuple(points),
    )


def severity(bench: Bench) -> Answer:
    """The dead of an attack under a power law."""
    alpha = 2.4
    law = {"family": "power_law", "alpha": alpha, "cap": 100_000, "assumed": "for the bench"}
    kinds = {f"groups.{GROUP}.targets.{kind.word}": float(kind is Target.PATROL) for kind in Target}
    start = bench.start(
        300, {f"groups.{GROUP}.base_rate": 3, f"groups.{GROUP}.severity": law, **kinds}
    )
    sizes = []
    for stream in range(1, bench.many(30_000) // 800 + 1):
        events = start.story({}, stream).events
        attacks = events[(events["kind"] == EventKind.ATTACK) & (events["action"] == Target.PATROL)]
        sizes.append(attacks["dead_security"] + attacks["dead_civilians"])
    dead = np.concatenate(sizes)
    points = [
        share(f"{least} or more", dead >= least, (2 * least - 1) ** (1 - alpha),
              (2 * least - 1) ** (0.6 - alpha))
        for least in (2, 5, 10, 20)
    ]  # fmt: skip
    return Answer(
        "severity",
        "7.2; Clauset et al. 2007",
        "the dead of an attack have the tail that the file gives",
        "P(X >= x) = (2x - 1)^(1 - α), α = 2.4",
        "α = 2.8",
        tuple(points),
    )


def drift(bench: Bench) -> Answer:
    """The slow walk of a group's rate."""
    life, sd, first, points = 20.0, 0.6, 1.0, []
    for days in (1, 20, 100):
        start = bench.start(days, {f"groups.{GROUP}.drift": sd, f"groups.{GROUP}.drift_life": life})
        at = Place("groups", "drifted")
        (drifted,) = start.futures(bench.many(20_000), {at: first}, at)
        kept = np.exp(-days / life)
        points += [
            mean(f"mean, day {days}", drifted, first * kept, first),
            variance(f"variance, day {days}", drifted, sd**2 * (1 - kept**2), sd**2 * days / life),
        ]
    return Answer(
        "drift",
        "7.2; Uhlenbeck and Ornstein 1930",
        "the baseline wanders and comes back",
        "mean x exp(-t/life), variance sd²(1 - exp(-2t/life))",
        "a random walk that never comes back",
        tuple(points),
    )


def evidence(bench: Bench) -> Answer:
    """Evidence of newsworthy attacks points to the host as often as it has to."""
    tp, fp, points = 0.7, 0.2, []
    for part in (0.0, 0.6, 1.0):
        start = bench.start(
            1,
            {
                f"groups.{GROUP}.base_rate": 1.0,
                f"groups.{GROUP}.severity": {"mu": 3, "sigma": 0.2, "assumed": "for the bench"},
                f"groups.{GROUP}.hosts.{WEAK}.share": part,
                f"states.{STRONG}.true_positive": tp,
                f"states.{STRONG}.false_positive": fp,
                "rules.feelings.news_floor": 1,
                "rules.feelings.news_multiple": 0,
                "rules.attribution.bound": 20,
                "rules.attribution.forgetting": 36500,
            },
        )
        belief = start.dyad("belief", STRONG)
        attacks, after = start.futures(bench.many(20_000), {belief: 0.0}, ATTACKS, belief)
        up, down = np.log(tp / fp), np.log((1 - tp) / (1 - fp))
        gained = _unfaded(start, after)
        pointing = np.rint((gained - attacks * down) / (up - down))
        flags = np.repeat([True, False], [int(pointing.sum()), int((attacks - pointing).sum())])
        known = part * tp + (1 - part) * fp
        points.append(share(f"share {part:g}", flags, known, part if 0 < part < 1 else 0.5))
    return Answer(
        "evidence",
        "7.4; Baliga et al. 2020",
        "evidence points to the host, rightly or wrongly, and belief moves by Bayes' rule",
        "P(points) = share tp + (1 - share) fp, read off the steps ln(tp/fp), ln((1-tp)/(1-fp))",
        "P(points) = share, or a half",
        tuple(points),
    )


def _unfaded(start: Start, belief: np.ndarray) -> np.ndarray:
    """Belief before a day's forgetting."""
    given = start.read(start.dyad("prior", STRONG))
    prior = np.log(given / (1 - given))
    kept = np.exp(-1 / start.rule("attribution_forgetting"))
    return np.asarray(prior + (belief - prior) / kept)


def forgetting(bench: Bench) -> Answer:
    """What fades, fades with its life."""
    days, points = 30, []
    start = bench.start(days)
    prior = start.read(start.dyad("prior", STRONG))
    rest = float(np.log(prior / (1 - prior)))
    stocks = (
        (start.dyad("outrage", STRONG), 2.0, 0.0, "feelings_outrage_life"),
        (start.dyad("grievance", STRONG), 1.0, 0.0, "feelings_grievance_life"),
        (start.dyad("belief", STRONG), rest + 1.5, rest, "attribution_forgetting"),
        (Place("states", "pressure", (0,)), 0.8, 0.0, "stocks_pressure_life"),
        (Place("states", "losses", (0,)), 4.0, 0.0, "stocks_weariness_life"),
        (Place("commands", "grievance", (0, 0)), 1.0, 0.0, "commands_grievance_life"),
    )
    blocks = start.story({place: first for place, first, _, _ in stocks}).blocks
    for place, first, end, life in stocks:
        found = start.words(blocks, place)[-1]
        known = end + (first - end) * np.exp(-days / start.rule(life))
        halved = end + (first - end) * 0.5 ** (days / start.rule(life))
        points.append(exact(place.field, found, known, halved))
    return Answer(
        "decay",
        "7.3, 7.4, 7.10",
        f"what is left of feelings, belief, pressure and losses after {days} days",
        "x∞ + (x - x∞) exp(-t/life)",
        "lives taken for half-lives",
        tuple(points),
    )
