#!/usr/bin/env python3
"""The command `escalation` from a checkout, from any folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sim.cli import main

if __name__ == "__main__":
    sys.exit(main())
