"""Replications run by WebAssembly in Node, through the code by which pages run them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from sim.classroom.engine_image import layout
from sim.engine.replication import draw_inputs
from sim.engine.world import Branch, Chunk, Template
from sim.engine.world.image import world_image

RUN = Path(__file__).with_name("run.mjs")
FILES = dict(zip(Chunk._fields, Chunk._fields, strict=True)) | {"failed_day": "failedDay"}


def tables(
    wasm: Path,
    node: str,
    template: Template,
    batch: dict[str, Any],
    names: Sequence[str],
    *,
    past: np.ndarray | None = None,
) -> dict[str, bytes]:
    """Some of the results of a batch by the names of their files.

    `batch` is seed, first, count and, if wanted, changes, places, day and whole.
    """
    count = 0 if past is not None else batch["count"]
    inputs = draw_inputs(template, batch["seed"], batch["first"], count)
    # a whole number of JavaScript has 53 bits
    given = {"changes": [], **batch, "seed": str(batch["seed"]), "first": str(batch["first"])}
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "layout.json").write_text(json.dumps(layout(template)))
        (folder / "batch.json").write_text(json.dumps(given))
        (folder / "world.bin").write_bytes(world_image(template).content)
        (folder / "inputs.bin").write_bytes(inputs.tobytes())
        if past is not None:
            (folder / "past.bin").write_bytes(past.tobytes())
        done = subprocess.run([node, RUN, wasm, folder], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return {one: (folder / f"{one}.out").read_bytes() for one in names}


def run(wasm: Path, node: str, template: Template, seed: int, count: int) -> dict[str, bytes]:
    """The bytes of the results of replications 0 to count - 1, by the fields of a `Chunk`."""
    batch = {"seed": seed, "first": 0, "count": count}
    found = tables(wasm, node, template, batch, list(FILES.values()))
    return {field: found[file] for field, file in FILES.items()}


def futures(
    wasm: Path, node: str, template: Template, branch: Branch, first: int, places: np.ndarray
) -> dict[str, bytes]:
    """The bytes of the results of a hundred futures, by the fields of a `Chunk`."""
    batch = {
        "seed": 0,  # a past has its own
        "first": first,
        "count": 100,
        "day": branch.day,
        "places": places.tolist(),
    }
    names = list(FILES.values())
    found = tables(wasm, node, template, batch, names, past=branch.past)
    return {field: found[file] for field, file in FILES.items()}
