"""The engine that commands run replications with: the one that a scenario needs, or a caller's.

A scenario may need Python policies, which are programs: they run with `--allow-python` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.ensemble.engine import ChooseEngine

_CONSENT = ContextVar("consent", default=False)
_GIVEN: ContextVar[ChooseEngine | None] = ContextVar("engine", default=None)


@contextmanager
def using(engine: ChooseEngine | None) -> Iterator[None]:
    """Let commands called in this block use another engine; None changes nothing."""
    given, consent = _GIVEN.set(engine), _CONSENT.set(False)
    try:
        yield
    finally:
        _GIVEN.reset(given)
        _CONSENT.reset(consent)


def give_consent(value: bool) -> bool:
    """Keep the answer of `--allow-python` for the command that is running."""
    _CONSENT.set(value)
    return value


def has_consent() -> bool:
    """Whether the user allows Python policies to run."""
    return _CONSENT.get()


def chosen_engine() -> ChooseEngine:
    """What chooses the engine of a scenario in the command that is running."""
    from sim.ensemble.engine import engine_for

    return engine_for(_GIVEN.get(), allow_python=has_consent())
