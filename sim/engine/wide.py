"""A product of two words in two words: the one thing that NumPy has no arithmetic for."""

from __future__ import annotations

from typing import Any

import numpy as np

_MASK = (1 << 64) - 1


def umul128(a: Any, b: Any) -> tuple[np.uint64, np.uint64]:
    """High and low 64 bits of the product of two unsigned 64-bit words, compiled or not."""
    product = int(a) * int(b)
    return np.uint64(product >> 64), np.uint64(product & _MASK)
