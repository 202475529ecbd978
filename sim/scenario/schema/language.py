"""The texts of a scenario in another language."""

from __future__ import annotations

from sim.scenario.fields import Block, each, links, phrase


class Name(Block):
    """An actor's name in another language; what is left out stays as the scenario has it."""

    title: str | None = phrase(None)
    """Name as it is spelled."""
    prose: str | None = phrase(None)
    """Name within a sentence, with its article, as in: le Westmark, l’Eastmark, la Ligue."""
    short: str | None = phrase(None)
    """Short name for figures."""


class Language(Block):
    """Texts in one language, which a file of their own may hold: two_states.fr.yaml.

    Names stand under the keys that the scenario has, all other texts under themselves.
    """

    states: dict[str, Name] = links("states", Name)
    """Names of states."""
    groups: dict[str, Name] = links("groups", Name)
    """Names of groups."""
    mediators: dict[str, Name] = links("mediators", Name)
    """Names of mediators."""
    sectors: dict[str, str] = links("sectors", phrase())
    """Titles of places."""
    borders: dict[str, str] = links("borders", phrase())
    """Names of crossings."""
    outcomes: dict[str, str] = each(dict[str, str])
    """What to call the outcomes; tables and commands keep the names of the scenario."""
    texts: dict[str, str] = each(dict[str, str], phrase=True)
    """All other texts: what the scenario says, and behind it what it is in this language."""
