"""Scenario files: YAML to something checked, filled in, and written out in full.

`load` is the one door; `Scenario` is what comes through it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sim.bundle import file_of
from sim.cells import table_html
from sim.errors import Problem, ScenarioError
from sim.scenario.build import ACTORS, NAMED, Builder
from sim.scenario.canonical import in_canonical_order
from sim.scenario.checks import check, measures_of
from sim.scenario.design_checks import check_designs
from sim.scenario.designs import NamedDesign, named_design
from sim.scenario.diff import Change, changes, substance
from sim.scenario.fields import Block, specs
from sim.scenario.findings import in_file_order
from sim.scenario.json_schema import schema_json
from sim.scenario.languages import OURS, Translation
from sim.scenario.outcomes import are_usual, with_outcomes
from sim.scenario.overrides import override
from sim.scenario.programs import Program, named_programs
from sim.scenario.reading import RESOLVED_NODES, Unreadable
from sim.scenario.resolve import (
    ROOT,
    Gathering,
    below,
    complete,
    gather,
    gather_text,
    too_large,
    with_variant,
)
from sim.scenario.schema import ScenarioFile
from sim.scenario.sequences import with_sequences
from sim.scenario.source import RESOLVED_BYTES, check_kinds
from sim.scenario.spec import Quantity, Spec
from sim.scenario.text import count_events, resolved
from sim.scenario.translations import translation_problems
from sim.scenario.variants import labels_of, split_variant
from sim.scenario.warnings import warnings
from sim.vocabulary.measures import Measure
from sim.words import Words
from sim.words.coverage import check as check_words

__all__ = [
    "Change",
    "Given",
    "Scenario",
    "changes",
    "load",
    "load_text",
    "localise",
    "scenario_of",
    "schema_json",
]

# what a scenario can name must be sayable: better an error now than in the middle of a story
check_words()

MAX_PROBLEMS = 200


@dataclass(frozen=True, repr=False)
class Scenario:
    """A scenario that passed every check, everything filled in, in its canonical order.

    `text` is its resolved form; `digest` the SHA-256 of all in it that can move a result, so that a
    title or a note changes none; `warnings` are things that are allowed and odd. `variants` are the
    labels of the file's variants by their names; `FILE#NAME` names one.
    """

    file: ScenarioFile
    path: Path
    text: str
    digest: str
    warnings: tuple[Problem, ...]
    variants: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def kind(self) -> str:
        return self.file.kind

    @property
    def question(self) -> str:
        return self.file.question

    @property
    def summary(self) -> str:
        return self.file.summary

    @property
    def note(self) -> str:
        """What it cannot show; empty if the file does not say it."""
        return self.file.note or ""

    @property
    def start(self) -> date:
        return self.file.start

    @property
    def release(self) -> date:
        return self.file.release

    @property
    def horizon(self) -> int:
        return self.file.horizon

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure of a replication, in the order of the columns of `runs`."""
        return measures_of(self.file)

    @property
    def outcomes(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """Outcome classes: name, measure, bounds."""
        return {
            name: {measure: condition.bounds for measure, condition in conditions.items()}
            for name, conditions in self.file.outcomes.items()
        }

    @property
    def has_default_outcomes(self) -> bool:
        """Whether its outcome classes are those of `sim.vocabulary.measures`, in their order."""
        return are_usual(self.file.outcomes)

    @property
    def programs(self) -> tuple[Program, ...]:
        """The Python classes that it names; they run only with the user's consent."""
        return named_programs(self.file, self.path.parent)

    def __repr__(self) -> str:
        counts = ((len(getattr(self.file, name)), name) for name in ACTORS)
        parts = (f"{n} {name.removesuffix('s') if n == 1 else name}" for n, name in counts)
        return (
            f"<Scenario {self.id}: {', '.join(parts)}; released {self.release}, "
            f"{self.horizon} days; digest {self.digest[:8]}>"
        )

    def _repr_html_(self) -> str:
        """The scenario as a notebook shows it."""
        return table_html(
            self.title,
            {
                "question": self.question,
                "states": ", ".join(self.file.states),
                "groups": ", ".join(self.file.groups),
                "mediators": ", ".join(self.file.mediators),
                "history": f"{self.start} to {self.release}, {len(self.file.history)} events",
                "horizon": f"{self.horizon} days",
                "digest": self.digest[:8],
            },
        )

    def resolved_text(self) -> str:
        """The full form as YAML; loading it gives the same text again."""
        return self.text

    @property
    def designs(self) -> Mapping[str, NamedDesign]:
        """The designs of studies that the file gives, by name."""
        numbers, variants = self.numbers(), tuple(self.variants)
        names = self.file.designs or {}
        return {name: named_design(self.file, name, numbers, variants) for name in names}

    def numbers(self) -> dict[str, Quantity]:
        """Every number of actors, relations, places and rules by its dotted path."""
        return dict(numbers(self.file))

    def number_specs(self) -> dict[str, Spec]:
        """What each of these numbers must be, by its dotted path."""
        return {path: spec for path, _, spec in _numbers(self.file)}


#: What names a scenario in Python: itself, its file, or the name of a bundled one.
Given = Scenario | str | os.PathLike[str]


def numbers(file: ScenarioFile) -> Iterator[tuple[str, Quantity]]:
    """Dotted path and number of every slot of the world."""
    return ((path, number) for path, number, _ in _numbers(file))


def _numbers(file: ScenarioFile) -> Iterator[tuple[str, Quantity, Spec]]:
    """Dotted path, number and spec of every slot of the world."""
    for name in (*NAMED, "rules"):
        yield from _below(getattr(file, name), name, specs(type(file))[name])


def _below(value: Any, path: str, spec: Spec) -> Iterator[tuple[str, Quantity, Spec]]:
    if isinstance(value, Quantity):
        yield path, value, spec
    elif isinstance(value, Block):
        for key, one in specs(type(value)).items():
            yield from _below(getattr(value, one.name), f"{path}.{key}", one)
    elif isinstance(value, dict) and spec.item is not None:
        for key, item in value.items():
            yield from _below(item, f"{path}.{key}", below(spec, key) or spec.item)


def _too_long(text: str, file: ScenarioFile, builder: Builder, shown: str) -> Problem | None:
    """What is wrong with a scenario whose resolved form could not be read again."""
    hint = "a word on where the numbers of a block come from stands in each of them"
    size = len(text.encode())
    if size > RESOLVED_BYTES:
        rule = f"must have a resolved form of at most {RESOLVED_BYTES} bytes"
        return Problem(shown, 0, 0, "", rule, str(size), hint)
    # a value has a byte at least, so most files need not be counted
    values = 0 if size <= RESOLVED_NODES else count_events(file) + 2 * len(builder.origins) + 10
    if values > RESOLVED_NODES:
        rule = f"must have a resolved form of at most {RESOLVED_NODES} values"
        return Problem(shown, 0, 0, "", rule, str(values))
    return None


def _list(problems: list[Problem], file: str) -> list[Problem]:
    """As many problems as somebody might read, in the order of the files."""
    problems = in_file_order(problems, file)
    more = len(problems) - MAX_PROBLEMS
    if more <= 0:
        return problems
    return [
        *problems[:MAX_PROBLEMS],
        Problem(file, 0, 0, "", f"must have fewer problems: {more} more are not listed"),
    ]


def load(path: str | os.PathLike[str], overrides: Mapping[str, object] = {}) -> Scenario:
    """Read, check and fill in a scenario file.

    Parameters
    ----------
    path : the file, or the name of a bundled scenario such as two_states; `FILE#NAME` for one of
        its variants
    overrides : values by dotted path; a text is read as YAML, as it comes from the command line

    Returns
    -------
    the scenario

    Raises
    ------
    ScenarioError : with everything that is wrong with it
    ModelError : for what is neither a path nor a name, and for overrides that are no mapping
    """
    check_kinds(path, overrides)
    path, variant = _place(path)
    if variant is None:
        return _load(path, lambda: gather(path), path.stem, overrides)
    return _load(path, lambda: with_variant(gather(path), variant), None, overrides)


def _place(given: str | os.PathLike[str]) -> tuple[Path, str | None]:
    """The file and the variant that are meant.

    A path, or the name of a bundled scenario where no file has it.
    """
    path, variant = Path(os.path.expanduser(given)), None
    if not os.path.lexists(path):
        named, variant = split_variant(str(path))
        path = Path(named)
    if path.name == str(path) and not path.suffix and not os.path.lexists(path):
        path = file_of(path.name) or path
    return path, variant


def localise(scenario: Scenario, words: Words) -> tuple[Scenario, Words]:
    """A scenario and the words of a language as they are read together.

    Parameters
    ----------
    scenario : in the language of its file
    words : of the language of the reader

    Returns
    -------
    the scenario with the texts that it gives in that language, and the words with its names of
    outcomes; both as they are if it gives none
    """
    own = scenario.file.languages.get(words.language)
    if own is None:
        return scenario, words
    ours = {text: words.text(key) for text, key in OURS.items()}
    translation = Translation(own, ours)
    variants = {name: translation.say(text) for name, text in scenario.variants.items()}
    outcomes = {f"vocabulary.outcomes.{name}": text for name, text in own.outcomes.items()}
    file = translation.file(scenario.file)
    return replace(scenario, file=file, variants=variants), words.with_texts(outcomes)


def scenario_of(given: Given) -> Scenario:
    """A scenario, loaded if a file or the name of a bundled one is given; see `load`."""
    return given if isinstance(given, Scenario) else load(given)


def load_text(
    text: str | bytes,
    overrides: Mapping[str, object] = {},
    *,
    path: Path = Path("-"),
    variant: str | None = None,
) -> Scenario:
    """Read a scenario from its text; see `load`.

    Parameters
    ----------
    text : YAML that extends no file
    overrides : as for `load`
    path : what the scenario and its problems call the place where it stands
    variant : which of its variants; the scenario itself if left out

    Raises
    ------
    ScenarioError : with everything that is wrong with it
    """
    data = text.encode() if isinstance(text, str) else text

    def read() -> Gathering:
        found = gather_text(data, str(path))
        return found if variant is None else with_variant(found, variant)

    return _load(path, read, None, overrides)


def _load(
    path: Path,
    read: Callable[[], Gathering],
    stem: str | None,
    overrides: Mapping[str, object],
) -> Scenario:
    """A scenario that `read` reads; `stem` is the name that its file has, None for no file."""
    try:
        gathered = read()
    except Unreadable as error:
        raise ScenarioError([error.problem]) from error
    return from_tree(gathered, path, stem, overrides)


def from_tree(
    gathered: Gathering, path: Path, stem: str | None, overrides: Mapping[str, object] = {}
) -> Scenario:
    """Check and fill in the tree of a scenario, as `load` does.

    `stem` is the name that its file has, None for no file.
    """
    problems = list(gathered.problems)
    root = with_sequences(override(gathered.root, overrides, problems), problems)
    if crowd := too_large(root):
        raise ScenarioError([*problems, *crowd])
    root = complete(root)
    builder = Builder(root)
    file = builder.build(ROOT, root, "")
    problems += builder.problems
    problems += check(file, builder, None if gathered.resolved else stem)
    of_designs = check_designs(file, builder, gathered, path.parent)
    problems += [one for one in of_designs if not one.rule.startswith("should")]
    if problems:
        raise ScenarioError(_list(list(dict.fromkeys(problems)), str(path)))
    odd = (
        *warnings(file, builder, root),
        *of_designs,
        *translation_problems(file, gathered.languages, gathered.variants, builder.places),
    )
    file = in_canonical_order(with_outcomes(file))
    text = resolved(file, builder.origins)
    if long := _too_long(text, file, builder, str(path)):
        raise ScenarioError([long])
    digest = hashlib.sha256(substance(file).encode()).hexdigest()
    odd_ones = tuple(in_file_order(odd, str(path)))
    return Scenario(file, path, text, digest, odd_ones, labels_of(gathered.variants))
