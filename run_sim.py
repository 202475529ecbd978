#!/usr/bin/env python3
"""The front door from a checkout: the same as the installed command `escalation`, from any folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sim.cli import main

if __name__ == "__main__":
    sys.exit(main())
