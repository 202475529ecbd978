"""The engine and a scenario as a page carries them: bytes, and how the tables lie in memory."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.replication import draw_inputs
from sim.engine.wasm import engine_wasm
from sim.engine.world import EVENT, slot
from sim.engine.world.image import world_image
from sim.engine.world.tables import BATCH_TABLES, CLOCK
from sim.vocabulary.codes import FailureKind

if TYPE_CHECKING:
    from sim.engine.world import Template

#: Replications whose drawn inputs a page carries. SciPy inverts the distributions, and no page has
#: its bits; twelve inputs of this many take 190 kB.
MOST_WORLDS = 1_600
_WORD = 8
Json = dict[str, Any]


def layout(template: Template) -> Json:
    """How tables lie in memory; scripts/engine/types.d.ts says what each is."""
    return {
        "world": [[name, *place] for name, place in world_image(template).places.items()],
        "batch": [[name, dtype.itemsize] for name, dtype in BATCH_TABLES.items()],
        "words": len(template.words),
        "event": EVENT.itemsize // _WORD,
        "slots": [place for _, place, _ in template.uncertain],
        "places": template.measure_slots.tolist(),
        "horizon": template.horizon,
        "window": template.window,
        "history": template.history_days,
        "arithmetic": int(FailureKind.ARITHMETIC),
        "clock": {name: slot(template.spans, "clock", name, 0) for name in CLOCK.names or ()},
    }


def cargo(template: Template, seed: int, frame: str) -> Json:
    """What the page unpacks, each with its checksum: engine, world, drawn inputs, and `frame`.

    `frame` is the page in which it tells a replication.

    Raises
    ------
    ModelError : if there is no linker to build the engine with
    """
    inputs = draw_inputs(template, seed, 0, MOST_WORLDS if template.uncertain else 0)
    parts = {
        "engine": engine_wasm(),
        "world": world_image(template).content,
        "inputs": np.ascontiguousarray(inputs, dtype="<f8").tobytes(),
        "frame": frame.encode(),
    }
    return {name: _pack(content) for name, content in parts.items()}


def _pack(content: bytes) -> Json:
    """Bytes as text, packed; the checksum is of the text, so that an edited page is noticed."""
    text = b64encode(gzip.compress(content, 9, mtime=0)).decode()
    return {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
