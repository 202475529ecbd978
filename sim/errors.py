"""Every error the simulator raises on purpose, and what each carries.

All derive from `SimError`, whose text is written for the person who can mend the cause.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.printable import printable


class SimError(Exception):
    """Anything the simulator refuses; the command line prints it without a traceback."""

    def __str__(self) -> str:
        """The text, in which names of files and quotations cannot move a terminal."""
        return printable(super().__str__())


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario file.

    `file`, `line` and `column` (both from 1, 0 if unknown) say where; `path` is the dotted path of
    the field; `rule` what must hold; `given` what stood there; `hint` what to do.
    """

    file: str
    line: int
    column: int
    path: str
    rule: str
    given: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        subject = f"{place}: {self.path}: " if self.path else f"{place}: "
        got = f", got {self.given}" if self.given else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{subject}{self.rule}{got}{hint}"


class ScenarioError(SimError):
    """A scenario that cannot be read: all its problems at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


class ModelError(SimError):
    """A request that is well formed and makes no sense (an action the actor cannot take, ...)."""


class RunError(SimError):
    """A replication that failed, with the words needed to repeat it."""

    def __init__(
        self, message: str, *, scenario: str, replication: int, seed: int, day: int
    ) -> None:
        self.scenario, self.replication, self.seed, self.day = scenario, replication, seed, day
        super().__init__(
            f"{scenario}, replication {replication}, seed {seed}, day {day}: {message}"
        )


class StoreError(SimError):
    """A results folder that cannot be opened, read or written."""
