"""What an estimator needs from a table of replications, so that one read from the disk will do."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Table(Protocol):
    """A pandas `DataFrame`, or columns of a file read one at a time.

    `table[name]` is a column, a NumPy array or a pandas `Series`; `table[mask]` is the table of the
    rows where a Boolean column is true.
    """

    def __len__(self) -> int: ...

    def __contains__(self, name: Any, /) -> bool: ...

    def __getitem__(self, key: Any, /) -> Any: ...


def column(table: Table, name: str) -> NDArray[np.float64]:
    """One column as (n,) floats, NaN where a value is missing."""
    values = table[name]
    if isinstance(values, np.ndarray):
        return values.astype(np.float64, copy=False)
    return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))


def texts(table: Table, name: str) -> NDArray[np.object_]:
    """One column of text as (n,) objects, None where it is missing."""
    values = table[name]
    if isinstance(values, np.ndarray):
        return values
    return np.asarray(values.to_numpy(dtype=object, na_value=None))
