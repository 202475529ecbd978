"""Try many inputs: `python -m tests.fuzz --reader 1000000 --blocks 100000`.

An input is known by its number; `--reader 17:18` tries number 17 alone. Everything that is neither
read nor refused as it must be is printed with its number, and so are the counts, the slowest input
and the most memory that was taken, here and by the process that evaluates distributions.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sim.scenario import scipy_families
from sim.version import __version__, versions

from .inputs import Blocks, Corpus
from .oracle import (
    blocks_input,
    check_blocks,
    check_distribution,
    check_reader,
    distribution_input,
    reader_input,
)

SLOW = 1.0  # seconds of a processor, of this process and of what it asked
MOST_SHOWN = 20


@dataclass
class Tally:
    """What was tried of one kind."""

    name: str
    tried: int = 0
    taken: int = 0
    wrong: list[int] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)
    longest: tuple[float, int] = (0.0, -1)

    def __str__(self) -> str:
        seconds, which = self.longest
        return (
            f"{self.name}: {self.tried:,} tried, {self.taken:,} taken, "
            f"{self.tried - self.taken - len(self.wrong):,} refused, {len(self.wrong)} wrong, "
            f"{len(self.slow)} over {SLOW:g} s, slowest {seconds:.2f} s (number {which})"
        )

    def try_one(self, number: int, check: Callable[[int], bool]) -> None:
        """Try the input of a number and note what came of it."""
        began = _seconds()
        self.tried += 1
        try:
            self.taken += check(number)
        except Exception as error:  # noqa: BLE001 (what must not happen is what is looked for)
            self.wrong.append(number)
            if len(self.wrong) <= MOST_SHOWN:
                print(f"{self.name} {number}: {error!r}", file=sys.stderr)
                traceback.print_exception(error, limit=-3)
        took = _seconds() - began
        self.longest = max(self.longest, (took, number))
        if took > SLOW:
            self.slow.append(number)
            print(f"{self.name} {number}: {took:.2f} s", file=sys.stderr)


def _seconds() -> float:
    """Seconds of a processor so far, of this process and of the one that evaluates."""
    used = time.process_time()
    with contextlib.suppress(OSError, AttributeError, ValueError):
        process = scipy_families.CHILD._process
        if process is not None:
            with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
                words = file.read().rpartition(")")[2].split()
            used += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return used


def _memory(pid: int | str) -> int:
    """Most memory that a process held, in MB; 0 where the system does not say."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1024
    return 0


def _numbers(text: str) -> range:
    first, _, last = text.rpartition(":")
    return range(int(first or 0), int(last))


def _in_turns(kinds: list[tuple[Tally, range, Callable[[int], bool]]]) -> Iterator[None]:
    """Try all inputs, each kind as far as the others in proportion."""
    total = max((len(numbers) for _, numbers, _ in kinds), default=0)
    for step in range(total):
        for tally, numbers, check in kinds:
            if step * len(numbers) // total < (step + 1) * len(numbers) // total:
                tally.try_one(numbers[step * len(numbers) // total], check)
        yield


def main() -> int:
    """Try inputs until all are tried or the time is over; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--reader", default="20000", metavar="[FIRST:]END")
    parser.add_argument(
        *("--blocks",),
        default="2000",
        metavar="[FIRST:]END",
        help="files with all that one may say of its own; what is read runs and is told",
    )
    parser.add_argument("--distributions", default="2000", metavar="[FIRST:]END")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after")
    options = parser.parse_args()
    corpus, own = Corpus(), Blocks()
    reader, blocks, drawn = Tally("reader"), Tally("blocks"), Tally("distributions")
    kinds = [
        (reader, _numbers(options.reader), lambda n: check_reader(reader_input(corpus, n))),
        (blocks, _numbers(options.blocks), lambda n: check_blocks(blocks_input(own, n))),
        (
            drawn,
            _numbers(options.distributions),
            lambda n: check_distribution(distribution_input(n)),
        ),
    ]
    began, evaluator = time.monotonic(), 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # what was tried so far is told all the same
        for step, _ in enumerate(_in_turns(kinds)):
            if step % 1000 == 0 and (process := scipy_families.CHILD._process) is not None:
                evaluator = max(evaluator, _memory(process.pid))
            if step % 5000 == 0:
                print(f"... {reader}\n... {blocks}\n... {drawn}", file=sys.stderr, flush=True)
            if time.monotonic() - began > options.seconds:
                break
    if (process := scipy_families.CHILD._process) is not None:
        evaluator = max(evaluator, _memory(process.pid))
    print(f"escalation {__version__}, scipy {versions('scipy')['scipy']}, {platform.platform()}")
    print(f"{time.monotonic() - began:,.0f} s\n{reader}\n{blocks}\n{drawn}")
    print(f"most memory: {_memory('self')} MB, and {evaluator} MB to evaluate distributions")
    return int(any(tally.wrong or tally.slow for tally, _, _ in kinds))


if __name__ == "__main__":
    sys.exit(main())
