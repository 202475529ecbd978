"""A sentence that is said later: what is found knows no language, and its reader has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.words.words import Words

#: What writes a value in a language: another sentence, or a number in some form.
Said = Callable[[Words], str]


@dataclass(frozen=True)
class Sentence:
    """A key of `sim/words` with its values; asked with the words of a language, it is said in it.

    A value is a number or a text, as for `Words.text`, or something that writes itself in a
    language: a `Sentence`, or a function such as `lambda words: words.percent(share)`.
    """

    key: str
    values: tuple[tuple[str, object | Said], ...] = ()

    @classmethod
    def of(cls, key: str, **values: object | Said) -> Sentence:
        """The sentence of a key with these values."""
        return cls(key, tuple(values.items()))

    def __call__(self, words: Words) -> str:
        said = {name: value(words) if callable(value) else value for name, value in self.values}
        return words.text(self.key, **said)
