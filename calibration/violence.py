"""Rows of the tempo table on attacks and deaths, most of them in Pakistan, as recorded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration.figures import Figure, figure, interstate_share
from calibration.record import KIND, Cast, Record, deaths, rungs
from calibration.rows import Row, per_run
from calibration.statistics import detrended_fano, fano, tail_exponent

SECTION = "Attacks and deaths"
HOME = "pakistan"
TAIL_FROM = 5


def rows(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on militant violence and on the dead."""
    return [*_rates(records, cast), *_dead(records, cast), *_shape(records, cast)]


def at_home(events: np.ndarray, cast: Cast) -> np.ndarray:
    """Events in sectors of the state whose attacks the record counts."""
    return events[
        (events["sector"] >= 0) & (cast.sector_state[events["sector"]] == cast.state(HOME))
    ]


def in_year(events: np.ndarray, year: int) -> np.ndarray:
    """Events of the first or second year."""
    return events[(events["day"] > 365 * (year - 1)) & (events["day"] <= 365 * year)]


def by_month(
    days: NDArray[np.int64], cast: Cast, weights: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """Sum of weights (1 each) by calendar month."""
    months = cast.months()
    return np.bincount(months[days - 1], weights, minlength=int(months[-1]) + 1).astype(np.float64)


def _rates(records: list[Record], cast: Cast) -> list[Row]:
    attacks = [at_home(r.of("attack"), cast) for r in records]
    yearly = np.array(
        [[len(in_year(a, year)) for year in (1, 2)] for a in attacks], dtype=np.float64
    )
    ttp = [np.mean(a["group"] == cast.groups.index("ttp")) if len(a) else np.nan for a in attacks]
    return [
        per_run(
            "attacks_month_1",
            SECTION,
            "attacks a month in Pakistan, first year",
            yearly[:, 0] / 12,
            figure("attacks_month_1"),
        ),
        per_run(
            "attacks_month_2",
            SECTION,
            "attacks a month in Pakistan, second year",
            yearly[:, 1] / 12,
            figure("attacks_month_2"),
        ),
        per_run(
            "attacks_growth",
            SECTION,
            "second year over first",
            yearly[:, 1] / np.maximum(yearly[:, 0], 1),
            figure("attacks_growth"),
        ),
        per_run(
            "attacks_ttp_share",
            SECTION,
            "share of attacks by the TTP",
            ttp,
            figure("attacks_ttp_share"),
        ),
        per_run(
            "dead_per_attack",
            SECTION,
            "dead an attack, attackers included",
            [deaths(a).mean() for a in attacks],
            figure("dead_per_attack"),
        ),
    ]


def _dead(records: list[Record], cast: Cast) -> list[Row]:
    home = [at_home(r.events, cast) for r in records]
    operations = [h[h["kind"] == KIND["operation"]] for h in home]
    found = []
    for year in (1, 2):
        killed = [in_year(o, year)["dead_militants"].sum() / 12 for o in operations]
        what = "militants killed in operations, a month, year"
        found.append(
            per_run(
                f"operations_dead_month_{year}",
                SECTION,
                f"{what} {year}",
                killed,
                figure(f"operations_dead_month_{year}"),
            )
        )
    for year in (1, 2):
        dead = [deaths(in_year(h, year)).sum() / 12 for h in home]
        what = "all dead in Pakistan a month, operations and border included, year"
        found.append(
            per_run(
                f"deaths_month_{year}",
                SECTION,
                f"{what} {year}",
                dead,
                figure(f"deaths_month_{year}"),
            )
        )
    changes = [
        np.diff(np.log(np.maximum(by_month(h["day"], cast, deaths(h)), 1))).std(ddof=1)
        for h in home
    ]
    found.append(
        per_run(
            "deaths_change_sd",
            SECTION,
            "sd of the change of log deaths from month to month",
            changes,
            figure("deaths_change_sd"),
        )
    )
    found.append(
        per_run(
            "interstate_share",
            SECTION,
            "share of all dead who die in acts between states",
            _between(records),
            interstate_share(),
        )
    )
    return found


def _between(records: list[Record]) -> list[float]:
    totals = [(deaths(r.events), rungs(r.events) > 0) for r in records]
    return [float(dead[between].sum() / max(dead.sum(), 1)) for dead, between in totals]


def _shape(records: list[Record], cast: Cast) -> list[Row]:
    found = []
    for group, label in (("ttp", "TTP"), ("baloch", "Baloch groups")):
        number = cast.groups.index(group)
        attacks = [a[a["group"] == number] for a in (r.of("attack") for r in records)]
        daily = [fano(np.bincount(a["day"], minlength=cast.horizon + 1)[1:]) for a in attacks]
        monthly = [detrended_fano(by_month(a["day"], cast)) for a in attacks]
        what = f"Fano factor of attacks a month around a running mean of 13, {label}"
        found += [
            per_run(
                f"fano_daily_{group}",
                SECTION,
                f"Fano factor of attacks a day, {label}",
                daily,
                figure(f"fano_daily_{group}"),
            ),
            per_run(
                f"fano_monthly_{group}", SECTION, what, monthly, figure(f"fano_monthly_{group}")
            ),
            _tail(
                f"tail_{group}",
                label,
                [a["dead_security"] + a["dead_civilians"] for a in attacks],
                figure(f"tail_{group}"),
            ),
        ]
    return found


def _tail(key: str, label: str, sizes: list[NDArray[np.int64]], data: Figure) -> Row:
    """The exponent is of all replications together; its range is of one replication."""
    each = [tail_exponent(s, TAIL_FROM).value for s in sizes]
    row = per_run(
        key, SECTION, f"exponent of the dead of an attack from {TAIL_FROM} up, {label}", each, data
    )
    return row._replace(model=tail_exponent(np.concatenate(sizes), TAIL_FROM))
