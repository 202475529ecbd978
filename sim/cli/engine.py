"""The engine that commands run replications with: the one that a scenario needs, or a caller's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.ensemble.engine import ChooseEngine

_GIVEN: ContextVar[ChooseEngine | None] = ContextVar("engine", default=None)


@contextmanager
def using(engine: ChooseEngine | None) -> Iterator[None]:
    """Let commands called in this block use another engine; None changes nothing."""
    token = _GIVEN.set(engine)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def chosen_engine() -> ChooseEngine:
    """What chooses the engine of a scenario in the command that is running."""
    from sim.ensemble.engine import engine_of

    return _GIVEN.get() or engine_of
