"""Alliances: what two states have promised each other in case of war."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, flag, link, links, number, phrase
from sim.scenario.schema import guides


class Alliance(Block):
    """Two states that stand with each other, or one with the other.

    What is done to one is felt by the other as a share of it; whose ally is at open war is called
    and decides whether to enter; those who fight the same enemy count on each other
    (docs/odd.md, section 7.14).
    """

    label: str | None = phrase(None, aside=True)
    """What to call it in stories, figures and tables; made from the two states if left out."""
    between: list[str] = links("states", length=2)
    """The two states."""
    by: str | None = link("states", None)
    """Which of the two alone has made the promise; both if left out."""
    against: list[str] = links("states")
    """Against whom it holds; every state with which one that is promised help has a relation, if
    left out."""
    commitment: Number = number(unit="share", low=0, high=1, guide=guides.COMMITMENT)
    """How far the promise binds: the share of the ally's anger that is felt, the height to which an
    ally's war raises the demand to act (1: open war), and the share of the ally's forces that is
    counted on."""
    defensive: bool = flag(True)
    """Whether it calls only where the ally did not begin the war; false for whoever began it."""
    patience: Number = number(
        30,
        unit="days",
        low=1,
        high=3650,
        assumed="our own choice: a month, in which an army can be mobilised and moved; no figure "
        "was found",
        guide=guides.PATIENCE,
    )
    """Days within which whoever is called may come; after them the ally counts itself deserted."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""
