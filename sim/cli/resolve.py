"""The command `resolve`: a scenario in which nothing is implicit."""

from __future__ import annotations

from sim.cli.options import Debug, Scenario, Settings
from sim.cli.scenarios import read

SUMMARY = "Print a scenario in full."


def command(scenario: Scenario, settings: Settings = None, debug: Debug = False) -> int:
    """Print a scenario in full.

    Every default and every inherited value is written out, with the file that it came from.

    Example: run_sim.py resolve two_states > full.yaml
    """
    print(read(scenario, settings).resolved_text(), end="")
    return 0
