"""The reader under Atheris, which looks for inputs that reach new code (Linux, by hand).

    python -m tests.fuzz.atheris_reader tests/fuzz/seeds -max_total_time=600 -max_len=4000

It needs `pip install --constraint constraints.txt --editable ".[fuzz]"`. What it finds it writes
beside where it is called; an input that broke something goes into `tests/fuzz/seeds`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sim.scenario"]):
    from sim.scenario import load_text  # noqa: F401 (instrumented before it is used below)

    from .inputs import Input
    from .oracle import check_reader


def try_one(data: bytes) -> None:
    """Read bytes; anything but a scenario or a refusal ends the search."""
    check_reader(Input(data, {}))


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
