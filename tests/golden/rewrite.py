"""Write the golden records anew: `python -m tests.golden.rewrite`.

The commit that holds them says why results moved.
"""

from __future__ import annotations

import sys

from tests.golden.record import CASES, path, record


def main() -> None:
    for name in CASES:
        text, file = record(name), path(name)
        same = file.exists() and file.read_text(encoding="utf-8") == text
        file.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {'as it was' if same else 'rewritten'}\n")


if __name__ == "__main__":
    main()
