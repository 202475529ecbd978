"""Replications run by WebAssembly in Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.replication import draw_inputs
from sim.engine.world import Batch, Chunk, World
from sim.engine.world.image import image
from sim.engine.world.tables import BATCH_TABLES

RUN = Path(__file__).with_name("run.mjs")
RESULTS = Chunk._fields


def run(wasm: Path, node: str, template: Any, seed: int, count: int) -> Chunk:
    """Replications 0 to count - 1, computed by WebAssembly in Node."""
    inputs = draw_inputs(template, seed, 0, count)
    world, batch = World(template), Batch(template, 0, count, seed=seed, inputs=inputs)
    tables = {name: np.asarray(getattr(batch, name)) for name in BATCH_TABLES}
    worlds = image(world.tables(), world.block)
    others = image(tables, tables["eve"])
    first = len(worlds.content)
    batches = [(first + offset, *shape) for offset, *shape in others.places.values()]
    head, body, out = (wasm.with_name(name) for name in ("image.json", "image.bin", "out.bin"))
    head.write_text(json.dumps({"world": list(worlds.places.values()), "batch": batches}))
    body.write_bytes(worlds.content + others.content)
    done = subprocess.run([node, RUN, wasm, head, body, out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written, found = out.read_bytes(), {}
    for (name, table), (start, *_) in zip(tables.items(), batches, strict=True):
        values = np.frombuffer(written, table.dtype, table.size, start)
        found[name] = values.reshape(table.shape)
    return Chunk(**{name: found[name] for name in RESULTS})
