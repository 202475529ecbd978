"""What an estimator needs from a table of replications, so that one read from the disk will do."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Table(Protocol):
    """A pandas `DataFrame`, or columns of a file read one at a time.

    `table[name]` is a pandas `Series`, `table[mask]` the table of the rows where a Boolean `Series`
    is true.
    """

    def __len__(self) -> int: ...

    def __contains__(self, name: Any, /) -> bool: ...

    def __getitem__(self, key: Any, /) -> Any: ...


def column(table: Table, name: str) -> NDArray[np.float64]:
    """One column as (n,) floats, NaN where a value is missing."""
    return np.asarray(table[name].to_numpy(dtype=np.float64, na_value=np.nan))
