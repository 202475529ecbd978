"""The command `compare`: scenarios, variants or results folders beside each other, on the same luck where that can be."""

from __future__ import annotations

import hashlib
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.cli.options import Precision
from sim.cli.run import HOME, SOME_FAILED
from sim.cli.scenarios import ENDINGS, STDIN, find, names, read
from sim.cli.words import BadUse, near

if TYPE_CHECKING:
    from sim.ensemble.location import Place
    from sim.scenario import Scenario
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.run import CompareAnswer

RUNS = 1000
#: A comma that ends one setting of a variant: what follows is another path and its sign.
_NEXT = re.compile(r",\s*(?=[\w.-]+\s*=)")


class Request(NamedTuple):
    """What was asked for."""

    words: tuple[str, ...]
    variants: tuple[str, ...]
    settings: tuple[str, ...]
    runs: int | None
    seed: int | None
    jobs: int | None
    out: str | None
    baseline: str | None
    form: str
    report: bool
    fresh: bool
    precision: Precision | None
    cluster: str | None


class Named(NamedTuple):
    """A scenario under the name by which it is compared, and what names it on a command line."""

    name: str
    scenario: Scenario
    called: str


def carry_out(asked: Request) -> int:
    """Run what is missing or read what is there, compare, write the folder, print the findings."""
    compared, where = (_stored if any(map(_stands, asked.words)) else _run)(asked)
    from sim.ensemble.location import Place
    from sim.files import make_folder
    from sim.studies.files import write_answer

    place = Place(where)
    make_folder(place.folder)
    write_answer(compared, place.folder, "compare")
    if asked.report:
        _report(compared.comparison, place.folder, quiet=asked.form != "table")
    place.publish()
    if asked.precision is not None:
        _say_reached(asked.precision, compared.comparison)
    _print(asked.form, compared, place)
    failed = {name: pair for name, pair in compared.comparison.pairs.items() if pair.dropped}
    for name, pair in failed.items():
        print(
            f"{pair.dropped} replications of {compared.comparison.baseline} or {name} failed; see failed.csv in the folders of both",
            file=sys.stderr,
        )
    return SOME_FAILED if failed else 0


def _run(asked: Request) -> tuple[CompareAnswer, str | Path]:
    """Run the scenarios on one seed, in turns."""
    named = list(_scenarios(asked))
    from sim.cli.progress import shown
    from sim.ensemble.cluster import connect
    from sim.ensemble.runner import root_seed
    from sim.studies.compare.comparison import checked
    from sim.studies.compare.run import compare

    checked([one.name for one in named], asked.baseline)
    seed = asked.seed
    if asked.out is None:
        seed = root_seed(named[0].scenario, seed)
    out = asked.out or _home(((one.name, one.scenario.digest) for one in named), f"-seed{seed}")
    with (
        connect(asked.cluster, asked.jobs) as workers,
        shown(quiet=asked.form != "table") as progress,
    ):
        compared = compare(
            {one.name: one.scenario for one in named},
            baseline=asked.baseline,
            runs=asked.runs or RUNS,
            seed=seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=out,
            progress=progress,
            fresh=asked.fresh,
            until=asked.precision,
            command=shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
            called={one.name: one.called for one in named},
        )
    from sim.studies.files import write_overview

    for ensemble in compared.comparison.ensembles.values():
        write_overview(ensemble)
        ensemble.place.publish()
    return compared, out


def _stands(word: str) -> bool:
    """Whether a word means results that are there already."""
    return "://" in word or Path(word).is_dir()


def _stored(asked: Request) -> tuple[CompareAnswer, str | Path]:
    """Compare what earlier runs left in folders."""
    given: dict[str, object] = {
        "--variant": asked.variants,
        "--set": asked.settings,
        "--runs": asked.runs,
        "--seed": asked.seed,
    }
    given |= {
        "--jobs": asked.jobs,
        "--fresh": asked.fresh,
        "--until-halfwidth": asked.precision,
        "--cluster": asked.cluster,
    }
    if files := [word for word in asked.words if not _stands(word)]:
        raise BadUse(
            f"{files[0]}: must be a results folder like the others, or all must be scenarios"
        )
    if wrong := [option for option, value in given.items() if value not in (None, (), False)]:
        raise BadUse(
            f"{wrong[0]}: must be left out where results folders are compared, since nothing is run"
        )
    from sim.ensemble.reopen import folders, opened
    from sim.studies.compare.run import CompareQuestion

    found = [opened(folder) for word in asked.words for folder in folders(word)]
    ids = [ensemble.scenario.id for ensemble in found]
    labels = ids if len(set(ids)) == len(ids) else [ensemble.folder.name for ensemble in found]
    if len(set(labels)) < len(labels):
        labels = [str(ensemble.folder) for ensemble in found]
    from sim.studies.compare.comparison import checked

    checked(labels, asked.baseline)
    named = dict(zip(labels, found, strict=True))
    scenarios = {label: ensemble.scenario for label, ensemble in named.items()}
    compared = CompareQuestion(scenarios, asked.baseline).answer(named)
    return compared, asked.out or _home(
        (name, side.scenario.digest + str(side.seed))
        for name, side in compared.comparison.sides.items()
    )


def _home(parts: Iterator[tuple[str, str]], tail: str = "") -> Path:
    """A folder for a comparison, named by what is compared."""
    from sim.ensemble.runner import slug

    parts_ = list(parts)
    digest = hashlib.sha256(repr(parts_).encode()).hexdigest()[:8]
    return HOME / f"compare-{slug(parts_[0][0])}-{digest}{tail}"


def _scenarios(asked: Request) -> Iterator[Named]:
    """The files, then the variants of the first of them."""
    variants = [variant(word) for word in asked.variants]
    if STDIN in asked.words and (variants or asked.words.count(STDIN) > 1):
        raise BadUse(f"{STDIN}: must be a file where it is read more than once")
    for word in asked.words:
        _known(word)
        yield _named(None, word, asked.settings)
    for name, changes in variants:
        yield _named(name, asked.words[0], (*asked.settings, *changes))


def _named(name: str | None, word: str, settings: Sequence[str]) -> Named:
    from sim.errors import ScenarioError
    from sim.scenario.quantities import SET

    try:
        scenario = read(word, settings)
    except ScenarioError as error:
        if name is None:
            raise
        raise ScenarioError(
            [
                replace(one, file=f"--variant {name}" if one.file == SET else one.file)
                for one in error.problems
            ]
        ) from error
    return Named(
        name or scenario.id,
        scenario,
        shlex.join([word, *(part for setting in settings for part in ("--set", setting))]),
    )


def _known(word: str) -> None:
    """Refuse a word that is neither a scenario nor a folder."""
    if word == STDIN or Path(word).exists() or word.endswith(ENDINGS):
        return
    if Path(word).name != word:
        raise BadUse(
            f"{word}: must be a scenario file, a bundled scenario or a results folder, got nothing of that name"
        )
    if word not in names():
        _refuse(word)
    find(word)


def _refuse(word: str) -> None:
    raise BadUse(
        f"{word}: must be a scenario file, a bundled scenario or a results folder{near(word, names())}; bundled are {', '.join(names())}"
    )


def variant(word: str) -> tuple[str, list[str]]:
    """Name and settings of `name: path=value, path=value`."""
    name, sign, rest = word.partition(":")
    changes = [part.strip() for part in _NEXT.split(rest)]
    if (
        not (name.strip() and sign)
        or "=" in name
        or not all(re.match(r"[\w.-]+\s*=\s*\S", part) for part in changes)
    ):
        raise BadUse(
            f'--variant: must be "name: path=value, path=value", got {word[:80] or "nothing"} (for example "calm: states.NAME.resolve=0.2")'
        )
    return name.strip(), changes


def _report(compared: Comparison, out: Path, *, quiet: bool) -> None:
    from sim.report.pages.comparison import write_comparison

    if not quiet:
        print("drawing the comparison", file=sys.stderr)
    write_comparison(compared, out)


def _say_reached(precision: Precision, compared: Comparison) -> None:
    width = compared.halfwidth(precision.on)
    what = (
        "widest half-width of a difference of outcomes"
        if precision.on is None
        else f"half-width of the difference in {precision.on}"
    )
    verdict = "reached" if width <= precision.halfwidth else "not reached (raise --max-runs)"
    print(
        f"{what} {width:.4g} after {compared.size:,} replications: {precision.halfwidth:g} {verdict}",
        file=sys.stderr,
    )


def _print(form: str, compared: CompareAnswer, place: Place) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(compared.as_json()))
    elif form == "csv":
        from sim.studies.files import csv_text

        print(csv_text(compared.table()), end="")
    else:
        from sim.cli.show_compared import print_comparison

        print_comparison(compared, place)
