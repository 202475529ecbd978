"""All fields of the scenario language by their paths, for commands and for pages of the docs.

A path stands for all entries of a table by a word in capitals (`groups.GROUP.base_rate`) and for
all items of a list by N (`history.N.date`). Nothing is said here that the schema does not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import attrs

from sim.scenario.fields import specs
from sim.scenario.json_schema import AROUND
from sim.scenario.reading import near
from sim.scenario.resolve import ROOT, keys_of
from sim.scenario.spec import Quantity, Spec, show

ITEM = "N"
_NEARLY = 0.85  # how alike a name and that of a field are if one is the other, misspelt
#: What stands for the keys of maps that no table and no field names in the singular.
_KEYS = {"set": "PATH", "tries": "TRIAL", "vary": "PATH", "when": "READING"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the language, or a block of fields: its path, and what the schema says of it."""

    path: tuple[str, ...]
    spec: Spec

    @property
    def name(self) -> str:
        """The dotted path."""
        return ".".join(self.path)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value of its own and no fields."""
        inner = self.spec
        while inner.form in ("map", "list") and inner.item is not None:
            inner = inner.item
        return inner.form != "block" and self.spec.form != "map"

    @property
    def help(self) -> str:
        """What it is."""
        return self.spec.help

    @property
    def unit(self) -> str:
        """The only unit in which a file may state it; empty for what is no number."""
        return self.spec.unit if self.spec.form in ("number", "days") else ""

    @property
    def limits(self) -> tuple[str, str] | None:
        """Lowest and highest value, as a person would write them."""
        inner = self.spec.item if self.spec.form == "list" else self.spec
        if inner is None or inner.low is None or inner.high is None:
            return None
        return show(inner.low), show(inner.high)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it may be, if they are few."""
        inner = self.spec.item if self.spec.form == "list" else self.spec
        return tuple(map(str, inner.among)) if inner is not None else ()

    @property
    def default(self) -> str | None:
        """What is taken if a file gives none: empty for nothing, None where a file must give it."""
        made = self.spec.default
        if self.spec.is_required:
            return None
        if isinstance(made, Quantity):
            return show(made.value)
        if isinstance(made, bool):
            return "true" if made else "false"
        return str(made) if isinstance(made, int | float | str) else ""

    @property
    def source(self) -> str:
        """Where the default comes from."""
        made = self.spec.default
        return (made.source or made.assumed or "") if isinstance(made, Quantity) else ""


@cache
def fields() -> tuple[Field, ...]:
    """Every field and block in the order of the schema, a block before what is in it."""
    around = (Field((key,), Spec("text", said, default=None)) for key, said in AROUND.items())
    return (*_below(ROOT, ()), *around)


def _below(spec: Spec, path: tuple[str, ...]) -> Iterator[Field]:
    if spec.form == "block" and spec.block is not None:
        for key, inner in specs(spec.block).items():
            yield Field((*path, key), inner)
            yield from _below(inner, (*path, key))
    elif spec.form == "map" and spec.item is not None:
        word = (*path, _key(spec, path))
        entry = (spec.item.item if spec.item.form == "list" else None) or spec.item
        if entry.form not in ("block", "map"):  # else there is more to say below
            yield Field(word, attrs.evolve(spec.item, text=spec.item.help or spec.help))
        yield from _below(spec.item, word)
    elif spec.form == "list" and spec.item is not None and spec.item.form == "block":
        yield from _below(spec.item, (*path, ITEM))


def _key(spec: Spec, path: tuple[str, ...]) -> str:
    """The word in capitals for the keys of a map."""
    if path and path[-1].isupper():  # within an outcome
        return "MEASURE"
    name = spec.table or path[-1]
    return _KEYS.get(name, name.removesuffix("s").upper())


def find(path: str) -> list[Field]:
    """What a path means: a field, or a block and all that is in it.

    Names of entries may be given, written in capitals or left out: `groups.base_rate` and
    `groups.rebels.base_rate` are one field.

    Parameters
    ----------
    path : dotted path; empty for everything

    Returns
    -------
    the fields in the order of the schema, none if there is no such path
    """
    wanted = [part for part in keys_of(path) if part]
    if not wanted:
        return list(fields())
    if found := [field for field in fields() if _begins(field.path, wanted, named=False)]:
        return found
    found = [field for field in fields() if _begins(field.path, wanted, named=True)]
    # a name that is nearly that of a field is one that was misspelt
    inside = {word for field in found for word in field.path}
    slips = (word for word in wanted if word not in inside)
    return [] if any(get_close_matches(word, inside, 1, _NEARLY) for word in slips) else found


def meaning(path: str) -> str:
    """The help of the field of a path, numbers of items included; empty for what is none."""
    words = [ITEM if word.isdigit() else word for word in path.split(".")]
    leaves = [field for field in find(".".join(words)) if len(field.path) == len(words)]
    return leaves[0].help if leaves else ""


def hint(path: str) -> str:
    """What to write instead of a path that there is not: near names, and those that exist."""
    wanted = [part for part in path.split(".") if part]
    known: Sequence[Field] = fields()
    while wanted and not (known := find(".".join(wanted[:-1]))):
        wanted.pop()
    at_top = len(wanted) == 1
    depth = 0 if at_top else len(known[0].path)
    inside = dict.fromkeys(
        part
        for field in known
        for part in field.path[depth : depth + (1 if at_top else 2)]
        if not part.isupper() and part != ITEM
    )
    everywhere = [f.name for f in fields() if wanted and f.path[-1] == wanted[-1]]
    if everywhere:
        return f"there is {', '.join(everywhere[:5])}"
    above = ".".join(wanted[:-1])
    return near(wanted[-1], inside, f"{above or 'a scenario'} has")


def _begins(path: Sequence[str], wanted: Sequence[str], *, named: bool) -> bool:
    """Whether a field's path, or a beginning of it, is what is wanted.

    `named` lets a word that is wanted stand for the name of an entry.
    """
    if not wanted:
        return True
    if not path:
        return False
    word, rest = path[0], path[1:]
    if word == wanted[0] and _begins(rest, wanted[1:], named=named):
        return True
    if not (word.isupper() or word == ITEM):
        return False
    return _begins(rest, wanted, named=named) or (named and _begins(rest, wanted[1:], named=named))
