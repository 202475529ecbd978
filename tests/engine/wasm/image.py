"""A world and a batch as bytes, which a program without Python puts where it likes and runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.replication import draw_inputs
from sim.engine.world import Batch, Chunk, World
from sim.engine.world.tables import BATCH_TABLES

RUN = Path(__file__).with_name("run.mjs")
RESULTS = Chunk._fields


def place(tables: list[np.ndarray], parts: list[bytes], block: np.ndarray) -> list[Any]:
    """Add the bytes of a block and of tables to the parts: [offset, rows, columns] of each table.

    Most tables of a world are views of its block, and stay so.
    """
    first, found = sum(map(len, parts)), []
    parts.append(block.tobytes())
    for table in tables:
        start = table.ctypes.data - block.ctypes.data
        if not 0 <= start < block.nbytes:
            start = sum(map(len, parts)) - first
            content = np.ascontiguousarray(table).tobytes()
            parts.append(content + bytes(-len(content) % 8))
        found.append([first + start, table.shape[0], table.shape[1] if table.ndim == 2 else 1])
    return found


def run(wasm: Path, node: str, template: Any, seed: int, count: int) -> Chunk:
    """Replications 0 to count - 1, computed by WebAssembly in Node."""
    inputs = draw_inputs(template, seed, 0, count)
    world, batch = World(template), Batch(template, 0, count, seed=seed, inputs=inputs)
    tables = {name: np.asarray(getattr(batch, name)) for name in BATCH_TABLES}
    parts: list[bytes] = []
    worlds = place(world._tables(), parts, world.block)
    batches = place(list(tables.values()), parts, tables["eve"])
    head, body, out = (wasm.with_name(name) for name in ("image.json", "image.bin", "out.bin"))
    head.write_text(json.dumps({"world": worlds, "batch": batches}))
    body.write_bytes(b"".join(parts))
    done = subprocess.run([node, RUN, wasm, head, body, out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written, found = out.read_bytes(), {}
    for (name, table), (start, *_) in zip(tables.items(), batches, strict=True):
        values = np.frombuffer(written, table.dtype, table.size, start)
        found[name] = values.reshape(table.shape)
    return Chunk(**{name: found[name] for name in RESULTS})
