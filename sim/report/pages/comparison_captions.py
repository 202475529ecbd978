"""What stands below the figures of a comparison, and how its numbers were made."""

from __future__ import annotations

CAPTIONS = {
    "differences": (
        "Dots: the difference from the baseline. Thick bars: its 95 % interval, from pairs on the same luck where the runs are paired. "
        "Thin lines: the interval that the same runs would give without pairing. Blue: beyond chance with all tests counted (Holm, 5 %)."
    ),
    "flow": (
        "Left: outcomes in the baseline. Right: outcomes of the same replications, with the same luck, in the other scenario. "
        "Grey: the outcome stayed. Coloured: it changed, in the colour of what it was."
    ),
    "rungs": (
        "Above: each column is a day, its colours show how many replications had which rung as the highest of that day. "
        "Below: the second minus the first; what is above zero is more frequent in the second, what is below less."
    ),
    "settling": (
        "The difference after the first so many replications, for the outcome that differs most and the first of the main measures. "
        "Blue: the estimate and its 95 % interval. Grey lines: the interval without pairing. The more replications, the narrower both."
    ),
    "curves": (
        "Each line rises with the share of replications that lie at or below a value; a line further to the right means more of it. "
        "Of times: the share in which it has happened by that day; a line that does not reach the top belongs to what never came in the rest."
    ),
    "clouds": (
        "Hill: how often each value comes. Thick bar: the middle half of the replications. Thin bar: nine in ten. "
        "Ring: the middle one. Dots: single replications."
    ),
}

PAIRED = (
    "All scenarios ran on the same seed: every chance in a replication hangs on the replication's number, on who is concerned, the day and "
    "what it is for, so replication k meets the same luck in each. Differences are taken replication by replication. Intervals: Student's t "
    "of the differences; for shares the adjusted interval of Bonett and Price (2012), which keeps its coverage where few replications change. "
    "Times that had not come are cut at the horizon (restricted means)."
)
UNPAIRED = "The runs are independent samples. Intervals: Welch's; for shares that of Agresti and Caffo (2000). Times are restricted means."
