"""What a file's own texts in other languages lack, and what in them translates nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sim.errors import Problem
from sim.scenario.build import MAX_HINTS
from sim.scenario.findings import Finding, locate
from sim.scenario.languages import NAMED, OURS, texts_of
from sim.scenario.outcomes import with_outcomes
from sim.scenario.reading import MAX_NAMES, Node, Place, closest, one_line
from sim.scenario.resolve import LANGUAGES
from sim.scenario.schema import Language, ScenarioFile

_QUOTED = 60  # characters of a text that a message quotes, and by which texts are held to be alike


def translation_problems(
    file: ScenarioFile,
    own: Mapping[str, Node],
    variants: Mapping[str, Node],
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Texts without a translation and translations without a text, for the languages of a file.

    Parameters
    ----------
    file : the scenario, with what it inherits
    own : by tag, the languages that the file itself gives; nothing is said of those it inherits
    variants : of the file, whose texts it may translate too
    places : of everything in the files, by dotted path
    """
    texts = {one_line(text): path for path, text in reversed([*texts_of(file)])}
    known = {*texts, *file.teaching.roles, *map(one_line, _scalars(variants.values()))}
    outcomes = with_outcomes(file).outcomes
    for tag, node in own.items():
        language = file.languages[tag]
        there = {one_line(text) for text in language.texts}
        missing = {text: path for text, path in texts.items() if text not in there | OURS.keys()}
        yield from locate(_names(file, tag, language), places)
        yield from locate(_missing(tag, missing), places)
        yield from _idle(tag, "texts", node, known, missing)
        yield from _idle(tag, "outcomes", node, outcomes, outcomes)


def _names(file: ScenarioFile, tag: str, language: Language) -> Iterator[Finding]:
    for table in NAMED:
        for key, entry in getattr(file, table).items():
            named = table != "borders" or entry.crossing
            if named and key not in getattr(language, table):
                where = f"{LANGUAGES}.{tag}.{table}"
                yield Finding(f"{table}.{key}", f"should have a name in {tag}", "", f"see {where}")


def _missing(tag: str, missing: Mapping[str, str]) -> Iterator[Finding]:
    hint = f"see {LANGUAGES}.{tag}.texts"
    for text, path in missing.items():
        yield Finding(path, f"should have a text in {tag}", _short(text), hint)


def _idle(
    tag: str, table: str, node: Node, known: Iterable[str], candidates: Iterable[str]
) -> Iterator[Problem]:
    """What translates no text, with the text that may have taken its place."""
    entries = node.value.get(table) if isinstance(node.value, dict) else None
    if entries is None or not isinstance(entries.value, dict):
        return
    there = set(known)
    likely = {_short(text): text for text in list(candidates)[:MAX_NAMES]}
    idle = [(text, inner) for text, inner in entries.value.items() if one_line(text) not in there]
    for number, (text, inner) in enumerate(idle):
        hint = closest(_short(one_line(text)), likely) if number < MAX_HINTS else ""
        yield Problem(
            *_place(inner),
            f"{LANGUAGES}.{tag}.{table}",
            f"should be {'an outcome' if table == 'outcomes' else 'a text'} of the scenario",
            _short(text),
            hint,
        )


def _place(node: Node) -> tuple[str, int, int]:
    place = node.key or node.place
    return place.shown, place.line, place.column


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."


def _scalars(nodes: Iterable[Node]) -> Iterator[str]:
    """Every text in some trees."""
    for node in nodes:
        if isinstance(node.value, dict):
            yield from node.value
            yield from _scalars(node.value.values())
        elif isinstance(node.value, list):
            yield from _scalars(node.value)
        else:
            yield node.value
