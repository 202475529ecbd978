"""What a measure of a file's own means, in a sentence made from its definition."""

from __future__ import annotations

from sim.vocabulary.own_measures import OF_SERIES, Moment, Own, OwnKind
from sim.words.words import Words

_AT = "vocabulary.own"


def own_meaning(own: Own, words: Words) -> str:
    """What it looks for, and on which days."""
    said = _what(own, words)
    if own.after is not None:
        after = moment_words(own.after, words)
        key = "within" if own.within else "after"
        said = words.text(f"{_AT}.{key}", said=said, after=after, n=own.within)
    first, last = own.days
    return words.text(f"{_AT}.days", said=said, first=first, last=last)


def _what(own: Own, words: Words) -> str:
    if own.kind in OF_SERIES:
        return words.text(f"{_AT}.{own.kind}", path=own.path)
    assert own.moment is not None
    moment = moment_words(own.moment, words)
    if own.kind is not OwnKind.LAG:
        of_days = own.moment.path and own.kind is OwnKind.COUNT
        key = "count_days" if of_days else own.kind.value
        return words.text(f"{_AT}.{key}", moment=moment)
    assert own.until is not None
    key = "ended" if own.ended else own.kind.value
    return words.text(f"{_AT}.{key}", moment=moment, until=moment_words(own.until, words))


def moment_words(moment: Moment, words: Words) -> str:
    """A moment in the words of the file."""
    if moment.path:
        bounds = [words.text(f"{_AT}.{name}", bound=value) for name, value in moment.bounds]
        return words.text(f"{_AT}.path", path=moment.path, bounds=words.join(bounds))
    parts = [
        words.text(f"{_AT}.{name}", name=given)
        for name in ("event", "how", "own", "by", "against", "group", "place")
        if (given := getattr(moment, name))
    ]
    return ", ".join(parts)
