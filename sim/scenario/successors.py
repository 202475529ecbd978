"""Numbers and outcomes of older files, and what took their place.

A file that still names one gets an error, as for every unknown field, with this in the hint, and
`fmt --upgrade` brings it up to date (`upgrade.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from sim.scenario.reading import near

#: path of a number of an older file -> where it stands now, with the same meaning
MOVED: Mapping[str, str] = {
    f"rules.mediation.{name}": f"rules.bargaining.{name}"
    for name in (
        "openness",
        "rationality",
        "pressure",
        "targets",
        "trust",
        "outrage",
        "private",
    )
}

_PRICE = "the price of peace has them, in rules.bargaining"

#: path of a number that is gone (an entity's name as `*`) -> what took its place
NUMBERS: Mapping[str, str] = {
    "states.*.weights.backdown": (
        "gone: a state at open war halts or fights on, by rules.bargaining"
    ),
    **{
        f"rules.feelings.{name}": (
            "gone: aims are drawn once a crisis and do not fade, "
            "rules.bargaining.aim_demonstration, aim_limited, aim_attrition and their shares"
        )
        for name in ("war_aim_life", "war_aim_weariness", "war_aim_peace")
    },
    "rules.mediation.urgency": "gone: how talks depend on the height of a crisis is fixed",
    "rules.mediation.deaths": "gone: the dead of a crisis weigh in rules.bargaining.sunk",
    "rules.mediation.weariness": f"now rules.bargaining.losses; {_PRICE}",
    "rules.mediation.losses": f"now rules.bargaining.sunk; {_PRICE}",
    "rules.mediation.war_aim": f"now rules.bargaining.aim_limited and its kin; {_PRICE}",
    **{old: f"moved to {new}" for old, new in MOVED.items()},
    "rules.stocks.weariness_soldier": (
        "now rules.stocks.weariness_losses, in dead per thousand mobilised men"
    ),
    "rules.stocks.weariness_war_day": (
        "gone: losses per thousand mobilised men tire, rules.stocks.weariness_losses"
    ),
}

#: default outcome that is gone -> what took its place
OUTCOMES: Mapping[str, str] = {
    "open war": '"war, not over"; all four that begin with "war" together are a war',
    "limited war": '"strikes, no truce" and "strikes, then a truce", over the whole run',
    "settlement": '"war, settled"',
    "ceasefire holding": '"war, then a truce" and "strikes, then a truce"',
    "simmering": '"only raids" and "quiet"',
}

_PATTERNS = {
    re.compile(re.escape(path).replace(r"\*", r"[^.]+")): place for path, place in NUMBERS.items()
}


def successor(path: str) -> str:
    """What took the place of a number by its dotted path; empty if it was never one."""
    return next((place for known, place in _PATTERNS.items() if known.fullmatch(path)), "")


def near_or_successor(path: str, names: Iterable[str], what: str) -> str:
    """The hint for an unknown number: what took its place, or the paths that are near."""
    return successor(path) or near(path, names, what)


def near_outcome(word: str, names: Collection[str], what: str = "there are") -> str:
    """The hint for an unknown outcome (or measure): what took its place, or those that are near."""
    gone = word in OUTCOMES and word not in names
    return f"now {OUTCOMES[word]}" if gone else near(word, names, what)
