"""The small scenario with the texts of a stranger in every field that takes text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from conftest import ROOT
from ruamel.yaml import YAML

#: What Rich reads as markup or pictures.
MARKUP = (
    "[red]{}[/]",
    "{} [/]",
    "[bold {}",
    "\\[{}]",
    "[link=https://a.b]{}[/link]",
    ":smile: {}",
    "{} [guaranteed]",
    "{} <b>&amp;</b>",
)
#: What Matplotlib reads as mathematics, or leaves out, or chokes on; and other writing.
MATHEMATICS = (
    "${}$",
    "{} $x_$ b",
    "above $1 bn, {} at $2 bn",
    "\\frac {} $\\frac$",
    "{}^{{}} 100 %",
    "_{}",
    "${}",
    "\\$ {} \\alpha",
    "{{{}}}",
    "two\nlines {}",
    "\u200f{}",
    "%s %d {}",
)
_TEXTS = ("title", "question", "summary", "short", "label", "crossing", "do", "ask", "hint")
_TEXTS += ("public", "look", "what", "say")
_LISTS = ("notice", "goals", "knows", "wants", "may")

OUTCOMES = {
    "war": {"max_rung": {"at_least": 5}},
    "talks": {"ceasefire_at_end": {"at_least": 1}},
    "raids": {"raids": {"at_least": 1}},
    "shots": {"max_rung": {"at_least": 3}},
    "other": {},
}


def stranger(folder: Path, kinds: Sequence[str], *, name: str = "stranger") -> Path:
    """A scenario file in which each text is written in one of the kinds, in turns."""
    yaml = YAML(typ="safe")
    tree = yaml.load((ROOT / "scenarios" / "two_states.yaml").read_text(encoding="utf-8"))
    del tree["languages"]  # whose texts are found by those that are written anew
    # outcomes get other names, so that no story can be picked by one
    tree["teaching"]["stories"] = [{"pick": "truce", "look": "Who offers it?"}]
    for question in tree["teaching"]["questions"]:
        question.pop("story", None)
    turns = cycle(kinds)
    known: dict[str, str] = {}

    def write(text: str) -> str:
        if text not in known:
            known[text] = next(turns).format(text)
        return known[text]

    tree = _rewritten(tree, write) | {"id": name}
    tree["outcomes"] = {write(key): bounds for key, bounds in OUTCOMES.items()}
    path = folder / f"{name}.yaml"
    text = io.StringIO()
    YAML().dump(tree, text)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _rewritten(value: Any, write: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_rewritten(item, write) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _of_key(key, item, write) for key, item in value.items()}


def _of_key(key: str, item: Any, write: Callable[[str], str]) -> Any:
    if key in _TEXTS and isinstance(item, str):
        return write(item)
    if key in (*_LISTS, "trials") and isinstance(item, list):
        return [write(text) for text in item]
    return _rewritten(item, write)


def texts(value: Any) -> Iterator[str]:
    """All texts in a tree of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
