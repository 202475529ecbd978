"""Text of strangers on a terminal: readable, on its own lines, and obeyed by nobody."""

from __future__ import annotations

import pytest

from sim.errors import ModelError, Problem, RunError, ScenarioError
from sim.printable import one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve, 中文 العربية\tand\nlines", "plain, naïve, 中文 العربية\tand\nlines"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1Htop", "top"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]52;c;cGFzdGU=\x1b\\after", "after"),
        ("\x1b]8;;https://evil\x07link", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPdevice\x1b\\after", "after"),
        ("\x1bcreset", "reset"),
        ("\x1b(0line", "line"),
        ("end\x1b", "end"),
        ("\x1b]unfinished\nnext line", "\nnext line"),
        ("over\rwritten", "overwritten"),
        ("windows\r\nline", "windows\nline"),
        ("bell\x07 back\x08 nul\x00 del\x7f", "bell back nul del"),
        ("ok \u202egpj.exe\u2066", "ok gpj.exe"),
        ("\u200fright to left mark", "\u200fright to left mark"),
        ("soft\xadhyphen\u200bjoined", "soft\xadhyphen\u200bjoined"),
    ],
)
def test_what_a_terminal_shows(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_one_line() -> None:
    assert one_line("a\n  b\tc\x1b[0m") == "a b c"
    assert one_line("x" * 500) == "x" * 297 + "..."


@pytest.mark.parametrize(
    "error",
    [
        ModelError("\x1b[31mx"),
        ScenarioError([Problem("\x1b[31mfile", 1, 1, "path", "rule", "\x9b31mgiven")]),
        RunError("\x1b[31mx", scenario="s", replication=0, seed=1, day=1),
    ],
)
def test_errors_say_printable_text(error: Exception) -> None:
    assert printable(str(error)) == str(error)
