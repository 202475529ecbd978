"""Measures as people read them: what the columns of the tables of replications stand for.

Files keep the names of the columns. A measure of each state, group or sector has one text, in which
the name of the one that is meant is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sim.vocabulary.ladder import Rung
from sim.vocabulary.measures import (
    FIXED,
    OF_ALLIANCES,
    PER_ALLIANCE,
    PER_EVENT,
    PER_FLOW,
    PER_GROUP,
    PER_OWN_ACT,
    PER_SECTOR,
    PER_STATE,
    PER_VIEW,
    Measure,
    PerEntity,
)
from sim.vocabulary.readings import OF_COALITIONS, OF_THE_WORLD, PER_ROW, Reading
from sim.words.names import readable_name
from sim.words.own_measures import own_meaning
from sim.words.words import Words

#: What a text of a measure calls the entities of its table.
_PLACEHOLDERS = {
    "states": ("state",),
    "groups": ("group",),
    "sectors": ("sector",),
    "possible": ("event",),
    "flows": ("flow",),
    "own_acts": ("action",),
    "alliances": ("alliance",),
    "dyads": ("state", "rival"),
}
_PER = (
    *(*PER_STATE, *PER_GROUP, *PER_SECTOR, *PER_VIEW),
    *(*PER_EVENT, *PER_FLOW, *PER_OWN_ACT, *PER_ALLIANCE),
)
_BRACES = {
    kind: f"{{{kind}}}"
    for kind in ("state", "group", "sector", "rival", "event", "flow", "action", "alliance")
}
_PLAIN_UNITS = ("count", "deaths", "flag")


def measure_name(measure: Measure, words: Words) -> str:
    """A measure in a few words, such as the length of the first ceasefire."""
    if measure.own is not None:
        return measure.title
    return words.text(f"vocabulary.measures.{measure.key}", **_values(measure, words))


def measure_meaning(measure: Measure, words: Words) -> str:
    """What a measure counts."""
    if measure.own is not None:
        return own_meaning(measure.own, words)
    return words.text(f"vocabulary.meanings.{measure.key}", **_values(measure, words))


def patterns(words: Words, of: Iterable[Measure | PerEntity] = ()) -> Iterator[tuple[str, ...]]:
    """Name, unit and meaning of measures; those of an entity have its kind in braces as its name.

    `of` are the ones that are meant; all of them if left out.
    """
    for one in of or (*FIXED, *OF_ALLIANCES, *_PER):
        if isinstance(one, Measure):
            yield one.name, one.unit, measure_meaning(one, words)
        else:
            yield one.pattern, one.unit, words.text(f"vocabulary.meanings.{one.key}", **_BRACES)


def reading_patterns(words: Words) -> Iterator[tuple[str, ...]]:
    """Name, unit and meaning of what a condition can look at, beside the measures that count."""
    for one in (*OF_THE_WORLD, *OF_COALITIONS, *PER_ROW):
        name = one.name if isinstance(one, Reading) else one.pattern
        yield name, one.unit, words.text(f"vocabulary.readings.{one.key}", **_BRACES)


def unit_name(unit: str, words: Words) -> str:
    """The unit of a measure; of anything else as it stands."""
    return words.term("vocabulary.units", unit)


def unit_beside(unit: str, words: Words) -> str:
    """The unit beside a number; empty where what is counted says it already."""
    return "" if unit in _PLAIN_UNITS else unit_name(unit, words)


def target_name(name: str, measures: Mapping[str, Measure], words: Words) -> str:
    """An outcome or a measure, by its name in the tables, as people read it."""
    if name in measures:
        return measure_name(measures[name], words)
    return words.term("vocabulary.outcomes", name)


def _values(measure: Measure, words: Words) -> dict[str, str]:
    """What the texts of a measure fill in."""
    if measure.table == "rungs":
        rung = str(int(Rung.of(measure.row)))
        return {"rung": rung, "title": words.text(f"vocabulary.rungs.{rung}")}
    given = measure.title.split(">") if measure.title else None
    names = given or map(readable_name, measure.row.split(">"))
    return dict(zip(_PLACEHOLDERS.get(measure.table, ()), names, strict=False))
