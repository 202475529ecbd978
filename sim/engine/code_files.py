"""Files of machine code: each is whole, the user's own, and of the function it is loaded for.

    SHA-256 of all that follows
    the label: what the file is of
    its content

A file that is anything else is never loaded: to link damaged code ends the process, and to call the
code of another function does worse. It is made anew, and one sentence says so. Where nothing can be
written, one sentence says that too, and the work goes on.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from sim.engine.trust import read_own

_REMARKS: dict[str, None] = {}


def remark(text: str) -> None:
    """Note something that a user should know; it is said once."""
    _REMARKS[text] = None


def take_remarks() -> list[str]:
    """What a user should know of the cache and was not told yet, in the order in which it came."""
    taken = list(_REMARKS)
    for text in taken:
        _REMARKS.pop(text, None)
    return taken


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return error.strerror or str(error)


def read_code(file: Path, label: str) -> bytes | None:
    """The content of a file with this label, None if there is none that can be trusted."""
    try:
        content = read_own(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        remark(f"{file.parent}: machine code cannot be read, it is compiled anew: {reason(error)}")
        return None
    if content is None:
        remark(
            f"{file.parent}: holds files of others in place of machine code; it is compiled anew"
        )
        return None
    digest, _, rest = content.partition(b"\n")
    if digest != sha256(rest).hexdigest().encode():
        remark(f"{file.parent}: holds machine code that is damaged; it is compiled anew")
        return None
    there, _, code = rest.partition(b"\n")
    if there != label.encode():
        remark(f"{file.parent}: holds machine code of something else; it is compiled anew")
        return None
    return code


def write_code(file: Path, label: str, content: bytes) -> None:
    """Write a file with its label, at once or not at all; a full disk stops no work."""
    rest = label.encode() + b"\n" + content
    try:
        handle, name = tempfile.mkstemp(dir=file.parent)  # only its user may read and write it
        try:
            with os.fdopen(handle, "wb") as temporary:
                temporary.write(sha256(rest).hexdigest().encode() + b"\n" + rest)
                temporary.flush()
                os.fsync(temporary.fileno())
            os.replace(name, file)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        remark(
            f"{file.parent}: machine code cannot be kept, each start compiles it anew: "
            f"{reason(error)}"
        )
