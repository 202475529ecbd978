"""A face whose results are known functions of three inputs and of luck, so that a whole study has a known answer.

`closure_days` is the function of Ishigami and Homma, `trade_lost` luck alone,
`ceasefire_quality_end` the sum of first input and luck of the same variance; `attacks` is 1 where
the first input is above 0.7 and the second below 0.4, and the rest is 0. Replications in KNOWN_FAIL
fail where the first input is above KNOWN_FAIL_ABOVE.
"""

from __future__ import annotations

import math
import os

import numpy as np

from sim.engine.world import Chunk, Template

NAME = "inputs.known"
FIRST, SECOND, THIRD = PATHS = (
    "mediators.lakeland.leverage.westmark",
    "mediators.lakeland.leverage.eastmark",
    "states.westmark.resolve",
)


def run_chunk(template: Template, seed: int, first: int, count: int, inputs: np.ndarray) -> Chunk:
    places = {path: n for n, (path, _, _) in enumerate(template.uncertain)}
    words = template.words.view(np.float64)
    x, y, z = (
        inputs[:, places[path]] if path in places else np.full(count, words[template.slots[path]])
        for path in PATHS
    )
    stream = np.array(
        [
            np.random.Generator(np.random.Philox(key=[seed, first + r])).normal()
            for r in range(count)
        ]
    )
    a, b, c = (-math.pi + 2 * math.pi * share for share in (x, y, z))
    found = {
        "closure_days": np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a),
        "trade_lost": stream,
        "ceasefire_quality_end": x + math.sqrt(1 / 12) * stream,
        "attacks": ((x > 0.7) & (y < 0.4)).astype(float),
    }
    measures = np.stack([found.get(m.name, np.zeros(count)) for m in template.measures], axis=1)
    bad = np.isin(
        np.arange(first, first + count),
        [int(word) for word in os.environ.get("KNOWN_FAIL", "").split()],
    ) & (x > float(os.environ.get("KNOWN_FAIL_ABOVE", "0.9")))
    days = np.zeros((count, template.horizon), np.int32)
    return Chunk(
        measures, days.astype(np.int8), days, days, np.where(bad, 2, 0), np.where(bad, 3, 0)
    )
