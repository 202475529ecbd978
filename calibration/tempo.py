"""The tempo of the model against the record: 2024-26, and the days after 9 October 2025."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from calibration import endings, strikes, truces, violence
from calibration.record import records, template_of
from calibration.rows import Row

FREE, OCTOBER = "af_pk_2024", "af_pk_october_2025"


class Tempo(NamedTuple):
    """A table of tempo and how it was made."""

    rows: tuple[Row, ...]
    runs: int
    failed: int
    seed: int
    overrides: dict[str, object]
    digests: dict[str, str]


def measure(
    runs: int, seed: int, jobs: int | None = None, overrides: Mapping[str, object] = {}
) -> Tempo:
    """Run both scenarios and read off every row."""
    template, cast = template_of(FREE, overrides)
    free = records(template, seed, runs, jobs)
    autumn_template, autumn_cast = template_of(OCTOBER, overrides)
    autumn = records(autumn_template, seed, runs, jobs)
    rows = (
        *violence.rows(free, cast),
        *strikes.rows(free, cast),
        *truces.rows(free, cast),
        *endings.rows(free, cast),
        *strikes.actors(free, cast),
        *truces.october(autumn, autumn_cast),
    )
    digests = {FREE: template.digest, OCTOBER: autumn_template.digest}
    return Tempo(rows, runs, 2 * runs - len(free) - len(autumn), seed, dict(overrides), digests)
