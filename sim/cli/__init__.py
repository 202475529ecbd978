"""The command line: arguments and words.

Each command imports what it needs when it is called, so that help is quick. Exit codes: 0 done;
1 some replications failed or an expectation does not hold; 2 bad input, or a folder that cannot be
used; 130 stopped by Ctrl-C; 141 the reader closed the pipe.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.engine import using
from sim.cli.exit_codes import BAD_INPUT, CLOSED_PIPE, STOPPED
from sim.cli.streams import printable_streams
from sim.errors import SimError
from sim.vocabulary.coded import VocabularyError

if TYPE_CHECKING:
    from sim.ensemble.engine import ChooseEngine

__all__ = ["main"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(argv: Sequence[str] | None = None, *, engine: ChooseEngine | None = None) -> int:
    """Run one command and give its exit code.

    Errors are one line each on stderr; a traceback comes only with `--debug`. `engine` chooses what
    runs replications; the one that a scenario needs if left out.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    with printable_streams():
        return _answer(words, engine)


def _answer(words: list[str], engine: ChooseEngine | None) -> int:
    try:
        with using(engine):
            return _run(words)
    except BrokenPipeError:  # the reader has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except KeyboardInterrupt as stop:
        print(str(stop) or "stopped", file=sys.stderr)
        return STOPPED
    except (SimError, VocabularyError) as error:
        return _report(error, str(error), words)
    except OSError as error:
        # files are written in `sim.files`, which names them; Rich writes to a stream by itself
        file = error.filename or ("standard output" if error.errno in _FULL else None)
        place = f"{file}: " if file else ""
        return _report(error, f"{place}{error.strerror or error}", words)


def _run(words: list[str]) -> int:
    from sim.cli.app import call
    from sim.cli.parsers import BadUse

    for word in words:
        if word.encode(errors="ignore").decode() != word:
            raise BadUse(
                f"{word}: must be text in {sys.getfilesystemencoding()}, got other bytes "
                "(rename the file, or set LANG to the encoding of the name)"
            )
    try:
        code = call(words)
    finally:
        _say_remarks()
    sys.stdout.flush()
    return code


def _say_remarks() -> None:
    """Say on stderr what is wrong with the cache of machine code, where that was not said yet."""
    files = sys.modules.get("sim.engine.code_files")
    for text in files.take_remarks() if files else ():
        print(text, file=sys.stderr)


def _report(error: BaseException, text: str, words: list[str]) -> int:
    if "--debug" in words:
        traceback.print_exception(error)
    print(text, file=sys.stderr)
    return BAD_INPUT
