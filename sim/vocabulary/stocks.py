"""The stocks that support from outside and sanctions move, by name.

A flow adds to a word of the world that the rules read anyway, or takes from it; it has no rule of
its own beside that.
"""

from __future__ import annotations

from sim.vocabulary.coded import Row, words


class Stock(Row):
    """A stock that a flow can move.

    `unit` of the stock; `table` and `field` where it lies; `holder` whose it is: a state, a state
    toward a rival (view), a group, or a group in a sector (place); `low` and `high` its bounds;
    `moved` 1 if what one state gives to another leaves the giver; `men` 1 if posts have to be
    filled anew.
    """

    unit: str
    table: str
    field: str
    holder: str
    low: float
    high: float
    moved: int
    men: int

    # fmt: off
    PERSONNEL       = "persons",  "states",   "personnel",       "state", 1.0, 1e8, 1, 1
    COMBAT_AIRCRAFT = "aircraft", "states",   "combat_aircraft", "state", 0.0, 1e5, 1, 0
    STANDOFF        = "aircraft", "states",   "standoff",        "state", 0.0, 1e5, 1, 0
    HELICOPTERS     = "aircraft", "states",   "helicopters",     "state", 0.0, 1e5, 1, 0
    ARMOUR          = "vehicles", "states",   "armour",          "state", 0.0, 1e6, 1, 0
    BURDEN          = "losses",   "states",   "losses",          "state", 0.0, 1e6, 0, 0
    PRESSURE        = "stock",    "states",   "pressure",        "state", 0.0, 1e3, 0, 0
    TARGETS         = "share",    "dyads",    "targets",         "view",  0.0, 1.0, 0, 0
    CAPACITY        = "fighters", "groups",   "capacity",        "group", 1.0, 1e7, 0, 0
    BASE_RATE       = "attacks",  "groups",   "base_rate",       "group", 0.0, 8.0, 0, 0
    FIGHTERS        = "fighters", "presence", "fighters",        "place", 0.0, 1e6, 0, 0
    # fmt: on


STOCK_NAMES = words(Stock)
