"""Distributions of uncertain numbers.

A few friendly names, and every other univariate one of `scipy.stats`.

The friendly ones need `scipy.special` at most, since importing `scipy.stats` takes a second. The
others are evaluated in a process of their own (`scipy_families.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.errors import ModelError
from sim.scenario import scipy_families

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

CATEGORICAL = "values"
SMALLEST = 2.0**-60
#: Shares at which a distribution is tried, and how much of its range is rounding.
PROBE = (
    *(0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 0.001),
    *(k / 32 for k in range(1, 32)),
    *(0.999, 1 - 1e-4, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12, 1 - 2.0**-53, 1.0),
)
ROUNDING = 1e-6
#: Significant digits of a drawn value, and decimal places at most before or after the point.
DIGITS, MOST_PLACES = 9, 300


class Family(NamedTuple):
    """A friendly distribution.

    Its parameters in order, a rule on them, its support, cumulative and inverse.
    """

    params: tuple[str, ...]
    rule: str
    holds: Callable[..., bool]
    support: Callable[..., tuple[float, float]]
    cdf: Callable[..., float]
    ppf: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Distribution:
    """What is known of an uncertain number.

    `params` are pairs of name and value in the family's order; `low` and `high` cut the
    distribution off there and spread what was outside over what is left. A categorical one has the
    choices in `choices` and their chances.
    """

    name: str
    params: tuple[tuple[str, float], ...] = ()
    low: float | None = None
    high: float | None = None
    choices: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest value."""
        if self.choices:
            return min(self.choices), max(self.choices)
        low, high = self._family.support(*self._values)
        return (
            low if self.low is None else max(low, self.low),
            high if self.high is None else min(high, self.high),
        )

    @property
    def _family(self) -> Family:
        found = family(self.name, [key for key, _ in self.params])
        assert found is not None
        return found

    @property
    def _values(self) -> tuple[float, ...]:
        return tuple(value for _, value in self.params)

    def ppf(self, u: Any) -> Array:
        """The value below which a share `u` lies.

        Parameters
        ----------
        u : share in [0, 1], any shape

        Returns
        -------
        values of the same shape, in the unit of the number, to nine significant digits: the
        libraries that invert a distribution differ in last bits from one machine to the next
        """
        import numpy as np

        # some inverses fail on shares far smaller than any that is drawn
        u = np.clip(np.asarray(u, dtype=np.float64), SMALLEST, 1.0)
        if self.choices:
            order = sorted(range(len(self.choices)), key=self.choices.__getitem__)
            edges = np.cumsum([self.chances[i] for i in order])[:-1]
            return np.asarray(self.choices, dtype=np.float64)[order][
                np.searchsorted(edges, u, side="left")
            ]
        below, upto = self._cut
        # an overflow is often on the way to a good answer
        with np.errstate(all="ignore"):
            found = self._family.ppf(below + u * (upto - below), *self._values)
            values = np.clip(_to_digits(np.asarray(found, dtype=np.float64)), *self.support)
        if np.isnan(values).any():
            raise ModelError(
                f"{self.describe()}: must have a value at every share, got none at some"
            )
        return values

    @property
    def _cut(self) -> tuple[float, float]:
        """Share of the whole distribution below `low`, and up to `high`."""
        import numpy as np

        cdf, values = self._family.cdf, self._values
        with np.errstate(all="ignore"):
            # from just below, so that a discrete value at the bound stays in
            below = 0.0 if self.low is None else cdf(math.nextafter(self.low, -math.inf), *values)
            return below, 1.0 if self.high is None else cdf(self.high, *values)

    @property
    def fault(self) -> str:
        """The rule that its values break at some of many shares, in words; empty for none."""
        import numpy as np

        try:
            values = self.ppf(np.array(PROBE))
        except ModelError as error:
            return str(error).partition(": ")[2]
        low, high = self.support
        if not np.isfinite(values).all():
            return "must have finite values"
        fall = float(np.min(np.diff(values), initial=0.0))
        if -fall > ROUNDING * max(abs(low), abs(high), high - low):
            return "must have an inverse that never falls"
        return ""

    @property
    def mass(self) -> float:
        """Share of the whole distribution that is left between `low` and `high`."""
        below, upto = (0.0, 1.0) if self.choices else self._cut
        return upto - below

    @property
    def median(self) -> float:
        """The value that is as often exceeded as not."""
        return float(self.ppf(0.5))

    def describe(self) -> str:
        """In words, e.g. `beta(a=6, b=3)`."""
        if self.choices:
            return "one of " + ", ".join(
                f"{c:g} ({p:.0%})" for c, p in zip(self.choices, self.chances, strict=True)
            )
        bounds = [
            (key, bound)
            for key, bound in (("low", self.low), ("high", self.high))
            if bound is not None
        ]
        words = (f"{key}={value:g}" for key, value in (*self.params, *bounds))
        return f"{self.name}({', '.join(words)})"


def _to_digits(values: Array) -> Array:
    """Values to so many significant digits that no last bit of a library is among them.

    The logarithm is a library's too, but decides nothing: next to a power of ten, a digit more or
    less leaves the power of ten.
    """
    import numpy as np

    places = DIGITS - 1 - np.floor(np.log10(np.abs(values)))
    places = np.clip(np.nan_to_num(places), -MOST_PLACES, MOST_PLACES).astype(np.int64)
    tens = np.array([float(f"1e{k}") for k in range(MOST_PLACES + 1)])
    up, down = tens[np.maximum(places, 0)], tens[np.maximum(-places, 0)]
    return np.asarray(np.rint(values * up / down) / up * down)


def _positive(*values: float) -> bool:
    return all(v > 0 for v in values)


def _normal_cdf(x: float, mean: float, sd: float) -> float:
    return 0.5 * math.erfc((mean - x) / (sd * math.sqrt(2)))


def _normal_ppf(u: Any, mean: float, sd: float) -> Any:
    from scipy.special import ndtri

    return mean + sd * ndtri(u)


def _lognormal_ppf(u: Any, median: float, sigma: float) -> Any:
    import numpy as np

    return median * np.exp(_normal_ppf(u, 0.0, sigma))


def _beta_cdf(x: float, a: float, b: float) -> float:
    from scipy.special import betainc

    return float(betainc(a, b, min(max(x, 0.0), 1.0)))


def _beta_ppf(u: Any, a: float, b: float) -> Any:
    from scipy.special import betaincinv

    return betaincinv(a, b, u)


def _triangular_cdf(x: float, low: float, mode: float, high: float) -> float:
    x = min(max(x, low), high)
    if x < mode:
        return (x - low) ** 2 / ((high - low) * (mode - low))
    return 1 - (high - x) ** 2 / ((high - low) * (high - mode)) if x < high else 1.0


def _triangular_ppf(u: Any, low: float, mode: float, high: float) -> Any:
    import numpy as np

    rising = low + np.sqrt(u * (high - low) * (mode - low))
    return np.where(
        u * (high - low) < mode - low,
        rising,
        high - np.sqrt((1 - u) * (high - low) * (high - mode)),
    )


def _pert_shape(low: float, mode: float, high: float) -> tuple[float, float]:
    """Beta parameters of the PERT distribution of Malcolm et al.

    (1959): the mode weighs four times an end.
    """
    return 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)


def _pert_cdf(x: float, low: float, mode: float, high: float) -> float:
    return _beta_cdf((x - low) / (high - low), *_pert_shape(low, mode, high))


def _pert_ppf(u: Any, low: float, mode: float, high: float) -> Any:
    return low + (high - low) * _beta_ppf(u, *_pert_shape(low, mode, high))


def _in_order(low: float, mode: float, high: float) -> bool:
    return low <= mode <= high and low < high


FAMILIES: Mapping[str, Family] = {
    "uniform": Family(
        ("low", "high"),
        "low below high",
        lambda low, high: low < high,
        lambda low, high: (low, high),
        lambda x, low, high: min(max((x - low) / (high - low), 0.0), 1.0),
        lambda u, low, high: low + u * (high - low),
    ),
    "normal": Family(
        ("mean", "sd"),
        "sd above 0",
        lambda mean, sd: sd > 0,
        lambda mean, sd: (-math.inf, math.inf),
        _normal_cdf,
        _normal_ppf,
    ),
    "lognormal": Family(
        ("median", "sigma"),
        "median and sigma above 0",
        _positive,
        lambda median, sigma: (0.0, math.inf),
        lambda x, median, sigma: (
            _normal_cdf(math.log(x) - math.log(median), 0.0, sigma) if x > 0 else 0.0
        ),
        _lognormal_ppf,
    ),
    "beta": Family(
        ("a", "b"), "a and b above 0", _positive, lambda a, b: (0.0, 1.0), _beta_cdf, _beta_ppf
    ),
    "triangular": Family(
        ("low", "mode", "high"),
        "low <= mode <= high",
        _in_order,
        lambda low, mode, high: (low, high),
        _triangular_cdf,
        _triangular_ppf,
    ),
    "pert": Family(
        ("low", "mode", "high"),
        "low <= mode <= high",
        _in_order,
        lambda low, mode, high: (low, high),
        _pert_cdf,
        _pert_ppf,
    ),
}

#: Distributions of `scipy.stats` that a scenario may name.
SCIPY = tuple(scipy_families.PARAMS)
NAMES = tuple(dict.fromkeys((*FAMILIES, *SCIPY)))


@cache
def _scipy_family(name: str) -> Family:
    """A distribution of `scipy.stats` by its own name, its shapes followed by loc and scale."""

    def holds(*values: float) -> bool:
        return abs(scipy_families.one(name, values, "ppf", 0.5)[0]) < 1e300

    def support(*values: float) -> tuple[float, float]:
        low, high = scipy_families.one(name, values, "support", 0.0)
        return low, high

    def ppf(u: Any, *values: float) -> Any:
        import numpy as np

        found = scipy_families.CHILD.ask(name, values, "ppf", np.ravel(u).tolist())
        return np.reshape(found, np.shape(u))

    return Family(
        scipy_families.PARAMS[name],
        "parameters that scipy.stats accepts",
        holds,
        support,
        lambda x, *values: scipy_families.one(name, values, "cdf", x)[0],
        ppf,
    )


def family(name: str, given: Sequence[str]) -> Family | None:
    """The family meant by a name and the parameters given with it.

    scipy's own parameters choose scipy's own form where both exist (`uniform` with loc and scale).
    """
    if name in FAMILIES and not {"loc", "scale"} & set(given):
        return FAMILIES[name]
    own = kept_name(name, given)
    return _scipy_family(own) if own in SCIPY else None


def kept_name(name: str, given: Sequence[str]) -> str:
    """The name under which a distribution is kept: scipy's where scipy's parameters are given."""
    scipys = {"normal": "norm", "lognormal": "lognorm", "triangular": "triang"}
    return scipys.get(name, name) if {"loc", "scale"} & set(given) else name


def categorical(choices: Sequence[float], chances: Sequence[float] = ()) -> Distribution:
    """One of a few values, equally likely unless chances are given."""
    even = [1 / len(choices)] * len(choices)
    pairs = sorted(zip(choices, chances or even, strict=True))
    return Distribution(
        CATEGORICAL, choices=tuple(c for c, _ in pairs), chances=tuple(p for _, p in pairs)
    )
