"""Commands that vary a scenario's numbers: sensitivity, sweeps."""

from __future__ import annotations

import typer

group = typer.Typer()
