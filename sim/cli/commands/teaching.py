"""Commands for the classroom: explanations, replays, handouts, lessons."""

from __future__ import annotations

import typer

group = typer.Typer()
