"""What a model can be made from: a file, a scenario or a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sim.engine.world import Template, build
from sim.errors import ModelError
from sim.scenario import Scenario, load

COLLECT = ("all", "model", "nothing")


def check(collect: str) -> None:
    """Raise a `ModelError` if this makes no sense."""
    if collect not in COLLECT:
        raise ModelError(f"collect must be one of {', '.join(COLLECT)}, got {collect!r}")


@dataclass(frozen=True)
class _Text:
    """A scenario, told apart by its id and its digest."""

    id: str
    digest: str
    scenario: Scenario = field(compare=False)


@lru_cache(maxsize=8)
def _build(text: _Text) -> Template:
    return build(text.scenario)


def open_scenario(
    scenario: str | Path | Scenario | Template, overrides: Mapping[str, object]
) -> tuple[Template, Scenario | None]:
    """The template of a scenario, and the scenario (None if a template was given)."""
    if isinstance(scenario, str | Path):
        scenario = load(scenario, overrides)
    elif overrides:
        raise ModelError(
            f"{', '.join(overrides)}: numbers can be set only if the scenario is given as a "
            "file; else give them to sim.load"
        )
    if isinstance(scenario, Template):
        return scenario, None
    return _build(_Text(scenario.id, scenario.digest, scenario)), scenario
