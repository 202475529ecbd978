"""The version of the simulator, in one place, and those of the libraries that it computes with."""

from __future__ import annotations

__version__ = "0.2.0"

#: Who made it, what it is called and when this version came out, as CITATION.cff has them.
AUTHORS = "The escalation simulator's authors"
TITLE = "Escalation: an illustrative simulator of escalation between states"
RELEASED = "2026-11-28"


def versions(*libraries: str) -> dict[str, str]:
    """Versions of the simulator, of Python and of some libraries; "none" where one is missing."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    found = {"escalation": __version__, "python": platform.python_version()}
    for name in libraries:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found
