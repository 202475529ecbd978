"""An engine whose results are known functions of three inputs and of chance.

`closure_days` is the function of Ishigami and Homma, `trade_lost` chance alone,
`ceasefire_quality_end` the sum of the first input and of chance with the same variance; `attacks`
is 1 where the first input is above 0.7 and the second below 0.4, and the rest is 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine.world import Chunk, build
from sim.ensemble.engine import ChooseEngine, Compiled, Inputs
from sim.ensemble.progress import Note

FIRST, SECOND, THIRD = PATHS = (
    "mediators.lakeland.leverage.westmark",
    "mediators.lakeland.leverage.eastmark",
    "states.westmark.resolve",
)


@dataclass(frozen=True)
class Known(Compiled):
    """Replications in `fails` fail where the first input is above `above`."""

    fails: tuple[int, ...] = ()
    above: float = 0.9

    def ready(self) -> bool:
        return False

    def warm(self, note: Note) -> None:
        pass

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        assert inputs is not None
        template = self.template
        places = {path: n for n, (path, _, _) in enumerate(template.uncertain)}
        words = template.words.view(np.float64)
        x, y, z = (
            inputs[:, places[path]]
            if path in places
            else np.full(count, words[template.slots[path]])
            for path in PATHS
        )
        numbers = range(first, first + count)
        chance = np.array(
            [np.random.Generator(np.random.Philox(key=[seed, k])).normal() for k in numbers]
        )
        a, b, c = (-math.pi + 2 * math.pi * share for share in (x, y, z))
        found = {
            "closure_days": np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a),
            "trade_lost": chance,
            "ceasefire_quality_end": x + math.sqrt(1 / 12) * chance,
            "attacks": ((x > 0.7) & (y < 0.4)).astype(float),
        }
        measures = np.stack([found.get(m.name, np.zeros(count)) for m in template.measures], axis=1)
        bad = np.isin(numbers, self.fails) & (x > self.above)
        days = np.zeros((count, template.horizon), np.int32)
        return Chunk(
            measures, days.astype(np.int8), days, days, np.where(bad, 2, 0), np.where(bad, 3, 0)
        )


def known_engine(**more: Any) -> ChooseEngine:
    """Chooses a `Known` with these fields for every scenario."""
    return lambda scenario: Known(build(scenario), **more)
