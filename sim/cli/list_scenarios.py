"""The command `list`: the bundled scenarios."""

from __future__ import annotations

from sim.cli.options import Debug
from sim.cli.scenarios import bundled_files, heading

SUMMARY = "Show the bundled scenarios."


def command(debug: Debug = False) -> int:
    """Show the bundled scenarios: name, kind, title and question.

    Example: run_sim.py list
    """
    for path in bundled_files():
        try:
            about = heading(path)
        except (OSError, ValueError, RecursionError):
            about = {"title": "cannot be read; see check"}
        print(f"{path.stem}  ({about.get('kind', 'stylised')})")
        print(f"    {about.get('title', '')}")
        if about.get("question"):
            print(f"    {about['question']}")
    return 0
