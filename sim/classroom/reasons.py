"""The decisions of a replication in a form small enough to be carried in a page.

A kind of decision says once which options and terms it has; a decision is then numbers in that
order. What a term adds to an option is its value times its weight, as in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FINE = 1000  # steps of a probability and of a term
QUIET = {"command": "hold"}  # what border commands do nearly every day is not carried

Json = dict[str, Any]


def reasons(decisions: Iterable[Mapping[str, Any]], actors: Sequence[Json]) -> Json:
    """Decisions as the page carries them.

    Parameters
    ----------
    decisions : records of the ledger: actor, kind, day, about, options, weights, draw, choice,
        delay, believed, true
    actors : as `sim.classroom.replay.actors` gives them

    Returns
    -------
    `kinds`: by kind, names of its options and terms; `rows`: one a decision, its day, actor, kind,
    whom it is about, number of the choice, draw and options; each option is its probability and its
    terms, or why it was barred
    """
    numbers = {one["id"]: k for k, one in enumerate(actors)}
    kinds: dict[str, Json] = {}
    rows = []
    for one in decisions:
        actor = numbers.get(whose(str(one["actor"]), numbers))
        if actor is None or QUIET.get(one["kind"]) == one["choice"]:
            continue
        kind = kinds.setdefault(
            one["kind"], {"options": list(one["options"]), "terms": list(one["weights"])}
        )
        rows.append(_row(one, actor, kind))
    return {"scale": FINE, "kinds": kinds, "rows": rows}


def whose(actor: str, known: Iterable[str]) -> str:
    """The actor of the page that a decision belongs to: itself, or a border command's state."""
    names = list(known)
    if actor in names:
        return actor
    return next(
        (name for name in names if actor == name.partition(".")[2] or actor.startswith(f"{name}.")),
        actor,
    )


def _row(one: Mapping[str, Any], actor: int, kind: Json) -> Json:
    weights = one["weights"]
    options = [
        _option(one["options"][name], weights, kind["terms"]) if name in one["options"] else ""
        for name in kind["options"]
    ]
    row: Json = {
        "d": one["day"],
        "a": actor,
        "k": one["kind"],
        "to": one.get("about") or "",
        "c": kind["options"].index(one["choice"]),
        "o": options,
    }
    row["u"] = round(float(one["draw"]) * FINE * 10)
    for short, name in (("b", "believed"), ("x", "true")):
        facts = {key: round(float(value), 3) for key, value in (one.get(name) or {}).items()}
        row |= {short: facts} if facts else {}
    return row | ({"l": one["delay"]} if one.get("delay") else {})


def _option(
    option: Mapping[str, Any], weights: Mapping[str, float], terms: Sequence[str]
) -> list[int] | str:
    """Probability and terms in steps, zeros at the end left out; or why the option was barred."""
    if not option["available"]:
        return str(option.get("barred_because") or "")
    worth = [
        round(FINE * float(option["terms"].get(term, 0.0)) * float(weights[term])) for term in terms
    ]
    while worth and worth[-1] == 0:
        worth.pop()
    return [round(FINE * float(option["probability"])), *worth]
