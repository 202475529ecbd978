"""The elementary functions have the same bits in any machine code and in the interpreter."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Python

from tests.engine.elementary.arguments import KINDS

PROGRAM = "from tests.engine.elementary.digests import digests; print(digests())"
#: what the code is made for: this processor; one without fused products and sums; none at all
MACHINES: dict[str, dict[str, str | None]] = {
    "this processor": {"NUMBA_DISABLE_JIT": None, "NUMBA_CPU_NAME": None},
    "any processor": {
        "NUMBA_DISABLE_JIT": None,
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
    },
    "the interpreter": {"NUMBA_DISABLE_JIT": "1"},
}


@pytest.mark.compiled
def test_one_text_has_one_value_on_all_machines(python: Python, tmp_path: Path) -> None:
    found = {
        machine: python(
            PROGRAM, environ=environ | {"NUMBA_CACHE_DIR": str(tmp_path / machine)}
        ).stdout
        for machine, environ in MACHINES.items()
    }
    assert len(found["the interpreter"]) > 64 * len(KINDS)
    assert len(set(found.values())) == 1, found
