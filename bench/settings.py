"""How large each benchmark is, in full and as a smoke test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bench.timing import ROOT
from sim.scenario import Scenario, load


@dataclass(frozen=True)
class Settings:
    """Sizes. The scenario is a name and overrides, so that another process can load it too."""

    scenario: str = "af_pk_2026"
    overrides: dict[str, Any] = field(default_factory=dict)
    repeats: int = 5
    ensemble: int = 2_000  # replications of the compiled ensemble
    machinery: int = 10_000  # of the ensemble whose machinery is measured
    # of batch_run with compiled rules; the rate is that of the difference
    mesa: tuple[int, int] = (40, 160)
    plain: tuple[int, int] = (2, 6)  # likewise with plain rules
    plain_repeats: int = 3
    counted: int = 2  # replications in which random words are counted
    growth: tuple[int, ...] = (1_000, 4_000, 16_000, 64_000)
    chunk: int = 250  # replications in one compiled call
    starts: int = 9
    compilations: int = 3
    shell_runs: int = 100

    def load(self, **more: Any) -> Scenario:
        """The scenario, with more overrides."""
        return load(ROOT / "scenarios" / f"{self.scenario}.yaml", {**self.overrides, **more})


FULL = Settings()
QUICK = Settings(
    scenario="two_states",
    overrides={"horizon": 12},
    repeats=1,
    ensemble=40,
    machinery=40,
    mesa=(1, 3),
    plain=(1, 2),
    plain_repeats=1,
    counted=1,
    growth=(20, 40),
    chunk=20,
    starts=1,
    compilations=1,
    shell_runs=5,
)
