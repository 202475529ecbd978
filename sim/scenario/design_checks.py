"""What is wrong with the designs of a file, beside their single values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import Problem
from sim.plain import FILLINGS, MOST_POINTS, MOST_RUNS, MOST_SIDES
from sim.scenario.asks import nearest, settable
from sim.scenario.bases import readable_scenario
from sim.scenario.build import Builder
from sim.scenario.checks import measures_of
from sim.scenario.designs import ALL, NamedDesign, named_design
from sim.scenario.fields import Block, specs
from sim.scenario.findings import Finding, locate
from sim.scenario.quantities import show_bound
from sim.scenario.reading import near
from sim.scenario.resolve import ROOT, Gathering
from sim.scenario.schema import PYTHON_CLASS, ScenarioFile, StudyDesign, Variation
from sim.scenario.spec import DEFAULT, NAME, NAME_RULES, Quantity, Spec, show
from sim.scenario.successors import near_outcome
from sim.vocabulary.doctrines import DOCTRINE_NAMES
from sim.vocabulary.measures import DEFAULT_OUTCOMES, Measure
from sim.vocabulary.policies import POLICY_NAMES

_KINDS = ("values", "words", "low and high", "drawn")


@dataclass(frozen=True)
class Context:
    """What designs may name, and what the file gives.

    Measures, numbers with their specs, tables that cannot be read, paths that are left out, and
    variants (None: any).
    """

    measures: Mapping[str, Measure]
    slots: Mapping[str, Spec]
    numbers: Mapping[str, Quantity]
    broken: Set[str]
    left_out: Set[str]
    variants: Sequence[str] | None = None
    folder: Path | None = None


def check_designs(
    file: ScenarioFile, builder: Builder, gathered: Gathering, folder: Path
) -> list[Problem]:
    """Everything wrong with the designs of a file, at its place; a rule that says "should" warns.

    A resolved form has no variants, and a variant none of its own, so nothing is said of theirs.
    """
    if not file.designs:
        return []
    known = Context(
        {one.name: one for one in measures_of(file)},
        builder.slots,
        builder.numbers,
        {table for table, names in builder.tables.items() if names is None},
        builder.left_out,
        None if gathered.resolved or gathered.is_variant else tuple(gathered.variants),
        None if gathered.resolved else folder,
    )
    return locate(_designs(file, known), builder.places)


def _designs(file: ScenarioFile, known: Context) -> Iterator[Finding]:
    for name, asked in (file.designs or {}).items():
        at = f"designs.{name}"
        if not re.fullmatch(NAME, name):
            yield Finding(at, NAME_RULES[NAME], name)
        elif name in FILLINGS:  # which `uncertainty --design` takes too
            rule = "must have another name than the ways to fill a space"
            yield Finding(at, rule, name, ", ".join(FILLINGS))
        found = [*_parts(at, file, asked, known)]
        yield from found
        if not any(one.rule.startswith("must") for one in found) and not known.broken:
            named = named_design(file, name, known.numbers, known.variants or ())
            yield from _size(at, named)


def _parts(at: str, file: ScenarioFile, asked: StudyDesign, known: Context) -> Iterator[Finding]:
    for path, varied in asked.vary.items():
        if not known.broken & {"states", path.partition(".")[0]}:
            yield from _variation(f"{at}.vary.{path}", file, path, varied, known)
    yield from _policies(at, asked)
    yield from _names(at, file, asked, known)
    for i, point in enumerate(asked.points):
        for path, value in point.set.items():
            where = f"{at}.points.{i}.set.{path}"
            if not known.broken & {"states", path.partition(".")[0]}:
                yield from settable(where, path, {where: value}, known.slots)
    if asked.points and (asked.vary or asked.fill):
        other = "vary" if asked.vary else "fill"
        yield Finding(f"{at}.points", "must stand without vary and fill", f"{other} too")
    elif asked.fill and not asked.vary:
        yield Finding(f"{at}.fill", "must have vary beside it", show(asked.fill))
    if not (asked.vary or asked.points or asked.policies or asked.variants or asked.scenarios):
        rule = "must have one of vary, points, policies, variants and scenarios"
        yield Finding(at, rule, "none of them")


def _variation(
    at: str, file: ScenarioFile, path: str, varied: Variation, known: Context
) -> Iterator[Finding]:
    """What is wrong with one path of a design."""
    ends = varied.low is not None or varied.high is not None
    given = (varied.values is not None, varied.words is not None, ends, varied.drawn is not None)
    named = [kind for kind, one in zip(_KINDS, given, strict=True) if one]
    if len(named) > 1:
        yield Finding(at, f"must have one of {', '.join(_KINDS)}", " and ".join(named))
        return
    if varied.words is not None:
        yield from _words(at, file, path, varied.words)
        return
    if path not in known.slots:
        spec = _leaf(file, path)
        hint = "give words" if spec is not None and spec.form in ("text", "flag") else ""
        yield Finding(
            at, "must be the dotted path of a number", path, hint or nearest(path, known.slots)
        )
        return
    if varied.values is not None:
        places = {f"{at}.values.{i}": value for i, value in enumerate(varied.values)}
        yield from settable(at, path, places, known.slots)
        yield from _different(f"{at}.values", [show(v) for v in varied.values if v is not None])
    elif ends:
        yield from _range(at, path, varied, known)
    elif varied.drawn is not None:
        yield from _distribution(at, path, varied.drawn, known.slots[path])
    yield from _open(at, file, path, varied, known, named)


def _open(
    at: str,
    file: ScenarioFile,
    path: str,
    varied: Variation,
    known: Context,
    named: Sequence[str],
) -> Iterator[Finding]:
    """What needs a range: steps, and a variation that leaves it to the lever or the number."""
    lever = any(one.path == path for one in file.levers)
    if varied.steps is not None and named not in ([], ["low and high"]):
        yield Finding(f"{at}.steps", "must be left out: only a range has steps", show(varied.steps))
    if named:
        return
    number = known.numbers.get(path)
    if not lever and (number is None or number.dist is None):
        hint = "it is no lever, and the file gives the number no distribution"
        yield Finding(at, f"must have one of {', '.join(_KINDS)}", "none of them", hint)
    elif not lever and varied.steps is not None:
        hint = "it is no lever, whose range it would be"
        yield Finding(f"{at}.steps", "must have low and high beside it", show(varied.steps), hint)


def _range(at: str, path: str, varied: Variation, known: Context) -> Iterator[Finding]:
    if varied.low is None or varied.high is None:
        missing, there = ("low", "high") if varied.low is None else ("high", "low")
        if f"{at}.{missing}" in known.left_out:  # else its own fault is known
            yield Finding(at, f"must have {missing} too", there)
        return
    if varied.low >= varied.high:
        rule = f"must be below high, {show(varied.high)}"
        yield Finding(f"{at}.low", rule, show(varied.low))
    ends = {f"{at}.low": varied.low, f"{at}.high": varied.high}
    yield from settable(at, path, ends, known.slots)


def _distribution(at: str, path: str, drawn: Quantity, spec: Spec) -> Iterator[Finding]:
    where = f"{at}.drawn"
    if drawn.dist is None:
        if drawn.file != DEFAULT:  # else its own fault is known
            yield Finding(where, "must be a distribution", show(drawn.value), "or give values")
    elif not spec.covers(drawn.low, drawn.high):
        rule = spec.range_rule.replace("must be", "must have all its values")
        span = f"{drawn.dist.describe()} on [{show_bound(drawn.low)}, {show_bound(drawn.high)}]"
        yield Finding(where, f"{rule} for {path}", span, "cut it off with low: and high:")


def _words(at: str, file: ScenarioFile, path: str, words: Sequence[str]) -> Iterator[Finding]:
    """Words must be of a field that has words, and fit it."""
    spec = _leaf(file, path)
    if spec is None or spec.form not in ("text", "flag"):
        hint = "give values" if spec is not None and spec.form == "number" else ""
        yield Finding(at, "must be the dotted path of a word that can move a result", path, hint)
        return
    for i, word in enumerate(words):
        flag = spec.form == "flag" and word not in ("true", "false")
        rule = "must be true or false" if flag else "" if spec.form == "flag" else spec.fault(word)
        if rule:
            yield Finding(f"{at}.words.{i}", f"{rule} for {path}", word)
    yield from _different(f"{at}.words", words)


def _leaf(file: ScenarioFile, path: str) -> Spec | None:
    """The spec of a field of a scenario by its dotted path; None for what moves no result."""
    spec: Spec = ROOT
    value: Any = file
    for key in path.split("."):
        if spec.form == "block" and isinstance(value, Block):
            inner = specs(type(value)).get(key)
            if inner is None or inner.aside:
                return None
            spec, value = inner, getattr(value, inner.name)
        elif spec.form == "map" and isinstance(value, dict) and spec.item and key in value:
            spec, value = spec.item, value[key]
        else:
            return None
    return spec


def _different(at: str, names: Sequence[str]) -> Iterator[Finding]:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if not names or twice:
        yield Finding(at, "must be different ones", f"{twice[0]} twice" if twice else "none")


def _policies(at: str, asked: StudyDesign) -> Iterator[Finding]:
    known = (*POLICY_NAMES, *DOCTRINE_NAMES)
    for state, names in asked.policies.items():
        where = f"{at}.policies.{state}"
        yield from _different(where, [name for name in names if name is not None])
        for i, name in enumerate(names):
            if name is not None and name not in known and not re.fullmatch(PYTHON_CLASS, name):
                rule = "must be a policy, a doctrine or module:Class"
                yield Finding(f"{where}.{i}", rule, name, near(name, known))
    if asked.chooser is not None and asked.chooser not in asked.policies:
        rule = "must be a state whose policies the design crosses"
        yield Finding(f"{at}.chooser", rule, asked.chooser, ", ".join(asked.policies))


def _names(at: str, file: ScenarioFile, asked: StudyDesign, known: Context) -> Iterator[Finding]:
    """Measures, variants and scenarios that there are not."""
    targets = (*(file.outcomes or DEFAULT_OUTCOMES), *known.measures)
    asks = [(f"{at}.look.{i}", name) for i, name in enumerate(asked.look)]
    for where, name in (*asks, (f"{at}.regret", asked.regret)):
        if name is not None and name not in targets:
            # a file that extends this one may have outcomes of its own, and no use for the design
            must = "should" if name in DEFAULT_OUTCOMES else "must"
            rule = f"{must} be a measure or an outcome"
            yield Finding(where, rule, name, near_outcome(name, targets))
    loss = known.measures.get(asked.regret or "")
    if loss is not None and loss.duration:
        yield Finding(f"{at}.regret", "must not be a duration, which may not be over", loss.name)
    if known.variants is not None:
        for i, name in enumerate(asked.variants):
            if name is not None and name not in (ALL, *known.variants):
                hint = near(name, known.variants, "variants")
                yield Finding(f"{at}.variants.{i}", "must be a variant of the file", name, hint)
        if ALL in asked.variants and not known.variants:
            yield Finding(f"{at}.variants", "must be of a file that has variants", ALL)
    for part in ("variants", "scenarios", "look"):
        if names := getattr(asked, part):
            yield from _different(f"{at}.{part}", names)
    if known.folder is not None:
        for i, name in enumerate(asked.scenarios):
            if name is not None and readable_scenario(name, known.folder) is None:
                rule = "must be a bundled scenario, or a file in the folder or below"
                yield Finding(f"{at}.scenarios.{i}", rule, name)


def _size(at: str, design: NamedDesign) -> Iterator[Finding]:
    """A design must fit a command, and be of a size that can be run."""
    asked, size = design.asked, design.size
    if not design.commands:
        whole = next((axis.path for axis in design.axes if axis.grid is None), "")
        if size is None:
            rule = "must have values, or low, high and steps, since it is crossed with others"
            yield Finding(f"{at}.vary.{whole}", rule, "a whole range")
        elif size > MOST_SIDES:
            rule = f"must make at most {MOST_SIDES} scenarios, which compare can run"
            yield Finding(at, rule, f"{size:_}")
        else:
            yield Finding(at, "must have two points or more", f"{size}")
        return
    points = asked.fill or size or 1
    if points > MOST_POINTS:
        yield Finding(at, f"must have at most {MOST_POINTS:_} points", f"{points:_}")
    elif points * (asked.runs or 1) > MOST_RUNS:
        rule = f"must have at most {MOST_RUNS:_} replications, all points together"
        yield Finding(f"{at}.runs", rule, f"{points * (asked.runs or 1):_}")
    for part in ("regret", "chooser"):
        if getattr(asked, part) is not None and "compare" not in design.commands:
            rule = "must be left out of a design that compare cannot run"
            yield Finding(f"{at}.{part}", rule, getattr(asked, part), ", ".join(design.commands))
