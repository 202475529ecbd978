"""Results folders that `compare` compares, and the folder in which a comparison is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.parsers import BadUse
from sim.cli.run import HOME

if TYPE_CHECKING:
    from sim.studies.compare.run import CompareAnswer
    from sim.words import Words


def is_folder(word: str) -> bool:
    """Whether a word means results that exist already."""
    from sim.errors import StoreError
    from sim.files import place

    try:
        where = place(word)
    except StoreError:
        return "://" in word  # its own sentence comes when it is opened
    return isinstance(where, str) or os.path.isdir(where) or "://" in word


def refuse_run_options(options: dict[str, object]) -> None:
    """Refuse what only a run would use. Raise a `BadUse` that names the first."""
    order = (
        "variant",
        "variants",
        "cross",
        "design",
        "set",
        "runs",
        "seed",
        "jobs",
        "fresh",
        "precision",
        "cluster",
    )
    wrong = [name for name in order if options[name] not in (None, (), False)]
    if wrong:
        option = {"precision": "until-halfwidth"}.get(wrong[0], wrong[0])
        raise BadUse(
            f"--{option}: must be left out where results folders are compared, since nothing is run"
        )


def of_folders(
    given: Sequence[str], baseline: str | None, words: Words
) -> tuple[CompareAnswer, Path]:
    """Compare what earlier runs left in folders; gives the answer and the folder for it."""
    if files := [word for word in given if not is_folder(word)]:
        raise BadUse(
            f"{files[0]}: must be a results folder like the others, or all must be scenarios"
        )
    from sim.cli.progress import Quiet
    from sim.ensemble.reopen import folders, reopen
    from sim.studies.compare.comparison import check_names
    from sim.studies.compare.run import CompareQuestion

    note = Quiet(words).note
    found = [reopen(folder, note) for word in given for folder in folders(word)]
    ids = [ensemble.scenario.id for ensemble in found]
    labels = ids if len(set(ids)) == len(ids) else [ensemble.folder.name for ensemble in found]
    if len(set(labels)) < len(labels):
        labels = [str(ensemble.folder) for ensemble in found]
    check_names(labels, baseline)
    named = dict(zip(labels, found, strict=True))
    scenarios = {label: ensemble.scenario for label, ensemble in named.items()}
    answer = CompareQuestion(scenarios, baseline).answer(named)
    sides = answer.comparison.sides.items()
    return answer, home((name, side.scenario.digest + str(side.seed)) for name, side in sides)


def home(parts: Iterable[tuple[str, str]], tail: str = "") -> Path:
    """A folder for a comparison, named by what is compared."""
    from sim.ensemble.arguments import slug
    from sim.files import inside

    listed = list(parts)
    digest = hashlib.sha256(repr(listed).encode()).hexdigest()[:8]
    return inside(HOME, f"compare-{slug(listed[0][0])}-{digest}{tail}")
