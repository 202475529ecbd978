"""Checksums of results: whether a file is as the run left it, and is of the run it lies with.

A seal is a SHA-256 over what the results are of (scenario, seed, versions, design) and the bytes of
files. So a changed file does not fit its seal, and neither does a whole one under a changed
manifest. It finds damage and edits; it is no signature: who makes up both, file and seal, is
believed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

#: What a file of a seal ends with.
ENDING = ".sha256"


def seal(identity: str, *files: Path) -> str | None:
    """The checksum of files and of what they are of, in 64 digits; None if one cannot be read.

    Parameters
    ----------
    identity : what must be the same for results to belong together
    files : in their order
    """
    digest = hashlib.sha256(identity.encode() + b"\0")
    for path in files:
        try:
            with open(path, "rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            return None
    return digest.hexdigest()


def read_seal(path: Path) -> str | None:
    """What the file of a seal holds, None if there is none."""
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
