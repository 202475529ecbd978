"""Checks of what is asked of a run.

Outcomes, expectations, levers, and the numbers that interventions set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from sim.scenario.findings import Finding
from sim.scenario.reading import near
from sim.scenario.schema import Condition, ScenarioFile, Watch
from sim.scenario.spec import Quantity, Spec, show
from sim.scenario.successors import near_outcome, successor
from sim.vocabulary.measures import DEFAULT_OUTCOMES, Measure

# what a run reads on its first day only, so that an intervention would change nothing
START_ONLY = re.compile(
    r"relations\.[^.]+\.(ceasefire|views\.[^.]+\.complicity)|borders\.[^.]+\.posts|rules\.clash\.garrison"
)
BOUNDS = ("at_least", "at_most", "above", "below")


def asks(
    file: ScenarioFile, measures: Sequence[Measure], slots: Mapping[str, Spec], broken: Set[str]
) -> Iterator[Finding]:
    """Everything wrong with them; nothing is said of paths that hang on `broken` tables."""
    known = {m.name: m for m in measures}
    yield from _outcomes(file, known)
    yield from _expectations(file, known)
    for where, settings in _settings(file):
        for path, value in settings.items():
            at = f"{where}.set.{path}"
            if not broken & {"states", path.partition(".")[0]}:
                # the range of a number of its own was asked when it was read
                ranged = {} if isinstance(value, Quantity) else {at: value}
                yield from settable(at, path, ranged, slots)
                if START_ONLY.fullmatch(path):
                    yield Finding(
                        at,
                        "must be a number that is read after the first day",
                        path,
                        "change it for the whole run with --set",
                    )
    for i, lever in enumerate(file.levers):
        path = f"levers.{i}"
        if lever.path is not None and not broken & {"states", lever.path.partition(".")[0]}:
            yield from settable(
                f"{path}.path",
                lever.path,
                {f"{path}.low": lever.low, f"{path}.high": lever.high},
                slots,
            )
        if lever.low is not None and lever.high is not None and lever.low >= lever.high:
            yield Finding(f"{path}.low", f"must be below high, {show(lever.high)}", show(lever.low))
    yield from _lesson(file, known, slots, broken)


def _settings(file: ScenarioFile) -> Iterator[tuple[str, Mapping[str, float | Quantity]]]:
    """The numbers that are set after the release, with where the file says so."""
    for i, change in enumerate(file.interventions):
        yield f"interventions.{i}", change.set
    for name, one in file.events.items():
        yield f"events.{name}", one.set


def _lesson(
    file: ScenarioFile, known: Mapping[str, Measure], slots: Mapping[str, Spec], broken: Set[str]
) -> Iterator[Finding]:
    """Things to try that cannot be tried, stories and numbers to watch that do not exist."""
    yield from _plans(file)
    stories = [story.pick for story in file.teaching.stories]
    for i, story in enumerate(stories):
        if story in stories[:i]:
            yield Finding(f"teaching.stories.{i}.pick", "must not be picked twice", story)
    labels = [trial.label for trial in file.teaching.tries]
    for i, trial in enumerate(file.teaching.tries):
        at = f"teaching.try.{i}"
        if trial.label is not None and trial.label in labels[:i]:
            yield Finding(
                f"{at}.label", "must be a label that nothing else to try has", trial.label
            )
        for path, value in trial.set.items():
            if not broken & {"states", path.partition(".")[0]}:
                yield from settable(f"{at}.set.{path}", path, {f"{at}.set.{path}": value}, slots)
        yield from _check_watch(at, trial.watch, file, known)
    for i, question in enumerate(file.teaching.questions):
        at = f"teaching.questions.{i}"
        yield from _check_watch(at, question.watch, file, known)
        if question.story is not None and question.story not in stories:
            yield Finding(
                f"{at}.story",
                "must be picked in teaching.stories",
                question.story,
                near(question.story, [one for one in stories if one], "there are"),
            )
        for k, label in enumerate(question.trials):
            if label not in labels:
                yield Finding(
                    f"{at}.trials.{k}",
                    "must be the label of something to try",
                    label,
                    near(label, [one for one in labels if one], "there are"),
                )


def _plans(file: ScenarioFile) -> Iterator[Finding]:
    """Plans whose stages do not fit on the clock, or that are as long as another."""
    lengths: list[int | None] = []
    for i, plan in enumerate(file.teaching.plans):
        at = f"teaching.plans.{i}"
        minutes = [stage.minutes for stage in plan.stages]
        if plan.minutes is not None and None not in minutes and sum(minutes) != plan.minutes:
            yield Finding(
                f"{at}.minutes",
                f"must be the minutes of its stages together, {sum(minutes)}",
                show(plan.minutes),
            )
        if plan.minutes in lengths:
            yield Finding(f"{at}.minutes", "must not be those of another plan", show(plan.minutes))
        lengths.append(plan.minutes)


def _check_watch(
    at: str, watch: Sequence[Watch], file: ScenarioFile, known: Mapping[str, Measure]
) -> Iterator[Finding]:
    outcomes = file.outcomes or DEFAULT_OUTCOMES
    for i, one in enumerate(watch):
        if one.measure is not None and one.measure not in known and one.measure not in outcomes:
            yield Finding(
                f"{at}.watch.{i}.measure",
                "must be a measure or an outcome",
                one.measure,
                near_outcome(one.measure, (*outcomes, *known)),
            )
        if (
            one.measure in outcomes
            and one.measure not in known
            and one.probability_within is not None
        ):
            yield Finding(f"{at}.watch.{i}.probability_within", "must be left out for an outcome")
        bounds = one.probability_within
        if bounds and len(bounds) == 2 and None not in bounds and bounds[0] > bounds[1]:
            yield Finding(
                f"{at}.watch.{i}.probability_within",
                "must be the lower bound, then the upper",
                ", ".join(map(show, bounds)),
            )


def settable(
    at: str, path: str, values: Mapping[str, float | None], slots: Mapping[str, Spec]
) -> Iterator[Finding]:
    """A path must be that of a number, and the values in its range."""
    if path not in slots:
        yield Finding(at, "must be the dotted path of a number", path, nearest(path, slots))
        return
    for where, value in values.items():
        if value is not None and not slots[path].within(value):
            yield Finding(where, f"{slots[path].range_rule} for {path}", show(value))


def nearest(path: str, slots: Mapping[str, Spec]) -> str:
    """The numbers probably meant by a path that is none: those that share most of its beginning."""
    if place := successor(path):
        return place
    head = path
    while head:
        head = head.rpartition(".")[0]
        inside = [p for p in slots if p.startswith(f"{head}.")]
        if inside and head:
            return near(path, inside, f"numbers in {head}")
    return near(path, slots, "numbers")


def _outcomes(file: ScenarioFile, known: Mapping[str, Measure]) -> Iterator[Finding]:
    for name, conditions in file.outcomes.items():
        for measure, condition in conditions.items():
            path = f"outcomes.{name}.{measure}"
            if measure not in known:
                yield Finding(path, "must be a measure", measure, near(measure, known, "measures"))
            elif not any(getattr(condition, bound) is not None for bound in (*BOUNDS, "never")):
                yield Finding(path, f"must have a bound: {', '.join(BOUNDS)} or never", "none")
            elif condition.never is not None:
                yield from _never(path, condition, known[measure])


def _never(path: str, condition: Condition, measure: Measure) -> Iterator[Finding]:
    if not measure.time:
        yield Finding(
            f"{path}.never",
            "must be left out: only a time to an event can never come",
            "",
            f"{measure.name} is in {measure.unit}",
        )
    elif condition.never and any(getattr(condition, bound) is not None for bound in BOUNDS):
        yield Finding(f"{path}.never", "must stand alone: what never came has no bounds", "true")


def _expectations(file: ScenarioFile, known: Mapping[str, Measure]) -> Iterator[Finding]:
    outcomes = file.outcomes or DEFAULT_OUTCOMES
    for name in file.outcomes:
        if name in known:
            yield Finding(f"outcomes.{name}", "must not have the name of a measure", name)
    for i, claim in enumerate(file.expect):
        path = f"expect.{i}"
        if (
            claim.measure is not None
            and claim.measure not in known
            and claim.measure not in outcomes
        ):
            yield Finding(
                f"{path}.measure",
                "must be a measure or an outcome",
                claim.measure,
                near_outcome(claim.measure, (*outcomes, *known)),
            )
        outcome = claim.measure in outcomes and claim.measure not in known
        chance = outcome or claim.probability_within is not None
        if outcome and claim.probability_within is not None:
            yield Finding(f"{path}.probability_within", "must be left out for an outcome")
        for field in ("probability_within", "between"):
            bounds = getattr(claim, field)
            if bounds and len(bounds) == 2 and None not in bounds and bounds[0] > bounds[1]:
                yield Finding(
                    f"{path}.{field}",
                    "must be the lower bound, then the upper",
                    ", ".join(map(show, bounds)),
                )
        if chance and any(b is not None and not 0 <= b <= 1 for b in claim.between):
            yield Finding(
                f"{path}.between",
                "must be probabilities, in [0, 1]",
                ", ".join(show(b) for b in claim.between if b is not None),
            )
