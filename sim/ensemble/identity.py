"""Whose results these are: what a manifest says of a run, and the digest of the rules that made them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.engine import jit
from sim.engine.cache import sources
from sim.engine.world import Template
from sim.ensemble.store import digest_of
from sim.scenario import Scenario
from sim.version import __version__, versions

_LIBRARIES = ("numpy", "scipy", "numba", "pandas", "pyarrow", "mesa")


def python_policies(scenario: Scenario, template: Template) -> dict[str, str] | None:
    """Digests of the files of the Python policies that a scenario names, by path; None without any.

    Raise a `ModelError` if one cannot be loaded: that is bad input, and not a failure of each
    replication.
    """
    if not template.python_policies:
        return None
    from sim.model import own  # Mesa, which takes a second to import

    own.classes_of(template, scenario.path.parent, {})
    return own.digests(template, scenario.path.parent)


def identity(scenario: Scenario, seed: int) -> dict[str, Any]:
    """What a manifest says of a run; the parts in `store.AGREE` and `AGREE_VERSIONS` decide what may be mixed."""
    return {
        "created_by": f"escalation {__version__}",
        "scenario": scenario.id,
        "title": scenario.title,
        "digest": scenario.digest,
        "seed": seed,
        "engine": engine(),
        "versions": versions(*_LIBRARIES),
        "environment": jit.environment(),
    }


@cache
def engine() -> str:
    """Digest of the text of the rules, as this process read it."""
    return digest_of(sources())
