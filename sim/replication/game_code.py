"""A game as a code of some twenty signs, to be read aloud, typed and put into a QR code.

A code is written in groups with the letters and digits of Crockford's base 32, which has no I, L, O
and U; small letters, spaces and dashes do not matter, and a misread I, L or O is understood. Its
signs are, from the first:

    4        fingerprint of the scenario and of the version of the program
    1 and more, each  seed, replication, roles (a bit each): numbers of four bits a sign, the lowest
             first; a sign of 16 and more says that the number goes on
    the rest the choices as one number: the first is the remainder by the number of its answers, and
             so on; a 1 stands above the last
    3        check: sum of the signs, each times a power of 2 by its place, modulo the prime 32,749.
             One wrong sign and two signs that changed places are always noticed, any other slip but
             once in 32,749 times.

The number of answers at a stop is known when the game has been played up to it, so that a code
needs no room for where the stops are. `scripts/play/code.js` has the same for a page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sim.errors import ModelError
from sim.plain import MOST_SEED
from sim.replication.futures import FIRST_FUTURE
from sim.replication.play import Game
from sim.replication.stops import MOST_ROLES
from sim.scenario import Scenario
from sim.version import __version__

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = {"I": "1", "L": "1", "O": "0"}
BASE, GROUP = len(SIGNS), 5
N_FINGERPRINT, N_CHECK = 4, 3
PRIME = 32_749
_LEAST, _MOST = N_FINGERPRINT + 4 + N_CHECK, 120  # signs of a code
_MORE = 16  # of a sign after which a number goes on
_BETWEEN = re.compile(r"[\s\-–—_.]+")


class GameCode(NamedTuple):
    """What a code holds; `choices` are one number until the game is there."""

    fingerprint: str
    seed: int
    replication: int
    roles: int
    choices: int


def code_of(game: Game, choices: Sequence[int]) -> str:
    """The code of a game with some choices.

    Raises
    ------
    ModelError : if a choice is none of those that are open at its stop
    """
    made = game.position(choices)
    packed = 1
    for stop, choice in reversed(list(zip(made.stops, made.choices, strict=False))):
        packed = packed * (len(stop.options) + 1) + choice
    everybody = _everybody(game)
    roles = sum(1 << everybody.index(role.name) for role in game.roles)
    signs = [SIGNS.index(sign) for sign in fingerprint(game.scenario)]
    for number in (game.fork.seed, game.fork.replication, roles):
        signs += _number(number)
    signs += _digits(packed)
    return _in_groups(signs + _check(signs))


def read_code(text: str) -> GameCode:
    """Read a code.

    Raises
    ------
    ModelError : if it is none, or has a slip
    """
    signs = _signs(text)
    body, check = signs[:-N_CHECK], signs[-N_CHECK:]
    if _check(body) != check:
        raise ModelError(
            f"code: has a slip, its check signs do not fit: {_in_groups(signs)} (compare it sign "
            "by sign; there are no letters I, L, O and U)"
        )
    numbers, rest = [], body[N_FINGERPRINT:]
    for _ in range(3):
        number, rest = _take(rest)
        numbers.append(number)
    choices = sum(sign * BASE**k for k, sign in enumerate(rest))
    seed, replication, roles = numbers
    known = seed <= MOST_SEED and replication < FIRST_FUTURE and roles > 0
    if not known or not rest or rest[-1] == 0 or choices < 1:
        raise _no_game(text)
    return GameCode(
        "".join(SIGNS[sign] for sign in body[:N_FINGERPRINT]), seed, replication, roles, choices
    )


def game_of(code: GameCode, scenario: Scenario) -> tuple[Game, tuple[int, ...]]:
    """The game of a code and its choices.

    Raises
    ------
    ModelError : if it is of another scenario or version, or no such game can be played
    """
    if code.fingerprint != fingerprint(scenario):
        raise ModelError(
            f"code: must be of a game of {scenario.id} and of version {__version__}, this one is "
            "of another scenario, of one with other values, or of another version"
        )
    names = [*scenario.file.states, *scenario.file.groups, *scenario.file.mediators]
    roles = [name for k, name in enumerate(names) if code.roles >> k & 1]
    if code.roles >> len(names) or not 1 <= len(roles) <= MOST_ROLES:
        raise ModelError("code: names roles that this scenario does not have")
    game = Game(scenario, code.seed, code.replication, roles)
    rest, choices = code.choices, list[int]()
    while rest > 1:
        stop = game.position(choices).stop
        if stop is None:
            raise ModelError("code: has more choices than its game has stops")
        rest, choice = divmod(rest, len(stop.options) + 1)
        choices.append(choice)
    if rest != 1:
        raise ModelError("code: its choices are none that this game could have")
    return game, tuple(choices)


def find_scenario(code: GameCode, known: Sequence[Callable[[], Scenario]]) -> Scenario:
    """The scenario of a code among some, each loaded when its turn comes.

    Raises
    ------
    ModelError : if it is of none of them
    """
    for load in known:
        scenario = load()
        if fingerprint(scenario) == code.fingerprint:
            return scenario
    raise ModelError(
        f"code: must be of a bundled scenario of version {__version__}, or stand before its "
        "scenario (replay CODE SCENARIO, with the --set with which it was played)"
    )


def fingerprint(scenario: Scenario) -> str:
    """Four signs that change with everything that moves the results of a scenario."""
    digest = hashlib.sha256(f"{scenario.digest} {__version__}".encode()).digest()
    bits = int.from_bytes(digest[:3], "big") >> 4
    return "".join(SIGNS[bits >> 5 * k & 31] for k in reversed(range(N_FINGERPRINT)))


def seems_code(word: str) -> bool:
    """Whether a word looks like a code and like no name of a file or scenario."""
    text = _plain(word)
    return (
        _LEAST <= len(text) <= _MOST
        and all(sign in SIGNS for sign in text)
        and any(sign.isdigit() for sign in text)
        and "." not in word
        and "_" not in word
    )


def _everybody(game: Game) -> list[str]:
    template = game.template
    return [*template.states, *template.groups, *template.mediators]


def _plain(text: str) -> str:
    return "".join(MISREAD.get(sign, sign) for sign in _BETWEEN.sub("", text).upper())


def _signs(text: str) -> list[int]:
    plain = _plain(text)
    wrong = next((sign for sign in plain if sign not in SIGNS), None)
    if wrong is not None:
        raise ModelError(
            f"code: must be written with the signs {SIGNS}, got {wrong!r} in {text.strip()[:60]}"
        )
    if not _LEAST <= len(plain) <= _MOST:
        raise ModelError(
            f"code: must have from {_LEAST} to {_MOST} signs, got {len(plain)} "
            f"({text.strip()[:60] or 'nothing'})"
        )
    return [SIGNS.index(sign) for sign in plain]


def _check(signs: Sequence[int]) -> list[int]:
    total, weight = 0, 1
    for sign in signs:
        weight = weight * 2 % PRIME
        total = (total + (sign + 1) * weight) % PRIME
    return [total >> 10, total >> 5 & 31, total & 31]


def _number(value: int) -> list[int]:
    """Signs of four bits each, the lowest first."""
    signs = []
    while value >= _MORE:
        signs.append(_MORE + value % _MORE)
        value //= _MORE
    return [*signs, value]


def _take(signs: list[int]) -> tuple[int, list[int]]:
    """A number from the front of some signs, and what is left of them."""
    value = 0
    for k, sign in enumerate(signs):
        value += sign % _MORE * _MORE**k
        if sign < _MORE:
            if k and not sign:  # a number is written in one way
                break
            return value, signs[k + 1 :]
    raise _no_game("".join(SIGNS[sign] for sign in signs))


def _digits(value: int) -> list[int]:
    """Signs of five bits each, the lowest first."""
    signs = []
    while value:
        value, sign = divmod(value, BASE)
        signs.append(sign)
    return signs


def _in_groups(signs: Sequence[int]) -> str:
    text = "".join(SIGNS[sign] for sign in signs)
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _no_game(text: str) -> ModelError:
    return ModelError(f"code: must be that of a game, got {text.strip()[:60]}")
