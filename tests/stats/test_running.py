"""Running estimates of a share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.stats.convergence import running
from sim.stats.shares import interval


def test_a_running_estimate_ends_at_the_share_of_all() -> None:
    fine = pd.DataFrame({"outcome": ["war"] * 30 + ["peace"] * 70})
    line = running(fine, "war")
    assert (line.runs[0], line.runs[-1]) == (10, 100)
    assert np.all(line.share[line.runs <= 30] == 1.0)
    assert line.share[-1] == 0.3
    assert (line.low[-1], line.high[-1]) == interval(0.3, 100)
