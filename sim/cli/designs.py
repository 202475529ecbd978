"""The design of a file that `--design` names, as a command takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.cli.parsers import BadUse, near
from sim.plain import FILLINGS

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.designs import NamedDesign

_SHOWN = 40  # characters of a wrong name that a complaint repeats


def named_design(
    scenario: Scenario, name: str, command: str, others: Mapping[str, object]
) -> NamedDesign:
    """A design of a scenario for a command.

    Parameters
    ----------
    scenario : whose file has it
    name : what `--design` says
    command : that is to run it
    others : the options that say what to vary in another way, by their names, as they were given

    Raises
    ------
    BadUse : if one of the others was given, or the file has no such design
    ModelError : if the command cannot run it
    """
    from sim.studies.designs import require_fit

    for option, given in others.items():
        if given not in (None, [], (), False):
            raise BadUse(f"{option}: must stand without --design, which says what to vary")
    known = scenario.designs
    if name not in known:
        ways = f"{' or '.join(FILLINGS)}, or " if command == "uncertainty" else ""
        there = ", ".join(known) or f"{scenario.id} has none, see docs/writing.md#designs"
        raise BadUse(
            f"--design: must be {ways}a design of the file ({there}), got {name[:_SHOWN]}"
            f"{near(name, list(known))}"
        )
    design = known[name]
    require_fit(design, command)
    return design
