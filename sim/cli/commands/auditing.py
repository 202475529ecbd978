"""Commands that look for faults of a scenario: the audit."""

from __future__ import annotations

import typer

group = typer.Typer()
