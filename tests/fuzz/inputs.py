"""Inputs that nobody writes on purpose: files changed at random, settings, distributions.

Everything follows from a `random.Random`, so an input is repeated by its number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from sim.scenario.distributions import FAMILIES
from sim.scenario.scipy_families import PARAMS, bounds

SEEDS = Path(__file__).parent / "seeds"
GALLERY = Path(__file__).parents[1] / "scenario" / "gallery"
SCRAPS = (
    *"{}[]:,-#&*!|>'\"%@`?\n\t ~",
    *("null", "true", "yes", ".nan", "1e999", "-1", "0120", "0o17", "1_0", "12:30", "<<: ", "\n  "),
    *(
        "dist: nbinom",
        "value",
        "from: {}\n",
        "extends: x.yaml\n",
        "id: ../x\n",
        "&a ",
        "*a",
        "!!x ",
    ),
    *(
        "!!x ",
        "\x00",
        "\x1b[0m",
        "\ud7ff",
        "\u202e",
        "é",
        "9" * 50,
        "a" * 300,
        "- - - ",
        "? ",
        "[[[",
    ),
)
WRONG = (
    *("{}", "[]", "~", "''", "x", "-1", "1.5", "1e999", "true", "2001-01-01", "[~]", "[x, x]"),
    *("{x: y}", "{dist: normal}", "{value: ~}", "{values: []}", ".nan", "[{}, ~]", "[[]]", "0120"),
)
#: The blocks in which a file says what the model does not have.
OWN = ("interventions", "actions", "events", "flows", "measures", "outcomes", "expect", "levers")
OWN += ("variants", "languages", "history", "alliances", "designs")
Key = str | int


class Input(NamedTuple):
    """A text and settings, as a command would read them."""

    text: bytes
    overrides: dict[str, object]


class Corpus:
    """The texts that are changed, with the trees of those that are whole.

    `whole` names two files that are read as they are; all but a few inputs are made from the first.
    """

    weights = (4, 3, 3)  # of changes to bytes, lines and values

    def __init__(
        self, whole: tuple[Path, Path] = (SEEDS / "small.yaml", GALLERY / "base.yaml")
    ) -> None:
        files = [*sorted(SEEDS.glob("*.yaml")), *sorted(GALLERY.glob("*.yaml"))]
        self.texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
        self.whole = [path.read_text("utf-8") for path in whole]
        self.trees = [YAML(typ="safe", pure=True).load(text) for text in self.whole]
        self.paths = [list(paths(tree)) for tree in self.trees]

    def draw(self, random: Random) -> Input:
        """One input."""
        kind = random.choices((self._bytes, self._lines, self._values), self.weights)[0]
        text = kind(random).encode("utf-8", "surrogatepass")
        some = random.random() < 0.2
        return Input(text, dict(self._settings(random)) if some else {})

    def _text(self, random: Random) -> str:
        """A text to change: mostly the small one, which is read in a fraction of the time."""
        at = random.random()
        return self.whole[at > 0.6] if at < 0.7 else random.choice(self.texts)

    def _bytes(self, random: Random) -> str:
        text = self._text(random)
        for _ in range(random.randint(1, 3)):
            at, cut = random.randint(0, len(text)), random.choice((0, 0, 1, 3, 30, 300))
            text = text[:at] + random.choice(SCRAPS) + text[at + cut :]
        return text

    def _lines(self, random: Random) -> str:
        lines = self._text(random).splitlines()
        for _ in range(random.randint(1, 2)):
            at, other = random.randrange(len(lines)), random.randrange(len(lines))
            lines[at : at + random.randint(0, 2)] = lines[other : other + random.randint(0, 3)]
            lines = lines or ["{}"]
        return "\n".join(lines) + "\n"

    def _values(self, random: Random) -> str:
        which = int(random.random() < 0.1)
        chosen = random.sample(self.paths[which], random.randint(1, 3))
        return flow(self.trees[which], {path: self._value(random, path) for path in chosen})

    def _value(self, random: Random, path: tuple[Key, ...]) -> str:
        return random.choice((*WRONG, *("0.5",) * 20))

    def _settings(self, random: Random) -> Iterator[tuple[str, object]]:
        for _ in range(random.randint(1, 3)):
            which = random.randrange(len(self.trees))
            path = [str(key) for key in random.choice(self.paths[which])]
            if random.random() < 0.3:
                path.insert(random.randint(0, len(path)), random.choice((*SCRAPS, "", "0", "x")))
            yield ".".join(path), random.choice((*WRONG, *SCRAPS, distribution(random)))


class Blocks(Corpus):
    """Texts with all that a file may say of its own, so that what is changed is that.

    Events, flows, actions, alliances, measures, designs, variants, another language. A value is
    mostly put in the place of another of its kind, so that names, stocks and bounds meet which
    nobody thought of together.
    """

    weights = (1, 2, 7)

    def __init__(self) -> None:
        super().__init__((SEEDS / "blocks.yaml", SEEDS / "blocks.yaml"))
        self.paths = [[path for path in self.paths[0] if path[0] in OWN]] * 2
        self.values = [at(self.trees[0], path) for path in self.paths[0]]

    def _text(self, random: Random) -> str:
        return self.whole[0]

    def _value(self, random: Random, path: tuple[Key, ...]) -> str:
        if random.random() < 0.2:
            return super()._value(random, path)
        kind = type(at(self.trees[0], path))
        alike = [value for value in self.values if type(value) is kind]
        return flow(random.choice(alike), {})


def at(value: Any, path: tuple[Key, ...]) -> Any:
    """What stands at a path of a tree."""
    for key in path:
        value = value[key]
    return value


def paths(value: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """The paths of all values in a tree."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*path, key))


def flow(value: Any, changes: dict[tuple[Key, ...], str], path: tuple[Key, ...] = ()) -> str:
    """A tree as YAML on one line, with other text at some paths."""
    if path in changes:
        return changes[path]
    if isinstance(value, dict):
        entries = (f"{json.dumps(k)}: {flow(v, changes, (*path, k))}" for k, v in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(v, changes, (*path, i)) for i, v in enumerate(value))}]"
    plain = isinstance(value, bool | int | float) or value is None
    return json.dumps(value if plain else str(value))


def distribution(random: Random) -> str:
    """A distribution with parameters of any size, half of them within their bounds."""
    name = random.choice((*FAMILIES, *PARAMS))
    params = PARAMS.get(name) or FAMILIES[name].params
    if name in FAMILIES and random.random() < 0.7:
        params = FAMILIES[name].params
    wild = random.random() < 0.5
    given = [f"{param}: {_size(random, name, param, wild)!r}" for param in params]
    if not {"low", "high"} & set(params) and random.random() < 0.9:
        given += ["low: 0", f"high: {random.choice((1, 1, 1e-12, 1e6))}"]
    return f"{{dist: {name}, {', '.join(given)}, assumed: x}}"


def _size(random: Random, name: str, param: str, wild: bool) -> float:
    least, most = (5e-324, 1.7e308) if wild else bounds(name, param)
    least = max(least, 5e-324)
    if random.random() < 0.5:
        value = random.choice((0.0, 0.25, 0.5, 1.0, 2.0, 10.0, 100.0, least, most))
    else:
        value = math.exp(random.uniform(math.log(least), math.log(most)))
    if param in ("n", "N") and value > 1 and random.random() < 0.6:
        value = float(math.floor(value))
    return -value if random.random() < 0.2 else value
