"""Commands that compare: scenarios with each other, a run with its forks."""

from __future__ import annotations

import typer

group = typer.Typer()
