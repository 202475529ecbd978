"""A node of a scenario file to a number with its provenance."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from sim.errors import ModelError
from sim.scenario.distributions import (
    CATEGORICAL,
    NAMES,
    Distribution,
    categorical,
    family,
    kept_name,
)
from sim.scenario.reading import Node, comma_hint, near
from sim.scenario.scalars import MAX_NUMBER, NUMBER, OLD_FLAGS, meaning, trap
from sim.scenario.scipy_families import bounds
from sim.scenario.spec import DEFAULT, Quantity, Spec, show

PROVENANCE = ("unit", "source", "assumed", "note", "claimed_by", "from")
SET = "--set"
LEAST_MASS = 1e-9
MAX_WHOLE = 1e15


class Bad(Exception):
    """What is wrong with one value.

    The node or the path below it, the rule, what was given, a hint.
    """

    def __init__(
        self,
        node: Node,
        rule: str,
        given: str | None = None,
        hint: str = "",
        below: str = "",
        at_key: bool = False,
    ) -> None:
        self.place = node.key or node.place if at_key else node.place
        self.rule, self.given, self.hint, self.below = (
            rule,
            node.preview if given is None else given,
            hint,
            below,
        )


def finite(node: Node, below: str = "") -> float:
    """A finite number."""
    value = node.scalar if isinstance(node.value, str) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        long = (
            node.plain
            and isinstance(node.value, str)
            and len(node.value) > MAX_NUMBER
            and NUMBER.fullmatch(node.value)
        )
        raise Bad(
            node,
            f"must be a number of at most {MAX_NUMBER} characters" if long else "must be a number",
            hint=number_hint(node),
            below=below,
        )
    if not math.isfinite(value):
        raise Bad(node, "must be a finite number", below=below)
    return float(value)


def number_hint(node: Node) -> str:
    """What to write in place of something that is no number."""
    text = node.value if isinstance(node.value, str) else ""
    if text.endswith("%"):
        share = meaning(text[:-1].strip())
        if isinstance(share, int | float) and math.isfinite(share):
            return f"write {text} as {share / 100:.12g}"
        return "write 70% as 0.7"
    if "," in text:
        return "write thousands as 600000 or 600_000, and decimals with a point"
    if NUMBER.fullmatch(text) and not node.plain:
        return "write it without quotes"
    return trap(text)


def whole_hint(node: Node) -> str:
    """What to write in place of something that is no whole number."""
    value = node.scalar
    whole = isinstance(value, float) and value.is_integer() and abs(value) < MAX_WHOLE
    return f"write {value:.0f}" if whole else number_hint(node)


def in_bounds(node: Node, spec: Spec, below: str = "") -> float:
    """A finite number in the field's range."""
    value = finite(node, below)
    if not spec.within(value):
        raise Bad(node, spec.range_rule, below=below)
    return value


def quantity(node: Node, spec: Spec) -> tuple[Quantity | None, list[Bad]]:
    """A number with its provenance, None if it has none to give, and everything wrong with it."""
    bads: list[Bad] = []

    def attempt(step: Callable[..., Any], *given: Any) -> Any:
        try:
            return step(*given)
        except Bad as bad:
            bads.append(bad)
            return None

    if not isinstance(node.value, dict):
        value, dist, words = attempt(in_bounds, node, spec), None, dict[str, Any]()
    else:
        value, dist = attempt(_amount, node, node.value, spec) or (None, None)
        words = {key: attempt(_words, node.value, key, spec) for key in PROVENANCE}
        if words["source"] and words["assumed"]:
            bads.append(
                Bad(
                    node.value["assumed"],
                    "must have a source or be assumed, not both",
                    "both",
                    below="assumed",
                )
            )
    if bads:
        return None, bads
    origin = words.pop("from", None) or node.place.origin
    return Quantity(
        value,
        dist,
        default=origin == DEFAULT,
        file=origin,
        line=node.place.line,
        **(words | {"unit": spec.unit}),
    ), []


def _amount(
    node: Node, entries: Mapping[str, Node], spec: Spec
) -> tuple[float, Distribution | None]:
    """The value or the median, and the distribution."""
    kinds = [kind for kind in ("value", "dist", CATEGORICAL) if kind in entries]
    if len(kinds) != 1:
        raise Bad(
            node,
            "must have one of value, dist, values",
            " and ".join(kinds) or f"only {', '.join(entries) or 'nothing'}",
        )
    if kinds == ["value"]:
        _check_known(entries, ("value", *PROVENANCE))
        return in_bounds(entries["value"], spec, "value"), None
    dist = _choices(entries, spec) if kinds == [CATEGORICAL] else _distribution(node, entries, spec)
    return dist.median, dist


def _words(entries: Mapping[str, Node], key: str, spec: Spec) -> str | None:
    """One word on where a number comes from."""
    node = entries.get(key)
    if node is None or node.missing:
        return None
    if not isinstance(node.value, str) or not node.value.strip() or isinstance(node.scalar, bool):
        raise Bad(node, "must be text", below=key)
    if node.plain and node.value.lower() in OLD_FLAGS:
        raise Bad(node, "must be text", hint="put it in quotes", below=key)
    if key == "unit" and node.value != spec.unit:
        raise Bad(node, f"must be in {spec.unit}", node.value, below=key)
    return node.value


def _check_known(entries: Mapping[str, Node], names: tuple[str, ...]) -> None:
    for key, node in entries.items():
        if key not in names:
            raise Bad(
                *(node, "must be a known key of a number", key),
                *(comma_hint(key, node, names) or near(key, names), key),
                at_key=True,
            )


def _choices(entries: Mapping[str, Node], spec: Spec) -> Distribution:
    _check_known(entries, (CATEGORICAL, "probabilities", *PROVENANCE))
    node = entries[CATEGORICAL]
    if not isinstance(node.value, list) or not node.value:
        raise Bad(node, "must be a list of numbers", below=CATEGORICAL)
    choices = [in_bounds(item, spec, f"{CATEGORICAL}.{i}") for i, item in enumerate(node.value)]
    if len(set(choices)) < len(choices):
        raise Bad(
            node,
            "must be different numbers",
            ", ".join(show(c) for c in choices),
            below=CATEGORICAL,
        )
    if "probabilities" not in entries:
        return categorical(choices)
    node = entries["probabilities"]
    if not isinstance(node.value, list) or len(node.value) != len(choices):
        raise Bad(
            node,
            f"must be a list of {len(choices)} probabilities, one for each value",
            below="probabilities",
        )
    unit = Spec("real", low=0, high=1)
    chances = [in_bounds(item, unit, f"probabilities.{i}") for i, item in enumerate(node.value)]
    if not math.isclose(sum(chances), 1, abs_tol=1e-6):
        raise Bad(node, "must add up to 1", f"{sum(chances):.6g}", below="probabilities")
    return categorical(choices, chances)


def _distribution(node: Node, entries: Mapping[str, Node], spec: Spec) -> Distribution:
    named = entries["dist"]
    name = named.value if isinstance(named.value, str) else ""
    if name not in NAMES:
        raise Bad(
            named,
            "must be the name of a distribution",
            hint=near(name, NAMES, "known"),
            below="dist",
        )
    made = family(name, list(entries))
    assert made is not None
    _check_known(entries, ("dist", *made.params, "low", "high", *PROVENANCE))
    params = {}
    for key in made.params:
        if key in entries:
            params[key] = finite(entries[key], key)
        elif key in ("loc", "scale"):
            params[key] = float(key == "scale")
        else:
            raise Bad(
                node,
                f"must have {key}: {name} takes {', '.join(made.params)}",
                f"only {', '.join(entries)}",
            )
    kept = kept_name(name, list(params))
    for key, value in params.items():
        least, most = bounds(kept, key)
        if value and not least <= abs(value) <= most:
            rule = f"must have {key} of a size from {least:g} to {most:g}, or 0"
            raise Bad(entries[key], rule, show(value), below=key)
    given = ", ".join(f"{k} {show(v)}" for k, v in params.items())
    low, high = (
        finite(entries[key], key) if key in entries and key not in params else None
        for key in ("low", "high")
    )
    dist = Distribution(kept, tuple(params.items()), low, high)
    try:
        if not made.holds(*params.values()):
            raise Bad(node, f"must have {made.rule}", given)
        _support(node, dist, made.support(*params.values()), spec)
    except ModelError as error:  # it could not be evaluated
        raise Bad(node, str(error).partition(": ")[2], given) from error
    return dist


def _support(node: Node, dist: Distribution, whole: tuple[float, float], spec: Spec) -> None:
    """The support must lie in the field's range, and a cut must leave something."""
    low, high = dist.support
    if low >= high or whole[0] > high or whole[1] < low:
        raise Bad(
            node,
            "must leave something between low and high",
            f"[{show_bound(low)}, {show_bound(high)}]",
        )
    if not spec.covers(low, high):
        hint = (
            "" if {"low", "high"} & dict(dist.params).keys() else "cut it off with low: and high:"
        )
        raise Bad(
            node,
            spec.range_rule.replace("must be", "must have all its values"),
            f"{dist.describe()} on [{show_bound(low)}, {show_bound(high)}]",
            hint,
        )
    if not dist.mass > LEAST_MASS:
        raise Bad(
            node,
            f"must have a probability above {LEAST_MASS:g} between low and high",
            dist.describe(),
        )
    if fault := dist.fault:
        raise Bad(node, fault, dist.describe())


def show_bound(value: float) -> str:
    """A bound as a person would write it, infinite ones too."""
    return show(value) if math.isfinite(value) else ("-infinity" if value < 0 else "infinity")
