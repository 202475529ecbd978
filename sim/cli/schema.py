"""The command `schema`: the scenario language as JSON Schema."""

from __future__ import annotations

import json

from sim.cli.options import Debug

SUMMARY = "Print the JSON Schema of scenarios."


def command(debug: Debug = False) -> int:
    """Print the JSON Schema of the scenario language, for completion in editors.

    Example: run_sim.py schema > scenario.schema.json
    """
    from sim.scenario import schema_json

    print(json.dumps(schema_json(), indent=2, ensure_ascii=False))
    return 0
